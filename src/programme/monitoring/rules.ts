import { reach, type Role } from '#platform/access/rules.ts'
import {
  type Breakdown,
  breakdownCodes,
  breakdowns,
  cellLabel,
  type Item,
  itemCodes,
  items,
  middle,
  notKnown,
} from '#programme/counting/rules.ts'
import { hidden, masked, type PolicyCode, share, type Shown, shownAs } from '#programme/masking/rules.ts'

/** An item as it was counted: never shown like this to those who may not see the people. */
export type Counted = Readonly<{ count: number; imported: number; days: readonly number[] }>
export type FoundCell = Readonly<{ code: string; count: number }>
export type Figures = Readonly<{
  items: ReadonlyMap<Item, Counted>
  breakdowns: ReadonlyMap<Breakdown, readonly FoundCell[]>
}>

// Middle days are asked for from the referral to these.
const timed: readonly Item[] = ['first-contact', 'started']

// Until the programme publishes its own rule.
const ruleForNumbersAlone: PolicyCode = 'hes-1-7-round5'

/** By which rule a role sees numbers: exact where it may list the people behind them. */
export function policyFor(role: Role): PolicyCode {
  return reach[role].list === 'aggregate' ? ruleForNumbersAlone : 'exact'
}

export type ItemLine = Readonly<{ item: Item; number: Shown; imported: Shown; middle: Shown | undefined }>
export type CellLine = Readonly<{ cell: string; label: string; number: Shown }>
export type Group = Readonly<{
  breakdown: Breakdown
  cells: readonly CellLine[]
  total: Shown
  known: Shown
  missing: Shown
  knownShare: Shown | undefined
}>
export type Monitoring = Readonly<{ policy: PolicyCode; items: readonly ItemLine[]; groups: readonly Group[] }>

/** A month's figures as they may be shown by this rule, on the page and in the file alike. */
export function monitoringOf(figures: Figures, policy: PolicyCode): Monitoring {
  return {
    policy,
    items: itemCodes.map((item) => itemLine(figures, item, policy)),
    groups: breakdownCodes.map((breakdown) => groupOf(breakdown, figures.breakdowns.get(breakdown) ?? [], policy)),
  }
}

const nothing: Counted = { count: 0, imported: 0, days: [] }

function itemLine({ items: counted }: Figures, item: Item, policy: PolicyCode): ItemLine {
  const { count, imported, days } = counted.get(item) ?? nothing
  const entry: Readonly<{ label: string; partOf?: Item }> = items[item]
  const whole = entry.partOf ? (counted.get(entry.partOf) ?? nothing).count : undefined
  const number = whole === undefined ? shownAs(count, policy) : partOf(count, whole, policy)
  return { item, number, imported: partOf(imported, count, policy), middle: middleOf(item, { days, number, policy }) }
}

/** A part of a shown number, hidden where what is left over would be hidden. */
function partOf(part: number, whole: number, policy: PolicyCode): Shown {
  const { cells } = masked(
    [
      { code: 'part', count: part },
      { code: 'rest', count: whole - part },
    ],
    policy,
  )
  return cells.get('part') ?? hidden
}

type Timing = Readonly<{ days: readonly number[]; number: Shown; policy: PolicyCode }>

function middleOf(item: Item, { days, number, policy }: Timing): Shown | undefined {
  if (!timed.includes(item)) return undefined
  const found = middle(days)
  if (number === hidden) return hidden
  return found === undefined || policy === 'exact' ? found : Math.round(found)
}

function groupOf(breakdown: Breakdown, found: readonly FoundCell[], policy: PolicyCode): Group {
  const cells = allCells(breakdown, found)
  const shown = masked(cells, policy)
  const lines = cells.map(({ code }) => ({
    ...{ cell: code, label: cellLabel(breakdown, code) },
    number: shown.cells.get(code) ?? hidden,
  }))
  const missing = shown.cells.get(notKnown) ?? 0
  const knownCount = cells.reduce((sum, { code, count }) => (code === notKnown ? sum : sum + count), 0)
  // What is known and what is not add up to the total: where one is hidden, the other would give it away.
  const known = missing === hidden ? hidden : shownAs(knownCount, policy)
  return { breakdown, cells: lines, total: shown.total, known, missing, knownShare: share(known, shown.total) }
}

/** The cells of the code list in its order, then what else was found by name, and last what is not known. */
function allCells(breakdown: Breakdown, found: readonly FoundCell[]): FoundCell[] {
  const counted = new Map(found.map(({ code, count }) => [code, count]))
  const listed = Object.keys(breakdowns[breakdown].cells ?? {})
  const others = found
    .map(({ code }) => code)
    .filter((code) => code !== notKnown && !listed.includes(code))
    .toSorted((one, other) => one.localeCompare(other, 'en-GB'))
  return [...listed, ...others, notKnown].map((code) => ({ code, count: counted.get(code) ?? 0 }))
}

/** The columns of the file. They keep their names and order; a new one comes last. */
export const columns = [
  'month',
  'area',
  'group',
  'code',
  'label',
  'number',
  'imported',
  'middle_days',
  'not_known',
  'rule',
] as const

type Line = Partial<Record<(typeof columns)[number], string | number>>

/** A month as a file: one line for every number of the page. */
export function fileOf({ policy, items: lines, groups }: Monitoring, about: { month: string; area: string }): string {
  const all: Line[] = [
    ...lines.map(({ item, number, imported, middle: days }) => ({
      ...{ group: 'item', code: item, label: items[item].label, number, imported },
      ...(days === undefined ? {} : { middle_days: days }),
    })),
    ...groups.flatMap(({ breakdown, cells }) =>
      cells.map(({ cell, label, number }) => ({ group: breakdown, code: cell, label, number })),
    ),
    ...groups.map(({ breakdown, known, missing }) => ({
      ...{ group: 'completeness', code: breakdown, label: breakdowns[breakdown].label },
      ...{ number: known, not_known: missing },
    })),
  ]
  const rows = all.map((line) => {
    const full: Line = { ...line, ...about, rule: policy }
    return columns.map((column) => written(full[column] ?? ''))
  })
  return [columns.join(','), ...rows.map((row) => row.join(','))].map((row) => `${row}\r\n`).join('')
}

/** A cell as a spreadsheet reads it: never as a formula, whatever an organisation is called. */
function written(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
