import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { type Happening, type Writing, writeEntry } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import { isStanding } from '#registers/sifting/store.ts'
import { type Onward, recordEvent, saveOnward } from '#journey/onward/store.ts'
import { nudgedKind } from '#journey/onward-sending/rules.ts'
import type { WordsHeard } from '#registers/wording/rules.ts'
import { agreeToOnward, nudgeOnward, stopOnward } from '#journey/onward-sending/store.ts'
import { agreedParts, type PartCode, sentOf } from '#journey/packet/rules.ts'
import { type Answer, type Decision, decisionOf, nudgesFrom } from './rules.ts'

type Of = Readonly<{ area: string; referral: string }>

const waitNow = sql<number | null>`(select wait_weeks from services.service as now
  where now.area = proposal.area and now.id = proposal.service)`

/** The newest proposal in place of an onward referral, with what was decided. Whoever asks may see that referral. */
export async function findProposal(db: Db, { area, referral }: Of) {
  return (
    db
      .selectFrom('onward_silence.proposal as proposal')
      .select(['id', 'service', 'service_version as version', 'service_name as serviceName', 'address', 'note'])
      .select(['proposed_at as proposedAt', 'decided_at as decidedAt', 'read_at as readAt', 'decided_by as decidedBy'])
      // Checked: the table itself refuses any other.
      .select(sql<Decision | null>`decided_as`.as('decidedAs'))
      .select(waitNow.as('waitWeeks'))
      .where('area', '=', area)
      .where('referral', '=', referral)
      .orderBy('proposed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

export type Proposal = NonNullable<Awaited<ReturnType<typeof findProposal>>>

type Seeking = Readonly<{ area: string; onward: string; today: Temporal.PlainDate }>

/**
 * The service that would be next: open today, of a kind of the silent one, and none that this person was passed on to. First
 * those that say half or more of the words of what is wanted and of the silent one's name, since a kind is wide ("money" has
 * debt advice and benefits); then the shortest wait that is known, who says more of the words, and what was checked last.
 */
export async function findNext(db: Db, { area, onward, today }: Seeking) {
  const { rows } = await sql<{ id: string; version: number; name: string; email: string | null }>`
    with looked_for as materialized (
      select distinct unnest(tsvector_to_array(to_tsvector('english', silent.wanted || ' ' || silent.service_name))) as word
      from onward.referral silent where silent.area = ${area} and silent.id = ${onward})
    select service.id, service.version, service.name, service.document ->> 'email' as email
    from onward.referral silent
    join services.service_term kind on kind.area = silent.area and kind.service = silent.service
    join services.service_term same on same.area = kind.area and same.term = kind.term
    join services.service service on service.area = same.area and service.id = same.service
    cross join lateral (select count(*) as words from services.word said
      where said.area = ${area} and said.service = service.id and said.word in (select word from looked_for)) as said
    where silent.area = ${area} and silent.id = ${onward} and service.published
      and ${isStanding('open', today)}
      and service.capacity is distinct from 'full' and not coalesce(service.document -> 'ways' ? 'use', false)
      and not exists (select from onward.referral tried where tried.area = ${area} and tried.service = service.id
        and tried.person = silent.person)
      and not exists (select from onward_silence.proposal before where before.area = ${area}
        and before.referral = silent.id and before.service = service.id)
    order by 2 * said.words >= (select count(*) from looked_for) desc, service.wait_weeks nulls last,
      said.words desc, service.checked_on desc nulls last, lower(service.name), service.id
    limit 1`.execute(db)
  return rows[0]
}

/** Proposes the next service in place of one that does not answer; false where none fits or one is proposed already. */
export async function propose(db: Db, { area, onward, today, at }: Seeking & Readonly<{ at: Temporal.Instant }>) {
  const next = await findNext(db, { area, onward, today })
  if (!next) return false
  const kept = await db
    .insertInto('onward_silence.proposal')
    .values({
      ...{ area, id: newId(), referral: onward, service: next.id, service_version: next.version },
      ...{ service_name: next.name, address: next.email, proposed_at: at },
    })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

type Deciding = Readonly<{
  area: string
  proposal: string
  as: Decision
  by: string | null
  note: string | null
  at: Temporal.Instant
}>

/** Keeps what was decided about a proposal; false where somebody has decided before. */
export async function decideProposal(db: Db, { area, proposal, as, by, note, at }: Deciding): Promise<boolean> {
  const decided = await db
    .updateTable('onward_silence.proposal')
    .set({ decided_at: at, decided_as: as, decided_by: by, note, ...(by === null ? {} : { read_at: at, read_by: by }) })
    .where('area', '=', area)
    .where('id', '=', proposal)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return decided.numUpdatedRows === 1n
}

type Own = Readonly<{
  area: string
  now: Temporal.Instant
  origin: string
  byEmail: boolean
  onward: Onward
  proposal: Proposal
  answer: Answer
  leftOut: readonly string[]
  health: boolean
  note: string | null
  id: string
  how: 'own-space' | 'link'
  wordingVersion: WordsHeard
}>

/**
 * Keeps what a participant says to the next service. On a yes it is asked, where it has an address, with what they agreed
 * to and nothing else; the first is told to stop. On a no the first stands as it was, unless they want none of it.
 */
export async function answerProposal(db: Db, own: Own): Promise<boolean> {
  const { area, now: at, onward, proposal, answer, note, id } = own
  const as = decisionOf(answer, proposal.address !== null)
  if (!(await decideProposal(db, { area, proposal: proposal.id, as, by: null, note, at }))) return false
  if (as === 'yes') await askNext(db, own)
  if (as === 'none') await stopOnward(db, { area, id, onward, now: at })
  return true
}

async function askNext(db: Db, { area, now, origin, byEmail, onward, proposal, ...said }: Own): Promise<void> {
  const { person, episode, goal, action, wanted, id: follows } = onward
  const service = { id: proposal.service, version: proposal.version, name: proposal.serviceName }
  const parts = packetAgain(onward)
  const next = newId()
  const meets = { contact: null, address: proposal.address, meet: null, meetAt: null }
  const about = { area, id: next, person, episode, goal, action, wanted, parts, kind: 'formal', ...meets } as const
  await saveOnward(db, { ...about, service, follows, by: null, at: now })
  const shown = { area, id: newId(), referral: next, kind: 'shown', witness: 'product', how: said.how } as const
  await recordEvent(db, { ...shown, at: now })
  const agreed: PartCode[] = agreedParts(parts, said)
  const to = { ...onward, ...about, serviceName: proposal.serviceName, follows, askedAt: null, events: [] }
  await agreeToOnward(db, {
    area,
    now,
    ...{ origin, byEmail },
    id: said.id,
    onward: to,
    parts: agreed,
    how: said.how,
    note: said.note,
    wordingVersion: said.wordingVersion,
    by: null,
  })
}

/** What the next service would be sent: what the person agreed that the first is sent. */
export function packetAgain({ parts, events }: Pick<Onward, 'parts' | 'events'>) {
  const agreed = events.findLast(({ kind }) => kind === 'agreed')?.parts ?? []
  return sentOf(parts, { agreed, restricted: false })
}

type Reading = Readonly<{ area: string; referral: string; by: string; at: Temporal.Instant }>

/** Writes that the team has read what the participant decided. */
export async function markDecisionRead(db: Db, { area, referral, by, at }: Reading): Promise<void> {
  await db
    .updateTable('onward_silence.proposal')
    .set({ read_at: at, read_by: by })
    .where('area', '=', area)
    .where('referral', '=', referral)
    .where('read_at', 'is', null)
    .where('decided_at', 'is not', null)
    .execute()
}

type Watching = Readonly<{ area: string; now: Temporal.Instant; origin: string; byEmail: boolean }>

/**
 * Looks at everything that services were asked and have not answered: each is asked again as often as the area says, and
 * when its days are over it counts as no reply and the next service is proposed.
 */
export async function watchSilence(db: Db, { area, now, ...from }: Watching): Promise<void> {
  const today = dayOf(now)
  const settings = await findSettings(db, area, today)
  const before = (days: number) => now.subtract({ hours: 24 * days })
  for (const { id, person } of await listSilent(db, { area, before: before(settings.serviceAnswerDays) })) {
    const event = { area, id: newId(), referral: id, kind: 'no-reply', witness: 'product', at: now } as const
    if ((await recordEvent(db, event)) !== 'kept') continue
    const proposed = await propose(db, { area, onward: id, today, at: now })
    journal(db, { area, at: now, what: 'onward.no-reply', person, subject: id, codes: { proposed } })
  }
  for (const [times, day] of nudgesFrom(settings).entries()) {
    const nudged = { times, since: before(settings.serviceNudgeDays) }
    for (const to of await listSilent(db, { area, before: before(day), nudged }))
      if (await nudgeOnward(db, { area, now, ...from, to }))
        journal(db, { area, at: now, what: nudgedKind, person: to.person, subject: to.id, codes: {} })
  }
}

type Silent = Readonly<{
  area: string
  before: Temporal.Instant
  /** How often they were asked again at most, and since when not at all: after a stop of the work they are not asked twice. */
  nudged?: Readonly<{ times: number; since: Temporal.Instant }>
}>

/** What services were asked before a moment and have not answered; those alone that may be asked again, if so wanted. */
async function listSilent(db: Db, { area, before, nudged }: Silent) {
  return (
    db
      .selectFrom('onward.referral as referral')
      .select(['referral.id', 'referral.person', 'referral.address', 'referral.service_name as serviceName'])
      .where('referral.area', '=', area)
      .where(sql<boolean>`referral.state in ('sent', 'seen')`)
      .where('referral.asked_at', '<=', before)
      // What a service wrote by email is an answer until somebody has read it and says that it is none.
      .where(
        sql<boolean>`not exists (select from emailed_answer.email as email where email.area = referral.area
        and email.referral = referral.id and email.kind = 'answer' and email.settled_at is null and email.emptied_at is null)`,
      )
      .$if(nudged !== undefined, (query) =>
        query.where('referral.address', 'is not', null).where(
          sql<boolean>`(select count(*) <= ${nudged?.times ?? 0}::integer and coalesce(max(event.at) <= ${nudged?.since ?? before}, true)
          from onward.event event where event.area = referral.area and event.referral = referral.id
          and event.kind = 'nudged')`,
        ),
      )
      .orderBy('referral.asked_at')
      .limit(mostAtOnce)
      .execute()
  )
}

// One look deals with so many; what is left is looked at in the next hour.
const mostAtOnce = 200

function journal(db: Db, { area, at, ...happening }: Pick<Writing, 'area' | 'at'> & Omit<Happening, 'kind'>): void {
  writeEntry(db, { area, by: undefined, at, happening: { kind: 'act', ...happening } })
}
