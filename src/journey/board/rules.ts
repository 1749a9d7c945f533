/** How many days an age of a wait is called long, by stage; shown in words and colour, decides nothing. */
export const waitedLong: Readonly<Record<string, number>> = {
  received: 3,
  accepted: 5,
  trying: 10,
  booked: 15,
  assessed: 14,
}

/** One coach's load beside the number they may carry. */
export type Load = Readonly<{ member: string; name: string; people: number; overdue: number; cap: number }>

/** Whether a coach has room, is full, or carries more than agreed. */
export function loadState({ people, cap }: Pick<Load, 'people' | 'cap'>): 'room' | 'full' | 'over' {
  if (people > cap) return 'over'
  return people === cap ? 'full' : 'room'
}
