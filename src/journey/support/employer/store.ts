import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import { type SentenceKind, type Part, type TalkKind, type WorkplaceWords } from './rules.ts'

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>
type Of = Readonly<{ area: string; person: string }>

export type Workplace = WorkplaceWords &
  Readonly<{ id: string; version: number; endedOn: Temporal.PlainDate | null; at: Temporal.Instant; by: string | null }>

function versionsOf(db: Db, { area, person }: Of) {
  return (
    db
      .selectFrom('employer.version as version')
      .innerJoin('employer.workplace as workplace', (join) =>
        join.onRef('workplace.area', '=', 'version.area').onRef('workplace.id', '=', 'version.workplace'),
      )
      .select(['workplace.id', 'version.number as version', 'version.organisation', 'version.site', 'version.contact'])
      // Checked: the table itself refuses any other part.
      .select([sql<Part>`version.part`.as('part'), 'version.email', 'version.phone', 'version.ended_on as endedOn'])
      .select(['version.postal_address as postal', 'version.at', findNameOf(area, 'version.by').as('by')])
      .where('version.area', '=', area)
      .where(isOfPerson('workplace.person', { area, person }))
      .orderBy('version.number', 'desc')
      .orderBy('workplace.at')
  )
}

/** Whom we talk to at a person's work, those that have ended too, each as it stands now. Ask findPerson before. */
export async function listWorkplaces(db: Db, of: Of): Promise<Workplace[]> {
  const all: Workplace[] = await versionsOf(db, of).execute()
  return [...Map.groupBy(all, ({ id }) => id).values()].flatMap(([newest]) => newest ?? [])
}

/** Every version of one of them, the newest first; none where the person has no such workplace. */
export async function listVersions(db: Db, of: Of, workplace: string): Promise<Workplace[]> {
  return (await versionsOf(db, of).execute()).filter(({ id }) => id === workplace)
}

type NewWorkplace = By & WorkplaceWords & Readonly<{ id: string; person: string }>

/** Writes down somebody at a person's work; the form sent twice leaves one. */
export async function saveWorkplace(
  db: Db,
  { area, id, person, by, at, postal, ...words }: NewWorkplace,
): Promise<void> {
  const saved = await db
    .insertInto('employer.workplace')
    .values({ area, id, person, by, at })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const first = { area, workplace: id, number: 1, postal_address: postal, ended_on: null, by, at, ...words }
  if (saved) await db.insertInto('employer.version').values(first).execute()
}

type Change = By & WorkplaceWords & Readonly<{ workplace: string; seen: number; endedOn: Temporal.PlainDate | null }>

