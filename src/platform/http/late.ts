import type { FastifyRequest } from 'fastify'
import { recordIn } from '#platform/form/draft-rules.ts'
import { saveDraft } from '#platform/form/drafts.ts'
import { check, type Fields } from '#platform/form/fields.ts'
import type { Rule } from './app.ts'
import { isForeignForm } from './browser.ts'
import type { Parts } from './parts.ts'

/**
 * Keeps what somebody typed whose session ran out before they sent it, as the draft of the page: without script nothing
 * was kept while they typed. They find it there once they have signed in again.
 */
export async function keepLateForm(
  { questions, settings, databases }: Parts,
  rule: Rule<Fields, Fields>,
  request: FastifyRequest,
  now: Temporal.Instant,
): Promise<void> {
  if (request.method !== 'POST' || rule.draft === undefined || rule.upload !== undefined) return
  const ranOut = await questions.ranOut?.(request.cookies, now)
  const area = ranOut?.area
  if (!ranOut || !area) return
  const owner = `account:${ranOut.account}`
  // Only a form that this account was given, so that nobody else's words become theirs.
  if (isForeignForm(settings, owner, request, request.body)) return
  // Checked: the parts of an address are always strings.
  const record = recordIn(request.params as Readonly<Record<string, string>>)
  const { typed } = check(rule.form ?? {}, request.body)
  const draft = { area, owner, page: rule.draft, record, typed, now }
  await databases.databaseFor(area).transaction((db) => saveDraft(db, draft))
}
