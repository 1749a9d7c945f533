import { type AdjustmentKind, standingAfter, sinceWhen, type Step } from '#journey/support/adjustments/rules.ts'

/** What a link to a passport is for. */
export const passportPurpose = 'passport'

/** How many links to a passport may work at once: as many as somebody can keep an eye on. */
export const mostLinks = 5

/** For how long a link may work. */
export const lastings = {
  week: { label: 'One week', days: 7 },
  month: { label: '30 days', days: 30 },
  quarter: { label: '90 days', days: 90 },
} as const

/** A line of a passport: what is in place, or agreed and to come, since which day. */
export type Line = Readonly<{
  id: string
  kind: AdjustmentKind
  what: string
  since: Temporal.PlainDate
}>

export type Passport = Readonly<{ inPlace: readonly Line[]; agreed: readonly Line[] }>

type Known = Readonly<{
  id: string
  kind: AdjustmentKind
  what: string
  askedOn: Temporal.PlainDate
  steps: readonly Step[]
}>

/** What a passport says of adjustments: those in place and those agreed. What was asked for or declined is no part of it. */
export function passportOf(adjustments: readonly Known[]): Passport {
  const lines = (wanted: 'in-place' | 'agreed') =>
    adjustments
      .filter(({ steps }) => standingAfter(steps) === wanted)
      .map((one) => ({ id: one.id, kind: one.kind, what: one.what, since: sinceWhen(one) }))
  return { inPlace: lines('in-place'), agreed: lines('agreed') }
}
