import { dayInWords } from '#platform/dates.ts'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { type ReferralState, referralStates } from '#journey/referral/rules.ts'

/** In what order the list stands. */
export const sortings = {
  due: { label: 'First try due' },
  received: { label: 'Came on' },
} as const

export type Sorting = keyof typeof sortings

export const directions = {
  ascending: { label: 'Oldest first' },
  descending: { label: 'Newest first' },
} as const

export type Direction = keyof typeof directions

/** How many referrals one page of the list shows. */
export const pageLength = 25

/** Where a page of the list begins: after this day, and on it after this referral. */
export type Place = Readonly<{ day: Temporal.PlainDate; id: string }>

/** Which part of the list is asked for. */
export type Asked = Readonly<{
  state: ReferralState
  route: Route | null
  by: Sorting
  direction: Direction
  after: Place | null
}>

/** The list as it is first shown: what is new, the most urgent first. */
export const firstAsked: Asked = { state: 'new', route: null, by: 'due', direction: 'ascending', after: null }

/** The address of a part of the list: codes, days and ids only. */
export function listAddress(asked: Partial<Asked>): string {
  const { after, ...rest } = { ...firstAsked, ...asked }
  const parts = Object.entries({ ...rest, after: after && `${after.day}~${after.id}` })
  const usual = new Map<string, unknown>(Object.entries(firstAsked))
  const given = parts.flatMap(([name, value]) => (value && value !== usual.get(name) ? [[name, value]] : []))
  return given.length === 0 ? '/referrals' : `/referrals?${new URLSearchParams(given).toString()}`
}

/** Where a page begins, from its address; undefined when it is no place in the list. */
export function placeFrom(written: string): Place | undefined {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/.exec(written) ?? []
  return day && id ? { day: Temporal.PlainDate.from(day), id } : undefined
}

type Clocked = Readonly<{ state: ReferralState; dueOn: Temporal.PlainDate | null }>

/** What the clock of a referral says: none runs while the person has not been asked, or once it is decided. */
export function clockInWords({ state, dueOn }: Clocked, today: Temporal.PlainDate): string {
  if (state === 'held') return 'No clock: ask the person first'
  if (state === 'decided' || !dueOn) return 'Decided'
  const late = dueOn.until(today, { largestUnit: 'days' }).days
  if (late <= 0) return `First try due ${dayInWords(dueOn, today)}`
  return `First try overdue by ${late} ${late === 1 ? 'day' : 'days'}`
}

/** What will stand where the list is empty. */
export const nothingHere: Readonly<Record<ReferralState, string>> = {
  new: 'Referrals appear here as soon as somebody refers themselves or another person, and stay until somebody decides whether the person can be supported.',
  held: 'Referrals appear here when somebody was referred without being asked. They wait until the person says yes or no.',
  decided: 'Referrals appear here once somebody has decided whether the person can be supported.',
}

/** The words of a state and of a route. */
export const stateLabel = (state: ReferralState) => referralStates[state].label
export const routeLabel = (route: Route) => routes[route].label
