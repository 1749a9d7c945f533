import type { Result } from '#journey/fit-note-request/rules.ts'
import { middle } from '#programme/counting/rules.ts'
import { hidden, isSmall, type Masked, masked, type Shown } from '#programme/masking/rules.ts'

/** What came of a request, as a number stands for it: nothing yet, or what came of its conversation. */
export const cameOf = {
  open: { label: 'Still to be spoken to' },
  supported: { label: 'Support agreed' },
  clinician: { label: 'Back to a clinician' },
  declined: { label: 'Not taken up' },
} as const satisfies Readonly<Record<'open' | Result, { label: string }>>

/** How many days of the calendar went by between the request and the conversation. */
export const waits = {
  'two-days': { label: '0 to 2 days', from: 0 },
  'a-week': { label: '3 to 7 days', from: 3 },
  'two-weeks': { label: '8 to 14 days', from: 8 },
  longer: { label: '15 days or more', from: 15 },
} as const

/** Whether the same person had asked for a fit note before. */
export const askings = {
  first: { label: 'For the first time' },
  again: { label: 'Had asked before' },
} as const

export type CameOf = keyof typeof cameOf
export type Wait = keyof typeof waits
export type Asking = keyof typeof askings

// Checked: the keys of a list are its codes.
const cameCodes = Object.keys(cameOf) as CameOf[]
// Checked: the same.
const waitCodes = Object.keys(waits) as Wait[]
// Checked: the same.
const askingCodes = Object.keys(askings) as Asking[]

/** What is said of each number, on the page and in the file. */
export const definition =
  'A request counts in the month in which the person asked, whenever the conversation was held. One that was taken back does not count. Days are days of the calendar from the request to the conversation. Somebody had asked before where an earlier request of theirs stands in this area.'

/** Requests that are alike: of one month and practice, with the same result after as many days. */
export type Counted = Readonly<{
  month: string
  /** The practice as it is compared: without capitals and double spaces. */
  practice: string
  name: string
  what: Result | null
  days: number | null
  again: boolean
  count: number
}>

/** How long a conversation took to come about. */
function waitOf(days: number): Wait {
  return waitCodes.findLast((code) => days >= waits[code].from) ?? 'two-days'
}

/** From how many days on, and up to how many, a wait lasts. */
export function daysOf(wait: Wait): Readonly<{ from: number; until: number | null }> {
  const next = waitCodes[waitCodes.indexOf(wait) + 1]
  return { from: waits[wait].from, until: next === undefined ? null : waits[next].from - 1 }
}

export type Line<Code extends string = string> = Readonly<{ code: Code; label: string; number: Shown }>
/** What is told of a month, and of each practice in it. */
export type Numbers = Readonly<{
  all: Shown
  held: Shown
  /** The middle one of the days until the conversation; nothing where none was held. */
  middle: Shown | undefined
  results: readonly Line<CameOf>[]
  again: Shown
}>

export type PracticeLine = Numbers &
  Readonly<{
    /** Nothing where several practices are counted together. */
    practice: string | undefined
    name: string
  }>

/** The numbers of a month as somebody may see them. */
export type Told = Numbers &
  Readonly<{
    waits: readonly Line<Wait>[]
    askings: readonly Line<Asking>[]
    practices: readonly PracticeLine[]
  }>

/** A month as this reader may see it: below 1 everything, else what docs/decisions/0012-small-numbers.md lets stand. */
export function toldOf(counted: readonly Counted[], below: number): Told {
  const practices = practicesOf(counted, below)
  const told = masked(
    {
      count: sum(counted),
      groups: [
        { code: 'practice', cells: practices.flatMap(({ key, rows }) => cellsOf(key, rows)) },
        {
          code: 'asking',
          cells: askingCodes.map((row) => ({ row, column: '', count: sum(counted.filter(isAsking(row))) })),
        },
      ],
    },
    { below },
  )
  const open = told.number('practice', '', 'open')
  return {
    ...heldOf(counted, { told, open, below }),
    all: told.whole,
    results: cameCodes.map((code) => ({ code, ...cameOf[code], number: told.number('practice', '', code) })),
    askings: askingCodes.map((code) => ({ code, ...askings[code], number: told.number('asking', code) })),
    again: told.number('asking', 'again'),
    practices: practices.map((one) => practiceLine(one, { told, below })),
  }
}

type Telling = Readonly<{ told: Masked; below: number }>

/** One practice. Who had asked before is told of each only where nothing is hidden: their totals stand in one table. */
function practiceLine({ key, practice, name, rows }: Practice, { told, below }: Telling): PracticeLine {
  const [all, open] = [told.number('practice', key), told.number('practice', key, 'open')]
  const count = sum(rows.filter(isHeld))
  const untold = all === hidden || open === hidden || isSmall(count, below)
  return {
    ...{ practice, name, all, held: untold ? hidden : count, middle: untold ? hidden : middleOf(rows) },
    results: cameCodes.map((code) => ({ code, ...cameOf[code], number: told.number('practice', key, code) })),
    again: below <= 1 ? sum(rows.filter(isAsking('again'))) : hidden,
  }
}

