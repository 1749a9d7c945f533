import { describe, expect, it } from 'vitest'
import { type Published, valuesLeft } from '#test/attack.ts'
import { type Cell, hidden, masked, ruleInWords, share } from './rules.ts'

const list = (counts: Readonly<Record<string, number>>): Cell[] =>
  Object.entries(counts).map(([row, count]) => ({ row, column: '', count }))
const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
const shownOf = (counts: Readonly<Record<string, number>>, below = 5) => {
  const whole = total(Object.values(counts))
  const shown = masked({ count: whole, groups: [{ code: 'a', cells: list(counts) }] }, { below })
  return { ...Object.fromEntries(Object.keys(counts).map((row) => [row, shown.number('a', row)])), whole: shown.whole }
}

describe('A list of numbers with its total, below five hidden', () => {
  it.each([
    ['nothing small', { a: 5, b: 30, c: 0 }, { a: 5, b: 30, c: 0, whole: 35 }],
    ['one small number takes the next smallest along', { a: 3, b: 12, c: 18 }, { a: '*', b: '*', c: 18, whole: 33 }],
    ['two that add up to enough protect each other', { a: 4, b: 1, c: 18 }, { a: '*', b: '*', c: 18, whole: 23 }],
    ['two ones would be known by their sum', { a: 1, b: 1, c: 9, d: 20 }, { a: '*', b: '*', c: '*', d: 20, whole: 31 }],
    ['nought stays, whatever is hidden', { a: 3, b: 0, c: 18, d: 20 }, { a: '*', b: 0, c: '*', d: 20, whole: 41 }],
    ['a small total hides everything, noughts too', { a: 3, b: 0 }, { a: '*', b: '*', whole: '*' }],
    [
      'five ones hide their total',
      { a: 1, b: 1, c: 1, d: 1, e: 1 },
      { a: '*', b: '*', c: '*', d: '*', e: '*', whole: '*' },
    ],
    ['a small number beside noughts only', { a: 4, b: 0, c: 0 }, { a: '*', b: '*', c: '*', whole: '*' }],
    ['nobody at all', { a: 0, b: 0 }, { a: 0, b: 0, whole: 0 }],
  ])('%s', (_why, counts, shown) => {
    expect(shownOf(counts)).toEqual(shown)
  })

  it('is shown as it is to those who may see real numbers', () => {
    expect(shownOf({ a: 3, b: 12 }, 0)).toEqual({ a: 3, b: 12, whole: 15 })
  })

  it('hides in every list what one list of the same people cannot protect', () => {
    const groups = [
      { code: 'sex', cells: list({ female: 5, male: 0 }) },
      { code: 'council', cells: list({ a: 1, b: 1, c: 1, d: 1, e: 1 }) },
    ]
    const shown = masked({ count: 5, groups }, { below: 5 })

    expect([shown.whole, shown.number('sex', 'female'), shown.number('sex', 'male')]).toEqual(['*', '*', '*'])
  })

  it('hides a small number that is not taken apart', () => {
    expect([3, 5].map((count) => masked({ count, groups: [] }, { below: 5 }).whole)).toEqual(['*', 5])
  })

  it('does not take a row apart whose total is small, noughts included', () => {
    const rows = { declined: [3, 0], moved: [9, 9], ill: [20, 30] }
    const cells = Object.entries(rows).flatMap(([row, counts]) =>
      counts.map((count, place) => ({ row, column: `c${place}`, count })),
    )
    const shown = masked({ count: 71, groups: [{ code: 'a', cells }] }, { below: 5 })

    expect(['c0', 'c1', ''].map((column) => shown.number('a', 'declined', column))).toEqual(['*', '*', '*'])
    expect(['c0', 'c1', ''].map((column) => shown.number('a', 'ill', column))).toEqual([20, 30, 50])
  })

  it('hides what must not be told although it is not small, and another with it', () => {
    const groups = [{ code: 'sex', cells: list({ female: 30, male: 12, other: 40 }) }]
    const shown = masked({ count: 82, groups }, { below: 5, also: (_, key) => key === 'female|' })

    expect(['female', 'male', 'other'].map((row) => shown.number('sex', row))).toEqual(['*', '*', 40])
  })
})

