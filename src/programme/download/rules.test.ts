import { describe, expect, it } from 'vitest'
import { breakdownCodes } from '#programme/breakdown/rules.ts'
import { type Family, type Families } from '#programme/breakdown/rules.ts'
import { itemCodes } from '#programme/counting/rules.ts'
import { releaseOf } from '#programme/release/rules.ts'
import { columns, dictionary, fileOf, linesOf } from './rules.ts'

const about = { month: '2026-10', area: 'north', state: 'live' }

function releaseWith(started: Partial<Family>, below = 0) {
  const none: Family = { count: 0, imported: 0, days: {}, cells: {}, crossings: {} }
  const families = Object.fromEntries(
    itemCodes.map((item) => [item, item === 'started' ? { ...none, ...started } : none]),
  )
  // Checked: one for every item.
  return releaseOf({ families: families as Families, measures: { start: {}, end: {} } }, { below })
}

describe('The file', () => {
  it('keeps its headings', () => {
    expect(Object.keys(columns).join(',')).toBe(
      'month,area,group,code,label,number,imported,middle_days,not_known,rule,across,share,mean_before,mean_after,state',
    )
  })

  it('never begins a cell as a formula, whatever an organisation is called', () => {
    const release = releaseWith({ count: 9, cells: { provider: { '=cmd|"x"': 9 } } })
    expect(fileOf(linesOf(release, about))).toContain(
      `2026-10,north,provider,"'=cmd|""x""","'=cmd|""x""",9,,,,exact,,100,,,live`,
    )
  })

  it('gives shares under the published headings, of those whose answer is recorded', () => {
    const release = releaseWith({ count: 12, cells: { work: { 'in-work': 4, 'out-of-work': 6, 'not-known': 2 } } })
    const shares = linesOf(release, about).filter(({ group }) => group === 'shares-employment')

    expect(shares.map(({ label, number, share }) => [label, number, share])).toEqual([
      ['At first appointment: Out of work', 6, 60],
      ['At first appointment: In work', 4, 40],
    ])
  })

  it('adds up nothing that is hidden', () => {
    const release = releaseWith({ count: 60, cells: { age: { '16-24': 2, '25-34': 20, '35-49': 38 } } }, 5)
    const shares = linesOf(release, about).filter(({ group }) => group === 'shares-age')

    expect(shares.map(({ number, share }) => [number, share])).toEqual([
      ['*', '*'],
      [38, '*'],
    ])
  })
})

describe('The dictionary', () => {
  const lines = linesOf(releaseWith({ count: 3 }), about)

  it('explains every group of the file, and every code that is not a name', () => {
    const { groups, items, tables, shares } = dictionary(5)
    const known = new Set([
      ...['item', 'completeness', 'measures-start', 'measures-end'],
      ...[...groups, ...tables, ...shares].map(({ group }) => group),
    ])

    expect(lines.filter(({ group }) => !known.has(String(group)))).toEqual([])
    expect(items.map(({ code }) => code)).toEqual(itemCodes)
    expect(groups.map(({ group }) => group)).toEqual(breakdownCodes)
    expect(groups.find(({ group }) => group === 'sex')?.codes).toMatchObject({
      female: 'Female',
      'not-known': 'Not recorded',
    })
  })

  it('says what each column means', () => {
    expect(Object.values(dictionary(5).columns).every((meaning) => meaning.endsWith('.'))).toBe(true)
  })
})
