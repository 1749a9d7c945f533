import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '#platform/database/transaction.ts'
import { check, type Fields, type ValueOf } from '#platform/form/fields.ts'
import type { Checked, Typed } from '#platform/form/rules.ts'
import { asResent, claimForm, digestOf, releaseForm } from '#platform/form/sent.ts'
import { versionField } from '#platform/html/shell.tsx'
import { idFrom } from '#platform/ids.ts'
import type { Outcome } from './answer.ts'
import type { Rule, Upload } from './app.ts'

type Coming = Readonly<{
  db: Db
  area: string | undefined
  rule: Rule<Fields, Fields>
  request: FastifyRequest
  body: Readonly<{ fields: unknown; files: Readonly<Record<string, readonly Upload[]>> }>
  /** What was typed here before and not sent, where a page is shown with it. */
  kept: Typed | undefined
  now: Temporal.Instant
}>

type Form = Readonly<{
  form: Checked<ValueOf<Fields>>
  /** Says how the request ended: a form that led on is taken, any other may come again, put right. */
  settle: (outcome: Outcome) => Promise<void>
}>

const settled = () => Promise.resolve()

/**
 * Looks at a form that comes in. Where it was taken before with something else in it, by somebody who went back and changed
 * it, it is shown again and says so: what they changed is neither lost nor put in the place of the first unseen.
 */
export async function formOf(coming: Coming): Promise<Form> {
  const { db, area, rule, request, body, kept, now } = coming
  if (kept) return { form: { ok: false, typed: kept, problems: [] }, settle: settled }
  const form = check(rule.form ?? {}, body.fields)
  const id = idIn(coming, form)
  if (id === undefined || area === undefined) return { form, settle: settled }
  const digest = digestOf(form.typed, Object.values(body.files).flat().map(digestOfFile))
  const sent = { area, id, path: pathOf(request), digest, at: now }
  const how = await claimForm(db, sent)
  if (how === 'changed') return { form: asResent(form.typed, idFrom(id, digest.toString('hex'))), settle: settled }
  const settle = (outcome: Outcome) => (how === 'first' && !isTaken(outcome) ? releaseForm(db, sent) : settled())
  return { form, settle }
}

/**
 * The id that a form was shown with, so that sending it twice keeps one. A form with a version changes what is there, under
 * an id that stays: whoever's version is older is shown both.
 */
function idIn({ rule, request }: Coming, form: Checked<ValueOf<Fields>>): string | undefined {
  if (request.method !== 'POST' || rule.resent === 'kept' || !form.ok || rule.reads !== undefined) return undefined
  if (versionField in form.value) return undefined
  const { id } = form.value
  return typeof id === 'string' ? id : undefined
}

const isTaken = ({ status }: Outcome): boolean => status >= 300 && status < 400

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? url

const digestOfFile = ({ content }: Upload): string => createHash('sha256').update(content).digest('hex')
