import { newId } from '#platform/ids.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { someToLookAfter } from '#test/people/caseloads.ts'
import { anEpisode } from '#test/people/episode.ts'
import { anAnswer } from '#test/people.ts'
import { aBeginning, agreedPlan, agreedToTakePart, cameToAppointment, dayFields, talked } from '#test/people/story.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await someToLookAfter(app)
})
afterAll(() => app.close())

describe("A coach's day", () => {
  it('has each person with the reason and the one thing that clears it, overdue first', async () => {
    const seen = await (await app.as(app.cast.coach)).open('/day')

    expect(seen.text).toMatch(/Olive Overdue.*Overdue.*Log a contact.*Tom Today.*Today/)
    expect(seen.html).toMatch(/\/episodes\/[0-9a-f-]{36}\/contacts\/new/)
  })

  it("holds only the coach's own people", async () => {
    const seen = await (await app.as(app.cast.coach)).open('/day')

    expect(seen.text).not.toContain('Col Colleague')
    expect(seen.text).not.toContain('Pru Provider')
    expect(seen.text).not.toContain('Una Unallocated')
  })

  it('says what will appear when nothing has to be done', async () => {
    const seen = await (await app.as(app.cast.seniorCoach)).open('/day')

    expect(seen.text).toContain('Nothing is due today')
  })

  it('is written into the journal as one look at the people shown', async () => {
    await (await app.as(app.cast.coach)).open('/day?reason=overdue')
    const { rows } = await app.owner.query(
      `select jsonb_array_length(codes -> 'shown') as shown from journal.entry where what = 'day.list' order by id desc limit 1`,
    )

    expect(rows).toEqual([{ shown: 1 }])
  })
})

describe('The board', () => {
  it('counts the people behind each of its lists', async () => {
    const seen = await (await app.as(app.cast.manager)).open('/board')

    expect(seen.text).toMatch(/1 Without a coach/)
    expect(seen.text).toMatch(/4 With the service/)
    expect(seen.text).toMatch(
      /Carol Coach 2 people of Carol Coach 40 4 of 200 Why these points of Carol Coach 1 overdue with Carol Coach Has room/,
    )
  })

  it("shows another provider's manager only their own", async () => {
    const seen = await (await app.as(app.cast.providerManager)).open('/board')

    expect(seen.text).not.toContain('Carol Coach')
    expect(seen.text).toContain('Pat Provider')
  })
})

describe('Somebody in aftercare', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)
  const after = (familyName: string, followUp13On: string) =>
    anEpisode(app, {
      ...{ coach: app.cast.seniorCoach, familyName },
      steps: [
        [{ kind: 'assessed' }, 0],
        [{ kind: 'plan-agreed', planType: 'seek-work', limitOn: day('2026-03-30') }, 0],
        [{ kind: 'completed', followUp13On: day(followUp13On), followUp26On: day('2026-07-06') }, 0],
      ],
    })

  it('is on the day when a follow-up is due, or something else has to be looked at, and not otherwise', async () => {
    await after('Asked', '2026-01-05')
    await after('Resting', '2026-04-06')
    const { episode } = await after('Worrying', '2026-04-06')
    const coach = await app.as(app.cast.seniorCoach)
    const look = { 'next-look-on-day': '5', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
    await coach.send(`/episodes/${episode}/concerns`, {
      ...{ id: newId(), kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' },
      ...look,
    })
    const seen = await coach.open('/day')

    expect(seen.text).toMatch(/Robin Worrying Safety .*Robin Asked Follow-up after support/)
    expect(seen.text).not.toContain('Robin Resting')
    expect((await (await app.as(app.cast.otherCoach)).open('/day')).text).not.toContain('Worrying')
  })

  it('stands on a list of their own, so that the caseload is as many as the day says', async () => {
    const coach = await app.as(app.cast.seniorCoach)
    const caseload = await coach.open('/caseload')
    const aftercare = await coach.open('/caseload?stage=aftercare')

    expect((await coach.open('/day')).text).toContain('All my people (0)')
    expect(caseload.text).toContain('3 more people are in aftercare')
    expect(caseload.text).not.toContain('Robin Resting')
    expect(aftercare.text).toContain('3 people')
    expect(aftercare.text).toContain('Robin Resting')
  })
})

