import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '#journey/timeline/rules.ts'
import { newId } from '#platform/ids.ts'
import type { Member } from '#test/cast.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'
import { aWholeStory, dayFields, type Story } from '#test/people/story.ts'

let app: TestApp
let robin: Standing
beforeAll(async () => {
  app = await startApp()
  robin = await anEpisode(app, { givenName: '<b>Robin</b>', steps: [[{ kind: 'tried' }, 1]] })
})
afterAll(() => app.close())

describe('The record of a person', () => {
  it('tells the story, the newest first, and offers what can be done next', async () => {
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)

    expect(seen.text).toMatch(/Tried to reach.*Carol Coach.*Accepted.*Referral received/)
    expect(seen.html).toContain(`/episodes/${robin.episode}/contacts/new`)
    expect(seen.html).not.toContain(`/episodes/${robin.episode}/completion`)
  })

  it('leads to what somebody needs and to questionnaires, before any was answered', async () => {
    const { person } = await anEpisode(app)
    const read = async (member: Member) => (await (await app.as(member)).open(`/people/${person}`)).html

    expect(await read(app.cast.coach)).toContain(`href="/people/${person}/needs"`)
    expect(await read(app.cast.coach)).toContain(`href="/people/${person}/questionnaires"`)
    expect(await read(app.cast.administrator)).not.toContain(`href="/people/${person}/questionnaires"`)
  })

  it('offers a handover to those who say which provider somebody is with', async () => {
    const offered = async (member: Member) => {
      const seen = await (await app.as(member)).open(`/people/${robin.person}`)
      return seen.html.includes(`/episodes/${robin.episode}/handover`)
    }

    expect([await offered(app.cast.manager), await offered(app.cast.administrator)]).toEqual([true, true])
    expect(await offered(app.cast.coach)).toBe(false)
  })

  it('shows text that people gave as text, whatever is in it', async () => {
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)

    expect(seen.html).toContain('&lt;b&gt;Robin&lt;/b&gt;')
    expect(seen.html).not.toContain('<b>Robin</b>')
  })

  it.each(['providerCoach', 'coachElsewhere', 'managerElsewhere'] as const)(
    'is for a %s as if it were not there',
    async (part) => {
      const browser = await app.as(app.cast[part])
      const foreign = await browser.open(`/people/${robin.person}`)
      const absent = await browser.open(`/people/${randomUUIDv7()}`)

      expect(foreign.status).toBe(404)
      expect([foreign.status, foreign.text]).toEqual([absent.status, absent.text])
    },
  )

  it.each(['areaLead', 'councilLead', 'jobcentrePartner', 'nationalTeam'] as const)(
    'is not for a %s at all',
    async (part) => {
      expect((await (await app.as(app.cast[part])).open(`/people/${robin.person}`)).status).toBe(403)
    },
  )

  it('of somebody who has withdrawn says so first, and offers the ending before a call', async () => {
    const { person, episode } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person}/withdrawal`, { form: newId(), how: 'telephone' })
    const seen = await coach.open(`/people/${person}`)
    const [first] = /href="\/episodes\/[^"]*"/.exec(seen.html) ?? []

    expect(seen.text).toContain('Has withdrawn: do not contact them')
    expect(seen.text).toContain('Next They do not take part any more: end support')
    expect(first).toBe(`href="/episodes/${episode}/ending"`)
  })

  it('of somebody who said no to taking part, and may be contacted, says that', async () => {
    const { person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const no = { form: newId(), how: 'telephone', 'take-part': 'no' }
    await coach.send(`/people/${person}/agreements`, no)

    expect((await coach.open(`/people/${person}`)).text).toContain('Does not want to take part')
  })

  it('of somebody as whom nobody may sign in says so where it says how to reach them', async () => {
    const { person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(`/people/${person}`)
    await coach.send(`/people/${person}/online`, { reason: 'at-risk' })

    expect(before.text).not.toContain('No access online')
    expect((await coach.open(`/people/${person}`)).text).toMatch(
      /Reaching them safely [^:]*No access online: do not ask/,
    )
  })

  it('ends each sentence of how they are reached once, where whoever wrote one ended it and where not', async () => {
    const { person } = await anEpisode(app)
    const coach = await app.as(app.cast.coach)
    await app.owner.query(`update people.person set safe_note = 'Text first.', best_time = 'Mornings' where id = $1`, [
      person,
    ])

    expect((await coach.open(`/people/${person}`)).text).toContain('Text first. Best time: Mornings.')
  })

  it('of somebody whose support has ended offers to refer them again, unless they have died', async () => {
    const ended = { kind: 'ended', as: 'left-early' } as const
    const { person } = await anEpisode(app, { steps: [[ended, 1]] })
    const coach = await app.as(app.cast.coach)
    const seen = await coach.open(`/people/${person}`)
    await app.owner.query(`update people.person set died_on = '2026-01-05' where id = $1`, [person])
    const after = await coach.open(`/people/${person}`)

    expect(seen.html).toContain(`/people/${person}/referrals/new`)
    expect(after.html).not.toContain(`/people/${person}/referrals/new`)
  })

  it('of somebody who has died says so and when, and leads to the end of their support and nowhere else', async () => {
    const { person, episode } = await anEpisode(app, { givenName: 'Dora', familyName: 'Dead' })
    const coach = await app.as(app.cast.coach)
    await app.owner.query(`update people.person set died_on = '2026-01-04' where id = $1`, [person])
    const seen = await coach.open(`/people/${person}`)
    const page = await coach.open(`/episodes/${episode}/ending/death`)
    const after = await coach.sendAndFollow(`/episodes/${episode}/ending/death`, { id: newId() })

    expect(seen.text).toContain('Dora Dead died on 4 January 2026')
    expect(seen.text).toContain('Support is still open: end it because they died')
    expect(seen.text).toContain('Next End support because they died')
    expect(seen.html).toContain(`/episodes/${episode}/ending/death`)
    expect(seen.html).not.toMatch(/\/(contacts\/new|appointments\/new|support\/new|completion|passing-on|move)"/)
    expect(page.status).toBe(200)
    expect(after.text).toContain('Nothing is sent to them any more')
    expect(after.text).not.toContain('Support is still open')
  })

  it('is not opened without a trace', async () => {
    await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)
    const { rows } = await app.owner.query(
      `select account, role, person from journal.entry where what = 'record.opened' order by id desc limit 1`,
    )

    expect(rows).toEqual([{ account: app.cast.coach.account, role: 'coach', person: robin.person }])
  })

  it('cannot be opened when the journal cannot be written', async () => {
    await app.owner.query('revoke insert on journal.entry from workwell_app')
    const seen = await (await app.as(app.cast.coach)).open(`/people/${robin.person}`)
    await app.owner.query('grant insert on journal.entry to workwell_app')

    expect(seen.status).toBe(500)
    expect(seen.text).not.toContain('Robin')
  })

  it('sends somebody who is not signed in to sign in first', async () => {
    const seen = await app.visitor().open(`/people/${robin.person}`)

    expect(seen.location).toBe(`/sign-in?to=${encodeURIComponent(`/people/${robin.person}`)}`)
  })
})

describe('The story of a person', () => {
  let story: Story
  beforeAll(async () => {
    story = await aWholeStory(app)
  })
  const read = async (query = '') => (await app.as(app.cast.coach)).open(`/people/${story.person}${query}`)
  const bothPages = async () => {
    const newest = await read()
    const [, older = ''] = /href="[^"]*(\?[^"#]*before=[^"#]*)/.exec(newest.html) ?? []
    return [newest, await read(older.replaceAll('&amp;', '&'))]
  }

  it.each([
    [
      'a referral in the words of who sent it',
      /Referral received: GP or primary care .*Dr Grey, Elms Practice .*whole shift/,
    ],
    ['what was decided and why', /Accepted .*Ada Administrator Spoke to the practice/],
    ['the coach and the reason', /Coach: Carol Coach .*Max Manager They know the person already Worked with them/],
    ['a contact in its words, and what was set next', /Call to another phone: we spoke .*Prefers mornings.*Next: book/],
    ['an appointment', /Appointment made: Thursday 8 January 2026, 10:30 .*First conversation, in person, Library/],
    ['that it was moved, by whom and why', /Appointment moved: Friday 9 January 2026, 11:00 .*The person: caring/],
    ['that somebody came', /Came to the appointment Friday 9 January 2026, 11:00 .*Came with a friend/],
    ['what was agreed to', /Agreed: take part in WorkWell .*By telephone/],
    ['what was not', /Said no: be asked to take part in research/],
    ['the words of the conversation', /In the way: pain, sleep What matters to them: “Being there for the children at/],
    ['the plan', /Plan agreed: Return to Work .*“I want to stand in my own kitchen again/],
    ['a plan that was sent', /Plan sent to agree, by a link that you passed on .*Carol Coach/],
    ['that they wanted to talk about it', /Wants to talk about the plan first .*Is a whole morning not too much/],
    [
      'that they agreed it themselves',
      /Plan agreed again, version 2 .*Try the stool for a morning .*Agreed in their own/,
    ],
    ['what came of an action', /This did not work: ask for a phased return .*The manager was away/],
    ['help that was given', /Talking with the employer, 45 minutes .*Rang the manager: three mornings/],
    ['that support waited', /Waiting: NHS treatment or appointment .*Physiotherapy First session is booked/],
    ['that it went on', /Carried on after 5 days of waiting .*The physiotherapist has seen them/],
    ['a message as it went to the referrer', /Email to whoever referred them .*Thank you. Your referral WW-/],
    [
      'a fit note',
      /Fit note from .*: may be fit for work, taking account of advice .*Altered hours Knee pain .*Dr Grey/,
    ],
    ['what came of an application', /Application, no answer came: Baker, Mill Bakery .*Ring them/],
    ['a request for a fit note', /Asked Mill Lane Surgery for a fit note .*Standing at the till is too much/],
    ['what came of a request', /After the request for a fit note: support was agreed .*We ask for a stool/],
    ['what came of an adjustment', /Adjustment agreed: A chair with arms .*Said by Ms Ray, manager/],
    ['a concern', /Safety concern: harm to themselves.*Said that some nights are very dark Told: Sara Senior/],
    ['the end', /Support completed .*Returned to the same job Next: Keep the three mornings/],
    ['what was heard afterwards', /Follow-up after 13 weeks: they answered .*In work: yes Health: better Back at five/],
  ])('tells %s', async (_what, words) => {
    const pages = await bothPages()
    expect(pages.map(({ text }) => text).join(' ')).toMatch(words)
  })

  it('leads from what happened to where it is read whole and put right', async () => {
    const html = (await bothPages()).map((page) => page.html).join('')

    for (const path of ['contacts#', 'plan/versions', 'support#', 'pause', 'completion', 'follow-ups/13'])
      expect(html).toContain(`href="/episodes/${story.episode}/${path}`)
    expect(html).toContain(`href="/referrals/${story.referral}"`)
    expect(html).toMatch(/href="\/(appointments|assessments|concerns)\/[0-9a-f-]{36}"/)
  })

  it.each(Object.keys(kinds))('is narrowed down to %s and shows nothing else', async (kind) => {
    const { html, status } = await read(`?kind=${kind}`)
    const shown = [...html.matchAll(/<li id="([a-z-]+?)-[0-9a-f-]{36}"/g)].map(([, one]) => one)

    expect(status).toBe(200)
    expect([...new Set(shown)]).toEqual([kind])
  })

  it('narrows down what is only known as a step too, such as history that was brought in', async () => {
    const { person } = await anEpisode(app)
    const seen = await (await app.as(app.cast.coach)).open(`/people/${person}?kind=coach`)

    expect(seen.text).toMatch(/Coach changed .*Now Carol Coach/)
    expect(seen.html).not.toContain('id="referral-')
  })

  it('goes on page by page without a gap or a double, though much happened at one moment', async () => {
    const coach = await app.as(app.cast.coach)
    for (let number = 0; number < 30; number += 1) {
      const fields = { id: newId(), way: 'telephone', result: 'no-answer', note: `Try ${number}.` }
      await coach.send(`/episodes/${robin.episode}/contacts`, fields)
    }
    const first = await coach.open(`/people/${robin.person}`)
    const older = /href="(\/people\/[^"]+before=[^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await coach.open(older)
    const tries = [...`${first.text} ${second.text}`.matchAll(/Try \d+\./g)].map(([one]) => one)

    expect(tries.length).toBe(30)
    expect(new Set(tries).size).toBe(30)
    expect(second.text).toContain('Referral received')
    expect(second.html).toContain('rel="prev"')
  })

  it('says of a concern that only few may read no more than that it is there', async () => {
    const fields = {
      id: newId(),
      kind: 'domestic-abuse',
      seen: 'Her partner waits outside',
      done: 'Rang the duty lead',
    }
    const { episode, person } = await anEpisode(app, { coach: app.cast.otherCoach })
    const wrote = await app.as(app.cast.otherCoach)
    await wrote.send(`/episodes/${episode}/concerns`, { ...fields, ...dayFields(app, 'next-look-on', 1) })
    const [mine, lead, colleague] = await Promise.all(
      [wrote, await app.as(app.cast.seniorCoach), await app.as(app.cast.coach)].map((one) =>
        one.open(`/people/${person}`),
      ),
    )

    expect(mine?.text).toContain('Her partner waits outside')
    expect(lead?.text).toContain('Her partner waits outside')
    expect(colleague?.text).toContain('Safety concern: restricted')
    expect(colleague?.text).not.toMatch(/partner|abuse|Rang the duty lead|Colin Colleague Done/)
  })

  it('keeps what was taken back, and says so', async () => {
    const coach = await app.as(app.cast.coach)
    const { episode, person } = await anEpisode(app)
    const contact = newId()
    await coach.send(`/episodes/${episode}/contacts`, {
      id: contact,
      way: 'text',
      result: 'message-left',
      note: 'Wrong one',
    })
    await coach.send(`/contacts/${contact}/withdrawal`, { reason: 'wrong-person' })
    const seen = await coach.open(`/people/${person}`)

    expect(seen.text).toMatch(/Text message: message left or sent Taken back .*Wrong one Logged on the wrong person/)
  })
})

