import { describe, expect, test } from 'vitest'
import { holdsOn } from '#platform/dates.ts'
import { readPlaces } from './import.ts'
import {
  areasOf,
  type Boundaries,
  boardsOn,
  type Council,
  councilKinds,
  councilsAcrossBoards,
  type Coverage,
  type Located,
  percent,
  successorsOf,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const files = readPlaces()

type Row = Readonly<Record<string, string | null>>
const dated = (row: Row) => ({
  fromOn: day(row['from_on'] ?? ''),
  untilOn: row['until_on'] ? day(row['until_on']) : null,
})
const text = (row: Row, name: string) => row[name] ?? ''
const kindOf = (row: Row): Council['kind'] => {
  const [kind] = Object.keys(councilKinds).filter((one): one is Council['kind'] => one === row['kind'])
  if (!kind) throw new Error(`${text(row, 'name')} is of no known kind`)
  return kind
}

const england: Boundaries = {
  boards: files.boards.map((row) => ({
    ...dated(row),
    code: text(row, 'code'),
    ons: text(row, 'ons'),
    name: text(row, 'name'),
    shortName: text(row, 'short_name'),
    region: text(row, 'region'),
    regionName: files.regions.find(({ code }) => code === row['region'])?.['name'] ?? '',
  })),
  successions: files.succession.map((row) => ({
    board: text(row, 'board'),
    successor: text(row, 'successor'),
    on: day(text(row, 'happened_on')),
    share: Number(row['share']),
  })),
  councils: files.councils.map((row) => ({
    ...dated(row),
    code: text(row, 'code'),
    name: text(row, 'name'),
    kind: kindOf(row),
    county: row['county'] ?? null,
  })),
  overlaps: files.overlaps.map((row) => ({
    ...dated(row),
    council: text(row, 'council'),
    board: text(row, 'board'),
    share: Number(row['share']),
  })),
}

const before = day('2026-03-31')
const after = day('2026-04-01')
const called = (code: string) => england.boards.find((board) => board.code === code)?.shortName
const council = (name: string) => england.councils.find((one) => one.name === name)?.code

describe('the boards of England', () => {
  test.each([
    ['2022-06-30', 0],
    ['2022-07-01', 42],
    ['2022-08-01', 42],
    ['2023-04-01', 42],
    ['2024-06-01', 42],
    ['2026-03-31', 42],
    ['2026-04-01', 36],
    ['2026-11-23', 36],
  ])('on %s there are %i of them, each with one code', (on, count) => {
    const found = boardsOn(england.boards, day(on))
    expect(found).toHaveLength(count)
    expect(new Set(found.map(({ code }) => code)).size).toBe(count)
    expect(new Set(found.map(({ ons }) => ons)).size).toBe(count)
  })

  test('all seven regions have boards before and after the change', () => {
    for (const on of [before, after]) {
      expect(new Set(boardsOn(england.boards, on).map(({ regionName }) => regionName)).size).toBe(7)
    }
  })

  test('twelve boards ended and six began on 1 April 2026', () => {
    const codes = (on: Temporal.PlainDate) => boardsOn(england.boards, on).map(({ code }) => code)
    expect(codes(before).filter((code) => !codes(after).includes(code))).toHaveLength(12)
    expect(codes(after).filter((code) => !codes(before).includes(code))).toHaveLength(6)
  })

  test('Hampshire and Isle of Wight, Surrey Heartlands and Sussex are the same boards under a new code', () => {
    const codesOf = (code: string) => england.boards.filter((board) => board.code === code).map(({ ons }) => ons)
    expect(codesOf('QRL')).toEqual(['E54000042', 'E54000067'])
    expect(codesOf('QXU')).toEqual(['E54000052', 'E54000063'])
    expect(codesOf('QNX')).toEqual(['E54000053', 'E54000064'])
    expect(england.boards).toHaveLength(51)
  })
})

describe('what became of a board', () => {
  test('Frimley has three successors', () => {
    expect(
      successorsOf('QNQ', after, england.successions)
        .map(({ board }) => called(board))
        .toSorted(),
    ).toEqual(['Hampshire and Isle of Wight', 'Surrey and Sussex', 'Thames Valley'])
    expect(successorsOf('QNQ', before, england.successions)).toEqual([{ board: 'QNQ', share: 1 }])
  })

  test('North West London gave way to West and North London, and its code with it', () => {
    const code = (ons: string) => england.boards.find((board) => board.ons === ons)
    const [now] = successorsOf('QRV', after, england.successions)
    expect(code('E54000027')?.untilOn?.toString()).toBe('2026-04-01')
    expect(now).toEqual({ board: code('E54000071')?.code, share: 1 })
  })

  test('every board that ended has successors for all of its people, and they are boards of that day', () => {
    const ended = boardsOn(england.boards, before).filter(
      (board) => !boardsOn(england.boards, after).some(({ code }) => code === board.code),
    )
    for (const { code } of ended) {
      const found = successorsOf(code, after, england.successions)
      expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3)
      expect(boardsOn(england.boards, after).map((board) => board.code)).toEqual(
        expect.arrayContaining(found.map(({ board }) => board)),
      )
    }
    expect(england.successions).toHaveLength(16)
  })

  test('a merger of mergers is followed to its end', () => {
    const again = { board: 'S9B9J', successor: 'ZZZ', on: day('2027-04-01'), share: 0.5 }
    const rest = { ...again, successor: 'YYY' }
    expect(successorsOf('QXU', day('2027-05-01'), [...england.successions, again, rest])).toEqual([
      { board: 'ZZZ', share: 0.5 },
      { board: 'YYY', share: 0.5 },
    ])
  })
})

