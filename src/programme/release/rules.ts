import {
  type Breakdown,
  breakdownCodes,
  breakdowns,
  breakdownsOf,
  cellLabel,
  cellsIn,
  type Crossing,
  crossingCodes,
  crossings,
  crossingsOf,
  type Family,
  type Figures,
  mayOverlap,
} from '#programme/breakdown/rules.ts'
import { type Item, isTimed, itemCodes, middle } from '#programme/counting/rules.ts'
import { notKnown } from '#programme/grouping/rules.ts'
import { type Group, hidden, masked, type Masked, share, type Shown } from '#programme/masking/rules.ts'
import { type Measure, measureCodes, type Moment } from '#programme/measuring/rules.ts'
import type { StaffAndMoney } from '#programme/staff-and-money/rules.ts'

/** Everything of a month: what was counted, and what somebody entered. */
export type Returned = Figures & Readonly<{ entered: StaffAndMoney }>

export type ItemLine = Readonly<{ item: Item; number: Shown; imported: Shown; middle: Shown | undefined }>
export type CellLine = Readonly<{ cell: string; label: string; number: Shown; share: Shown | undefined }>
export type BreakdownLines = Readonly<{
  breakdown: Breakdown
  whole: Shown
  cells: readonly CellLine[]
  /** How many are recorded and how many are not; nothing where a row may fall into several cells. */
  known: Shown | undefined
  missing: Shown | undefined
  knownShare: Shown | undefined
}>
export type CrossingLines = Readonly<{
  crossing: Crossing
  rows: readonly Readonly<{ row: string; label: string; total: Shown; numbers: readonly Shown[] }>[]
  columns: readonly Readonly<{ column: string; label: string; total: Shown }>[]
}>
export type MeasureLine = Readonly<{
  moment: Moment
  measure: Measure
  number: Shown
  missing: Shown
  before: Shown | undefined
  after: Shown | undefined
}>

/** A month as it may be shown, on the page and in the files alike. */
export type Release = Readonly<{
  below: number
  items: readonly ItemLine[]
  breakdowns: Readonly<Record<Breakdown, BreakdownLines>>
  crossings: Readonly<Record<Crossing, CrossingLines>>
  measures: readonly MeasureLine[]
  entered: StaffAndMoney
}>

/** From which number on numbers are shown (0: all), and what else must not be told. */
export type Shows = Readonly<{
  below: number
  also?: (item: Item, group: string, key: string) => boolean
  alsoWhole?: (item: Item) => boolean
}>

// What was signed before an item was asked for has nothing of it.
const none: Family = { count: 0, imported: 0, days: {}, cells: {}, crossings: {} }

/** A month's figures as they may be shown. */
export function releaseOf({ families, measures, entered }: Returned, shows: Shows): Release {
  const family = (item: Item): Family => families[item] ?? none
  const maskedItems = new Map(itemCodes.map((item) => [item, maskedItem(item, family(item), shows)]))
  const of = (item: Item): Masked => maskedItems.get(item) ?? nothingShown
  const linesOf = (breakdown: Breakdown) => {
    const item = breakdowns[breakdown].of
    return breakdownLines(breakdown, family(item), of(item))
  }
  const tableOf = (crossing: Crossing) => {
    const item = breakdowns[crossings[crossing].rows].of
    return crossingLines(crossing, family(item), of(item))
  }
  return {
    ...{ below: shows.below, entered },
    items: itemCodes.flatMap((item) => (families[item] ? [itemLine(item, family(item), of(item))] : [])),
    breakdowns: keyed(breakdownCodes, linesOf),
    crossings: keyed(crossingCodes, tableOf),
    measures: (['start', 'end'] as const).flatMap((moment) => {
      const breakdown = `measured-${moment}` as const
      const shown = of(breakdowns[breakdown].of)
      return measureCodes.map((measure) => measureLine({ moment, measure, shown, found: measures[moment][measure] }))
    }),
  }
}

const nothingShown: Masked = { whole: hidden, number: () => hidden }

function keyed<Code extends string, Value>(codes: readonly Code[], of: (code: Code) => Value): Record<Code, Value> {
  // Checked: one for every code.
  return Object.fromEntries(codes.map((code) => [code, of(code)])) as Record<Code, Value>
}

const importedGroup = '#imported'
const without = '#without'
/** What stands alone against all the others, where one row may fall into several cells. */
const aloneGroup = (breakdown: Breakdown, cell: string): string => `${breakdown} ${cell}`

function maskedItem(item: Item, family: Family, { below, also, alsoWhole }: Shows): Masked {
  return masked(
    { count: family.count, groups: groupsOfItem(item, family) },
    { below, alsoWhole: alsoWhole?.(item) ?? false, also: (group, key) => also?.(item, group, key) ?? false },
  )
}

