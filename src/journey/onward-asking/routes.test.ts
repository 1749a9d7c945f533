import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { anAnswer } from '#test/people.ts'
import { aDraftedOnward, aSentOnward } from '#test/people/onward.ts'
import { take } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const onwardOf = async (person: string) => (await app.inArea('north', (db) => listOnwardOf(db, 'north', [person])))[0]
const said = async (person: string) =>
  (await onwardOf(person))?.events
    .filter(({ witness }) => witness === 'person')
    .map(({ kind, reason }) => [kind, reason])

/** Somebody who was told of a service and given its details. */
async function told() {
  const drafted = await aDraftedOnward(app, { also: { kind: 'signpost' } })
  await drafted.browser.send(`/onward/${drafted.onward}/telling`, { id: newId() })
  return drafted
}

const strike = () =>
  app.inArea('north', async (db) => app.product.jobs['onward.ask']?.(db, { area: 'north' }, app.clock.now))

/** Early in the morning those are asked of whom it is time, and at ten the messages go. */
async function morning(day: string, meanwhile: () => unknown = () => undefined): Promise<void> {
  app.clock.set(`${day}T05:20:00Z`)
  await strike()
  await meanwhile()
  app.clock.set(`${day}T10:30:00Z`)
  await app.work()
}

const asked = async (person: string) =>
  (
    await app.owner.query<{ id: string; body: string; settled_as: string | null }>(
      `select id, body, settled_as from notify.message where person = $1 and kind = 'help.asked' order by id`,
      [person],
    )
  ).rows

describe('Somebody who was told of a service', () => {
  it('is asked once, two weeks later, whether they got help, in words that name nothing', async () => {
    const { person } = await told()
    await morning('2026-01-18')
    const early = await asked(person)
    for (const day of ['2026-01-19', '2026-01-20', '2026-02-20']) await morning(day)

    expect(early).toEqual([])
    expect(await asked(person)).toMatchObject([{ settled_as: 'sent' }])
    expect((await asked(person))[0]?.body).not.toMatch(/debt|advice|service|referr/i)
  })

  it('is asked after as many days as their area decided', async () => {
    const { person } = await told()
    await app.owner.query(
      `insert into areas.setting (area, name, from_on, value, set_at) values ('north', 'askAboutHelpDays', '2026-01-01', '21', now())`,
    )
    for (const day of ['2026-01-19', '2026-01-25']) await morning(day)
    const early = await asked(person)
    await morning('2026-01-26')
    await app.owner.query(`delete from areas.setting where name = 'askAboutHelpDays'`)

    expect(early).toEqual([])
    expect(await asked(person)).toHaveLength(1)
  })

  it('answers by the link, which says nothing of anybody, and their coach reads what they said', async () => {
    const { person, onward, coach } = await told()
    await morning('2026-01-19')
    const path = messageLinkPath(app.settings.secret, { area: 'north', id: (await asked(person))[0]?.id ?? '' })
    const visitor = app.visitor()
    const page = await visitor.open(path)
    const empty = await visitor.send(path, { id: newId(), answer: 'other', note: '' })
    const answer = { id: newId(), answer: 'nobody', note: 'I waited for a call' }
    const sent = await visitor.send(path, answer)
    const twice = await visitor.send(path, answer)

    expect(page.text).toMatch(/Did you get help\? It is about the help we talked about on [\w ]*5 January 2026/)
    expect(page.text).not.toMatch(/Robin|Marsh|advice/)
    expect([empty.status, sent.status, twice.status]).toEqual([422, 200, 200])
    expect(await said(person)).toEqual([['said', 'nobody']])
    expect((await visitor.open(path)).text).toContain('Thank you for telling us')
    expect((await (await app.as(coach)).open(`/onward/${onward}`)).text).toMatch(
      /They said how it went: nobody got in touch.*I waited for a call/,
    )
  })

  it('says on their own pages that it helped, and it counts as started; then they are not asked', async () => {
    const { person, onward } = await told()
    const own = await app.asParticipant(person)
    const way = await own.open(`/my/services/${onward}`)
    await own.send(`/my/services/${onward}/help`, { id: newId(), answer: 'helped', note: '' })
    await morning('2026-01-25')

    expect(way.html).toContain(`/my/services/${onward}/help`)
    expect(await said(person)).toEqual([
      ['said', 'helped'],
      ['started', null],
    ])
    expect((await onwardOf(person))?.state).toBe('started')
    expect(await asked(person)).toEqual([])
  })

  it('says that it started and did not help, which counts as started, and their coach reads it', async () => {
    const { person, onward, coach } = await told()
    const own = await app.asParticipant(person)
    const page = await own.open(`/my/services/${onward}/help`)
    await own.send(`/my/services/${onward}/help`, { id: newId(), answer: 'no-help', note: '' })

    expect(page.text).toContain('It started, but it did not help')
    expect((await onwardOf(person))?.state).toBe('started')
    expect((await (await app.as(coach)).open(`/onward/${onward}`)).text).toContain(
      'They said how it went: it started and did not help',
    )
  })

  it('is asked once more when it has started, and not of what nobody has begun', async () => {
    const { person, onward } = await told()
    const { person: drafted } = await aDraftedOnward(app)
    const { person: waiting } = await aSentOnward(app)
    await morning('2026-01-19')
    const version = String((await onwardOf(person))?.version)
    const on = { 'started-day': '20', 'started-month': '1', 'started-year': '2026' }
    app.clock.set('2026-01-21T10:00:00Z')
    const heard = { id: newId(), witness: 'service', said: 'started', version, ...on }
    await (await app.as(app.cast.coach)).send(`/onward/${onward}/happenings`, heard)
    await morning('2026-02-04')

    expect((await asked(person)).map(({ settled_as: as }) => as)).toEqual(['sent', 'sent'])
    expect([await asked(drafted), await asked(waiting)]).toEqual([[], []])
  })

  it.each([
    ['their support waits', (spell: Told) => take(app, spell, [{ kind: 'paused' }])],
    ['it was taken back', (spell: Told) => withdraw(spell)],
    ['they want no contact any more', (spell: Told) => anAnswer(app, spell.person, 'contact', false)],
    ['they have said it themselves', (spell: Told) => helped(spell)],
    ['their record is restricted', (spell: Told) => restrict(spell)],
  ])('is sent no question where %s, before it is written or after', async (_why, happens) => {
    const [before, after] = [await told(), await told()]
    app.clock.set('2026-01-18T10:00:00Z')
    await happens(before)
    await morning('2026-01-19', () => happens(after))

    expect(await asked(before.person)).toEqual([])
    expect(await asked(after.person)).toMatchObject([{ settled_as: 'held back' }])
  })
})

type Told = Awaited<ReturnType<typeof told>>

const withdraw = async ({ coach, onward }: Told) =>
  (await app.as(coach)).send(`/onward/${onward}/withdrawal`, { id: newId(), reason: 'asked' })

const helped = async ({ person, onward }: Told) =>
  (await app.asParticipant(person)).send(`/my/services/${onward}/help`, { id: newId(), answer: 'helped', note: '' })

async function restrict({ person }: Told) {
  const { manager, coach } = app.cast
  const restricted = { reason: 'at-risk', version: '1', named: [manager.membership, coach.membership] }
  await (await app.as(manager)).send(`/people/${person}/restriction`, restricted)
}