describe('A record into which another was merged', () => {
  const merge = (person: string, into: string | null) =>
    app.owner.query('update people.person set merged_into = $2 where id = $1', [person, into])

  it('shows the concerns and the answers of both, and parts them again when that is taken back', async () => {
    const kept = await anEpisode(app, { familyName: 'Kept' })
    const other = await anEpisode(app, { familyName: 'Other' })
    const coach = await app.as(app.cast.coach)
    const concern = { id: newId(), kind: 'self-harm', seen: 'Cannot go on', done: 'Stayed with them' }
    await coach.send(`/episodes/${other.episode}/concerns`, { ...concern, ...dayFields(app, 'next-look-on', 1) })
    await coach.send(`/people/${other.person}/agreements`, { form: newId(), how: 'telephone', research: 'no' })
    const before = await coach.open(`/people/${kept.person}`)
    await merge(other.person, kept.person)
    const merged = await coach.open(`/people/${kept.person}`)
    const concerns = await coach.open(`/episodes/${kept.episode}/concerns`)
    await merge(other.person, null)
    const parted = await coach.open(`/people/${kept.person}`)

    expect(merged.text).toMatch(/Robin Kept Safety .*Cannot go on .*Be asked to take part in research: no/)
    expect(concerns.text).toContain('Cannot go on')
    for (const one of [before, parted]) expect(one.text).not.toMatch(/Cannot go on|take part in research: no/)
  })

  it('goes on with the support that is open, though what ended as a duplicate began later', async () => {
    const kept = await anEpisode(app, { familyName: 'Goes', steps: [[{ kind: 'tried' }, 0]] })
    const coach = await app.as(app.cast.coach)
    app.clock.pass({ minutes: 10 })
    const twice = await anEpisode(app, { familyName: 'Twice', steps: [[{ kind: 'ended', as: 'duplicate' }, 0]] })
    await merge(twice.person, kept.person)
    const running = await coach.open(`/people/${kept.person}`)
    const left = { id: newId(), endedAs: 'left-early', said: 'Found help elsewhere', ...dayFields(app, 'ended') }
    await coach.send(`/episodes/${kept.episode}/ending`, left)
    const after = await coach.open(`/people/${kept.person}`)

    expect(running.text).toMatch(/Robin Goes Trying to contact .*Earlier support From today: ended early/)
    expect(running.html).toContain(`/episodes/${kept.episode}/contacts/new`)
    expect(after.html).toContain(`/episodes/${kept.episode}/concerns`)
    expect(after.html).not.toContain(`/episodes/${twice.episode}/concerns`)
  })
})
