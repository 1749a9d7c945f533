/** What comes of each row of a file: it is taken, it was here already, or it is returned with its reasons. */
export type Outcome = 'taken' | 'already' | 'refused'

/** What can be brought in: referrals, or episodes as far as they have come. */
export type Kind = 'referrals' | 'episodes'

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
