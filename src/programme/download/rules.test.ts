import { describe, expect, it } from 'vitest'
import { breakdownCodes, type Family } from '#programme/breakdown/rules.ts'
import { itemCodes } from '#programme/counting/rules.ts'
import { releaseOf, type Returned } from '#programme/release/rules.ts'
import { type Published, type Seen, valuesLeft } from '#test/attack.ts'
import { aMonth } from '#test/figures.ts'
import { columns, dictionary, fileOf, type Line, linesOf } from './rules.ts'

const about = { month: '2026-10', area: 'north', state: 'live' }
const entered = {
  staff: [{ post: 'coach', inPost: 11, planned: 12 } as const],
  money: { planned: 41_000, spent: null },
}
const releaseWith = (started: Partial<Family>, below = 0) => releaseOf(aMonth({ started }, { entered }), { below })

describe('The file', () => {
  it('keeps its headings', () => {
    expect(Object.keys(columns).join(',')).toBe(
      'month,area,group,code,label,number,imported,middle_days,not_known,rule,across,share,mean_before,mean_after,state',
    )
  })

  it('never begins a cell as a formula, whatever an organisation is called', () => {
    const release = releaseWith({ count: 9, cells: { provider: { '=cmd|"x"': 9 } } })
    expect(fileOf(linesOf(release, about))).toContain(
      `2026-10,north,provider,"'=cmd|""x""","'=cmd|""x""",9,,,,exact,,100,,,live`,
    )
  })

  it('gives shares under the published headings, of those whose answer is recorded', () => {
    const release = releaseWith({ count: 12, cells: { work: { 'in-work': 4, 'out-of-work': 6, 'not-known': 2 } } })
    const shares = linesOf(release, about).filter(({ group }) => group === 'shares-employment')

    expect(shares.map(({ label, number, share }) => [label, number, share])).toEqual([
      ['At first appointment: Out of work', 6, 60],
      ['At first appointment: In work', 4, 40],
    ])
  })

  it('marks what was entered, and leaves out what nobody entered', () => {
    const lines = linesOf(releaseWith({}), about).filter(({ group }) => /^(staff|money)/.test(String(group)))

    expect(lines.map(({ group, code, number }) => [group, code, number])).toEqual([
      ['staff-in-post', 'coach', 11],
      ['staff-planned', 'coach', 12],
      ['money', 'planned', 41_000],
      ['money', 'spent', undefined],
    ])
    expect(lines.map(({ label }) => label)).toEqual([
      'Work and Health Coach, in post',
      'Work and Health Coach, planned (entered)',
      'Planned, in pounds (entered)',
      'Spent, in pounds (entered)',
    ])
  })

  it('adds up nothing that is hidden', () => {
    const release = releaseWith({ count: 60, cells: { age: { '16-24': 2, '25-34': 20, '35-49': 38 } } }, 5)
    const shares = linesOf(release, about).filter(({ group }) => group === 'shares-age')

    expect(shares.map(({ number, share }) => [number, share])).toEqual([
      ['*', '*'],
      [38, '*'],
    ])
  })
})

describe('The dictionary', () => {
  const lines = linesOf(releaseWith({ count: 3 }), about)

  it('explains every group of the file, and every code that is not a name', () => {
    const { groups, items, tables, shares } = dictionary(5)
    const known = new Set([
      ...['item', 'completeness', 'measures-start', 'measures-end', 'staff-in-post', 'staff-planned', 'money'],
      ...[...groups, ...tables, ...shares].map(({ group }) => group),
    ])

    expect(lines.filter(({ group }) => !known.has(String(group)))).toEqual([])
    expect(items.map(({ code }) => code)).toEqual(itemCodes)
    expect(groups.map(({ group }) => group)).toEqual(breakdownCodes)
    expect(groups.find(({ group }) => group === 'sex')?.codes).toMatchObject({
      female: 'Female',
      'not-known': 'Not recorded',
    })
  })

  it('says what each column means', () => {
    expect(Object.values(dictionary(5).columns).every((meaning) => meaning.endsWith('.'))).toBe(true)
  })
})

