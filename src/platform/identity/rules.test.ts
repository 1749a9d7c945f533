import { describe, expect, it } from 'vitest'
import {
  choiceAfterSignIn,
  hasSecondFactor,
  idleEnd,
  type IdentityProvider,
  needsSecondFactor,
  ownPath,
  providerProblem,
  type Session,
  sessionEnds,
  standInKey,
  touchDue,
  whyNotFresh,
} from './rules.ts'
import { alsoInNorthmoor, inSouthmoor } from './testing/people.ts'

const nine = Temporal.Instant.from('2026-03-02T09:00:00Z')
const after = (by: Temporal.DurationLike) => nine.add(by)

const session: Session = {
  account: '018f0000-0000-7000-8000-0000000000aa',
  name: 'Priya Shah',
  membership: null,
  area: null,
  provider: 'care',
  secondFactor: true,
  seenAt: nine,
  idleEndsAt: idleEnd(nine, after({ hours: 12 })),
  endsAt: after({ hours: 12 }),
  endedReason: null,
}

const provider: IdentityProvider = {
  key: 'care',
  label: 'Care login',
  issuer: 'https://login.example.org',
  clientId: 'workwell',
  scopes: 'openid',
  parameters: {},
}

describe('a session', () => {
  it('lasts 30 minutes without use', () => {
    expect(sessionEnds(session, after({ minutes: 29, seconds: 59 }))).toBeUndefined()
    expect(sessionEnds(session, after({ minutes: 30 }))).toBe('idle')
  })

  it('lasts 12 hours however much it is used', () => {
    const seenAt = after({ hours: 11, minutes: 50 })
    const used = { ...session, seenAt, idleEndsAt: idleEnd(seenAt, session.endsAt) }
    expect(sessionEnds(used, after({ hours: 11, minutes: 59 }))).toBeUndefined()
    expect(sessionEnds(used, after({ hours: 12 }))).toBe('absolute')
  })

  it('is warned about for the end that comes first', () => {
    expect(idleEnd(after({ hours: 11, minutes: 50 }), session.endsAt)).toEqual(session.endsAt)
  })

  it('that was ended stays ended, whatever the time', () => {
    expect(sessionEnds({ ...session, endedReason: 'revoked' }, nine)).toBe('revoked')
  })

  it('is noted as used once a minute at most', () => {
    expect(touchDue(session, after({ seconds: 59 }))).toBe(false)
    expect(touchDue(session, after({ seconds: 60 }))).toBe(true)
  })
})

describe('after signing in', () => {
  it('the only role is chosen by itself', () => {
    expect(choiceAfterSignIn([inSouthmoor])).toEqual({ kind: 'one', membership: inSouthmoor })
  })

  it('several roles are offered', () => {
    expect(choiceAfterSignIn([alsoInNorthmoor, inSouthmoor]).kind).toBe('several')
  })

  it('somebody without a role is told so', () => {
    expect(choiceAfterSignIn([])).toEqual({ kind: 'none' })
  })

  it('a member of staff needs a second factor for real, and nobody in the demo', () => {
    expect(needsSecondFactor({ secondFactor: false }, 'production')).toBe(true)
    expect(needsSecondFactor({ secondFactor: true }, 'production')).toBe(false)
    expect(needsSecondFactor({ secondFactor: false }, 'demo')).toBe(false)
  })
})

describe('the page somebody comes back to', () => {
  it.each(['/', '/plans/7', '/plans?sort=due&page=2', '/in/northmoor/people%2F1'])('may be %s', (path) => {
    expect(ownPath(path)).toBe(path)
  })

  it.each([
    undefined,
    '',
    'plans',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/plans\\..\\..\\evil',
    '/.//evil.example/',
    '/plans/..//evil.example',
    'javascript:alert(1)',
    '/sign-in/stand-in',
    '/sign-out',
    '/stand-in/auth',
    `/${'a'.repeat(2000)}`,
  ])('is never %s', (path) => {
    expect(ownPath(path)).toBeUndefined()
  })
})

describe('a provider', () => {
  it('is reached by https', () => {
    expect(providerProblem(provider, 'production')).toBeUndefined()
    expect(providerProblem({ ...provider, issuer: 'http://localhost:4000' }, 'demo')).toContain('https')
  })

  it('that is the stand-in may be reached by http on this machine only', () => {
    const standIn = { ...provider, key: standInKey }
    expect(providerProblem({ ...standIn, issuer: 'http://localhost:3000/stand-in' }, 'demo')).toBeUndefined()
    expect(providerProblem({ ...standIn, issuer: 'http://127.0.0.1:3000/stand-in' }, 'test')).toBeUndefined()
    expect(providerProblem({ ...standIn, issuer: 'http://127.0.0.1.evil.example/stand-in' }, 'demo')).toContain('https')
    expect(providerProblem({ ...standIn, issuer: 'http://192.168.1.5:3000/stand-in' }, 'demo')).toContain(
      'WORKWELL_ORIGIN',
    )
  })

  it('that is the stand-in is refused in production', () => {
    const standIn = { ...provider, key: standInKey, issuer: 'https://workwell.example.org/stand-in' }
    expect(providerProblem(standIn, 'production')).toContain('refused in production')
  })

  it('proves a second factor only in the words the settings expect', () => {
    const expected = { amr: ['mfa', 'otp'], authentication_assurance_level: ['2', '3'] }
    expect(hasSecondFactor(expected, { amr: ['pwd', 'otp'], authentication_assurance_level: '3' })).toBe(true)
    expect(hasSecondFactor(expected, { amr: ['pwd'], authentication_assurance_level: '3' })).toBe(false)
    expect(hasSecondFactor(expected, { amr: ['otp'], authentication_assurance_level: 1 })).toBe(false)
    expect(hasSecondFactor({}, { amr: ['otp'] })).toBe(false)
    expect(hasSecondFactor(undefined, { amr: ['otp'] })).toBe(false)
  })
})

describe('a provider asked to make the person sign in afresh', () => {
  const seconds = (moment: Temporal.Instant) => Math.floor(moment.epochMilliseconds / 1000)

  it('is believed when they did, a minute of clock difference allowed', () => {
    const claims = { auth_time: seconds(nine.subtract({ seconds: 59 })) }
    expect(whyNotFresh({ prompt: 'login' }, claims, nine, after({ minutes: 2 }))).toBeUndefined()
  })

  it('is not believed when they signed in before they left us', () => {
    const claims = { auth_time: seconds(nine.subtract({ seconds: 61 })) }
    expect(whyNotFresh({ prompt: 'login consent' }, claims, nine, nine)).toContain('afresh')
  })

  it('is not believed when it does not say', () => {
    expect(whyNotFresh({ prompt: 'login' }, {}, nine, nine)).toContain('does not say')
    expect(whyNotFresh({ max_age: '300' }, {}, nine, nine)).toContain('does not say')
  })

  it('may have let them in as long ago as was asked', () => {
    const claims = { auth_time: seconds(nine) }
    expect(whyNotFresh({ max_age: '300' }, claims, nine, after({ minutes: 5 }))).toBeUndefined()
    expect(whyNotFresh({ max_age: '300' }, claims, nine, after({ minutes: 7 }))).toContain('afresh')
  })

  it('is asked for nothing where the settings do not ask', () => {
    expect(whyNotFresh({ vtr: '["Cl.Cm"]' }, {}, nine, nine)).toBeUndefined()
  })
})
