import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { addJob } from './jobs.ts'
import type { Jobs } from './worker.ts'
import { startWorkers } from './worker.ts'

let app: TestApp
let stop: () => Promise<void>
beforeEach(async () => {
  app = await startApp()
  stop = async () => undefined
})
afterEach(async () => {
  await stop()
  await app.close()
})

/** The real queue's worker, under its restricted role, until the end of the test. */
async function aWorker(jobs: Jobs): Promise<void> {
  const { host, port, database, user, password } = app.owner
  const directUrl = `postgres://${user}:${password ?? ''}@${encodeURIComponent(host)}:${port}/${database}`
  const queues = [{ directUrl, areas: async () => ['north'] }]
  const parts = { databases: app.databases, queues, now: () => app.clock.now, log: () => undefined }
  const workers = await startWorkers({ ...parts, jobs, schedules: [] })
  stop = workers.stop
}

const add = (name: string, attempts: number) =>
  app.inArea('north', (db) => addJob(db, name, { area: 'north', letter: 'a1' }, { attempts }))

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await done()) return
    await wait(50)
  }
  throw new Error('It did not come about within ten seconds')
}

/** Work that fails the first time, with words that must not be seen. */
function failingOnce(): { jobs: Jobs; runs: string[] } {
  const runs: string[] = []
  const work: Jobs[string] = async (_db, { letter }) => {
    runs.push(String(letter))
    if (runs.length === 1) throw new Error('Sam Taylor was not found')
  }
  return { jobs: { 'letters.print': work }, runs }
}

const failures = async (): Promise<number> =>
  (
    await app.owner.query(
      'select from graphile_worker._private_jobs where last_error is not null and locked_at is null',
    )
  ).rowCount ?? 0

describe('Work that failed', () => {
  it('is seen with a reason that names nobody, and is done once it is run again', async () => {
    const { jobs, runs } = failingOnce()
    await add('letters.print', 1)
    await aWorker(jobs)
    await until(async () => (await failures()) === 1)
    const administrator = await app.as(app.cast.systemAdministrator)

    const page = await administrator.open('/jobs')
    expect(page.text).toContain('letters.print')
    expect(page.text).toContain('letter a1')
    expect(page.text).toContain('The product made a mistake (Error, platform/jobs/routes.test.ts')
    expect(page.text).toContain('Given up')
    expect(page.text).not.toContain('Sam Taylor')

    const address = /action="(\/jobs\/\d+\/run)"/.exec(page.html)?.[1] ?? ''
    const after = await administrator.sendAndFollow(address)
    expect(after.text).toContain('The work was put back in the queue.')
    await until(() => runs.length === 2)
    await until(async () => !(await administrator.open('/jobs')).text.includes('letters.print'))
    const { rows } = await app.owner.query(
      `select codes ->> 'name' as name from journal.entry where what = 'job.run-again'`,
    )
    expect(rows).toEqual([{ name: 'letters.print' }])
  })

  it('is seen by an administrator, who may not run it again', async () => {
    await aFailure()
    const administrator = await app.as(app.cast.administrator)

    const page = await administrator.open('/jobs')

    expect(page.text).toContain('letters.print')
    expect(page.html).not.toContain('/run"')
    expect((await administrator.send('/jobs/1/run')).status).toBe(403)
  })

  it('is not known to another area, nor to a coach', async () => {
    const job = await aFailure()
    const sent = async (area: string) => {
      await app.owner.query(`update organisations.member set role = 'system-administrator' where id = $1`, [
        app.cast.managerElsewhere.membership,
      ])
      const elsewhere = await app.as(app.cast.managerElsewhere)
      return { page: await elsewhere.open('/jobs'), run: await elsewhere.send(`/jobs/${area}/run`) }
    }

    const [foreign, missing] = [await sent(job), await sent('999999')]

    expect(foreign.page.text).toContain('Nothing has failed')
    expect([foreign.run.status, foreign.run.text]).toEqual([missing.run.status, missing.run.text])
    expect(foreign.run.status).toBe(404)
    expect((await (await app.as(app.cast.coach)).open('/jobs')).status).toBe(403)
  })
})

describe('The queue', () => {
  it('holds no job of an act that did not happen', async () => {
    const failing = app.inArea('north', async (db) => {
      await addJob(db, 'letters.print', { area: 'north' })
      throw new Error('the act failed')
    })

    await expect(failing).rejects.toThrow('the act failed')
    expect((await app.owner.query('select from graphile_worker._private_jobs')).rowCount).toBe(0)
  })

  it('takes no job for another area than that of the act', async () => {
    const foreign = app.inArea('north', (db) => addJob(db, 'letters.print', { area: 'south' }))

    await expect(foreign).rejects.toThrow('A job belongs to the area of the transaction that adds it')
  })

  it('is seen by the role of the worker after the migrations, and was seen empty without its policy', async () => {
    await add('letters.print', 1)

    expect(await seenByWorker()).toBe(1)
    await app.owner.query('drop policy worker on graphile_worker._private_jobs')
    expect(await seenByWorker()).toBe(0)
  })
})

async function seenByWorker(): Promise<number> {
  await app.owner.query('begin; set local role workwell_worker')
  const { rowCount } = await app.owner.query('select from graphile_worker._private_jobs')
  await app.owner.query('rollback')
  return rowCount ?? 0
}

/** A job that was given up after its one try. */
async function aFailure(): Promise<string> {
  await add('letters.print', 1)
  const { rows } = await app.owner.query(
    `update graphile_worker._private_jobs set attempts = 1, last_error = 'The product made a mistake' returning id`,
  )
  return String(rows[0].id)
}
