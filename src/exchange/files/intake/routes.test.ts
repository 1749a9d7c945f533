import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { startApp, type TestApp } from '#test/app.ts'
import type { Browser, Seen } from '#test/browser.ts'
import { actionIn, aFileOfReferrals, hiddenIn, sendFile } from '#test/people/file.ts'
import { intakeJobs } from './jobs.ts'

let app: TestApp
let administrator: Browser
beforeAll(async () => {
  app = await startApp()
  administrator = await app.as(app.cast.administrator)
})
afterAll(() => app.close())

const rowsOf = async (sql: string, values: unknown[] = []) => (await app.owner.query(sql, values)).rows
const count = async (of: string, where = 'true'): Promise<number> =>
  (await rowsOf(`select count(*)::integer as n from ${of} where ${where}`))[0].n
const brought = (letter: string) => count('people.person', `given_name like 'Person %' and family_name = '${letter}'`)

/** Somebody sends a file and lets every row be tried. */
async function tried(content: string, work = true): Promise<Readonly<{ trial: string; seen: Seen; parcel: string }>> {
  const found = await sendFile(administrator, content)
  const begins = actionIn(found.html, '/trials')
  const { location = '' } = await administrator.send(begins, { id: hiddenIn(found.html, 'id') })
  if (work) await app.work()
  return { trial: location, parcel: begins.replace('/trials', ''), seen: await administrator.open(location) }
}

/** Somebody sends a file, lets it be tried, and brings it in. */
async function broughtIn(content: string, work = true): Promise<Readonly<{ batch: string; trial: string }>> {
  const { trial } = await tried(content)
  const { location = '' } = await administrator.send(`${trial}/batch`)
  if (work) await app.work()
  return { batch: location, trial }
}

const named = (people: number, name: string) => aFileOfReferrals(people, name).replaceAll(',Brought,', `,${name},`)

describe('A file that is tried', () => {
  it('shows how far it has come, and takes nothing', async () => {
    const { seen, trial } = await tried(named(1100, 'Tried'), false)

    expect(seen.text).toContain('Trying every row')
    expect(seen.text).toContain('0 of 1,100 rows')
    expect(seen.html).toMatch(/<progress[^>]* value="0" max="1100"/)
    expect(await app.work()).toBe(3)
    const after = await administrator.open(trial)
    expect(after.text).toContain('1,100 rows = 943 to be taken + 0 here already + 157 to be returned')
    expect(await brought('Tried')).toBe(0)
  })

  it('counts why rows would be returned, with rows as examples, and gives them back as a file', async () => {
    const { seen, trial } = await tried(named(8, 'Faulty').replace('GP,', 'Horoscope,'))

    expect(seen.text).toContain('“DOB”: Give the date of birth. 1 8')
    expect(seen.text).toContain('“Referral source”: “…” is not one of: GP or primary care;')
    const file = await administrator.open(`${trial}/referrals/returned.csv`)
    const lines = file.html.trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('Consent,Row,Why it was returned')
    expect(lines[2]).toMatch(/^Faulty6,Person 6,Faulty,.*,8,“DOB”: Give the date of birth\.$/)
    const [entry] = await rowsOf(`select codes from journal.entry where what = 'parcel.returned-downloaded'`)
    expect(entry).toEqual({ codes: { rows: 2 } })
  })

  it('knows a row again that stands further up', async () => {
    const content = named(600, 'Twice')
    const again = [content, ...content.split('\r\n').slice(1, 3)].join('\r\n')

    expect((await tried(again)).seen.text).toContain('602 rows = 515 to be taken + 2 here already + 85 to be returned')
  })

  it('goes on where it stopped, and no part is counted twice', async () => {
    const { trial } = await tried(named(1100, 'Stopped'), false)
    const id = trial.split('/').at(-1) ?? ''
    await app.owner.query('delete from graphile_worker._private_jobs')
    app.clock.pass({ minutes: 3 })

    const still = await administrator.open(trial)
    expect(still.text).toContain('It stands still')
    await administrator.send(`${trial}/continuation`)
    await app.inArea('north', (db) => addJob(db, 'files.try', { area: 'north', trial: id, part: 0 }))
    await app.work()
    expect((await administrator.open(trial)).text).toContain('1,100 rows = 943 to be taken')
    expect(await rowsOf('select sum(rows)::integer as rows from trial.sheet where trial = $1', [id])).toEqual([
      { rows: 1100 },
    ])
    expect(await count('trial.seen', `trial = '${id}'`)).toBe(0)
  })

  it('goes on by itself where a server broke down, and not where it failed', async () => {
    const { trial } = await tried(named(3, 'Woken'), false)
    const wake = () => app.inArea('north', (db) => intakeJobs['files.wake'](db, { area: 'north' }, app.clock.now))
    await app.owner.query('delete from graphile_worker._private_jobs')
    app.clock.pass({ minutes: 4 })
    await wake()
    expect(await app.work()).toBe(0)
    app.clock.pass({ minutes: 2 })
    await wake()
    await app.owner.query(`update graphile_worker._private_jobs set last_error = 'It failed', run_at = '2099-01-01'`)
    await wake()
    expect(await app.work()).toBe(0)
    await app.owner.query('delete from graphile_worker._private_jobs')
    await wake()
    await app.work()

    expect((await administrator.open(trial)).text).toContain('3 rows = 3 to be taken')
  })

  it('that fails says why, in words, and can be gone on with', async () => {
    const { trial } = await tried(named(2, 'Failing'), false)
    await app.owner.query(
      `update graphile_worker._private_jobs set attempts = 8, max_attempts = 8, last_error = 'The database did not answer'`,
    )

    const seen = await administrator.open(trial)
    expect(seen.text).toContain('It stands still')
    expect(seen.text).toContain('The database did not answer.')
    await administrator.send(`${trial}/continuation`)
    await app.work()
    expect((await administrator.open(trial)).text).toContain('2 rows = 2 to be taken')
  })
})

