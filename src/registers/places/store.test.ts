import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Databases, openDatabases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { cloneDatabase } from '#test/database.ts'
import { importPostcodes, importPractices, loadPlaces } from './import.ts'
import { areasOf, type Coverage } from './rules.ts'
import {
  findHolidays,
  findPostcode,
  findPractice,
  listBoards,
  listLoadings,
  listVanguards,
  readBoundaries,
  searchCouncils,
  searchPractices,
} from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'places-'))
const on = Temporal.PlainDate.from('2024-11-01')

// The shape of the publisher's files, with a few rows of our own.
const directory = `pcd7,pcds,dointr,doterm,lad26cd,ctry26cd,lsoa21cd,sicbl26cd,icb26cd
"GU167HF","GU16 7HF",198001,,E07000214,E92000001,E01030776,E38000001,E54000069
GU167HG,GU16 7HG,198001,,E07000214,E92000001,E01030776,E38000001,E54000069
GU168AA,GU16 8AA,198001,,E07000209,E92000001,E01030776,E38000001,E54000069
GU169ZZ,GU16 9ZZ,198001,202001,E07000209,E92000001,E01030776,E38000001,E54000069
S12HH,S1 2HH,198001,,E08000039,E92000001,E01030001,E38000001,E54000061
CF101AA,CF10 1AA,198001,,W06000015,W92000004,W01000001,W11000001,W99999999
XX11AA,XX1 1AA,198001,,E06000099,E92000001,E01030001,E38000001,E54000061
ZZ,?,198001,,,,,,
`
const rest = (setting: string) => `${',""'.repeat(12)},"${setting}",""`
const practices = `"H81001","ST JOHN'S NHS HEALTH CENTRE","Y59","QNQ","","","","","","GU16 7HF","19740401","","A"${rest('4')}
"H81002","OLD SURGERY","Y59","QXU","","","","","","GU16 8AA","19740401","20240930","C"${rest('4')}
"H81003","HMP SOMEWHERE","Y59","QXU","","","","","","GU16 8AA","19740401","","A"${rest('10')}
`

let clone: Awaited<ReturnType<typeof cloneDatabase>>
let databases: Databases
const asked = <T>(question: (db: Db) => Promise<T>): Promise<T> => databases.national(question)
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

beforeAll(async () => {
  clone = await cloneDatabase()
  databases = openDatabases({ url: clone.url, most: 2 })
  await loadPlaces(clone.ownerUrl)
})
afterAll(async () => {
  await databases.close()
  await clone.drop()
})

describe('the register of places', () => {
  it('has the boards of each day, the fifteen areas and the bank holidays', async () => {
    expect(await asked((db) => listBoards(db, on))).toHaveLength(42)
    expect(await asked((db) => listBoards(db, on.with({ year: 2026 })))).toHaveLength(36)
    expect(await asked(listVanguards)).toHaveLength(15)
    expect((await asked(findHolidays)).has('2023-05-08')).toBe(true)
  })

  it('is loaded again without a trace when nothing is new', async () => {
    const before = await asked(listLoadings)
    await loadPlaces(clone.ownerUrl)

    expect(await asked(listLoadings)).toEqual(before)
  })

  it('finds a council by what somebody types, the nearest first', async () => {
    const found = await asked((db) => searchCouncils(db, ' surrey', on))

    expect(found.map(({ name }) => name)).toEqual(['Surrey', 'Surrey Heath'])
    expect(await asked((db) => searchCouncils(db, '  ', on))).toEqual([])
    expect(await asked((db) => searchCouncils(db, "'; drop table places.council --", on))).toEqual([])
  })

  it('gives the whole map, or the part about some councils', async () => {
    const [all, some] = [await asked(readBoundaries), await asked((db) => readBoundaries(db, ['E06000065']))]

    expect([all.overlaps.length, all.councils.length]).toEqual([408, 317])
    expect(some.overlaps.map(({ board }) => board).toSorted()).toEqual(['QE1', 'QOQ', 'QWO'])
  })

  it('cannot be written by the application', async () => {
    for (const statement of [
      sql`update places.board set name = 'x'`,
      sql`delete from places.bank_holiday`,
      sql`insert into places.region values ('Y99', 'E40000099', 'x')`,
    ]) {
      await expect(asked((db) => statement.execute(db))).rejects.toThrow(/permission denied/)
    }
  })

  it('does not take two codes for one board on the same day', async () => {
    const owner = new pg.Client({ connectionString: clone.ownerUrl })
    await owner.connect()
    const twice = owner.query("insert into places.board_code values ('E54000099', 'QRL', '2026-01-01', null)")

    await expect(twice).rejects.toThrow(/one_code_at_a_time/)
    await owner.end()
  })
})

