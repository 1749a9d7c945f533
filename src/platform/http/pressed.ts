import type { FastifyRequest } from 'fastify'
import type { Db } from '#platform/database/transaction.ts'
import { findPress, keepPress, type Press } from '#platform/form/done.ts'
import type { Fields } from '#platform/form/fields.ts'
import { csrfField } from '#platform/html/shell.tsx'
import { answer, type Outcome } from './answer.ts'
import type { Rule } from './app.ts'
import type { Browser } from './browser.ts'
import { IsOver, NotFound, SentLate } from './refusals.ts'
import { saidNext } from './surroundings.ts'

type Coming = Readonly<{
  rule: Rule<Fields, Fields>
  request: FastifyRequest
  browser: Browser
  area: string | undefined
  fields: unknown
  now: Temporal.Instant
}>

/** The press of a member’s form that does something; undefined for what is no such form. */
export function pressOf({ rule, request, browser, area, fields, now }: Coming): Press | undefined {
  const isMembers = rule.who !== 'anyone' && rule.who !== 'participant'
  if (request.method !== 'POST' || !isMembers || area === undefined) return undefined
  if (rule.reads !== undefined || rule.upload !== undefined) return undefined
  const given: [string, unknown][] = typeof fields === 'object' && fields !== null ? Object.entries(fields) : []
  const said = Object.fromEntries(given.filter(([name]) => name !== csrfField))
  return { area, owner: browser.owner, path: request.url, fields: said, at: now }
}

// What a page says where something is not there any more, or is not as its sender saw it.
const gone = new Set([404, 409])

/**
 * Keeps where a form led to. Where it now finds nothing any more, and the same person sent the same a few minutes ago, they
 * pressed twice: they are led where the first press led them.
 */
export async function ledAgain(db: Db, press: Press | undefined, outcome: Outcome): Promise<Outcome> {
  if (press === undefined) return outcome
  if (outcome.body.kind === 'redirect') await keepPress(db, press, outcome.body.to)
  return gone.has(outcome.status) ? ((await leadAgain(db, press)) ?? outcome) : outcome
}

/** The same for a form that was refused, whose transaction is over: asked in another. Refuses again where it was the first. */
export async function ledAgainFrom(
  refused: unknown,
  press: Press | undefined,
  within: (inside: (db: Db) => Promise<Outcome | undefined>) => Promise<Outcome | undefined>,
): Promise<Outcome> {
  if (press === undefined || !(refused instanceof NotFound || refused instanceof SentLate || refused instanceof IsOver))
    throw refused
  const again = await within((db) => leadAgain(db, press))
  if (again === undefined) throw refused
  return again
}

async function leadAgain(db: Db, press: Press): Promise<Outcome | undefined> {
  const to = await findPress(db, press)
  if (to === undefined) return undefined
  const text = 'You sent this before, and it was saved then. Nothing was changed now.'
  return answer()
    .cookie(saidNext(JSON.stringify({ text })))
    .redirect(to)
}
