import { describe, expect, it } from 'vitest'
import type { Breakdown, Counts } from '#programme/breakdown/rules.ts'
import type { Item } from '#programme/counting/rules.ts'
import { aMonth } from '#test/figures.ts'
import { releaseOf, type Returned } from './rules.ts'

const started = (count: number, cells: Partial<Record<Breakdown, Counts>>, days: Counts = {}) =>
  aMonth({ started: { count, cells, days } })
const shown = (found: Returned, breakdown: Breakdown, below = 5) =>
  Object.fromEntries(releaseOf(found, { below }).breakdowns[breakdown].cells.map(({ cell, number }) => [cell, number]))
const item = (found: Returned, code: Item, below = 5) =>
  releaseOf(found, { below }).items.find((line) => line.item === code)

describe('A month as it leaves the reporting boundary', () => {
  it.each([
    [0, 0],
    [1, '*'],
    [4, '*'],
    [5, 5],
  ])('shows %i referrals as %s', (count, number) => {
    expect(item(aMonth({ received: { count } }), 'received')?.number).toBe(number)
  })

  it('hides how many were brought in where the others are few', () => {
    expect(item(aMonth({ received: { count: 30, imported: 28 } }), 'received')).toMatchObject({
      number: 30,
      imported: '*',
    })
  })

  it('gives no middle of days for a hidden number', () => {
    expect(item(started(4, {}, { 2: 2, 9: 2 }), 'started')?.middle).toBe('*')
    expect(item(started(6, {}, { 2: 2, 4: 2, 9: 2 }), 'started')?.middle).toBe(4)
    expect(item(started(0, {}), 'started')?.middle).toBeUndefined()
    expect(item(aMonth({ received: { count: 9 } }), 'received')?.middle).toBeUndefined()
  })

  it('does not give away by its completeness or its shares what a breakdown hides', () => {
    const found = started(53, { sex: { female: 30, male: 20, 'not-known': 3 } })
    const { known, missing, knownShare, cells } = releaseOf(found, { below: 5 }).breakdowns.sex

    expect([known, missing, knownShare]).toEqual(['*', '*', '*'])
    expect(cells.find(({ cell }) => cell === 'male')).toMatchObject({ number: '*', share: '*' })
    expect(cells.find(({ cell }) => cell === 'female')).toMatchObject({ number: 30, share: 57 })
  })

  it('hides an outcome that nearly everybody left with, for who is left could be counted', () => {
    const found = aMonth({ completed: { count: 20, cells: { outcome: { remained: 18, training: 9 } } } })
    expect(shown(found, 'outcome')).toMatchObject({ remained: '*', training: 9, 'new-job': 0 })
  })

  it('breaks nothing down of which there are too few, so that no breakdown tells how many', () => {
    const found = started(4, { sex: { female: 4 }, council: { Leeds: 2, York: 2 } })
    expect(new Set(Object.values(shown(found, 'sex')))).toEqual(new Set(['*']))
    expect(new Set(Object.values(shown(found, 'age')))).toEqual(new Set(['*']))
  })

  it('hides the numbers of a table across and down, and its breakdowns show the totals of the table', () => {
    const crossed = {
      declined: { before: 2, after: 9 },
      unreachable: { before: 14, after: 8 },
      moved: { before: 20, after: 7 },
    }
    const cells = {
      'end-reason': { declined: 11, unreachable: 22, moved: 27 },
      'end-when': { before: 36, after: 24 },
    }
    const found = aMonth({ 'ended-early': { count: 60, cells, crossings: { 'end-reason-when': crossed } } })
    const { crossings } = releaseOf(found, { below: 5 })
    const numbers = Object.fromEntries(
      crossings['end-reason-when'].rows.map((row) => [row.row, row.numbers.slice(0, 2)]),
    )

    expect(numbers['declined']).toEqual(['*', '*'])
    expect([numbers['unreachable'], numbers['moved']].filter((row) => row?.includes('*'))).toEqual([['*', '*']])
    expect(shown(found, 'end-reason')).toMatchObject({ declined: 11, unreachable: 22, moved: 27 })
    expect(shown(found, 'end-when')).toMatchObject({ before: 36, after: 24 })
  })
})

describe('A month inside the reporting boundary', () => {
  it('is shown as it is, with how much is recorded', () => {
    const found = started(40, { sex: { female: 27, male: 3, 'not-known': 10 } })
    expect(shown(found, 'sex', 0)).toMatchObject({ female: 27, male: 3, other: 0, 'not-known': 10 })
    expect(releaseOf(found, { below: 0 }).breakdowns.sex).toMatchObject({ known: 30, missing: 10, knownShare: 75 })
  })

  it('says how many answered a measure, how many did not, and the mean', () => {
    const cells = { 'measured-start': { 'work-ability': 7 } }
    const found = {
      ...started(9, cells),
      measures: { start: { 'work-ability': { count: 7, before: 4.3, after: null } }, end: {} },
    }
    const line = (below: number) =>
      releaseOf(found, { below }).measures.find(
        ({ measure, moment }) => measure === 'work-ability' && moment === 'start',
      )

    expect(line(0)).toMatchObject({ number: 7, missing: 2, before: 4.3 })
    expect(line(5)).toMatchObject({ number: '*', missing: '*', before: '*' })
  })
})
