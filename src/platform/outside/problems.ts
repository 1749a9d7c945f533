/** Why an address outside gave no answer that can be used. */
export type OutsideReason =
  | 'not-an-address'
  | 'own-network'
  | 'unreachable'
  | 'broken-off'
  | 'too-slow'
  | 'too-large'
  | 'too-many-redirects'
  | 'not-json'
  | 'no-list'

/** An address outside gave no answer that can be used; `shown` is the beginning of what it said, where that helps. */
export class OutsideProblem extends Error {
  readonly reason: OutsideReason
  readonly shown: string | undefined
  constructor(reason: OutsideReason, shown?: string) {
    super(reason)
    this.reason = reason
    this.shown = shown
  }
}

/** What went wrong, under the few names by which it is told. */
export function outsideProblem(cause: unknown): OutsideProblem {
  if (cause instanceof OutsideProblem) return cause
  const { name = '', code = '' } = Object(cause) as Readonly<{ name?: string; code?: string }>
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') return new OutsideProblem('too-slow')
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code.startsWith('Z_'))
    return new OutsideProblem('broken-off')
  return new OutsideProblem('unreachable')
}
