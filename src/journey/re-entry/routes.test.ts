import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aCompletedPlan, anAcceptedEpisode, take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const came = { 'receivedOn-day': '5', 'receivedOn-month': '1', 'receivedOn-year': '2026' }
const rang = { ...came, channel: 'telephone', route: 'self', reason: 'I was off sick again in the autumn' }

/** Somebody who left early. */
async function somebodyWhoLeft() {
  const spell = await anAcceptedEpisode(app)
  await take(app, spell, [{ kind: 'ended', as: 'left-early' }])
  return spell
}

const spellsOf = async (person: string) =>
  (
    await app.owner.query(
      'select standing.stage, provider, coach from episode.standing where person = $1 order by received_at, episode',
      [person],
    )
  ).rows

describe('Somebody who was supported before', () => {
  it('is referred again on the same record, and what was there stays', async () => {
    const { person, coach } = await somebodyWhoLeft()
    const browser = await app.as(coach)
    const page = await browser.open(`/people/${person}/referrals/new`)
    const id = newId()
    const sent = await browser.send(`/people/${person}/referrals`, { id, ...rang })
    const referral = await browser.open(`/referrals/${id}`)

    expect(page.text).toContain('from 5 January 2026 until 5 January 2026 (left early)')
    expect(page.html).not.toContain('name="givenName"')
    expect(sent.location).toBe(`/referrals/${id}`)
    expect(referral.text).toContain('I was off sick again in the autumn')
    expect(referral.text).toContain('First try due Wednesday 7 January 2026')
    expect(referral.text).not.toContain('known already')
    expect(await spellsOf(person)).toEqual([
      { stage: 'ended', provider: coach.organisation, coach: coach.membership },
      { stage: 'received', provider: coach.organisation, coach: null },
    ])
  })

  it('is asked first where whoever refers them again had not', async () => {
    const { person, coach } = await aCompletedPlan(app)
    const browser = await app.as(coach)
    const id = newId()
    const gp = { route: 'gp', agreement: 'not-asked', referrerName: 'Dr Khan' }
    await browser.send(`/people/${person}/referrals`, { id, ...rang, ...gp })

    expect((await browser.open(`/referrals/${id}`)).text).toContain('Ask the person whether they want this')
    expect(await spellsOf(person)).toHaveLength(1)
  })

  it('is referred once although the form is sent twice', async () => {
    const { person, coach } = await somebodyWhoLeft()
    const browser = await app.as(coach)
    const form = { id: newId(), ...rang }
    await browser.send(`/people/${person}/referrals`, form)
    const again = await browser.send(`/people/${person}/referrals`, form)

    expect(again.location).toBe(`/referrals/${form.id}`)
    expect(await spellsOf(person)).toHaveLength(2)
  })

  it('is told what is missing, and nothing that was typed is lost, whether sent or not', async () => {
    const { person, coach } = await somebodyWhoLeft()
    const browser = await app.as(coach)
    const path = `/people/${person}/referrals`
    const wrong = await browser.send(path, { id: newId(), ...rang, route: 'gp', feedback: 'received', channel: '' })
    await browser.send('/drafts', { draft: `referral-again:${person}`, reason: 'Half a sentence' })
    const back = await browser.open(`${path}/new`)
    await browser.send(path, { id: newId(), ...rang })
    const { rows } = await app.owner.query(`select from form.draft where page = 'referral-again' and record = $1`, [
      person,
    ])

    expect(wrong.status).toBe(422)
    for (const words of ['Select how it came', 'whether the person agrees', 'who is to be told', 'in the autumn'])
      expect(wrong.text).toContain(words)
    expect(back.html).toContain('Half a sentence')
    expect(rows).toHaveLength(0)
  })

  it('goes on with the support they have while they are with the service', async () => {
    const { person, coach } = await anAcceptedEpisode(app)
    const browser = await app.as(coach)
    const page = await browser.open(`/people/${person}/referrals/new`)
    const sent = await browser.send(`/people/${person}/referrals`, { id: newId(), ...rang })

    expect([page.status, sent.status]).toEqual([422, 422])
    expect(page.text).toContain('They are with the service now')
    expect(await spellsOf(person)).toHaveLength(1)
  })

  it.each(['providerCoach', 'coachElsewhere'] as const)('is not there for a %s', async (part) => {
    const { person } = await somebodyWhoLeft()
    const browser = await app.as(app.cast[part])
    const [foreign, absent] = await Promise.all(
      [person, newId()].map((one) => browser.open(`/people/${one}/referrals/new`)),
    )

    expect([foreign?.status, foreign?.text]).toEqual([404, absent?.text])
    expect((await browser.send(`/people/${person}/referrals`, { id: newId(), ...rang })).status).toBe(404)
  })
})
