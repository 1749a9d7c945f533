import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { Step } from '#journey/episode/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { changeByChance, numbersFrom } from '#test/chance.ts'
import { aSender } from '#test/neighbours/fhir-asking.ts'
import { aJsonSender, faultOf, referralInJson } from '#test/neighbours/json-sender.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const countReferrals = async () => {
  const { rows } = await app.owner.query<{ number: string }>('select count(*) as number from referral.referral')
  return Number(rows[0]?.number)
}

type Newest = Readonly<{ id: string; person: string; episode: string | null; route: string; feedback: string }>

const newest = async () => {
  const { rows } = await app.owner.query<Newest>(
    'select id, person, episode, route, feedback from referral.referral order by typed_at desc, id desc limit 1',
  )
  if (!rows[0]) throw new Error('No referral was taken')
  return rows[0]
}

async function moved(...steps: readonly Step[]): Promise<void> {
  const { episode } = await newest()
  if (episode === null) throw new Error('Nothing has begun')
  const on = { area: 'north', episode, at: app.clock.now, by: app.cast.coach.membership }
  for (const step of steps) await app.inArea('north', (db) => recordStep(db, { ...on, step }))
  app.clock.pass({ minutes: 61 })
}

async function says(answers: Readonly<Record<string, string>>): Promise<void> {
  app.clock.pass({ minutes: 1 })
  const { person } = await newest()
  const coach = await app.as(app.cast.coach)
  await coach.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })
}

