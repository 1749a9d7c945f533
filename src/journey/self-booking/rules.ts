import { isBefore } from '#platform/dates.ts'
import type { Reason } from '#journey/appointment/rules.ts'
import type { Typed } from '#platform/form/rules.ts'
import { byDay, type FreeTime } from '#journey/availability/rules.ts'
import { allModes, type Mode } from '#journey/invitation/rules.ts'

/** How people meet, as somebody who chooses reads it. */
export const ownModes = {
  phone: { label: 'By telephone: we ring you' },
  video: { label: 'By video call' },
  'in-person': { label: 'In person' },
} as const satisfies Record<Mode, { label: string }>

/** Why somebody cancels, in their own words; nobody has to say. */
export const ownReasons = {
  ill: { label: 'I am not well' },
  work: { label: 'I have to work' },
  caring: { label: 'I am caring for somebody' },
  transport: { label: 'Getting there is difficult or costs too much' },
  unwanted: { label: 'I do not want it any more' },
  other: { label: 'Another reason' },
  unsaid: { label: 'I would rather not say' },
} as const satisfies Partial<Record<Reason, { label: string }>>

/** What somebody can do on the page of their own appointment. */
export const deeds = { book: '', confirm: '', cancel: '', ring: '' } as const

/** What somebody asked to see of their appointment; nothing about them stands in the address. */
export type Asked = Readonly<{
  step: 'change' | 'cancel' | 'calendar' | undefined
  way: Mode | undefined
  from: Temporal.PlainDate | undefined
}>

/** What the address asks for; what it cannot mean is left out. */
export function askedIn(path: string): Asked {
  const query = new URLSearchParams(path.split('?')[1] ?? '')
  const step = (['change', 'cancel', 'calendar'] as const).find((one) => one === query.get('step'))
  return { step, way: allModes.find((mode) => mode === query.get('way')), from: dayIn(query.get('from')) }
}

/** The day that a text begins with, where it is one. */
export function dayIn(text: string | null): Temporal.PlainDate | undefined {
  const [day] = /^20\d{2}-\d{2}-\d{2}/.exec(text ?? '') ?? []
  if (day === undefined) return undefined
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** The way to meet that was chosen before, in what was sent. */
export const wayIn = ({ way }: Typed): Mode | undefined => allModes.find((mode) => [way].flat().includes(mode))

/** The ways that can be chosen at all, in the order in which they are always shown. */
export function waysIn(times: readonly FreeTime[]): Mode[] {
  return allModes.filter((mode) => times.some(({ modes }) => modes.includes(mode)))
}

// So many times are shown together, of whole days: enough to choose from, few enough to read on a phone.
const aboutAtOnce = 8

/** The times of the first days from a day on, and where earlier and later ones begin. */
export function timesFrom(times: readonly FreeTime[], from: Temporal.PlainDate | undefined) {
  const days = byDay(times)
  const isEarlier = ([day]: (typeof days)[number]) => from !== undefined && isBefore(day, from)
  const before = days.filter(isEarlier)
  const shown: typeof days = []
  for (const one of days.slice(before.length)) {
    if (shown.reduce((sum, [, ofDay]) => sum + ofDay.length, 0) >= aboutAtOnce) break
    shown.push(one)
  }
  const later = days[before.length + shown.length]
  return { shown, earlier: startOfPage(before), later: later?.[0] }
}

// The page before begins so that it ends where this one begins.
function startOfPage(before: readonly [Temporal.PlainDate, FreeTime[]][]): Temporal.PlainDate | undefined {
  let start = before.at(-1)?.[0]
  let count = 0
  for (const [day, ofDay] of before.toReversed()) {
    if (count >= aboutAtOnce) break
    count += ofDay.length
    start = day
  }
  return start
}

/** The free time that was chosen, if it is still among them and can be met in this way. */
export function chosenIn(times: readonly FreeTime[], startsAt: string, mode: Mode): FreeTime | undefined {
  return times.find((time) => time.startsAt.toString() === startsAt && time.modes.includes(mode))
}

/** That a time is taken, or that the person is expected elsewhere then. */
export const taken = { field: 'time', message: 'That time has just been taken. Choose another one' } as const
export const standsAlready = {
  field: 'time',
  message: 'You have a time already. Press the button again only if you want this time in its place',
} as const

/** Whether a time that is chosen is the one that stands already. */
export const isSameTime = (
  one: Readonly<{ startsAt: Temporal.Instant; mode: Mode }>,
  other: Readonly<{ startsAt: Temporal.Instant; mode: Mode }>,
): boolean => one.mode === other.mode && one.startsAt.equals(other.startsAt)

export const twice = {
  field: 'time',
  message: 'You have another appointment at that time. Choose another one',
} as const
