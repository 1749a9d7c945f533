import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { type Jobs, startWorkers } from '#platform/jobs/worker.ts'
import { startApp, type TestApp } from './app.ts'
import { type Clone, cloneDatabase } from './database.ts'
import { moveArea } from './database/moving.ts'
import { aPerson } from './people.ts'

let app: TestApp
let second: Clone
let other: pg.Client
let stop: () => Promise<void>
const clocked: string[] = []

// North lives in the main database and south in one of its own; the product's own work is watched as it is done.
beforeAll(async () => {
  second = await cloneDatabase()
  other = new pg.Client({ connectionString: second.ownerUrl })
  await other.connect()
  const south = { url: second.url, directUrl: second.ownerUrl }
  app = await startApp({ WORKWELL_AREA_DATABASES: JSON.stringify({ south }) })
  await moveArea(app.owner, other, 'south')
  const { host, port, database, user, password } = app.owner
  const main = `postgres://${user}:${password ?? ''}@${encodeURIComponent(host)}:${port}/${database}`
  const queues = app.databases.homes.map((home, number) => ({
    directUrl: number === 0 ? main : second.ownerUrl,
    areas: () => app.product.areasIn(home),
  }))
  const { databases, product } = app
  const parts = { databases, queues, schedules: product.schedules, now: () => app.clock.now, log: () => undefined }
  ;({ stop } = await startWorkers({ ...parts, jobs: watched({ ...product.jobs, ...failing }) }))
})
afterAll(async () => {
  await stop()
  await app.close()
  await other.end()
  await second.drop()
})

const failing: Jobs = {
  'letters.print': async () => {
    throw new Error('No printer')
  },
}

function watched(jobs: Jobs): Jobs {
  const watch = (name: string, work: Jobs[string]): Jobs[string] => {
    return async (db, payload, now) => {
      if (name === 'form.forget-drafts') clocked.push(payload.area)
      await work(db, payload, now)
    }
  }
  return Object.fromEntries(Object.entries(jobs).map(([name, work]) => [name, watch(name, work)]))
}

/** What is left to do in both queues and can be done now. */
const waiting = async () => {
  const text = 'select from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts'
  return ((await app.owner.query(text)).rowCount ?? 0) + ((await other.query(text)).rowCount ?? 0)
}
const allDone = () => expect.poll(waiting, { timeout: 15_000, interval: 100 }).toBe(0)
const people = async (owner: pg.Client) => (await owner.query('select area from people.person')).rows
const refer = async (area: string) => {
  const visitor = app.visitor()
  await visitor.open(`/in/${area}/refer`)
  return visitor.send(`/in/${area}/refer`, {
    ...{ id: newId(), givenName: 'Robin', familyName: 'Marsh', phone: '07700 900461', safe: ['call', 'text'] },
    ...{ 'bornOn-day': '14', 'bornOn-month': '3', 'bornOn-year': '1981', postcode: 'LS1 4AP', agreement: 'agreed' },
    ...{ route: 'gp', referrerName: 'Dr Khan', referrerOrganisation: 'Park Surgery' },
    ...{ referrerEmail: 'park@example.org', feedback: 'status' },
  })
}

describe('Two areas in two databases', () => {
  it('are both on the first page, and each keeps its own people', async () => {
    await aPerson(app, { heldBy: app.cast.coach })
    await aPerson(app, { heldBy: app.cast.coachElsewhere })
    const { text } = await app.visitor().open('/')

    expect(text).toContain('WorkWell north')
    expect(text).toContain('WorkWell south')
    expect(await people(app.owner)).toEqual([{ area: 'north' }])
    expect(await people(other)).toEqual([{ area: 'south' }])
  })

  it('let somebody sign in once and work where they belong', async () => {
    const elsewhere = await app.as(app.cast.coachElsewhere)

    expect((await elsewhere.open('/memberships')).text).toContain('WorkWell south')
    expect((await elsewhere.open('/day')).status).toBe(200)
  })

  it.each(['north', 'south'])('do what follows from a referral to %s in its own queue', async (area) => {
    expect((await refer(area)).status).toBe(303)
    await allDone()

    const owner = area === 'north' ? app.owner : other
    const { rows } = await owner.query('select area, channel, settled_as from notify.message order by channel')
    expect(rows).toEqual([
      { area, channel: 'email', settled_as: 'sent' },
      { area, channel: 'text', settled_as: 'sent' },
    ])
  })

  it('are each started once by the clock', async () => {
    for (const owner of [app.owner, other]) {
      await owner.query(`select graphile_worker.add_job('each-area.form.forget-drafts')`)
    }
    await expect.poll(() => clocked.toSorted(), { timeout: 15_000, interval: 100 }).toEqual(['north', 'south'])
    await allDone()

    expect(clocked.toSorted()).toEqual(['north', 'south'])
  })

  it('show failed work to the administrator of its own area alone, who can run it again', async () => {
    await app.inArea('south', (db) => addJob(db, 'letters.print', { area: 'south' }, { attempts: 1 }))
    await allDone()
    const north = await (await app.as(app.cast.systemAdministrator)).open('/jobs')
    expect(north.text).toContain('Nothing has failed')
    await other.query(`update organisations.member set role = 'system-administrator' where id = $1`, [
      app.cast.managerElsewhere.membership,
    ])
    const south = await app.as(app.cast.managerElsewhere)
    const failed = await south.open('/jobs')
    const again = await south.sendAndFollow(/action="(\/jobs\/\d+\/run)"/.exec(failed.html)?.[1] ?? '')

    expect(failed.text).toContain('letters.print')
    expect(again.text).toContain('The work was put back in the queue')
    await allDone()
  })
})

describe('An area whose own database is away', () => {
  it('leaves everybody else their pages, their sign-in and a copy that is ready', async () => {
    const nowhere = 'postgres://nobody@127.0.0.1:1/nowhere'
    const north = await startApp({ WORKWELL_AREA_DATABASES: JSON.stringify({ west: nowhere }) })
    const coach = await north.as(north.cast.coach)
    const [start, memberships, day] = [
      await north.visitor().open('/'),
      await coach.open('/memberships'),
      await coach.open('/day'),
    ]
    const west = await north.visitor().open('/in/west')
    const ready = await north.product.fastify.inject('/health/ready')
    await north.close()

    expect([start.status, memberships.status, day.status]).toEqual([200, 200, 200])
    expect(memberships.text).toContain('WorkWell north')
    expect([west.status, west.headers['retry-after']]).toEqual([503, '5'])
    expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, away: ['west'] }])
  })
})
