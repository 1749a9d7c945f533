import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findOpenEpisode, recordStep } from '#journey/episode/store.ts'
import { pageLength } from './rules.ts'
import { joinReferrals, listReferralsOf, partReferrals } from './store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { aReferral } from '#test/people/referral.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const named = (familyName: string, more = {}) => ({ person: { familyName, ...more } })

const episodeOf = async (id: string) =>
  (await app.owner.query('select episode from referral.referral where id = $1', [id])).rows[0].episode

const standingOf = async (episode: string) =>
  (await app.owner.query('select * from episode.standing where episode = $1', [episode])).rows[0]

describe('The list of referrals', () => {
  it('shows what is new with its clock, and opens the referral', async () => {
    const referral = await aReferral(app, { ...named('Greenwood'), route: 'council' })
    const administrator = await app.as(app.cast.administrator)
    const list = await administrator.open('/referrals?route=council')

    expect(list.text).toContain('Greenwood')
    expect(list.text).toContain(referral.reference)
    expect(list.text).toContain('First try due Wednesday 7 January 2026')
    expect(list.html).toContain(`/referrals/${referral.id}"`)
  })

  it('says what is overdue', async () => {
    await aReferral(app, { ...named('Latimer'), receivedOn: Temporal.PlainDate.from('2025-12-29') })
    const administrator = await app.as(app.cast.administrator)

    expect((await administrator.open('/referrals')).text).toContain('First try overdue by 5 days')
  })

  it('keeps what is held apart from what is new and what is decided', async () => {
    await aReferral(app, { ...named('Heldon'), route: 'gp', agreement: 'not-asked' })
    const decided = await aReferral(app, named('Decidedale'))
    const episode = await episodeOf(decided.id)
    const step = { kind: 'accepted' } as const
    await app.inArea('north', (db) => recordStep(db, { area: 'north', episode, step, at: app.clock.now, by: null }))
    const administrator = await app.as(app.cast.administrator)
    const [fresh, held, done] = await Promise.all(
      ['/referrals', '/referrals?state=held', '/referrals?state=decided'].map((path) => administrator.open(path)),
    )

    expect(fresh?.text).not.toMatch(/Heldon|Decidedale/)
    expect(held?.text).toContain('Heldon')
    expect(held?.text).toContain('ask the person first')
    expect(done?.text).toContain('Decidedale')
  })

  it('says what will appear where there is nothing, and has no page for what it does not know', async () => {
    const manager = await app.as(app.cast.providerManager)

    expect((await manager.open('/referrals')).text).toContain('Referrals appear here as soon as')
    expect((await manager.open('/referrals?state=lost')).status).toBe(404)
    expect((await manager.open('/referrals?after=somewhere')).status).toBe(404)
  })

  it('goes on to the next page without losing or repeating anybody, in either direction', async () => {
    const all = Array.from({ length: pageLength + 3 }, (_, number) => `Row-${String(number).padStart(2, '0')}`)
    for (const [number, familyName] of all.entries()) {
      const receivedOn = Temporal.PlainDate.from('2025-11-03').add({ days: number % 5 })
      await aReferral(app, { ...named(familyName), route: 'partner-app', receivedOn })
    }
    const administrator = await app.as(app.cast.administrator)
    for (const direction of ['ascending', 'descending']) {
      const first = await administrator.open(`/referrals?route=partner-app&by=received&direction=${direction}`)
      const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const second = await administrator.open(next)
      const shown = [first, second].flatMap(({ text }) => text.match(/Row-\d\d/g) ?? [])

      expect(shown).toHaveLength(all.length)
      expect(shown.toSorted()).toEqual(all)
    }
  })

  it('marks somebody who may be known already, whoever holds the other record', async () => {
    const twin = { person: { givenName: 'Tess', familyName: 'Twinning' } }
    await aReferral(app, { ...twin, heldBy: app.cast.providerCoach, route: 'voluntary' })
    const referral = await aReferral(app, { ...twin, route: 'voluntary' })
    const administrator = await app.as(app.cast.administrator)
    const page = await administrator.open(`/referrals/${referral.id}`)

    expect((await administrator.open('/referrals?route=voluntary')).text).toContain('May be known already')
    expect(page.text).toContain('the same name, date of birth and postcode')
    expect(page.text).toContain('known to another organisation of this area')
  })

  it('leads to the two records beside each other on the day it came', async () => {
    const twin = { person: { givenName: 'Cora', familyName: 'Comparing' } }
    const first = await aReferral(app, twin)
    const referral = await aReferral(app, twin)
    const administrator = await app.as(app.cast.administrator)
    const page = await administrator.open(`/referrals/${referral.id}`)
    const [compare = ''] = /\/people\/[^"]+\/duplicates\/[^"]+/.exec(page.html) ?? []

    expect((await administrator.open(compare)).text).toContain('Cora Comparing and Cora Comparing Are they one person?')
    expect((await administrator.open(`/people/${first.person}/duplicates`)).text).toContain('postcode To be decided')
  })

  it('lets two records be compared that only share a name and a birthday', async () => {
    const twin = { givenName: 'Milo', familyName: 'Moved' }
    const first = await aReferral(app, { person: twin })
    const referral = await aReferral(app, { person: { ...twin, postcode: 'BD1 1AA' } })
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(`/referrals/${referral.id}`)
    const compared = await coach.sendAndFollow(`/people/${referral.person}/duplicates`, { other: first.person })

    expect(page.html).toContain(`action="/people/${referral.person}/duplicates"`)
    expect(compared.text).toContain('Milo Moved and Milo Moved Are they one person?')
    expect(compared.text).toContain('A colleague finds them alike')
    expect((await coach.open(`/referrals/${referral.id}`)).html).toMatch(/\/duplicates\/[0-9a-f]/)
  })

  it('does not give away a restricted record', async () => {
    const person = { givenName: 'Rae', familyName: 'Restricted', phone: '0113 496 0999' }
    const twin = { person, route: 'health' as const }
    const hidden = await aReferral(app, twin)
    await app.owner.query('update people.person set restricted = true where id = $1', [hidden.person])
    const referral = await aReferral(app, twin)
    const administrator = await app.as(app.cast.administrator)

    expect((await administrator.open(`/referrals/${referral.id}`)).text).not.toContain('known already')
    expect((await administrator.open('/referrals?route=health')).text.match(/Restricted/g)).toHaveLength(1)
  })

  it.each(['providerManager', 'managerElsewhere'] as const)('%s does not see it', async (part) => {
    await aReferral(app, { ...named('Private'), route: 'outreach' })
    const [own, stranger] = [await app.as(app.cast.manager), await app.as(app.cast[part])]

    expect((await own.open('/referrals?route=outreach')).text).toContain('Private')
    expect((await stranger.open('/referrals?route=outreach')).text).not.toContain('Private')
  })

  it.each(['coach', 'clinician', 'areaLead', 'jobcentrePartner'] as const)('is not for: %s', async (part) => {
    const member = await app.as(app.cast[part])

    expect((await member.open('/referrals')).status).toBe(403)
  })
})

