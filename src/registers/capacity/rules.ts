import type { Problem } from '#platform/form/rules.ts'
import type { Role } from '#platform/access/rules.ts'

/** What a coach can carry from a day on, as it was said. */
export type Capacity = Readonly<{
  /** How much of a full-time job they work, in per cent. */
  share: number
  /** The most people and points where another number than the area's was said. */
  people: number | null
  points: number | null
}>

/** Who works full time, with the numbers of the area. */
export const fullTime: Capacity = { share: 100, people: null, points: null }

/** The most people and points of one coach at a time. */
export type Cap = Readonly<{ people: number; points: number }>

/** What a coach carries at most: what was said for them, otherwise their share of what the area says for a full-time job. */
export function capOf({ share, people, points }: Capacity, area: Cap): Cap {
  const part = (whole: number) => Math.max(1, Math.round((whole * share) / 100))
  return { people: people ?? part(area.people), points: points ?? part(area.points) }
}

/** Whether a member of this role looks after people. */
export const carries = (role: Role): boolean => role === 'coach' || role === 'senior-coach'

/** Who says what a coach can carry. */
export const deciders = ['service-manager', 'administrator'] as const

/** "0.6 of full time". */
export function shareInWords(share: number): string {
  return share === 100 ? 'Full time' : `${share / 100} of full time`
}

type Said = Capacity & Readonly<{ why: string | null }>

/** What is missing where a coach is to carry another number than their share of the area's. */
export function capacityProblems({ people, points, why }: Said): Problem[] {
  if (why !== null || (people === null && points === null)) return []
  return [{ field: 'why', message: 'Say why it is another number than the area’s, for example that they are new' }]
}
