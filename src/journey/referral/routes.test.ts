import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { routes } from '#registers/organisations/rules.ts'
import { routesOfOthers } from './rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aJobcentre } from '#test/people/eligibility.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const robin = {
  ...{ givenName: 'Robin', familyName: 'Marsh', 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981' },
  ...{ phone: '07700 900461', safe: ['call', 'text'], postcode: 'LS1 4AP', agreement: 'agreed' },
}
const surgery = {
  ...{ route: 'gp', referrerName: 'Dr Khan', referrerOrganisation: 'Park Surgery' },
  ...{ referrerEmail: 'park@example.org', feedback: 'status' },
}
const byTelephone = {
  ...{ channel: 'telephone', 'receivedOn-day': '5', 'receivedOn-month': '1', 'receivedOn-year': '2026' },
}

async function referred(fields: Readonly<Record<string, string | string[]>> = {}, id = newId()) {
  const visitor = app.visitor()
  await visitor.open('/in/north/refer')
  return { id, seen: await visitor.send('/in/north/refer', { id, ...robin, ...surgery, ...fields }) }
}

async function rowsOf(id: string) {
  const { rows } = await app.owner.query(
    `select referral.*, given.reference, standing.stage, standing.ended_as, standing.provider,
       standing.first_try_by::text, standing.first_appointment_by::text
     from referral.referral left join referral.reference given on given.referral = referral.id
     left join episode.standing on standing.episode = referral.episode where referral.id = $1`,
    [id],
  )
  return rows
}

const belongsOf = async (id: string) =>
  (
    await app.owner.query(
      `select gp_practice, gp_practice_code, jobcentre from people.person
        where id = (select person from referral.referral where id = $1)`,
      [id],
    )
  ).rows[0]

const messagesAbout = async (id: string) =>
  (await app.owner.query('select * from notify.message where about = $1 order by id', [id])).rows

const permissionsOf = async (person: string) =>
  (await app.owner.query('select * from permissions.permission where person = $1 order by switch', [person])).rows

describe('A program that fills in every field', () => {
  it('has its form back with everything it typed, and nothing is taken', async () => {
    const { id, seen } = await referred({ 'notes-for-us': 'Buy now' })

    expect(seen.status).toBe(422)
    expect(await rowsOf(id)).toEqual([])
    expect(seen.html).toContain('value="Robin"')
    expect(seen.html).toContain('value="Buy now"')
    expect(seen.text).toContain('Delete what is in the last field, and send the form again')
  })

  it('is told from a person whose browser filled it in, who empties it and goes on', async () => {
    const { id } = await referred({ 'notes-for-us': 'Robin' })

    expect((await referred({ 'notes-for-us': '' }, id)).seen.status).toBe(303)
    expect(await rowsOf(id)).toHaveLength(1)
  })
})

