import { sql } from 'kysely'
import { CommandProblem } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type By, writeEntries, writeEntry } from '#platform/journal/journal.ts'
import { takeBackPairs } from '#registers/likeness/import.ts'
import { takeBackPeople } from '#registers/people/import.ts'
import { endHolding, recordDeath } from '#registers/people/store.ts'
import { takeBackAnswers } from '#registers/permissions/import.ts'
import { takeBackEpisodes } from '#journey/episode/import.ts'
import { NotNow, withdrawSteps } from '#journey/episode/store.ts'
import { takeBackRequests } from '#journey/fit-note-request/import.ts'
import { takeBackReferrals } from '#journey/referral/import.ts'
import {
  beginUndoing,
  finishUndoing,
  markTakenBack,
  saveLeftAlone,
  type Staying,
  type Undoing,
} from '#exchange/files/batch/import.ts'
import { stateOf } from '#exchange/files/batch/rules.ts'
import {
  countTakenBack,
  findBatch,
  listAdditions,
  listLeftAlone,
  listEpisodesOfOthers,
  listStillThere,
} from '#exchange/files/batch/store.ts'
import { takeBackFacts } from '#exchange/files/cases/facts/import.ts'
import { somethingAdded, whyNotUndone } from './rules.ts'
import { holdPeople, listEpisodes, listGiven, listWorkedOn } from './store.ts'

/** A batch that somebody takes back; nobody signed in where it is done from the command line. */
export type TakingBack = Omit<Undoing, 'by'> & Readonly<{ by: (By & { membership: string }) | undefined }>

const atOnce = 200

/** Takes back what a batch brought, as long as nobody has worked on it since; who was worked on stays. */
export async function takeBackBatch(databases: Databases, taking: TakingBack, progress: (done: number) => void) {
  const { area, batch } = taking
  const database = databases.databaseFor(area)
  await database.transaction((db) => beginTakingBack(db, taking))
  for (let done = 0, some = 1; some > 0; done += some) {
    some = await database.transaction((db) => takeBackSome(db, taking))
    progress(done + some)
  }
  return database.transaction(async (db) => {
    await finishTakingBack(db, taking)
    return { rows: await countTakenBack(db, area, batch), left: await listLeftAlone(db, area, batch) }
  })
}

/** Begins to take a batch back, or says in a sentence why that cannot be. Begun twice, it goes on. */
export async function beginTakingBack(db: Db, { by, ...undoing }: TakingBack): Promise<void> {
  const found = await findBatch(db, undoing.area, undoing.batch)
  if (!found) throw new CommandProblem(`There is no batch ${undoing.batch} in area ${undoing.area}.`)
  const why = whyNotUndone(stateOf(found))
  if (why) throw new CommandProblem(why)
  await beginUndoing(db, { ...undoing, by: by?.membership ?? null })
}

/** Looks at the next people of a batch and takes back whom nobody has worked on; how many were looked at. */
export async function takeBackSome(db: Db, taking: TakingBack): Promise<number> {
  const { area, batch } = taking
  const found = await findBatch(db, area, batch)
  if (!found) return 0
  const back = { ...taking, from: found.started_at }
  const people = await listStillThere(db, area, batch, atOnce)
  if (people.length > 0) return takeBackEach(db, back, { people, each: (some) => takeBackAll(db, taking, some) })
  const others = await listEpisodesOfOthers(db, area, batch, atOnce)
  if (others.length > 0)
    return takeBackEach(db, back, {
      people: peopleOf(others),
      each: (some) => takeBackOfOthers(db, back, chosen(others, some)),
    })
  const added = await listAdditions(db, area, batch, atOnce)
  if (added.length === 0) return 0
  return takeBackEach(db, back, {
    people: peopleOf(added),
    each: (some) => takeBackAdditions(db, taking, chosen(added, some)),
  })
}

type OfPerson = Readonly<{ person: string }>

function peopleOf(rows: readonly OfPerson[]): string[] {
  return [...new Set(rows.map(({ person }) => person))]
}

function chosen<Row extends OfPerson>(rows: readonly Row[], people: readonly string[]): Row[] {
  return rows.filter(({ person }) => people.includes(person))
}

/** What is taken back of some people; gives the records that are gone. */
type Work = Readonly<{ people: readonly string[]; each: (people: readonly string[]) => Promise<string[]> }>

