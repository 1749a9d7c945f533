import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type AnswerNow,
  type Asked,
  answersOn,
  counting,
  hasWithdrawn,
  missingOn,
  newAnswers,
  newestOf,
  type Switch,
  switchCodes,
  withdrawal,
} from './rules.ts'
import { wordingOn } from '#registers/wording/rules.ts'

const open: Asked = {
  ...{ 'take-part': null, contact: null, gp: null, employer: null, jobcentre: null, onward: null, research: null },
  ...{ 'gp-allows': null, 'employer-allows': null, 'jobcentre-allows': null, 'onward-allows': null },
  ...{ 'employer-facts': [], 'onward-facts': [] },
  ...{ 'gp-name': null, 'employer-name': null, 'jobcentre-name': null, 'onward-name': null },
}
const day = (text: string) => Temporal.PlainDate.from(text)
const now = (one: Partial<AnswerNow & { how: string }>) => ({
  ...{ switch: 'gp', recipient: '', given: true, allows: 'status', facts: null, wording_version: 1, how: 'telephone' },
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

describe('The answers that count now', () => {
  const surgery = { recipient: 'Old Mill Surgery', allows: 'received' }

  it('are the newest for each who was named, and for all of a kind', () => {
    const all = [now({ allows: 'summary' }), now(surgery), now({ ...surgery, given: false }), now({})]

    expect(newestOf([now({}), now({ switch: 'contact' })])).toHaveLength(2)
    expect(newestOf(all.toReversed())).toEqual([now({}), now({ ...surgery, given: false })])
  })

  it('are for all of a kind alone where that was said later, yes or no', () => {
    expect(newestOf([now({}), now(surgery)])).toEqual([now({})])
    expect(newestOf([now({ given: false }), now(surgery)])).toEqual([now({ given: false })])
  })

  it('keep whoever was refused by name', () => {
    const refused = now({ ...surgery, given: false })

    expect(newestOf([now({}), refused])).toEqual([now({}), refused])
  })

  it('keep how far the person said that one employer may be told, beside a later yes to all and not beside a no', () => {
    const toAll = now({ switch: 'employer', allows: 'summary' })
    const limited = now({ switch: 'employer', recipient: 'Acme' })
    const refused = { ...toAll, given: false }

    expect([newestOf([toAll, limited]), counting([toAll, limited])]).toEqual([[toAll, limited], limited])
    expect([newestOf([refused, limited]), counting([refused, limited])]).toEqual([[refused], refused])
  })

  it('go with a later yes to all where it was not the person who said how far', () => {
    const toAll = now({ switch: 'employer' })
    const written = now({ switch: 'employer', recipient: 'Acme', allows: 'received', how: 'referrer' })

    expect([newestOf([toAll, written]), counting([toAll, written])]).toEqual([[toAll], toAll])
  })

  it('are none for one that stands alone where only all of its kind were allowed', () => {
    const toAll = now({ switch: 'employer' })
    const own = now({ switch: 'employer', recipient: 'Occupational health of Acme', how: 'referrer' })

    expect(counting([toAll], true)).toBeUndefined()
    expect(counting([toAll, own], true)).toEqual(own)
    expect(counting([{ ...toAll, given: false }, own], true)).toMatchObject({ given: false })
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
