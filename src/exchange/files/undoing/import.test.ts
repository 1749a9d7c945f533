import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { bringCases, someCases, someContacts, somePeople } from '#test/cases.ts'
import { aPerson } from '#test/people.ts'
import { asATrailblazer } from '#test/people/trailblazer.ts'
import { importReferrals } from '#exchange/files/from-disk/import.ts'
import { takeBackBatch } from './import.ts'
import { workInWords } from './rules.ts'

let app: TestApp
const folder = mkdtempSync(join(tmpdir(), 'undoing-'))
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const headings = 'Ref,Forename,Surname,DOB,Tel,Post code,Referral source,Referral date,Consent'
let files = 0

/** So many people were brought in by one file. */
async function broughtIn(people: number, source = `System ${(files += 1)}`, more = { heading: '', cell: '' }) {
  const rows = Array.from(
    { length: people },
    (_, place) => `U${place},Person ${place},Undone,14/03/1981,01632 960123,LS1 4AP,GP,01/12/2025,yes${more.cell}`,
  )
  const file = join(folder, `${source}.csv`)
  writeFileSync(file, [`${headings}${more.heading}`, ...rows].join('\n'))
  const came = await importReferrals(app.databases, {
    ...{ area: 'north', file, source, dryRun: false, refusedFile: `${file}.returned.csv` },
    ...{ now: app.clock.now, progress: () => undefined },
  })
  const { rows: found } = await app.owner.query('select id from people.person where batch = $1 order by given_name', [
    came.batch,
  ])
  return { came, source, batch: came.batch ?? '', people: found.map(({ id }) => String(id)) }
}

const takenBack = (batch: string, area = 'north') =>
  takeBackBatch(app.databases, { area, batch, by: undefined, now: app.clock.now }, () => undefined)

async function count(of: string, where = 'true'): Promise<number> {
  return (await app.owner.query(`select count(*)::integer as n from ${of} where ${where}`)).rows[0].n
}

const tables = [
  ...['people.person', 'people.means', 'people.holder', 'people.name_word', 'permissions.permission'],
  ...['episode.episode', 'episode.step', 'episode.standing', 'referral.referral', 'referral.reference'],
]

async function counted(): Promise<number[]> {
  const found: number[] = []
  for (const table of tables) found.push(await count(table))
  return found
}