describe('before the directory is imported', () => {
  it('a postcode is known by its shape alone', async () => {
    expect(await asked((db) => findPostcode(db, 'gu16 7hf'))).toEqual({ postcode: 'GU16 7HF', whole: false, parts: [] })
    expect(await asked((db) => findPostcode(db, 'GU16'))).toEqual({ postcode: 'GU16', whole: false, parts: [] })
    expect(await asked((db) => findPostcode(db, 'nonsense'))).toBeUndefined()
  })
})

describe('once the publishers’ files are imported', () => {
  beforeAll(async () => {
    await importPostcodes(clone.ownerUrl, file('nspl.csv', directory))
    await importPractices(clone.ownerUrl, file('epraccur.csv', practices))
  })

  it('what was taken, refused and not known is told', async () => {
    expect(await importPostcodes(clone.ownerUrl, file('nspl.csv', `\uFEFF${directory}`))).toEqual({
      taken: 7,
      refused: 1,
      reasons: ['“ZZ” is not a postcode (1)'],
      unknown: ['E06000099 (1 postcodes)'],
    })
    expect(await importPractices(clone.ownerUrl, file('epraccur.csv', practices))).toEqual({
      taken: 2,
      refused: 1,
      reasons: ['Not a GP practice (1)'],
      unknown: [],
    })
  })

  it('how far a file has been read is told', async () => {
    const told: number[] = []
    await importPostcodes(clone.ownerUrl, file('nspl.csv', directory), (done, of) => told.push(done / of))

    expect(told).toEqual([1])
  })

  it('a file that is something else changes nothing', async () => {
    await expect(importPostcodes(clone.ownerUrl, file('other.csv', 'a,b\n1,2\n'))).rejects.toThrow(
      /not a postcode directory/,
    )

    for (const wrong of [directory, 'code,name\nA81001,Riverside\n', '', '"broken" off,"'])
      await expect(importPractices(clone.ownerUrl, file('other.csv', wrong))).rejects.toThrow(/^Nothing was changed/)
    await expect(importPostcodes(clone.ownerUrl, file('empty.csv', ''))).rejects.toThrow('it is empty')

    expect((await asked((db) => findPostcode(db, 'GU16 7HF')))?.whole).toBe(true)
    expect(await asked((db) => searchPractices(db, 'st j', on))).toHaveLength(1)
  })

  it('a postcode is found however it is written, under the council’s first code', async () => {
    const found = await asked((db) => findPostcode(db, ' s1  2hh'))

    expect(found).toEqual({
      postcode: 'S1 2HH',
      whole: true,
      parts: [{ country: 'England', council: 'E08000019', boardOns: 'E54000061', share: 1 }],
    })
  })

  it('a postcode that is newer than the directory is placed by its first half, postcodes no longer used left out', async () => {
    const found = await asked((db) => findPostcode(db, 'GU16 1AA'))

    expect(found?.whole).toBe(false)
    expect(found?.parts.map(({ council, share }) => [council, share])).toEqual([
      ['E07000214', 2 / 3],
      ['E07000209', 1 / 3],
    ])
  })

  it('a practice is found by its code or as somebody begins to type it, unless it has closed', async () => {
    const found = await asked((db) => findPractice(db, 'h81001'))

    expect(found).toMatchObject({
      name: "St John's NHS Health Centre",
      board: 'QNQ',
      located: { postcode: 'GU16 7HF' },
    })
    expect((await asked((db) => searchPractices(db, 'st j', on))).map(({ code }) => code)).toEqual(['H81001'])
    expect((await asked((db) => searchPractices(db, 'gu16 7', on))).map(({ code }) => code)).toEqual(['H81001'])
    expect(await asked((db) => searchPractices(db, 'old', on))).toEqual([])
    expect(await asked((db) => searchPractices(db, 'old', on.with({ month: 9 })))).toHaveLength(1)
    expect(await asked((db) => searchPractices(db, '%', on))).toEqual([])
  })

  it('a Frimley postcode is placed on both sides of 1 April 2026', async () => {
    const open = { fromOn: Temporal.PlainDate.from('2024-10-01'), untilOn: null }
    const areas: Coverage[] = ['QNQ', 'S9B9J'].map((code) => ({
      area: code,
      name: code,
      covers: [{ kind: 'board', code, ...open }],
    }))
    const places = async (day: string) => {
      const postcode = await asked((db) => findPostcode(db, 'GU16 7HF'))
      const practice = await asked((db) => findPractice(db, 'H81001'))
      const map = await asked(readBoundaries)
      return areasOf({ postcode, practice }, map, areas, Temporal.PlainDate.from(day)).claims.map(
        ({ area, by }) => `${area} by ${by}`,
      )
    }

    expect(await places('2026-03-31')).toEqual(['QNQ by practice', 'QNQ by home'])
    expect(await places('2026-04-01')).toEqual(['S9B9J by home', 'S9B9J by practice'])
  })
})
