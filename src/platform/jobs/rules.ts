/** A job that cannot be done, said in a sentence that anybody who runs the service may read: nothing about a person. */
export class JobProblem extends Error {}

/** A job that failed, as it stands in the queue. */
export type FailedJob = Readonly<{
  id: number
  name: string
  attempts: number
  most: number
  reason: string
  run_at: Temporal.Instant
  payload: JobPayload
}>

/** What a job is about: its area, ids and codes. */
export type JobPayload = Readonly<{ area: string } & Record<string, string | number | boolean | null>>

/** Whether a failed job has used up its tries: nothing more happens until somebody runs it again. */
export function isGivenUp({ attempts, most }: Pick<FailedJob, 'attempts' | 'most'>): boolean {
  return attempts >= most
}

/**
 * Why a job failed, in words that may be kept and shown. The words of an error are never used, since those of a database
 * or a neighbour repeat what they were given; only what kind of error it was, its code, and where in our own code.
 */
export function safeReason(cause: unknown): string {
  if (cause instanceof JobProblem) return cause.message
  const { code, constraint, stack } = partsOf(cause)
  const kind = sentences.find(([codes]) => codes.test(code))?.[1] ?? 'The product made a mistake'
  const name =
    cause instanceof Error && /^[A-Za-z]{1,60}$/.test(cause.constructor.name) ? cause.constructor.name : 'Error'
  const known = [name, code, constraint, placeIn(stack)].filter((part) => part !== '')
  return `${kind} (${known.join(', ')})`
}

const sentences: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [/^23/, 'The database refused a row'],
  [/^40|^55P03/, 'Two pieces of work met at the same row'],
  [/^42501/, 'The database did not allow it'],
  [/^(08|53|57)|^E(CONN|PIPE|TIMEDOUT|HOST|NOTFOUND|AI_AGAIN)/, 'The database or a neighbour did not answer'],
  [/^22/, 'The database could not read a value'],
]

function partsOf(cause: unknown): Readonly<{ code: string; constraint: string; stack: string }> {
  const known: Readonly<Record<string, unknown>> = typeof cause === 'object' && cause !== null ? { ...cause } : {}
  const word = (value: unknown) => (typeof value === 'string' && /^[A-Za-z0-9_]{1,80}$/.test(value) ? value : '')
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  return { code: word(known['code']), constraint: word(known['constraint']), stack }
}

// The first line of ours: journey/contact/jobs.ts:33.
function placeIn(stack: string): string {
  return /\/src\/([\w/.-]+\.tsx?:\d+)/.exec(stack)?.[1] ?? ''
}

/** What a job is about, as it may be shown: ids and codes; anything else that strayed in is left out. */
export function shownPayload({ area: _area, ...payload }: JobPayload): string {
  const parts = Object.entries(payload).map(([name, value]) =>
    /^[\w.:-]{1,80}$/.test(String(value)) ? `${name} ${value}` : `${name} (not shown)`,
  )
  return parts.join(', ')
}
