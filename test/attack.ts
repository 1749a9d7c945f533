/** A number as an attacker reads it in a table: known, or not. */
export type Seen = number | '*'

/** What an attacker has: the numbers of a table, its totals, and the whole. A list has one column and no totals of columns. */
export type Published = Readonly<{
  cells: readonly (readonly Seen[])[]
  rows?: readonly Seen[]
  columns?: readonly Seen[]
  whole: number
}>

/** A sum that is known to hold: these places of the table add up to what is shown, if it is. */
type Sum = Readonly<{ places: readonly number[]; total: Seen }>

/**
 * Every value that a hidden number of a table can still have for somebody who tries all of them. Written apart from the
 * product on purpose: it knows nothing of how numbers are chosen to be hidden, only that noughts are shown in any row and
 * column that is taken apart.
 */
export function valuesLeft(published: Published, row: number, column: number, most: number): number[] {
  const { cells } = published
  const width = cells[0]?.length ?? 0
  const known = cells.flat()
  const sums = sumsOf(published, width)
  const least = known.map((_, place) => (isClosed(published, Math.floor(place / width), place % width) ? 0 : 1))
  return Array.from({ length: most + 1 }, (_, value) => value).filter((value) => {
    const tried = known.map((seen, place) => (place === row * width + column ? value : seen))
    return value >= (least[row * width + column] ?? 0) && canBe(tried, { sums, least, most: published.whole })
  })
}

/** Nothing of a row or column is shown, its total included: what in it is nought cannot be told, but where all across it is. */
function isClosed({ cells, rows, columns }: Published, row: number, column: number): boolean {
  const across = (cells[row] ?? []).filter((_, place) => columns?.[place] !== 0)
  const down = cells.map((one) => one[column]).filter((_, place) => rows?.[place] !== 0)
  const all = (seen: readonly (Seen | undefined)[]) => seen.every((one) => one === '*')
  return (rows?.[row] === '*' && all(across)) || (columns?.[column] === '*' && all(down))
}

function sumsOf({ cells, rows, columns, whole }: Published, width: number): Sum[] {
  const places = cells.flatMap((across, row) =>
    across.map((_, column) => ({ row, column, place: row * width + column })),
  )
  const all: Sum = { places: places.map(({ place }) => place), total: whole }
  const across = (rows ?? []).map((total, row) => ({
    total,
    places: places.filter((one) => one.row === row).map(({ place }) => place),
  }))
  const down = (columns ?? []).map((total, column) => ({
    total,
    places: places.filter((one) => one.column === column).map(({ place }) => place),
  }))
  return [all, ...across, ...down].filter(({ total }) => total !== '*')
}

type Bounds = Readonly<{ sums: readonly Sum[]; least: readonly number[]; most: number }>

function canBe(tried: readonly Seen[], bounds: Bounds): boolean {
  if (!bounds.sums.every((sum) => mayHold(tried, sum, bounds))) return false
  const open = tried.indexOf('*')
  if (open === -1) return true
  for (let value = bounds.least[open] ?? 0; value <= bounds.most; value += 1) {
    if (canBe(tried.with(open, value), bounds)) return true
  }
  return false
}

function mayHold(tried: readonly Seen[], { places, total }: Sum, { least }: Bounds): boolean {
  const sum = places.reduce((so, place) => so + lowest(tried[place], least[place]), 0)
  const free = places.some((place) => tried[place] === '*')
  return free ? sum <= Number(total) : sum === Number(total)
}

function lowest(seen: Seen | undefined, least = 0): number {
  return seen === '*' || seen === undefined ? least : seen
}
