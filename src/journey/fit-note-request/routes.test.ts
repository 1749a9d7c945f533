import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { issuersOf, professions } from '#journey/fit-note/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from '#test/people/episode.ts'
import { anAcceptedEpisode, take } from '#test/people/plan.ts'
import { aFitNoteRequest, asATrailblazer, datedOn } from '#test/people/trailblazer.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const today = Temporal.PlainDate.from('2026-01-05')
const came = (what: string, more: Fields = {}): Fields => ({ id: newId(), what, ...datedOn('held', today), ...more })

describe('Somebody who had two records', () => {
  it('has two open requests, of which the coach keeps one; the other stays as taken back', async () => {
    const [kept, second] = [await aFitNoteRequest(app), await aFitNoteRequest(app, { fields: { practice: 'Elms' } })]
    await app.owner.query('update people.person set merged_into = $1 where id = $2', [kept.person, second.person])
    const { coach, path } = kept
    const both = await coach.open(path)
    const done = await coach.sendAndFollow(`${path}/${kept.request}/keeping`)
    const again = await coach.sendAndFollow(`${path}/${kept.request}/keeping`)

    expect(both.text).toContain('2 requests are open')
    expect(both.text).toMatch(/Keep the one to Elms, by \d+ January 2026/)
    expect(done.text).toMatch(
      /This one is kept.*Taken back.*the request of 5 January 2026 to Mill Lane Surgery is kept/,
    )
    expect(done.text).not.toContain('2 requests are open')
    expect(again.text).toContain('Only one was open')
    expect(again.text.match(/Say what came of it/g)).toHaveLength(1)
  })
})

describe('Somebody who asks us instead of a fit note, or after asking for one', () => {
  const answers: Readonly<Record<string, Fields>> = {
    name: { givenName: 'Nour', familyName: 'Asking', phone: '07700 900322', safe: ['call'] },
    home: { 'bornOn-day': '2', 'bornOn-month': '6', 'bornOn-year': '1990', gpPractice: 'Elms Practice' },
    work: { workStatus: 'off-sick', askedFitNote: 'yes' },
    help: { reason: 'Shorter days' },
  }

  it('may say so when they refer themselves, and is spoken to soon', async () => {
    await asATrailblazer(app)
    const stranger = app.visitor()
    const asks = await stranger.open('/in/north/refer-yourself/work')
    let seen = asks
    for (const [part, fields] of Object.entries(answers))
      seen = await stranger.sendAndFollow(`/in/north/refer-yourself/${part}`, fields)
    const id = /name="id" value="([^"]+)"/.exec(seen.html)?.[1] ?? ''
    await stranger.send('/in/north/refer-yourself/check', { id, wording: '1' })
    const manager = await app.as(app.cast.manager)
    await app.owner.query(`delete from areas.setting where name = 'trailblazer'`)
    const without = await stranger.open('/in/north/refer-yourself/work')
    await asATrailblazer(app)

    expect(asks.text).toContain('I have asked for a fit note (sick note), or was going to (optional)')
    expect(without.text).not.toContain('was going to')
    expect(seen.text).toContain('Asked for a fit note, or was going to Yes')
    expect((await manager.open('/fit-note-requests')).text).toMatch(
      /Nour Asking Elms Practice 5 January 2026 \d+ January/,
    )
  })

  it('is asked the same where they come back to us', async () => {
    await asATrailblazer(app)
    const spell = await anAcceptedEpisode(app)
    await take(app, spell, [{ kind: 'ended', as: 'left-early' }])
    const [coach, id] = [await app.as(spell.coach), newId()]
    const form = await coach.open(`/people/${spell.person}/referrals/new`)
    const sent = { ...datedOn('receivedOn', today), channel: 'telephone', route: 'self', reason: 'Off sick again' }
    await coach.send(`/people/${spell.person}/referrals`, { id, ...sent, askedFitNote: 'yes' })

    expect(form.text).toContain('They asked for a fit note, or for a new one')
    expect((await coach.open(`/people/${spell.person}/fit-note-requests`)).text).toContain('It came with a referral')
  })
})