type Rows = readonly (readonly number[])[]

/** What an attacker sees of a table: a list where it has one column. */
function published(rows: Rows, below: number): Published | undefined {
  const width = rows[0]?.length ?? 0
  const column = (place: number) => (width === 1 ? '' : `c${place}`)
  const cells = rows.flatMap((counts, row) =>
    counts.map((count, place) => ({ row: `r${row}`, column: column(place), count })),
  )
  const whole = total(rows.flat())
  const shown = masked({ count: whole, groups: [{ code: 'a', cells }] }, { below })
  if (shown.whole === hidden) return undefined
  return {
    whole,
    cells: rows.map((counts, row) => counts.map((_, place) => shown.number('a', `r${row}`, column(place)))),
    ...(width > 1 && {
      rows: rows.map((_, row) => shown.number('a', `r${row}`)),
      columns: (rows[0] ?? []).map((_, place) => shown.number('a', '', column(place))),
    }),
  }
}

/** The small numbers of which an attacker learns more than that they are small. */
function learnt(rows: Rows, below: number): string[] {
  const seen = published(rows, below)
  if (seen === undefined) return []
  const any = Array.from({ length: below - 1 }, (_, value) => value + 1)
  return rows.flatMap((counts, row) =>
    counts.flatMap((count, column) => {
      if (count === 0 || count >= below) return []
      const left = seen.cells[row]?.[column] === hidden ? valuesLeft(seen, row, column, below - 1) : [count]
      return any.every((value) => left.includes(value)) ? [] : [`${JSON.stringify(rows)} gives ${left.join()} away`]
    }),
  )
}

/** Tables as they come, the same ones each time. */
function* tables(many: number, [most, wide]: readonly [number, number]) {
  let seed = 20_260_105
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  for (let made = 0; made < many; made += 1) {
    const width = 1 + next(wide)
    yield Array.from({ length: 2 + next(3) }, () => Array.from({ length: width }, () => next(3) * next(most)))
  }
}

describe('Somebody who tries every value that fits what is shown', () => {
  it.each([3, 5, 8])('learns of no number below %i in a list more than that it is small', (below) => {
    expect([...tables(400, [9, 1])].flatMap((rows) => learnt(rows, below))).toEqual([])
  })

  it.each([3, 5])('learns no more from rows and columns with their totals, below %i', (below) => {
    expect([...tables(300, [7, 3])].flatMap((rows) => learnt(rows, below))).toEqual([])
  })

  it('finds a number that stands alone in its row, and a sum of ones', () => {
    const shown = {
      cells: [
        ['*', 9, 8],
        ['*', '*', 7],
      ],
      rows: [20, 16],
      columns: [6, 15, 15],
      whole: 36,
    } as const
    expect(valuesLeft(shown, 0, 0, 4)).toEqual([3])
    expect(valuesLeft({ cells: [['*'], ['*'], [9]], whole: 11 }, 0, 0, 4)).toEqual([1])
  })

  it('leaves the larger part of a table readable', () => {
    const found = [...tables(300, [40, 1])].flatMap((rows) => published(rows, 5)?.cells.flat() ?? [])
    expect(found.filter((one) => one === hidden).length / found.length).toBeLessThan(0.35)
  })
})

describe('A share', () => {
  it('is not worked out from a hidden number, and there is none of nobody', () => {
    expect([share('*', 200), share(20, '*'), share(0, 0), share(50, 200)]).toEqual(['*', '*', undefined, 25])
  })
})

describe('The rule in words', () => {
  it('says from where to where numbers are hidden, or that none are', () => {
    expect(ruleInWords(5)).toContain('Numbers from 1 to 4 are shown as *')
    expect(ruleInWords(0)).toBe('Numbers are exact.')
  })
})
