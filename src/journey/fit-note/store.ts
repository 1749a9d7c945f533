import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readMomentOn, readNewest } from '#journey/timeline/store.ts'
import type { Advice, Follows, NoteKind, NoteOutcome, Profession } from './rules.ts'

// Checked: the codes are written by this slice alone, from the lists in the rules.
const codes = [
  sql<NoteKind>`note.kind`.as('kind'),
  sql<NoteOutcome>`note.outcome`.as('outcome'),
  sql<readonly Advice[]>`note.advice`.as('advice'),
  sql<Profession>`note.profession`.as('profession'),
] as const

const isTakenBack = sql<boolean>`exists (select from fit_note.withdrawal
  where withdrawal.area = note.area and withdrawal.note = note.id)`

function notesOf(db: Db, area: string) {
  return db
    .selectFrom('fit_note.note as note')
    .select(codes)
    .select(['note.id', 'note.from_on as fromOn', 'note.until_on as untilOn', 'note.condition', 'note.comments'])
    .where('note.area', '=', area)
}

/** Who wrote a note down here, or whose system sent it. */
const writtenBy = (area: string) =>
  sql<string | null>`coalesce(${findNameOf(area, 'note.by')}, (select 'the system of ' || sender.name
    from organisations.organisation sender where sender.area = note.area and sender.id = note.sent_by))`

/** Somebody's fit notes and reports that were not taken back, the newest first. Ask findPerson before: it decides who may know. */
export async function listFitNotes(db: Db, area: string, person: string) {
  const [notes, difficulties, followed] = await Promise.all([
    notesOf(db, area)
      .select(['note.assessed_on as assessedOn', 'note.stated_on as statedOn', 'note.condition_since as since'])
      .select(['note.assess_again as assessAgain', 'note.issuer', 'note.registration', 'note.organisation', 'note.at'])
      .select(['note.contact', 'note.review_on as reviewOn'])
      .select(writtenBy(area).as('by'))
      .where(isOfPerson('note.person', { area, person }))
      .where((not) => not.not(isTakenBack))
      .orderBy('note.from_on', 'desc')
      .orderBy('note.id', 'desc')
      .execute(),
    listDifficulties(db, area, person),
    listFollowOns(db, area, person),
  ])
  return notes.map((note) => ({
    ...note,
    difficulties: difficulties.filter((one) => one.note === note.id),
    followed: followed.find((one) => one.note === note.id),
  }))
}

async function listDifficulties(db: Db, area: string, person: string) {
  return db
    .selectFrom('fit_note.difficulty as line')
    .innerJoin('fit_note.note as note', (join) =>
      join.onRef('note.area', '=', 'line.area').onRef('note.id', '=', 'line.note'),
    )
    .select(['line.note', 'line.place', 'line.difficulty', 'line.recommendation'])
    .where('line.area', '=', area)
    .where(isOfPerson('note.person', { area, person }))
    .orderBy('line.place')
    .execute()
}

/** What was found out about what follows, the newest first. */
async function listFollowOns(db: Db, area: string, person: string) {
  return db
    .selectFrom('fit_note.follow_on as said')
    .innerJoin('fit_note.note as note', (join) =>
      join.onRef('note.area', '=', 'said.area').onRef('note.id', '=', 'said.note'),
    )
    .select(['said.note', sql<Follows>`said.what`.as('what'), 'said.ask_on as askOn', 'said.words', 'said.at'])
    .select(findNameOf(area, 'said.by').as('by'))
    .where('said.area', '=', area)
    .where(isOfPerson('note.person', { area, person }))
    .orderBy('said.id', 'desc')
    .execute()
}

type By = Readonly<{ area: string; by: string; at: Temporal.Instant }>

export type NewNote = Omit<By, 'by'> &
  Readonly<{
    /** Nobody of ours where the system of an organisation sent it. */
    by: string | null
    sent_by: string | null
    id: string
    person: string
    kind: NoteKind
    assessed_on: Temporal.PlainDate
    stated_on: Temporal.PlainDate
    outcome: NoteOutcome
    advice: Advice[]
    comments: string | null
    condition: string | null
    condition_since: Temporal.PlainDate | null
    from_on: Temporal.PlainDate
    until_on: Temporal.PlainDate | null
    assess_again: boolean | null
    issuer: string
    profession: Profession
    registration: string | null
    organisation: string | null
    contact: string | null
    review_on: Temporal.PlainDate | null
  }>