describe('A referral in JSON', () => {
  it('stands among those to be decided about, with what was written and for which organisation', async () => {
    const sender = await aJsonSender(app, { from: app.cast.jobcentrePartner })
    const { status, headers, text } = await sender.send({ reason: 'Wants other hours.', workStatus: 'employed' })
    const { id, route } = await newest()
    const page = await (await app.as(app.cast.administrator)).open(`/referrals/${id}`)

    expect([status, route]).toEqual([201, 'jobcentre'])
    expect(text).toContain(String(headers['location']))
    for (const said of ['Ottilie', 'Sam Whitlock', 'another system', 'Wants other hours.', 'Employed and at work'])
      expect(page.text).toContain(said)
  })

  it('is held until somebody has asked the person, where nobody has', async () => {
    await (await aJsonSender(app)).send({ agreement: 'not-asked' })

    expect((await newest()).episode).toBeNull()
  })

  it('is taken once: the same words have the same answer in whatever order, other words are refused', async () => {
    const sender = await aJsonSender(app)
    const one = referralInJson({ reference: 'A1' })
    const turned = Object.fromEntries(Object.entries(one).toReversed())
    const [first, before] = [await sender.send(one), await countReferrals()]
    const again = await sender.ask({ method: 'POST', path: '/referrals', body: turned })
    const other = await sender.send({ ...one, reason: 'Something else' })

    expect([first.status, again.status, other.status]).toEqual([201, 200, 409])
    expect(again.text).toBe(first.text)
    expect(await countReferrals()).toBe(before)
  })

  it('is taken once also where it comes many times at one moment', async () => {
    const sender = await aJsonSender(app)
    const [one, before] = [referralInJson({ reference: 'B1' }), await countReferrals()]
    const answers = await Promise.all(Array.from({ length: 6 }, () => sender.send(one)))

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await countReferrals()).toBe(before + 1)
  })

  it('is the same record as by FHIR: what came by one way is read and taken back by the other', async () => {
    const [json, fhir] = [await aJsonSender(app), await aSender(app)]
    const { id } = await json.sent({ reference: 'C1' })
    const request = await fhir.read(`/ServiceRequest/${id}`)
    await fhir.send({ value: 'C2' })
    const { referrals } = await json.list('/referrals?reference=C2')
    await json.withdraw(referrals[0]?.id ?? '', { why: 'Sent twice' })

    expect(JSON.stringify(request)).toContain('{"system":"urn:workwell:senders-own","value":"C1"}')
    expect(await fhir.read(`/ServiceRequest/${referrals[0]?.id}`)).toMatchObject({ status: 'revoked' })
  })

  it('keeps a number that nobody has verified as words, and one that was verified as the number', async () => {
    const sender = await aJsonSender(app)
    await sender.send({ person: { nhsNumber: '999 000 0034' } })
    const { rows } = await app.owner.query(
      'select p.nhs_number, r.reason from referral.referral r join people.person p on p.id = r.person where r.id = $1',
      [(await newest()).id],
    )
    await sender.send({ person: { nhsNumber: '999 000 0034', nhsNumberVerified: true } })
    const verified = await app.owner.query('select nhs_number from people.person where id = $1', [
      (await newest()).person,
    ])

    expect(rows[0]).toMatchObject({ nhs_number: null })
    expect(JSON.stringify(rows[0])).toContain('NHS number, not verified: 999 000 0034')
    expect(verified.rows).toEqual([{ nhs_number: '9990000034' }])
  })

  it.each([
    ['nobody to reach', { person: { phone: undefined, safeWays: undefined } }, '#/person/phone'],
    ['no date of birth', { person: { bornOn: undefined } }, '#/person/bornOn'],
    ['a birth to come', { person: { bornOn: '2090-01-01' } }, '#/person/bornOn'],
    ['a day that is none', { person: { bornOn: '1984-02-31' } }, '#/person/bornOn'],
    ['a way that is safe and not given', { person: { safeWays: ['email'] } }, '#/person/email'],
    ['half a postcode', { person: { postcode: 'ZA1' } }, '#/person/postcode'],
    [
      'a verified number that cannot be',
      { person: { nhsNumber: '9990000035', nhsNumberVerified: true } },
      '#/person/nhsNumber',
    ],
    ['nothing said of the person agreeing', { agreement: undefined }, '#/agreement'],
    ['another answer than there is', { agreement: 'probably' }, '#/agreement'],
    ['no reference', { reference: ' ' }, '#/reference'],
    ['something that would not be read', { diagnosis: 'Quillfeather' }, '#/diagnosis'],
    ['a last day of no fit note', { fitNoteEndsOn: '2026-02-01' }, '#/fitNoteEndsOn'],
    ['a need that is none', { person: { accessNeeds: ['quiet-room', 'a-view'] } }, '#/person/accessNeeds/1'],
  ])('is refused with %s, at its place, and nothing of it is kept or said back', async (_what, wanted, place) => {
    const sender = await aJsonSender(app)
    const before = await countReferrals()
    const answer = await sender.send(wanted)
    const { errors, title, type } = faultOf(answer)

    expect([answer.status, answer.headers['content-type']]).toEqual([422, 'application/problem+json; charset=utf-8'])
    expect(errors.map(({ pointer }) => pointer)).toEqual([place])
    expect([title, type]).toEqual(['Something in it is not right', `${app.settings.origin}/api#fault-not-right`])
    expect(answer.text).not.toMatch(/Farthingale|Ottilie|Quillfeather|07700|1984|ZA1\b/)
    expect(await countReferrals()).toBe(before)
  })

  it('never fails when it was changed by chance: it is taken, or refused with a reason', async () => {
    const sender = await aJsonSender(app, { perMinute: 1_000_000 })
    const below = numbersFrom(11)
    const seen = new Set<number>()
    for (let made = 0; made < 60; made += 1) {
      const one = referralInJson()
      changeByChance(one, below)
      const { status, text } = await sender.ask({ method: 'POST', path: '/referrals', body: one })
      seen.add(status)
      expect([200, 201, 400, 409, 422], text.slice(0, 300)).toContain(status)
    }
    expect(seen.size).toBeGreaterThan(1)
  }, 60_000)
})

