import type { Db } from '#platform/database/transaction.ts'
import type { Jobs } from '#platform/jobs/worker.ts'
import { findUnsent, type FindAnotherWay, sendInstead } from './another-way.ts'
import { findAhead, holdWaiting, postpone, settleMessage } from './outbox.ts'
import {
  type Carried,
  type Going,
  type LetterFile,
  type Message,
  mostTries,
  nextTry,
  type Sender,
  senderWaits,
  waitsItsTurn,
} from './rules.ts'

/** Asked when a message's time has come; answered by the registers, which know whom it concerns. */
export type MayStillGo = (db: Db, message: Message, now: Temporal.Instant) => Promise<Going>

/** Who decides and who carries; an alarm is for whoever runs the service and names no more than the message's id. */
export type Sending = Readonly<{
  mayStillGo: MayStillGo
  /** Asked of what did not go out: nothing is lost because one way to reach its person is closed. */
  anotherWay: FindAnotherWay
  senders: readonly Sender[]
  /** Whether a letter has to go through our own hands, because whoever carries letters prints all of them alike. */
  byHand: (db: Db, message: Message) => Promise<boolean>
  /** Puts the link into the words of a message, as it goes. */
  completed: (db: Db, message: Message, now: Temporal.Instant) => Promise<Message>
  /** The letter that goes with a message, where its reader files what they are told. */
  letterWith: (db: Db, message: Message, now: Temporal.Instant) => Promise<LetterFile | undefined>
  alarm: (text: string, of: Readonly<{ area: string; message: string }>) => void
}>

/** The outbox's work for later: each message goes out once, or keeps the reason why it did not. */
export function notifyJobs(sending: Sending): Jobs {
  return {
    'notify.send': async (db, { area, message }, now) => {
      // Settled before, or being settled by another worker until we got here: nothing is left to do.
      const held = await holdWaiting(db, area, String(message))
      if (held) await send({ ...sending, ...held, db, now })
    },
    'notify.another-way': async (db, { area, message }, now) =>
      goAnotherWay({ anotherWay: sending.anotherWay, db, now, area, id: String(message) }),
  }
}

type Held = NonNullable<Awaited<ReturnType<typeof holdWaiting>>>
type Turn = Sending & Held & Readonly<{ db: Db; now: Temporal.Instant }>

async function send(turn: Turn): Promise<void> {
  const { db, message, now, not_before, not_after, tries } = turn
  const isBefore = (moment: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(moment, other) < 0
  if (isBefore(now, not_before))
    return postpone(db, message, { until: not_before, reason: 'Its time has not come', tries })
  if (not_after && isBefore(not_after, now)) return holdBack(turn, 'It was too late for it to be of use')
  const going = await turn.mayStillGo(db, message, now)
  if ('later' in going) return postpone(db, message, { until: going.later, reason: going.reason, tries })
  if (!going.go) {
    await holdBack(turn, going.reason)
    return goAnotherWay({ ...turn, area: message.area, id: message.id })
  }
  await handOver(turn)
}

async function holdBack({ db, message, now }: Turn, reason: string): Promise<void> {
  await settleMessage(db, message, { as: 'held back', reason }, now)
}

type Closed = Pick<Turn, 'anotherWay' | 'db' | 'now'> & Pick<Message, 'area' | 'id'>

/** Sends what was held back another way, where there is one that it may go. */
async function goAnotherWay({ anotherWay, db, now, area, id }: Closed): Promise<void> {
  const unsent = await findUnsent(db, area, id)
  const way = unsent && (await anotherWay(db, unsent, now))
  if (way) await sendInstead(db, { area, id }, way, now)
}

/** Who carries a message: with a letter somebody who can take it along, if there is one. */
function senderFor(senders: readonly Sender[], message: Message, letter: LetterFile | undefined): Sender | undefined {
  const all = senders.filter((one) => one.carries(message))
  return (letter && all.find((one) => one.attaches?.(message))) ?? all[0]
}

const toBePosted = 'It waits to be printed and posted'

async function handOver(turn: Turn): Promise<void> {
  const { db, message, senders, completed, now, alarm } = turn
  const ownHands = message.channel === 'letter' && (await turn.byHand(db, message))
  const letter = await turn.letterWith(db, message, now)
  const sender = ownHands ? undefined : senderFor(senders, message, letter)
  if (!sender && message.channel === 'letter')
    return postpone(db, message, { until: now.add({ hours: 24 }), reason: toBePosted, tries: turn.tries })
  if (!sender) {
    alarm('a message waits because nobody is set up to carry its channel', { area: message.area, message: message.id })
    const reason = 'No sender is set up for this channel'
    return postpone(db, message, { until: now.add({ hours: 1 }), reason, tries: turn.tries })
  }
  const ahead = await findAhead(db, message, now)
  if (ahead) return postpone(db, message, { until: ahead.add({ seconds: 1 }), reason: waitsItsTurn, tries: turn.tries })
  const carried = await carriedBy(sender, await completed(db, message, now), { again: turn.tries > 0, now, letter })
  if ('failed' in carried) return tryAgain(turn, sender)
  if ('busy' in carried || 'stopped' in carried) return waitForSender(turn, carried)
  if (carried.sent) return settleMessage(db, message, { as: 'sent', by: sender.name }, now)
  alarm('a message was refused by its sender', { area: message.area, message: message.id })
  return settleMessage(db, message, { as: 'failed', reason: carried.reason }, now)
}

/** Leaves a message in the queue until its sender takes messages again. Nobody is told of each that waits. */
async function waitForSender({ db, message, now, tries, alarm }: Turn, told: Waiting): Promise<void> {
  const [why, isNews] = 'busy' in told ? [told.busy, false] : [told.stopped, told.isNews]
  if (isNews) alarm(`no message goes out: ${why}`, { area: message.area, message: message.id })
  await postpone(db, message, { until: now.add({ minutes: told.minutes }), reason: `${senderWaits}: ${why}`, tries })
}

type Waiting = Extract<Carried, Readonly<{ minutes: number }>>

// A sender's failure is caught here and counted, because throwing would undo the reason that the message has to keep.
async function carriedBy(
  sender: Sender,
  message: Message,
  how: Parameters<Sender['send']>[1],
): Promise<Carried | Readonly<{ failed: true }>> {
  try {
    return await sender.send(message, how)
  } catch {
    return { failed: true }
  }
}

async function tryAgain({ db, message, now, alarm, ...turn }: Turn, { name }: Sender): Promise<void> {
  const tries = turn.tries + 1
  const reason = `The sender ${name} did not take it (tried ${tries} ${tries === 1 ? 'time' : 'times'})`
  if (tries < mostTries) return postpone(db, message, { until: nextTry(tries, now), reason, tries })
  alarm('a message was given up', { area: message.area, message: message.id })
  return settleMessage(db, message, { as: 'failed', reason }, now)
}
