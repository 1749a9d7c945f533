import type { BarsSettings } from '#platform/bars/rules.ts'
import { NoToken, type Passing, passing } from '#platform/bars/token.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { idFrom } from '#platform/ids.ts'
import type { JobPayload } from '#platform/jobs/rules.ts'
import type { Jobs, JobWork } from '#platform/jobs/worker.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { postOutside } from '#platform/outside/asking.ts'
import { OutsideProblem } from '#platform/outside/problems.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listReferralsOf } from '#journey/triage/store.ts'
import { findReplyAddress } from '#exchange/bars/reply-address/store.ts'
import { type Reply, replyHeaders, replyMessage } from '#exchange/bars/reply-message/rules.ts'
import { saidIn } from './import.ts'
import {
  answerInWords,
  isAboutToken,
  ownServiceId,
  triedAgainAt,
  type Verdict,
  verdictOn,
  verdictWithout,
} from './rules.ts'
import {
  findAnswered,
  findAwayUntil,
  findOurselves,
  findSendable,
  holdNext,
  listToReply,
  postponeReply,
  saveReply,
  saveTry,
  sendLater,
  sendWhatWaits,
  settleReply,
} from './store.ts'

/** Where replies may go, as whom, and who hears that one could not be sent: no more than its id. */
export type Ground = Readonly<{ ownNetwork: boolean; bars: BarsSettings }> &
  Readonly<{ alarm: (text: string, of: Readonly<{ area: string; reply: string }>) => void }>

/** An episode moved: each system that referred is to be told what it may know now and was not told before. */
export async function replyToSenders(db: Db, { area, episode }: JobPayload, now: Temporal.Instant): Promise<void> {
  const referrals = await listReferralsOf(db, area, String(episode))
  const ids = referrals.map(({ id }) => id)
  for (const { id: request, referral, kind } of await listToReply(db, area, ids)) {
    const { told } = await findSendable(db, { area, kind, referral }, now)
    for (const { what: news } of told) await saveReply(db, { area, request, news, at: now })
    if (told.length > 0) await sendLater(db, { area, request }, now)
  }
}

/** The work of replies: each goes once, after those before it, or keeps the reason why it did not. */
export const replyJobs = (ground: Ground): Jobs => {
  const gateway = passing(ground.bars.token, ground.ownNetwork)
  return { 'replies.send': sendingNext({ ...ground, gateway }) }
}

const sendingNext =
  (ground: Ground & Readonly<{ gateway: Passing }>): JobWork =>
  async (db, { area, request }, now) => {
    const queue = { area, request: String(request) }
    const next = await holdNext(db, area, queue.request)
    // What could not be sent holds back what comes after it, until somebody tries again or gives it up.
    if (!next || next.settledAs !== null) return
    if (Temporal.Instant.compare(now, next.notBefore) < 0) return sendLater(db, queue, next.notBefore)
    await send({ ...ground, ...queue, db, next, now })
  }

type Queue = Readonly<{ area: string; request: string }>
type Next = NonNullable<Awaited<ReturnType<typeof holdNext>>>
type Turn = Ground & Queue & Readonly<{ gateway: Passing; db: Db; next: Next; now: Temporal.Instant }>
type Answered = NonNullable<Awaited<ReturnType<typeof findAnswered>>>

async function send(turn: Turn): Promise<void> {
  const { db, area, request, next, now } = turn
  const answered = await findAnswered(db, area, request)
  if (!answered) return fail(turn, 'The area no longer knows the organisation: add its ODS code again')
  const why = await findWhyNot(turn, answered)
  if (why !== undefined) {
    await settleReply(db, { area, id: next.id }, { as: 'held back', reason: why }, now)
    return sendLater(db, turn, now)
  }
  const door = await findReplyAddress(db, area, answered.organisation)
  const reply = door && (await replyOf(turn, answered, door))
  if (!reply || 'missing' in reply) return fail(turn, reply?.missing ?? 'Nobody has said where replies to them go')
  const away = await findAwayUntil(db, { area, id: next.id, sender: answered.sender }, now)
  // Of all that wait for a system that is away, one asks whether it is back.
  if (away) return waitUntil(turn, { until: away, reason: 'It waits until their system answers again' })
  await settle(turn, { ...answered, ...(await handOver(turn, { ...reply, door: door.address, answered })) })
}

/** Why a sender may not be told it now, or need not be. */
async function findWhyNot({ db, area, next, now }: Turn, { status, kind, referral }: Answered) {
  if (status !== 'active') return 'They have taken their referral back'
  const { told, why } = await findSendable(db, { area, kind, referral }, now)
  return told.some(({ what }) => what === next.news) ? undefined : why
}

