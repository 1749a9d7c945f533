import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueLink } from '#platform/link/links.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAcceptedPerson } from '#test/people/first-conversation.ts'
import { aReferral } from '#test/people/referral.ts'
import { hasAgreedToTakePart, listPermissions, mayContact, mayDisclose, recordPermission } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const somebody = () => anAcceptedPerson(app, { agreed: false })

describe('What whoever referred somebody says for them', () => {
  const evil = { name: 'Eve', organisation: 'Evil Ltd', email: 'eve@example.org', feedback: 'received' } as const

  it('is shown as said by them, as no yes to an employer and as no consent', async () => {
    const { person } = await aReferral(app, { route: 'employer', referrer: evil, heldBy: app.cast.coach })
    const page = await (await app.as(app.cast.administrator)).open(`/people/${person}/agreements`)
    const own = await (await app.asParticipant(person)).open('/my/agreements')

    expect(page.text).toContain('Said by whoever referred them')
    expect(page.text).toMatch(/Share with my employer: Evil Ltd Not asked yet/)
    expect(page.text).not.toContain('Explicit consent')
    expect(own.text).toContain('Referred you, and hears only that it arrived: Evil Ltd')
    expect(own.text).not.toContain('May be told: Evil Ltd')
    expect(own.text).toMatch(/Whoever referred you said so on \d/)
  })

  it('leaves open what somebody said themselves, and all that waits under it', async () => {
    const { person } = await somebody()
    const said = { area: 'north', person, by: null, recipient: 'Evil Ltd', switch: 'employer', given: true } as const
    const by = { how: 'online', lawfulBasis: 'consent', wordingVersion: 1, at: app.clock.now } as const
    const own = { ...said, ...by, allows: 'summary' } as const
    const allowedBy = await app.inArea('north', (db) => recordPermission(db, own))
    const link = { area: 'north', person, purpose: 'request', subject: null, by: null, now: app.clock.now } as const
    const expiresAt = app.clock.now.add({ hours: 9 })
    await app.inArea('north', (db) => issueLink(db, { ...link, allowedBy, expiresAt }))
    app.clock.pass({ minutes: 1 })
    const heard = {
      ...own,
      allows: 'received',
      how: 'referrer',
      lawfulBasis: 'public-task',
      at: app.clock.now,
    } as const
    await app.inArea('north', (db) => recordPermission(db, heard))
    const { rows } = await app.owner.query('select withdrawn_at from link.link where person = $1', [person])

    expect(rows).toEqual([{ withdrawn_at: null }])
    const asked = { area: 'north', person, recipient: { switch: 'employer', name: 'Evil Ltd' } } as const
    const may = await app.inArea('north', (db) => mayDisclose(db, { ...asked, purpose: 'summary' }))
    expect(may).toMatchObject({ allowed: true, by: allowedBy })
  })
})

describe('What a person agrees to', () => {
  it('is recorded with its wording, how, when and by whom', async () => {
    const { person } = await somebody()
    const coach = await app.as(app.cast.coach)
    await coach.open(`/people/${person}/agreements/new`)
    const page = await coach.sendAndFollow(`/people/${person}/agreements`, {
      ...{ form: randomUUIDv7(), how: 'telephone', 'take-part': 'yes', gp: 'yes', 'gp-allows': 'summary' },
    })

    expect(page.text).toContain('A short summary of the support')
    expect(page.text).toContain('By telephone, written down by Carol Coach')
    expect(page.text).toContain('Version 1')
  })

  it('is asked again when nothing was chosen, and what was typed stays', async () => {
    const { person } = await somebody()
    const coach = await app.as(app.cast.coach)
    const form = randomUUIDv7()
    const page = await coach.send(`/people/${person}/agreements`, {
      form,
      how: 'form',
      'employer-name': 'Harbour Foods',
    })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Record an answer to at least one of the seven')
    expect(page.html).toContain('Harbour Foods')
    expect(page.html).toContain(form)
  })

  it('is recorded once when the form is sent twice', async () => {
    const { person } = await somebody()
    const coach = await app.as(app.cast.coach)
    const answers = { form: randomUUIDv7(), how: 'form', 'take-part': 'yes' }
    await coach.send(`/people/${person}/agreements`, answers)
    await coach.send(`/people/${person}/agreements`, answers)
    const { rows } = await app.owner.query('select from permissions.permission where person = $1', [person])

    expect(rows).toHaveLength(1)
  })

  it('is not undone when an older form is sent again', async () => {
    const { person } = await somebody()
    const coach = await app.as(app.cast.coach)
    const yes = { form: randomUUIDv7(), how: 'form', 'take-part': 'yes' }
    await coach.send(`/people/${person}/agreements`, yes)
    await coach.send(`/people/${person}/agreements`, { form: randomUUIDv7(), how: 'form', 'take-part': 'no' })

    expect((await coach.send(`/people/${person}/agreements`, yes)).status).toBe(303)
    expect(await app.inArea('north', (db) => hasAgreedToTakePart(db, 'north', person))).toBe(false)
  })

  it('opens one employer and no other', async () => {
    const { person } = await somebody()
    const coach = await app.as(app.cast.coach)
    const named = { employer: 'yes', 'employer-allows': 'status', 'employer-name': 'Harbour Foods' }
    await coach.send(`/people/${person}/agreements`, { form: randomUUIDv7(), how: 'in-person', ...named })
    const told = (name: string) =>
      app.inArea('north', (db) =>
        mayDisclose(db, { area: 'north', person, recipient: { switch: 'employer', name }, purpose: 'status' }),
      )

    expect((await told('Harbour Foods')).allowed).toBe(true)
    expect((await told('Another Firm')).allowed).toBe(false)
  })
})

