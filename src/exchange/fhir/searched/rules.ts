import { startOfDay } from '#platform/dates.ts'

/** What is searched for: between which moments it changed, and from where the next page goes on. */
export type Search = Readonly<{
  from: Temporal.Instant | null
  before: Temporal.Instant | null
  /** What its sender calls it, in one numbering or, where none is named, in whichever. */
  identifier: Readonly<{ system: string | null; value: string }> | null
  id: string | null
  /** Which of several that hang on what has this id. */
  part: string | null
  patient: string | null
  focus: string | null
  /** How what is looked for is called, from the beginning of its name on. */
  name: string | null
  organization: string | null
  /** With which code a Task is, and in which of these states. */
  code: string | null
  status: readonly string[] | null
  after: At | null
  count: number
}>

/** A place in a list: when what stands there was taken or changed, and which it is. */
export type At = Readonly<{
  at: Temporal.Instant
  id: string
  /** Which of several that hang on it was the last; without it the list goes on after all of them. */
  within?: string | undefined
  /** In what is asked of a local service: among what it has not answered, or what it has. */
  side?: Side | undefined
}>

type Side = 'open' | 'answered'

const usualCount = 50
const mostCount = 100

/** A search that narrows nothing down. */
export const everything: Search = {
  ...{ from: null, before: null, identifier: null, id: null, patient: null, focus: null, after: null },
  ...{ part: null, name: null, organization: null, code: null, status: null, count: usualCount },
}

/** A page of rows of which there is one more than it has, where the list goes on, and the place from where. */
export function pageOf<Row>(rows: readonly Row[], { count }: Search, at: (row: Row) => At) {
  const page = rows.slice(0, count)
  const last = rows.length > count ? page.at(-1) : undefined
  return { page, next: last && at(last) }
}

type Hanging = Readonly<{ on: At; resource: Readonly<{ id: string; meta: Readonly<{ lastUpdated: string }> }> }>

/**
 * A page of resources of which several can hang on one place of a list, out of those that hang on the places that were
 * looked at; where they are more than it has, it goes on among those of one place, and otherwise where the places do.
 */
export function pageOfHanging<One extends Hanging>(all: readonly One[], search: Search, next: At | undefined) {
  const { after, count, part } = search
  const fitting = all.filter(({ on, resource: { id, meta } }) => {
    const isShown = after?.within !== undefined && on.id === after.id && id <= after.within
    return !isShown && isWithin(meta.lastUpdated, search) && (part === null || id.endsWith(part))
  })
  const page = fitting.slice(0, count)
  const last = fitting.length > count ? page.at(-1) : undefined
  return { page, next: last ? { ...last.on, within: last.resource.id } : next }
}

/** Whether something that was written as last changed then is between the moments that are looked for. */
function isWithin(changed: string, { from, before }: Search): boolean {
  const at = Temporal.Instant.from(changed)
  const isSince = from === null || Temporal.Instant.compare(at, from) >= 0
  return isSince && (before === null || Temporal.Instant.compare(at, before) < 0)
}

type Problem = Readonly<{ problem: string }>
type Writable = { -readonly [Key in keyof Search]: Search[Key] }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const several = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{32})$/i

/** What an id names: something whole, or one of several that hang on it; undefined where nothing can be called so. */
export function idRead(given: string): Pick<Search, 'id' | 'part'> | undefined {
  if (uuid.test(given)) return { id: given.toLowerCase(), part: null }
  const [, ...parts] = several.exec(given.toLowerCase()) ?? []
  const [part, id] = [parts.at(-1), parts.slice(0, -1).join('-')]
  return part === undefined ? undefined : { id, part }
}

const idIn = (given: string, kind: string): string | undefined => {
  const id = given.startsWith(`${kind}/`) ? given.slice(kind.length + 1) : given
  return uuid.test(id) ? id.toLowerCase() : undefined
}

/** Reads what is searched for; a sentence where it cannot be answered: nothing that narrows a search down is left out of it. */
export function readSearch(query: Readonly<Record<string, unknown>>, may: readonly string[]): Search | Problem {
  const search: Writable = { ...everything }
  for (const [name, given] of Object.entries(query)) {
    if (name === '_format') continue
    if (!may.includes(name)) return { problem: `There is no search by ${nameable(name)} here: ${may.join(', ')}` }
    // Two of one name would both have to hold: only moments can.
    const values = [given].flat()
    const isRead = values.every((value) => typeof value === 'string' && readers[name]?.(search, value) === true)
    if (!isRead || (values.length > 1 && name !== '_lastUpdated'))
      return { problem: `What is given for ${name} cannot be read: give ${readable(name)}` }
  }
  return search
}

// What came in an address is not said back but where it can be a name.
const nameable = (name: string): string => (/^[\w.:-]{1,40}$/.test(name) ? name : 'that')

const whatIsRead: Readonly<Record<string, string>> = {
  _id: 'one id',
  name: 'the beginning of one name',
  identifier: 'SYSTEM|VALUE, or VALUE alone in whichever numbering, one at a time',
  code: 'SYSTEM|CODE, or CODE alone',
  status: 'one status of a Task, or several with commas between',
  _lastUpdated:
    'ge, gt, le or lt and a moment with its offset, a day, a month or a year, or one of the latter three alone',
  _count: 'a whole number from 1',
  _cursor: 'what stands in the address of the next page',
}

/** What can be given for a parameter of a search, in words that stand in a message and in what the door says of itself. */
export const readable = (name: string): string => whatIsRead[name] ?? 'one id, with or without its kind before it'

