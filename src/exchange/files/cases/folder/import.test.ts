import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { bringCases, breakingOff, type Sent, someCases, someContacts, somePeople } from '#test/cases.ts'
import type { Came } from '#exchange/files/batch/import.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const rowsOf = async (sql: string, values: unknown[] = []) => (await app.owner.query(sql, values)).rows
async function count(of: string, where = 'true'): Promise<number> {
  return (await rowsOf(`select count(*)::integer as n from ${of} where ${where}`))[0].n
}

const sums = ({ files }: Came) =>
  Object.fromEntries(
    files.map(({ called, rows, taken, already, refused }) => [called, [rows, taken, already, refused]]),
  )
/** Why rows were returned, by their file and number. */
const reasons = ({ files }: Came) =>
  Object.fromEntries(
    files.flatMap(({ called, refusals }) =>
      [...refusals].map(([number, why]) => [`${called} ${number}`, why.join(' ')]),
    ),
  )

const standing = async (familyName: string) =>
  (
    await rowsOf(
      `select s.* from episode.standing s join people.person p on (p.area, p.id) = (s.area, s.person)
      where p.family_name = $1 order by s.received_at`,
      [familyName],
    )
  )[0]

describe('A row that cannot be taken', () => {
  const person = somePeople('R', 4)
  const [, first = '', second = '', ...others] = person
  const sent: Sent = {
    people: [...person.slice(0, 1), first, second.replace(/,\d+\/\d+\/\d+,/, ',31/02/1980,'), ...others],
    episodes: [
      ...someCases('R', 2),
      'C-R3,R3,banana,01/12/2025,Carol Coach,,,,,',
      'C-R4,R4,GP,01/12/2025,Nobody Known,09/12/2025,,,,',
      'C-none,R9,GP,01/12/2025,,,,,,',
      'C-late,R4,GP,01/12/2025,Carol Coach,20/11/2025,,,,',
    ],
    contacts: [
      ...someContacts('R', 3),
      'C-R1,30/11/2025,Phone,Reached,',
      'C-R1,06/01/2026,Phone,Reached,',
      'C-R1,04/12/2025,Pigeon,Reached,',
      'C-zzz,04/12/2025,Phone,Reached,',
    ],
    actions: ['Case ID,Action,Due date', 'C-R1,Write a CV,01/12/2025'],
    outcomes: ['Case ID,Completion date,Outcome,Work status', 'C-R1,04/01/2026,New job,Unemployed'],
    'follow-ups': ['Case ID,Weeks,Date,Result', 'C-R1,14,04/01/2026,Answered'],
  }

  it('comes back with its reasons, file by file, and with it whatever stands on it', async () => {
    const came = await bringCases(app, sent)

    expect(sums(came)).toEqual({
      ...{ people: [4, 3, 0, 1], episodes: [6, 1, 0, 5], contacts: [7, 1, 0, 6] },
      ...{ actions: [1, 0, 0, 1], outcomes: [1, 0, 0, 1], 'follow-ups': [1, 0, 0, 1] },
    })
    expect(reasons(came)).toEqual({
      'people 3': '“DOB”: There is no 31 February 1980.',
      'episodes 3': 'The person “R2” was returned: “DOB”: There is no 31 February 1980.',
      'episodes 4': expect.stringContaining('“Referral source”: “banana” is not one of'),
      'episodes 5': '“Coach”: “Nobody Known” is nobody who works here: invite them first, or give the email address.',
      'episodes 6': 'There is no person “R9” in people.csv, and none was brought in before.',
      'episodes 7': '“Assessment date”: It lies before the referral came.',
      'contacts 3': expect.stringContaining('The case “C-R2” was returned: The person “R2” was returned'),
      'contacts 4': expect.stringContaining('The case “C-R3” was returned'),
      'contacts 5': 'It lies before the referral came.',
      'contacts 6': expect.stringContaining('“Contact date”'),
      'contacts 7': expect.stringContaining('“Contact type”: “Pigeon” is not one of'),
      'contacts 8': 'There is no case “C-zzz” in episodes.csv, and none was brought in before.',
      'actions 2': 'The case has no goal that was taken.',
      'outcomes 2': expect.stringContaining('It does not fit where the case stood then: Trying to contact.'),
      'follow-ups 2': expect.stringContaining('“14” is neither 13 nor 26.'),
    })
  })

  it('is taken when it comes again as it should be, and the rest is here already', async () => {
    const again = await bringCases(app, {
      ...{ people: somePeople('R', 4), episodes: someCases('R', 4), contacts: someContacts('R', 4) },
    })

    expect(sums(again)).toEqual({ people: [4, 1, 3, 0], episodes: [4, 3, 1, 0], contacts: [4, 3, 1, 0] })
  })

  it('is returned where it opens a second case for somebody who has one', async () => {
    const came = await bringCases(app, { episodes: [...someCases('R', 0), 'C-2,R1,GP,01/12/2025,,,,,,'] })

    expect(reasons(came)['episodes 2']).toContain('The person has another open case')
  })

  it('is returned where its reference stands for somebody else, unless its system is named', async () => {
    const other = somePeople('R', 1).map((row) => row.replace('Number R1', 'Other'))

    expect(reasons(await bringCases(app, { people: other }))['people 2']).toContain('came before for another person')
    expect(sums(await bringCases(app, { people: other }, { source: 'Other system' }))).toEqual({ people: [1, 1, 0, 0] })
  })
})

