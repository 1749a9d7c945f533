import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Link } from './rules.ts'

/** For how long somebody who has proven who they are goes on without being asked again: as long as a session is idle. */
const minutes = 30

/** The name of the hidden field that carries the proof from one page behind a link to the next. */
export const proofField = 'proof'

type Proving = Readonly<{ secret: string; link: Pick<Link, 'area' | 'id'>; now: Temporal.Instant }>

/** What the pages behind a link carry on, once their reader has said what only they know. Worth nothing for another link. */
export function proofOf({ secret, link, now }: Proving): string {
  const until = now.add({ minutes }).epochMilliseconds
  return `${until}.${sealed(secret, link, until)}`
}

/** Whether the reader of this link has proven themselves, and not too long ago. */
export function isProven({ secret, link, now }: Proving, proof: string | null): boolean {
  const [, until, seal = ''] = /^(\d{1,16})\.([\w-]{43})$/.exec(proof ?? '') ?? []
  if (until === undefined || Number(until) <= now.epochMilliseconds) return false
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealed(secret, link, Number(until))))
}

function sealed(secret: string, { area, id }: Proving['link'], until: number): string {
  return createHmac('sha256', secret).update(`proof:${area}:${id}:${until}`).digest('base64url')
}

/**
 * The code that somebody is told by phone before they open what is behind a link. It follows from what it opens and our
 * secret: it is kept nowhere, and nobody who reads the tables learns it.
 */
export function spokenCode(secret: string, subject: string): string {
  const digits = createHmac('sha256', secret).update(`code:${subject}`).digest().readUInt32BE() % 1_000_000
  return `${digits}`.padStart(6, '0')
}

/** Whether this is the code, however its digits were set apart. */
export function isSpokenCode(secret: string, subject: string, given: string): boolean {
  const typed = given.replaceAll(/\D/g, '')
  return typed.length === 6 && timingSafeEqual(Buffer.from(typed), Buffer.from(spokenCode(secret, subject)))
}
