import { dayInWords, isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Days on which somebody is away: from the first until the day they are back. */
export type Away = Readonly<{
  id: string
  member: string
  memberName: string
  cover: string
  coverName: string
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
  backOn: Temporal.PlainDate | null
}>

export type Planned = Readonly<{
  member: string
  cover: string
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
}>

/** The first day on which they are back, earlier than planned or as planned. */
export function backOn({ untilOn, backOn: early }: Pick<Away, 'untilOn' | 'backOn'>): Temporal.PlainDate {
  return early ?? untilOn
}

/** Whether somebody is away on a day. */
export function isAway(away: Pick<Away, 'fromOn' | 'untilOn' | 'backOn'>, on: Temporal.PlainDate): boolean {
  return !isBefore(on, away.fromOn) && isBefore(on, backOn(away))
}

function overlaps(away: Away, { fromOn, untilOn }: Planned): boolean {
  return isBefore(away.fromOn, untilOn) && isBefore(fromOn, backOn(away))
}

/** Those whose work somebody does on a day: their own, and that of everybody they cover for. */
export function coveredOn(membership: string, absences: readonly Away[], on: Temporal.PlainDate): string[] {
  const others = absences.filter((away) => away.cover === membership && isAway(away, on)).map(({ member }) => member)
  return [...new Set([membership, ...others])]
}

type Around = Readonly<{ absences: readonly Away[]; covers: readonly string[]; today: Temporal.PlainDate }>

/**
 * What stands in the way of an absence: nobody is away twice at a time, and whoever covers is there all the while and
 * may see the same people.
 */
export function absenceProblems(planned: Planned, { absences, covers, today }: Around): Problem[] {
  const during = absences.filter((away) => overlaps(away, planned))
  const twice = during.find(({ member }) => member === planned.member)
  const gone = during.find(({ member }) => member === planned.cover)
  const covering = during.find(({ cover }) => cover === planned.member)
  const problem = (field: string, message: string): Problem => ({ field, message })
  return [
    ...(isBefore(planned.fromOn, planned.untilOn)
      ? []
      : [problem('until', 'The day they are back must be after the first day away')]),
    ...(isBefore(today, planned.untilOn) ? [] : [problem('until', 'The day they are back must be in the future')]),
    ...(planned.member === planned.cover ? [problem('cover', 'Choose somebody else to cover')] : []),
    ...(twice ? [problem('from', `${twice.memberName} is already away ${spanInWords(twice)}`)] : []),
    ...(gone ? [problem('cover', `${gone.memberName} is away too, ${spanInWords(gone)}: choose somebody else`)] : []),
    ...(covering
      ? [
          problem(
            'member',
            `${covering.coverName} covers for ${covering.memberName} ${spanInWords(covering)}: choose another cover there first`,
          ),
        ]
      : []),
    ...(planned.member === planned.cover || covers.includes(planned.cover)
      ? []
      : [
          problem(
            'cover',
            'They may not see these people: choose somebody of the same organisation, or one it shares with',
          ),
        ]),
  ]
}

/** "from 12 January 2026 until 15 January 2026", the last day named being the last one away. */
export function spanInWords({ fromOn, untilOn, backOn: early }: Pick<Away, 'fromOn' | 'untilOn' | 'backOn'>): string {
  const last = (early ?? untilOn).subtract({ days: 1 })
  return last.equals(fromOn) ? `on ${longDay(fromOn)}` : `from ${longDay(fromOn)} until ${longDay(last)}`
}

export const absenceStates = {
  now: { label: 'Away now', colour: 'orange' },
  coming: { label: 'To come', colour: 'blue' },
  past: { label: 'Back', colour: 'grey' },
  'taken-back': { label: 'Taken back', colour: 'grey' },
} as const

export type AbsenceState = keyof typeof absenceStates

/** Where an absence stands in time. */
export function stateOf(away: Pick<Away, 'fromOn' | 'untilOn' | 'backOn'>, today: Temporal.PlainDate): AbsenceState {
  if (away.backOn?.equals(away.fromOn)) return 'taken-back'
  if (isBefore(today, away.fromOn)) return 'coming'
  return isAway(away, today) ? 'now' : 'past'
}

/** When somebody who was to be away longer is back: today, or not away at all when it has not begun. */
export function earlyReturn({ fromOn }: Pick<Away, 'fromOn'>, today: Temporal.PlainDate): Temporal.PlainDate {
  return isBefore(today, fromOn) ? fromOn : today
}

/** Work that falls due while somebody is away. */
export type Moving = Readonly<{
  episode: string
  person: string
  name: string
  what: string | null
  dueOn: Temporal.PlainDate
}>

/** What moves to whoever covers. */
export type Moves = Readonly<{
  /** Of those whom whoever arranges it may list. */
  open: number
  due: readonly Moving[]
  /** Records that whoever arranges it is named for, and whoever covers is not. */
  hidden: number
}>

/** "First try, tomorrow" */
export function dueInWords({ what, dueOn }: Pick<Moving, 'what' | 'dueOn'>, today: Temporal.PlainDate): string {
  const said = (what ?? 'next contact').replaceAll('-', ' ')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}, ${dayInWords(dueOn, today)}`
}

/** What a reader has looked at, so that nothing else is arranged than what they saw. */
export function plannedKey({ member, cover, fromOn, untilOn }: Planned): string {
  return [member, cover, fromOn, untilOn].join(' ')
}
