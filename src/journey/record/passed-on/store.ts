import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { findIntensive } from '#registers/intensive/store.ts'
import type { SeenBy } from '#journey/gap/rules.ts'
import type { Kind } from '#journey/emailed-answer/rules.ts'
import type { EventKind, Witness } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** What happened with those to whom somebody was passed on, on their timeline. Ask findPerson before. */
export async function listOnwardOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('onward.event as event')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'event.area').onRef('referral.id', '=', 'event.referral'),
    )
    .select(['event.id', 'event.referral', 'event.at', 'event.how', 'event.reason', 'event.on_day as onDay'])
    .select(['event.place', 'event.sessions', 'event.note', 'referral.service_name as serviceName', 'event.parts'])
    .select([
      sql<boolean>`event.read_at is not null or event.witness not in ('person', 'service') or event.kind = 'seen'`.as(
        'read',
      ),
    ])
    .select(findNameOf(asked.area, 'event.by').as('by'))
    .select(sql<readonly Part[]>`referral.parts`.as('packet'))
    // Checked: the codes are written by the stage alone, from its lists.
    .select([sql<EventKind>`event.kind`.as('kind'), sql<Witness>`event.witness`.as('witness')])
    .where('event.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'event.at', id: 'event.id' }, asked).execute()
}

/** What is around onward referrals: entry checks, needs without a service, coming back, and emails. Ask findPerson before. */
export async function listAroundOnTimeline(db: Db, asked: Asked) {
  const [entries, missing, returns, emails] = [
    await listEntrySaid(db, asked),
    await listMissing(db, asked),
    await listReturns(db, asked),
    await listEmailed(db, asked),
  ]
  return [
    ...emails.map((one) => ({ ...one, as: 'email' as const })),
    ...entries.map((one) => ({ ...one, as: 'entry' as const })),
    ...missing.map((one) => ({ ...one, as: 'missing' as const })),
    ...returns.map((one) => ({ ...one, as: 'return' as const })),
  ]
}

/** What somebody answered to entry rules, and what is there for a hand-over. */
async function listEntrySaid(db: Db, asked: Asked) {
  const query = db
    .selectFrom('entry_check.said as said')
    .select(['said.id', 'said.at', 'said.person', 'said.programme as code', 'said.point', 'said.answer'])
    .select(findNameOf(asked.area, 'said.by').as('by'))
    .where('said.area', '=', asked.area)
    .where(isAnyOf('said.person', asked.people))
  const rows = await readNewest(query, { at: 'said.at', id: 'said.id' }, asked).execute()
  return rows.map(({ point, ...row }) => ({ ...row, ...labelsOf(row.code, point) }))
}

/** A programme and one of its rules or needs in words; an area's own need is told without its words, which it may change. */
function labelsOf(code: string, point: string) {
  const programme = findIntensive(code)
  const need = programme?.needs.find((one) => `need-${one.code}` === point)
  const rule = programme?.rules.find((one) => one.code === point)
  return { programme: programme?.name ?? code, point: (need ?? rule)?.label ?? 'Something needed here' }
}

/** For which needs there was no service, taken back or not. */
async function listMissing(db: Db, asked: Asked) {
  const query = db
    .selectFrom('gap.missing as missing')
    .select(['missing.id', 'missing.at', 'missing.person', 'missing.need'])
    .select([sql<boolean>`missing.withdrawn_at is not null`.as('withdrawn')])
    // Checked: the table itself refuses any other.
    .select(sql<SeenBy>`missing.seen_by`.as('seenBy'))
    .select(findNameOf(asked.area, 'missing.by').as('by'))
    .where('missing.area', '=', asked.area)
    .where(isAnyOf('missing.person', asked.people))
  return readNewest(query, { at: 'missing.at', id: 'missing.id' }, asked).execute()
}

/** When somebody came back from a service to coaching. */
async function listReturns(db: Db, asked: Asked) {
  const query = db
    .selectFrom('support_now.came_back as back')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'back.area').onRef('referral.id', '=', 'back.referral'),
    )
    .select(['back.referral as id', 'back.at', 'referral.service_name as serviceName'])
    .select(findNameOf(asked.area, 'back.by').as('by'))
    .where('back.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'back.at', id: 'back.referral' }, asked).execute()
}

/** What services wrote by email, as they wrote it, for as long as it is kept. */
async function listEmailed(db: Db, asked: Asked) {
  const query = db
    .selectFrom('emailed_answer.email as email')
    .innerJoin('onward.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'email.area').onRef('referral.id', '=', 'email.referral'),
    )
    .select(['email.id', 'email.came_at as at', 'email.referral', 'referral.service_name as serviceName'])
    .select(['email.from_name as fromName', 'email.from_address as fromAddress', 'email.words'])
    .select(
      sql<boolean>`email.settled_at is null and email.emptied_at is null and email.kind <> 'automatic'`.as('waits'),
    )
    // Checked: the table itself refuses any other.
    .select(sql<Kind>`email.kind`.as('kind'))
    .where('email.area', '=', asked.area)
    .where(isAnyOf('referral.person', asked.people))
  return readNewest(query, { at: 'email.came_at', id: 'email.id' }, asked).execute()
}
