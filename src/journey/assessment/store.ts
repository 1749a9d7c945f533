import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { isToldAlong } from '#journey/brought-along/store.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import type { Chosen } from '#registers/instruments/rules.ts'
import { isTakenBack } from '#registers/questionnaires/store.ts'
import { type Answers, type BarrierCode, barriers, type BarrierPart, type Marked, type Words } from './rules.ts'

const answerColumns = [
  'assessment.on_sick_absence',
  'assessment.absent_since',
  'assessment.contracted_hours',
  'assessment.hours_now',
  'assessment.occupation',
  'assessment.sector',
  'assessment.employer_size',
  'assessment.oh_access',
  'assessment.job_risks',
  'assessment.weeks_out_of_work',
  'assessment.benefits',
  'assessment.health',
] as const

/** Conversations of people this actor may open. */
function assessments(db: Db, actor: Actor) {
  return db
    .selectFrom('assessment.assessment as assessment')
    .leftJoin('organisations.member as member', (join) =>
      join.onRef('member.area', '=', 'assessment.area').onRef('member.id', '=', 'assessment.saved_by'),
    )
    .select(['assessment.id', 'assessment.episode', 'assessment.person', 'assessment.version', 'member.name as by'])
    .select(['assessment.begun_at', 'assessment.saved_at', 'assessment.finished_at'])
    .where('assessment.area', '=', actor.area)
    .where(mayReachPerson(actor, 'open', 'assessment.person'))
}

function withAnswers(db: Db, actor: Actor) {
  return (
    assessments(db, actor)
      .select(answerColumns)
      // Checked: saveAssessment alone writes these, from the lists and the form in the rules.
      .select([
        sql<Answers['employment_status']>`assessment.employment_status`.as('employment_status'),
        sql<Answers['on_sick_absence']>`assessment.on_sick_absence`.as('on_sick_absence'),
        sql<Words>`assessment.words`.as('words'),
      ])
  )
}