describe('However the files of a folder are written', () => {
  it('they are read: with and without a byte order mark, by an old Windows program, as Unicode text', async () => {
    const [people, cases, contacts] = [somePeople('W', 1), someCases('W', 1), someContacts('W', 1)].map((rows) =>
      rows.join('\r\n').replace('Number W1', 'Ibáñez').replaceAll('Reached', ' reached '),
    )
    const came = await bringCases(app, {
      'Clients 2025.csv': Buffer.from(people ?? '', 'latin1'),
      'CASES.CSV': Buffer.from(`\uFEFF${cases?.replaceAll(',', ';') ?? ''}`),
      'contact log.txt': Buffer.from(`\uFEFF${contacts?.replaceAll(',', '\t') ?? ''}`, 'utf16le'),
      'notes.txt': ['Nothing', 'we know'],
    })

    expect(sums(came)).toEqual({ people: [1, 1, 0, 0], episodes: [1, 1, 0, 0], contacts: [1, 1, 0, 0] })
    expect(came.unknown).toEqual(['notes.txt'])
    expect(await standing('Ibáñez')).toMatchObject({ stage: 'trying' })
  })
})

describe('A later folder', () => {
  it('adds to cases that are here, and closes them where it says so', async () => {
    const planned = 'GP,01/09/2025,Carol Coach,09/09/2025,Thrive,16/09/2025,,'
    await bringCases(app, { people: somePeople('A', 1), episodes: someCases('A', 1, planned) })
    expect(await standing('Number A1')).toMatchObject({ stage: 'plan-agreed', next_due_what: 'contact' })

    await bringCases(app, {
      contacts: someContacts('A', 1, '23/09/2025,Phone,Reached,Colin Colleague'),
      outcomes: ['Case ID,Completion date,Outcome,Work status,Hours', 'C-A1,01/12/2025,Same job,Employed,20'],
    })

    expect(await standing('Number A1')).toMatchObject({ stage: 'aftercare', next_due_what: null, next_due_on: null })
    expect(await count('completion.completion')).toBe(1)
  })

  it('asks after nobody whose follow-up lies in a time when nobody here could ask', async () => {
    const planned = 'GP,01/03/2025,Carol Coach,09/03/2025,Thrive,16/03/2025,,'
    await bringCases(app, { people: somePeople('F', 2), episodes: someCases('F', 2, planned) })
    const head = 'Case ID,Completion date,Outcome,Work status,Hours'
    await bringCases(app, {
      outcomes: [head, 'C-F1,01/05/2025,Same job,Employed,20', 'C-F2,01/09/2025,Same job,Employed,20'],
    })

    expect(await standing('Number F1')).toMatchObject({ stage: 'closed', follow_up_26_on: null })
    expect(await standing('Number F2')).toMatchObject({ stage: 'aftercare', follow_up_13_on: null })
    expect(await count('episode.standing', `follow_up_13_on < '2026-01-05' or follow_up_26_on < '2026-01-05'`)).toBe(0)
  })
})

describe('A day that went by in the earlier system', () => {
  it('makes nobody late: what was due on it is due on the next working day', async () => {
    const head = 'Case ID,Client ID,Referral source,Date received,Coach,Assessment date,Plan type,Plan date'
    const told = 'GP,01/09/2025,Carol Coach,09/09/2025,Thrive,16/09/2025'
    await bringCases(app, {
      people: somePeople('N', 2),
      episodes: [
        `${head},Next contact,Next review,On hold since,On hold reason,On hold until`,
        `C-N1,N1,${told},01/12/2025,09/12/2025,,,`,
        `C-N2,N2,${told},,,01/12/2025,Surgery,15/12/2025`,
      ],
    })

    const { rows } = await app.owner
      .query(`select standing.next_due_what, standing.next_due_on::text, plan.review_on::text
      from episode.standing join plan.plan using (area, episode) join people.person on person.id = standing.person
      where person.family_name like 'Number N%' order by person.family_name`)
    expect(rows).toEqual([
      { next_due_what: 'contact', next_due_on: '2026-01-06', review_on: '2026-01-06' },
      { next_due_what: 'check', next_due_on: '2026-01-06', review_on: '2026-01-06' },
    ])
  })
})

