import { describe, expect, it } from 'vitest'
import {
  answerProblems,
  decisionProblems,
  type Deciding,
  newAnswers,
  questionsFor,
  stepOf,
  tellingProblems,
  whyNotUndone,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const beside = { answer: 'eligible', receivedOn: day('2026-01-05'), today: day('2026-01-08') } as const
const nothing = { reason: null, whereTo: null, toldBy: null, toldHow: null, toldOn: null }
const handedOn: Deciding = {
  ...{ decision: 'not-eligible', reason: 'Moved', whereTo: 'Careers advice', toldBy: 'a', toldHow: 'telephone' },
  toldOn: day('2026-01-07'),
}

describe('What a decision needs', () => {
  it('is nothing more where the rules say eligible and it is accepted', () => {
    expect(decisionProblems({ ...nothing, decision: 'accepted' }, beside)).toEqual([])
  })

  it.each(['not-eligible', 'look'] as const)('is a reason to accept somebody whom the rules call %s', (answer) => {
    const problems = decisionProblems({ ...nothing, decision: 'accepted' }, { ...beside, answer })

    expect(problems.map(({ field }) => field)).toEqual(['reason'])
  })

  it('is a place to go for somebody who is not eligible, who may be told afterwards', () => {
    const not = { answer: 'not-eligible', ...{ receivedOn: beside.receivedOn, today: beside.today } } as const
    const fields = (changed: Partial<Deciding>) =>
      decisionProblems({ ...nothing, decision: 'not-eligible', ...changed }, not).map(({ field }) => field)

    expect(fields({})).toEqual(['whereTo'])
    expect(fields({ whereTo: 'Careers advice' })).toEqual([])
    expect(fields({ whereTo: 'Careers advice', toldHow: 'telephone' })).toEqual(['toldBy', 'toldOn'])
  })

  it('is who told them, how and when, before it counts that they were told', () => {
    expect(tellingProblems(nothing, beside).map(({ field }) => field)).toEqual(['toldBy', 'toldHow', 'toldOn'])
    expect(tellingProblems(handedOn, beside)).toEqual([])
  })

  it.each(['2026-01-04', '2026-01-09'])('is not a day on which they cannot have been told: %s', (toldOn) => {
    expect(decisionProblems({ ...handedOn, toldOn: day(toldOn) }, beside).map(({ field }) => field)).toEqual(['toldOn'])
  })

  it('never asks why somebody does not want support', () => {
    expect(decisionProblems({ ...nothing, decision: 'declined' }, beside)).toEqual([])
    expect(stepOf('declined')).toEqual({ kind: 'ended', as: 'declined' })
  })
})

describe('Taking a decision back', () => {
  const made = { step: 'b', withdrawn: false }
  const steps = [
    { id: 'a', kind: 'received', withdrawn: false },
    { id: 'b', kind: 'accepted', withdrawn: false },
  ] as const

  it('is possible while nothing else has happened', () => {
    expect(whyNotUndone(made, steps, false)).toBeUndefined()
    expect(whyNotUndone(made, [...steps, { id: 'c', kind: 'tried', withdrawn: true }], false)).toBeUndefined()
  })

  it('is not possible after something else, twice, or beside another spell of support', () => {
    expect(whyNotUndone(made, [...steps, { id: 'c', kind: 'allocated', withdrawn: false }], false)).toContain('since')
    expect(whyNotUndone({ ...made, withdrawn: true }, steps, false)).toContain('already')
    expect(whyNotUndone(made, steps, true)).toContain('Another spell')
  })
})

describe('Answers', () => {
  it('are kept where they are new or different', () => {
    const given = { condition: 'yes', 'right-to-work': 'no', 'work-ended-on': null, never: true }

    expect(newAnswers(given, { condition: 'yes', 'right-to-work': 'yes' })).toEqual({
      'right-to-work': 'no',
      'work-ended-on': 'never',
    })
  })

  it('cannot say that a job ended in the future', () => {
    expect(answerProblems({ 'work-ended-on': day('2026-01-09'), never: false }, day('2026-01-08'))).toHaveLength(1)
    expect(answerProblems({ 'work-ended-on': day('2026-01-08'), never: false }, day('2026-01-08'))).toEqual([])
  })

  it('are asked for once, and can be corrected afterwards', () => {
    const findings = [
      { rule: 'condition', met: 'not-known', why: '', ask: ['condition'] },
      { rule: 'work', met: 'not-known', why: '', ask: ['work-status'] },
      { rule: 'weeks', met: 'not-known', why: '', ask: ['work-status', 'work-ended-on'] },
    ] as const

    expect(questionsFor(findings, { 'right-to-work': 'yes' })).toEqual({
      open: ['condition', 'work-status', 'work-ended-on'],
      answered: ['right-to-work'],
    })
  })
})
