import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { breakingOff } from '#test/cases.ts'
import type { Databases } from '#platform/database/router.ts'
import { importReferrals, type ImportingFile } from './import.ts'

let app: TestApp
const folder = mkdtempSync(join(tmpdir(), 'files-'))
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const headings = 'Ref,Forename,Surname,DOB,Tel,Post code,Referral source,Referral date,Consent'
const [robin, sam] = [
  'A1,Robin,Marsh,14/03/1981,01632 960123,LS1 4AP,Self refferal,01/10/2025,',
  'A2,Sam,Field,1 Feb 1990,7700900123,ls14ap ,GP ,2025-10-02,yes',
]
let files = 0

/** A file as an area sends it. */
function aFile(content: string | Uint8Array): string {
  files += 1
  const path = join(folder, `export-${files}.csv`)
  writeFileSync(path, content)
  return path
}

const aTable = (...rows: readonly string[]) => aFile([headings, ...rows, ''].join('\r\n'))
const returnedFile = (file: string) => `${file}.returned.csv`

function bringIn(file: string, other: Partial<ImportingFile> = {}, databases: Databases = app.databases) {
  const usual = { area: 'north', source: '', dryRun: false, now: app.clock.now, progress: () => undefined }
  return importReferrals(databases, { ...usual, file, refusedFile: returnedFile(file), ...other })
}

const rowsOf = async (sql: string, values: unknown[] = []) => (await app.owner.query(sql, values)).rows
async function count(of: string, where = 'true'): Promise<number> {
  return (await rowsOf(`select count(*)::integer as n from ${of} where ${where}`))[0].n
}

/** Rows with references of their own; every seventh has no date of birth. */
function manyRows(letter: string, howMany: number): string[] {
  return Array.from({ length: howMany }, (_, place) => {
    const born = place % 7 === 6 ? '' : `${(place % 28) + 1}/0${(place % 9) + 1}/19${60 + (place % 40)}`
    return `${letter}${place},Person,Number ${place},${born},01632 960123,LS1 4AP,Self referral,0${(place % 9) + 1}/10/2025,`
  })
}

describe('A file of referrals', () => {
  it('brings people, episodes that are marked, and what they agreed to', async () => {
    const came = await bringIn(aTable(robin, sam, 'A3,Kim,Lake,3.3.1985,01632 960124,LS1 4AP,Council,45933,not asked'))

    expect(came).toMatchObject({ rows: 3, taken: 3, already: 0, refused: 0 })
    expect(
      await rowsOf(`select p.given_name, r.route, r.received_on::text, s.first_try_by::text, s.imported, m.value
        from referral.referral r join people.person p on (p.area, p.id) = (r.area, r.person)
        join people.means m on (m.area, m.person) = (p.area, p.id)
        left join episode.standing s on (s.area, s.episode) = (r.area, r.episode) order by r.received_on`),
    ).toEqual(
      [
        ...[{ given_name: 'Robin', route: 'self', received_on: '2025-10-01', first_try_by: '2026-01-07' }],
        ...[{ given_name: 'Sam', route: 'gp', received_on: '2025-10-02', first_try_by: '2026-01-07' }],
        ...[{ given_name: 'Kim', route: 'council', received_on: '2025-10-03', first_try_by: null }],
      ].map((row, place) => {
        const value = ['01632 960123', '07700900123', '01632 960124'][place]
        return { ...row, imported: row.first_try_by === null ? null : true, value }
      }),
    )
    expect(await count('permissions.permission', `switch = 'contact' and given`)).toBe(2)
  })

  it('writes to nobody', async () => {
    expect(await count('notify.message')).toBe(0)
  })

  it('is found by those who work through the referrals', async () => {
    const page = await (await app.as(app.cast.administrator)).open('/referrals')

    expect(page.text).toContain('Robin Marsh')
    expect(page.text).toContain('2 new, to be decided 1 held, to be asked')
  })

  it('counts by its real day, and its clock has not run out in a place where nobody could keep it', async () => {
    await bringIn(aTable('A4,Ash,Dale,14/03/1981,01632 960129,LS1 4AP,GP,02/01/2026,yes'))
    const months = await rowsOf(`select to_char(received_at at time zone 'Europe/London', 'YYYY-MM-DD') as received,
      first_try_by::text, first_appointment_by::text, started_at from episode.standing order by received_at`)

    expect(months).toEqual([
      { received: '2025-10-01', first_try_by: '2026-01-07', first_appointment_by: '2026-01-19', started_at: null },
      { received: '2025-10-02', first_try_by: '2026-01-07', first_appointment_by: '2026-01-19', started_at: null },
      { received: '2026-01-02', first_try_by: '2026-01-06', first_appointment_by: '2026-01-16', started_at: null },
    ])
  })

  it('is in the journal of each person, without a name', async () => {
    const entries = await rowsOf(
      `select e.person, e.codes::text as text, r.person as referred from journal.entry e
        join referral.referral r on (r.area, r.id) = (e.area, e.subject) where e.what = 'referral.imported'`,
    )

    expect(entries).toHaveLength(4)
    expect(entries.every(({ person, referred }) => person === referred)).toBe(true)
    expect(entries.map(({ text }) => text).join()).not.toContain('Robin')
    expect(await count('journal.unsealed')).toBe(await count('journal.entry'))
  })

  it('gives nothing new when it is brought in again, in the same file or another', async () => {
    const before = await count('people.person')
    const again = await bringIn(aTable(robin, sam, 'A3,Kim,Lake,3.3.1985,01632 960124,LS1 4AP,Council,45933,not asked'))
    const other = await bringIn(aTable(sam, robin, robin.replace('960123', '960199')))

    expect([again.taken, again.already]).toEqual([0, 3])
    expect([other.taken, other.already]).toEqual([0, 3])
    expect(await count('people.person')).toBe(before)
  })

  it('returns a row whose reference belongs to somebody else, unless its source is named', async () => {
    const file = aTable('A1,Lou,Hill,14/03/1981,01632 960125,LS1 4AP,Self,01/10/2025,')

    expect(await bringIn(file)).toMatchObject({ taken: 0, refused: 1 })
    expect(readFileSync(returnedFile(file), 'utf8')).toContain('This reference came before for another person')
    expect(await bringIn(file, { source: 'Old system' })).toMatchObject({ taken: 1, refused: 0 })
  })

  it('touches nobody of another area', async () => {
    const north = await rowsOf(`select * from people.person where area = 'north' order by id`)
    const came = await bringIn(aTable(robin, sam), { area: 'south' })

    expect(came.taken).toBe(2)
    expect(await rowsOf(`select * from people.person where area = 'north' order by id`)).toEqual(north)
    expect(await count('people.person', `area = 'south'`)).toBe(2)
  })

  it('takes nothing in a dry run and says what would come of it', async () => {
    const before = await count('batch.row')
    const row = 'D1,Alex,Moor,14/03/1981,01632 960123,LS1 4AP,Self,01/10/2025,'
    const came = await bringIn(aTable(row, row, robin, 'D2,,,,,,,,'), { dryRun: true })

    expect(came).toMatchObject({ rows: 4, taken: 1, already: 2, refused: 1 })
    expect([await count('batch.row'), await count('people.person', `given_name = 'Alex'`)]).toEqual([before, 0])
  })
})

