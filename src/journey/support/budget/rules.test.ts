import { describe, expect, it } from 'vitest'
import { numbersFrom } from '#test/chance.ts'
import { inPounds, penceFrom, typedPounds } from '#journey/support/budget-limit/rules.ts'
import {
  heldPence,
  leftOf,
  nextKinds,
  standingAfter,
  type Step,
  stepKinds,
  type StepKind,
  whyNotEnough,
} from './rules.ts'

type Request = Readonly<{ person: number; pence: number; steps: readonly Step[] }>

const limit = { areaPence: 250_000, personPence: 60_050 }

const heldBy = (requests: readonly Request[]) => requests.reduce((sum, { steps }) => sum + heldPence(steps), 0)

/** One thing that may happen to a request, allowed or not: a step that follows, or its newest step taken back. */
function happens(request: Request, number: (below: number) => number): Step[] {
  const steps = [...request.steps]
  const newest = steps.findLastIndex(({ takenBack }) => !takenBack)
  const taken = steps[newest]
  if (taken && number(5) === 0) return steps.with(newest, { ...taken, takenBack: true })
  const next = nextKinds[standingAfter(steps)]
  const kind: StepKind | undefined = next[number(Math.max(next.length, 1))]
  if (kind === undefined) return steps
  const pence = kind === 'approved' ? request.pence : kind === 'cost-known' ? number(90_000) : null
  return [...steps, { number: steps.length + 1, kind, pence, takenBack: false }]
}

describe('Money of the intervention budget', () => {
  it('never goes beyond either limit, is never negative, and is given back to the penny, whatever happens in which order', () => {
    let refused = 0
    for (let seed = 1; seed <= 300; seed += 1) {
      const number = numbersFrom(seed)
      const requests: Request[] = Array.from({ length: 12 }, () => ({
        ...{ person: number(4), pence: 1 + number(45_000), steps: [] },
      }))
      for (let turn = 0; turn < 120; turn += 1) {
        const at = number(requests.length)
        const request = requests[at]
        if (!request) throw new Error('No such request')
        const steps = happens(request, number)
        const own = requests.filter(({ person }) => person === request.person)
        const left = leftOf(limit, { area: heldBy(requests), person: heldBy(own) })
        const more = heldPence(steps) - heldPence(request.steps)
        if (whyNotEnough(more, left) === undefined) requests[at] = { ...request, steps }
        else refused += 1
        const held = heldBy(requests)
        const people = [0, 1, 2, 3].map((one) => heldBy(requests.filter(({ person }) => person === one)))

        expect(held).toBeLessThanOrEqual(limit.areaPence)
        expect(Math.max(...people)).toBeLessThanOrEqual(limit.personPence)
        expect(Math.min(...people)).toBeGreaterThanOrEqual(0)
        expect(Number.isSafeInteger(held)).toBe(true)
        expect(people.reduce((sum, one) => sum + one, 0)).toBe(held)
      }
      const cancelled = requests.map(({ steps }) => [
        ...steps,
        { number: 999, kind: 'cancelled' as const, pence: null, takenBack: false },
      ])
      expect(cancelled.reduce((sum, steps) => sum + heldPence(steps), 0)).toBe(0)
    }
    // The walk really comes to the limits.
    expect(refused).toBeGreaterThan(1000)
  })

  it('holds what was approved, then what it costs, and nothing once it does not go ahead', () => {
    const step = (kind: StepKind, pence: number | null = null): Step => ({ number: 1, kind, pence, takenBack: false })
    const numbered = (...steps: Step[]) => steps.map((one, place) => ({ ...one, number: place + 1 }))

    expect(heldPence([])).toBe(0)
    expect(heldPence(numbered(step('refused')))).toBe(0)
    expect(heldPence(numbered(step('approved', 24_000)))).toBe(24_000)
    expect(heldPence(numbered(step('approved', 24_000), step('cost-known', 19_999), step('paid')))).toBe(19_999)
    expect(heldPence(numbered(step('approved', 24_000), step('cancelled')))).toBe(0)
    expect(
      heldPence([...numbered(step('approved', 24_000)), { ...step('cancelled'), number: 2, takenBack: true }]),
    ).toBe(24_000)
    expect(Object.keys(stepKinds)).toHaveLength(6)
  })

  it('says how much is left, for whichever of the two is scarcer', () => {
    expect(whyNotEnough(10_001, { area: 500_000, person: 10_000 })).toBe(
      'There is £100.00 left for this person in this period, and this needs £100.01 more',
    )
    expect(whyNotEnough(10_001, { area: 7, person: 10_000 })).toMatch(/There is £0\.07 left for the area/)
    expect(whyNotEnough(1, { area: -5, person: 10 })).toMatch(/There is £0\.00 left/)
    expect(whyNotEnough(10_000, { area: 10_000, person: 10_000 })).toBeUndefined()
    expect(whyNotEnough(-1, { area: -5, person: -5 })).toBeUndefined()
  })

  it('is written and read without a penny lost', () => {
    const number = numbersFrom(7)
    for (let turn = 0; turn < 2000; turn += 1) {
      const pence = number(10_000_000)

      expect([pence, penceFrom(inPounds(pence))]).toEqual([pence, pence])
      expect(penceFrom(typedPounds(pence))).toBe(pence)
    }
    expect(['120', '120.5', '£1,250.07', ' 0.29 '].map(penceFrom)).toEqual([12_000, 12_050, 125_007, 29])
    expect(['', '1.234', '12,5', '-3', 'many', '1e3'].map(penceFrom)).toEqual(Array(6).fill(undefined))
    expect([5, 123_456_789, -1250].map(inPounds)).toEqual(['£0.05', '£1,234,567.89', '−£12.50'])
  })
})
