import type { Db } from '#platform/database/transaction.ts'
import type { JobPayload } from '#platform/jobs/rules.ts'
import type { Jobs, JobWork } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { webhookKey } from '#platform/machine/webhook.ts'
import { postOutside } from '#platform/outside/asking.ts'
import { OutsideProblem } from '#platform/outside/problems.ts'
import { secondsToWait } from '#platform/outside/waiting.ts'
import { apiPath } from '#registers/clients/rules.ts'
import { listReferralsOf } from '#journey/triage/store.ts'
import { triedAgainAt, type Verdict } from '#exchange/bars/reply/rules.ts'
import { findSendable } from '#exchange/bars/reply/store.ts'
import { keysOf, type WebhookAddress } from '#exchange/webhooks/webhook-address/rules.ts'
import { findWebhookAddress } from '#exchange/webhooks/webhook-address/store.ts'
import { asSaid, bodyOf, verdictOn, verdictUnheard } from './rules.ts'
import {
  findAwayUntil,
  findLastSaid,
  findReadable,
  holdNext,
  holdQueue,
  listReferralsAbout,
  listToTell,
  postponeEvent,
  saveEvent,
  saveTry,
  sendLater,
  sendWhatWaits,
  settleEvent,
} from './store.ts'

/** Where events may go, by which secret they are signed, and who hears that one could not be sent: no more than its id. */
export type Ground = Readonly<{ ownNetwork: boolean; origin: string; secret: string }> &
  Readonly<{ alarm: (text: string, of: Readonly<{ area: string; event: string }>) => void }>

/** An episode moved: each system that may read something else now than it was told last is to be told that it can. */
export async function tellSystems(db: Db, { area, episode }: JobPayload, now: Temporal.Instant): Promise<void> {
  const referrals = await listReferralsOf(db, area, String(episode))
  await tellOf(db, { area, referrals: referrals.map(({ id }) => id) }, now)
}

type Said = Readonly<{ area: string; person: string; at: Temporal.Instant }>

/** Somebody said what may be told of them: a system that may read something by it is told so now, and not at the next step. */
export async function tellSystemsOf(db: Db, { area, person, at }: Said): Promise<void> {
  await tellOf(db, { area, referrals: await listReferralsAbout(db, { area, person }) }, at)
}

type Of = Readonly<{ area: string; referrals: readonly string[] }>

async function tellOf(db: Db, { area, referrals }: Of, now: Temporal.Instant): Promise<void> {
  for (const { id: request, referral, client, kind } of await listToTell(db, area, referrals)) {
    const { told } = await findSendable(db, { area, kind, referral }, now)
    const [said, queue] = [asSaid(told), { area, client, queue: request }]
    if (said === '') continue
    await holdQueue(db, queue)
    if ((await findLastSaid(db, queue, 'any')) === said) continue
    await sendLater(db, await saveEvent(db, { area, client, request, said }, now), now)
  }
}

/** The work of telling: each event goes once, after those before it, or keeps the reason why it did not. */
export const webhookJobs = (ground: Ground): Jobs => ({ 'webhooks.send': sendingNext(ground) })

const sendingNext =
  (ground: Ground): JobWork =>
  async (db, { area, client, queue: called }, now) => {
    const queue = { area, client: String(client), queue: String(called) }
    const next = await holdNext(db, queue)
    // What could not be sent holds back what comes after it, until somebody tries again or gives it up.
    if (!next || next.settledAs !== null) return
    if (Temporal.Instant.compare(now, next.notBefore) < 0) return sendLater(db, queue, next.notBefore)
    await send({ ...ground, ...queue, db, next, now })
  }

type Queue = Readonly<{ area: string; client: string; queue: string }>
type Next = NonNullable<Awaited<ReturnType<typeof holdNext>>>
type Turn = Ground & Queue & Readonly<{ db: Db; next: Next; now: Temporal.Instant }>

async function send(turn: Turn): Promise<void> {
  const { db, area, client, next, now } = turn
  const door = await findWebhookAddress(db, area, client)
  const { why, ...heard } = door ? await findWhyNot(turn) : { why: 'The system is told nothing any more' }
  if (!door || why !== undefined) {
    const reason = why ?? 'The system is told nothing any more'
    await settleEvent(db, { area, id: next.id }, { as: 'held back', reason }, now)
    return sendLater(db, turn, now)
  }
  const away = await findAwayUntil(db, { area, id: next.id, client }, now)
  // Of all that wait for a system that is away, one asks whether it is back.
  if (away) return waitUntil(turn, { until: away, reason: 'It waits until their system answers again' })
  await settle(turn, { ...heard, ...(await handOver(turn, door)) })
}

