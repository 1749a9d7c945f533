import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { findEpisode, listSteps } from '#journey/episode/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aContact, aMeeting } from '#test/people/facts.ts'
import { aCompletedPlan, anAcceptedEpisode, anAgreedPlan, anAssessedEpisode, type Spell } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const ending = {
  ...{ as: 'left-early', said: 'My mother needs me now', handedTo: 'Carers’ centre', told: 'telephone' },
  ...{ 'ended-day': '5', 'ended-month': '1', 'ended-year': '2026' },
}

async function end({ coach, episode }: Spell, fields: Record<string, string> = {}) {
  const browser = await app.as(coach)
  const sent = { id: newId(), ...ending, ...fields }
  return { browser, sent, answer: await browser.send(`/episodes/${episode}/ending`, sent) }
}

describe('Ending support early', () => {
  it('keeps the reason, what the person said and where they go from here', async () => {
    const spell = await anAgreedPlan(app)

    const { browser, answer } = await end(spell)

    const page = await browser.open(`/episodes/${spell.episode}/ending`)
    expect(answer.location).toBe(`/people/${spell.person}`)
    expect(page.text).toContain('My mother needs me now')
    expect(page.text).toContain('Carers’ centre')
    expect(await standingOf(spell)).toMatchObject({ stage: 'ended', ended_as: 'left-early', next_due_on: null })
  })

  it('twice with one form ends it once', async () => {
    const spell = await anAcceptedEpisode(app)
    const { browser, sent } = await end(spell, { as: 'declined' })

    const again = await browser.send(`/episodes/${spell.episode}/ending`, sent)

    const steps = await app.inArea('north', (db) => listSteps(db, 'north', spell.episode))
    expect(again.status).toBe(303)
    expect(steps.filter(({ step }) => step.kind === 'ended')).toHaveLength(1)
  })

  it('asks nobody to say why they stop', async () => {
    const spell = await anAssessedEpisode(app)

    expect((await end(spell, { as: 'left-early', said: '' })).answer.status).toBe(303)
    expect((await end(await anAcceptedEpisode(app), { as: 'declined', said: '' })).answer.status).toBe(303)
  })

  it('asks what is missing and keeps what was typed', async () => {
    const { answer } = await end(await anAssessedEpisode(app), { as: 'not-eligible', handedTo: '' })

    expect(answer.status).toBe(422)
    expect(answer.text).toContain('nobody is left without a next step')
    expect(answer.text).toContain('My mother needs me now')
  })

  it('by a move names the area, and an area there is not is refused', async () => {
    const spell = await anAssessedEpisode(app)

    const nowhere = await end(spell, { as: 'moved', toArea: 'nowhere' })
    const { browser, answer } = await end(spell, { as: 'moved', toArea: 'south' })

    expect(nowhere.answer.text).toContain('Select the area they moved to')
    expect(answer.status).toBe(303)
    expect((await browser.open(`/episodes/${spell.episode}/ending`)).text).toContain('WorkWell south')
  })

  it('calls off what is still booked, and says so before', async () => {
    const spell = await anAgreedPlan(app)
    await aMeeting(app, spell, { hours: 48 })
    const browser = await app.as(spell.coach)
    const asked = await browser.open(`/episodes/${spell.episode}/ending`)

    await end(spell)

    expect(asked.text).toContain('Still booked, and called off when support ends')
    expect((await browser.open(`/episodes/${spell.episode}/appointments`)).text).toContain('Cancelled')
    const { rows } = await app.owner.query(
      'select from appointment.slot s join appointment.appointment a on a.id = s.appointment where a.episode = $1',
      [spell.episode],
    )
    expect(rows).toEqual([])
  })

  it('shows the tries that were made before somebody counts as unreachable', async () => {
    const spell = await anAcceptedEpisode(app)
    await aContact(app, spell, 'no-answer')
    const { browser, answer } = await end(spell, { as: 'unreachable', said: '' })

    const kept = await end(spell, { as: 'unreachable', said: '', fewTriesBecause: 'Their number is no longer in use' })

    expect(answer.text).toContain('Tried since they were last spoken to')
    expect(answer.text).toContain('Say why support ends before the tries are made that this area asks for')
    expect(kept.answer.status).toBe(303)
    expect((await browser.open(`/episodes/${spell.episode}/ending`)).text).toContain('Their number is no longer in use')
  })

  it('is not for a completed plan', async () => {
    const { answer } = await end(await aCompletedPlan(app))

    expect(answer.status).toBe(422)
    expect(answer.text).toContain('The plan was completed')
  })

  it('by mistake is taken back with a reason, and support goes on from where it was', async () => {
    const spell = await anAgreedPlan(app)
    const { browser } = await end(spell)

    const bare = await browser.send(`/episodes/${spell.episode}/ending/withdrawal`, { id: newId() })
    const back = await browser.send(`/episodes/${spell.episode}/ending/withdrawal`, {
      id: newId(),
      reason: 'Wrong person',
    })

    expect(bare.text).toContain('Say why the ending is taken back')
    expect(back.status).toBe(303)
    expect(await standingOf(spell)).toMatchObject({ stage: 'plan-agreed', ended_at: null, ended_as: null })
    expect((await end(spell)).answer.status).toBe(303)
  })

  it('is not taken back once a new spell of support has begun', async () => {
    const spell = await anAgreedPlan(app)
    const { browser } = await end(spell)
    await anAcceptedEpisode(app, { person: spell.person })

    const page = await browser.send(`/episodes/${spell.episode}/ending/withdrawal`, { id: newId(), reason: 'Wrong' })

    expect(page.status).toBe(422)
    expect(page.text).toContain('Go on with that one')
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is the same as no record to the %s', async (who) => {
    const { episode } = await anAgreedPlan(app)
    const browser = await app.as(app.cast[who])

    for (const page of ['', '/death']) {
      const refused = await browser.open(`/episodes/${episode}/ending${page}`)
      const missing = await browser.open(`/episodes/${newId()}/ending${page}`)
      expect(refused.status).toBe(404)
      expect(refused.text).toBe(missing.text)
    }
    expect((await browser.send(`/episodes/${episode}/ending`, { ...ending, id: newId() })).status).toBe(404)
    expect((await browser.send(`/episodes/${episode}/ending/withdrawal`, { id: newId(), reason: 'x' })).status).toBe(
      404,
    )
  })
})