describe('One referral', () => {
  it('shows everything said in it, what is missing, and the way on', async () => {
    const referral = await aReferral(app, {
      ...{ route: 'gp', referrer: { name: 'Dr Khan', organisation: 'Park Surgery', feedback: 'status' } },
      answers: { reason: 'Standing all day <b>hurts</b>', workStatus: 'off-sick', mainBarrier: 'physical' },
    })
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(`/referrals/${referral.id}`)

    for (const words of ['Dr Khan', 'Park Surgery', 'Standing all day <b>hurts</b>', 'Employed, but off sick']) {
      expect(page.text).toContain(words)
    }
    expect(page.html).not.toContain('<b>hurts</b>')
    expect(page.text).toContain('Not known yet GP practice NHS number')
    expect(page.html).toContain(`/referrals/${referral.id}/eligibility`)
    const { rows } = await app.owner.query(
      `select account from journal.entry where what = 'referral.opened' and subject = $1`,
      [referral.id],
    )
    expect(rows).toEqual([{ account: app.cast.coach.account }])
  })

  it('says of every way to reach the person what may be done with it', async () => {
    const referral = await aReferral(app, {
      person: { phone: '07700 900123', email: 'robin@example.org', safe: ['call'] },
    })
    const page = await (await app.as(app.cast.coach)).open(`/referrals/${referral.id}`)

    expect(page.text).toContain('Mobile phone, no texts: 07700 900123 (Preferred, no voicemail)')
    expect(page.text).toContain('Email: robin@example.org (Not safe: do not use)')
  })

  it.each(['coachElsewhere', 'managerElsewhere', 'providerCoach', 'providerManager'] as const)(
    '%s finds as little as where there is none',
    async (part) => {
      const referral = await aReferral(app, { route: 'gp', agreement: 'not-asked' })
      const stranger = await app.as(app.cast[part])
      const [there, nowhere] = [
        await stranger.open(`/referrals/${referral.id}`),
        await stranger.open(`/referrals/${newId()}`),
      ]
      const sent = await stranger.send(`/referrals/${referral.id}/answer`, { answer: 'agreed', how: 'telephone' })

      expect([there.status, sent.status]).toEqual([404, 404])
      expect(there.text).toBe(nowhere.text)
    },
  )
})