/** The newest conversation of an episode with its barriers, finished or under way. */
export async function findAssessment(db: Db, actor: Actor, episode: string) {
  const found = await withAnswers(db, actor)
    .where('assessment.episode', '=', episode)
    .orderBy('assessment.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found && { ...found, barriers: await barriersOf(db, actor.area, found.id) }
}

/** One conversation, also an earlier one, with its barriers. */
export async function findOneAssessment(db: Db, actor: Actor, assessment: string) {
  const found = await withAnswers(db, actor).where('assessment.id', '=', assessment).executeTakeFirst()
  return found && { ...found, barriers: await barriersOf(db, actor.area, found.id) }
}

/** Every conversation of an episode, the newest first. */
export async function listAssessments(db: Db, actor: Actor, episode: string) {
  return assessments(db, actor).where('assessment.episode', '=', episode).orderBy('assessment.id', 'desc').execute()
}

async function barriersOf(db: Db, area: string, assessment: string) {
  return (
    db
      .selectFrom('assessment.barrier')
      // Checked: the codes and parts are written from the list in the rules.
      .select(['id', sql<BarrierCode>`code`.as('code'), sql<BarrierPart>`part`.as('part'), 'severity', 'main'])
      .where('area', '=', area)
      .where('assessment', '=', assessment)
      .where('removed_at', 'is', null)
      .orderBy('main', 'desc')
      .orderBy(sql`severity desc nulls last`)
      .orderBy('code')
      .execute()
  )
}

/** What stands in the way by the newest finished conversation of an episode (or the one under way), the main one first. */
export async function listBarriers(db: Db, area: string, episode: string) {
  const newest = await db
    .selectFrom('assessment.assessment')
    .select('id')
    .where('area', '=', area)
    .where('episode', '=', episode)
    .orderBy(sql`finished_at is null`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest ? barriersOf(db, area, newest.id) : []
}

/** What was answered to questionnaires and rulers for an episode and stands, the oldest first. */
export async function listMeasures(db: Db, area: string, episode: string) {
  return (
    db
      .selectFrom('questionnaires.answer as answer')
      .select(['id', 'instrument', 'version', 'canonical', 'typed_in as typedIn', 'score', 'band', 'missing'])
      .select(['answered_at', 'answered_by', 'form'])
      // Checked: written by the questionnaires register from what was chosen.
      .select(sql<Chosen>`items`.as('items'))
      .where('area', '=', area)
      .where('asked_for', '=', episode)
      .where((is) => is.not(isTakenBack(area, 'answer.id')))
      .orderBy('answered_at')
      .orderBy('id')
      .execute()
  )
}

export type Saving = Readonly<{
  area: string
  id: string
  episode: string
  person: string
  answers: Answers
  marked: readonly Marked[]
  /** The version the form was shown with; nought where the conversation had not begun. */
  seen: number
  by: string
  at: Temporal.Instant
}>

/** Keeps what was typed; false when somebody else saved since the form was shown, or the conversation is finished. */
export async function saveAssessment(db: Db, saving: Saving): Promise<boolean> {
  const { area, id, episode, person, seen, by, at } = saving
  const kept = { ...columnsOf(saving.answers), saved_at: at, saved_by: by }
  const rows =
    seen === 0
      ? await db
          .insertInto('assessment.assessment')
          .values({ ...kept, area, id, episode, person, begun_at: at, begun_by: by })
          .onConflict((there) => there.doNothing())
          .returning('id')
          .execute()
      : await db
          .updateTable('assessment.assessment')
          .set((row) => ({ ...kept, version: row('version', '+', 1) }))
          .where('area', '=', area)
          .where('id', '=', id)
          .where('version', '=', seen)
          .where('finished_at', 'is', null)
          .returning('id')
          .execute()
  if (rows.length === 0) return false
  await saveBarriers(db, saving)
  return true
}

// Column by column, because the answers of a form may hold more than is kept here.
function columnsOf(answers: Answers) {
  const { employment_status, on_sick_absence, absent_since, contracted_hours, hours_now, weeks_out_of_work } = answers
  const { occupation, sector, employer_size, oh_access } = answers
  return {
    ...{ employment_status, on_sick_absence, absent_since, contracted_hours, hours_now, weeks_out_of_work },
    ...{ occupation, sector, employer_size, oh_access },
    ...{ job_risks: [...answers.job_risks], benefits: [...answers.benefits], health: [...answers.health] },
    words: JSON.stringify(answers.words),
  }
}

async function saveBarriers(db: Db, { area, id: assessment, marked, at }: Saving): Promise<void> {
  const codes = marked.map(({ code }) => code)
  await db
    .updateTable('assessment.barrier')
    .set({
      main: false,
      removed_at: sql`case when code = any(${codes}::text[]) then null else coalesce(removed_at, ${at}) end`,
    })
    .where('area', '=', area)
    .where('assessment', '=', assessment)
    .execute()
  for (const { code, severity, main } of marked) {
    await db
      .insertInto('assessment.barrier')
      .values({ area, id: newId(), assessment, code, part: barriers[code].part, severity, main })
      .onConflict((known) =>
        known.columns(['area', 'assessment', 'code']).doUpdateSet({ severity, main, removed_at: null }),
      )
      .execute()
  }
}

/** Marks a conversation as finished: from now on it is history and not changed. */
export async function finishAssessment(
  db: Db,
  { area, id, by, at }: Pick<Saving, 'area' | 'id' | 'by' | 'at'>,
): Promise<void> {
  await db
    .updateTable('assessment.assessment')
    .set((row) => ({ finished_at: at, finished_by: by, version: row('version', '+', 1) }))
    .where('area', '=', area)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute()
}

/** The conversations held over the spells of support of a person. Ask listEpisodesOf before: it decides who may know. */
export async function listConversationsOnTimeline(db: Db, asked: Asked) {
  const at = sql<Temporal.Instant>`coalesce(assessment.finished_at, assessment.begun_at)`
  const query = db
    .selectFrom('assessment.assessment as assessment')
    .select(['assessment.id', 'assessment.episode', 'assessment.finished_at', at.as('at')])
    .select(findNameOf(asked.area, 'assessment.saved_by').as('by'))
    // Checked: as above.
    .select([
      sql<Words>`assessment.words`.as('words'),
      sql<readonly BarrierCode[]>`array(select code from assessment.barrier where barrier.area = assessment.area
        and barrier.assessment = assessment.id and barrier.removed_at is null
        order by main desc, severity desc nulls last, code)`.as('barriers'),
    ])
    .where('assessment.area', '=', asked.area)
    .where(isAnyOf('assessment.episode', asked.episodes))
    .where((is) => is.not(isToldAlong(asked.area, 'assessment.id')))
  return readNewest(query, { at, id: 'assessment.id' }, asked).execute()
}