describe('What somebody needs to take part', () => {
  it('stands beside them before anybody rings, and is asked again after twelve months', async () => {
    const { person } = await anEpisode(app, { coach: app.cast.clinician, familyName: 'Texting' })
    await app.owner.query(
      `update people.person set access_needs = '{text-only,large-print}', access_reviewed_on = $2 where id = $1`,
      [person, '2025-01-05'],
    )
    const coach = await app.as(app.cast.clinician)
    const seen = await coach.open('/day')

    expect(seen.text).toContain('Not by phone, Needs: Contact by text or email only, Large print')
    expect(seen.text).toContain('Twelve months have passed since they were asked')
    expect(seen.html).toContain(`/people/${person}/details/access`)
    await app.owner.query(`update people.person set access_reviewed_on = '2025-01-06' where id = $1`, [person])
    expect((await coach.open('/day')).text).not.toContain('Twelve months have passed')
  })
})

// Last, because it adds somebody whom the board would count.
describe('A day with appointments', () => {
  it('has the appointments of the day, and asks how a past one went', async () => {
    const { episode } = await anEpisode(app, { coach: app.cast.otherCoach, familyName: 'Booked' })
    const browser = await app.as(app.cast.otherCoach)
    const day = { 'day-day': '5', 'day-month': '1', 'day-year': '2026', minutes: '30', mode: 'phone' }
    const member = app.cast.otherCoach.membership
    const given = { ...day, member, purpose: 'first', time: '14:00', interpreter: 'none', tell: 'staff' }
    await browser.send(`/episodes/${episode}/appointments`, { ...given, id: newId() })

    const before = await browser.open('/day')
    app.clock.pass({ hours: 5 })
    const after = await (await app.as(app.cast.otherCoach)).open('/day')
    app.clock.set('2026-01-05T10:00:00Z')

    expect(before.text).toMatch(/Appointments today 14:00 to 14:30: Robin Booked , by telephone/)
    expect(before.text).toMatch(/Free time today 10:00 to 14:00 14:30 to 17:00/)
    expect(before.text).toMatch(/Robin Booked Today Appointment Today/)
    expect(before.text).toContain('Open the appointments for Robin Booked')
    expect(after.text).toMatch(/Robin Booked Appointment without a result How did it go\?/)
  })
})

describe('What changed since yesterday', () => {
  it('is what others did for the people of a coach, and not what they did themselves', async () => {
    const { episode } = await anEpisode(app, { givenName: 'Ivy', familyName: 'Changed' })
    const own = await anEpisode(app, { givenName: 'Ola', familyName: 'Own' })
    const contact = { way: 'mobile', result: 'reached', note: 'Rang in' }
    await (await app.as(app.cast.otherCoach)).send(`/episodes/${episode}/contacts`, { ...contact, id: newId() })
    await (await app.as(app.cast.coach)).send(`/episodes/${own.episode}/contacts`, { ...contact, id: newId() })
    const [mine, theirs] = await Promise.all(
      [app.cast.coach, app.cast.otherCoach].map(async (one) => (await app.as(one)).open('/day')),
    )

    expect(mine?.text).toMatch(/What changed since Friday 2 January 2026 .*Ivy Changed Spoken to Colin Colleague Today/)
    expect(mine?.text).not.toContain('Ola Own')
    expect(theirs?.text).not.toContain('Ivy Changed')
  })

  it('is also a message that did not go out, and why', async () => {
    const { episode, person } = await anEpisode(app, { givenName: 'Mo', familyName: 'Message' })
    const day = { 'day-day': '12', 'day-month': '1', 'day-year': '2026', minutes: '30', mode: 'phone' }
    const given = { ...day, member: app.cast.coach.membership, purpose: 'first', time: '14:00', interpreter: 'none' }
    await (
      await app.as(app.cast.coach)
    ).send(`/episodes/${episode}/appointments`, { ...given, tell: 'message', id: newId() })
    await anAnswer(app, person, 'contact', false)
    await app.work()
    const seen = await (await app.as(app.cast.coach)).open('/day')

    expect(seen.text).toMatch(/Mo Message A message did not go out, text message to them: “An appointment is booked”. /)
  })

  it('says what will stand there when nothing has', async () => {
    const seen = await (await app.as(app.cast.clinician)).open('/day')

    expect(seen.text).toContain('messages that did not reach them appear here')
  })
})

