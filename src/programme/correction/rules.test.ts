import { describe, expect, it } from 'vitest'
import type { Counts } from '#programme/breakdown/rules.ts'
import { releaseOf, type Returned } from '#programme/release/rules.ts'
import { aMonth } from '#test/figures.ts'
import { cohortsOf, releasedOf } from './rules.ts'

const started = (sex: Counts) =>
  aMonth({ started: { count: Object.values(sex).reduce((sum, count) => sum + count, 0), cells: { sex } } })

function shownOutside(versions: readonly Returned[], completedThen = 30) {
  const released = releasedOf(versions, {
    below: 5,
    completedThen: (item) => (item === 'after-13' ? completedThen : undefined),
  })
  if (!released) return undefined
  const release = releaseOf(released.figures, released.shows)
  const of = (item: string) => release.items.find((line) => line.item === item)?.number
  return {
    started: of('started'),
    after13: of('after-13'),
    sex: Object.fromEntries(release.breakdowns.sex.cells.map(({ cell, number }) => [cell, number])),
    asBefore: released.asBefore,
  }
}

describe('A month that was signed again, read outside the reporting boundary', () => {
  it('is shown as it was signed', () => {
    expect(shownOutside([started({ female: 30, male: 20 })])).toMatchObject({
      started: 50,
      sex: { female: 30, male: 20 },
    })
  })

  it('stays as it was first released where one person more would be told by the difference', () => {
    const shown = shownOutside([started({ female: 30, male: 20 }), started({ female: 31, male: 20 })])
    expect(shown).toMatchObject({ started: 50, sex: { female: 30, male: 20 }, asBefore: ['started'] })
  })

  it('stays as it was where one person was only put into another group', () => {
    const shown = shownOutside([started({ female: 30, male: 20 }), started({ female: 29, male: 21 })])
    expect(shown).toMatchObject({ sex: { female: 30, male: 20 }, asBefore: ['started'] })
  })

  it('is shown anew where many are more, with the groups hidden that changed by a few, and what gives them away', () => {
    const shown = shownOutside([
      started({ female: 30, male: 20, other: 12 }),
      started({ female: 45, male: 22, other: 12 }),
    ])
    expect(shown).toMatchObject({ started: 79, sex: { female: 45, male: '*', other: '*' }, asBefore: [] })
  })

  it('never comes within a few of any version that was shown, not only of the last', () => {
    const shown = shownOutside([
      started({ female: 30, male: 20 }),
      started({ female: 60, male: 20 }),
      started({ female: 31, male: 20 }),
    ])
    expect(shown).toMatchObject({ started: 80, asBefore: ['started'] })
  })

  it('does not count completions of an earlier month again where they have become a few more', () => {
    const due = (count: number) => aMonth({ 'after-13': { count } })
    expect([30, 32, 40].map((count) => shownOutside([due(count)])?.after13)).toEqual([30, '*', 40])
  })

  it('is nothing where nobody signed', () => {
    expect(shownOutside([])).toBeUndefined()
  })
})

describe('Somebody who keeps every version that was shown', () => {
  it.each([
    [
      { female: 30, male: 20, other: 9 },
      { female: 33, male: 27, other: 9 },
    ],
    [
      { female: 30, male: 3, other: 9 },
      { female: 38, male: 3, other: 9 },
    ],
    [
      { female: 30, male: 20, other: 9 },
      { female: 30, male: 26, other: 3 },
    ],
    [
      { female: 6, male: 0, other: 9 },
      { female: 6, male: 8, other: 8 },
    ],
  ])('learns from %j and then %j of no change between one and four', (first, second) => {
    const versions = [started(first), started(second)]
    const [before, after] = [shownOutside(versions.slice(0, 1)), shownOutside(versions)]
    const few = Object.entries(after?.sex ?? {}).filter(([cell, now]) => {
      const was = before?.sex[cell]
      if (typeof was !== 'number' || typeof now !== 'number') return false
      return Math.abs(now - was) > 0 && Math.abs(now - was) < 5
    })

    expect(few).toEqual([])
  })
})

describe('The months whose completions are counted again', () => {
  it('are the fourth and the seventh before', () => {
    expect(cohortsOf(Temporal.PlainYearMonth.from('2026-08')).map(([item, month]) => [item, month.toString()])).toEqual(
      [
        ['after-13', '2026-04'],
        ['after-26', '2026-01'],
      ],
    )
  })
})