async function takeBackEach(db: Db, back: Back, { people, each }: Work) {
  const { area, batch, by, now, from } = back
  await holdPeople(db, area, people)
  const worked: Staying[] = await listWorkedOn(db, { area, batch, from }, people)
  const untouched = people.filter((person) => !worked.some((one) => one.person === person))
  const { gone, staying } = await takeBackUntouched(db, { people: untouched, each })
  await saveLeftAlone(db, area, batch, [...worked, ...staying])
  await markTakenBack(db, area, gone.records, now)
  const on = gone.people.map((person) => ({ person, subject: batch }))
  await writeEntries(db, { area, by, what: 'record.taken-back', on, at: now })
  return people.length
}

/** Says that all of a batch was looked at. */
export async function finishTakingBack(db: Db, { by, ...undoing }: TakingBack): Promise<void> {
  const { area, batch, now } = undoing
  await finishUndoing(db, { ...undoing, by: by?.membership ?? null })
  const codes = { rows: await countTakenBack(db, area, batch), stayed: (await listLeftAlone(db, area, batch)).length }
  writeEntry(db, { area, by, happening: { kind: 'act', what: 'batch.undone', subject: batch, codes }, at: now })
}

type Came = Readonly<{
  gone: Readonly<{ people: readonly string[]; records: readonly string[] }>
  staying: readonly Staying[]
}>

// The foreign keys have the last word: where something stands on a record that the journal does not tell of, half of the
// people are tried and then the other half, until only those stay who have to.
async function takeBackUntouched(db: Db, { people, each }: Work): Promise<Came> {
  if (people.length === 0) return { gone: { people: [], records: [] }, staying: [] }
  await sql`savepoint untouched`.execute(db)
  try {
    const records = await each(people)
    await sql`release savepoint untouched`.execute(db)
    return { gone: { people, records }, staying: [] }
  } catch (cause) {
    if (!(cause instanceof NotNow || (cause instanceof Error && 'code' in cause && cause.code === '23503'))) throw cause
    await sql`rollback to savepoint untouched`.execute(db)
  }
  const [first] = people
  if (people.length === 1 && first)
    return { gone: { people: [], records: [] }, staying: [{ person: first, why: somethingAdded, since: null }] }
  const middle = Math.ceil(people.length / 2)
  const one = await takeBackUntouched(db, { people: people.slice(0, middle), each })
  const other = await takeBackUntouched(db, { people: people.slice(middle), each })
  const gone = {
    people: [...one.gone.people, ...other.gone.people],
    records: [...one.gone.records, ...other.gone.records],
  }
  return { gone, staying: [...one.staying, ...other.staying] }
}

/** Takes everything back that stands on these people, the last first; gives the records that are gone. */
async function takeBackAll(db: Db, taking: TakingBack, people: readonly string[]): Promise<string[]> {
  const { area } = taking
  const episodes = await listEpisodes(db, area, people)
  const facts = await takeBackFacts(db, { area, episodes, facts: [] })
  await takeBackRequests(db, { area, people })
  const referrals = await takeBackReferrals(db, { area, people, episodes: [] })
  await takeBackAnswers(db, taking, people)
  await takeBackPairs(db, area, people)
  const gone = await takeBackEpisodes(db, area, episodes)
  return [...facts, ...referrals, ...gone, ...(await takeBackPeople(db, area, people))]
}

type OfEpisode = OfPerson & Readonly<{ episode: string }>
type Back = TakingBack & Readonly<{ from: Temporal.Instant }>

// What the person agreed to with the case goes with it, and so does what it gave to its provider.
async function takeBackOfOthers(db: Db, back: Back, others: readonly OfEpisode[]): Promise<string[]> {
  const { area } = back
  const episodes = others.map(({ episode }) => episode)
  const facts = await takeBackFacts(db, { area, episodes, facts: [] })
  const referrals = await takeBackReferrals(db, { area, people: [], episodes })
  await takeBackAnswers(db, back, peopleOf(others))
  const given = await listGiven(db, back, episodes)
  for (const { person, organisation } of given.holders)
    await endHolding(db, { area, person, organisation, at: back.now })
  for (const person of given.deaths) await recordDeath(db, area, person, null)
  return [...facts, ...referrals, ...(await takeBackEpisodes(db, area, episodes))]
}

// The steps stay as history, taken back: the case was here before, and stands where the rest of them says.
async function takeBackAdditions(
  db: Db,
  { area, by, now: at }: TakingBack,
  added: readonly (OfEpisode & Readonly<{ fact: string | null }>)[],
) {
  const facts = added.flatMap(({ fact, episode }) => (fact === null ? [] : [{ fact, episode }]))
  for (const { fact: factRow, episode } of facts.toReversed())
    await withdrawSteps(db, { area, episode, factRow, at, by: by?.membership ?? null })
  return takeBackFacts(db, { area, episodes: [], facts: facts.map(({ fact }) => fact) })
}
