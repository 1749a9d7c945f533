import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { directoryColumns, readPlaces } from './import.ts'

const files = readPlaces()

type Row = Readonly<Record<string, string | null>>
const text = (row: Row, name: string) => row[name] ?? ''
const called = (code: string) => files.boards.find((row) => row['code'] === code)?.['short_name']
const ownFile = (name: string) => readFileSync(fileURLToPath(new URL(`../../../data/${name}`, import.meta.url)), 'utf8')

describe('the fifteen areas chosen in 2024', () => {
  test('had 4,032,621 fit notes in 2023', () => {
    expect(files.vanguards).toHaveLength(15)
    expect(files.vanguards.reduce((sum, row) => sum + Number(row['fit_notes_2023']), 0)).toBe(4_032_621)
  })

  test('lie in all seven regions, and five of them are boards no more', () => {
    const codes = files.vanguards.map((row) => row['board'])
    const boards = files.boards.filter((row) => codes.includes(row['code'] ?? null))
    expect(new Set(boards.map(({ region }) => region)).size).toBe(7)
    const ended = (code: string | null | undefined) =>
      !boards.some((row) => row['code'] === code && row['until_on'] === null)
    expect(codes.filter(ended)).toHaveLength(5)
  })

  test('have a participant number only where one was published, with its source', () => {
    const published = files.vanguards.filter((row) => row['participants'] !== null)
    expect(published.map((row) => [called(text(row, 'board')), Number(row['participants'])])).toEqual([
      ['Greater Manchester', 8000],
      ['Birmingham and Solihull', 1500],
      ['Black Country', 4000],
    ])
    expect(
      files.vanguards.filter((row) => (row['participants'] === null) !== (row['participants_source'] === null)),
    ).toEqual([])
  })

  test('were said to support almost 60,000 people, then 59,000, each with who said so', () => {
    const figures = files.figures.filter(({ code }) => code?.startsWith('target-20'))
    expect(figures.map(({ value }) => Number(value))).toEqual([60_000, 59_000, 56_000, 250_000])
    expect(files.figures.filter(({ source }) => !source)).toEqual([])
  })
})

test('bank holidays fall on weekdays: eight a year, nine in the year of the coronation', () => {
  const days = files.holidays.map((row) => Temporal.PlainDate.from(text(row, 'day')))
  expect(days.filter(({ dayOfWeek }) => dayOfWeek > 5)).toEqual([])
  const years = Map.groupBy(days, ({ year }) => year)
  expect([...years].map(([year, of]) => [year, of.length])).toEqual([
    [2023, 9],
    [2024, 8],
    [2025, 8],
    [2026, 8],
    [2027, 8],
    [2028, 8],
  ])
  expect(days.map(String)).toEqual(
    expect.arrayContaining([
      '2023-05-08',
      '2024-03-29',
      '2026-12-28',
      '2027-12-27',
      '2027-12-28',
      '2028-01-03',
      '2028-04-17',
    ]),
  )
})

describe('the publisher’s postcode directory', () => {
  test.each([
    'pcd7,pcds,dointr,doterm,lad26cd,ctry26cd,rgn26cd,lsoa21cd,sicbl26cd,icb26cd',
    'PCD7,PCDS,DOINTR,DOTERM,LAD25CD,CTRY25CD,RGN25CD,LSOA21CD,SICBL24CD,ICB23CD',
    'pcd,pcd2,dointr,doterm,oslaua,ctry,rgn,lsoa21,sicbl,icb',
  ])('is read by the stems of its columns, whatever the year: %s', (heading) => {
    expect(directoryColumns(heading.split(','))).toEqual([
      'code',
      false,
      'introduced_on',
      'ended_on',
      'council_ons',
      'country',
      false,
      'small_area',
      false,
      'board_ons',
    ])
  })

  test('is refused when it is something else, and says what is lacking', () => {
    expect(() => directoryColumns(['pcds', 'doterm', 'name'])).toThrow(/lacks country, council_ons, board_ons/)
  })
})

describe('made-up people', () => {
  const names: Record<string, string>[] = parse(ownFile('names.csv'), { columns: true })
  const made: {
    communities: Record<string, { share: number }>
    phones: { range: string }[]
  } = JSON.parse(ownFile('synthetic.json'))

  test('have names from many communities, each with first names for women and men and with family names', () => {
    for (const community of Object.keys(made.communities)) {
      const of = names.filter((row) => row['community'] === community)
      for (const worn of ['women', 'men', 'anyone'])
        expect(of.filter((row) => row['worn_by'] === worn).length).toBeGreaterThan(7)
    }
    expect(new Set(names.map((row) => row['community']))).toEqual(new Set(Object.keys(made.communities)))
  })

  test('are drawn by shares that make a whole', () => {
    const shares = Object.values(made.communities).map(({ share }) => share)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
  })
})