describe('A file that is brought in after it was tried', () => {
  it('does what the trial said: every row is accounted for', async () => {
    const { batch, trial } = await broughtIn(named(1100, 'Taken'), false)

    expect((await administrator.open(batch)).text).toContain('Bringing it in')
    await app.work()
    const seen = await administrator.open(batch)
    expect(seen.text).toContain('1,100 rows = 943 taken + 0 here already + 157 returned')
    expect(seen.text).toContain('“DOB”: Give the date of birth. 157 8, 15, 22, 29, 36')
    expect(await brought('Taken')).toBe(943)
    expect((await administrator.open(trial)).text).toContain('It was brought in since')
  })

  it('is done once however often it is asked for, and in the name of who asked', async () => {
    const { batch, trial } = await broughtIn(named(3, 'Once'))
    const again = await administrator.send(`${trial}/batch`)
    await app.work()

    expect(again.location).toBe(batch)
    expect(await brought('Once')).toBe(3)
    const [entry] = await rowsOf(
      `select e.account from journal.entry e join people.person p on p.id = e.person
        where e.what = 'referral.imported' and p.family_name = 'Once' limit 1`,
    )
    expect(entry).toEqual({ account: app.cast.administrator.account })
  })

  it('takes nothing twice when the same file is sent again', async () => {
    await broughtIn(named(3, 'Again'))

    expect((await tried(named(3, 'Again'))).seen.text).toContain('3 rows = 0 to be taken + 3 here already')
  })

  it('stands in the list with who brought it in and what came of it', async () => {
    const { text } = await administrator.open('/imports')

    expect(text).toMatch(/export\.csv Referrals Today [\d:]+, by Ada Administrator 943 0 157 Brought in/)
    expect(text).toContain('Sent, and not brought in yet')
  })

  it('is seen by nobody of another organisation, and is as if it were not there', async () => {
    const { batch, trial } = await broughtIn(named(1, 'Hidden'))
    const nothing = '00000000-0000-4000-8000-000000000000'

    for (const member of [app.cast.providerManager, app.cast.managerElsewhere]) {
      const other = await app.as(member)
      const missing = await other.open(`/imports/batches/${nothing}`)
      for (const path of [
        batch,
        `${batch}/undoing`,
        `${batch}/referrals/returned.csv`,
        trial,
        `${trial}/referrals/returned.csv`,
      ]) {
        const foreign = await other.open(path)
        expect([path, foreign.status, foreign.text]).toEqual([path, 404, missing.text])
      }
      expect((await other.send(`${batch}/undoing`)).status).toBe(404)
      expect((await other.open('/imports')).text).toContain('Nothing was brought in yet')
    }
  })
})

