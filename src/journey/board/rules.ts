/** How many days an age of a wait is called long, by stage; shown in words and colour, decides nothing. */
export const waitedLong: Readonly<Record<string, number>> = {
  received: 3,
  accepted: 5,
  trying: 10,
  booked: 15,
  assessed: 14,
}

/** How many begin support in a month: so far, planned, and what may be expected. */
export type Starts = Readonly<{
  started: number
  planned: number | undefined
  forecast: Forecast | undefined
}>

/** How many will have begun by the end of the month, between two numbers, and what they were reckoned from. */
export type Forecast = Readonly<{ least: number; most: number; lately: number; daysLately: number; daysLeft: number }>

// Fewer than this in twelve weeks say nothing about the weeks to come: our own choice.
const leastToReckonFrom = 5
// Nine outcomes of ten lie within so many standard deviations of what is expected.
const nineOfTen = 1.645

type Pace = Readonly<{ started: number; lately: number; daysLately: number; daysLeft: number }>

/**
 * What the month may come to at the pace of the last twelve weeks, as a range in which nine months of ten would end. Starts
 * are taken to come one by one at an even pace that is itself only known from those twelve weeks, which makes the range
 * wider. Undefined where there were too few to reckon from.
 */
export function forecastOf({ started, lately, daysLately, daysLeft }: Pace): Forecast | undefined {
  if (lately < leastToReckonFrom || daysLately === 0) return undefined
  const expected = (lately / daysLately) * daysLeft
  const away = nineOfTen * Math.sqrt(expected * (1 + daysLeft / daysLately))
  return {
    ...{ lately, daysLately, daysLeft },
    least: started + Math.max(0, Math.floor(expected - away)),
    most: started + Math.ceil(expected + away),
  }
}

/** One coach's load, in people and in points, beside what they may carry. */
export type Load = Readonly<{
  member: string
  name: string
  people: number
  overdue: number
  cap: number
  points: number
  pointsCap: number
}>

/** Whether a coach has room, is full, or carries more than agreed: in people or in points, whichever is worse. */
export function loadState({ people, cap, points, pointsCap }: Load): 'room' | 'full' | 'over' {
  if (people > cap || points > pointsCap) return 'over'
  return people === cap || points === pointsCap ? 'full' : 'room'
}
