import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#platform/access/rules.ts'
import { findActor } from '#registers/organisations/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Seen } from '#test/browser.ts'
import { type Cast, type Member, playMember } from '#test/cast.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const from = { 'from-day': '1', 'from-month': '1', 'from-year': '2026' }

const invitation = (organisation: string, role: Role | '', email = 'new.coach@example.org') => ({
  ...{ ...from, name: 'New Coach', email, organisation, role, version: '0' },
})

async function roleOf({ area, account, membership }: Member, on = '2026-01-05'): Promise<Role | undefined> {
  const wanted = { area, account, membership, on: Temporal.PlainDate.from(on) }
  return (await app.inArea(area, (db) => findActor(db, wanted)))?.role
}

/** Somebody invites a stranger into the organisation of another. */
async function invite(by: keyof Cast, beside: keyof Cast, role: Role): Promise<Seen> {
  const form = invitation(app.cast[beside].organisation, role, `${randomUUIDv7()}@example.org`)
  return (await app.as(app.cast[by])).send(`/members/${randomUUIDv7()}`, form)
}

/** What an invitation needs to change somebody who is there already. */
const theSame = ({ name, organisation, role }: Member) => ({
  ...{ ...from, name, email: 'same@north.example.org', organisation, role, version: '1' },
})

describe('A membership', () => {
  it('is an invitation that anybody with that address takes up by signing in', async () => {
    const administrator = await app.as(app.cast.administrator)
    const form = invitation(app.cast.coach.organisation, 'coach')
    const list = await administrator.sendAndFollow(`/members/${randomUUIDv7()}`, form)

    expect(list.text).toContain('Invited')
    expect(list.text).toContain('New Coach')
  })

  it('says which field to correct', async () => {
    const administrator = await app.as(app.cast.administrator)
    const sent = await administrator.send(`/members/${randomUUIDv7()}`, invitation('', '', 'nobody'))

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Enter an email address, for example name@example.org')
    expect(sent.text).toContain('Select their role')
    expect(sent.html).toContain('value="New Coach"')
  })

  it('gives nothing any more from its last day on', async () => {
    const colleague = app.cast.otherCoach
    await app.owner.query(`update organisations.member set until_on = '2026-01-05' where id = $1`, [
      colleague.membership,
    ])

    expect(await roleOf(colleague, '2026-01-04')).toBe('coach')
    expect(await roleOf(colleague, '2026-01-05')).toBeUndefined()
    expect((await (await app.as(colleague)).open('/members')).location).toBe('/memberships')
  })
})

describe('A role', () => {
  it.each([
    ['providerManager', 'providerCoach', 'service-manager'],
    ['administrator', 'coach', 'senior-coach'],
    ['systemAdministrator', 'areaLead', 'area-lead'],
  ] as const)('is given by whoever is answerable for it: %s, beside %s, makes a %s', async (by, beside, role) => {
    expect((await invite(by, beside, role)).status).toBe(303)
  })

  it.each([
    ['providerManager', 'coach', 'service-manager'],
    ['manager', 'coach', 'area-lead'],
    ['administrator', 'coach', 'service-manager'],
    ['administrator', 'coach', 'system-administrator'],
  ] as const)('is not given above or beyond oneself: %s, beside %s, makes no %s', async (by, beside, role) => {
    expect((await invite(by, beside, role)).status).toBe(422)
  })

  it('is never given to oneself', async () => {
    const system = app.cast.systemAdministrator
    const form = invitation(system.organisation, 'service-manager', 'systemadministrator@north.example.org')
    const sent = await (await app.as(system)).send(`/members/${randomUUIDv7()}`, form)

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('You cannot give yourself a role. Ask somebody else who may')
  })

  it('is not changed for another by oneself, though the rest of a membership is', async () => {
    const administrator = app.cast.administrator
    const working = await app.as(administrator)
    const path = `/members/${administrator.membership}`

    expect((await working.send(path, { ...theSame(administrator), role: 'senior-coach' })).status).toBe(422)
    expect((await working.send(path, { ...theSame(administrator), phone: '01632 960777' })).status).toBe(303)
    expect(await roleOf(administrator)).toBe('administrator')
  })

  it.each([
    ['of another organisation', 'providerManager', 'coach'],
    ['above what one may give', 'administrator', 'manager'],
  ] as const)('%s is not found by whoever may not give it', async (_what, by, whose) => {
    const asking = await app.as(app.cast[by])
    const other = app.cast[whose]
    const foreign = await asking.open(`/members/${other.membership}`)
    const absent = await asking.open(`/members/${randomUUIDv7()}`)
    const sent = await asking.send(`/members/${other.membership}`, { ...theSame(other), name: 'Taken over' })

    expect([foreign.status, foreign.text]).toEqual([404, absent.text])
    expect(sent.status).toBe(404)
    expect((await asking.open('/members')).html).not.toContain(`/members/${other.membership}`)
  })
})

