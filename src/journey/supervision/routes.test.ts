import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { anEpisode, type Standing } from '#test/people/episode.ts'

let app: TestApp
let spell: Standing
let hidden: Standing
beforeAll(async () => {
  app = await startApp()
  spell = await anEpisode(app, { familyName: 'Discussed' })
  hidden = await anEpisode(app, { familyName: 'Unnamed' })
})
afterAll(() => app.close())

const on = (name: string, text: string) => {
  const { day, month, year } = Temporal.PlainDate.from(text)
  return { [`${name}-day`]: `${day}`, [`${name}-month`]: `${month}`, [`${name}-year`]: `${year}` }
}
/** Restricts a record to one member. */
async function nameFor({ person }: Standing, { area, membership }: Member): Promise<void> {
  await app.owner.query('update people.person set restricted = true where id = $1', [person])
  await app.owner.query(
    `insert into people.named_access (area, person, membership, from_at, reason) values ($1, $2, $3, $4, 'test')`,
    [area, person, membership, app.clock.now.toString()],
  )
}

const agreed = 'Carol will ask for training in motivational interviewing'

/** A supervision that the senior coach held with the coach today. */
async function held(given: Readonly<Record<string, string | string[]>> = {}): Promise<string> {
  const id = newId()
  const words = { id, agreed, cases: [spell.episode], ...on('on', '2026-01-05'), ...on('next', '2026-01-09'), ...given }
  const senior = await app.as(app.cast.seniorCoach)
  const sent = await senior.send(`/supervisions/new/${app.cast.coach.membership}`, words)
  expect([sent.status, sent.text.slice(0, 400)]).toEqual([303, expect.any(String)])
  return id
}

const openAs = async (member: Member, path: string) => (await app.as(member)).open(path)

describe('A supervision', () => {
  it('is read by the two who held it, and to everybody else is as if it were not there', async () => {
    const id = await held()
    const absent = await openAs(app.cast.manager, `/supervisions/${newId()}`)

    for (const part of ['coach', 'seniorCoach'] as const) {
      const seen = await openAs(app.cast[part], `/supervisions/${id}`)
      expect(seen.text).toContain(agreed)
      expect(seen.text).toContain('Robin Discussed')
    }
    for (const part of ['manager', 'otherCoach', 'providerManager', 'managerElsewhere'] as const) {
      const seen = await openAs(app.cast[part], `/supervisions/${id}`)
      expect([part, seen.status, seen.text.includes(agreed)]).toEqual([part, 404, false])
    }
    expect((await openAs(app.cast.manager, `/supervisions/${id}`)).text).toBe(absent.text)
    expect((await openAs(app.cast.administrator, '/supervisions')).status).toBe(403)
  })

  it('is kept from others by the database as well', async () => {
    const id = await held()
    const notes = (member?: Member) =>
      app.inArea('north', async (db) => {
        if (member) await sql`select set_config('app.member', ${member.membership}, true)`.execute(db)
        const found = await sql`select from supervision.note where supervision = ${id}
          union all select from supervision.talked_about where supervision = ${id}`.execute(db)
        return found.rows.length
      })

    expect(await notes()).toBe(0)
    expect(await notes(app.cast.manager)).toBe(0)
    expect(await notes(app.cast.coach)).toBe(2)
  })

  it('names only people whose record both may open', async () => {
    await nameFor(hidden, app.cast.coach)
    const other = await anEpisode(app, { familyName: 'Unsaid' })
    await nameFor(other, app.cast.seniorCoach)
    const page = `/supervisions/new/${app.cast.coach.membership}`
    const form = await openAs(app.cast.seniorCoach, page)
    const words = { id: newId(), agreed, cases: [hidden.episode], ...on('on', '2026-01-05') }
    const refused = await (await app.as(app.cast.seniorCoach)).send(page, words)

    expect(form.text).toContain('Robin Discussed')
    expect(form.text).not.toContain('Unnamed')
    expect(form.text).not.toContain('Unsaid')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Choose people whose record you may both open')
    expect(refused.html).toContain(agreed)
  })

  it('is changed by either of the two, and what stood there before stays', async () => {
    const id = await held()
    const coach = await app.as(app.cast.coach)
    const words = { agreed: 'Training in March', ...on('on', '2026-01-05'), version: '1' }
    const changed = await coach.sendAndFollow(`/supervisions/${id}/words`, words)
    const late = await (await app.as(app.cast.seniorCoach)).send(`/supervisions/${id}/words`, words)

    expect(changed.text).toMatch(/Training in March.*What stood here before.*Carol will ask for training/)
    expect(changed.text).not.toContain('Discussed')
    expect(late.status).toBe(409)
  })

  it('stands on the day of both before it is due, and on no other day', async () => {
    await held(on('next', '2026-01-12'))
    const words = 'Supervision with Sara Senior'

    expect((await openAs(app.cast.coach, '/day')).text).toContain(`${words}: Monday 12 January 2026`)
    expect((await openAs(app.cast.seniorCoach, '/day')).text).toContain('Supervision with Carol Coach')
    expect((await openAs(app.cast.seniorCoach, '/board')).text).toContain('Supervision with Carol Coach')
    expect((await openAs(app.cast.otherCoach, '/day')).text).not.toContain('Supervision with')
    app.clock.set('2026-01-14T10:00:00Z')
    const overdue = await openAs(app.cast.coach, '/day')
    app.clock.set('2026-01-05T10:00:00Z')
    expect(overdue.text).toContain(`${words}: was due Monday 12 January 2026 Overdue`)
  })

  it('shows managers when each coach had the last one, and no word of it', async () => {
    await held()
    const seen = await openAs(app.cast.manager, '/supervisions')

    expect(seen.text).toMatch(/Carol Coach Today Sara Senior/)
    expect(seen.text).toMatch(/Colin Colleague None yet/)
    expect(seen.text).not.toContain(agreed)
    expect(seen.text).not.toContain('Discussed')
  })

  it('is found no more once it is taken back', async () => {
    const id = await held()
    await (await app.as(app.cast.seniorCoach)).send(`/supervisions/${id}/withdrawal`, {})

    expect((await openAs(app.cast.coach, `/supervisions/${id}`)).status).toBe(404)
  })
})

describe('What a supervision decides about somebody', () => {
  it('stands on their record where it is put there, and nothing else of it does', async () => {
    const id = await held()
    const senior = await app.as(app.cast.seniorCoach)
    const path = `/supervisions/${id}/cases/${spell.episode}/decision`
    const decision = newId()
    await senior.send(path, { id: decision, decided: 'Ask occupational health first' })
    const record = await openAs(app.cast.coach, `/people/${spell.person}`)
    const other = await openAs(app.cast.seniorCoach, `/supervisions/${id}/cases/${hidden.episode}/decision`)
    await (await app.as(app.cast.coach)).send(`/supervision-decisions/${decision}/withdrawal`, {})
    const stands = await openAs(app.cast.coach, `/people/${spell.person}`)
    await senior.send(`/supervision-decisions/${decision}/withdrawal`, {})
    const back = await openAs(app.cast.coach, `/people/${spell.person}`)

    expect(record.text).toContain('Decided in supervision: Ask occupational health first')
    expect(record.text).not.toContain(agreed)
    expect(other.status).toBe(404)
    expect(stands.text).not.toContain('Taken back')
    expect(back.text).toContain('Taken back')
  })
})
