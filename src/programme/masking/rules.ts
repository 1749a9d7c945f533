/** What stands in place of a number that is too small to be shown. */
export const hidden = '*'

/** A number as it leaves the service: shown, or hidden. */
export type Shown = number | typeof hidden

/** One number of a table: of a row, and of a column where there are several. */
export type Cell = Readonly<{ row: string; column: string; count: number }>

/** A table whose numbers add up, across and down, to the whole it takes apart. A simple list has one column, named ''. */
export type Group = Readonly<{ code: string; cells: readonly Cell[] }>

/** A whole, taken apart in one or more ways. */
export type Family = Readonly<{ count: number; groups: readonly Group[] }>

/** Numbers from 1 up to and without `below` are hidden; 0 hides nothing. `also` names others that must not be told, `alsoWhole` the whole. */
export type Rule = Readonly<{ below: number; also?: (group: string, key: string) => boolean; alsoWhole?: boolean }>

export type Masked = Readonly<{
  whole: Shown
  /** A number of a group; without a column the total of a row, without a row the total of a column. */
  number: (group: string, row: string, column?: string) => Shown
}>

/** By what name a number of a group is known: a total has no column, or no row. */
const keyOf = (row: string, column = ''): string => `${row}|${column}`

/** The rule in words, for the page, the file and the data dictionary. */
export function ruleInWords(below: number): string {
  if (below <= 1) return 'Numbers are exact.'
  return `Numbers from 1 to ${below - 1} are shown as ${hidden}. Others are shown as ${hidden} where a hidden one could be worked out from them. Where the number for everybody is hidden, nothing is broken down.`
}

/**
 * A whole and its tables as they may be shown. Nothing hidden can be worked out from what is shown: whatever is known,
 * each small number may still be any from 1 up to `below`. Where that cannot be had, the whole is hidden with all its parts.
 */
export function masked({ count, groups }: Family, rule: Rule): Masked {
  const known = groups.map(({ code, cells }) => [code, numbersOf(cells)] as const)
  const counts = new Map(known.map(([code, numbers]) => [code, new Map(numbers.map((one) => [one.key, one.count]))]))
  const told = (group: string, key: string): number => counts.get(group)?.get(key) ?? 0
  if (rule.below <= 1) return { whole: count, number: (group, ...place) => told(group, keyOf(...place)) }
  const closed = known.map(([code, numbers]) => [code, hiddenAmong(numbers, code, rule)] as const)
  const nothing = isSmall(count, rule.below) || rule.alsoWhole || closed.some(([, keys]) => keys === undefined)
  if (nothing) return { whole: hidden, number: () => hidden }
  const hides = new Map(closed)
  const number: Masked['number'] = (group, ...place) => {
    const key = keyOf(...place)
    return hides.get(group)?.has(key) ? hidden : told(group, key)
  }
  return { whole: count, number }
}

/** Whether there is somebody, and too few to be told of. */
export const isSmall = (count: number, below: number): boolean => count > 0 && count < below

/** The number of a group that goes by this name, totals included. */
export function countAt({ cells }: Group, key: string): number {
  const [row, column] = [key.slice(0, key.lastIndexOf('|')), key.slice(key.lastIndexOf('|') + 1)]
  const belongs = (cell: Cell) => (row === '' || cell.row === row) && (column === '' || cell.column === column)
  return cells.reduce((sum, cell) => (belongs(cell) ? sum + cell.count : sum), 0)
}

/** A number and the two sums it stands in: adding one to it adds one to `to` and takes one from `from`. */
type Figure = Readonly<{ key: string; from: string; to: string; count: number }>

/** The cells of a table and, where it has several columns, their totals; the whole itself is known to everybody. */
function numbersOf(cells: readonly Cell[]): Figure[] {
  if (cells.every(({ column }) => column === ''))
    return cells.map(({ row, count }) => ({ key: keyOf(row), from: 'outside', to: 'whole', count }))
  const total = (by: 'row' | 'column', name: string) =>
    cells.reduce((sum, cell) => (cell[by] === name ? sum + cell.count : sum), 0)
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = [...new Set(cells.map(({ column }) => column))]
  return [
    ...cells.map(({ row, column, count }) => ({
      ...{ key: keyOf(row, column), count },
      ...{ from: `column ${column}`, to: `row ${row}` },
    })),
    ...rows.map((row) => ({ key: keyOf(row), from: `row ${row}`, to: 'rows', count: total('row', row) })),
    ...columns.map((column) => ({
      ...{ key: keyOf('', column), count: total('column', column) },
      ...{ from: 'columns', to: `column ${column}` },
    })),
  ]
}

