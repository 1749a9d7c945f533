import {
  breakdownCodes,
  breakdowns,
  cellLabel,
  cellsIn,
  crossingCodes,
  crossings,
  mayOverlap,
} from '#programme/breakdown/rules.ts'
import { importedHistory, itemCodes, items } from '#programme/counting/rules.ts'
import { ruleInWords, type Shown } from '#programme/masking/rules.ts'
import { measures, notCaused } from '#programme/measuring/rules.ts'
import { headings, sharesOf } from '#programme/published/rules.ts'
import type { Release } from '#programme/release/rules.ts'
import { enteredNotCounted, moneyKindCodes, moneyKinds, posts } from '#programme/staff-and-money/rules.ts'

/** The columns of the file. They keep their names and order; a new one comes last. */
export const columns = {
  month: 'The month, as 2026-01.',
  area: 'The code of the area.',
  group: 'What the line belongs to: item, a breakdown, a table, completeness, measures, shares, staff or money.',
  code: 'The code of the number in its group.',
  label: 'The same in words.',
  number: 'The number. Empty where there is none; * where it is hidden.',
  imported: 'Of an item: how many were brought in from an earlier system.',
  middle_days: 'Of an item: the middle of the days since the referral.',
  not_known: 'Of completeness and measures: for how many it is not recorded.',
  rule: 'exact, or under-5 where numbers from 1 to 4 are hidden (under-10: 1 to 9).',
  across: 'Of a table: the code of the column.',
  share: 'Per cent of the item; under shares, of those whose answer is recorded.',
  mean_before: 'Of a measure: the mean, at the end the mean of the first answers of those who answered twice.',
  mean_after: 'Of a measure at the end: the mean of the last answers of the same people.',
  state: 'live: counted when the file was made. signed-1: as it was signed, with the version.',
} as const

type Column = keyof typeof columns
// Checked: the keys of a list are its codes.
const columnCodes = Object.keys(columns) as Column[]

/** One number of a month, with whatever belongs to it. */
export type Line = Readonly<Partial<Record<Column, string | number>>>

export type About = Readonly<{ month: string; area: string; state: string }>

/** A month line by line: every number of the page. */
export function linesOf(release: Release, about: About): Line[] {
  const rule = release.below <= 1 ? 'exact' : `under-${release.below}`
  return [
    ...itemLines(release),
    ...breakdownLines(release),
    ...tableLines(release),
    ...completenessLines(release),
    ...measureLines(release),
    ...shareLines(release),
    ...enteredLines(release),
  ].map((line) => ({ ...about, ...line, rule }))
}

function itemLines(release: Release): Line[] {
  return release.items.map(({ item, number, imported, middle }) => ({
    ...{ group: 'item', code: item, label: items[item].label, number, imported },
    ...given('middle_days', middle),
  }))
}

function breakdownLines(release: Release): Line[] {
  return breakdownCodes.flatMap((breakdown) =>
    release.breakdowns[breakdown].cells.map(({ cell, label, number, share }) => ({
      ...{ group: breakdown, code: cell, label, number },
      ...given('share', share),
    })),
  )
}

function tableLines(release: Release): Line[] {
  return crossingCodes.flatMap((crossing) => {
    const { rows, columns: across } = release.crossings[crossing]
    return rows.flatMap(({ row, label, numbers }) =>
      across.map(({ column, label: columnLabel }, place) => ({
        ...{ group: crossing, code: row, label: `${label}: ${columnLabel}`, across: column },
        ...given('number', numbers[place]),
      })),
    )
  })
}

function completenessLines(release: Release): Line[] {
  return breakdownCodes.flatMap((breakdown) => {
    const { known, missing, knownShare } = release.breakdowns[breakdown]
    if (known === undefined || missing === undefined) return []
    const line = { group: 'completeness', code: breakdown, label: breakdowns[breakdown].label }
    return [{ ...line, number: known, not_known: missing, ...given('share', knownShare) }]
  })
}

function measureLines(release: Release): Line[] {
  return release.measures.map(({ moment, measure, number, missing, before, after }) => ({
    ...{ group: `measures-${moment}`, code: measure, label: measures[measure].label, number, not_known: missing },
    ...{ ...given('mean_before', before), ...given('mean_after', after) },
  }))
}

function shareLines(release: Release): Line[] {
  return sharesOf(release).flatMap(({ heading, parts }) =>
    parts.map(({ part, label, number, share }) => ({
      ...{ group: `shares-${heading}`, code: part, label: `${headings[heading].label}: ${label}`, number },
      ...given('share', share),
    })),
  )
}

function enteredLines({ entered: { staff, money } }: Release): Line[] {
  const line = (group: string, code: string, label: string, number: number | null): Line => ({
    ...{ group, code, label },
    ...given('number', number ?? undefined),
  })
  return [
    ...staff.map(({ post, inPost }) => line('staff-in-post', post, `${posts[post].label}, in post`, inPost)),
    ...staff.map(({ post, planned }) =>
      line('staff-planned', post, `${posts[post].label}, planned (entered)`, planned),
    ),
    ...moneyKindCodes.map((kind) => line('money', kind, `${moneyKinds[kind].label}, in pounds (entered)`, money[kind])),
  ]
}

function given(column: Column, value: Shown | undefined): Line {
  return value === undefined ? {} : { [column]: value }
}

/** A month as a file for a spreadsheet. */
export function fileOf(lines: readonly Line[]): string {
  return spreadsheetOf(columnCodes, lines)
}

/** Lines as a file for a spreadsheet, with their columns in this order; what a line does not have stays empty. */
export function spreadsheetOf<Name extends string>(
  names: readonly Name[],
  lines: readonly Readonly<Partial<Record<Name, string | number>>>[],
): string {
  const rows = lines.map((line) => names.map((name) => written(line[name] ?? '')))
  return [names, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

/** A cell as a spreadsheet reads it: never as a formula, whatever an organisation is called. */
function written(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What every column, group and code of the files means. */
export function dictionary(below: number) {
  const groups = breakdownCodes.map((breakdown) => {
    const { label, definition, of, by } = breakdowns[breakdown]
    const codes = Object.fromEntries(cellsIn(breakdown, {}).map((cell) => [cell, cellLabel(breakdown, cell)]))
    const addsUp = !mayOverlap(breakdown)
    const found = by === 'council' || by === 'provider' ? { others: 'The names that were found' } : {}
    return { group: breakdown, label, definition, of, addsUp, codes, ...found }
  })
  return {
    columns,
    rule: ruleInWords(below),
    imported: importedHistory,
    measures: notCaused,
    staffAndMoney: enteredNotCounted,
    items: itemCodes.map((item) => ({ code: item, label: items[item].label, definition: items[item].definition })),
    groups,
    tables: crossingCodes.map((crossing) => ({ group: crossing, ...crossings[crossing] })),
    measured: Object.entries(measures).map(([code, { label, range }]) => ({ code, label, range })),
    shares: Object.entries(headings).map(([code, { label, from, definition, parts }]) => ({
      ...{ group: `shares-${code}`, label, from, definition, parts },
    })),
  }
}
