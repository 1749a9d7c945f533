/** What an email is by its headings: written by somebody, sent by a machine in reply, or that ours did not arrive. */
export type Kind = 'answer' | 'automatic' | 'not-arrived'

/** What an answer of one word says, in the words of the team. */
export const readings = {
  accepted: { label: 'they accept' },
  waiting: { label: 'they accept, and there is a wait' },
  declined: { label: 'they decline' },
  started: { label: 'it has started' },
  ended: { label: 'it has ended' },
} as const

export type Reading = keyof typeof readings

/** How something was heard that came by email, as the record says it. */
export const byEmail = { email: { label: 'By email' } } as const

/** What was made of an email. */
export type Settlement = 'kept' | 'no-answer' | 'read'

/** An email as it is kept. */
export type Email = Readonly<{
  id: string
  kind: Kind
  fromName: string | null
  fromAddress: string | null
  /** Whether it says that it comes from an address of the service that we know. Anybody can write any address there. */
  known: boolean
  /** What they wrote themselves; null where it is larger than we read, and once it is deleted. */
  words: string | null
  whole: boolean
  files: number
  reads: Reading | null
  readsReason: string | null
  readsDay: Temporal.PlainDate | null
  cameAt: Temporal.Instant
  settledAt: Temporal.Instant | null
  settledAs: Settlement | null
  settledBy: string | null
  emptiedAt: Temporal.Instant | null
}>

/** Whether a coach has to say what an email is. What a machine sent by itself says nothing. */
export const waits = ({ kind, settledAt, emptiedAt }: Pick<Email, 'kind' | 'settledAt' | 'emptiedAt'>): boolean =>
  kind !== 'automatic' && settledAt === null && emptiedAt === null

/** From whom an email says that it is. */
export const senderOf = ({ fromName, fromAddress }: Pick<Email, 'fromName' | 'fromAddress'>): string =>
  [fromName, fromAddress].filter(Boolean).join(', ') || 'Nobody named'

/** What stands beside the one word of an answer: what a coach may keep of it. */
export function besideTheWord({ words, reads }: Pick<Email, 'words' | 'reads'>): string {
  const lines = (words ?? '').split('\n')
  return (reads === null ? lines : lines.slice(1)).join('\n').trim()
}