/** What must be hidden of a table whose whole is shown; undefined when nothing less than everything is enough. */
function hiddenAmong(numbers: readonly Figure[], group: string, rule: Rule): ReadonlySet<string> | undefined {
  const secret = numbers.filter(({ key, count }) => isSmall(count, rule.below) || rule.also?.(group, key))
  const apart = apartFrom(secret, numbers)
  const keys = new Set([...secret.map(({ key }) => key), ...apart])
  const least = ({ key }: Figure) => (apart.has(key) ? 0 : 1)
  const open = () => numbers.filter(({ key }) => keys.has(key))
  for (;;) {
    const exposed = secret.find((one) => !isSafe(one, open(), { least, below: rule.below }))
    if (exposed === undefined) return keys
    const visible = numbers
      .filter(({ key, count }) => count > 0 && !keys.has(key))
      .toSorted((one, other) => one.count - other.count)
    const next =
      visible.find((one) => isSafe(exposed, [...open(), one], { least, below: rule.below })) ??
      nearest(exposed, visible, open())
    if (next === undefined) return undefined
    keys.add(next.key)
  }
}

/** A row or column whose total is secret is not taken apart at all, noughts included, unless all across it is nought. */
function apartFrom(secret: readonly Figure[], numbers: readonly Figure[]): ReadonlySet<string> {
  const sumOf = ({ from, to }: Figure): string | undefined =>
    to === 'rows' ? from : from === 'columns' ? to : undefined
  const sumsOf = (figures: readonly Figure[]) => new Set(figures.map(sumOf).filter((sum) => sum !== undefined))
  const sums = sumsOf(secret)
  const empty = sumsOf(numbers.filter(({ count }) => count === 0))
  const stands = ({ from, to }: Figure, among: ReadonlySet<string>) => among.has(from) || among.has(to)
  const inside = numbers.filter((one) => sumOf(one) === undefined && stands(one, sums) && !stands(one, empty))
  return new Set(inside.map(({ key }) => key))
}

/** The smallest number that could stand in for another: first in a sum where it is the only one hidden. */
function nearest(exposed: Figure, visible: readonly Figure[], open: readonly Figure[]): Figure | undefined {
  const stands = (one: Figure, sum: string) => one.from === sum || one.to === sum
  const alone = [exposed.from, exposed.to].filter((sum) => open.filter((one) => stands(one, sum)).length === 1)
  return (
    visible.find((one) => alone.some((sum) => stands(one, sum))) ??
    visible.find((one) => stands(one, exposed.from) || stands(one, exposed.to)) ??
    visible[0]
  )
}

type Bounds = Readonly<{ least: (one: Figure) => number; below: number }>

/** Whether, for all that is shown, a number could be any from 1 up to `below` (or as far from what it is, where it is not small). */
function isSafe(one: Figure, open: readonly Figure[], { least, below }: Bounds): boolean {
  const others = open.filter(({ key }) => key !== one.key)
  const small = isSmall(one.count, below)
  const up = small ? below - 1 - one.count : below - 1
  const down = small ? one.count - 1 : Math.min(below - 1, one.count - 1)
  return canMove(one.to, one.from, { others, least, by: up }) && canMove(one.from, one.to, { others, least, by: down })
}

type Moving = Readonly<{ others: readonly Figure[]; least: Bounds['least']; by: number }>
type Step = Readonly<{ one: Figure; sign: 1 | -1; room: number }>

/** Whether the other hidden numbers can make up for so many, all sums staying as they are shown. */
function canMove(from: string, to: string, { others, least, by }: Moving): boolean {
  const moved = new Map<string, number>()
  for (let left = by; left > 0;) {
    const way = wayBetween(from, to, (sum) => stepsFrom(sum, others, { least, moved }))
    if (way === undefined) return false
    const many = Math.min(left, ...way.map(({ room }) => room))
    for (const { one, sign } of way) moved.set(one.key, (moved.get(one.key) ?? 0) + sign * many)
    left -= many
  }
  return true
}

type Room = Readonly<{ least: Bounds['least']; moved: ReadonlyMap<string, number> }>

/** What can change where a sum is one too many: another number grows, or one shrinks, which moves it to another sum. */
function stepsFrom(sum: string, others: readonly Figure[], { least, moved }: Room): [string, Step][] {
  return others.flatMap((one): [string, Step][] => {
    if (one.from === sum) return [[one.to, { one, sign: 1, room: Number.POSITIVE_INFINITY }]]
    const room = one.count + (moved.get(one.key) ?? 0) - least(one)
    return one.to === sum && room > 0 ? [[one.from, { one, sign: -1, room }]] : []
  })
}

function wayBetween(from: string, to: string, stepsOf: (sum: string) => [string, Step][]): Step[] | undefined {
  const reached = new Map<string, Step[]>([[from, []]])
  for (const [sum, way] of reached) {
    if (sum === to) return way
    for (const [next, step] of stepsOf(sum)) if (!reached.has(next)) reached.set(next, [...way, step])
  }
  return undefined
}

/** A share in whole per cent; hidden or absent when either number may not be shown, for a rate would give it away. */
export function share(part: Shown, whole: Shown): Shown | undefined {
  if (part === hidden || whole === hidden) return hidden
  return whole === 0 ? undefined : Math.round((100 * part) / whole)
}