describe('Withdrawing from everything', () => {
  it('stops taking part, contact and telling, on one page, and can be taken back by asking again', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    expect((await coach.open(`/people/${person}/withdrawal`)).text).toContain('Their benefits do not change')
    await coach.send(`/people/${person}/withdrawal`, { form: randomUUIDv7(), how: 'telephone' })
    const page = await coach.open(`/people/${person}/agreements`)

    expect(page.text).toContain('has withdrawn from everything')
    expect(await app.inArea('north', (db) => hasAgreedToTakePart(db, 'north', person))).toBe(false)
    const way = { area: 'north', person, channel: 'text', address: '07700 900123' } as const
    expect(await app.inArea('north', (db) => mayContact(db, way))).toMatchObject({
      why: 'The person does not want to be contacted',
    })

    await coach.send(`/people/${person}/agreements`, { form: randomUUIDv7(), how: 'telephone', 'take-part': 'yes' })
    expect(await app.inArea('north', (db) => hasAgreedToTakePart(db, 'north', person))).toBe(true)
  })

  it('keeps the earlier answers as history', async () => {
    const { person } = await anAcceptedPerson(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/withdrawal`, { form: randomUUIDv7(), how: 'telephone' })
    const page = await coach.open(`/people/${person}/agreements`)

    expect(page.text.match(/Take part in WorkWell/g)).toHaveLength(3)
    expect(await app.inArea('north', (db) => listPermissions(db, 'north', person))).toHaveLength(7)
  })

  it('asks how the person said so', async () => {
    const { person } = await anAcceptedPerson(app)
    const page = await (await app.as(app.cast.coach)).send(`/people/${person}/withdrawal`, { form: randomUUIDv7() })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Select how the person answered')
  })
})

describe('Agreements are not seen', () => {
  it.each(['coachElsewhere', 'providerCoach'] as const)('by the %s, as if there were no such person', async (who) => {
    const { person } = await anAcceptedPerson(app)
    const reader = await app.as(app.cast[who])
    for (const page of ['agreements', 'agreements/new', 'withdrawal']) {
      const foreign = await reader.open(`/people/${person}/${page}`)
      const absent = await reader.open(`/people/${randomUUIDv7()}/${page}`)
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
      expect(foreign.status).toBe(404)
    }
    const sent = { form: randomUUIDv7(), how: 'telephone', 'take-part': 'yes' }
    expect((await reader.send(`/people/${person}/agreements`, sent)).status).toBe(404)
    expect((await reader.send(`/people/${person}/withdrawal`, sent)).status).toBe(404)
  })

  it('by roles that do not work with records', async () => {
    const { person } = await anAcceptedPerson(app)
    const lead = await app.as(app.cast.areaLead)

    expect((await lead.open(`/people/${person}/agreements`)).status).toBe(403)
  })
})

describe('Anybody', () => {
  it('can read that benefits are not affected', async () => {
    expect((await app.visitor().open('/benefits')).text).toContain('This does not affect your benefits')
  })

  it('can read the privacy notice of an area, in its own words once it has some', async () => {
    expect((await app.visitor().open('/in/north/privacy')).text).toContain('Version 1 of')
    await app.owner.query(
      `insert into permissions.wording (area, switch, version, text, from_on) values ('south', 'notice', 2, 'In our own words', '2026-01-01')`,
    )
    expect((await app.visitor().open('/in/south/privacy')).text).toContain('In our own words')
    expect((await app.visitor().open('/in/nowhere/privacy')).status).toBe(404)
  })
})

describe('An area', () => {
  const from = { 'from-day': '1', 'from-month': '2', 'from-year': '2026' }

  it('asks in its own words from a day on, and answers keep their version', async () => {
    const manager = await app.as(app.cast.managerElsewhere)
    await manager.open('/area/wording/contact')
    const list = await manager.sendAndFollow('/area/wording/contact', {
      ...from,
      text: 'May we ring you?',
      version: '1',
    })

    expect(list.text).toContain('Version 2 Sunday 1 February 2026')
    const { person } = await anAcceptedPerson(app, { coach: app.cast.coachElsewhere })
    const coach = await app.as(app.cast.coachElsewhere)
    expect((await coach.open(`/people/${person}/agreements/new`)).text).not.toContain('May we ring you?')
  })

  it('is shown both when two write a version at once', async () => {
    const manager = await app.as(app.cast.manager)
    await manager.send('/area/wording/gp', { ...from, text: 'The first to save', version: '1' })
    const second = await manager.send('/area/wording/gp', { ...from, text: 'The second to save', version: '1' })

    expect(second.status).toBe(409)
    expect(second.text).toContain('The first to save')
    expect(second.html).toContain('The second to save')
    const again = await manager.send('/area/wording/gp', { ...from, text: 'The second to save', version: '2' })
    expect(again.status).toBe(303)
  })

  it('cannot have asked yesterday in words of today, nor may a coach change them', async () => {
    const manager = await app.as(app.cast.manager)
    const yesterday = { 'from-day': '4', 'from-month': '1', 'from-year': '2026', text: 'New', version: '1' }

    expect((await manager.send('/area/wording/notice', yesterday)).text).toContain('The day must be today or later')
    expect((await (await app.as(app.cast.coach)).open('/area/wording')).status).toBe(403)
    expect((await manager.open('/area/wording/nothing')).status).toBe(404)
  })
})