describe('What whoever referred somebody may hear', () => {
  it('is said as it stands now, before and after the person answers', async () => {
    const wanting = { name: 'Jo', organisation: 'Acme Ltd', email: 'jo@example.org', feedback: 'status' } as const
    const { id, person } = await aReferral(app, { route: 'employer', referrer: wanting })
    const coach = await app.as(app.cast.administrator)
    const before = await coach.open(`/referrals/${id}`)
    app.clock.pass({ minutes: 1 })
    await anAnswer(app, person, 'employer', true)
    const yes = await coach.open(`/referrals/${id}`)
    app.clock.pass({ minutes: 1 })
    await anAnswer(app, person, 'employer', false)
    const no = await coach.open(`/referrals/${id}`)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(before.text).toContain('May they be told? Only that it arrived. Before they are told more, ask the person')
    expect(yes.text).toContain('May they be told? Yes: that it arrived, and when support is accepted, starts and ends')
    expect(no.text).toContain('May they be told? No: the person does not want them to be told')
  })
})

describe('A person who was referred without being asked', () => {
  const held = {
    route: 'jobcentre',
    agreement: 'not-asked',
    person: { email: 'sam@example.org', safe: ['email'] },
  } as const
  const wanting = { name: 'Jo', organisation: 'Leeds JCP', email: 'jo@example.org', feedback: 'received' } as const

  it('says yes: the clock runs from that day, and they are told safely', async () => {
    const referral = await aReferral(app, { ...held, referrer: wanting })
    app.clock.pass({ days: 7 })
    const coach = await app.as(app.cast.coach)
    const seen = await coach.send(`/referrals/${referral.id}/answer`, {
      answer: 'agreed',
      how: 'telephone',
      mayTell: 'yes',
    })
    const standing = await standingOf(await episodeOf(referral.id))
    const sent = await app.owner.query('select address from notify.message where about = $1 order by id', [referral.id])
    const said = await app.owner.query('select switch, given, how from permissions.permission where person = $1', [
      referral.person,
    ])
    const page = await coach.open(`/referrals/${referral.id}`)
    app.clock.set('2026-01-05T10:00:00Z')

    expect(seen.location).toBe(`/referrals/${referral.id}`)
    expect(page.text).toContain('Yes, they want this: asked today 10:00, by telephone')
    expect(page.text).toContain('May they be told? Yes')
    expect(page.text).not.toContain('not been asked yet')
    expect(standing).toMatchObject({ stage: 'received', route: 'jobcentre' })
    expect(standing.received_at.toISOString()).toBe('2026-01-12T10:00:00.000Z')
    expect(sent.rows.map(({ address }) => address)).toEqual(['jo@example.org', 'sam@example.org'])
    expect(said.rows).toEqual(
      expect.arrayContaining([
        { switch: 'contact', given: true, how: 'telephone' },
        { switch: 'jobcentre', given: true, how: 'telephone' },
      ]),
    )
  })

  it('says yes to what was sent too quickly to be told of: whoever sent it hears now that it arrived, and not before', async () => {
    const quick = { ...held, sentQuickly: true, referrer: wanting }
    const [yes, unsaid, no] = [await aReferral(app, quick), await aReferral(app, quick), await aReferral(app, quick)]
    const toReferrer = async ({ id }: typeof yes) =>
      (
        await app.owner.query(`select body from notify.message where about = $1 and recipient = 'another'`, [id])
      ).rows.map(({ body }) => body)
    const before = await toReferrer(yes)
    const page = await app.visitor().open(`/in/north/referred/${yes.id}`)
    const coach = await app.as(app.cast.coach)
    const agreed = { answer: 'agreed', how: 'telephone' }
    for (let pressed = 0; pressed < 2; pressed += 1)
      await coach.send(`/referrals/${yes.id}/answer`, { ...agreed, mayTell: 'yes' })
    await coach.send(`/referrals/${unsaid.id}/answer`, agreed)
    await coach.send(`/referrals/${no.id}/answer`, { answer: 'declined', how: 'telephone' })

    expect(before).toEqual([])
    expect(page.text).toContain('If they want this and let us tell you, we write to you that it arrived')
    expect(page.text).not.toContain('We write to you that it arrived')
    expect(await toReferrer(yes)).toEqual([expect.stringContaining('has reached')])
    expect([await toReferrer(unsaid), await toReferrer(no)]).toEqual([[], []])
  })

  it('says no: it ends as declined, nobody writes to them, and taking part is answered with no', async () => {
    const referral = await aReferral(app, { ...held, referrer: wanting })
    const coach = await app.as(app.cast.coach)
    await coach.send(`/referrals/${referral.id}/answer`, { answer: 'declined', how: 'telephone' })
    const standing = await standingOf(await episodeOf(referral.id))
    const page = await coach.open(`/referrals/${referral.id}`)
    const sent = await app.owner.query('select recipient from notify.message where about = $1', [referral.id])

    expect(standing).toMatchObject({ stage: 'ended', ended_as: 'declined' })
    expect(page.text).toContain('and said no')
    expect(sent.rows).toEqual([{ recipient: 'another' }])
  })

  it('is asked about no more than whoever referred them may hear', async () => {
    const wish = { ...held, referrer: { ...wanting, feedback: 'status' as const } }
    const [jobcentre, gp] = [await aReferral(app, wish), await aReferral(app, { ...wish, route: 'gp' })]
    const coach = await app.as(app.cast.coach)

    expect((await coach.open(`/referrals/${jobcentre.id}`)).text).toContain('is told that the referral arrived')
    expect((await coach.open(`/referrals/${gp.id}`)).text).toContain('when support is accepted, starts and ends?')
  })

  it('is asked once: a second answer changes nothing, and an answer has to be chosen', async () => {
    const referral = await aReferral(app, held)
    const coach = await app.as(app.cast.coach)
    const empty = await coach.send(`/referrals/${referral.id}/answer`, {})
    await coach.send(`/referrals/${referral.id}/answer`, { answer: 'agreed', how: 'telephone' })
    const second = await coach.send(`/referrals/${referral.id}/answer`, { answer: 'declined', how: 'telephone' })

    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Select what they said')
    expect(second.status).toBe(422)
    expect(second.text).toContain('already written down')
    expect((await standingOf(await episodeOf(referral.id))).stage).toBe('received')
  })

  it('who is known under another record by then joins the episode that is open', async () => {
    const kept = await aReferral(app, named('Known'))
    const referral = await aReferral(app, held)
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept.person, referral.person])
    const coach = await app.as(app.cast.coach)
    await coach.send(`/referrals/${referral.id}/answer`, { answer: 'agreed', how: 'telephone' })

    expect(await episodeOf(referral.id)).toBe(await episodeOf(kept.id))
  })
})

