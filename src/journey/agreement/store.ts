import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { findBookedOn } from '#journey/booking/store.ts'
import { nextInTouch } from '#journey/contact/rules.ts'
import { dueUnlessSooner } from '#journey/due/rules.ts'
import type { Standing } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import { type Content, momentOn, type WayAgreed } from '#journey/plan/rules.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import { limitFor } from './rules.ts'

/** The versions that were agreed, the newest first. Ask findEpisode before. */
export async function listAgreements(db: Db, area: string, episode: string) {
  const rows = await db
    .selectFrom('agreement.agreement as agreement')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'agreement.area').onRef('member.id', '=', 'agreement.by'),
    )
    .select(['agreement.id', 'agreement.number', 'agreement.content', 'agreement.agreed_on', 'member.name as with'])
    // Checked: how is written from the list in the rules alone.
    .select(sql<WayAgreed>`agreement.how`.as('how'))
    .where('agreement.area', '=', area)
    .where('agreement.episode', '=', episode)
    .orderBy('agreement.number', 'desc')
    .execute()
  // Checked: only saveAgreement writes these rows, from a Content.
  return rows.map((row) => ({ ...row, content: row.content as Content }))
}

/** Lets nobody else agree this plan until the transaction ends, so that versions are numbered without gaps. */
export async function holdPlan(db: Db, area: string, episode: string): Promise<void> {
  await db
    .selectFrom('plan.plan')
    .select('version')
    .where('area', '=', area)
    .where('episode', '=', episode)
    .forUpdate()
    .execute()
}

export type Agreement = Readonly<{
  area: string
  id: string
  episode: string
  number: number
  content: Content
  agreed_on: Temporal.PlainDate
  how: WayAgreed
  at: Temporal.Instant
  /** The member who recorded it; null where the person agreed by themselves. */
  by: string | null
}>

/** Keeps a version as it was agreed. Versions are numbered without gaps: a second one with the same number is refused. */
export async function saveAgreement(db: Db, { content, at, ...agreement }: Agreement): Promise<void> {
  await db
    .insertInto('agreement.agreement')
    .values({ ...agreement, content: JSON.stringify(content), recorded_at: at })
    .execute()
}

export type Agreeing = Omit<Agreement, 'episode' | 'agreed_on' | 'at'> &
  Readonly<{
    episode: Pick<Standing, 'next_due_what' | 'next_due_on' | 'assessed_at'> & Readonly<{ id: string }>
    on: Temporal.PlainDate
    now: Temporal.Instant
  }>

/** Keeps a version that is agreed now, moves the episode on by it and sets what is due next. Ask holdPlan before. */
export async function agreePlan(db: Db, { episode, on, now, ...agreed }: Agreeing) {
  const { area, id, content, number, how, by } = agreed
  const settings = await findSettings(db, area, on)
  const limitOn = limitFor(on, settings.weekLimits[content.type])
  const step = { kind: 'plan-agreed', planType: content.type, limitOn } as const
  const at = momentOn(on, { now, notBefore: episode.assessed_at })
  await saveAgreement(db, { ...agreed, episode: episode.id, agreed_on: on, at: now })
  const taking = { area, episode: episode.id, by, factRow: id }
  await recordStep(db, { ...taking, step, at, recordedAt: now })
  const keepInTouch = { what: 'contact', on: nextInTouch(on, settings, await findHolidays(db)) }
  const bookedOn = await findBookedOn(db, { area, episode: episode.id, now })
  const due = dueUnlessSooner(keepInTouch, episode, { today: dayOf(now), bookedOn })
  if (due) await recordStep(db, { ...taking, step: due, at: now })
  return { number, how, type: content.type }
}

/** The versions agreed over the spells of support of a person, each with the one before it. Ask listEpisodesOf before. */
export async function listAgreementsOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('agreement.agreed_on', 'agreement.recorded_at')
  const query = db
    .selectFrom('agreement.agreement as agreement')
    .leftJoin('agreement.agreement as earlier', (join) =>
      join
        .onRef('earlier.area', '=', 'agreement.area')
        .onRef('earlier.episode', '=', 'agreement.episode')
        .on(sql<boolean>`earlier.number = agreement.number - 1`),
    )
    .select(['agreement.id', 'agreement.episode', 'agreement.number', at.as('at')])
    .select(findNameOf(asked.area, 'agreement.by').as('by'))
    // Checked: only saveAgreement writes these rows.
    .select([
      sql<WayAgreed>`agreement.how`.as('how'),
      sql<Content>`agreement.content`.as('content'),
      sql<Content | null>`earlier.content`.as('before'),
    ])
    .where('agreement.area', '=', asked.area)
    .where(isAnyOf('agreement.episode', asked.episodes))
  return readNewest(query, { at, id: 'agreement.id' }, asked).execute()
}
