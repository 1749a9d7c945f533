/** What is searched for: between which moments it changed, and from where the next page goes on. */
export type Search = Readonly<{
  from: Temporal.Instant | null
  before: Temporal.Instant | null
  identifier: Readonly<{ system: string; value: string }> | null
  id: string | null
  /** Which of several that hang on what has this id. */
  part: string | null
  patient: string | null
  focus: string | null
  /** How what is looked for is called, from the beginning of its name on. */
  name: string | null
  organization: string | null
  after: At | null
  count: number
}>

/** A place in a list: when what stands there was taken or changed, and which it is. */
export type At = Readonly<{
  at: Temporal.Instant
  id: string
  /** Which of several that hang on it was the last; without it the list goes on after all of them. */
  within?: string | undefined
}>

const usualCount = 50
const mostCount = 100

/** A search that narrows nothing down. */
export const everything: Search = {
  ...{ from: null, before: null, identifier: null, id: null, patient: null, focus: null, after: null },
  ...{ part: null, name: null, organization: null, count: usualCount },
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
    for (const value of [given].flat()) {
      const isRead = typeof value === 'string' && readers[name]?.(search, value) === true
      if (!isRead) return { problem: `What is given for ${name} cannot be read` }
    }
  }
  return search
}

// What came in an address is not said back but where it can be a name.
const nameable = (name: string): string => (/^[\w.:-]{1,40}$/.test(name) ? name : 'that')

const readers: Readonly<Record<string, (search: Writable, value: string) => boolean>> = {
  _id: (search, value) => Object.assign(search, idRead(value)).id !== null,
  patient: (search, value) => (search.patient = idIn(value, 'Patient') ?? null) !== null,
  focus: (search, value) => (search.focus = idIn(value, 'ServiceRequest') ?? null) !== null,
  organization: (search, value) => (search.organization = idIn(value, 'Organization') ?? null) !== null,
  name: (search, value) => (search.name = /^[^,|$\\]{1,200}$/.test(value) ? value.trim() : null) !== null,
  identifier: (search, value) => {
    const [, system, own] = /^([^|]{1,500})\|([^|]{1,200})$/.exec(value) ?? []
    if (system === undefined || own === undefined) return false
    search.identifier = { system, value: own }
    return true
  },
  _lastUpdated: (search, value) => {
    const [, prefix, moment] = /^(ge|gt|le|lt)(\d{4}-\d\d-\d\dT.{1,40})$/.exec(value.replaceAll(' ', '+')) ?? []
    const at = moment === undefined ? undefined : instantIn(moment)
    if (at === undefined) return false
    // Moments are kept to the microsecond.
    const just = at.add({ microseconds: 1 })
    if (prefix === 'ge' || prefix === 'gt') search.from = prefix === 'ge' ? at : just
    else search.before = prefix === 'lt' ? at : just
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
  if (at === undefined || !uuid.test(id) || (within !== undefined && !several.test(within))) return undefined
  return { at, id, within }
}

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
export const cursorAfter = ({ at, id, within }: At): string =>
  btoa([at.toString(), id, ...(within === undefined ? [] : [within])].join(' '))
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
    entry: resources.map((resource) => ({
      ...{ fullUrl: `${address}/${kind}/${resource.id}`, resource, search: { mode: 'match' } },
    })),
  }
}
