import type { FastifyRequest } from 'fastify'
import type { Actor, Who } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { recordIn } from '#platform/form/draft-rules.ts'
import { saveDraft } from '#platform/form/drafts.ts'
import { check, type Fields } from '#platform/form/fields.ts'
import type { Rule } from './app.ts'
import { type Browser, isForeignForm, memberOwner, participantOwner } from './browser.ts'
import type { Parts, Questions } from './parts.ts'
import { ChangedMeanwhile, IsOver, NotFound, OwnSignInFirst, SentLate, SignInFirst } from './refusals.ts'

/**
 * Keeps what somebody typed whose session ran out before they sent it, as the draft of the page: without script nothing
 * was kept while they typed. They find it there once they have signed in again.
 */
async function keepLateForm(
  { questions, settings, databases }: Parts,
  rule: Rule<Fields, Fields>,
  request: FastifyRequest,
  now: Temporal.Instant,
): Promise<void> {
  if (request.method !== 'POST' || rule.draft === undefined || rule.upload !== undefined) return
  const { owner, area } = (await ownerBefore(questions, rule, request, now)) ?? {}
  if (!owner || !area) return
  // Only a form that this account was given, so that nobody else's words become theirs.
  if (isForeignForm(settings, owner, request, request.body)) return
  // Checked: the parts of an address are always strings.
  const record = recordIn(request.params as Readonly<Record<string, string>>)
  const { typed } = check(rule.form ?? {}, request.body)
  const draft = { area, owner, page: rule.draft, record, typed, now }
  await databases.databaseFor(area).transaction((db) => saveDraft(db, draft))
}

type Arriving = Readonly<{
  parts: Parts
  rule: Rule<Fields, Fields>
  request: FastifyRequest
  browser: Browser
  now: Temporal.Instant
}>

/**
 * Turns away whoever has not signed in for a route, with what they typed kept for when they have; the page that is shown
 * instead where a route has one.
 */
export async function turnedAway({ parts, rule, request, browser, now }: Arriving): Promise<string | undefined> {
  if (isSignedInFor(rule.who, browser)) return undefined
  await keepLateForm(parts, rule, request, now)
  if (rule.signedOut !== undefined) return rule.signedOut
  throw rule.who === 'participant' ? new OwnSignInFirst() : new SignInFirst()
}

function isSignedInFor(who: Who, { me, session }: Browser): boolean {
  if (who === 'anyone') return true
  return (who === 'participant' ? me : session) !== undefined
}

/** Whose draft it becomes: of the member or participant whose session ran out. */
async function ownerBefore(
  { ranOut, ownRanOut }: Questions,
  { who }: Rule<Fields, Fields>,
  { cookies }: FastifyRequest,
  now: Temporal.Instant,
) {
  if (who === 'participant') {
    const participant = await ownRanOut?.(cookies, now)
    return participant && { owner: participantOwner(participant.person), area: participant.area }
  }
  const member = await ranOut?.(cookies, now)
  return member && { owner: memberOwner(member.account), area: member.area }
}

type Sent = Readonly<{ db: Db; actor: Actor | undefined; written: readonly string[] }>

/** Refuses a member’s form about something that is over, sent or opened, before its route has a look at it. */
export async function refuseWhatIsOver(
  { over }: Questions,
  rule: Rule<Fields, Fields>,
  { method, params, routeOptions: { url: path = '' } }: FastifyRequest,
  { db, actor, written }: Sent,
): Promise<void> {
  const isForm = method === 'POST' || rule.draft !== undefined || path.endsWith('/new')
  if (!over || !actor || !isForm || rule.verb !== 'edit') return
  // Checked: the parts of an address are always strings.
  const why = await over(db, actor, { path, params: params as Readonly<Record<string, string>> })
  if (why) throw new IsOver(why, written)
}

/** A form that finds nothing any more was open while something changed: that is what its sender is told. */
export function asLate({ who }: Rule<Fields, Fields>, request: FastifyRequest, written: readonly string[]) {
  return (error: unknown): never => {
    if (who === 'anyone' || request.method !== 'POST' || !(error instanceof NotFound)) throw error
    throw who === 'participant' ? new ChangedMeanwhile() : new SentLate(written, pageOf(request))
  }
}

/** The nearest page above the address of a form, which says how things stand; it opens only to whoever may open it. */
function pageOf({ server, url, routeOptions }: FastifyRequest): string | undefined {
  const [named, own] = [(routeOptions.url ?? '').split('/'), (url.split('?')[0] ?? '').split('/')]
  const lengths = named.map((_, place) => named.length - place).filter((length) => length > 1)
  const nearest = lengths.find((length) => server.hasRoute({ method: 'GET', url: named.slice(0, length).join('/') }))
  return nearest === undefined ? undefined : own.slice(0, nearest).join('/')
}
