import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anAnswer } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import { aWindingUp } from '#test/people/winding-up.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const standing = async (episode: string) =>
  (await app.owner.query('select provider, coach, ended_as from episode.standing where episode = $1', [episode]))
    .rows[0]

/** The second provider ends on the last of January; some people are with it, and it is said. */
async function ending(...givenNames: readonly string[]) {
  const { providerCoach: coach, providerManager } = app.cast
  await app.owner.query(`update winding_up.notice set withdrawn_at = now() where withdrawn_at is null`)
  await app.owner.query('update organisations.organisation set until_on = null, no_new_from = null')
  await app.owner.query(`update episode.standing set ended_at = now(), stage = 'ended' where provider = $1`, [
    coach.organisation,
  ])
  const people = []
  for (const givenName of givenNames) people.push(await anEpisode(app, { givenName, familyName: 'Leftover', coach }))
  const notice = await aWindingUp(app)
  const manager = await app.as(providerManager)
  const at = `/winding-up/${notice}/people`
  const keys = people.map(({ episode }) => `${episode}.${coach.membership}`)
  const decide = (chosen: readonly string[], to: string, also: Fields = {}) =>
    manager.send(at, { id: newId(), chosen: [...chosen], to, ...also })
  return { notice, manager, at, people, keys, decide }
}

const change = async (person: string) => (await (await app.asParticipant(person)).open('/my/changes')).text