describe('Somebody who does not take part any more', () => {
  const telephone = { how: 'telephone' }
  const chosenOn = (html: string) => /name="as" checked="" value="([^"]+)"/.exec(html)?.[1]
  const withdraw = async ({ coach, person }: Spell) =>
    (await app.as(coach)).send(`/people/${person}/withdrawal`, { form: newId(), ...telephone })

  it('has nothing due but the ending, which is asked for at once', async () => {
    const spell = await anAcceptedEpisode(app)
    const browser = await app.as(spell.coach)
    const sent = await withdraw(spell)
    const page = await browser.open(sent.location ?? '')

    expect(sent.location).toBe(`/episodes/${spell.episode}/ending`)
    expect(page.text).toContain('They do not take part any more')
    expect(chosenOn(page.html)).toBe('declined')
    expect(await standingOf(spell)).toMatchObject({ stage: 'accepted', next_due_what: 'leaving' })
    const ended = await browser.send(`/episodes/${spell.episode}/ending`, { ...ending, as: 'declined', id: newId() })
    expect(ended.status).toBe(303)
  })

  it('left early where the work had begun, and the same holds for a plain no to taking part', async () => {
    const spell = await anAssessedEpisode(app)
    const browser = await app.as(spell.coach)
    const no = { form: newId(), ...telephone, 'take-part': 'no' }
    const sent = await browser.send(`/people/${spell.person}/agreements`, no)

    expect(sent.location).toBe(`/episodes/${spell.episode}/ending`)
    expect(chosenOn((await browser.open(sent.location ?? '')).html)).toBe('left-early')
  })

  it('is not called because something is written down afterwards', async () => {
    const spell = await anAcceptedEpisode(app)
    const browser = await app.as(spell.coach)
    await withdraw(spell)
    const call = { id: newId(), way: 'mobile', why: 'They rang us', result: 'reached' }
    const logged = await browser.send(`/episodes/${spell.episode}/contacts`, call)
    const day = await browser.open('/day')

    expect(logged.status).toBe(303)
    expect((await standingOf(spell))?.next_due_what).toBe('leaving')
    expect(day.html).toContain(`/episodes/${spell.episode}/ending`)
    expect(day.html).not.toContain(`/episodes/${spell.episode}/contacts/new`)
  })

  it('and changes their mind is due as before', async () => {
    const spell = await anAcceptedEpisode(app)
    await withdraw(spell)
    const yes = { form: newId(), ...telephone, 'take-part': 'yes', contact: 'yes' }
    const sent = await (await app.as(spell.coach)).send(`/people/${spell.person}/agreements`, yes)

    expect(sent.location).toBe(`/people/${spell.person}/agreements`)
    expect((await standingOf(spell))?.next_due_what).toBe('first-try')
  })

  it('after support has ended is asked for nothing more', async () => {
    const spell = await anAcceptedEpisode(app)
    await end(spell, { as: 'declined' })

    expect((await withdraw(spell)).location).toBe(`/people/${spell.person}/agreements`)
  })
})

