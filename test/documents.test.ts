import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { stages, takenFrom } from '#journey/episode/rules.ts'
import { reach, type Role, roles } from '#platform/access/rules.ts'
import * as words from '#exchange/files/codes/rules.ts'
import type { Column } from '#exchange/files/columns/rules.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'

const rowsOf = (document: string): string[][] =>
  readFileSync(fileURLToPath(new URL(`../docs/${document}`, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )

describe('The table of states', () => {
  const [heading = [], , ...rows] = rowsOf('states.md')

  it('has every stage and every step', () => {
    expect(heading.slice(1)).toEqual(Object.keys(stages))
    expect(rows.map(([step]) => step)).toEqual(Object.keys(takenFrom))
  })

  it.each(Object.entries(takenFrom))('says the same of %s as the rules do', (step, from) => {
    const row = rows.find(([name]) => name === step) ?? []
    const crossed = heading.filter((_, place) => place > 0 && row[place] === '×')

    expect(crossed.toSorted()).toEqual([...from].toSorted())
  })
})

describe('The table of access', () => {
  const [heading = [], , ...rows] = rowsOf('access.md')

  it.each(Object.entries(roles))('says the same of %s as the rules do', (role, { label }) => {
    const row = rows.find(([name]) => name === label) ?? []
    // Checked: the entries of the list of roles.
    const expected = Object.entries(reach[role as Role])

    expect(heading.slice(1).map((verb, place) => [verb, row[place + 1]])).toEqual(expected)
  })
})

describe('The page about bringing files in', () => {
  const rows = rowsOf('importing.md').map((cells) => cells.join(' | '))

  it.each(Object.values<Column>(referralColumns.columns))(
    'says the same of $label as the rules do',
    ({ label, also, about }) => {
      expect(rows).toContain([label, also.join(', '), about].join(' | '))
    },
  )

  it.each([
    ['Route', words.routeWords],
    ['Channel', words.channelWords],
    ['Agreed', words.agreementWords],
    ['Work status', words.workWords],
    ['Main barrier', words.barrierWords],
    ['Fit note', words.fitNoteWords],
    ['How they heard', words.hearingWords],
    ['Safe ways', words.safeWords],
  ])('names every answer to %s', (column, { list, also }: words.Spellings<string>) => {
    const expected = Object.entries(list).map(([code, { label }]) => [column, label, (also[code] ?? []).join(', ')])
    const written = rows.filter(
      (row) => row.startsWith(`${column} | `) && expected.some(([, label]) => row.split(' | ')[1] === label),
    )

    expect(written).toEqual(expected.map((cells) => cells.join(' | ')))
  })
})
