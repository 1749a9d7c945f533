/** Whether this copy has fallen so far behind that whoever comes now would wait in vain. */
export type Load = Readonly<{
  /** Says that somebody is being answered; call what it gives when they are. */
  begin(): () => void
  strain(): Strain
  isBehind(): boolean
  stop(): void
}>

/** How late the last turns of the event loop came, and how many people are being answered. */
export type Strain = Readonly<{ lateTurns: number; inProgress: number }>

const every = 500
// A page takes several turns of the event loop: at a second each, nobody waits for it to the end.
const tooLate = 1_000
// One late turn is a long piece of work, a start or a machine that slept. Three in a row are more than this copy can do.
const turnsInARow = 3
// Twice the connections to the database. Where fewer are waiting, sending somebody away would serve nobody sooner.
const crowd = 40

/** How many turns in a row came too late, after one that came this late. */
export function turnsBehind(before: number, lateBy: number): number {
  return lateBy > tooLate ? before + 1 : 0
}

/** Whether new work is better sent away: it would not be done in time, and others are waiting. */
export function isTooMuch({ lateTurns, inProgress }: Strain): boolean {
  return lateTurns >= turnsInARow && inProgress > crowd
}

/** Watches how late the event loop comes round, and how many are being answered. */
export function watchLoad(): Load {
  let lateTurns = 0
  let inProgress = 0
  let due = performance.now() + every
  const timer = setInterval(() => {
    lateTurns = turnsBehind(lateTurns, performance.now() - due)
    due = performance.now() + every
  }, every)
  timer.unref()
  return {
    begin: () => {
      let open = 1
      inProgress += 1
      return () => {
        inProgress -= open
        open = 0
      }
    },
    strain: () => ({ lateTurns, inProgress }),
    isBehind: () => isTooMuch({ lateTurns, inProgress }),
    stop: () => clearInterval(timer),
  }
}