describe('A professional refers somebody without an account', () => {
  it.each(Object.keys(routesOfOthers))('by the route %s', async (route) => {
    const { id, seen } = await referred({ route })
    const [referral] = await rowsOf(id)

    expect(seen.location).toBe(`/in/north/referred/${id}`)
    expect(referral).toMatchObject({ route, channel: 'online', agreement: 'agreed', stage: 'received', typed_by: null })
    expect(referral.reference).toMatch(/^WW-[2-9A-Z]{4}-[2-9A-Z]{3}$/)
    expect(referral.provider).toBe(app.cast.coach.organisation)
  })

  it('is asked first whether the person agrees, and never for a diagnosis', async () => {
    const page = await app.visitor().open('/in/north/refer')

    expect(page.text.indexOf('Does the person agree?')).toBeLessThan(page.text.indexOf('First name'))
    expect(page.html).not.toMatch(/name="(diagnosis|condition|health)[a-zA-Z]*"/)
    expect(page.text).toContain('We do not ask for a diagnosis')
  })

  it('is told what is missing, and loses nothing that was typed', async () => {
    const wrong = { phone: '', postcode: 'Leeds', givenName: '', familyName: '<script>alert(1)</script>' }
    const { seen } = await referred({ ...wrong, referrerEmail: 'park' })

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Enter their first name')
    expect(seen.text).toContain('Enter an email address like')
    expect(seen.text).toContain('Enter a phone number, an email address or a postal address')
    expect(seen.text).toContain('Enter a full postcode')
    expect(seen.html).toContain('value="Park Surgery"')
    expect(seen.html).not.toContain('<script>alert')
  })

  it('sends it twice and has one referral with one reference', async () => {
    const id = newId()
    const [first, second] = await Promise.all([referred({}, id), referred({}, id)])

    expect([first.seen.location, second.seen.location]).toEqual([1, 2].map(() => `/in/north/referred/${id}`))
    expect(await rowsOf(id)).toHaveLength(1)
    expect(await messagesAbout(id)).toHaveLength(2)
  })

  it('hears that it arrived, and the person is told safely and neutrally', async () => {
    const { id } = await referred({ phone: '07700 900462' })
    const messages = await messagesAbout(id)
    const [referral] = await rowsOf(id)

    expect(messages.map(({ channel, address, recipient }) => [channel, address, recipient])).toEqual([
      ['text', '07700 900462', 'person'],
      ['email', 'park@example.org', 'another'],
    ])
    for (const { body } of messages) expect(body).toContain(referral.reference)
    expect(messages[1].body).not.toContain('Robin')
    expect(await app.work()).toBeGreaterThan(0)
    expect((await messagesAbout(id)).map(({ settled_as }) => settled_as)).toEqual(['sent', 'sent'])
  })

  it('nothing goes to a way that is not safe', async () => {
    const { id } = await referred({ safe: ['call'], email: 'shared@example.org', feedback: 'none' })

    expect(await messagesAbout(id)).toEqual([])
  })

  it('what the person agreed to is kept switch by switch, and a Jobcentre only learns that it arrived', async () => {
    const gp = await rowsOf((await referred()).id)
    const jobcentre = await rowsOf((await referred({ route: 'jobcentre', referrerOrganisation: 'Leeds JCP' })).id)

    expect(await permissionsOf(gp[0].person)).toMatchObject([
      { switch: 'contact', given: true, how: 'referrer' },
      { switch: 'gp', recipient: 'Park Surgery', allows: 'received', given: true },
    ])
    expect((await permissionsOf(jobcentre[0].person))[1]).toMatchObject({
      ...{ switch: 'jobcentre', recipient: 'Leeds JCP', allows: 'received', lawful_basis: 'public-task' },
    })
  })

  it('the word of somebody nobody knows lets them hear only that it arrived; a surgery of the register may hear more', async () => {
    const { email } = (
      await app.owner.query('select email from organisations.member where id = $1', [app.cast.referrer.membership])
    ).rows[0]
    const allowed = async (fields: Readonly<Record<string, string>>) => {
      const [row] = await rowsOf((await referred(fields)).id)
      return (await permissionsOf(row.person))
        .filter(({ switch: one }) => one !== 'contact')
        .map(({ allows }) => allows)
    }

    expect(await allowed({ route: 'health', referrerEmail: 'anybody@example.org' })).toEqual(['received'])
    expect(await allowed({ referrerEmail: email.toUpperCase() })).toEqual(['status'])
    expect(await allowed({ route: 'council', referrerEmail: email })).toEqual(['received'])
  })

  it('an address of Jobcentre Plus cannot be that of a health service', async () => {
    const from = { route: 'health', referrerEmail: 'sam.coach@leeds.dwp.gov.uk' }
    const { id, seen } = await referred(from)

    expect([seen.status, seen.text]).toEqual([422, expect.stringContaining('select Jobcentre Plus')])
    expect(await rowsOf(id)).toEqual([])
    expect((await referred({ ...from, route: 'jobcentre' })).seen.status).toBe(303)
  })

  it('a person who was not asked is held: no episode, no clock, no message to them', async () => {
    const { id } = await referred({ agreement: 'not-asked' })
    const [referral] = await rowsOf(id)

    expect(referral).toMatchObject({ agreement: 'not-asked', episode: null, stage: null })
    expect((await messagesAbout(id)).map(({ recipient }) => recipient)).toEqual(['another'])
    expect(await permissionsOf(referral.person)).toEqual([])
  })

  it('finds a clear page where nobody receives referrals yet, and no page where there is no such area', async () => {
    await app.owner.query(
      `update areas.setting set value = 'null' where area = 'south' and name = 'receivingOrganisation'`,
    )
    const closed = await app.visitor().open('/in/south/refer')

    expect(closed.status).toBe(503)
    expect(closed.text).toContain('We cannot take referrals online yet')
    expect((await app.visitor().open('/in/nowhere/refer')).status).toBe(404)
  })
})

