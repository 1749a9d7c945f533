import { type Insertable, sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Tables } from '#platform/database/types.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { isOfPerson } from '#registers/merged/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { noticeAddress } from '#journey/message/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import type { Asked } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'
import { answeredKind, answeredTemplate, type Part, type Result, type Told, type WayItCame } from './rules.ts'

function requests(db: Db, area: string) {
  return (
    db
      .selectFrom('rectification.request as request')
      .leftJoin('rectification.answer as answer', (join) =>
        join.onRef('answer.area', '=', 'request.area').onRef('answer.request', '=', 'request.id'),
      )
      .select(['request.id', 'request.person', 'request.says', 'request.asked_on as askedOn', 'answer.words'])
      .select(['request.recorded_at as recordedAt', 'answer.at as answeredAt'])
      .select([findNameOf(area, 'request.recorded_by').as('by'), findNameOf(area, 'answer.by').as('answeredBy')])
      // Checked: written from the lists in the rules alone.
      .select([sql<Part>`request.about`.as('about'), sql<WayItCame>`request.how`.as('how')])
      .select([sql<Result | null>`answer.result`.as('result'), sql<Told | null>`answer.told`.as('told')])
      .where('request.area', '=', area)
  )
}

/** What somebody said is wrong in their record, the newest first. Ask findPerson before: it decides who may know. */
export async function listCorrections(db: Db, area: string, people: readonly string[]) {
  return requests(db, area).where(isAnyOf('request.person', people)).orderBy('request.id', 'desc').execute()
}

export type Correction = Awaited<ReturnType<typeof listCorrections>>[number]

/** One thing somebody said is wrong. Ask findPerson about its person: it decides who may know. */
export async function findCorrection(db: Db, area: string, id: string): Promise<Correction | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return requests(db, area).where('request.id', '=', id).executeTakeFirst()
}

/** What a person said is wrong in their record, with our answers, the newest first: theirs alone. */
export async function listOwnCorrections(db: Db, of: Readonly<{ area: string; person: string }>) {
  const query = requests(db, of.area).where(isOfPerson('request.person', of))
  return query.orderBy('request.id', 'desc').limit(50).execute()
}

/** Whether a person has an answer about their record that they have not opened since it was given. */
export async function hasAnswerToRead(db: Db, of: Readonly<{ area: string; person: string }>): Promise<boolean> {
  const found = await requests(db, of.area)
    .where(isOfPerson('request.person', of))
    .where('answer.at', 'is not', null)
    .where(
      sql<boolean>`not exists (select from journal.entry entry where entry.area = answer.area
        and entry.person = ${of.person} and entry.what = 'rectification.own' and entry.role = 'participant'
        and entry.at >= answer.at)`,
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Keeps what somebody said is wrong; sent twice it stands once. */
export async function saveCorrection(db: Db, asked: Insertable<Tables['rectification.request']>): Promise<void> {
  await db
    .insertInto('rectification.request')
    .values(asked)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

/** Keeps what came of it; false where somebody else has answered before. */
export async function saveCorrectionAnswer(
  db: Db,
  given: Insertable<Tables['rectification.answer']>,
): Promise<boolean> {
  const saved = await db
    .insertInto('rectification.answer')
    .values(given)
    .onConflict((twice) => twice.doNothing())
    .returning('request')
    .executeTakeFirst()
  return saved !== undefined
}

/** What somebody said is wrong, with the note of disagreement where it stays. Ask findPerson before. */
export async function listCorrectionsOnTimeline(db: Db, asked: Asked) {
  const query = requests(db, asked.area).where(isAnyOf('request.person', asked.people))
  return readNewest(query, { at: 'request.recorded_at', id: 'request.id' }, asked).execute()
}

/** By which message a person can be told of an answer in their space; none where they cannot get in, or have no safe way. */
export async function findWayToTell(db: Db, actor: Actor, person: string) {
  if (await isClosed(db, actor.area, person)) return undefined
  const reached = await findReaching(db, actor, person)
  const to = reached && noticeAddress(reached.reaching)
  if (!to || to.channel === 'letter') return undefined
  return { ...to, reader: { language: reached.language, accessNeeds: reached.reaching.accessNeeds } }
}

type Way = NonNullable<Awaited<ReturnType<typeof findWayToTell>>>
type Telling = Readonly<{ area: string; person: string; way: Way; origin: string; now: Temporal.Instant }>

/** Lets a person know that there is an answer to read in their space, and not what it says. */
export async function tellOfAnswer(db: Db, { area, person, way, origin, now }: Telling): Promise<void> {
  const { reader, ...to } = way
  const asked = { area, template: answeredTemplate, format: to.channel, reader }
  const words = await findWords(db, { ...asked, facts: { space: `${origin}/my/corrections` } })
  await sendMessage(db, { area, person, kind: answeredKind, ...words, ...to, now, allowedBy: 'asked-for' })
}
