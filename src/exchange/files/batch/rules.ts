/** What comes of each row of a file: it is taken, it was here already, or it is returned with its reasons. */
export type Outcome = 'taken' | 'already' | 'refused'

/** What can be brought in: referrals, or episodes as far as they have come. */
export const kinds = {
  referrals: { label: 'Referrals' },
  episodes: { label: 'Open cases' },
} as const

export type Kind = keyof typeof kinds

/** Every row that was dealt with, by what came of it. */
export type Counts = Readonly<{ rows: number } & Record<Outcome, number>>

/** Whether every row is accounted for: what came in was taken, was here already, or was returned. */
export function addsUp({ rows, taken, already, refused }: Counts): boolean {
  return rows === taken + already + refused
}

/** Whether the database should count its rows anew after so many groups: after the first, and each time they doubled. */
export function isTimeToCount(groups: number): boolean {
  return groups > 0 && (groups & (groups - 1)) === 0
}

/** Where a batch stands. */
export const states = {
  'under-way': { label: 'Being brought in' },
  finished: { label: 'Brought in' },
  undoing: { label: 'Being taken back' },
  undone: { label: 'Taken back' },
} as const

export type State = keyof typeof states

type Moments = Readonly<Record<'finished_at' | 'undoing_at' | 'undone_at', Temporal.Instant | null>>

/** Where a batch stands by what has happened to it. */
export function stateOf({ finished_at, undoing_at, undone_at }: Moments): State {
  if (undone_at) return 'undone'
  if (undoing_at) return 'undoing'
  return finished_at ? 'finished' : 'under-way'
}

/** What the journal says of records that a batch brought: not work of anybody here. */
export const actsOfImport: readonly string[] = [
  ...['referral.imported', 'record.imported', 'episode.imported', 'episode.history-imported', 'record.taken-back'],
]
