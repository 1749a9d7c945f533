import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { mayDisclose, recordPermission } from '#registers/permissions/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer, aPerson } from '#test/people.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const change = async (person: string, code: string, fields: Record<string, string | string[]>) => {
  const me = await app.asParticipant(person)
  return { me, seen: await me.sendAndFollow(`/my/agreements/${code}`, { form: newId(), ...fields }) }
}

const disclosedTo = (person: string, name: string, about: 'employer' | 'onward' = 'employer') =>
  app.inArea('north', (db) =>
    mayDisclose(db, { area: 'north', person, recipient: { switch: about, name }, purpose: 'summary' }),
  )

describe('What somebody agreed to, in their own space', () => {
  it('is all seven, with the words, the day, and in plain words why we may', async () => {
    const person = await aPerson(app)
    await anAnswer(app, person, 'employer', true)
    const seen = await (await app.asParticipant(person)).open('/my/agreements')

    expect(seen.text.match(/Not asked yet/g)).toHaveLength(6)
    expect(seen.text).toMatch(
      /Share with my employer Yes WorkWell may talk with my employer.*You answered on 5 January 2026/,
    )
    expect(seen.text).toContain('We do this only if you say yes')
    expect(seen.text).toContain('This does not affect your benefits')
  })

  it('is changed by themselves, and stops messages and links at once', async () => {
    const person = await aPerson(app)
    const gp = await anAnswer(app, person, 'gp', true)
    const { now } = app.clock
    const about = { area: 'north', person, allowedBy: gp, now }
    await app.inArea('north', async (db) => {
      const to = { channel: 'email', address: 'gp@example.org', body: 'News' } as const
      await sendMessage(db, {
        ...about,
        ...to,
        recipient: 'another',
        kind: 'gp.news',
        notBefore: now.add({ hours: 5 }),
      })
      await issueLink(db, { ...about, purpose: 'come-back', subject: null, expiresAt: now.add({ hours: 9 }), by: null })
    })
    const { seen } = await change(person, 'gp', { given: 'no' })
    const held = await app.owner.query('select settled_as from notify.message where person = $1', [person])
    const links = await app.owner.query('select withdrawn_at from link.link where person = $1', [person])

    expect(seen.text).toMatch(/Saved. It holds from now on.*Share with my GP No/)
    expect(held.rows).toEqual([{ settled_as: 'held back' }])
    expect(links.rows[0].withdrawn_at).not.toBeNull()
    const record = await (await app.as(app.cast.coach)).open(`/people/${person}/agreements`)
    expect(record.text).toContain('Online, by themselves')
  })

  it('asks how much may be told before a yes counts, and says so at the field', async () => {
    const person = await aPerson(app)
    const { me, seen } = await change(person, 'jobcentre', { given: 'yes' })
    const told = await me.sendAndFollow('/my/agreements/jobcentre', { form: newId(), given: 'yes', allows: 'received' })

    expect([seen.status, seen.html.includes('href="#allows"')]).toEqual([422, true])
    expect(told.text).toMatch(/Share with Jobcentre Plus Yes .*How much: Only that the referral was received/)
  })

  it('takes a no for everybody of its kind, and for one who is named alone', async () => {
    const person = await aPerson(app)
    const named = { area: 'north', person, switch: 'onward', recipient: 'Back in Motion', given: true } as const
    const said = {
      how: 'telephone',
      lawfulBasis: 'public-task',
      wordingVersion: 1,
      by: null,
      at: app.clock.now,
    } as const
    const answer = await app.inArea('north', (db) => recordPermission(db, { ...named, ...said }))
    const me = await app.asParticipant(person)
    const before = await me.open('/my/agreements')
    app.clock.pass({ minutes: 1 })
    const after = await me.sendAndFollow('/my/agreements/onward/stop', { form: newId(), answer })

    expect(before.text).toContain('May be told: Back in Motion')
    expect(after.text).not.toContain('May be told: Back in Motion')
    expect(after.text).toContain('Not told: Back in Motion')
  })

  it('is no, with the name and the day, where the only one whom they named is told nothing more', async () => {
    const person = await aPerson(app)
    const about = { given: 'one', name: 'Acme Ltd', allows: 'summary', facts: ['help'] }
    const { me } = await change(person, 'employer', about)
    const answer = /name="answer" value="([^"]+)"/.exec((await me.open('/my/agreements/employer')).html)?.[1] ?? ''
    app.clock.pass({ minutes: 1 })
    const after = await me.sendAndFollow('/my/agreements/employer/stop', { form: newId(), answer })
    const record = await (await app.as(app.cast.coach)).open(`/people/${person}/agreements`)

    expect(after.text).toMatch(/Share with my employer No .*You answered on 5 January 2026.*Not told: Acme Ltd/)
    expect(after.text.match(/Not asked yet/g)).toHaveLength(6)
    expect(record.text).toMatch(/Share with my employer Asked by name only.*Share with my employer: Acme Ltd No/)
  })

  it('tells one who is named alone, and lets them see what was ticked and nothing else', async () => {
    const person = await aPerson(app)
    await anAnswer(app, person, 'employer', true)
    const me = await app.asParticipant(person)
    const about = { form: newId(), given: 'one', allows: 'summary' }
    const wrong = await me.sendAndFollow('/my/agreements/employer', about)
    const named = { ...about, name: 'Hillside Bakery', facts: ['help', 'born'] }
    const seen = await me.sendAndFollow('/my/agreements/employer', named)
    const may = await disclosedTo(person, 'hillside bakery')

    expect([wrong.status, ...['name', 'facts'].map((field) => wrong.html.includes(`href="#${field}"`))]).toEqual([
      ...[422, true, true],
    ])
    expect(seen.text).toMatch(
      /Yes, those you named.*May be told: Hillside Bakery They may be told only this: What I can do at work/,
    )
    expect(seen.text).not.toContain('A short summary of the support')
    // A date of birth is never an employer's to be told, however it came into the form.
    expect(may).toMatchObject({ allowed: true, facts: ['help'] })
    expect((await disclosedTo(person, 'Another Bakery')).allowed).toBe(false)
  })

  it('stops what rests on a fact that is taken back', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const yes = { given: 'one', name: 'Back in Motion', allows: 'summary' }
    await me.send('/my/agreements/onward', { form: newId(), ...yes, facts: ['help', 'phone'] })
    const may = await disclosedTo(person, 'Back in Motion', 'onward')
    const link = { area: 'north', person, purpose: 'request', subject: null, by: null, now: app.clock.now } as const
    const allowedBy = may.allowed ? may.by : ''
    await app.inArea('north', (db) => issueLink(db, { ...link, allowedBy, expiresAt: app.clock.now.add({ hours: 9 }) }))
    app.clock.pass({ minutes: 1 })
    await me.send('/my/agreements/onward', { form: newId(), ...yes, facts: ['help'] })
    const links = await app.owner.query('select withdrawn_at from link.link where person = $1', [person])

    expect(links.rows[0].withdrawn_at).not.toBeNull()
    expect(await disclosedTo(person, 'Back in Motion', 'onward')).toMatchObject({ facts: ['help'] })
  })

  it('keeps a no to one by name when all others may be told, until it is taken back', async () => {
    const person = await aPerson(app)
    const me = await app.asParticipant(person)
    const all = { given: 'yes', allows: 'summary', facts: ['help'] }
    const [named] = [{ area: 'north', person, switch: 'employer', recipient: 'Acme', given: false, by: null } as const]
    await app.inArea('north', (db) =>
      recordPermission(db, { ...named, how: 'online', lawfulBasis: 'consent', wordingVersion: 1, at: app.clock.now }),
    )
    app.clock.pass({ minutes: 1 })
    const seen = await me.sendAndFollow('/my/agreements/employer', { form: newId(), ...all })
    const kept = await disclosedTo(person, 'Acme')
    const page = await me.open('/my/agreements/employer')
    app.clock.pass({ minutes: 1 })
    const [, answer = ''] = /again".*?name="answer" value="([^"]+)"/s.exec(page.html) ?? []
    await me.send('/my/agreements/employer/again', { form: newId(), answer })

    expect(seen.text).toContain('Not told: Acme')
    expect([kept.allowed, (await disclosedTo(person, 'Another')).allowed]).toEqual([false, true])
    expect(await disclosedTo(person, 'Acme')).toMatchObject({ allowed: true, facts: ['help'] })
  })

  it('says of one named before what a later yes to all of their kind lets them be told, until that is narrowed', async () => {
    const person = await aPerson(app)
    const club = { name: 'Back in Motion', switch: 'onward' } as const
    const named = { area: 'north', person, switch: 'onward', recipient: club.name, given: true, by: null } as const
    const mayBeTold = () =>
      app.inArea('north', (db) => mayDisclose(db, { area: 'north', person, recipient: club, purpose: 'status' }))
    await app.inArea('north', (db) =>
      recordPermission(db, {
        ...named,
        allows: 'received',
        how: 'referrer',
        lawfulBasis: 'consent',
        wordingVersion: 1,
        at: app.clock.now,
      }),
    )
    app.clock.pass({ minutes: 1 })
    const { seen: all } = await change(person, 'onward', { given: 'yes', allows: 'status' })
    const whileAll = await mayBeTold()
    app.clock.pass({ minutes: 1 })
    const { seen: one } = await change(person, 'onward', { given: 'one', name: club.name, allows: 'received' })

    expect(whileAll).toMatchObject({ allowed: true })
    expect(all.text).not.toContain(club.name)
    expect(await mayBeTold()).toMatchObject({ allowed: false })
    expect(one.text).toMatch(/Back in Motion How much: Only that the referral was received/)
  })

  it('is ended by leaving, and is nobody else’s to see or change', async () => {
    const [mine, other] = [await aPerson(app), await aPerson(app)]
    const answer = await anAnswer(app, other, 'gp', true)
    const me = await app.asParticipant(mine)

    expect((await me.open('/my/agreements')).html).toContain('href="/my/leaving"')
    expect((await me.open('/my/agreements/take-part')).status).toBe(404)
    expect((await me.send('/my/agreements/gp/stop', { form: newId(), answer })).status).toBe(404)
    expect((await app.visitor().open('/my/agreements')).status).not.toBe(200)
  })
})
