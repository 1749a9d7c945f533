import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type Clone, cloneDatabase } from '#test/database.ts'
import { moveArea } from '#test/database/moving.ts'
import { aMove } from '#test/people/moving.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { aPaperScore } from '#test/people/paper.ts'
import { aConversation, anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
let second: Clone
let south: pg.Client

// North lives in the main database and south in one of its own.
beforeAll(async () => {
  second = await cloneDatabase()
  south = new pg.Client({ connectionString: second.ownerUrl })
  await south.connect()
  const home = { url: second.url, directUrl: second.ownerUrl }
  app = await startApp({ WORKWELL_AREA_DATABASES: JSON.stringify({ south: home }) })
  await moveArea(app.owner, south, 'south')
})
afterAll(async () => {
  await app.close()
  await south.end()
  await second.drop()
})

/** Does the work for later of both areas, and what is named twice. */
async function work(...twice: readonly [name: string, area: string, id: string][]) {
  const run = (name: string, area: string, id: string) =>
    app.databases.databaseFor(area).transaction(async (db) => app.product.jobs[name]?.(db, { area, id }, app.clock.now))
  await app.work()
  const { rows } = await south.query(
    `delete from graphile_worker._private_jobs returning payload,
       (select identifier from graphile_worker._private_tasks t where t.id = task_id) as name`,
  )
  for (const { name, payload } of rows) if (name.startsWith('move.')) await run(name, 'south', payload.id)
  for (const [name, area, id] of twice) await run(name, area, id)
}

const standing = async (episode: string) =>
  (await app.owner.query('select stage, ended_as from episode.standing where episode = $1', [episode])).rows[0]

async function somebody() {
  const spell = await anAgreedPlan(app, { goals: ['I want to stand a whole shift'] })
  await aConversation(app, spell, { barriers: ['pain'], workAbility: '4' })
  await app.owner.query(
    `update people.person set safe_note = 'Never ring the landline', family_name = 'Mover' where id = $1`,
    [spell.person],
  )
  return spell
}

/** Who held the first conversations of the south: whoever accepts a package held none of what was held before. */
const conversationsHeld = async () =>
  (await south.query('select saved_by, finished_by from assessment.assessment')).rows

describe('Somebody who moves to another area', () => {
  it('is offered with everything that goes along about reaching them safely', async () => {
    const { person, episode } = await somebody()
    await app.owner.query(`update people.person set best_time = 'After 4pm' where id = $1`, [person])
    const seen = await (await app.as(app.cast.manager)).open(`/episodes/${episode}/move`)

    expect(seen.text).toMatch(/Never ring the landline\. Best time: After 4pm/)
  })

  it('is there with their record once the other area accepts, and until then stays where they were', async () => {
    const { person, episode } = await somebody()
    const asked = { 'asked-day': '5', 'asked-month': '1', 'asked-year': '2026', askedBy: 'participant' }
    const chair = { id: newId(), kind: 'equipment', what: 'A chair with arms', ...asked }
    await (await app.as(app.cast.coach)).send(`/episodes/${episode}/adjustments`, chair)
    await aPaperScore(app, person)
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)
    const offered = await taker.open(`/arrivals/${id}`)
    expect(offered.text).toContain('Goals agreed 1')
    expect(offered.text).not.toContain('Mover')
    expect(offered.text).not.toContain('landline')
    expect((await standing(episode)).ended_as).toBeNull()

    const { location = '' } = await taker.send(`/arrivals/${id}`, { answer: 'accepted' })
    await taker.send(`/arrivals/${id}`, { answer: 'accepted' })
    await work(['move.answer', 'south', id], ['move.answer', 'south', id])

    expect(await standing(episode)).toEqual({ stage: 'ended', ended_as: 'moved' })
    expect((await south.query('select from people.person')).rowCount).toBe(1)
    const record = await taker.open(location)
    expect(record.text).toContain('Mover')
    expect(record.text).toContain('Never ring the landline')
    expect(record.text).toContain('I want to stand a whole shift')
    expect(await conversationsHeld()).toEqual([{ saved_by: null, finished_by: null }])
    const arrived = (await taker.open(`/arrivals/${id}`)).text
    expect(arrived).toContain('The story: ')
    expect(arrived).toContain('Adjustment asked for: A chair with arms')
    const answers = await south.query('select instrument, version, items, typed_in from questionnaires.answer')
    const workAbility = { instrument: 'work-ability', version: 1, items: { today: '4' }, typed_in: false }
    expect(answers.rows).toContainEqual(workAbility)
    expect(answers.rows).toContainEqual({ instrument: 'wsas', version: 0, items: {}, typed_in: true })
    const endings = await app.owner.query('select to_area from ending.ending where episode = $1', [episode])
    expect(endings.rows).toEqual([{ to_area: 'south' }])
    expect((await (await app.asParticipant(person)).open('/my')).text).toContain('goes on with WorkWell south')
    const before = await (await app.as(app.cast.coach)).open(`/people/${person}`)
    expect(before.text).toContain('moved to another area')
  })

  it('waits for the answer of those who are asked, and the reason stands on both sides', async () => {
    const { episode } = await somebody()
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)

    expect((await taker.open('/arrivals')).text).toContain('Moves to be near family Waiting for your answer')
    expect((await taker.open(`/arrivals/${id}`)).text).toContain('State Waiting for your answer')
    const given = await (await app.as(app.cast.coach)).open(`/moves/${id}`)
    expect(given.text).toContain('Why Moves to be near family State Waiting for their answer')
    await taker.send(`/arrivals/${id}`, { answer: 'declined', words: 'We have no coach free' })
  })

  it('brings along where they live, their GP practice and their Jobcentre', async () => {
    const { person, episode } = await somebody()
    const home = ['E08000035', 'Elms Practice', 'B86001', 'Leeds Park Place']
    await app.owner.query(
      `update people.person set postcode = null, no_fixed_address = true, council = $2, gp_practice = $3,
         gp_practice_code = $4, jobcentre = $5 where id = $1`,
      [person, ...home],
    )
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)
    expect((await taker.open(`/arrivals/${id}`)).text).toContain('Where they live No fixed address, Leeds')
    const { location = '' } = await taker.send(`/arrivals/${id}`, { answer: 'accepted' })

    const { rows } = await south.query(
      `select no_fixed_address, council, gp_practice, gp_practice_code, jobcentre from people.person where id = $1`,
      [location.replace('/people/', '')],
    )
    expect(Object.values(rows[0])).toEqual([true, ...home])
    expect((await taker.open(location)).text).toContain('Carol Coach, written down in WorkWell north')
    expect((await taker.open('/arrivals')).text).toContain('WorkWell north')
    expect((await taker.open(`/arrivals/${id}`)).text).toContain('GP practice Elms Practice, B86001')
  })

  it('still comes with a package that was written before all of this went along', async () => {
    const { episode } = await somebody()
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    const { rows } = await south.query('select content from move.arrival where id = $1', [id])
    const whole = rows[0].content
    const without = (later: RegExp, given: unknown) =>
      JSON.parse(JSON.stringify(given, (name, value) => (later.test(name) ? undefined : value)))
    const before = {
      ...without(/^(fromArea|council|gpPractice|gpPracticeCode|jobcentre|noFixedAddress|key)$/, whole),
      story: without(/^(key|kind|dayOnly|mark|from|confined)$/, whole.story),
    }
    await south.query('update move.arrival set content = $2 where id = $1', [id, before])
    const taken = await (
      await app.as(app.cast.managerElsewhere)
    ).sendAndFollow(`/arrivals/${id}`, { answer: 'accepted' })

    expect(taken.text).toContain('Carol Coach, written down in north')
  })

  it('waits on the board of whoever may take them until they have answered', async () => {
    const { episode } = await somebody()
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)
    const waits = 'person was offered by another area: look at the arrival'
    expect((await taker.open('/board')).text).toContain(`1 ${waits}`)

    await taker.send(`/arrivals/${id}`, { answer: 'declined', words: 'We have no coach free' })
    expect((await taker.open('/board')).text).not.toContain(waits)
  })

  it('read on their old pages whom to ring and where to sign in now', async () => {
    const { person, episode } = await somebody()
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    await (await app.as(app.cast.managerElsewhere)).send(`/arrivals/${id}`, { answer: 'accepted' })
    await work()

    const own = await app.asParticipant(person)
    const home = await own.open('/my')
    expect(home.text).toContain('Your support goes on with WorkWell south. See what has changed')
    expect(home.text).toContain('Your support here has ended, because it goes on in another area.')
    expect(home.text).not.toMatch(/come to its end|ask for help again/)
    const over = await own.open('/my/leaving')
    expect(over.text).toContain('Whoever helps you there gets in touch with you')
    expect(over.text).not.toMatch(/Nobody contacts you any more|To come back later/)
    const changes = await own.open('/my/changes')
    expect(changes.text).toContain('Your support goes on with WorkWell south. Call 01632 960001 . Sign in there')
    expect(changes.html).toContain('href="/in/south/sign-in"')
  })

  it('can sign in there by what was known to be theirs, and by nothing else', async () => {
    const { person, episode } = await somebody()
    const ways = [newId(), newId()]
    await app.owner.query(
      `insert into people.means (area, id, person, kind, value, wanted, safe, voicemail_safe, preferred, added_at, given_by, theirs_at, theirs_of)
       values ('north', $1, $3, 'mobile', '07700 900801', true, true, false, false, now(), 'person', now(), $3),
         ('north', $2, $3, 'mobile', '07700 900802', true, true, false, false, now(), 'other', null, null)`,
      [...ways, person],
    )
    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    await (await app.as(app.cast.managerElsewhere)).send(`/arrivals/${id}`, { answer: 'accepted' })
    const { rows } = await south.query(
      `select value, given_by, people.is_theirs(area, person, theirs_of, theirs_at, theirs_by) as opens
       from people.means where value like '07700 90080%' order by value`,
    )

    expect(rows).toEqual([
      { value: '07700 900801', given_by: 'person', opens: true },
      { value: '07700 900802', given_by: 'other', opens: false },
    ])
  })

  it('is offered with what waits at services, which stays where it was asked', async () => {
    const given = await aSentOnward(app)
    const coach = await app.as(app.cast.coach)
    const before = await coach.open(`/episodes/${given.episode}/move`)
    expect(before.text).toContain('Referrals to services stay here: 1 waits for an answer')
    const { id } = await aMove(app, given.episode)
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)
    expect((await taker.open(`/arrivals/${id}`)).text).not.toContain('Waits for an answer of')
    await taker.send(`/arrivals/${id}`, { answer: 'accepted' })

    expect((await taker.open(`/arrivals/${id}`)).text).toMatch(/Waits for an answer of .+, sent on \d+ \w+ 20/)
  })

  it('is offered with the word that they wrote and nobody has answered, which then stands on nobody’s day', async () => {
    const { person, episode } = await somebody()
    const coach = await app.as(app.cast.coach)
    const warns = 'They wrote to you and nobody has answered'
    expect((await coach.open(`/episodes/${episode}/move`)).text).not.toContain(warns)
    await (await app.asParticipant(person)).send('/my/messages', { id: newId(), words: 'Can we talk on Monday?' })
    const offered = await coach.open(`/episodes/${episode}/move`)
    expect(offered.text).toContain(warns)
    expect(offered.html).toContain(`href="/people/${person}/messages">Read what they wrote`)
    expect((await coach.open(`/people/${person}/messages`)).text).toContain('It stands on their coach’s day')

    const { id } = await aMove(app, episode)
    await work(['move.deliver', 'north', id])
    await (await app.as(app.cast.managerElsewhere)).send(`/arrivals/${id}`, { answer: 'accepted' })
    await work()
    const after = (await coach.open(`/people/${person}/messages`)).text
    expect(after).toContain('It stands on nobody’s day, because their support here has ended')
    expect(after).not.toContain('It stands on their coach’s day')
  })

  it('goes back to those who offered them, with the reason, and is forgotten where they were declined', async () => {
    const { episode } = await somebody()
    const { id } = await aMove(app, episode)
    await work()
    const taker = await app.as(app.cast.managerElsewhere)
    expect((await taker.send(`/arrivals/${id}`, { answer: 'declined' })).status).toBe(422)
    await taker.send(`/arrivals/${id}`, { answer: 'declined', words: 'They live just outside' })
    await work()

    expect((await standing(episode)).ended_as).toBeNull()
    expect((await south.query('select content from move.arrival where id = $1', [id])).rows).toEqual([
      { content: null },
    ])
    const coach = await app.as(app.cast.coach)
    const why = 'The other area cannot take them: They live just outside'
    expect((await coach.open('/day')).text).toContain(why)
    const page = await coach.open(`/moves/${id}`)
    expect(page.text).toContain('They live just outside')
    expect((await coach.open('/day')).text).not.toContain(why)
  })

  it('is not called by their name in the reason, which the other area reads before it accepts', async () => {
    const { person, episode } = await somebody()
    await app.owner.query(`update people.person set preferred_name = 'Bob' where id = $1`, [person])
    for (const why of ['Robin moves to be near family', 'Mr MOVER moves', "It is bob's wish"]) {
      const { id, sent } = await aMove(app, episode, { why })
      expect(sent.status).toBe(422)
      expect(sent.text).toContain('Leave the name out: the other area reads this before it accepts')
      expect(sent.html).toContain(why.replace("'", '&#x27;'))
      expect((await app.owner.query('select from move.package where id = $1', [id])).rowCount).toBe(0)
    }
  })

  it('is offered only with their agreement, and is taken back before anybody answers', async () => {
    const { episode } = await somebody()
    const { sent } = await aMove(app, episode, { agreed: '' })
    expect(sent.status).toBe(422)
    const { id } = await aMove(app, episode)
    await work()
    await (await app.as(app.cast.coach)).send(`/moves/${id}/withdrawal`)
    await work()

    const taker = await app.as(app.cast.managerElsewhere)
    expect((await taker.send(`/arrivals/${id}`, { answer: 'accepted' })).location).toBe(`/arrivals/${id}`)
    expect((await south.query('select content from move.arrival where id = $1', [id])).rows).toEqual([
      { content: null },
    ])
  })

  it('takes no concern along unless it is named, and is found by nobody who does not receive', async () => {
    const { episode } = await somebody()
    const coach = await app.as(app.cast.coach)
    await coach.send(`/episodes/${episode}/concerns`, {
      ...{
        id: crypto.randomUUID(),
        kind: 'self-harm',
        seen: 'Said that nights are very dark',
        done: 'Stayed on the line',
      },
      ...{ 'next-look-on-day': '6', 'next-look-on-month': '1', 'next-look-on-year': '2026' },
    })
    const { id } = await aMove(app, episode)
    const { rows } = await app.owner.query('select content::text from move.package where id = $1', [id])
    expect(rows[0].content).not.toContain('very dark')
    const provider = await app.as(app.cast.providerManager)
    const foreign = await provider.open(`/moves/${id}`)
    const missing = await provider.open(`/moves/${crypto.randomUUID()}`)

    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text])
  })

  it('has an open concern there too, of which whoever runs the service there is told', async () => {
    const { episode } = await somebody()
    const coach = await app.as(app.cast.coach)
    const concern = { id: crypto.randomUUID(), kind: 'self-harm', seen: 'Said that days are dark', done: 'Rang the GP' }
    const next = { 'next-look-on-day': '6', 'next-look-on-month': '1', 'next-look-on-year': '2026' }
    await coach.send(`/episodes/${episode}/concerns`, { ...concern, ...next })
    const { id } = await aMove(app, episode, { withConcerns: 'yes' })
    await work(['move.deliver', 'north', id])
    const taker = await app.as(app.cast.managerElsewhere)
    expect((await taker.open(`/arrivals/${id}`)).text).toContain('Open safety concerns that come along 1')
    const taken = await taker.sendAndFollow(`/arrivals/${id}`, { answer: 'accepted' })

    expect(taken.text).toContain('A safety concern came along, and whoever leads on duty was told')
    const told = await south.query(
      `select told.because, concern.seen, look.next_look_on is not null as again from alert.told
       join safety.concern on concern.area = told.area and concern.id = told.alert
       join safety.look on look.area = concern.area and look.concern = concern.id`,
    )
    expect(told.rows).toEqual([{ because: 'raised', seen: 'Said that days are dark', again: true }])
  })

  it('goes by no package where their record is restricted, since nothing would hide it there', async () => {
    const { person, episode } = await somebody()
    await app.owner.query('update people.person set restricted = true where id = $1', [person])
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'Coach')`,
      [person, app.cast.coach.membership],
    )
    const { id, sent } = await aMove(app, episode)

    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Arrange the move with the other area by telephone')
    expect((await app.owner.query('select from move.package where id = $1', [id])).rowCount).toBe(0)
  })
})