describe('A batch that is taken back', () => {
  it('leaves nothing of what it brought, and everything else as it was', async () => {
    await aPerson(app)
    await broughtIn(2)
    const before = await counted()
    const { batch } = await broughtIn(450)

    expect(await takenBack(batch)).toEqual({ rows: 450, left: [] })
    expect(await counted()).toEqual(before)
  })

  it('takes the requests for a fit note with it that came with its referrals, each with a clock of its own', async () => {
    await asATrailblazer(app)
    const asking = { heading: ',Asked for a fit note,Referring practice,Fit note,Fit note until' }
    const { batch } = await broughtIn(3, 'Asking', { ...asking, cell: ',Yes,Mill Lane Surgery,Yes,20/01/2026' })
    const { rows } = await app.owner.query(
      `select distinct came, practice, asked_on::text, note_ends_on::text, hold_by::text, request.id = referral.id as one
        from fit_note_request.request join referral.referral on referral.person = request.person`,
    )
    await app.owner.query(`delete from areas.setting where name = 'trailblazer'`)
    const elsewhere = await broughtIn(2, 'Not asking', { ...asking, cell: ',Yes,Mill Lane Surgery,No,' })
    const meanwhile = await count('fit_note_request.request')
    const back = await takenBack(batch)
    await takenBack(elsewhere.batch)

    expect(rows).toEqual([
      {
        ...{ came: 'referral', practice: 'Mill Lane Surgery', asked_on: '2025-12-01', note_ends_on: '2026-01-20' },
        // The five working days were over before it came here.
        ...{ hold_by: '2026-01-12', one: true },
      },
    ])
    expect([meanwhile, back, await count('fit_note_request.request')]).toEqual([3, { rows: 3, left: [] }, 0])
  })

  it('is in the journal, for each person and as a whole', async () => {
    const { batch, people } = await broughtIn(3)
    await takenBack(batch)

    expect(await count('journal.entry', `what = 'record.taken-back' and person = '${people[0]}'`)).toBe(1)
    const { rows } = await app.owner.query(
      `select codes from journal.entry where what = 'batch.undone' and subject = $1`,
      [batch],
    )
    expect(rows).toEqual([{ codes: { rows: 3, stayed: 0 } }])
  })

  it('may be brought in again', async () => {
    const { batch, source } = await broughtIn(4)
    await takenBack(batch)

    expect((await broughtIn(4, source)).came).toMatchObject({ taken: 4, already: 0 })
    expect((await broughtIn(4, source)).came).toMatchObject({ taken: 0, already: 4 })
  })

  it('leaves whom somebody has worked on, says who and why, and takes the others back', async () => {
    const { batch, people } = await broughtIn(3)
    const [worked = ''] = people
    const coach = await app.as(app.cast.coach)
    const answers = { form: newId(), how: 'telephone', 'take-part': 'yes' }
    expect((await coach.send(`/people/${worked}/agreements`, answers)).status).toBe(303)

    const { rows, left } = await takenBack(batch)

    expect(rows).toBe(2)
    expect(left).toMatchObject([
      { person: worked, why: 'permissions.answered', reference: expect.stringMatching(/^WW-/) },
    ])
    expect(workInWords(left[0]?.why ?? '')).toBe('they said yes or no to something')
    expect((await coach.open(`/people/${worked}`)).status).toBe(200)
    expect((await coach.open(`/people/${people[1]}`)).status).toBe(404)
  })

  it('leaves whom a message was written to', async () => {
    const { batch, people } = await broughtIn(2)
    await app.owner.query(
      `insert into notify.message (area, id, person, kind, channel, address, body, allowed_by, written_at, not_before)
       values ('north', $1, $2, 'appointment.reminder', 'text', '07700 900123', 'Tomorrow', 'permission', now(), now())`,
      [newId(), people[1]],
    )

    expect((await takenBack(batch)).left).toMatchObject([{ person: people[1], why: 'message.written' }])
  })

  it('leaves whose record something stands on that the journal does not tell of', async () => {
    const { batch, people } = await broughtIn(5)
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'named')`,
      [people[3], app.cast.coach.membership],
    )

    const { rows, left } = await takenBack(batch)

    expect(rows).toBe(4)
    expect(left).toMatchObject([{ person: people[3], why: 'record.added-to', since: null }])
  })

  it('is taken back twice without harm, and looks anew at who stayed', async () => {
    const { batch, people } = await broughtIn(2)
    const named = [people[0], app.cast.coach.membership]
    await app.owner.query(
      `insert into people.named_access (area, person, membership, from_at, reason) values ('north', $1, $2, now(), 'named')`,
      named,
    )
    expect((await takenBack(batch)).left).toHaveLength(1)
    expect(await takenBack(batch)).toMatchObject({ rows: 1, left: [{ person: people[0] }] })
    await app.owner.query('delete from people.named_access where person = $1 and membership = $2', named)

    expect(await takenBack(batch)).toEqual({ rows: 2, left: [] })
  })

  it('is found in its own area only, and not while it is being brought in', async () => {
    const { batch } = await broughtIn(1)

    await expect(takenBack(batch, 'south')).rejects.toThrow('There is no batch')
    await app.owner.query('update batch.batch set finished_at = null where id = $1', [batch])
    await expect(takenBack(batch)).rejects.toThrow('still being brought in')
  })
})

describe('A folder of open cases that is taken back', () => {
  const everything = [
    ...tables,
    ...['contact.contact', 'assessment.assessment', 'plan.plan', 'agreement.agreement', 'goal.goal', 'action.action'],
    ...['appointment.appointment', 'appointment.slot', 'log.entry', 'pause.pause', 'completion.completion'],
    ...['completion.outcome', 'ending.ending', 'follow_up.follow_up', 'people.equality'],
  ]
  const countedAll = () => Promise.all(everything.map((table) => count(table)))
  const example = fileURLToPath(new URL('../../../../docs/examples/episodes/', import.meta.url))
  const exampleSent = () =>
    Object.fromEntries(readdirSync(example).map((name) => [name, readFileSync(`${example}${name}`)]))
  const personOf = async (familyName: string): Promise<string> =>
    (await app.owner.query('select id from people.person where family_name = $1', [familyName])).rows[0]?.id
  const atTheMoment = async (person: string) =>
    (await app.owner.query('select * from episode.standing where person = $1 order by received_at', [person])).rows

  it('leaves nothing of what it brought, at whatever stage', async () => {
    const before = await countedAll()
    const { batch = '' } = await bringCases(app, exampleSent())
    expect(await countedAll()).not.toEqual(before)

    expect(await takenBack(batch)).toEqual({ rows: 55, left: [] })
    expect(await countedAll()).toEqual(before)
  })

  it('may be brought in again', async () => {
    const { batch = '', files } = await bringCases(app, exampleSent())

    expect(files.every(({ rows, taken }) => rows === taken)).toBe(true)
    await takenBack(batch)
  })

  it('leaves a case somebody has worked on whole, and says which and why', async () => {
    const { batch = '' } = await bringCases(app, { people: somePeople('W', 3), episodes: someCases('W', 3) })
    const person = await personOf('Number W2')
    const coach = await app.as(app.cast.coach)
    const [spell] = await atTheMoment(person)
    const logged = await coach.send(`/episodes/${spell?.episode}/contacts`, {
      ...{ id: newId(), way: 'mobile', result: 'reached', note: 'Spoke to them', day: 'today' },
    })
    expect(logged.status).toBe(303)

    const { rows, left } = await takenBack(batch)

    expect(rows).toBe(4)
    expect(left).toMatchObject([{ person, why: 'contact.logged', reference: expect.stringMatching(/^WW-/) }])
    expect(workInWords(left[0]?.why ?? '')).toBe('a contact was logged')
    expect(await atTheMoment(person)).toHaveLength(1)
  })

  it('leaves a case to which a later folder added something, until that one is taken back', async () => {
    const { batch: first = '' } = await bringCases(app, { people: somePeople('L', 2), episodes: someCases('L', 2) })
    const person = await personOf('Number L1')
    const before = await atTheMoment(person)
    const { batch: later = '' } = await bringCases(app, { contacts: someContacts('L', 1) })
    expect(await atTheMoment(person)).toMatchObject([{ stage: 'trying' }])

    const { rows, left } = await takenBack(first)
    expect(rows).toBe(2)
    expect(left).toMatchObject([{ person, why: 'episode.history-imported' }])
    expect(workInWords(left[0]?.why ?? '')).toContain('a later folder added to their case')

    expect(await takenBack(later)).toEqual({ rows: 1, left: [] })
    const [own] = await atTheMoment(person)
    expect({ ...own, version: 0 }).toEqual({ ...before[0], version: 0 })
    expect(await takenBack(first)).toEqual({ rows: 4, left: [] })
  })

  it('takes a later case of somebody with what they agreed to and whom it told of them', async () => {
    const ended = someCases('O', 1, 'GP,01/09/2025,Carol Coach,,,,01/10/2025,Lost contact')
    const { batch: first = '' } = await bringCases(app, { people: somePeople('O', 1), episodes: ended })
    const person = await personOf('Number O1')
    const holders = () => count('people.holder', `person = '${person}' and until is null`)
    const before = [await count('permissions.permission'), await holders()]
    const again = ['C-again,O1,GP,01/12/2025,Pat Provider,,,,,']
    const { batch: later = '' } = await bringCases(app, { episodes: [...someCases('O', 0), ...again] })
    expect([await count('permissions.permission'), await holders()]).not.toEqual(before)

    expect((await takenBack(first)).left).toMatchObject([{ person, why: 'episode.imported' }])
    expect(await takenBack(later)).toEqual({ rows: 1, left: [] })
    expect([await count('permissions.permission'), await holders()]).toEqual(before)
    expect(await takenBack(first)).toEqual({ rows: 2, left: [] })
  })
})

describe('What no batch brought', () => {
  it('is taken back by nothing the application may ask for', async () => {
    const person = await aPerson(app)
    const before = await counted()

    const { rows } = await app.inArea('north', async (db) =>
      db.executeQuery<{ gone: string[] }>({
        ...db.selectFrom('people.person').select('id').compile(),
        sql: 'select people.take_back($1, array[$2]::uuid[]) as gone',
        parameters: ['north', person],
      }),
    )

    expect(rows).toEqual([{ gone: [] }])
    expect(await counted()).toEqual(before)
  })
})