const sum = (rows: readonly Counted[]): number => rows.reduce((all, { count }) => all + count, 0)
const isHeld = ({ days }: Counted) => days !== null
const isAsking = (code: Asking) => (row: Counted) => row.again === (code === 'again')

const cellsOf = (row: string, rows: readonly Counted[]) =>
  cameCodes.map((column) => ({ row, column, count: sum(rows.filter(({ what }) => (what ?? 'open') === column)) }))

/**
 * The conversations that were held, by how long they took to come about. They are all requests without those that are
 * open, so that where either of these is hidden they are too: a wait is taken apart only where their number is told.
 */
function heldOf(
  counted: readonly Counted[],
  { told, open, below }: Telling & Readonly<{ open: Shown }>,
): Pick<Told, 'held' | 'middle' | 'waits'> {
  const rows = counted.filter(isHeld)
  const count = sum(rows)
  const untold = told.whole === hidden || open === hidden
  const number = (code: Wait) => sum(rows.filter(({ days }) => days !== null && waitOf(days) === code))
  const cells = waitCodes.map((row) => ({ row, column: '', count: number(row) }))
  const shown = masked({ count, groups: [{ code: 'wait', cells }] }, { below, alsoWhole: untold })
  return {
    held: untold ? hidden : count,
    middle: shown.whole === hidden ? hidden : middleOf(rows),
    waits: waitCodes.map((code) => ({ code, label: waits[code].label, number: shown.number('wait', code) })),
  }
}

function middleOf(rows: readonly Counted[]): number | undefined {
  const often = new Map<number, number>()
  for (const { days, count } of rows) if (days !== null) often.set(days, (often.get(days) ?? 0) + count)
  return middle(often)
}

type Practice = Readonly<{ key: string; practice: string | undefined; name: string; rows: readonly Counted[] }>

/** The practices with the most requests first. Where small numbers are hidden, those with few requests stand together. */
function practicesOf(counted: readonly Counted[], below: number): Practice[] {
  const byName = [...Map.groupBy(counted, ({ practice }) => practice)]
    .map(([practice, rows]) => ({ key: practice, practice, name: rows[0]?.name ?? practice, rows, count: sum(rows) }))
    .toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name))
  if (below <= 1) return byName
  const few = byName.filter(({ count }) => isSmall(count, below)).flatMap(({ rows }) => rows)
  const many = byName.filter(({ count }) => !isSmall(count, below))
  return few.length === 0 ? many : [...many, { key: '#few', practice: undefined, name: fewInWords(below), rows: few }]
}

const fewInWords = (below: number): string => `Practices with fewer than ${below} requests`

/** What a list behind a number is narrowed down to. */
export type Wanted = Readonly<{ is?: CameOf | 'held'; practice?: string; wait?: Wait; asked?: Asking }>

/** The address of the requests behind a number. */
export function listAddress(wanted: Wanted & Readonly<{ month: string }>): string {
  return `/fit-note-requests/counts/list?${new URLSearchParams(wanted).toString()}`
}

/** What a list behind a number is called: "Requests for a fit note: support agreed, mill lane surgery". */
export function titleOf({ is, practice, wait, asked }: Wanted): string {
  const named = [
    is === 'held' ? 'conversation held' : is && lower(cameOf[is].label),
    wait && `${waits[wait].label} until the conversation`,
    asked && lower(askings[asked].label),
    practice,
  ].filter((part) => part !== undefined)
  return named.length === 0 ? 'Requests for a fit note' : `Requests for a fit note: ${named.join(', ')}`
}

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1)

/** The columns of the file. They keep their names and order; a new one comes last. */
export const columns = ['month', 'area', 'group', 'code', 'practice', 'label', 'number', 'middle_days', 'rule'] as const

type FileLine = Readonly<Partial<Record<(typeof columns)[number], string | number>>>

/** A month line by line: every number of the page. */
export function linesOf(told: Told, { month, area, below }: Readonly<{ month: string; area: string; below: number }>) {
  const about = { month, area, rule: below <= 1 ? 'exact' : `under-${below}` }
  const middleDays = told.middle === undefined ? {} : { middle_days: told.middle }
  const lines = (group: string, of: readonly Line[]): FileLine[] => of.map((line) => ({ group, ...line }))
  return [
    { group: 'requests', code: 'all', label: 'Requests', number: told.all },
    { group: 'requests', code: 'held', label: 'Conversations held', number: told.held, ...middleDays },
    ...lines('result', told.results),
    ...lines('wait', told.waits),
    ...lines('asked', told.askings),
    ...told.practices.flatMap(({ name: practice, all, held, middle: days, results, again }) =>
      [
        { code: 'all', label: 'Requests', number: all },
        {
          code: 'held',
          label: 'Conversations held',
          number: held,
          ...(days === undefined ? {} : { middle_days: days }),
        },
        ...results,
        { code: 'again', ...askings.again, number: again },
      ].map((line) => ({ group: 'practice', practice, ...line })),
    ),
  ].map((line): FileLine => ({ ...line, ...about }))
}
