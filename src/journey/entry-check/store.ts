import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'
import { type Intensive, type LocalEntry, rulesOn } from '#registers/intensive/rules.ts'
import { listIntensive, listLocalEntry } from '#registers/intensive/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { hidesContact } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findAssessment } from '#journey/assessment/store.ts'
import { findLives, findWork } from '#journey/matching/store.ts'
import { listOnwardOf } from '#journey/onward/store.ts'
import { findNameOf } from '#journey/timeline/store.ts'
import { entryInWords, findingsOf, gatheredOf, type Known, type Said } from './rules.ts'

type Whose = Readonly<{ actor: Actor; person: string; episode: string; today: Temporal.PlainDate }>

/** Each intensive programme held against somebody: rules, checklist and the referral to it. */
export async function checkEntry(db: Db, { actor, person, episode, today }: Whose, only?: string) {
  const { area } = actor
  const programmes = listIntensive().filter(
    ({ code, service }) => only === undefined || code === only || service === only,
  )
  if (programmes.length === 0) return []
  const [known, local, people] = [
    await findKnown(db, { actor, person, episode, today }),
    await listLocalEntry(db, area, today),
    await listIdsOf(db, area, person),
  ]
  if (!known) return []
  const [onward, said] = [await listOnwardOf(db, area, people), await listSaid(db, area, episode)]
  return programmes.map((programme) => {
    const decided = local(programme.code)
    const own = said.filter((one) => one.programme === programme.code)
    const referral = onward.find((one) => one.service === programme.service && one.state !== 'withdrawn')
    const held = { referral, practice: known.practice, said: own }
    return {
      ...{ programme, local: decided, referral, said: own },
      findings: findingsOf(rulesOn(programme, today), decided, { ...known, said: own }),
      gathered: gatheredOf([...programme.needs, ...ownNeeds(decided)], held),
    }
  })
}

/** What an area needs besides, each line known by its own words: a line that is changed is ticked anew. */
const ownNeeds = ({ needs }: LocalEntry) =>
  needs.map((label) => ({
    code: `here-${createHash('sha256').update(label).digest('hex').slice(0, 16)}`,
    ...{ by: 'coach' as const, label, hint: null },
  }))

async function findKnown(db: Db, { actor, person, episode, today }: Whose): Promise<Omit<Known, 'said'> | undefined> {
  const found = await findPerson(db, actor, person)
  if (!found) return undefined
  // Where somebody lives whose record is restricted is shown on the pages that exist for it, and nowhere else.
  const home = hidesContact(found) ? { postcode: null, council: null } : found
  const [lives, work, health] = [
    await findLives(db, { postcode: home.postcode, council: home.council }),
    await findWork(db, actor, episode),
    await findHealth(db, actor, episode),
  ]
  return {
    ...{ bornOn: found.born_on, today, health, work, countries: lives.countries, councils: lives.councils },
    practice: found.gp_practice,
  }
}

/** Whether health or a disability affects somebody's work: by the first conversation, or as they were asked at the beginning. */
async function findHealth(db: Db, actor: Actor, episode: string): Promise<'yes' | 'no' | null> {
  const conversation = await findAssessment(db, actor, episode)
  if (conversation?.health.some((code) => code !== 'not-stated')) return 'yes'
  const asked = await db
    .selectFrom('screening.answer as answer')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'answer.area').onRef('referral.id', '=', 'answer.referral'),
    )
    .select('answer.answer')
    .where('answer.area', '=', actor.area)
    .where('referral.episode', '=', episode)
    .where('answer.question', '=', 'condition')
    .orderBy('answer.asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return asked?.answer === 'yes' || asked?.answer === 'no' ? asked.answer : null
}

async function listSaid(db: Db, area: string, episode: string): Promise<(Said & Readonly<{ programme: string }>)[]> {
  return db
    .selectFrom('entry_check.said as said')
    .select(['said.programme', 'said.point', 'said.answer', 'said.at', findNameOf(area, 'said.by').as('by')])
    .where('said.area', '=', area)
    .where('said.episode', '=', episode)
    .orderBy('said.at')
    .orderBy('said.id')
    .execute()
}

type Writing = Readonly<{
  area: string
  episode: string
  person: string
  programme: Intensive
  by: string
  at: Temporal.Instant
}>

/** Keeps what was answered and ticked; what was said before stays. */
export async function saveSaid(
  db: Db,
  { programme, ...same }: Writing,
  said: readonly Readonly<{ point: string; answer: string }>[],
): Promise<void> {
  if (said.length === 0) return
  const rows = said.map((one) => ({ ...same, ...one, id: newId(), programme: programme.code }))
  await db.insertInto('entry_check.said').values(rows).execute()
}

/** Lets one coach at a time write on somebody's entry checks, until the transaction ends. */
export async function holdChecks(db: Db, area: string, episode: string): Promise<void> {
  await sql`select from episode.standing where area = ${area} and episode = ${episode} for update`.execute(db)
}

/** What a referral to a service may say of the entry rules somebody meets; undefined where it is no intensive programme. */
export async function findEntryWords(db: Db, whose: Whose, service: string): Promise<string | undefined> {
  const [checked] = await checkEntry(db, whose, service)
  return checked && entryInWords(checked.findings)
}
