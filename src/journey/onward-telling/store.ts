import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import type { Message } from '#platform/notify/rules.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { safeAddress } from '#journey/newcomer/rules.ts'
import { morningTimes, nextKind, nextTemplate, stillToldDays } from './rules.ts'

/** By text or email, where somebody agreed to be contacted, one is safe and wanted, and their access online is open. */
export async function findQuickWay(db: Db, area: string, person: string) {
  const [reader, answers, means, closed] = await Promise.all([
    findReader(db, area, person),
    listPermissions(db, area, person),
    listMeans(db, area, person),
    isClosed(db, area, person),
  ])
  const contact = answers.find((one) => one.switch === 'contact' && one.recipient === '' && one.given)
  const quick = means.filter(({ kind, failed_at }) => (kind === 'mobile' || kind === 'email') && !failed_at)
  const to = safeAddress(quick, reader.accessNeeds)
  return contact && to && !closed ? { ...to, contact, reader } : undefined
}

// What is proposed to somebody whom nothing keeps from deciding: their support goes on, and the first has not answered.
const open = (db: Db, area: string) =>
  db
    .selectFrom('onward_silence.proposal as proposal')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'proposal.area').onRef('referral.id', '=', 'proposal.referral'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .where('proposal.area', '=', area)
    .where('proposal.decided_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from emailed_answer.email as email where email.area = referral.area
        and email.referral = referral.id and email.kind = 'answer' and email.settled_at is null and email.emptied_at is null)`,
    )
    .where('referral.state', '=', 'no-reply')
    .where('standing.ended_at', 'is', null)
    .where('person.died_on', 'is', null)
    .where('person.restricted', '=', false)

type Telling = Readonly<{ area: string; now: Temporal.Instant; origin: string }>

/** Tells people once that the next service is proposed, so that they can read what it would be sent and decide. */
export async function tellProposed(db: Db, { area, now, origin }: Telling): Promise<void> {
  const untold = await open(db, area)
    .select(['proposal.id', 'standing.person'])
    .where('proposal.proposed_at', '>', now.subtract({ hours: 24 * stillToldDays }))
    .where(
      sql<boolean>`not exists (select from notify.message told where told.area = proposal.area
        and told.about = proposal.id and told.kind = ${nextKind})`,
    )
    .orderBy('proposal.proposed_at')
    .orderBy('proposal.id')
    .execute()
  for (const { id, person } of untold) {
    const way = await findQuickWay(db, area, person)
    if (!way) continue
    const { contact, reader, ...to } = way
    const [here, called] = await Promise.all([findArea(db, area), findCalling(db, area, dayOf(now))])
    const facts = { area: called, space: `${origin}/my/services`, phone: here?.phone ?? null }
    const words = await findWords(db, { area, template: nextTemplate, format: to.channel, reader, facts })
    await sendMessage(db, {
      ...{ ...to, ...words, area, person, kind: nextKind, about: id, ...morningTimes(dayOf(now), now) },
      ...{ allowedBy: contact.id, now },
    })
    const happening = { kind: 'act', what: nextKind, person, subject: id, codes: { told: to.channel } } as const
    writeEntry(db, { area, by: undefined, at: now, happening })
  }
}

/** Whether a message about the next service is still to go: nobody has decided, and the first has not answered meanwhile. */
export async function isStillProposed(db: Db, { area, about }: Pick<Message, 'area' | 'about'>): Promise<boolean> {
  const found = await open(db, area).select('proposal.id').where('proposal.id', '=', about).executeTakeFirst()
  return found !== undefined
}