/** An item's numbers in the groups in which they add up: what is masked together. */
export function groupsOfItem(item: Item, family: Family): Group[] {
  const { count, imported } = family
  const pair = (code: string, row: string, many: number): Group => ({
    code,
    cells: [
      { row, column: '', count: many },
      { row: without, column: '', count: count - many },
    ],
  })
  const crossed: readonly Breakdown[] = crossingsOf(item).flatMap((code) => [
    crossings[code].rows,
    crossings[code].columns,
  ])
  const groups = breakdownsOf(item).flatMap((breakdown): Group[] => {
    const found = family.cells[breakdown] ?? {}
    const cells = cellsIn(breakdown, found)
    if (crossed.includes(breakdown)) return []
    if (mayOverlap(breakdown)) return cells.map((cell) => pair(aloneGroup(breakdown, cell), cell, found[cell] ?? 0))
    return [{ code: breakdown, cells: cells.map((row) => ({ row, column: '', count: found[row] ?? 0 })) }]
  })
  const tables = crossingsOf(item).map((code) => tableGroup(code, family))
  return [...groups, ...tables, pair(importedGroup, 'yes', imported)]
}

function tableGroup(code: Crossing, family: Family): Group {
  const { rows, columns } = crossings[code]
  const across = cellsIn(columns, family.cells[columns] ?? {})
  const cells = cellsIn(rows, family.cells[rows] ?? {}).flatMap((row) =>
    across.map((column) => ({ row, column, count: family.crossings[code]?.[row]?.[column] ?? 0 })),
  )
  return { code, cells }
}

function itemLine(item: Item, { days }: Family, shown: Masked): ItemLine {
  return {
    item,
    number: shown.whole,
    imported: shown.number(importedGroup, 'yes'),
    middle: middleOf(item, days, shown),
  }
}

function middleOf(item: Item, days: Family['days'], { whole }: Masked): Shown | undefined {
  if (!isTimed(item)) return undefined
  return whole === hidden ? hidden : middle(new Map(Object.entries(days).map(([day, often]) => [Number(day), often])))
}

/** A number of a breakdown, which may be the total of a row or a column of a table. */
function numberIn(shown: Masked, breakdown: Breakdown, cell: string): Shown {
  const crossing = crossingCodes.find(
    (code) => crossings[code].rows === breakdown || crossings[code].columns === breakdown,
  )
  if (crossing === undefined) {
    return shown.number(mayOverlap(breakdown) ? aloneGroup(breakdown, cell) : breakdown, cell)
  }
  return crossings[crossing].rows === breakdown ? shown.number(crossing, cell) : shown.number(crossing, '', cell)
}

function breakdownLines(breakdown: Breakdown, family: Family, shown: Masked): BreakdownLines {
  const cells = cellsIn(breakdown, family.cells[breakdown] ?? {}).map((cell) => {
    const number = numberIn(shown, breakdown, cell)
    return { cell, label: cellLabel(breakdown, cell), number, share: share(number, shown.whole) }
  })
  const missing = mayOverlap(breakdown) ? undefined : (cells.find(({ cell }) => cell === notKnown)?.number ?? 0)
  const known = missing === undefined ? undefined : difference(shown.whole, missing)
  const knownShare = known === undefined ? undefined : share(known, shown.whole)
  return { breakdown, whole: shown.whole, cells, known, missing, knownShare }
}

function difference(whole: Shown, part: Shown): Shown {
  return whole === hidden || part === hidden ? hidden : whole - part
}

function crossingLines(crossing: Crossing, family: Family, shown: Masked): CrossingLines {
  const { rows, columns } = crossings[crossing]
  const across = cellsIn(columns, family.cells[columns] ?? {})
  return {
    crossing,
    columns: across.map((column) => ({
      ...{ column, label: cellLabel(columns, column) },
      total: shown.number(crossing, '', column),
    })),
    rows: cellsIn(rows, family.cells[rows] ?? {}).map((row) => ({
      ...{ row, label: cellLabel(rows, row), total: shown.number(crossing, row) },
      numbers: across.map((column) => shown.number(crossing, row, column)),
    })),
  }
}

type Measuring = Readonly<{
  moment: Moment
  measure: Measure
  shown: Masked
  found: Figures['measures'][Moment][Measure]
}>

function measureLine({ moment, measure, shown, found }: Measuring): MeasureLine {
  const group = aloneGroup(`measured-${moment}`, measure)
  const number = shown.number(group, measure)
  const mean = (value: number | null | undefined): Shown | undefined =>
    number === hidden ? hidden : (value ?? undefined)
  return {
    ...{ moment, measure, number, missing: shown.number(group, without) },
    ...{ before: mean(found?.before), after: moment === 'end' ? mean(found?.after) : undefined },
  }
}
