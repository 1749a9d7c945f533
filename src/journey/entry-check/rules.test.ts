import { describe, expect, it } from 'vitest'
import { nothingDecided, rulesOn, type EntryRule } from '#registers/intensive/rules.ts'
import { findIntensive, listIntensive } from '#registers/intensive/store.ts'
import { entryInWords, findingsOf, gatheredOf, type Known, newlySaid, type Said } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
const known: Known = {
  ...{ bornOn: day('1981-03-14'), today: day('2026-01-05'), health: 'yes', work: 'off-sick' },
  ...{ countries: ['England'], councils: ['E08000035'], practice: 'Riverside Surgery', said: [] },
}
const said = (point: string, answer: string): Said => ({ point, answer, at, by: 'Carol Coach' })

function rulesOf(code: string): EntryRule[] {
  const programme = findIntensive(code)
  if (!programme) throw new Error(`There is no programme ${code}`)
  return rulesOn(programme, known.today)
}

function verdict(programme: string, rule: string, over: Partial<Known> = {}, local = nothingDecided) {
  const found = findingsOf(rulesOf(programme), local, { ...known, ...over }).find((one) => one.rule.code === rule)
  if (!found) throw new Error(`${programme} has no rule ${rule}`)
  return found
}

describe('An entry rule of an intensive programme', () => {
  it('names what it is based on, and says what that leaves open where it leaves anything to the area', () => {
    const rules = listIntensive().flatMap((one) => one.rules)

    expect(listIntensive().map(({ code }) => code)).toEqual([
      ...['connect-to-work', 'access-to-work', 'restart', 'talking-therapies'],
    ])
    expect(rules.filter(({ source }) => source.title === '' || source.licence === '')).toEqual([])
    expect(rules.filter(({ by, leaves }) => by === 'councils' && leaves === null)).toEqual([])
  })

  it('is met or not by what the record knows, with the reason', () => {
    expect(verdict('access-to-work', 'age')).toMatchObject({
      verdict: 'met',
      why: 'They are 44; it takes people from 16 on.',
    })
    expect(verdict('access-to-work', 'age', { bornOn: day('2010-01-06') }).verdict).toBe('not-met')
    expect(verdict('access-to-work', 'work')).toMatchObject({
      verdict: 'met',
      why: 'Off sick from a job, by the record.',
    })
    expect(verdict('access-to-work', 'place', { countries: ['Northern Ireland'] }).verdict).toBe('not-met')
    expect(verdict('talking-therapies', 'practice').why).toContain('Riverside Surgery')
  })

  it('is not known where the record does not know, and says what to ask', () => {
    expect(verdict('talking-therapies', 'practice', { practice: null })).toMatchObject({
      ...{ verdict: 'not-known', asks: true, why: 'Ask which practice they are with.' },
    })
    expect(verdict('access-to-work', 'place', { countries: [] }).verdict).toBe('not-known')
    expect(verdict('access-to-work', 'health', { health: null }).verdict).toBe('not-known')
  })

  it('is answered by what they said last, and never against what the record knows', () => {
    const both = [said('wants', 'no'), said('wants', 'yes')]

    expect(verdict('connect-to-work', 'wants', { said: both })).toMatchObject({
      ...{ verdict: 'met', why: 'Answered yes, written down on 5 January 2026 by Carol Coach.' },
    })
    expect(verdict('access-to-work', 'age', { said: [said('age', 'no')] }).verdict).toBe('met')
  })

  it('asks somebody without a job whether they start one within 12 weeks, before it says no', () => {
    const out = { work: 'out-of-work' } as const

    expect(verdict('access-to-work', 'work', out)).toMatchObject({ verdict: 'not-known', asks: true })
    expect(verdict('access-to-work', 'work', { ...out, said: [said('work', 'yes')] }).verdict).toBe('met')
    expect(verdict('access-to-work', 'work', { ...out, said: [said('work', 'no')] }).verdict).toBe('not-met')
  })

  it('waits for the area where its source leaves it open, and then goes by what the area decided', () => {
    const local = { ...nothingDecided, councils: ['E08000035'], leastAge: 18, works: ['out-of-work'] as const }

    for (const rule of ['place', 'age', 'work'])
      expect(verdict('connect-to-work', rule)).toMatchObject({ verdict: 'not-known', asks: true })
    expect(verdict('connect-to-work', 'place', {}, local).verdict).toBe('met')
    expect(verdict('connect-to-work', 'place', { councils: ['E08000034'] }, local).verdict).toBe('not-met')
    expect(verdict('connect-to-work', 'place', { councils: ['E08000034', 'E08000035'] }, local).verdict).toBe(
      'not-known',
    )
    expect(verdict('connect-to-work', 'age', {}, local).why).toContain('from 18 on')
    expect(verdict('connect-to-work', 'work', {}, local).verdict).toBe('not-met')
    expect(verdict('access-to-work', 'age', {}, { ...local, leastAge: 60 }).verdict).toBe('met')
  })

  it('lets nobody be refused for health where complex barriers count too', () => {
    expect(verdict('connect-to-work', 'health', { health: 'no' }).verdict).toBe('not-known')
    expect(verdict('access-to-work', 'health', { health: 'no' }).verdict).toBe('not-met')
  })
})