const readers: Readonly<Record<string, (search: Writable, value: string) => boolean>> = {
  _id: (search, value) => Object.assign(search, idRead(value)).id !== null,
  patient: (search, value) => (search.patient = idIn(value, 'Patient') ?? null) !== null,
  focus: (search, value) => (search.focus = idIn(value, 'ServiceRequest') ?? null) !== null,
  organization: (search, value) => (search.organization = idIn(value, 'Organization') ?? null) !== null,
  name: (search, value) => (search.name = /^[^,|$\\]{1,200}$/.test(value) ? value.trim() : null) !== null,
  code: (search, value) => (search.code = /^(?:[^|,]{1,500}\|)?[\w.-]{1,200}$/.test(value) ? value : null) !== null,
  status: (search, value) =>
    (search.status = /^[a-z-]{1,20}(,[a-z-]{1,20})*$/.test(value) ? value.split(',') : null) !== null,
  identifier: (search, value) => {
    const [, system = null, own] = /^(?:([^|]{1,500})\|)?([^|]{1,200})$/.exec(value) ?? []
    // FHIR R4, 3.1.1.4.3: a comma says either, unless a backslash stands before it.
    if (own === undefined || /(?<!\\),/.test(value)) return false
    search.identifier = { system, value: own.replaceAll(/\\([\\,$|])/g, '$1') }
    return true
  },
  _lastUpdated: (search, value) => {
    const [, prefix = 'eq', date = ''] = /^(eq|ge|gt|le|lt)?(\d{4}\b.{0,46})$/.exec(value.replaceAll(' ', '+')) ?? []
    const span = spanOf(date)
    // To which part of a second two moments are the same nobody says.
    if (span === undefined || (prefix === 'eq' && date.includes('T'))) return false
    if (prefix !== 'le' && prefix !== 'lt') search.from = later(search.from, prefix === 'gt' ? span.end : span.start)
    if (prefix !== 'ge' && prefix !== 'gt')
      search.before = earlier(search.before, prefix === 'lt' ? span.start : span.end)
    return true
  },
  _count: (search, value) => {
    search.count = Math.min(mostCount, Number(value))
    return /^[1-9]\d{0,5}$/.test(value)
  },
  _cursor: (search, value) => {
    search.after = placeIn(value) ?? null
    return search.after !== null
  },
}

/** The place from where a list goes on, as it was given out with the page before; undefined where it is none. */
export function placeIn(given: string): At | undefined {
  const [moment = '', id = '', within] = atob64(given).split(' ')
  const at = instantIn(moment)
  if (at === undefined || !uuid.test(id)) return undefined
  if (within === 'open' || within === 'answered') return { at, id, side: within }
  return within !== undefined && !several.test(within) ? undefined : { at, id, within }
}

type Span = Readonly<{ start: Temporal.Instant; end: Temporal.Instant }>

/** From when until before when a date of FHIR is: a year, a month or a day as it is in England, or one moment. */
function spanOf(date: string): Span | undefined {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) ?? []
  if (year === undefined) {
    const start = /^\d{4}-\d\d-\d\dT/.test(date) ? instantIn(date) : undefined
    // Moments are kept to the microsecond.
    return start && { start, end: start.add({ microseconds: 1 }) }
  }
  const first = dayIn(`${year}-${month}-${day}`)
  const length = { 4: { years: 1 }, 7: { months: 1 } }[date.length] ?? { days: 1 }
  return first && { start: startOfDay(first), end: startOfDay(first.add(length)) }
}

function dayIn(written: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(written)
  } catch {
    return undefined
  }
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) > 0
const later = (one: Temporal.Instant | null, other: Temporal.Instant) => (one && isAfter(one, other) ? one : other)
const earlier = (one: Temporal.Instant | null, other: Temporal.Instant) => (one && isAfter(other, one) ? one : other)

function instantIn(written: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined
  }
}

function atob64(given: string): string {
  try {
    return /^[\w-]{1,200}$/.test(given) ? atob(given.replaceAll('-', '+').replaceAll('_', '/')) : ''
  } catch {
    return ''
  }
}

/** From where a list goes on: the last of what was shown, so that what comes meanwhile moves nothing. */
export const cursorAfter = ({ at, id, within, side }: At): string =>
  btoa([at.toString(), id, within ?? side].filter((part) => part !== undefined).join(' '))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

type Found = Readonly<{ kind: string; address: string; query: Readonly<Record<string, unknown>>; next: At | undefined }>

/** A page of a list that was searched for, with the address of the next one. */
export function foundIn({ kind, address, query, next }: Found, resources: readonly Readonly<{ id: string }>[]) {
  const to = (from: string | undefined) => {
    const asked = new URLSearchParams()
    for (const [name, given] of Object.entries(query))
      for (const value of [given].flat()) if (name !== '_cursor') asked.append(name, String(value))
    if (from !== undefined) asked.set('_cursor', from)
    return `${address}/${kind}?${asked.toString()}`
  }
  const here = query['_cursor']
  const self = { relation: 'self', url: to(typeof here === 'string' ? here : undefined) }
  return {
    ...{ resourceType: 'Bundle', type: 'searchset' },
    link: [self, ...(next ? [{ relation: 'next', url: to(cursorAfter(next)) }] : [])],
    // Left out where nothing is found, as it goes over the wire.
    entry: resources.map((resource) => ({
      ...{ fullUrl: `${address}/${kind}/${resource.id}`, resource, search: { mode: 'match' } },
    })),
  }
}