describe('Staff write down a referral', () => {
  it.each(Object.keys(routes))('by the route %s', async (route) => {
    const administrator = await app.as(app.cast.administrator)
    const id = newId()
    const seen = await administrator.send('/referrals/new', { id, ...byTelephone, ...robin, ...surgery, route })
    const [referral] = await rowsOf(id)

    expect(seen.location).toBe(`/referrals/${id}`)
    expect(referral).toMatchObject({ route, channel: 'telephone', stage: 'received' })
    expect(referral.agreement).toBe(route === 'self' ? 'self' : 'agreed')
    expect(referral.typed_by).toBe(app.cast.administrator.membership)
    expect(referral.referrer_name).toBe(route === 'self' ? null : 'Dr Khan')
  })

  it('and read what others want to hear in words about them, not about themselves', async () => {
    const administrator = await app.as(app.cast.administrator)
    const page = await administrator.open('/referrals/new')

    expect(page.text).toContain('Only if the person agrees that they are told. We tell them nothing more.')
    expect(page.text).toContain('A phone number, an email address or a postal address is enough.')
    expect((await app.visitor().open('/in/north/refer')).text).toContain('Only if the person agrees that you are told.')
  })

  it('the clock runs from the day it came, past bank holidays, not from the day it was typed', async () => {
    app.clock.set('2026-04-07T09:00:00Z')
    const administrator = await app.as(app.cast.administrator)
    const id = newId()
    await administrator.send('/referrals/new', {
      ...{ id, ...robin, ...surgery, channel: 'paper' },
      ...{ 'receivedOn-day': '2', 'receivedOn-month': '4', 'receivedOn-year': '2026' },
    })
    const [referral] = await rowsOf(id)
    const record = await (await app.as(app.cast.coach)).open(`/people/${referral.person}`)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(record.text).toMatch(/Referral received: GP or primary care Thursday 2 April 2026 , Ada/)
    expect(referral.first_try_by).toBe('2026-04-08')
    expect(referral.first_appointment_by).toBe('2026-04-20')
    expect(referral.typed_at.toISOString()).toBe('2026-04-07T09:00:00.000Z')
  })

  it('has to say whether the person agrees, and when it came', async () => {
    const administrator = await app.as(app.cast.administrator)
    const fields = { id: newId(), ...robin, ...surgery, ...byTelephone, agreement: '', 'receivedOn-day': '6' }
    const seen = await administrator.send('/referrals/new', fields)

    expect(seen.status).toBe(422)
    expect(seen.text).toContain('Select whether the person agrees')
    expect(seen.text).toContain('cannot be in the future')
    expect(seen.html).toContain('value="Park Surgery"')
  })

  it('the GP practice is looked up and the Jobcentre chosen, as far as the registers know them', async () => {
    await app.owner.query(`insert into places.gp_practice (code, name, postcode) values
      ('A81001', 'Riverside Surgery', 'LS14AP'), ('A81002', 'Riverside Health Centre', null)`)
    const administrator = await app.as(app.cast.administrator)
    expect((await administrator.open('/referrals/new')).html).toMatch(/<input[^>]*name="jobcentre"/)
    await aJobcentre(app)
    const id = newId()
    const fields = { id, ...byTelephone, ...robin, ...surgery, gpPractice: 'riverside', jobcentre: 'Leeds Park Place' }
    const asked = await administrator.send('/referrals/new', fields)
    const wrong = await administrator.send('/referrals/new', { ...fields, gpPracticeCode: 'A81002', givenName: '' })

    expect([asked.status, asked.text.includes('Choose which practice it is')]).toEqual([422, true])
    expect(asked.text).toContain('Riverside Surgery, LS1 4AP')
    expect(wrong.html).toMatch(/<input[^>]*value="A81002"[^>]*checked|checked[^>]*value="A81002"/)
    await administrator.send('/referrals/new', { ...fields, gpPracticeCode: 'A81002' })
    expect(await belongsOf(id)).toEqual({
      ...{ gp_practice: 'Riverside Health Centre', gp_practice_code: 'A81002', jobcentre: 'Leeds Park Place' },
    })

    const other = newId()
    await administrator.send('/referrals/new', { ...fields, id: other, gpPracticeCode: 'none', jobcentre: '' })
    expect(await belongsOf(other)).toEqual({ gp_practice: 'riverside', gp_practice_code: null, jobcentre: null })
  })

  it("a provider's own staff keep what they wrote down", async () => {
    const provider = await app.as(app.cast.providerCoach)
    const id = newId()
    await provider.send('/referrals/new', { id, ...byTelephone, ...robin, ...surgery })

    expect((await rowsOf(id))[0].provider).toBe(app.cast.providerCoach.organisation)
  })
})

describe('What a referral says is corrected', () => {
  it('and what it said before is kept', async () => {
    const referral = await aReferral(app, {
      route: 'gp',
      referrer: { name: 'Dr Khan' },
      answers: { reason: 'Bad back' },
    })
    const coach = await app.as(app.cast.coach)
    const form = await coach.open(`/referrals/${referral.id}/details`)
    const sent = { version: '1', reason: 'Long shifts', workStatus: 'off-sick', referrerName: 'Dr Khan' }
    const saved = await coach.send(`/referrals/${referral.id}/details`, sent)
    const { rows } = await app.owner.query('select was from referral.earlier where referral = $1', [referral.id])

    expect(form.text).toContain('Bad back')
    expect(saved.location).toBe(`/referrals/${referral.id}`)
    expect((await rowsOf(referral.id))[0]).toMatchObject({ reason: 'Long shifts', work_status: 'off-sick', version: 2 })
    expect(rows[0].was.reason).toBe('Bad back')
  })

  it('two who correct at once see both versions', async () => {
    const referral = await aReferral(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/referrals/${referral.id}/details`, { version: '1', reason: 'What the other wrote' })
    const clash = await coach.send(`/referrals/${referral.id}/details`, { version: '1', reason: 'What I wrote' })

    expect(clash.status).toBe(409)
    expect(clash.text).toContain('What the other wrote')
    expect(clash.text).toContain('What I wrote')
  })

  it.each(['coachElsewhere', 'providerCoach'] as const)('%s does not find it', async (part) => {
    const stranger = await app.as(app.cast[part])
    const referral = await aReferral(app)
    const there = await stranger.open(`/referrals/${referral.id}/details`)
    const nowhere = await stranger.open(`/referrals/${newId()}/details`)

    expect(there.status).toBe(404)
    expect(there.text).toBe(nowhere.text)
    expect((await stranger.send(`/referrals/${referral.id}/details`, { version: '1' })).status).toBe(404)
  })
})