export type Difficulty = Readonly<{ difficulty: string; recommendation: string | null }>

/** Writes a note down; the form sent twice leaves one. */
export async function saveFitNote(db: Db, note: NewNote, difficulties: readonly Difficulty[]): Promise<void> {
  const saved = await db
    .insertInto('fit_note.note')
    .values(note)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!saved || difficulties.length === 0) return
  const lines = difficulties.map((line, place) => ({ area: note.area, note: note.id, place, ...line }))
  await db.insertInto('fit_note.difficulty').values(lines).execute()
}

/** Takes a note back; false when somebody had taken it back already. */
export async function withdrawFitNote(
  db: Db,
  withdrawal: By & Readonly<{ note: string; reason: string }>,
): Promise<boolean> {
  const withdrawn = await db
    .insertInto('fit_note.withdrawal')
    .values(withdrawal)
    .onConflict((twice) => twice.columns(['area', 'note']).doNothing())
    .returning('note')
    .executeTakeFirst()
  return withdrawn !== undefined
}

export type NewFollowOn = By &
  Readonly<{ id: string; note: string; what: Follows; ask_on: Temporal.PlainDate | null; words: string | null }>

/** Writes down what follows when a note ends. */
export async function saveFollowOn(db: Db, said: NewFollowOn): Promise<void> {
  await db
    .insertInto('fit_note.follow_on')
    .values(said)
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Notes on the timeline of a person, those taken back too. Ask findPerson before. */
export async function listFitNotesOnTimeline(db: Db, asked: Asked) {
  const at = readMomentOn('note.stated_on', 'note.at')
  const query = notesOf(db, asked.area)
    .select([at.as('at'), writtenBy(asked.area).as('by'), isTakenBack.as('takenBack')])
    .select(['note.person', 'note.issuer'])
    .where(isAnyOf('note.person', asked.people))
  return readNewest(query, { at, id: 'note.id' }, asked).execute()
}

/** What follows a note, on the timeline of a person. Ask findPerson before. */
export async function listFollowOnsOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('fit_note.follow_on as said')
    .innerJoin('fit_note.note as note', (join) =>
      join.onRef('note.area', '=', 'said.area').onRef('note.id', '=', 'said.note'),
    )
    .select(['said.id', 'said.at', 'note.person', sql<Follows>`said.what`.as('what'), 'said.ask_on as askOn'])
    .select(['said.words', findNameOf(asked.area, 'said.by').as('by')])
    .where('said.area', '=', asked.area)
    .where(isAnyOf('note.person', asked.people))
  return readNewest(query, { at: 'said.at', id: 'said.id' }, asked).execute()
}

/**
 * By episode, the day on which the last note of its person ends or ended, where that is no later than a day and nobody
 * has found out what follows, or it is time to ask again.
 */
export async function listNotesEnding(
  db: Db,
  area: string,
  {
    coaches,
    today,
    until,
  }: Readonly<{ coaches: readonly string[]; today: Temporal.PlainDate; until: Temporal.PlainDate }>,
): Promise<ReadonlyMap<string, Temporal.PlainDate>> {
  const { rows } = await sql<{ episode: string; on: Temporal.PlainDate }>`
    select standing.episode, ending.until_on as "on"
    from episode.standing standing
    cross join lateral (
      select note.id, note.until_on from fit_note.note note
      where note.area = standing.area
        and note.person in (select known.id from people.person known where known.area = standing.area
          and (known.id = standing.person or known.merged_into = standing.person))
        and not ${isTakenBack}
      order by note.until_on desc nulls first, note.from_on desc limit 1
    ) ending
    left join lateral (
      select said.id, said.ask_on from fit_note.follow_on said
      where said.area = standing.area and said.note = ending.id order by said.id desc limit 1
    ) followed on true
    where standing.area = ${area} and standing.coach = any(${[...coaches]}::uuid[]) and standing.ended_at is null
      and ending.until_on <= ${until}
      and (followed.id is null or followed.ask_on <= ${today})`.execute(db)
  return new Map(rows.map(({ episode, on }) => [episode, on]))
}