describe('Somebody who asks themselves in the app of a partner', () => {
  const own = { agreement: 'self', askedBy: undefined } as const
  const permission = async () => {
    const { person } = await newest()
    const { rows } = await app.owner.query(
      `select given, how from permissions.permission where person = $1 and switch = 'onward' and recipient is not null`,
      [person],
    )
    return rows
  }

  it('is taken as having agreed, with the clock running, and the partner hears nothing unless they said so', async () => {
    const sender = await aJsonSender(app, { from: app.cast.providerCoach })
    const { id } = await sender.sent({ ...own, reason: 'I would like shorter days' })
    const { rows } = await app.owner.query('select * from referral.referral where id = $1', [(await newest()).id])
    const silent = await permission()
    const seen = await sender.see(id)
    await sender.sent({ ...own, wantsToBeTold: true })

    expect(rows[0]).toMatchObject({ route: 'partner-app', agreement: 'self', feedback: 'none', referrer_name: null })
    expect(rows[0].episode).not.toBeNull()
    expect([silent, seen.progress]).toEqual([[], undefined])
    expect(await permission()).toEqual([{ given: true, how: 'online' }])
  })

  it('is not believed of a system that may not say so, nor of anybody who refers others', async () => {
    const before = await countReferrals()
    const may = ['system/ServiceRequest.c'] as const
    const without = await (await aJsonSender(app, { from: app.cast.providerCoach, may })).send(own)
    const others = [app.cast.jobcentrePartner, app.cast.referrer]
    const answers = await Promise.all(others.map(async (from) => (await aJsonSender(app, { from })).send(own)))
    const named = await (await aJsonSender(app, { from: app.cast.providerCoach })).send({ ...own, askedBy: 'Sam' })

    expect([without.status, faultOf(without).detail]).toEqual([403, 'The token does not allow system/Consent.c'])
    for (const answer of answers) expect(faultOf(answer).errors.map(({ pointer }) => pointer)).toContain('#/agreement')
    expect([named.status, faultOf(named).errors.map(({ pointer }) => pointer)]).toEqual([422, ['#/askedBy']])
    expect(await countReferrals()).toBe(before)
  })
})

describe('What is read back in JSON', () => {
  it('is how it goes on as far as the person allows, with no reason why it ended', async () => {
    const sender = await aJsonSender(app)
    const { id } = await sender.sent()
    const stands = async () => {
      const { progress, support } = await sender.see(id)
      return [progress?.state, support?.acceptedOn !== undefined, support?.endedOn !== undefined]
    }
    const seen = [await stands()]
    await says({ gp: 'yes', 'gp-allows': 'status' })
    await moved({ kind: 'accepted' })
    seen.push(await stands())
    await moved({ kind: 'ended', as: 'left-early' })
    seen.push(await stands())
    await says({ gp: 'no' })
    seen.push(await stands())

    expect(seen).toEqual([
      ['received', false, false],
      ['accepted', true, false],
      ['ended', true, true],
      ['received', false, false],
    ])
  })

  it('is no more to a Jobcentre than that it arrived, until the person switches it on', async () => {
    const sender = await aJsonSender(app, { from: app.cast.jobcentrePartner })
    const { id } = await sender.sent()
    await moved({ kind: 'accepted' })
    const before = await sender.see(id)
    await says({ jobcentre: 'yes', 'jobcentre-allows': 'status' })
    const after = await sender.see(id)

    expect([before.progress?.state, before.support]).toEqual(['received', undefined])
    expect(after.progress?.state).toBe('accepted')
  })

  it('is as much as the token allows, and nothing of how it goes on where that was not wished', async () => {
    const reader = await aJsonSender(app, { may: ['system/ServiceRequest.c', 'system/ServiceRequest.rs'] })
    const whole = await aJsonSender(app)
    const [wished, not] = [await reader.sent(), await reader.sent({ wantsToBeTold: false })]

    expect((await newest()).feedback).toBe('none')
    expect(await reader.see(wished.id)).not.toHaveProperty('progress')
    expect(await whole.see(wished.id)).toHaveProperty('progress')
    expect(await whole.see(not.id)).not.toHaveProperty('progress')
  })

  it('stands among those who have seen the record, for the person to read', async () => {
    const sender = await aJsonSender(app)
    await sender.see((await sender.sent()).id)
    const readers = await (await app.as(app.cast.manager)).open(`/people/${(await newest()).person}/readers`)

    expect(readers.text).toContain('Whoever referred, by their own system')
  })

  it('is nothing of another organisation, by no address and no list', async () => {
    const [sender, other] = [await aJsonSender(app), await aJsonSender(app, { from: app.cast.jobcentrePartner })]
    const elsewhere = await aJsonSender(app, { from: app.cast.managerElsewhere })
    const { id } = await sender.sent({ reference: 'E1' })
    const answers = await Promise.all([other, elsewhere].map((one) => one.get(`/referrals/${id}`)))
    answers.push(await other.withdraw(id), await sender.get('/referrals/1'), await sender.get(`/referrals/${newId()}`))
    const lists = await Promise.all([other, elsewhere].map((one) => one.list('/referrals?reference=E1')))

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(404)
    expect(lists.flatMap(({ referrals }) => referrals)).toEqual([])
  })

  it('comes page by page, each once, also while more are sent, and by when it changed', async () => {
    const sender = await aJsonSender(app, { from: app.cast.serviceLead })
    for (const reference of ['F1', 'F2', 'F3']) {
      await sender.send({ reference })
      app.clock.pass({ seconds: 1 })
    }
    const first = await sender.list('/referrals?limit=2')
    const since = app.clock.now.toString()
    await sender.send({ reference: 'F4' })
    const second = await sender.list(first.next ?? '')
    await sender.withdraw(first.referrals[0]?.id ?? '')
    const changed = await sender.list(`/referrals?since=${since}`)
    const of = ({ referrals }: typeof first) => referrals.map(({ reference }) => reference)

    expect([of(first), of(second), second.next]).toEqual([['F1', 'F2'], ['F3', 'F4'], null])
    expect(of(changed)).toEqual(['F1', 'F4'])
  })

  it('is searched by nothing that is not understood', async () => {
    const sender = await aJsonSender(app)
    const asked = [
      'name=Farthingale',
      'since=yesterday',
      'limit=1000',
      'limit=a',
      'after=abc',
      'reference=a&reference=b',
    ]
    const answers = await Promise.all(asked.map((query) => sender.get(`/referrals?${query}`)))

    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 400))
    expect(answers.map((one) => faultOf(one).errors.map(({ parameter }) => parameter))).toEqual([
      ...[['name'], ['since'], ['limit'], ['limit'], [], ['reference']],
    ])
    expect(answers.map(({ text }) => text).join('')).not.toContain('Farthingale')
  })
})