describe('councils and the edges of boards', () => {
  test('there are 296 councils with people of their own, and 21 counties above districts', () => {
    const now = england.councils.filter((one) => holdsOn(one, day('2026-11-23')))
    expect(now.filter(({ kind }) => kind === 'county')).toHaveLength(21)
    expect(now.filter(({ kind }) => kind !== 'county')).toHaveLength(296)
    const counties = now.filter(({ kind }) => kind === 'county').map(({ code }) => code)
    expect(now.filter(({ kind, county }) => (kind === 'district') !== counties.includes(county ?? ''))).toEqual([])
  })

  test('thirteen districts lay in more than one board in 2024, six after April 2026', () => {
    expect(councilsAcrossBoards(england.overlaps, day('2024-06-01')).size).toBe(13)
    expect(councilsAcrossBoards(england.overlaps, after).size).toBe(6)
  })

  test('North Yorkshire lies in three boards, the largest part named first', () => {
    const parts = councilsAcrossBoards(england.overlaps, after).get(council('North Yorkshire') ?? '')
    expect(parts?.map(({ board }) => called(board))).toEqual([
      'Humber and North Yorkshire',
      'West Yorkshire',
      'Lancashire and South Cumbria',
    ])
  })

  test.each([
    ['2024-06-01', 310],
    ['2026-04-01', 303],
  ])('on %s every council lies wholly in boards of that day: %i pieces', (on, pieces) => {
    const there = england.overlaps.filter((overlap) => holdsOn(overlap, day(on)))
    const boards = boardsOn(england.boards, day(on)).map(({ code }) => code)
    expect(there).toHaveLength(pieces)
    expect(new Set(there.map((one) => one.board))).toEqual(new Set(boards))
    for (const parts of Map.groupBy(there, (one) => one.council).values()) {
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3)
    }
  })

  test('the people of a board that ended are the people its successors gained from it', () => {
    const residents = (rows: readonly Row[], name: string, code: string) =>
      rows.filter((row) => row[name] === code).reduce((sum, row) => sum + Number(row['residents']), 0)
    const until = files.overlaps.filter(({ board, until_on }) => board === 'QNQ' && until_on === '2026-04-01')
    expect(residents(until, 'board', 'QNQ')).toBe(residents(files.succession, 'board', 'QNQ'))
  })
})

const open = { fromOn: day('2024-10-01'), untilOn: null }
const boardArea = (code: string, span: Pick<Coverage['covers'][number], 'fromOn' | 'untilOn'> = open): Coverage => ({
  area: code.toLowerCase(),
  name: called(code) ?? code,
  covers: [{ kind: 'board', code, ...span }],
})
const frimley = boardArea('QNQ', { ...open, untilOn: after })
const surrey = boardArea('QXU', { ...open, untilOn: after })
const surreyAndSussex = boardArea('S9B9J', { fromOn: after, untilOn: null })
const lancashire = boardArea('QE1')
const at = (postcode: string, name: string, boardOns: string): Located => ({
  postcode,
  whole: true,
  parts: [{ country: 'England', council: council(name) ?? null, boardOns, share: 1 }],
})
const reasons = (...given: Parameters<typeof areasOf>) =>
  areasOf(...given).claims.map(({ name, why }) => `${name}: ${why}`)