describe('The people of an organisation that ends', () => {
  it('are given to a coach elsewhere in a group, with the effect shown before, and are told', async () => {
    const { manager, at, people, keys, decide } = await ending('Gina', 'Gus', 'Hal')
    const [gina, gus] = people
    await anAnswer(app, gina?.person ?? '', 'contact', true)
    const to = `c-${app.cast.coach.membership}`
    const list = await manager.open(at)
    expect(list.text).toContain('Gina Leftover')
    const effect = await manager.send(`${at}/effect`, { chosen: keys.slice(0, 2), to })
    expect(effect.text).toContain('Give 2 people to Carol Coach')
    expect(effect.text).toContain('2 people then')
    expect(effect.text).toContain('Text message')
    expect(effect.text).toContain('Tell them yourself')
    expect((await standing(gina?.episode ?? '')).coach).toBe(app.cast.providerCoach.membership)

    await decide(keys.slice(0, 2), to)

    const { membership: coach, organisation: provider } = app.cast.coach
    for (const one of [gina, gus]) expect(await standing(one?.episode ?? '')).toMatchObject({ coach, provider })
    const after = await manager.open(at)
    expect(after.text).toContain('Hal Leftover')
    expect(after.text).not.toContain('Gina Leftover')
    expect(await change(gina?.person ?? '')).toContain('Carol Coach is your coach now')
    expect((await (await app.as(app.cast.coach)).open(`/people/${gina?.person}`)).status).toBe(200)
    app.clock.pass({ hours: 2 })
    await app.work()
    const told = await app.owner.query(
      `select person from notify.message where kind = 'changeover.told' and settled_as = 'sent' and person = any($1)`,
      [people.map(({ person }) => person)],
    )
    expect(told.rows).toEqual([{ person: gina?.person }])
  })

  it('have the day on which they are booked said before they are given away, and not as if it were today', async () => {
    const { manager, at, people, keys } = await ending('Nia')
    const coach = app.cast.providerCoach
    const day = { 'day-day': '13', 'day-month': '1', 'day-year': '2026', time: '16:00' }
    const booked = await (
      await app.as(coach)
    ).send(`/episodes/${people[0]?.episode}/appointments`, {
      ...{ id: newId(), member: coach.membership, purpose: 'first', minutes: '60', mode: 'phone', ...day },
      ...{ interpreter: 'none', tell: 'staff', anyway: 'yes', note: '' },
    })
    const effect = await manager.send(`${at}/effect`, { chosen: keys, to: `c-${app.cast.coach.membership}` })

    expect(booked.status).toBeLessThan(400)
    expect(effect.text).toContain('Tuesday 13 January 2026, 16:00')
    expect(effect.text).not.toContain('today 16:00')
  })

  it('go to an organisation that chooses a coach, stay with a reason, or have their support ended', async () => {
    const { manager, at, people, keys, decide } = await ending('Ora', 'Kit', 'Eve')
    const [ora, kit, eve] = people
    const [first = '', second = '', third = ''] = keys
    await decide([first], `o-${app.cast.coach.organisation}`)
    const silent = await decide([second], 'kept')
    await decide([second], 'kept', { note: 'Her plan ends before' })
    const unsaid = await decide([third], 'ended', { endedAs: 'declined' })
    await decide([third], 'ended', { endedAs: 'declined', told: 'telephone' })

    expect([silent.status, unsaid.status]).toEqual([422, 422])
    expect(await standing(ora?.episode ?? '')).toMatchObject({ provider: app.cast.coach.organisation, coach: null })
    expect((await standing(kit?.episode ?? '')).coach).toBe(app.cast.providerCoach.membership)
    expect((await standing(eve?.episode ?? '')).ended_as).toBe('declined')
    const kept = await manager.open(`${at}?state=kept`)
    expect(kept.text).toContain('Her plan ends before')
    expect((await manager.open(`${at}?state=open`)).text).not.toContain('Kit Leftover')
    expect((await manager.open(at)).text).toContain('Support ended: declined by the person')
  })

  it('come back when it is undone, but for those with whom somebody has gone on', async () => {
    const { manager, at, people, keys, decide } = await ending('Una', 'Gone')
    const [una, gone] = people
    await decide(keys, `o-${app.cast.coach.organisation}`)
    const coach = await app.as(app.cast.coach)
    const call = { id: newId(), way: 'mobile', result: 'no-answer' }
    await coach.send(`/episodes/${gone?.episode}/contacts`, call)
    const [, undo = ''] = /action="([^"]+reversal)"/.exec((await manager.open(at)).html) ?? []
    const after = await manager.sendAndFollow(undo)

    expect(after.text).toContain('Somebody has gone on with 1 person')
    const { providerCoach } = app.cast
    expect(await standing(una?.episode ?? '')).toMatchObject({
      ...{ provider: providerCoach.organisation, coach: providerCoach.membership },
    })
    expect((await standing(gone?.episode ?? '')).provider).toBe(app.cast.coach.organisation)
    expect((await manager.open(`/people/${una?.person}`)).status).toBe(200)
    expect((await coach.open(`/people/${una?.person}`)).status).toBe(404)
    expect(await change(una?.person ?? '')).toContain('Nothing has changed so far')
  })

  it('are not given twice, when somebody else was quicker, or past a restriction', async () => {
    const { people, keys, decide } = await ending('Quin', 'Rita')
    const [first = '', second = ''] = keys
    await app.owner.query('update people.person set restricted = true where id = $1', [people[1]?.person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Runs it')`,
      [people[1]?.person, app.cast.providerManager.membership],
    )
    const to = `c-${app.cast.coach.membership}`
    const hidden = await decide([second], to)
    await decide([first], to)
    const again = await decide([first], to)

    expect(hidden.status).toBe(422)
    expect(hidden.text).toContain('name a coach for it first')
    expect(again.status).toBe(404)
  })

  it('are seen by nobody who does not deal with them', async () => {
    const { notice, at, keys } = await ending('Sia')
    const other = await app.as(app.cast.manager)
    const system = await app.as(app.cast.systemAdministrator)
    const foreign = await other.open(at)
    const missing = await other.open(at.replace(notice, newId()))
    const sent = await other.send(at, { id: newId(), chosen: keys, to: 'kept', note: 'No' })

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
    expect(sent.status).toBe(404)
    expect((await system.open(at)).status).toBe(403)
    expect((await system.open(`/winding-up/${notice}`)).text).toContain('1 person still with it')
  })
})

describe('On the last day of an organisation', () => {
  it('its members lose access, its records go to the keeper, and the keeper sees to those who are left', async () => {
    const { notice, manager, at, people } = await ending('Lena')
    const [lena] = people
    const keeper = await app.as(app.cast.manager)
    expect((await keeper.open(`/people/${lena?.person}`)).status).toBe(404)
    app.clock.set('2026-01-31T08:00:00Z')
    await app.work()
    const keeping = await app.as(app.cast.manager)

    expect((await (await app.as(app.cast.providerManager)).open('/board')).status).not.toBe(200)
    expect((await manager.open(at)).status).not.toBe(200)
    expect((await keeping.open(`/winding-up/${notice}`)).text).toContain('1 person left behind')
    expect((await keeping.open(at)).text).toContain('Lena Leftover')
    const chosen = [`${lena?.episode}.${app.cast.providerCoach.membership}`]
    await keeping.send(at, { id: newId(), chosen, to: `c-${app.cast.coach.membership}` })
    expect(await standing(lena?.episode ?? '')).toMatchObject({ coach: app.cast.coach.membership })
    expect((await keeping.open(`/winding-up/${notice}`)).text).toContain('Nobody is with it any more')
    expect((await keeping.open(`/people/${lena?.person}`)).status).toBe(200)
  })
})
