import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type AnswerNow,
  type Asked,
  answersOn,
  hasWithdrawn,
  missingOn,
  newAnswers,
  type Switch,
  switchCodes,
  withdrawal,
  withExceptions,
} from './rules.ts'
import { wordingOn } from '#registers/wording/rules.ts'

const open: Asked = {
  ...{ 'take-part': null, contact: null, gp: null, employer: null, jobcentre: null, onward: null, research: null },
  ...{ 'gp-allows': null, 'employer-allows': null, 'jobcentre-allows': null, 'onward-allows': null },
  ...{ 'employer-facts': [], 'onward-facts': [] },
  ...{ 'gp-name': null, 'employer-name': null, 'jobcentre-name': null, 'onward-name': null },
}
const day = (text: string) => Temporal.PlainDate.from(text)
const now = (one: Partial<AnswerNow>) => ({
  ...{ switch: 'gp', recipient: '', given: true, allows: 'status', facts: null, wording_version: 1 },
  ...{ how: 'telephone', batch: null },
  ...one,
})

describe('A form of answers', () => {
  it('records only what was answered', () => {
    expect(answersOn({ ...open, 'take-part': 'yes', research: 'no' })).toEqual([
      { switch: 'take-part', recipient: '', given: true, allows: 'status', facts: null },
      { switch: 'research', recipient: '', given: false, allows: 'received', facts: null },
    ])
  })

  it('keeps the name of the one recipient an answer is for', () => {
    const form: Asked = { ...open, employer: 'yes', 'employer-allows': 'summary', 'employer-name': 'Harbour Foods' }

    expect(answersOn(form)).toEqual([
      { switch: 'employer', recipient: 'Harbour Foods', given: true, allows: 'summary', facts: null },
    ])
  })

  it('asks how much a recipient may be told', () => {
    expect(missingOn({ ...open, gp: 'yes' }).map(({ field }) => field)).toEqual(['gp-allows'])
    expect(missingOn({ ...open, gp: 'no' })).toEqual([])
  })

  it('is refused when nothing was answered', () => {
    expect(missingOn(open)).toHaveLength(1)
  })
})

describe('An answer is new', () => {
  const yes: Answer = { switch: 'gp', recipient: '', given: true, allows: 'status', facts: null }
  const versionOf = () => 1

  it('when there was none, when it differs, or when more is allowed', () => {
    expect(newAnswers([yes], [], versionOf)).toEqual([yes])
    expect(newAnswers([yes], [now({ given: false })], versionOf)).toEqual([yes])
    expect(newAnswers([yes], [now({ allows: 'received' })], versionOf)).toEqual([yes])
  })

  it('when the words have changed since', () => {
    expect(newAnswers([yes], [now({})], () => 2)).toEqual([yes])
  })

  it('and not when the same was said before', () => {
    expect(newAnswers([yes], [now({})], versionOf)).toEqual([])
  })

  it('for one recipient although all of its kind were answered', () => {
    const named = { ...yes, recipient: 'Old Mill Surgery' }

    expect(newAnswers([named], [now({})], versionOf)).toEqual([named])
  })
})

describe('What was only heard of somebody', () => {
  const heard = now({ switch: 'contact', how: 'referrer' })

  it('is written down anew when they say the same themselves, also when they leave', () => {
    const said: Answer = { switch: 'contact', recipient: '', given: true, allows: 'status', facts: null }

    expect(newAnswers([said], [heard], () => 1)).toEqual([said])
    expect(withdrawal([{ ...heard, given: false }])).toHaveLength(switchCodes.length)
    expect(withExceptions([said], [{ ...heard, recipient: 'Jo', given: false }])).toEqual([said])
  })
})

describe('Withdrawing', () => {
  it('says no to every switch and to everybody named', () => {
    const standing = [
      now({ switch: 'employer', recipient: 'Harbour Foods' }),
      now({ switch: 'research', given: false }),
    ]
    const said = withdrawal(standing)

    expect(said).toHaveLength(switchCodes.length)
    expect(said).toContainEqual({
      switch: 'employer',
      recipient: 'Harbour Foods',
      given: false,
      allows: 'received',
      facts: null,
    })
    expect(said.filter((one) => one.switch === 'research')).toEqual([])
  })

  it('counts as withdrawn once taking part and contact are both refused', () => {
    const no = (one: Switch) => now({ switch: one, given: false })

    expect(hasWithdrawn([no('take-part'), no('contact')])).toBe(true)
    expect(hasWithdrawn([no('take-part')])).toBe(false)
  })
})

describe('The wording shown', () => {
  const own = { switch: 'gp', version: 2, text: 'Our own words', from_on: day('2026-03-01') }

  it('is version 1 until the area’s own begins', () => {
    expect(wordingOn([own], 'gp', day('2026-02-28')).version).toBe(1)
    expect(wordingOn([own], 'gp', day('2026-03-01')).text).toBe('Our own words')
  })

  it('there is one for every switch and the notice', () => {
    for (const one of switchCodes) expect(wordingOn([], one, day('2026-01-01')).text).not.toBe('')
    expect(wordingOn([own], 'notice', day('2026-03-01')).text).toContain('Information Commissioner')
  })
})
