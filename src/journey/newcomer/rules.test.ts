import { describe, expect, it } from 'vitest'
import {
  birthProblems,
  meansFrom,
  newcomerFrom,
  nhsNumberProblems,
  placeProblems,
  reachProblems,
  safeAddress,
} from './rules.ts'

const nothing = { phone: null, email: null, address: null, safe: [] }
const phone = '07700 900123'

describe('How somebody can be reached', () => {
  it('only a call without a message is safe where nobody said what is', () => {
    const [call, email] = meansFrom({ ...nothing, phone, email: 'sam@example.org' })

    expect(call).toMatchObject({ kind: 'telephone', safe: true, voicemailSafe: false, preferred: true })
    expect(email).toMatchObject({ kind: 'email', safe: false, preferred: false })
  })

  it('the only way there is counts as safe', () => {
    expect(meansFrom({ ...nothing, email: 'sam@example.org' })).toMatchObject([{ safe: true, preferred: true }])
  })

  it('a phone takes texts only where the person ticked it', () => {
    expect(meansFrom({ ...nothing, phone, safe: ['call'] })[0]?.kind).toBe('telephone')
    expect(meansFrom({ ...nothing, phone, safe: ['call', 'text'] })[0]?.kind).toBe('mobile')
  })

  it('what was not ticked is not safe', () => {
    const means = meansFrom({ phone, email: 'sam@example.org', address: '1 High Street', safe: ['email'] })

    expect(means.map(({ safe }) => safe)).toEqual([false, true, false])
  })

  it('somebody who wants texts and no calls is marked so', () => {
    const newcomer = newcomerFrom({
      ...{ ...nothing, phone, safe: ['text'] },
      ...{ givenName: 'Sam', familyName: 'Taylor', bornOn: Temporal.PlainDate.from('1980-01-02') },
    })

    expect(newcomer.accessNeeds).toEqual(['text-only'])
  })

  it('at least one way is needed, and what is ticked has to be there', () => {
    expect(reachProblems(nothing)).toMatchObject([{ field: 'phone' }])
    expect(reachProblems({ ...nothing, phone, safe: ['email'] })).toMatchObject([{ field: 'email' }])
    expect(reachProblems({ ...nothing, phone, safe: ['post'] })).toMatchObject([{ field: 'address' }])
    expect(reachProblems({ ...nothing, phone, safe: ['call', 'voicemail'] })).toEqual([])
  })

  it.each(['12345', '07700 900123 45678', 'ring me'])('%s is not a phone number', (given) => {
    expect(reachProblems({ ...nothing, phone: given })).toMatchObject([{ field: 'phone' }])
  })
})

describe('Where words can be sent', () => {
  const ways = { wanted: true, safe: true, preferred: false }

  it('goes to the preferred way, and never to one that is unsafe or unwanted', () => {
    const text = { ...ways, kind: 'mobile', value: phone }
    const email = { ...ways, kind: 'email', value: 'sam@example.org', preferred: true }

    expect(safeAddress([text, email], [])).toEqual({ channel: 'email', address: 'sam@example.org' })
    expect(safeAddress([text, { ...email, safe: false }], [])).toEqual({ channel: 'text', address: phone })
    expect(safeAddress([{ ...text, wanted: false }], [])).toBeUndefined()
  })

  it('nowhere for somebody who only takes calls', () => {
    expect(safeAddress([{ ...ways, kind: 'telephone', value: '01632 960123' }], [])).toBeUndefined()
    expect(safeAddress([{ ...ways, kind: 'email', value: 'sam@example.org' }], ['telephone-only'])).toBeUndefined()
  })
})

describe('What is asked of everybody', () => {
  const today = Temporal.PlainDate.from('2026-01-05')

  it('a postcode, a GP practice or having no fixed address is enough', () => {
    const nowhere = { postcode: null, gpPractice: null, noFixedAddress: false }

    expect(placeProblems(nowhere)).toMatchObject([{ field: 'postcode' }])
    expect(placeProblems({ ...nowhere, postcode: 'Leeds' })).toMatchObject([{ field: 'postcode' }])
    expect(placeProblems({ ...nowhere, gpPractice: 'Park Surgery' })).toEqual([])
    expect(placeProblems({ ...nowhere, noFixedAddress: true })).toEqual([])
  })

  it.each([
    ['2026-01-05', 1],
    ['2026-01-04', 0],
    ['1900-01-01', 1],
  ])('born on %s has %i problem', (born, problems) => {
    expect(birthProblems(Temporal.PlainDate.from(born), today)).toHaveLength(problems)
  })

  it('an NHS number is looked at by its check digit', () => {
    expect(nhsNumberProblems('999 000 0018')).toEqual(nhsNumberProblems('9990000018'))
    expect(nhsNumberProblems('1234567890')).toHaveLength(1)
    expect(nhsNumberProblems(null)).toEqual([])
  })
})