describe('A colleague’s time', () => {
  it('is given to one of two appointments to come that overlap', async () => {
    const head = 'Case ID,Appointment date,Start time'
    const came = await bringCases(app, {
      ...{ people: somePeople('T', 2), episodes: someCases('T', 2) },
      appointments: [head, 'C-T1,12/01/2026,10:00', 'C-T2,12/01/2026,10:30', 'C-T2,13/01/2026,10:30'],
    })

    expect(sums(came)['appointments']).toEqual([3, 2, 0, 1])
    expect(Object.values(reasons(came))).toEqual(['The colleague has another appointment then.'])
  })
})

describe('A dry run', () => {
  it('finds also what clashes between people who are dealt with apart', async () => {
    const head = 'Case ID,Appointment date,Start time,With'
    const appointments = Array.from({ length: 450 }, (_, place) => `C-K${place + 1},19/01/2026,10:00,Sara Senior`)
    const sent = { people: somePeople('K', 450), episodes: someCases('K', 450), appointments: [head, ...appointments] }
    const tried = await bringCases(app, sent, { dryRun: true })

    expect(sums(tried)['appointments']).toEqual([450, 1, 0, 449])
    expect(sums(await bringCases(app, sent))).toEqual(sums(tried))
  })
})

describe('A run that broke off', () => {
  const sent = { people: somePeople('B', 500), episodes: someCases('B', 500), contacts: someContacts('B', 500) }

  it('goes on where it stopped, and takes nobody twice', async () => {
    const before = await count('people.person')
    const halfway = breakingOff(app.databases, 5)

    await expect(bringCases({ ...app, databases: halfway }, sent)).rejects.toThrow('The connection was lost')
    const between = (await count('people.person')) - before
    const came = await bringCases(app, sent)

    expect(between).toBeGreaterThan(0)
    expect(between).toBeLessThan(500)
    expect(came.before).toBe(between * 3)
    expect(sums(came)).toEqual({ people: [500, 500, 0, 0], episodes: [500, 500, 0, 0], contacts: [500, 500, 0, 0] })
    expect((await count('people.person')) - before).toBe(500)
    expect(await count('lines.line')).toBe(0)
  })

  it('leaves nothing behind when it was a dry run, once the next day begins', async () => {
    const halfway = breakingOff(app.databases, 5)
    const other = { people: somePeople('D', 500) }
    await expect(bringCases({ ...app, databases: halfway }, other, { dryRun: true })).rejects.toThrow('lost')
    expect(await count('lines.line')).toBe(500)

    await bringCases(app, { people: somePeople('D', 1) }, { dryRun: true, now: app.clock.now.add({ hours: 25 }) })

    expect(await count('lines.line')).toBe(0)
    expect(await count('people.person', `family_name like 'Number D%'`)).toBe(0)
  })

  it('is not begun twice by two people at the same time', async () => {
    const both = { people: somePeople('S', 300), episodes: someCases('S', 300) }
    const [one, other] = await Promise.all([bringCases(app, both), bringCases(app, both)])

    expect([sums(one), sums(other)]).toEqual([sums(one), sums(one)])
    expect(await count('people.person', `family_name like 'Number S%'`)).toBe(300)
  })
})

describe('A folder that cannot be brought in', () => {
  it.each([
    ['has none of the files', { 'notes.csv': ['a,b'] }, {}, 'There is none of these files: people.csv, episodes.csv'],
    ['has a file twice', { people: somePeople('X', 1), clients: somePeople('X', 1) }, {}, 'are both people'],
    ['lacks headings', { people: ['Forename', 'Robin'] }, {}, 'people: The file has no column for: Person reference'],
    ['is for an area that is not there', { people: somePeople('X', 1) }, { area: 'nowhere' }, 'There is no area'],
  ])('%s: one sentence, and nothing is taken', async (_, sent, other, sentence) => {
    const before = [await count('batch.batch'), await count('people.person')]

    await expect(bringCases(app, sent, other)).rejects.toThrow(sentence)
    expect([await count('batch.batch'), await count('people.person')]).toEqual(before)
  })
})