type Door = NonNullable<Awaited<ReturnType<typeof findReplyAddress>>>

/** The reply in whole, or what is missing on our side so that it could be sent. */
async function replyOf(
  { db, area, bars, next, now }: Turn,
  { useCase, bundle, authoredAt, nhsNumber, requester }: Answered,
  { organisationName, odsCode: theirs, service }: Door,
): Promise<Readonly<{ reply: Reply }> | Readonly<{ missing: string }>> {
  const { receivingOrganisation } = await findSettings(db, area, dayOf(now))
  const [us, ours] = [await findOurselves(db, area, receivingOrganisation), ownServiceId(bars, { area, useCase })]
  if (!us?.odsCode) return { missing: 'The organisation that receives referrals has no ODS code: add it there' }
  if (theirs === null) return { missing: 'The organisation has no ODS code any more: add it there' }
  if (ours === undefined) return { missing: 'The service is not set up any more for what they asked for' }
  const said = { id: next.id, answers: bundle, news: next.news, at: next.writtenAt }
  const from = { name: us.name, odsCode: us.odsCode, service: ours, called: us.called }
  const to = { name: organisationName, odsCode: theirs, service }
  return { reply: { ...said, useCase, authoredAt, nhsNumber, requester, us: from, them: to } }
}

type Going = Readonly<{ reply: Reply; door: string; answered: Answered }>
type Handed = Readonly<{ verdict: Verdict; answer: string | null }>

// The standard gives a receiver five seconds.
const patience = { seconds: 10, bytes: 200_000 } as const

async function handOver({ next, ownNetwork, gateway, now }: Turn, { reply, door, answered }: Going): Promise<Handed> {
  const ids = { requestId: next.requestId, correlationId: answered.correlationId }
  try {
    const token = await gateway.tokenFor(door, now)
    const proof = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const answer = await postOutside({
      ...{ address: `${door}/$process-message`, ownNetwork, ...patience },
      headers: { ...replyHeaders(reply, ids), ...proof },
      body: JSON.stringify(replyMessage(reply, idFrom)),
    })
    const said = await saidIn(answer, ids)
    if (isAboutToken(said)) gateway.forget()
    return { verdict: verdictOn(said), answer: answerInWords(said) }
  } catch (cause) {
    // Caught and counted, because throwing would undo the reason that the reply has to keep.
    if (cause instanceof OutsideProblem) return { verdict: verdictWithout(cause.reason), answer: null }
    if (cause instanceof NoToken) return { verdict: verdictWithout('no-token'), answer: null }
    throw cause
  }
}

async function settle(turn: Turn, { verdict, answer, ...answered }: Answered & Handed): Promise<void> {
  const { db, area, next, now } = turn
  const tries = next.tries + 1
  await saveTry(db, { area, id: next.id }, { tries, answer, at: now, firstAt: next.firstTriedAt ?? now })
  if (verdict.is === 'refused') return fail(turn, verdict.reason)
  if (verdict.is === 'later') return waitLonger(turn, { ...verdict, tries })
  await settleReply(db, { area, id: next.id }, { as: 'sent' }, now)
  const { person, referral: subject, sender } = answered
  const happening = { kind: 'read', what: 'referral.told', person, subject, codes: { sender } } as const
  writeEntry(db, { area, by: undefined, happening, at: now })
  await sendLater(db, turn, now)
  await sendWhatWaits(db, { area, sender }, now)
}

type Waiting = Readonly<{ reason: string; tries: number; wait?: number }>

async function waitLonger(turn: Turn, { reason, tries, wait = 0 }: Waiting): Promise<void> {
  const { next, now } = turn
  const until = triedAgainAt({ tries, wait, firstAt: next.firstTriedAt ?? now, now })
  return until ? waitUntil(turn, { until, reason }) : fail(turn, `${reason}: it was tried for three days`)
}

type Until = Readonly<{ until: Temporal.Instant; reason: string }>

async function waitUntil({ db, area, request, next }: Turn, { until, reason }: Until): Promise<void> {
  await postponeReply(db, { area, id: next.id }, { until, reason })
  return sendLater(db, { area, request }, until)
}

async function fail({ db, area, next, now, alarm }: Turn, reason: string): Promise<void> {
  await settleReply(db, { area, id: next.id }, { as: 'failed', reason }, now)
  alarm('a reply to another system could not be sent', { area, reply: next.id })
}
