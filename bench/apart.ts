/** Whether two ways of being answered can be told apart by how long they take. */
export type Apart = Readonly<{
  medians: readonly [number, number]
  /** Of the second to the first. */
  ratio: number
  /** Mann-Whitney: how far the ranks are from chance, in standard deviations. */
  z: number
  /** Welch's t of what is left without the slowest twentieth of both, as in dudect. */
  t: number
}>

/** Beyond this many standard deviations chance explains it less than once in three hundred times. */
export const telling = 3

/** Compares how long the one took with how long the other did. */
export function tellApart(one: readonly number[], other: readonly number[]): Apart {
  const medians = [medianOf(one), medianOf(other)] as const
  return { medians, ratio: medians[1] / medians[0], z: ranksApart(one, other), t: meansApart(one, other) }
}

function medianOf(times: readonly number[]): number {
  const sorted = times.toSorted((first, second) => first - second)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function ranksApart(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((time) => ({ time, first: true })), ...other.map((time) => ({ time, first: false }))]
  const sorted = all.toSorted((first, second) => first.time - second.time)
  const ranks = sorted.reduce((sum, { first }, place) => (first ? sum + place + 1 : sum), 0)
  const [n, m] = [one.length, other.length]
  const u = ranks - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

function meansApart(one: readonly number[], other: readonly number[]): number {
  const sorted = [...one, ...other].toSorted((first, second) => first - second)
  const most = sorted[Math.floor(sorted.length * 0.95)] ?? Number.POSITIVE_INFINITY
  const [first, second] = [momentsOf(one, most), momentsOf(other, most)]
  return (first.mean - second.mean) / Math.sqrt(first.variance / first.count + second.variance / second.count)
}

function momentsOf(times: readonly number[], most: number) {
  const kept = times.filter((time) => time <= most)
  const mean = kept.reduce((sum, time) => sum + time, 0) / kept.length
  const variance = kept.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (kept.length - 1)
  return { count: kept.length, mean, variance }
}