type Heard = Readonly<{ said?: string; person?: string; referral?: string }>

/** Why a client may not be told it now, or need not be; otherwise what it can read, and of whom. A test is about nobody. */
async function findWhyNot(turn: Turn): Promise<Heard & Readonly<{ why?: string }>> {
  const { db, area, next, now } = turn
  if (next.request === null) return {}
  const own = await findReadable(db, turn)
  if (!own) return { why: 'The system may not read any more how it goes on' }
  const { kind, referral, person } = own
  if (own.withdrawnAt !== null) return { why: 'They have taken their referral back' }
  const { told, why } = await findSendable(db, { area, kind, referral }, now)
  const said = asSaid(told)
  if (said === '') return { why }
  return (await findLastSaid(db, turn, 'sent')) === said ? { why: 'It is not so any more' } : { said, person, referral }
}

type Handed = Readonly<{ verdict: Verdict; answer: number | null }>

// The conventions give a receiver between fifteen and thirty seconds; nothing of what it answers is read.
const patience = { seconds: 15, bytes: 1_000 } as const

async function handOver({ next, area, origin, secret, ownNetwork, now }: Turn, door: WebhookAddress): Promise<Handed> {
  const body = JSON.stringify(bodyOf(next, `${origin}${apiPath}/referrals`))
  const second = Math.floor(now.epochMilliseconds / 1000)
  const of = { secret, area, address: door.id }
  const signatures = keysOf(door).map((number) =>
    webhookKey({ ...of, number }).signature({ id: next.id, second, body }),
  )
  const headers = {
    ...{ 'content-type': 'application/json', 'user-agent': 'WorkWell' },
    ...{ 'webhook-id': next.id, 'webhook-timestamp': String(second), 'webhook-signature': signatures.join(' ') },
  }
  try {
    const {
      status,
      headers: said,
      leave,
    } = await postOutside({
      ...{ address: door.address, ownNetwork, ...patience, headers, body },
    })
    leave()
    return { verdict: verdictOn({ status, wait: secondsToWait(said) }), answer: status }
  } catch (cause) {
    // Caught and counted, because throwing would undo the reason that the event has to keep.
    if (cause instanceof OutsideProblem) return { verdict: verdictUnheard(cause.reason), answer: null }
    throw cause
  }
}

async function settle(turn: Turn, { verdict, answer, said, person, referral }: Heard & Handed): Promise<void> {
  const { db, area, client, next, now } = turn
  const tries = next.tries + 1
  await saveTry(db, { area, id: next.id }, { tries, answer, at: now, firstAt: next.firstTriedAt ?? now })
  if (verdict.is === 'refused') return fail(turn, verdict.reason)
  if (verdict.is === 'later') return waitLonger(turn, { ...verdict, tries })
  await settleEvent(db, { area, id: next.id }, { as: 'sent', said: said ?? null }, now)
  const happening = { kind: 'read', what: 'referral.told', person, subject: referral, codes: { client } } as const
  if (person !== undefined) writeEntry(db, { area, by: undefined, happening, at: now })
  await sendLater(db, turn, now)
  await sendWhatWaits(db, { area, client }, now)
}

type Waiting = Readonly<{ reason: string; tries: number; wait?: number }>

async function waitLonger(turn: Turn, { reason, tries, wait = 0 }: Waiting): Promise<void> {
  const { next, now } = turn
  const until = triedAgainAt({ tries, wait, firstAt: next.firstTriedAt ?? now, now })
  return until ? waitUntil(turn, { until, reason }) : fail(turn, `${reason}: it was tried for three days`)
}

type Until = Readonly<{ until: Temporal.Instant; reason: string }>

async function waitUntil(turn: Turn, { until, reason }: Until): Promise<void> {
  await postponeEvent(turn.db, { area: turn.area, id: turn.next.id }, { until, reason })
  return sendLater(turn.db, turn, until)
}

async function fail({ db, area, next, now, alarm }: Turn, reason: string): Promise<void> {
  await settleEvent(db, { area, id: next.id }, { as: 'failed', reason }, now)
  alarm('an event for another system could not be sent', { area, event: next.id })
}