describe('Somebody who was left a message', () => {
  it('waits on the day for an answer until somebody has spoken to them', async () => {
    const { episode } = await anEpisode(app, { givenName: 'Rae', familyName: 'Reply' })
    const coach = await app.as(app.cast.coach)
    const fields = { id: newId(), way: 'text', result: 'message-left', ...dayFields(app, 'next', 3) }
    await coach.send(`/episodes/${episode}/contacts`, fields)
    const waiting = await coach.open('/day?reason=reply')
    await coach.send(`/episodes/${episode}/contacts`, { id: newId(), way: 'mobile', result: 'reached' })
    const answered = await coach.open('/day?reason=reply')

    expect(waiting.text).toMatch(/Rae Reply Waiting for a reply A message waits for an answer Today Log a contact/)
    expect(answered.text).not.toContain('Rae Reply Waiting')
  })
})

describe('What is due after each stage', () => {
  const onDay = async (name: string) => {
    const { text } = await (await app.as(app.cast.coach)).open('/day')
    return new RegExp(`To do .*?(${name} .*?) What changed`).exec(text)?.[1] ?? ''
  }

  it('is the plan after the conversation, and keeping in touch after the plan; nothing stays due that was done', async () => {
    const { episode, person } = await aBeginning(app, { person: { givenName: 'Nina', familyName: 'Next' } })
    await agreedToTakePart(app, person)
    app.clock.pass({ hours: 72 })
    await cameToAppointment(app, episode)
    const came = await onDay('Nina Next')
    await talked(app, episode)
    const afterTalk = await onDay('Nina Next')
    app.clock.set('2026-01-16T10:00:00Z')
    const planDue = await onDay('Nina Next')
    await agreedPlan(app, episode)
    const afterPlan = await onDay('Nina Next')
    app.clock.set('2026-01-29T10:00:00Z')
    const inTouch = await onDay('Nina Next')

    expect(came).toMatch(/Write it up/)
    expect(afterTalk).toBe('')
    expect(planDue).toMatch(/Plan to agree.*Agree the plan/)
    expect(afterPlan).toBe('')
    expect(inTouch).toMatch(/Contact.*Log a contact/)
  })
})

describe('Somebody who has died', () => {
  it('is on the day to have their support ended, with an open concern and nothing else, until it has ended', async () => {
    const { episode, person } = await anEpisode(app, { givenName: 'Dora', familyName: 'Gone' })
    const coach = await app.as(app.cast.coach)
    const contact = { way: 'text', result: 'message-left', ...dayFields(app, 'next', 0) }
    await coach.send(`/episodes/${episode}/contacts`, { ...contact, id: newId() })
    const concern = { kind: 'self-harm', seen: 'Said: I cannot go on', done: 'Rang the crisis team together' }
    await coach.send(`/episodes/${episode}/concerns`, { ...concern, id: newId(), ...dayFields(app, 'next-look-on', 1) })
    const theirs = async () => {
      const { html, text } = await coach.open('/day')
      const [todo = ''] = /To do[\s\S]*?<\/table>/.exec(html) ?? []
      return {
        text,
        links: [...todo.matchAll(/href="\/episodes\/([^/]+)\/([^"]+)"/g)].flatMap(([, of, to]) =>
          of === episode ? [to] : [],
        ),
      }
    }
    const before = await theirs()
    await app.owner.query('update people.person set died_on = $2 where id = $1', [person, '2026-01-04'])
    const after = await theirs()
    const page = await coach.open(`/episodes/${episode}/ending/death`)
    await coach.send(`/episodes/${episode}/ending/death`, { id: newId() })

    expect(before.links).toContain('contacts/new')
    expect(after.links).toEqual(['concerns', 'ending/death'])
    expect(after.text).toMatch(/Dora Gone Has died .*support is still open.*End support for Dora Gone/)
    expect(page.text).toContain('When you confirm, support ends at once')
    expect((await theirs()).links).not.toContain('ending/death')
  })
})

// After everything else, so that there is much to count.
describe('The numbers of a day', () => {
  it('each open a list of exactly as many', async () => {
    const coach = await app.as(app.cast.coach)
    const { html } = await coach.open('/day')
    const reasons = [...html.matchAll(/href="(\/day\?reason=[a-z-]+)"[^>]*><span class="ww-figure__number">(\d+)/g)]
    const all = /href="(\/caseload)"[^>]*>\s*All my people \((\d+)\)/.exec(html) ?? []
    const numbers = [...reasons, all].map(([, href = '', number]) => [href, Number(number)] as const)
    const opened = await Promise.all(
      numbers.map(async ([href]) => {
        const [body = ''] = /<tbody[\s\S]*?<\/tbody>/.exec((await coach.open(href)).html) ?? []
        return [href, body.match(/<tr/g)?.length ?? 0] as const
      }),
    )

    expect(opened).toEqual(numbers)
    expect(numbers.length).toBeGreaterThan(3)
  })
})
