import { describe, expect, it } from 'vitest'
import { type Breakdown, type Item, itemCodes } from '#programme/counting/rules.ts'
import { columns, type Counted, fileOf, type Figures, type FoundCell, monitoringOf, policyFor } from './rules.ts'

const days = (count: number) => Array.from({ length: count }, (_, day) => day)
const figures = (
  items: Partial<Record<Item, number | Counted>>,
  breakdowns: Partial<Record<Breakdown, Record<string, number>>> = {},
): Figures => ({
  items: new Map(
    itemCodes.map((item) => {
      const given = items[item] ?? 0
      return [item, typeof given === 'number' ? { count: given, imported: 0, days: days(given) } : given]
    }),
  ),
  breakdowns: new Map(
    Object.entries(breakdowns).map(([code, cells]): [Breakdown, FoundCell[]] => [
      // Checked: the keys are codes of breakdowns.
      code as Breakdown,
      Object.entries(cells).map(([cell, count]) => ({ code: cell, count })),
    ]),
  ),
})
const small = 'hes-1-7-round5'
const item = (found: Figures, code: Item, policy: 'exact' | typeof small = small) =>
  monitoringOf(found, policy).items.find((line) => line.item === code)
const group = (found: Figures, code: Breakdown, policy: 'exact' | typeof small = small) =>
  monitoringOf(found, policy).groups.find(({ breakdown }) => breakdown === code)

describe('Who sees which numbers', () => {
  it('those who may list their people see them exact, those who see numbers alone see them masked', () => {
    expect((['service-manager', 'senior-coach', 'administrator'] as const).map(policyFor)).toEqual(
      days(3).map(() => 'exact'),
    )
    expect((['area-lead', 'council-lead', 'national-team', 'evaluator'] as const).map(policyFor)).toEqual(
      days(4).map(() => small),
    )
  })
})

describe('A month that is masked', () => {
  it.each([
    [0, 0],
    [1, '*'],
    [7, '*'],
    [8, 10],
  ])('shows %i referrals as %s', (count, shown) => {
    expect(item(figures({ received: count }), 'received')?.number).toBe(shown)
  })

  it('hides an answered number where those who did not answer are few', () => {
    expect(item(figures({ 'due-13': 20, 'answered-13': 17 }), 'answered-13')?.number).toBe('*')
    expect(item(figures({ 'due-13': 30, 'answered-13': 17 }), 'answered-13')?.number).toBe(15)
  })

  it('hides how many were brought in where the others are few', () => {
    const received = { count: 30, imported: 28, days: [] }
    expect(item(figures({ received }), 'received')).toMatchObject({ number: 30, imported: '*' })
  })

  it('gives no middle of days for a hidden number, and whole days for others', () => {
    expect(item(figures({ started: 7 }), 'started')?.middle).toBe('*')
    expect(item(figures({ started: 10 }), 'started')?.middle).toBe(5)
    expect(item(figures({ started: 10 }), 'started', 'exact')?.middle).toBe(4.5)
    expect(item(figures({ started: 0 }), 'started')?.middle).toBeUndefined()
  })

  it('does not give away by its completeness what a breakdown hides', () => {
    const found = figures({ started: 53 }, { sex: { female: 30, male: 20, 'not-known': 3 } })
    expect(group(found, 'sex')).toMatchObject({ known: '*', missing: '*', knownShare: '*', total: 55 })
  })
})

describe('Completeness', () => {
  it('says how many are known and how many are not', () => {
    const found = figures({ started: 40 }, { sex: { female: 20, male: 10, 'not-known': 10 } })
    expect(group(found, 'sex', 'exact')).toMatchObject({ known: 30, missing: 10, knownShare: 75 })
  })

  it('shows every cell of the list, also the empty ones, and councils by name', () => {
    const found = figures({}, { council: { York: 1, Leeds: 2, 'not-known': 1 } })
    expect(group(found, 'council', 'exact')?.cells.map(({ label }) => label)).toEqual(['Leeds', 'York', 'Not known'])
    expect(group(found, 'age', 'exact')?.cells).toHaveLength(7)
  })
})

describe('The file', () => {
  const about = { month: '2026-10', area: 'north' }

  it('keeps its headings', () => {
    expect(columns.join(',')).toBe('month,area,group,code,label,number,imported,middle_days,not_known,rule')
  })

  it('never begins a cell as a formula, whatever an organisation is called', () => {
    const found = figures({}, { provider: { '=cmd|"x"': 9 } })
    expect(fileOf(monitoringOf(found, 'exact'), about)).toContain(
      `2026-10,north,provider,"'=cmd|""x""","'=cmd|""x""",9,,,,exact`,
    )
  })
})