describe('which areas a person can belong to, and why', () => {
  const areas = [frimley, surrey, surreyAndSussex, lancashire]

  test('somebody in Surrey Heath belongs elsewhere after 31 March 2026 than before', () => {
    const known = { council: council('Surrey Heath') }
    expect(reasons(known, england, areas, before)).toEqual([
      'Frimley: Lives in Surrey Heath, where 84% of residents were in Frimley until 31 March 2026',
      'Surrey Heartlands: Lives in Surrey Heath, where 16% of residents were in Surrey Heartlands until 31 March 2026',
    ])
    expect(reasons(known, england, areas, after)).toEqual([
      'Surrey and Sussex: Lives in Surrey Heath, where 100% of residents are in Surrey and Sussex',
    ])
  })

  test('where a council crosses a border, the GP practice or the postcode is asked for', () => {
    const found = areasOf({ council: council('North Yorkshire') }, england, areas, after)
    expect(found.claims.map(({ share }) => percent(share))).toEqual(['under 1%'])
    expect(found.notes).toEqual([
      'North Yorkshire lies in three boards (Humber and North Yorkshire 91%, West Yorkshire 8%, Lancashire and South Cumbria under 1%): ask for the GP practice or the whole postcode',
    ])
  })

  test('a postcode settles it, and nothing more is asked', () => {
    const found = areasOf({ postcode: at('GU16 7HF', 'Surrey Heath', 'E54000034') }, england, areas, before)
    expect(found).toEqual({
      claims: [
        {
          area: 'qnq',
          name: 'Frimley',
          by: 'home',
          share: 1,
          why: 'The postcode GU16 7HF is in Surrey Heath, in Frimley',
        },
      ],
      notes: [],
    })
  })

  test('a directory from before the change still places a Frimley postcode after it', () => {
    expect(reasons({ postcode: at('GU16 7HF', 'Surrey Heath', 'E54000034') }, england, areas, after)).toEqual([
      'Surrey and Sussex: The postcode GU16 7HF is in Surrey Heath, in Surrey and Sussex',
    ])
  })

  test('a directory from after the change cannot say in which of two boards a postcode was before it', () => {
    const found = areasOf({ postcode: at('GU16 7HF', 'Surrey Heath', 'E54000069') }, england, areas, before)
    expect(found.claims.map(({ share }) => share)).toEqual([0.8402, 0.1598])
    expect(found.notes).toEqual([
      'Surrey Heath lies in two boards (Frimley 84%, Surrey Heartlands 16%): ask for the GP practice',
    ])
  })

  test('a GP practice and a Jobcentre count beside the home', () => {
    const jobcentre = {
      ...lancashire,
      covers: [...lancashire.covers, { kind: 'jobcentre' as const, code: 'BLP', ...open }],
    }
    const practice = { code: 'P81000', name: 'Stonyhill Surgery', board: 'QE1' }
    const known = { council: council('North Yorkshire'), practice, jobcentre: { code: 'BLP', name: 'Blackpool South' } }
    const found = areasOf(known, england, [jobcentre], after)
    expect(found.claims.map(({ by, share, why }) => `${by} ${percent(share)}: ${why}`)).toEqual([
      'practice 100%: Registered with Stonyhill Surgery, in Lancashire and South Cumbria',
      'jobcentre 100%: Served by Blackpool South',
      'home under 1%: Lives in North Yorkshire, where under 1% of residents are in Lancashire and South Cumbria',
    ])
    expect(found.notes).toEqual([])
  })

  test('a practice of a board that was divided may be in any of its successors, so the home is asked for', () => {
    const found = areasOf({ practice: { code: 'K81000', name: 'Park Surgery', board: 'QNQ' } }, england, areas, after)
    expect(found.claims.map(({ name, share }) => `${name} ${percent(share)}`)).toEqual(['Surrey and Sussex 20%'])
    expect(found.notes[0]).toMatch(/^Park Surgery lies in three boards .* ask for the postcode or the council/)
  })

  test('an area of whole councils, or of a county, takes their people whatever the boards do', () => {
    const byCouncil = {
      ...surrey,
      covers: [{ kind: 'council' as const, code: council('North Yorkshire') ?? '', ...open }],
    }
    const byCounty = { ...surrey, covers: [{ kind: 'council' as const, code: council('Surrey') ?? '', ...open }] }
    expect(areasOf({ council: council('North Yorkshire') }, england, [byCouncil], after).claims[0]?.share).toBeCloseTo(
      1,
      3,
    )
    expect(areasOf({ council: council('Surrey Heath') }, england, [byCounty], before).claims[0]?.share).toBeCloseTo(
      1,
      3,
    )
    expect(areasOf({ council: council('Surrey Heath') }, england, [byCounty], before).notes).toEqual([])
    expect(areasOf({ council: council('Hart') }, england, [byCounty], before).claims).toEqual([])
  })

  test('an area that covers part of a city takes the postcodes of that part', () => {
    const east = { ...boardArea('QHL'), covers: [{ kind: 'outward' as const, code: 'B33', ...open }] }
    expect(areasOf({ postcode: at('B33 8TH', 'Birmingham', 'E54000055') }, england, [east], after).claims).toHaveLength(
      1,
    )
    expect(areasOf({ postcode: at('B1 1AA', 'Birmingham', 'E54000055') }, england, [east], after).claims).toHaveLength(
      0,
    )
  })

  test('a postcode that the directory does not know is taken where the area takes its beginning', () => {
    const east = { ...boardArea('QHL'), covers: [{ kind: 'outward' as const, code: 'B33', ...open }] }
    const unknown: Located = { postcode: 'B33 8TH', whole: false, parts: [] }
    expect(areasOf({ postcode: unknown }, england, [east], after)).toEqual({
      claims: [
        expect.objectContaining({
          by: 'home',
          share: 1,
          why: 'The area takes everybody whose postcode begins with B33',
        }),
      ],
      notes: [],
    })
    const abroad = { ...unknown, parts: [{ country: 'Wales', council: null, boardOns: null, share: 1 }] }
    expect(areasOf({ postcode: abroad }, england, [east], after).claims).toEqual([])
  })

  test('an area that takes a council says so, and not in which board it lies', () => {
    const covers = [{ kind: 'council' as const, code: council('Manchester') ?? '', ...open }]
    const one = [{ ...boardArea('QHL'), covers }]
    expect(areasOf({ council: council('Manchester') }, england, one, after).claims[0]?.why).toBe(
      'Lives in Manchester, which the area covers',
    )
    expect(areasOf({ postcode: at('M1 1AE', 'Manchester', 'E54000057') }, england, one, after).claims[0]?.why).toBe(
      'The postcode M1 1AE is in Manchester, which the area covers',
    )
  })

  test('nobody is turned away without a word', () => {
    const notes = (known: Parameters<typeof areasOf>[0]) => areasOf(known, england, areas, after).notes
    const wales: Located = {
      postcode: 'CF10 1AA',
      whole: true,
      parts: [{ country: 'Wales', council: null, boardOns: null, share: 1 }],
    }
    expect(notes({})).toEqual(['Ask for the postcode, the council or the GP practice'])
    expect(notes({ postcode: wales })).toEqual(['CF10 1AA is in Wales: is the GP practice in England?'])
    expect(notes({ postcode: { postcode: 'M1 1AE', whole: false, parts: [] } })).toEqual([
      'M1 1AE cannot be placed: ask which council they live in',
    ])
    expect(notes({ council: council('Manchester') })).toEqual(['No WorkWell area covers Manchester on that day'])
    expect(notes({ council: council('Guildford'), postcode: at('GU16 7HF', 'Surrey Heath', 'E54000069') })).toEqual([
      'GU16 7HF is in Surrey Heath, not in Guildford: ask which is right',
    ])
  })

  test('before an area opens nobody belongs to it', () => {
    expect(areasOf({ council: council('Blackpool') }, england, [lancashire], day('2024-09-30')).claims).toEqual([])
    expect(areasOf({ council: council('Blackpool') }, england, [lancashire], day('2024-10-01')).claims).toHaveLength(1)
  })
})