describe('One person referred by the GP and by the Jobcentre', () => {
  it('has one episode, and both who referred hear of it; two people after all go on apart', async () => {
    const first = await aReferral(app, { route: 'gp', referrer: { organisation: 'Park Surgery', feedback: 'status' } })
    app.clock.pass({ hours: 1 })
    const second = await aReferral(app, {
      route: 'jobcentre',
      referrer: { organisation: 'Leeds JCP', feedback: 'received' },
    })
    const [kept, newer] = [await episodeOf(first.id), await episodeOf(second.id)]
    const pair = {
      area: 'north',
      kept: second.person,
      merged: first.person,
      by: app.cast.manager.membership,
      at: app.clock.now,
    }
    await app.inArea('north', (db) => joinReferrals(db, pair))
    const joined = await app.inArea('north', (db) => listReferralsOf(db, 'north', kept))
    const ended = await standingOf(newer)
    await app.inArea('north', (db) => partReferrals(db, pair))
    const parted = await app.inArea('north', (db) => listReferralsOf(db, 'north', kept))

    expect(joined.map(({ referrer_organisation }) => referrer_organisation)).toEqual(['Park Surgery', 'Leeds JCP'])
    expect(ended).toMatchObject({ stage: 'ended', ended_as: 'duplicate' })
    expect(parted.map(({ id }) => id)).toEqual([first.id])
    expect((await standingOf(newer)).stage).toBe('received')
    expect(await app.inArea('north', (db) => findOpenEpisode(db, 'north', second.person))).toBe(newer)
  })
})
