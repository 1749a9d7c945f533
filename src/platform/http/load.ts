/** Whether this copy has fallen so far behind that whoever comes now would wait in vain. */
export type Load = Readonly<{ isBehind(): boolean; stop(): void }>

const every = 500
// A page takes several turns of the event loop: at a second each, nobody waits for it to the end.
const tooLate = 1_000
// One late turn is a long piece of work, a start or a machine that slept. Three in a row are more than this copy can do.
const turnsInARow = 3

/** How many turns in a row came too late, after one that came this late. */
export function turnsBehind(before: number, lateBy: number): number {
  return lateBy > tooLate ? before + 1 : 0
}

/** Whether so many late turns in a row mean that new work is better sent away. */
export function isTooFarBehind(turns: number): boolean {
  return turns >= turnsInARow
}

/** Watches how late the event loop comes round. */
export function watchLoad(): Load {
  let turns = 0
  let due = performance.now() + every
  const timer = setInterval(() => {
    turns = turnsBehind(turns, performance.now() - due)
    due = performance.now() + every
  }, every)
  timer.unref()
  return { isBehind: () => isTooFarBehind(turns), stop: () => clearInterval(timer) }
}