describe('A batch that is taken back on its page', () => {
  it('says what goes and what stays, takes it back, and says what came of it', async () => {
    const { batch } = await broughtIn(named(5, 'Back'))
    const [person] = await rowsOf(`select id from people.person where family_name = 'Back' order by given_name limit 1`)
    const coach = await app.as(app.cast.coach)
    await coach.send(`/people/${person.id}/agreements`, { form: newId(), how: 'telephone', 'take-part': 'yes' })

    const before = await administrator.open(`${batch}/undoing`)
    expect(before.text).toContain('4 of the 5 people it brought go')
    expect(before.text).toContain('1 person stays, since somebody has worked on their record')
    expect(before.text).toContain('they said yes or no to something 1')
    const during = await administrator.sendAndFollow(`${batch}/undoing`)
    expect(during.text).toContain('Taking it back')
    await app.work()
    const after = await administrator.open(batch)
    expect(after.text).toContain('4 rows are taken back, as if they had never come.')
    expect(after.text).toContain('Person 0 Back they said yes or no to something')
    expect(await brought('Back')).toBe(1)
  })

  it('is not while it is still being brought in', async () => {
    const { batch } = await broughtIn(named(2, 'Early'), false)

    expect((await administrator.open(`${batch}/undoing`)).text).toContain('It is still being brought in')
    await administrator.send(`${batch}/undoing`)
    await app.work()
    expect(await brought('Early')).toBe(2)
  })
})

describe('What was sent', () => {
  it('is deleted at once when it is put away', async () => {
    const { parcel, trial } = await tried(named(8, 'Away'))
    const id = parcel.split('/').at(-1) ?? ''
    await administrator.send(`${parcel}/removal`)

    expect(await count('parcel.part', `parcel = '${id}'`)).toBe(0)
    expect((await administrator.open(parcel)).status).toBe(404)
    expect((await administrator.open(`${trial}/referrals/returned.csv`)).status).toBe(404)
    expect((await administrator.send(`${trial}/batch`)).status).toBe(404)
  })

  it('is deleted after as many days as the area keeps it, and the numbers stay', async () => {
    const { batch } = await broughtIn(named(8, 'Old'))
    // As a cell said it: the reason names the column, and quotes what stood there.
    const quoted = `{“Route”: “Ann Smith” is not one of: GP.}`
    await app.owner.query(`update batch.row set reasons = $1 where outcome = 'refused'`, [quoted])
    const returned = await count('batch.row', `reasons = '${quoted}'`)
    expect(returned).toBeGreaterThan(0)
    const deleted = () => app.inArea('north', (db) => intakeJobs['files.delete'](db, { area: 'north' }, app.clock.now))
    app.clock.pass({ days: 30 })
    await deleted()
    expect(await count('parcel.part')).toBeGreaterThan(0)
    expect(await count('batch.row', `reasons = '${quoted}'`)).toBe(returned)
    app.clock.pass({ days: 1 })
    await deleted()

    expect([await count('parcel.part'), await count('trial.refusal')]).toEqual([0, 0])
    expect((await (await app.as(app.cast.administrator)).open(batch)).text).toContain(
      'The returned rows themselves are not kept here any more.',
    )
    expect(await count('batch.row', `reasons = '{“Route”: “…” is not one of: GP.}'`)).toBe(returned)
    expect(await count('journal.entry', `what = 'parcel.emptied'`)).toBeGreaterThan(0)
  })
})
