import { describe, expect, it } from 'vitest'
import { problemsWithWay, type Reaching, stateOfWay, type Way } from './rules.ts'

const mobile = { kind: 'mobile', value: '07700 900461', wanted: true, safe: true, voicemail_safe: true }
const email = { ...mobile, kind: 'email', value: 'robin@example.org', voicemail_safe: false }
const reaching = { means: [mobile, email], accessNeeds: [], wantsContact: undefined }

describe('A way to reach a person', () => {
  const state = (way: Way, about: Partial<Reaching> = {}) => stateOfWay(way, { ...reaching, ...about })

  it('is not safe when every number of its kind is unsafe, and one safe number is enough', () => {
    const unsafe = { ...mobile, safe: false }

    expect(state('mobile', { means: [unsafe] })).toBe('unsafe')
    expect(state('text', { means: [unsafe, mobile] })).toBe('fine')
  })

  it('is not wanted when the person said so, or asked for other ways only', () => {
    expect(state('email', { means: [{ ...email, wanted: false }] })).toBe('unwanted')
    expect(state('mobile', { accessNeeds: ['text-only'] })).toBe('unwanted')
    expect(state('text', { accessNeeds: ['telephone-only'] })).toBe('unwanted')
    expect(state('text', { wantsContact: false })).toBe('unwanted')
  })

  it('is not on record where the record has none, and meeting needs none', () => {
    expect([state('letter'), state('in-person')]).toEqual(['unknown', 'fine'])
  })

  it('is a call to a mobile where a mobile is kept as a phone that takes no texts', () => {
    const noTexts = { means: [{ ...mobile, kind: 'telephone' }] }

    expect([state('mobile', noTexts), state('telephone', noTexts)]).toEqual(['fine', 'unknown'])
    expect(state('text', noTexts)).toBe('unknown')
    expect(state('telephone', { means: [{ ...mobile, kind: 'telephone', value: '0113 496 0123' }] })).toBe('fine')
  })

  it('needs a reason before it is used against the rule, and so does a message on a phone others hear', () => {
    const unsafe = { ...reaching, means: [{ ...mobile, safe: false }] }
    const loud = { ...reaching, means: [{ ...mobile, voicemail_safe: false }] }
    const given = { way: 'mobile', leftMessage: true, why: null, 'why-message': null } as const
    const fields = (more: object, about: Reaching) =>
      problemsWithWay({ ...given, ...more }, about).map(({ field }) => field)

    expect(fields({}, unsafe)).toEqual(['why', 'why-message'])
    expect(fields({ why: 'They rang and asked', leftMessage: false }, unsafe)).toEqual([])
    expect(fields({}, loud)).toEqual(['why-message'])
    expect(fields({ 'why-message': 'They live alone' }, loud)).toEqual([])
    expect(fields({ leftMessage: false }, loud)).toEqual([])
    expect(fields({}, reaching)).toEqual([])
  })
})