describe('An area', () => {
  it('takes no part as a trailblazer until it says so, from a day on', async () => {
    await app.owner.query(`delete from areas.setting where name = 'trailblazer'`)
    const { person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(`/people/${person}/fit-note-requests/new`)
    const refused = await coach.send(`/people/${person}/fit-note-requests`, {
      ...{ id: newId(), came: 'person', practice: 'Elms Practice' },
      ...datedOn('asked', today),
    })
    const manager = await app.as(app.cast.manager)
    const page = await manager.open('/area/trailblazer')
    const version = /name="version" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const decided = { trailblazer: 'yes', conversationWorkingDays: '3', reason: 'We begin', version }
    const saved = await manager.sendAndFollow('/area/trailblazer', { ...decided, ...datedOn('from', today) })
    const second = await manager.sendAndFollow('/area/trailblazer', { ...decided, ...datedOn('from', today) })
    const { answer } = await aFitNoteRequest(app, { person })

    expect(before.text).toContain('Your area does not take part')
    expect([refused.status, refused.text.includes('Your area does not take part as a trailblazer today')]).toEqual([
      422,
      true,
    ])
    expect(saved.text).toMatch(/Takes part Yes No We begin/)
    expect([second.status, second.text]).toEqual([200, expect.stringContaining('Already saved')])
    expect(answer.text).toMatch(/Conversation to be held.*Conversation by 8 January 2026/)
    await app.owner.query(`delete from areas.setting where name in ('trailblazer', 'conversationWorkingDays')`)
  })
})

describe('A request for a fit note', () => {
  it('is written down once, and stands on the record, its story and the day of the coach until it has a result', async () => {
    const { person, coach, path, request, sent } = await aFitNoteRequest(app)
    await coach.send(path, sent)
    const list = await coach.open(path)
    const story = await coach.open(`/people/${person}`)
    const day = await coach.open('/day?reason=conversation')
    app.clock.set('2026-01-20T10:00:00Z')
    const later = await app.as(app.cast.coach)
    const late = await later.open('/day?reason=conversation')
    const all = await later.open('/fit-note-requests')
    const form = await later.open(`${path}/${request}/result`)
    await later.send(`${path}/${request}/result`, came('supported'))

    expect(list.text.match(/The mornings are the worst/g)).toHaveLength(1)
    expect(list.text).toMatch(/Mill Lane Surgery.*Conversation by 12 January 2026.*The practice asked us/)
    expect(story.text).toMatch(/Asked Mill Lane Surgery for a fit note .*The mornings are the worst/)
    expect(day.text).toMatch(/A work-and-health conversation is to be held by Monday 12 January/)
    expect(late.text).toMatch(/A work-and-health conversation was to be held by Monday 12 January/)
    expect(late.html).toContain(`${path}/${request}/result`)
    expect(all.text).toMatch(/Mill Lane Surgery 5 January 2026 12 January 2026 Carol Coach Conversation is late/)
    expect(form.text).toContain('What came of the conversation?')
    expect((await later.open('/day?reason=conversation')).html).not.toContain(request)
  })

  it('waits for its result before another is written down, and nothing that was typed is lost', async () => {
    const { coach, path, sent, request } = await aFitNoteRequest(app)
    const second = await coach.send(path, { ...sent, id: newId(), says: 'Again' })
    const page = await coach.open(`${path}/new`)
    const wrong = await coach.send(path, {
      ...sent,
      id: newId(),
      email: 'nowhere',
      ...datedOn('asked', today.add({ days: 1 })),
    })

    expect([second.status, second.text.includes('A request is still open')]).toEqual([422, true])
    expect(second.html).toContain('Again')
    expect(page.html).toContain(`${path}/${request}/result`)
    expect(wrong.text).toContain('Enter an email address like name@example.org')
    expect(wrong.text).toContain('it cannot be later than today')
  })

  it('waits no more for somebody who has died', async () => {
    const { coach, person, path } = await aFitNoteRequest(app)
    const before = await coach.open('/fit-note-requests')
    await coach.send(`/people/${person}/details/death`, datedOn('diedOn', today))

    expect(before.html).toContain(path)
    expect((await coach.open('/fit-note-requests')).html).not.toContain(path)
  })

  it('that was supported leads to the plan', async () => {
    const { coach, person, path, request } = await aFitNoteRequest(app)
    const answered = await coach.send(`${path}/${request}/result`, came('supported', { words: 'A later start' }))

    expect(answered.location).toMatch(/^\/episodes\/[0-9a-f-]+\/plan$/)
    expect((await coach.open(path)).text).toMatch(/Support agreed.*A later start/)
    expect((await coach.open(`/people/${person}`)).text).toContain(
      'After the request for a fit note: support was agreed',
    )
  })

  it('goes back to a clinician with a reason, and is declined without one', async () => {
    const back = await aFitNoteRequest(app)
    const without = await back.coach.send(`${back.path}/${back.request}/result`, came('clinician'))
    const early = await back.coach.send(
      `${back.path}/${back.request}/result`,
      came('declined', datedOn('held', today.subtract({ days: 1 }))),
    )
    const sent = await back.coach.sendAndFollow(
      `${back.path}/${back.request}/result`,
      came('clinician', { words: 'The pain has changed' }),
    )
    const declined = await aFitNoteRequest(app)
    const left = await declined.coach.sendAndFollow(`${declined.path}/${declined.request}/result`, came('declined'))

    expect([without.status, without.text.includes('Enter why a clinician needs to assess them')]).toEqual([422, true])
    expect(early.text).toContain('Enter a day on or after the day on which they asked')
    expect(sent.text).toMatch(/Back to a clinician.*The pain has changed/)
    expect(left.text).toMatch(/Nothing else changes for them.*Not taken up/)
  })

  it('has one result, which can be taken back and given anew', async () => {
    const { coach, person, path, request } = await aFitNoteRequest(app)
    const first = came('declined')
    await coach.send(`${path}/${request}/result`, first)
    const twice = await coach.send(`${path}/${request}/result`, first)
    const other = await coach.send(`${path}/${request}/result`, came('supported'))
    const undone = await coach.sendAndFollow(`${path}/${request}/result/withdrawal`)
    await coach.send(`${path}/${request}/result`, came('supported'))

    expect(twice.status).toBe(303)
    expect([other.status, other.text.includes('Somebody else has written a result')]).toEqual([409, true])
    expect(undone.text).toContain('Conversation to be held')
    expect((await coach.open(path)).text).toContain('Support agreed')
    expect((await coach.open(`/people/${person}`)).text).toMatch(
      /did not want the conversation or the support Taken back/i,
    )
  })

  it('is taken back with a reason, and then leaves the day and stays in the story', async () => {
    const { coach, person, path, request } = await aFitNoteRequest(app)
    const without = await coach.send(`${path}/${request}/withdrawal`, {})
    const taken = await coach.sendAndFollow(`${path}/${request}/withdrawal`, { reason: 'It is his sister’s' })
    const late = await coach.send(`${path}/${request}/result`, came('supported'))

    expect([without.status, without.text.includes('Enter why the request should not stand here')]).toEqual([422, true])
    expect(taken.text).toMatch(/Taken back.*It is his sister’s/)
    expect(late.status).toBe(409)
    expect((await coach.open('/day?reason=conversation')).html).not.toContain(request)
    expect((await coach.open(`/people/${person}`)).text).toMatch(/for a fit note Taken back/)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is as if it were not there for a %s', async (part) => {
    const { path, request } = await aFitNoteRequest(app)
    const other = await app.as(app.cast[part])
    const [foreign, absent] = [await other.open(path), await other.open(`/people/${newId()}/fit-note-requests`)]
    const answers = [
      await other.open(`${path}/${request}/result`),
      await other.send(`${path}/${request}/result`, came('supported')),
      await other.send(`${path}/${request}/withdrawal`, { reason: 'Not ours' }),
      await other.send(`${path}/${request}/result/withdrawal`),
    ]

    expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect((await other.open('/fit-note-requests')).html).not.toContain(path)
  })
})

describe('A fit note', () => {
  it('is issued by a doctor, nurse, occupational therapist, pharmacist or physiotherapist and by nobody else', async () => {
    const { coach, person, path, request } = await aFitNoteRequest(app)
    const certifiers = ['doctor', 'nurse', 'occupational-therapist', 'pharmacist', 'physiotherapist']
    const day = (name: string) => datedOn(name, today)
    const note = { kind: 'med3', outcome: 'not-fit', issuer: 'Cora Coach', weeks: '2' }
    const days = { ...day('assessed'), ...day('stated'), ...day('from') }
    const answers = [...Object.keys(professions), 'coach', 'employer', ''].map(async (profession) => {
      const seen = await coach.send(`/people/${person}/fit-notes/new/med3`, {
        ...note,
        ...days,
        id: newId(),
        profession,
      })
      return [profession, seen.status] as const
    })
    const taken = (await Promise.all(answers)).filter(([, status]) => status === 303).map(([profession]) => profession)
    const pages = [path, `${path}/${request}/result`, `/people/${person}/fit-notes`, '/area/trailblazer']
    const texts = await Promise.all(
      pages.map(
        async (page) => (await (page.startsWith('/area') ? await app.as(app.cast.manager) : coach).open(page)).html,
      ),
    )
    const controls = texts.flatMap((html) => html.match(/<(?:button|a)\b[^>]*>[\s\S]*?<\/(?:button|a)>/g) ?? [])

    expect(issuersOf.med3.toSorted()).toEqual(certifiers.toSorted())
    expect(taken.toSorted()).toEqual(certifiers.toSorted())
    expect(controls.filter((control) => /issue|certif|fit for work/i.test(control))).toEqual([])
    expect(texts.filter((html) => html.includes('WorkWell never issues one')).length).toBe(3)
  })
})

describe('A referral of somebody who asked for a fit note', () => {
  const robin = {
    ...{ givenName: 'Robin', 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', phone: '07700 900461' },
    ...{ safe: ['call'], postcode: 'LS1 4AP', route: 'gp', referrerName: 'Dr Khan', feedback: 'none' },
    ...{ referrerOrganisation: 'Park Surgery', referrerEmail: 'desk@park.example.org', agreement: 'agreed' },
    ...{ askedFitNote: 'yes', fitNote: 'yes', ...datedOn('fitNoteEndsOn', today.add({ days: 5 })) },
  }
  const referred = async (fields: Fields, id = newId()) => {
    const visitor = app.visitor()
    const page = await visitor.open('/in/north/refer')
    return { id, page, sent: await visitor.send('/in/north/refer', { id, ...robin, ...fields }) }
  }
  const personOf = async (id: string): Promise<string> =>
    (await app.owner.query('select person from referral.referral where id = $1', [id])).rows[0]?.person ?? ''
  const allOf = async (id: string) =>
    (await app.owner.query('select id from fit_note_request.request where id = $1', [id])).rows

  it('is a request for one, once, with its clock and without anything typed twice', async () => {
    await asATrailblazer(app)
    const { id, page } = await referred({ familyName: 'Asked' })
    await referred({ familyName: 'Asked' }, id)
    const manager = await app.as(app.cast.manager)
    const [list, referral, queue] = [
      await manager.open('/referrals'),
      await manager.open(`/referrals/${id}`),
      await manager.open('/fit-note-requests'),
    ]
    const request = await manager.open(`/people/${await personOf(id)}/fit-note-requests`)
    const story = await manager.open(`/people/${await personOf(id)}`)

    expect(page.text).toMatch(/They asked for a fit note, or for a new one.*WorkWell never issues one/)
    expect(await allOf(id)).toHaveLength(1)
    expect(list.text).toMatch(/Robin Asked Asked for a fit note/)
    expect(referral.text).toMatch(/Asked for a fit note Yes.*Conversation about work and health Due Monday 12 January/)
    expect(queue.text).toMatch(/Robin Asked Park Surgery 5 January 2026 12 January 2026 Nobody yet/)
    expect(request.text).toMatch(/Fit note now ends 10 January 2026 Conversation by 12 January 2026/)
    expect(request.html).toContain(`href="/referrals/${id}">It came with a referral`)
    expect(story.text).toContain('Asked Park Surgery for a fit note')
  })

  it('waits with its clock until somebody who was not asked says yes, and is nothing where they say no', async () => {
    await asATrailblazer(app)
    const manager = await app.as(app.cast.manager)
    const held = async (said: string) => {
      const { id } = await referred({ familyName: 'Held', agreement: 'not-asked' })
      const before = await allOf(id)
      app.clock.set('2026-01-08T10:00:00Z')
      await (await app.as(app.cast.manager)).send(`/referrals/${id}/answer`, { answer: said, how: 'telephone' })
      app.clock.set('2026-01-05T10:00:00Z')
      return { id, before, after: await allOf(id) }
    }
    const [yes, no] = [await held('agreed'), await held('declined')]
    const request = await manager.open(`/people/${await personOf(yes.id)}/fit-note-requests`)

    expect([yes.before.length, yes.after.length, no.before.length, no.after.length]).toEqual([0, 1, 0, 0])
    expect(request.text).toMatch(/Asked on 5 January 2026.*Conversation by 15 January 2026/)
  })

  it('names the practice that was asked: the one that refers, or the one that the person is with', async () => {
    await asATrailblazer(app)
    const nameless = await referred({ familyName: 'Nameless', referrerOrganisation: '', referrerEmail: '' })
    const council = await referred({ familyName: 'Council', route: 'council' })
    const { id } = await referred({ familyName: 'Council', route: 'council', gpPractice: 'Elms Practice' })
    const written = await app.owner.query('select practice, email from fit_note_request.request where id = $1', [id])

    expect(nameless.sent.html).toMatch(/href="#referrerOrganisation">Enter the name of the practice/)
    expect(council.sent.html).toMatch(/href="#gpPractice">Enter the name of the practice/)
    expect(written.rows).toEqual([{ practice: 'Elms Practice', email: null }])
  })

  it('is told what came of it at the practice that referred, as far as the person allows', async () => {
    await asATrailblazer(app)
    const { id } = await referred({ familyName: 'Told' })
    const person = await personOf(id)
    const path = `/people/${person}/fit-note-requests`
    const manager = await app.as(app.cast.manager)
    await manager.send(`/people/${person}/agreements`, {
      ...{ form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': 'status' },
    })
    await manager.send(`${path}/${id}/result`, came('declined'))
    const { rows } = await app.owner.query(
      `select message.address from notify.message join request.request asked on asked.id = message.about
        where asked.person = $1`,
      [person],
    )

    expect(rows).toEqual([{ address: 'desk@park.example.org' }])
  })

  it('is asked about by staff too, and by nobody where the area does not take part', async () => {
    await asATrailblazer(app)
    const coach = await app.as(app.cast.manager)
    const staff = await coach.open('/referrals/new')
    const [id, arrived] = [newId(), { channel: 'telephone', ...datedOn('receivedOn', today) }]
    await coach.send('/referrals/new', { id, familyName: 'Rung', ...robin, ...arrived })
    await app.owner.query(`delete from areas.setting where name = 'trailblazer'`)
    const outside = await referred({ familyName: 'Outside' })

    expect(staff.text).toContain('They asked for a fit note, or for a new one')
    expect(await allOf(id)).toHaveLength(1)
    expect(outside.page.text).not.toContain('They asked for a fit note')
    expect(outside.page.text).toContain('Do they have a fit note now?')
    expect([outside.sent.status, await allOf(outside.id)]).toEqual([303, []])
  })
})