describe('However a file is written', () => {
  const row = (ref: string) => `${ref},José,Ibáñez,14/03/1981,01632 960123,LS1 4AP,Self,01/10/2025,`
  const written = (ref: string) => `${headings}\r\n${row(ref)}\r\n`

  it.each([
    ['with a byte order mark', 'W1', Buffer.from(`\uFEFF${written('W1')}`)],
    ['by an old Windows program', 'W2', Buffer.from(written('W2'), 'latin1')],
    ['as Unicode text', 'W3', Buffer.from(`\uFEFF${written('W3').replaceAll(',', '\t')}`, 'utf16le')],
    ['with semicolons', 'W4', Buffer.from(written('W4').replaceAll(',', ';'))],
    ['with Excel’s own first line', 'W5', Buffer.from(`sep=;\r\n${written('W5').replaceAll(',', ';')}`)],
    ['with blank lines and empty rows', 'W6', Buffer.from(`\n\n${written('W6').replaceAll('\r\n', '\n')}\n,,,,,\n\n`)],
    ['with line ends of an old Mac', 'W7', Buffer.from(written('W7').replaceAll('\r\n', '\r'))],
    [
      'with quotes and a line break in a cell',
      'W8',
      Buffer.from(written('W8').replace('José', '"José"').replace('LS1 4AP', '"LS1\n4AP"')),
    ],
  ])('%s, its letters are right', async (_, ref, content) => {
    expect(await bringIn(aFile(content), { source: ref })).toMatchObject({ rows: 1, taken: 1, refused: 0 })

    expect(await count('people.person', `family_name = 'Ibáñez' and given_name = 'José'`)).toBe(Number(ref.slice(1)))
  })

  it('comes back row by row as it was sent, with the reasons beside it', async () => {
    const file = aTable('Q1,"Robin ""Rob""",Marsh,31/02/1980,01632 960123,LS1 4AP,banana,01/10/2025,', robin)
    const came = await bringIn(file)

    expect(came).toMatchObject({ rows: 2, already: 1, refused: 1 })
    const [heading, returned, ...rest] = readFileSync(returnedFile(file), 'utf8').split('\r\n')
    expect(heading).toBe(`\uFEFF${headings},Row,Why it was returned`)
    expect(returned).toContain('Q1,"Robin ""Rob""",Marsh,31/02/1980,')
    expect(returned).toContain(',2,“DOB”: There is no 31 February 1980. “Referral source”: “banana” is not one of')
    expect(rest).toEqual([''])
  })

  it('comes back so that no spreadsheet runs what stands in its cells', async () => {
    const file = aTable(
      'Q2,"=HYPERLINK(""http://example.org"")",@Marsh,31/02/1980,+44 1632 960123,LS1 4AP,-2+3,01/10/2025,',
    )
    await bringIn(file)

    expect(readFileSync(returnedFile(file), 'utf8')).toContain(
      `Q2,"'=HYPERLINK(""http://example.org"")",'@Marsh,31/02/1980,+44 1632 960123,LS1 4AP,'-2+3,01/10/2025`,
    )
  })
})