describe('A death', () => {
  it('is recorded on a page of its own, ends support and stops every message', async () => {
    const spell = await anAgreedPlan(app)
    const browser = await app.as(spell.coach)
    const page = await browser.open(`/episodes/${spell.episode}/ending/death`)

    const sent = await browser.send(`/episodes/${spell.episode}/ending/death`, { id: newId() })

    expect(page.text).toContain('Robin Marsh has died')
    expect(sent.status).toBe(303)
    expect(await standingOf(spell)).toMatchObject({ stage: 'ended', ended_as: 'died' })
    expect(await personOf(spell)).toMatchObject({ death_day_known: false })
    expect((await browser.open(`/people/${spell.person}`)).text).toContain('has died, on a day that is not known')
  })

  it('whose day is known already shows that day, and an empty day leaves it', async () => {
    const spell = await anAgreedPlan(app)
    const browser = await app.as(spell.coach)
    const known = { 'diedOn-day': '3', 'diedOn-month': '1', 'diedOn-year': '2026' }
    await browser.send(`/people/${spell.person}/details/death`, known)
    const page = await browser.open(`/episodes/${spell.episode}/ending/death`)

    const empty = { 'died-day': '', 'died-month': '', 'died-year': '' }
    const sent = await browser.send(`/episodes/${spell.episode}/ending/death`, { id: newId(), ...empty })

    expect(page.html).toMatch(/name="died-day"[^>]* value="3"/)
    expect(sent.status).toBe(303)
    expect((await browser.open(`/people/${spell.person}`)).text).toContain('died on 3 January 2026')
    expect((await browser.open(`/episodes/${spell.episode}/ending`)).text).toContain('Died on 3 January 2026')
  })

  it('recorded for the wrong person is taken back in full', async () => {
    const spell = await anAgreedPlan(app)
    const browser = await app.as(spell.coach)
    await browser.send(`/episodes/${spell.episode}/ending/death`, { id: newId() })

    await browser.send(`/episodes/${spell.episode}/ending/withdrawal`, { id: newId(), reason: 'Wrong person' })

    expect((await standingOf(spell))?.stage).toBe('plan-agreed')
    expect((await personOf(spell))?.died_on).toBeNull()
  })
})

const actorOf = ({ coach }: Spell) => ({ ...coach, areaName: '', organisations: [coach.organisation] })

async function standingOf(spell: Spell) {
  return app.inArea(spell.coach.area, (db) => findEpisode(db, actorOf(spell), spell.episode))
}

async function personOf(spell: Spell) {
  return app.inArea(spell.coach.area, (db) => findPerson(db, actorOf(spell), spell.person))
}