/** Writes the next version; false when somebody else has written one since its writer saw the last. */
export async function saveVersion(db: Db, { seen, endedOn, postal, ...words }: Change): Promise<boolean> {
  const saved = await db
    .insertInto('employer.version')
    .values({ ...words, number: seen + 1, postal_address: postal, ended_on: endedOn })
    .onConflict((twice) => twice.columns(['area', 'workplace', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst()
  return saved !== undefined
}

/** What could be said of how a person works, in the order of its writing. Ask findPerson before. */
export async function listSentences(db: Db, { area, person }: Of) {
  return (
    db
      .selectFrom('employer.sentence as sentence')
      // Checked: written by this slice alone, from the list in the rules.
      .select(['sentence.id', sql<SentenceKind>`sentence.kind`.as('kind'), 'sentence.words', 'sentence.at'])
      .select(findNameOf(area, 'sentence.by').as('by'))
      .where('sentence.area', '=', area)
      .where(isOfPerson('sentence.person', { area, person }))
      .where('sentence.withdrawn_at', 'is', null)
      .orderBy('sentence.id')
      .execute()
  )
}

/** Writes down a sentence that could be said; the form sent twice leaves one. */
export async function saveSentence(
  db: Db,
  sentence: By & Readonly<{ id: string; person: string; kind: SentenceKind; words: string }>,
): Promise<void> {
  await db
    .insertInto('employer.sentence')
    .values({ ...sentence, withdrawn_by: null, withdrawn_at: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Whether a sentence about a person was taken away before. Ask findPerson before. */
export async function isTakenAway(db: Db, { area, person }: Of, sentence: string): Promise<boolean> {
  const found = await db
    .selectFrom('employer.sentence as sentence')
    .select('sentence.id')
    .where('sentence.area', '=', area)
    .where('sentence.id', '=', sentence)
    .where(isOfPerson('sentence.person', { area, person }))
    .where('sentence.withdrawn_at', 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Takes a sentence away: it is said to nobody any more. Ask for it in listSentences before. */
export async function withdrawSentence(
  db: Db,
  { area, sentence, by, at }: By & Readonly<{ sentence: string }>,
): Promise<void> {
  await db
    .updateTable('employer.sentence')
    .set({ withdrawn_by: by, withdrawn_at: at })
    .where('area', '=', area)
    .where('id', '=', sentence)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** What may be said at each of these workplaces, as the person allowed it last. */
export async function listSayings(db: Db, area: string, workplaces: readonly string[]) {
  const rows = await db
    .selectFrom('employer.saying as saying')
    .distinctOn('saying.workplace')
    .select(['saying.workplace', 'saying.number', 'saying.adjustments', 'saying.phased_return as phasedReturn'])
    .select(['saying.at', findNameOf(area, 'saying.by').as('by')])
    .select(
      sql<string[]>`array(select said.sentence::text from employer.said said join employer.sentence sentence
        on sentence.area = said.area and sentence.id = said.sentence and sentence.withdrawn_at is null
        where said.area = saying.area and said.saying = saying.id)`.as('sentences'),
    )
    .where('saying.area', '=', area)
    .where(isAnyOf('saying.workplace', workplaces))
    .orderBy('saying.workplace')
    .orderBy('saying.number', 'desc')
    .execute()
  return new Map(rows.map(({ workplace, ...saying }) => [workplace, saying]))
}

type NewSaying = By &
  Readonly<{ id: string; workplace: string; sentences: readonly string[]; adjustments: boolean; phasedReturn: boolean }>

/** Writes what a person allows to be said at a workplace from now on; the form sent twice leaves one. */
export async function saveSaying(db: Db, { sentences, phasedReturn, ...saying }: NewSaying): Promise<void> {
  const { area, id, workplace } = saying
  await sql`select pg_advisory_xact_lock(hashtextextended('saying ' || ${area} || ${workplace}, 0))`.execute(db)
  const number = ((await listSayings(db, area, [workplace])).get(workplace)?.number ?? 0) + 1
  const saved = await db
    .insertInto('employer.saying')
    .values({ ...saying, number, phased_return: phasedReturn })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!saved || sentences.length === 0) return
  const said = sentences.map((sentence) => ({ area, saying: id, sentence }))
  await db.insertInto('employer.said').values(said).execute()
}

/** The talks with employers of an area. Ask for whom they may be shown before. */
export function readTalks(db: Db, area: string) {
  return (
    db
      .selectFrom('employer.talk as talk')
      .innerJoin('employer.workplace as workplace', (join) =>
        join.onRef('workplace.area', '=', 'talk.area').onRef('workplace.id', '=', 'talk.workplace'),
      )
      .innerJoin('employer.version as version', (join) =>
        join
          .onRef('version.area', '=', 'talk.area')
          .onRef('version.workplace', '=', 'talk.workplace')
          .on(
            sql<boolean>`not exists (select from employer.version later where later.area = version.area
              and later.workplace = version.workplace and later.number > version.number)`,
          ),
      )
      // Checked: the table itself refuses any other kind.
      .select(['talk.id', sql<TalkKind>`talk.kind`.as('kind'), 'talk.minutes', 'talk.happened_on as on', 'talk.note'])
      .select([sql<boolean>`talk.withdrawn_at is not null`.as('takenBack'), findNameOf(area, 'talk.by').as('by')])
      .select(['workplace.person', 'version.organisation', 'version.contact'])
      .where('talk.area', '=', area)
  )
}

/** Every talk with a person's employers, the newest first, those taken back too. Ask findPerson before. */
export async function listTalks(db: Db, { area, person }: Of) {
  return readTalks(db, area)
    .where(isOfPerson('workplace.person', { area, person }))
    .orderBy('talk.happened_on', 'desc')
    .orderBy('talk.id', 'desc')
    .execute()
}

export type NewTalk = By &
  Readonly<{ id: string; workplace: string; kind: TalkKind; minutes: number; note: string; on: Temporal.PlainDate }>

/** Writes down a talk; the form sent twice leaves one. */
export async function saveTalk(db: Db, { on, ...talk }: NewTalk): Promise<void> {
  await db
    .insertInto('employer.talk')
    .values({ ...talk, happened_on: on, withdrawn_by: null, withdrawn_at: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Takes a talk back that was written down by mistake. Ask for it in listTalks before. */
export async function withdrawTalk(db: Db, { area, talk, by, at }: By & Readonly<{ talk: string }>): Promise<void> {
  await db
    .updateTable('employer.talk')
    .set({ withdrawn_by: by, withdrawn_at: at })
    .where('area', '=', area)
    .where('id', '=', talk)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** Talks with employers, on the timeline of a person. Ask findPerson before. */
export async function listTalksOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('talk.happened_on', 'talk.at')
  const query = readTalks(db, asked.area).select(at.as('at')).where(isAnyOf('workplace.person', asked.people))
  return readNewest(query, { at, id: 'talk.id' }, asked).execute()
}
