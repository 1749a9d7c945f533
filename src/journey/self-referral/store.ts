import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { endDraft, findDraft, saveDraft } from '#platform/form/drafts.ts'
import { newId } from '#platform/ids.ts'
import type { Channel } from '#platform/notify/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { type FeedbackWish, nobody } from '#journey/acknowledgement/rules.ts'
import { askedDraft } from '#journey/asked-by-employer/rules.ts'
import { findAskCameBy } from '#journey/asked-by-employer/store.ts'
import { cameByDraft } from '#journey/handed-link/rules.ts'
import { findLinkCameBy } from '#journey/handed-link/store.ts'
import type { Agreement } from '#journey/referral/rules.ts'
import { type Acknowledged, partsInOrder } from './rules.ts'

/** What is said to whoever sent a referral: its reference and its clock, and nothing about the person. */
export async function findConfirmation(db: Db, area: string, referral: string, since: Temporal.Instant) {
  return (
    db
      .selectFrom('referral.referral as referral')
      .innerJoin('referral.reference as given', (join) =>
        join.onRef('given.area', '=', 'referral.area').onRef('given.referral', '=', 'referral.id'),
      )
      .leftJoin('episode.standing as standing', (join) =>
        join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
      )
      .select([
        'given.reference',
        'standing.first_try_by as firstTryBy',
        'standing.first_appointment_by as firstSeenBy',
      ])
      // Checked: the codes are written by the product from its own lists.
      .select([sql<Route>`referral.route`.as('route'), sql<Agreement>`referral.agreement`.as('agreement')])
      .select(sql<FeedbackWish>`referral.feedback`.as('feedback'))
      .select(['referral.id', 'referral.person', 'referral.sent_quickly as sentQuickly'])
      .where('referral.area', '=', area)
      .where('referral.id', '=', referral)
      .where('referral.channel', '=', 'online')
      .where('referral.typed_at', '>', since)
      .executeTakeFirst()
  )
}

/** What was sent to whoever asked for help for themselves, to say that it arrived. */
export async function findAcknowledgement(
  db: Db,
  area: string,
  { id, person }: Readonly<{ id: string; person: string }>,
): Promise<Acknowledged | undefined> {
  return (
    db
      .selectFrom('notify.message')
      .select(['address', 'settled_as as settledAs'])
      // Checked: the table itself refuses any other channel.
      .select(sql<Channel>`channel`.as('channel'))
      .where('area', '=', area)
      .where('person', '=', person)
      .where('about', '=', id)
      .where('recipient', '=', 'person')
      .where('kind', '=', 'referral.received')
      .executeTakeFirst()
  )
}

/** Under which name the answers of somebody who refers themselves are kept until they send them, part by part. */
export const page = 'refer-yourself'

type Browsing = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant }>

/** The id under which these answers are sent, the same however often the page is opened. */
export async function keepId({ db, area, owner, now }: Browsing): Promise<string> {
  const draft = { area, owner, page, record: 'id' }
  const kept = (await findDraft(db, draft, now))?.['id']
  if (typeof kept === 'string') return kept
  const fresh = newId()
  await saveDraft(db, { ...draft, typed: { id: fresh }, now })
  return fresh
}

/** Forgets what somebody answered and by which link they came, because they sent it or do not want it kept. */
export async function forgetAnswers({ db, area, owner }: Omit<Browsing, 'now'>): Promise<void> {
  for (const record of [...partsInOrder, 'id']) await endDraft(db, { area, owner, page, record })
  await endDraft(db, { area, owner, page: cameByDraft })
  await endDraft(db, { area, owner, page: askedDraft })
}

/**
 * By what somebody came who refers themselves: by a link that was handed over, or because their employer named them. Of an
 * employer no address is kept with the referral, so that nothing could ever be told to them.
 */
export async function findHowTheyCame(browsing: Browsing) {
  const asked = await findAskCameBy(browsing)
  if (!asked) return { asked, route: 'self', referrer: nobody, byLink: await findLinkCameBy(browsing) } as const
  const { employerName: name, organisation } = asked
  return { asked, route: 'employer', referrer: { ...nobody, name, organisation }, byLink: undefined } as const
}