describe('A local service', () => {
  const given = (by: keyof Cast, organisation: string, role: Role) =>
    app
      .as(app.cast[by])
      .then((one) =>
        one.send(`/members/${randomUUIDv7()}`, invitation(organisation, role, `${randomUUIDv7()}@example.org`)),
      )

  /** The lead of a local service, as the area made them one. */
  async function aLead(name: string) {
    const organisation = randomUUIDv7()
    await app.owner.query(
      `insert into organisations.organisation (area, id, name, kind, data_role, from_on)
       values ('north', $1, $2, 'voluntary', 'none', '2024-10-01')`,
      [organisation, name],
    )
    const held = { area: 'north', organisation, organisationName: name, name: `Lead of ${name}` } as const
    const member = { ...held, account: randomUUIDv7(), membership: randomUUIDv7(), role: 'provider-lead' } as const
    await playMember(app.owner, member, `${member.account}@example.org`)
    return member
  }

  it.each([
    ['manager', 303],
    ['administrator', 303],
    ['coach', 403],
  ] as const)('is given its lead by whoever looks after the members of the area: %s, %i', async (by, status) => {
    const { organisation } = await aLead(`Service of ${by}`)

    expect((await given(by, organisation, 'provider-lead')).status).toBe(status)
  })

  it('gets none from outside in an organisation that holds records, and no other role', async () => {
    const { organisation } = await aLead('Closed service')
    const sent = [
      await given('manager', app.cast.providerCoach.organisation, 'provider'),
      await given('manager', organisation, 'coach'),
    ]

    expect(sent.map(({ status }) => status)).toEqual([422, 422])
  })

  it('has its own people given by its lead, who sees them and nobody else', async () => {
    const lead = await aLead('Own people')
    const other = await aLead('Other people')
    const browser = await app.as(lead)
    const invited = await browser.sendAndFollow(`/members/${randomUUIDv7()}`, {
      ...invitation(lead.organisation, 'provider', 'worker@own.example.org'),
      name: 'Wendy Worker',
    })
    const beyond = [
      await browser.send(`/members/${randomUUIDv7()}`, invitation(lead.organisation, 'coach')),
      await browser.send(`/members/${randomUUIDv7()}`, invitation(other.organisation, 'provider')),
    ]

    expect(invited.text).toMatch(/Lead of Own people .*Wendy Worker Local service/)
    expect(invited.text).not.toMatch(/Carol|Lead of Other people/)
    expect(beyond.map(({ status }) => status)).toEqual([422, 422])
    expect((await browser.open(`/members/${other.membership}`)).status).toBe(404)
    expect((await browser.open(`/members/${app.cast.coach.membership}`)).status).toBe(404)
  })

  it('keeps a lead, unless the area itself ends it', async () => {
    const lead = await aLead('Last lead')
    const browser = await app.as(lead)
    const ending = { ...theSame(lead), 'until-day': '6', 'until-month': '1', 'until-year': '2026' }
    const alone = await browser.send(`/members/${lead.membership}`, ending)
    await browser.send(
      `/members/${randomUUIDv7()}`,
      invitation(lead.organisation, 'provider-lead', 'next@own.example.org'),
    )
    const relieved = await browser.send(`/members/${lead.membership}`, ending)
    const last = await aLead('Ended lead')
    const byArea = await (
      await app.as(app.cast.manager)
    ).send(`/members/${last.membership}`, {
      ...theSame(last),
      ...{ 'until-day': '6', 'until-month': '1', 'until-year': '2026' },
    })

    expect([alone.status, alone.text]).toEqual([422, expect.stringContaining('This is the last lead of your service')])
    expect([relieved.status, byArea.status]).toEqual([303, 303])
  })
})

describe('The members', () => {
  const listed = async (when: string) =>
    (await (await app.as(app.cast.administrator)).open(`/members?when=${when}`)).text

  it('who are to come are shown apart, and can be corrected before they begin', async () => {
    const administrator = await app.as(app.cast.administrator)
    const path = `/members/${randomUUIDv7()}`
    const form = { ...invitation(app.cast.coach.organisation, 'coach', 'to.come@example.org'), name: 'Toni Tocome' }
    await administrator.send(path, { ...form, 'from-month': '9' })

    expect(await listed('now')).not.toContain('Toni Tocome')
    expect(await listed('to-come')).toContain('Toni Tocome Work and Health Coach')
    expect((await administrator.send(path, { ...form, version: '1' })).status).toBe(303)
    expect(await listed('now')).toContain('Toni Tocome')
  })

  it('who have left are shown apart, and can come back', async () => {
    const administrator = await app.as(app.cast.administrator)
    const leaving = app.cast.clinician
    const path = `/members/${leaving.membership}`
    const until = { 'until-day': '4', 'until-month': '1', 'until-year': '2026' }
    await administrator.send(path, { ...theSame(leaving), ...until })

    expect(await listed('now')).not.toContain(leaving.name)
    expect(await listed('ended')).toContain(`${leaving.name} Clinician`)
    await administrator.send(path, { ...theSame(leaving), version: '2' })
    expect(await roleOf(leaving)).toBe('clinician')
  })

  it('are told of when nobody is to come', async () => {
    const { text } = await (await app.as(app.cast.managerElsewhere)).open('/members?when=to-come')

    expect(text).toContain('Nobody has been invited for a later day')
  })
})

describe('An area', () => {
  const until = { 'until-day': '1', 'until-month': '2', 'until-year': '2026' }

  it('keeps somebody who may give every role', async () => {
    const system = app.cast.systemAdministrator
    const path = `/members/${system.membership}`
    const browser = await app.as(system)
    const ended = await browser.send(path, { ...theSame(system), ...until })

    expect(ended.status).toBe(422)
    expect(ended.text).toContain('This is the last system administrator. Make somebody else one first')
    expect(await roleOf(system, '2026-03-01')).toBe('system-administrator')

    const next = invitation(system.organisation, 'system-administrator', 'next.system@example.org')
    await browser.send(`/members/${randomUUIDv7()}`, next)
    expect((await browser.send(path, { ...theSame(system), ...until })).status).toBe(303)
  })
})
