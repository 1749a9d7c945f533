import { describe, expect, it } from 'vitest'
import { barrierCodes } from '#journey/assessment/rules.ts'
import { found, libraryOf, offeredFrom, problemsWithDays, suggestedFor, type Supplied, type Version } from './rules.ts'
import { suppliedSolutions } from './store.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const words = { barrier: 'pain', what: 'Ask the GP', owner: 'participant', days: 14, service: null } as const
const supplied: Supplied = { ...words, code: 'ask', needsEmployer: false }
const said = (over: Partial<Version> = {}): Version => ({
  ...{ ...words, code: 'ask', version: 2, from_on: day('2026-02-01'), until_on: null },
  ...{ set_by: 'somebody', set_at: Temporal.Instant.from('2026-01-05T10:00:00Z') },
  ...over,
})
const on = (text: string, ...kept: Version[]) => libraryOf([supplied], kept, day(text))[0]

describe('The suggestions that come with the product', () => {
  it.each(barrierCodes)('are two to four for the barrier %s', (barrier) => {
    const number = suppliedSolutions().filter((one) => one.barrier === barrier).length
    expect(number).toBeGreaterThanOrEqual(2)
    expect(number).toBeLessThanOrEqual(4)
  })

  it('are each known by a name of their own, and name a kind of service where a service does it', () => {
    const all = suppliedSolutions()
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
    expect(all.filter(({ owner, service }) => owner === 'service' && service === null)).toEqual([])
  })

  it('speak of no sanctions, and to nobody as “they”: the person reads them in their plan', () => {
    const wrong = /sanction|\bthey\b/i
    expect(suppliedSolutions().filter(({ what }) => wrong.test(what))).toEqual([])
  })
})

describe('Somebody who is out of work', () => {
  it('is suggested nothing that needs an employer, whoever does it and in whichever words', () => {
    const changed = said({ code: 'hours-flexible', barrier: 'hours', what: 'Write to them', from_on: null })
    const codes = (kind: 'seek-work' | 'thrive-in-work', ...kept: Version[]) =>
      suggestedFor(offeredFrom(libraryOf(suppliedSolutions(), kept, day('2026-01-05')), []), kind).map(
        ({ code }) => code,
      )
    const atWork = ['hours-flexible', 'job-at-risk-adjust', 'long-absence-contact', 'pain-breaks', 'hours-phased']

    expect(codes('thrive-in-work')).toEqual(expect.arrayContaining(atWork))
    for (const offered of [codes('seek-work'), codes('seek-work', changed)])
      expect(offered.filter((code) => atWork.includes(code))).toEqual([])
    expect(codes('seek-work')).toEqual(expect.arrayContaining(['hours-pattern', 'finding-work-cv', 'pain-ask']))
  })
})

describe('A suggestion', () => {
  it('is as supplied until the day from which an area says it otherwise', () => {
    const changed = said({ what: 'Ask the pharmacist' })
    expect(on('2026-01-31', changed)).toMatchObject({ now: { what: 'Ask the GP' }, whose: 'supplied' })
    expect(on('2026-02-01', changed)).toMatchObject({ now: { what: 'Ask the pharmacist' }, whose: 'changed' })
  })

  it('is not suggested any more from its last day on', () => {
    const ended = said({ from_on: day('2026-01-05'), until_on: day('2026-03-01') })
    expect(on('2026-02-28', ended)?.state).toBe('suggested')
    expect(on('2026-03-01', ended)?.state).toBe('ended')
  })

  it('of an area’s own waits for its first day', () => {
    const own = said({ code: 'own', version: 1 })
    expect(libraryOf([], [own], day('2026-01-31'))[0]).toMatchObject({ state: 'to-come', whose: 'own' })
    expect(libraryOf([], [own], day('2026-02-01'))[0]?.state).toBe('suggested')
  })

  it('is found by its words in any order, its service and its barrier', () => {
    const library = libraryOf(
      [supplied, { ...supplied, code: 'group', what: 'Join', service: 'Pain group' }],
      [],
      day('2026-01-05'),
    )
    const codes = (sought: string) =>
      found(library, { barrier: null, state: null, words: sought }).map(({ code }) => code)
    expect(codes('gp ask')).toEqual(['ask'])
    expect(codes('pain group')).toEqual(['group'])
    expect(codes('pain')).toEqual(['ask', 'group'])
  })

  it('cannot be said anew for days that have gone by, or end before it begins', () => {
    const today = day('2026-01-05')
    const fields = (from: string, until: string | null) =>
      problemsWithDays({ from: day(from), until: until === null ? null : day(until) }, today).map(({ field }) => field)
    expect(fields('2026-01-05', null)).toEqual([])
    expect(fields('2026-01-04', null)).toEqual(['from'])
    expect(fields('2026-01-05', '2026-01-05')).toEqual(['until'])
  })
})