describe('The file of returned rows', () => {
  const bad = 'V1,Kit,Marsh,31/02/1980,01632 960123,LS1 4AP,Self,01/10/2025,'

  it('is never the file that was sent', async () => {
    const file = aTable(bad)
    const sent = readFileSync(file)

    await expect(bringIn(file, { refusedFile: file })).rejects.toThrow('need a file of their own')
    expect(readFileSync(file)).toEqual(sent)
  })

  it('is asked for again when it could not be written, and every row is still accounted for', async () => {
    const file = aTable(bad, robin.replace('A1', 'V2'))

    await expect(bringIn(file, { refusedFile: join(folder, 'no', 'where.csv') })).rejects.toThrow('cannot be written')
    expect(await bringIn(file)).toMatchObject({ rows: 2, taken: 0, already: 1, refused: 1 })
    expect(readFileSync(returnedFile(file), 'utf8')).toContain('V1,Kit')
  })
})

describe('A row that stands in a file twice', () => {
  it('is taken once, and where it is about somebody else under the same reference the first one counts', async () => {
    const many = manyRows('T', 1100)
    const first = many[0] ?? ''
    const file = aTable(...many, first, first.replace('Number 0', 'Other'))

    expect(await bringIn(file)).toMatchObject({ rows: 1102, taken: 943, already: 1, refused: 158 })
    expect(await count('people.person', `family_name = 'Other'`)).toBe(0)
  })
})

describe('A large file', () => {
  it('is taken row for row: refused and taken make all', async () => {
    const before = await count('people.person')
    const came = await bringIn(aTable(...manyRows('L', 2000)))

    expect(came).toMatchObject({ rows: 2000, taken: 1715, refused: 285, already: 0 })
    expect((await count('people.person')) - before).toBe(1715)
    expect(
      await count(
        'referral.referral',
        `(area, episode) in (select area, episode from episode.standing where imported)`,
      ),
    ).toBeGreaterThanOrEqual(1715)
  })

  it('goes on where a run broke off, and takes nobody twice', async () => {
    const file = aTable(...manyRows('B', 2400))
    const before = await count('people.person')
    const halfway = breakingOff(app.databases, 4)

    await expect(bringIn(file, {}, halfway)).rejects.toThrow('The connection was lost')
    const between = (await count('people.person')) - before
    const came = await bringIn(file)

    expect(between).toBeGreaterThan(0)
    expect(between).toBeLessThan(2057)
    expect(came).toMatchObject({ rows: 2400, taken: 2058, refused: 342, already: 0 })
    expect(came.before).toBeGreaterThan(0)
    expect((await count('people.person')) - before).toBe(2058)
    expect(readFileSync(returnedFile(file), 'utf8').split('\r\n')).toHaveLength(344)
  })
})

describe('A file that two people bring in at the same time', () => {
  it('is taken once, and both are told the same', async () => {
    const file = aTable(...manyRows('C', 500))
    const before = await count('people.person')
    const [one, other] = await Promise.all([bringIn(file), bringIn(file, { refusedFile: `${file}.other.csv` })])

    expect(one).toMatchObject({ rows: 500, taken: 429, refused: 71 })
    expect(other).toMatchObject({ rows: 500, taken: 429, refused: 71 })
    expect((await count('people.person')) - before).toBe(429)
  })
})

describe('A file that cannot be brought in', () => {
  it.each([
    ['is not there', () => join(folder, 'nowhere.csv'), {}, 'cannot be read'],
    ['is empty', () => aFile(''), {}, 'is empty'],
    ['is a spreadsheet', () => aFile(Buffer.from('PK\u0003\u0004\0\0')), {}, 'save it as “CSV UTF-8”'],
    ['is for an area that is not there', () => aTable(robin), { area: 'nowhere' }, 'There is no area “nowhere”'],
    [
      'lacks headings',
      () => aFile('Forename,Surname\nRobin,Marsh\n'),
      {},
      'The file has no column for: Date of birth;',
    ],
    [
      'has a quotation mark that never ends',
      () => aTable('N1,"Kit,Marsh', robin),
      {},
      'begins with a quotation mark and never ends',
    ],
    ['holds what no text holds', () => aTable('N2,Kit\u0000,Marsh,14/03/1981,,,,,'), {}, 'is not a file of text'],
    ['names a column twice', () => aFile(`${headings},Surname\n`), {}, 'both mean Last name'],
  ])('%s: one sentence, and nothing is taken', async (_, file, other, sentence) => {
    const before = [await count('batch.batch'), await count('people.person')]
    const path = file()

    await expect(bringIn(path, other)).rejects.toThrow(sentence)
    expect([await count('batch.batch'), await count('people.person')]).toEqual(before)
    expect(existsSync(returnedFile(path))).toBe(false)
  })
})
