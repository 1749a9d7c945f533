import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aPilot } from '#test/people/pilot.ts'
import { anAgreedPlan } from '#test/people/plan.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const said = /“Short talks”/

async function asked() {
  const pilot = await aPilot(app)
  const spell = await anAgreedPlan(app)
  const coach = await app.as(app.cast.coach)
  await coach.send(`/episodes/${spell.episode}/pilots/${pilot}/invitation`)
  const own = await app.asParticipant(spell.person)
  const answer = (says: 'yes' | 'no') => own.send(`/my/pilots/${pilot}`, { id: newId(), says, seen: '1' })
  const isToDo = async (member = app.cast.coach) => {
    const { html } = await (await app.as(member)).open('/day?reason=answer')
    return html.includes(`/people/${spell.person}/own-answers`)
  }
  const address = `/people/${spell.person}/own-answers`
  return { ...spell, pilot, coach, own, answer, isToDo, address }
}

const toHear = async ({ coach, address }: Awaited<ReturnType<typeof asked>>) =>
  /name="said" value="([0-9a-f-]{36})"/.exec((await coach.open(address)).html)?.[1] ?? ''

describe('What somebody answered by themselves', () => {
  it('stands on the day of their coach, long after it was news, until somebody says that they have seen it', async () => {
    const one = await asked()
    const before = await one.isToDo()
    await one.answer('yes')
    app.clock.pass({ hours: 24 * 21 })
    const waiting = await one.isToDo()
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(one.address)
    const id = await toHear({ ...one, coach })
    const first = await coach.sendAndFollow(one.address, { said: id })
    const again = await coach.sendAndFollow(one.address, { said: id })

    expect([before, waiting]).toEqual([false, true])
    expect(page.text).toMatch(/Said yes to taking part in “Short talks”.*See what they said/)
    expect(first.text).toMatch(/It is off your day.*Everything has been seen/)
    expect(again.text).toContain('Already saved')
    expect(await one.isToDo()).toBe(false)
    await (await app.asParticipant(one.person)).send(`/my/pilots/${one.pilot}`, { id: newId(), says: 'no', seen: '1' })
    expect((await coach.open(one.address)).text).toContain('Said no to taking part in “Short talks”')
  })

  it('is heard once the coach has written down what they say now, or the pilot has ended', async () => {
    const [told, over] = [await asked(), await asked()]
    await told.answer('yes')
    await over.answer('yes')
    app.clock.pass({ minutes: 1 })
    const now = { id: newId(), says: 'no', how: 'telephone' }
    await told.coach.send(`/episodes/${told.episode}/pilots/${told.pilot}/answer`, now)
    const ending = { came: 'Few took part', decided: 'stop' }
    await app.owner.query(
      `update pilot.pilot set ended_at = now(), ended_by = by, came = $1, decided = $2 where id = $3`,
      [...[ending.came, ending.decided, over.pilot]],
    )

    expect([await told.isToDo(), await over.isToDo()]).toEqual([false, false])
    expect((await told.coach.open(told.address)).text).not.toMatch(said)
  })

  it('is on the day of whoever covers, and of nobody else', async () => {
    const one = await asked()
    await one.answer('yes')
    const { coach, otherCoach } = app.cast
    const before = await one.isToDo(otherCoach)
    await app.owner.query(
      `insert into absence.absence (area, id, member, cover, from_on, until_on, arranged_by, arranged_at)
       values ('north', $1, $2, $3, '2026-01-12', '2026-01-13', $2, now())`,
      [newId(), coach.membership, otherCoach.membership],
    )

    expect([before, await one.isToDo(otherCoach)]).toEqual([false, true])
    await app.owner.query('delete from absence.absence')
  })

  it('is found where it was said on a record that was joined with theirs', async () => {
    const [kept, joined] = [await asked(), await asked()]
    await joined.answer('yes')
    await app.owner.query(`update episode.standing set ended_at = now() where episode = $1`, [joined.episode])
    await app.owner.query(`update people.person set merged_into = $1 where id = $2`, [kept.person, joined.person])

    expect(await kept.isToDo()).toBe(true)
    expect((await kept.coach.sendAndFollow(kept.address, { said: await toHear(kept) })).text).toContain('off your day')
    expect(await kept.isToDo()).toBe(false)
  })

  it('is questions about how they are as well, until they have been spoken to', async () => {
    const one = await asked()
    app.clock.pass({ minutes: 1 })
    const sent = await one.own.send('/my/questions/work-ability', { form: newId(), 'work-ability-today': '4' })
    const waiting = await one.coach.open(one.address)
    app.clock.pass({ minutes: 5 })
    await one.coach.send(`/episodes/${one.episode}/contacts`, { id: newId(), way: 'mobile', result: 'reached' })

    expect(sent.status).toBeLessThan(400)
    expect(waiting.text).toMatch(/Answered questions about how they are.*Read the answers/)
    expect((await one.coach.open(one.address)).text).toContain('Everything has been seen')
  })

  it('is also a way that they took away though nothing could be sent to ask them, until it is seen', async () => {
    const one = await asked()
    const { rows } = await app.owner.query<{ id: string }>(
      `select id from people.means where person = $1 and kind = 'mobile' and ended_at is null`,
      [one.person],
    )
    const before = await one.isToDo()
    app.clock.pass({ minutes: 1 })
    await one.own.send(`/my/details/ways/${rows[0]?.id ?? ''}/ending`, { silent: 'yes' })
    app.clock.pass({ hours: 24 * 7 })
    const waiting = await one.isToDo()
    const coach = await app.as(app.cast.coach)
    const page = await coach.open(one.address)
    await coach.send(one.address, { said: await toHear({ ...one, coach }) })

    expect([before, waiting]).toEqual([false, true])
    expect(page.text).toMatch(/Took away a way to reach them: ask them whether it was they.*See how they are reached/)
    expect(await one.isToDo()).toBe(false)
  })

  it('is not there for anybody elsewhere', async () => {
    const one = await asked()
    await one.answer('yes')
    const [id, elsewhere] = [await toHear(one), await app.as(app.cast.coachElsewhere)]

    expect((await elsewhere.open(one.address)).status).toBe(404)
    expect((await elsewhere.send(one.address, { said: id })).status).toBe(404)
    expect((await one.coach.send(one.address, { said: newId() })).status).toBe(404)
  })
})