describe('What a referral says of entry rules', () => {
  it('holds only those that are met, and none that tells of health or benefits', () => {
    const answered = { ...known, said: [said('wants', 'yes'), said('benefit', 'yes'), said('months', 'no')] }

    expect(entryInWords(findingsOf(rulesOf('connect-to-work'), nothingDecided, answered))).toBe(
      'They choose it themselves',
    )
    expect(entryInWords(findingsOf(rulesOf('restart'), nothingDecided, answered))).toBe('Lives in England or Wales')
    expect(entryInWords(findingsOf(rulesOf('connect-to-work'), nothingDecided, known))).toBeUndefined()
  })
})

describe('What is needed before a hand-over', () => {
  const needs = findIntensive('connect-to-work')?.needs ?? []
  const agreed = { kind: 'agreed', at, parts: ['name', 'wanted', 'phone'] } as const
  const referral = { id: '1', kind: 'formal', state: 'sent', address: 'in@example.org', events: [agreed] } as const
  const there = (of: Parameters<typeof gatheredOf>[1]) =>
    gatheredOf(needs, of).flatMap((one) => (one.there ? [one.code] : []))

  it('is filled by the referral they said yes to, and by what the coach ticks', () => {
    const held = { referral, practice: null, said: [said('need-meeting', 'there')] }

    expect(there({ ...held, referral: undefined })).toEqual(['meeting'])
    expect(there(held)).toEqual(['agreed', 'reached', 'contact', 'meeting'])
    expect(there({ ...held, referral: { ...referral, events: [{ ...agreed, parts: ['name'] }] } })).not.toContain(
      'reached',
    )
    expect(there({ ...held, referral: { ...referral, state: 'withdrawn' } })).not.toContain('agreed')
  })

  it('is kept only where an answer or a tick differs from what was written down last', () => {
    const before = [said('wants', 'yes'), said('need-meeting', 'there')]
    const findings = findingsOf(rulesOf('connect-to-work'), nothingDecided, { ...known, said: before })
    const gathered = gatheredOf(needs, { referral, practice: null, said: before })
    const given = { findings, gathered, said: before }

    expect(newlySaid({ ...given, answered: { wants: 'yes', age: 'unsure' }, done: ['meeting'] })).toEqual([])
    expect(newlySaid({ ...given, answered: { wants: 'no', health: 'no' }, done: ['agreed', 'keyworker'] })).toEqual([
      { point: 'wants', answer: 'no' },
      { point: 'need-keyworker', answer: 'there' },
      { point: 'need-meeting', answer: 'not-there' },
    ])
  })
})
