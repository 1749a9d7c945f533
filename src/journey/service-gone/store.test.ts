import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { aSentOnward } from '#test/people/onward.ts'
import { listGone } from './store.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const dayOfCoach = async () => (await app.as(app.cast.coach)).open('/day')
const change = (what: string, service: string) =>
  app.owner.query(`update services.service set ${what} where id = $1`, [service])
/** What a coach writes down that they heard from a service. */
async function heard(onward: string, said: Fields): Promise<Fields> {
  const { rows } = await app.owner.query<{ version: number }>('select version from onward.referral where id = $1', [
    onward,
  ])
  return { id: newId(), witness: 'service', version: `${rows[0]?.version}`, ...said }
}

const told = 'A service they were passed on to'

describe('Somebody who waits for a service that does not go on as it stood', () => {
  it('stands on the day of their coach and of nobody else, until the coach has heard something about it', async () => {
    const { service, onward, browser } = await aSentOnward(app)
    const before = await dayOfCoach()
    app.clock.pass({ minutes: 5 })
    await change(`paused_from = '2026-01-05'`, service)
    app.clock.pass({ minutes: 5 })
    const paused = await dayOfCoach()
    const other = await (await app.as(app.cast.otherCoach)).open('/day')
    const written = await browser.send(`/onward/${onward}/happenings`, await heard(onward, { said: 'accepted' }))
    const after = await dayOfCoach()

    expect(before.html).not.toContain(`/onward/${onward}`)
    expect(paused.text).toContain(`${told} takes nobody for now`)
    expect(paused.html).toContain(`href="/onward/${onward}"`)
    expect(other.text).not.toContain(told)
    expect(written.status).toBe(303)
    expect(after.text).not.toContain(told)
  })

  it('is told of where it has closed, and where its own directory does not name it any more', async () => {
    const [closing, missing] = [await aSentOnward(app), await aSentOnward(app)]
    app.clock.pass({ hours: 25 })
    await change(`valid_until = '2026-01-06'`, closing.service)
    await app.owner.query(
      `insert into source.received (area, source, outer_id, service, document, at, seen_at, missing_since)
       values ('north', 'a feed', '7', $1, '{}', $2, $2, $2)`,
      [missing.service, app.clock.now.toString()],
    )
    const day = await dayOfCoach()

    expect(day.text).toContain(`${told} has closed`)
    expect(day.text).toContain(`${told} is not in its own directory any more`)
  })

  it('is not told of where it has begun there already', async () => {
    const { service, onward, browser } = await aSentOnward(app)
    const begun = { 'started-day': '5', 'started-month': '1', 'started-year': '2026' }
    const written = await browser.send(
      `/onward/${onward}/happenings`,
      await heard(onward, { said: 'started', ...begun }),
    )
    app.clock.pass({ hours: 25 })
    await change(`paused_from = '2026-01-07'`, service)
    const { area, membership } = app.cast.coach
    const whose = { area, coaches: [membership], today: dayOf(app.clock.now) }
    const gone = await app.inArea('north', (db) => listGone(db, whose))

    expect(written.status).toBe(303)
    expect(gone.length).toBeGreaterThan(0)
    expect(gone.map(({ id }) => id)).not.toContain(onward)
  })
})