/** Months as they come, the same ones each time: who started by sex, what they left with, and why and when others left. */
function* months(many: number) {
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)
  for (let made = 0; made < many; made += 1) {
    const sex = { female: next(3) * next(12), male: next(12), 'not-known': next(4) }
    const rows = { declined: [next(4), next(9)], moved: [next(3) * next(9), next(3)], unreachable: [next(20), next(6)] }
    const crossed = Object.fromEntries(
      Object.entries(rows).map(([reason, [before = 0, after = 0]]) => [reason, { before, after }]),
    )
    const ended = Object.values(crossed).reduce((sum, row) => sum + total(row), 0)
    const whenEnded = { before: 0, after: 0 }
    for (const { before, after } of Object.values(crossed)) {
      whenEnded.before += before
      whenEnded.after += after
    }
    const reasons = Object.fromEntries(Object.entries(crossed).map(([reason, row]) => [reason, total(row)]))
    const completed = next(14)
    yield aMonth({
      started: { count: total(sex), imported: next(total(sex) + 1), cells: { sex } },
      completed: {
        count: completed,
        cells: { outcome: { remained: next(completed + 1), training: next(completed + 1) } },
      },
      'ended-early': {
        ...{ count: ended, cells: { 'end-reason': reasons, 'end-when': whenEnded } },
        crossings: { 'end-reason-when': crossed },
      },
    })
  }
}

const any = [1, 2, 3, 4]
const isFew = (number: unknown) => typeof number === 'number' && number > 0 && number < 5
const seen = (line: Line | undefined): Seen => (typeof line?.number === 'number' ? line.number : '*')

/** What somebody with the whole file, who tries every value, learns of any small number of the month. */
function learntFrom({ families }: Returned, lines: readonly Line[]): string[] {
  const of = (group: string) => lines.filter((line) => line.group === group)
  const wholeOf = (code: string) => seen(of('item').find((line) => line.code === code))
  const few = lines
    .filter((line) => [line.number, line.imported, line.not_known].some(isFew))
    .map(({ group, code }) => `${group} ${code}`)
  const rest = [
    ...of('outcome').map((line) => [wholeOf('completed'), seen(line)] as const),
    ...of('item').map((line) => [seen(line), line.imported === undefined ? '*' : line.imported] as const),
  ].flatMap(([whole, part]) => (isFew(Number(whole) - Number(part)) ? [`${whole} without ${part}`] : []))
  const [reasons, across] = [of('end-reason'), of('end-when')]
  const crossed = families['ended-early']?.crossings['end-reason-when'] ?? {}
  const list = { cells: of('sex').map((line) => [seen(line)]), whole: Number(wholeOf('started')) }
  const cellAt = (row: Line, column: Line) =>
    seen(of('end-reason-when').find(({ code, across: at }) => code === row.code && at === column.code))
  const table = {
    ...{ whole: Number(wholeOf('ended-early')), rows: reasons.map(seen), columns: across.map(seen) },
    cells: reasons.map((row) => across.map((column) => cellAt(row, column))),
  }
  const inList = of('sex').map(({ code }) => [families.started?.cells.sex?.[String(code)] ?? 0])
  const inTable = reasons.map((row) => across.map((column) => crossed[String(row.code)]?.[String(column.code)] ?? 0))
  return [...few, ...rest, ...exposedIn(list, inList), ...exposedIn(table, inTable)]
}

/** The small numbers of a table that can no longer be any small number. */
function exposedIn(published: Published, counts: readonly (readonly number[])[]): string[] {
  if (Number.isNaN(published.whole)) return []
  return counts.flatMap((row, down) =>
    row.flatMap((count, column) => {
      const left =
        isFew(count) && published.cells[down]?.[column] === '*' ? valuesLeft(published, down, column, 4) : any
      return any.every((value) => left.includes(value)) ? [] : [`${JSON.stringify(published)} ${left.join()}`]
    }),
  )
}

describe('Somebody with the whole file of a month', () => {
  it('learns of no small number more than that it is small', () => {
    const learnt = [...months(150)].flatMap((month) =>
      learntFrom(month, linesOf(releaseOf(month, { below: 5 }), about)),
    )
    expect(learnt).toEqual([])
  })

  it('would learn much from real numbers', () => {
    const learnt = [...months(20)].flatMap((month) => learntFrom(month, linesOf(releaseOf(month, { below: 0 }), about)))
    expect(learnt.length).toBeGreaterThan(20)
  })
})