describe('A referral that is taken back in JSON', () => {
  it('is withdrawn from then on, once, and stands so for whoever decides about it', async () => {
    const sender = await aJsonSender(app)
    const { id } = await sender.sent()
    const answers = [await sender.withdraw(id, { why: 'Sent by mistake' }), await sender.withdraw(id)]
    const page = await (await app.as(app.cast.administrator)).open(`/referrals/${(await newest()).id}`)
    const { rows } = await app.owner.query('select what from journal.entry where what = $1 and subject = $2', [
      ...['referral.withdrawn', (await newest()).id],
    ])

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[1]?.text).toBe(answers[0]?.text)
    expect((await sender.see(id)).progress).toEqual({ state: 'withdrawn' })
    expect(page.text).toContain('Sent by mistake')
    expect(rows).toHaveLength(1)
  })
})

describe('The JSON door', () => {
  it('lets nobody in without a token that holds, nor to do what it does not allow, nor too often', async () => {
    const reader = await aJsonSender(app, { may: ['system/ServiceRequest.rs'], perMinute: 2 })
    const none = await reader.ask({ method: 'GET', path: '/referrals', headers: { authorization: '' } })
    const wrong = { authorization: `Bearer north.${'a'.repeat(43)}` }
    const other = await reader.ask({ method: 'POST', path: '/referrals', body: {}, headers: wrong })
    const sent = await reader.send()
    const statuses = [(await reader.get('/referrals')).status, (await reader.get('/referrals')).status]
    const { headers } = await reader.get('/referrals')

    expect([none.status, other.status, none.text]).toEqual([401, 401, other.text])
    expect(none.headers['www-authenticate']).toBe('Bearer')
    expect([sent.status, faultOf(sent).type]).toEqual([403, `${app.settings.origin}/api#fault-not-allowed`])
    expect(statuses).toEqual([200, 429])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('says what is wrong with what is no request at all', async () => {
    const sender = await aJsonSender(app)
    const to = { method: 'POST', path: '/referrals' } as const
    const answers = [
      await sender.ask({ ...to, body: '{"reference":' }),
      await sender.ask({ ...to, body: '[]' }),
      await sender.ask({ ...to, body: '{}', headers: { 'content-type': 'text/plain' } }),
      await sender.ask({ ...to, body: JSON.stringify({ reason: 'a'.repeat(1_000_001) }) }),
      await sender.ask({ ...to, body: '['.repeat(100_000) }),
      await sender.ask({ method: 'DELETE', path: '/referrals' }),
      await sender.ask({ method: 'GET', path: '/people' }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([400, 422, 415, 413, 400, 405, 404])
    expect(answers.map((one) => faultOf(one).status)).toEqual(answers.map(({ status }) => status))
    expect(answers[5]?.headers['allow']).toBe('POST, GET')
  })
})
