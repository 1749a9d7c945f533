import { describe, expect, it } from 'vitest'
import { type Reaching, stateOfWay, type Way } from './rules.ts'

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
})
