import { needInWords } from '#journey/gap/rules.ts'
import { hidden, isSmall, masked, type Shown } from '#programme/masking/rules.ts'

/** From where it is known that a need has no service. One need may be known in several ways. */
export const sources = {
  coach: {
    label: 'A coach said that there is nothing',
    from: '“There is nothing for this here”, on a record or after a search, unless it was taken back.',
  },
  search: {
    label: 'A search found nothing',
    from: 'A coach looked for a service for somebody and no service was found. What was typed is not kept.',
  },
  full: {
    label: 'A service had no places, or gives it no more',
    from: 'An onward referral that was declined because there are no places and no waiting list, or because the help is not given any more.',
  },
  silent: {
    label: 'No answer, and no other service to propose',
    from: 'An onward referral that a service did not answer, where the directory had no other service of its kind that is open.',
  },
} as const

export type Source = keyof typeof sources

// Checked: the keys of a list are its codes.
export const sourceCodes = Object.keys(sources) as Source[]

/** One need of one person for which nothing was there in a period: where they live and how it is known. */
export type Found = Readonly<{ person: string; need: string; place: string; sources: readonly Source[] }>

/** Where the place of somebody is not known, or not shown because their record is restricted. */
export const noPlace = ''

export const definition =
  'A need counts once for each person in a quarter, however often and in however many ways it was seen: so the ways below may add up to more. The place is where the person lives: their council, else the first half of their postcode. The need is the barrier that the action of the plan is for, else the main one of the conversation.'

export type Line = Readonly<{ code: string; label: string; number: Shown }>

export type Told = Readonly<{
  all: Shown
  needs: readonly Line[]
  places: readonly Line[]
  ways: readonly Line[]
  /** How many have one need in one place. */
  at: (need: string, place: string) => Shown
}>

type Naming = Readonly<{ below: number; named: (place: string) => string }>

/**
 * A quarter as this reader may see it. People are told apart when small numbers are hidden: a place whose needs are those of
 * a few people is hidden even where they have many needs.
 */
export function toldOf(found: readonly Found[], { below, named }: Naming): Told {
  const needs = countedBy(found, ({ need }) => need)
  const places = countedBy(found, ({ place }) => place)
  const cells = needs.flatMap(([row]) =>
    places.map(([column]) => ({
      ...{ row, column },
      count: found.filter(({ need, place }) => need === row && place === column).length,
    })),
  )
  const few = new Set(places.filter(([place]) => isSmall(peopleIn(found, place), below)).map(([place]) => `|${place}`))
  const crossed = cells.length === 0 ? [] : [{ code: 'place', cells }]
  const ways = sourceCodes.map((code) => ({
    code,
    cells: ['yes', 'no'].map((row) => ({
      ...{ row, column: '' },
      count: found.filter((one) => one.sources.includes(code) === (row === 'yes')).length,
    })),
  }))
  const alsoWhole = below > 1 && isSmall(new Set(found.map(({ person }) => person)).size, below)
  const also = (group: string, key: string) => group === 'place' && few.has(key)
  const told = masked({ count: found.length, groups: [...crossed, ...ways] }, { below, also, alsoWhole })
  return {
    all: told.whole,
    needs: needs.map(([code]) => ({ code, label: needInWords(code), number: told.number('place', code) })),
    places: places.map(([code]) => ({ code, label: named(code), number: told.number('place', '', code) })),
    ways: sourceCodes.map((code) => ({ code, label: sources[code].label, number: told.number(code, 'yes') })),
    at: (need, place) => told.number('place', need, place),
  }
}

const peopleIn = (found: readonly Found[], wanted: string): number =>
  new Set(found.filter(({ place }) => place === wanted).map(({ person }) => person)).size

function countedBy(found: readonly Found[], of: (one: Found) => string): [string, number][] {
  const counts = Map.groupBy(found, of)
  return [...counts]
    .map(([code, rows]): [string, number] => [code, rows.length])
    .toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
}

/** Three months of the calendar, which no other quarter shares: two of them never tell of one person apart. */
export type Quarter = Readonly<{ code: string; label: string; from: Temporal.PlainDate; until: Temporal.PlainDate }>

const monthName = ['January to March', 'April to June', 'July to September', 'October to December'] as const
const mostQuarters = 8

/** The quarters that can be looked at, the one under way first. */
export function quartersBack(today: Temporal.PlainDate): Quarter[] {
  const first = today.with({ day: 1, month: Math.floor((today.month - 1) / 3) * 3 + 1 })
  return Array.from({ length: mostQuarters }, (_, back) => {
    const from = first.subtract({ months: 3 * back })
    const number = (from.month - 1) / 3
    const label = `${monthName[number] ?? ''} ${from.year}`
    return { code: `${from.year}-${number + 1}`, label, from, until: from.add({ months: 3 }).subtract({ days: 1 }) }
  })
}

/** The quarter that was asked for, if it is one of them; the one under way where none was. */
export const quarterFrom = (asked: string | null, today: Temporal.PlainDate): Quarter | undefined =>
  quartersBack(today).find(({ code }, back) => (asked === null ? back === 0 : code === asked))

/** The columns of the file. They keep their names and order; a new one comes last. */
export const columns = ['quarter', 'area', 'group', 'need', 'place', 'way', 'number', 'rule'] as const

type FileLine = Readonly<Partial<Record<(typeof columns)[number], string | number>>>
type About = Readonly<{ quarter: string; area: string; below: number }>

/** A quarter line by line: every number of the page, and each need in each place. */
export function linesOf(told: Told, { quarter, area, below }: About): FileLine[] {
  const about = { quarter, area, rule: below <= 1 ? 'exact' : `under-${below}` }
  const { all, needs, places, ways } = told
  const lines: FileLine[] = [
    { group: 'all', number: all },
    ...needs.map(({ label, number }) => ({ group: 'need', need: label, number })),
    ...places.map(({ label, number }) => ({ group: 'place', place: label, number })),
    ...ways.map(({ label, number }) => ({ group: 'way', way: label, number })),
    ...places.flatMap((place) =>
      needs.flatMap((need) => {
        const number = told.at(need.code, place.code)
        return number === 0 ? [] : [{ group: 'place-and-need', place: place.label, need: need.label, number }]
      }),
    ),
  ]
  return lines.map((line) => ({ ...line, ...about }))
}

/** Whether nothing but hidden numbers is left of something that was taken apart. */
export const isHiddenWhole = ({ all }: Told): boolean => all === hidden
