/** Which concerns are shown. */
export const concernStates = {
  open: { label: 'Open' },
  closed: { label: 'Closed' },
  all: { label: 'Open and closed' },
} as const

export type ConcernState = keyof typeof concernStates

/** Whose concerns are shown. */
export const concernOwners = {
  mine: { label: 'Mine' },
  nobody: { label: 'Nobody has said they have it' },
  without: { label: 'Open, with nobody' },
  late: { label: 'Not looked at in time' },
} as const

export type ConcernOwner = keyof typeof concernOwners

export type ConcernFilter = Readonly<{ state: ConcernState; owner: ConcernOwner | null; kind: string | null }>

/** How many are on a page. */
export const pageLength = 50

type Held = Readonly<{ owner: string | null; heard_at: Temporal.Instant | null; next_at: Temporal.Instant | null }>

/** Who has a concern, in words. */
export function ownerInWords(
  { owner, heard_at: heard, next_at: next }: Held,
  names: ReadonlyMap<string, string>,
): string {
  const name = owner === null ? undefined : names.get(owner)
  if (next === null) return name ?? 'Nobody'
  if (name === undefined) return 'Nobody could be told: look at who leads on duty'
  return heard === null ? `${name}, who has not said yet that they have it` : name
}
