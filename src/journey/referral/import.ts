import { randomInt } from 'node:crypto'
import { manyRows, takeBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { Referrer } from '#journey/acknowledgement/rules.ts'
import {
  type Agreement,
  type Answers,
  type AsReferred,
  type Channel,
  nameAsReferred,
  referenceLetters,
  writtenReference,
} from './rules.ts'
import { answerColumns, referrerColumns } from './store.ts'

/** A referral that comes with a batch. Nobody is written to: it reached the service long ago, in another system. */
export type TakenReferral = Readonly<{
  id: string
  person: string
  /** Null where the person has not been asked: the referral is held. */
  episode: string | null
  route: Route
  channel: Channel
  agreement: Agreement
  holder: string
  receivedOn: Temporal.PlainDate
  receivedAt: Temporal.Instant
  /** When it was written down, where that was not now. */
  typedAt?: Temporal.Instant
  answers: Answers
  referrer: Omit<Referrer, 'feedback'>
  /** Who was referred by somebody else, as they wrote it. */
  newcomer?: AsReferred
}>

type Batch = Readonly<{ area: string; by: string | null; now: Temporal.Instant }>

const plain = ['id', 'person', 'person_name', 'episode', 'route', 'channel', 'agreement', 'holder'] as const
const answered = ['work_status', 'main_barrier', 'fit_note', 'fit_note_ends_on', 'reason', 'how_heard'] as const
const referred = ['referrer_name', 'referrer_organisation', 'referrer_email', 'feedback'] as const
const arrived = ['asked_fit_note', 'received_on', 'received_at', 'typed_at', 'typed_by', 'version'] as const
const columns = ['area', ...plain, ...answered, ...referred, ...arrived] as const
const referenceColumns = ['area', 'referral', 'reference', 'given_at'] as const

/** Takes many referrals at once, each with a reference of its own; their people and episodes are there already. */
export async function takeReferrals(db: Db, batch: Batch, referrals: readonly TakenReferral[]): Promise<void> {
  const { area, by, now } = batch
  const ids = referrals.map(({ id }) => id)
  await giveReferences(db, batch, ids)
  const rows = referrals.map(({ answers, referrer, receivedOn, receivedAt, typedAt, newcomer, ...referral }) => ({
    ...{ ...referral, ...answerColumns(answers), ...referrerColumns(referrer) },
    asked_fit_note: answers.askedFitNote ?? false,
    person_name: newcomer ? nameAsReferred(referral.route, newcomer) : null,
    ...{ received_on: receivedOn, received_at: receivedAt, typed_at: typedAt ?? now },
  }))
  const same = { area, feedback: 'none', typed_by: by, version: 1 }
  await db
    .insertInto('referral.referral')
    .columns(columns)
    .expression(manyRows('referral.referral', columns, rows, same))
    .execute()
}

// References are drawn by lot: the few that are given already are drawn again.
async function giveReferences(db: Db, { area, now }: Batch, referrals: readonly string[]): Promise<void> {
  for (let waiting = referrals; waiting.length > 0;) {
    const rows = waiting.map((referral) => ({ referral, reference: drawnReference() }))
    const given = await db
      .insertInto('referral.reference')
      .columns(referenceColumns)
      .expression(manyRows('referral.reference', referenceColumns, rows, { area, given_at: now }))
      .onConflict((known) => known.columns(['area', 'reference']).doNothing())
      .returning('referral')
      .execute()
    const done = new Set(given.map(({ referral }) => referral))
    waiting = waiting.filter((referral) => !done.has(referral))
  }
}

function drawnReference(): string {
  return writtenReference(
    Array.from({ length: 7 }, () => referenceLetters[randomInt(referenceLetters.length)]).join(''),
  )
}

type Back = Readonly<{ area: string; people: readonly string[]; episodes: readonly string[] }>

/** Takes back the referrals of people, or of episodes, that a batch brought; gives those that are gone. */
export function takeBackReferrals(db: Db, { area, people, episodes }: Back): Promise<string[]> {
  return takeBack(db, 'referral', area, people, episodes)
}
