import type { AnswerCode } from '#journey/request/rules.ts'

/** One answer to a request: a newer one counts in its place, and the older one stays to be read. */
export type Answered = Readonly<{
  id: string
  answer: AnswerCode
  note: string | null
  byName: string | null
  at: Temporal.Instant
}>
