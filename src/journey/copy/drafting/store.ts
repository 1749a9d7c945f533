import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listEquality } from '#registers/equality/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import type { Person } from '#registers/people/rules.ts'
import { asAsked } from '#registers/instruments/rules.ts'
import { listPacks } from '#registers/instruments/store.ts'
import { listAnswersOf } from '#registers/questionnaires/store.ts'
import { readingsOf } from '#registers/readers/rules.ts'
import { listLooks } from '#registers/readers/store.ts'
import { findRestriction } from '#registers/restriction/store.ts'
import { listEpisodesOf } from '#journey/episode/store.ts'
import { listRatings, listScales } from '#journey/goal-scaling/store.ts'
import { listPlannedGoals } from '#journey/plan/store.ts'
import { listHappenings } from '#journey/record/store.ts'
import { listSentences, listWorkplaces } from '#journey/support/employer/store.ts'
import {
  answerEntry,
  type Draft,
  type Entry,
  employerEntries,
  equalityEntry,
  goalEntry,
  partsOf,
  personEntries,
  readingEntry,
} from './rules.ts'

/** What was sent about people from outside and is kept as it came: asked here, and answered by whoever takes it. */
export type ListSent = (db: Db, area: string, people: readonly string[]) => Promise<readonly Entry[]>

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

// A record has hundreds of entries at most: nothing of it may be missing because a page ended there.
const everything = 100_000
// Days are said in full as seen from far away: "tomorrow" means nothing to somebody who reads a copy later.
const far = (today: Temporal.PlainDate) => today.add({ years: 100 })

/**
 * Everything the service keeps about a person, part by part, as this actor may read it. Ask findPerson before: it decides
 * who may know.
 */
export async function listDraft(asking: Asking, person: Person, listSent: ListSent): Promise<Draft> {
  const { db, actor, now, today } = asking
  const [people, episodes] = await Promise.all([
    listIdsOf(db, actor.area, person.id),
    listEpisodesOf(db, actor, person.id),
  ])
  const ids = episodes.map(({ id }) => id)
  const asked = { area: actor.area, actor, people, episodes: ids, before: undefined, most: everything, kind: null }
  const [happened, known, goals, employer, answers, readers, sent] = await Promise.all([
    listHappenings(db, { ...asked, now, today: far(today) }),
    listKnown(asking, person),
    Promise.all(ids.map((id) => listGoalEntries(db, actor.area, id))),
    listAtWork(asking, person.id),
    listAnswered(asking, person.id),
    listReaders(asking, person.id),
    listSent(db, actor.area, people),
  ])
  const told = partsOf(happened.shown)
  const referral = [...told.referral, ...sent]
  return { person: known, goals: goals.flat(), employer, answers, ...told, referral, readers }
}

async function listKnown({ db, actor: { area } }: Asking, person: Person) {
  const [means, restriction, councils] = await Promise.all([
    listMeans(db, area, person.id),
    findRestriction(db, area, person.id),
    db
      .selectFrom('places.council')
      .select(['code', 'name'])
      .where('code', '=', person.council ?? '')
      .execute(),
  ])
  const named = new Map(councils.map(({ code, name }) => [code, name]))
  return personEntries({ person, councils: named, means, restriction })
}

async function listAtWork({ db, actor: { area } }: Asking, person: string) {
  const of = { area, person }
  const [workplaces, sentences] = await Promise.all([listWorkplaces(db, of), listSentences(db, of)])
  return employerEntries({ workplaces, sentences })
}

async function listAnswered({ db, actor: { area } }: Asking, person: string) {
  const [answers, equality, packs] = await Promise.all([
    listAnswersOf(db, area, person),
    listEquality(db, area, person),
    listPacks(db, area),
  ])
  const told = answers.map((answer) => {
    const pack = packs.find(({ canonical }) => canonical === answer.canonical)
    return answerEntry(answer, pack && asAsked(pack))
  })
  return [...told, ...equality.map(equalityEntry)]
}

/** The goals of a spell of support, each with what was done for it and how far it came. */
async function listGoalEntries(db: Db, area: string, episode: string) {
  const [goals, scales, ratings] = await Promise.all([
    listPlannedGoals(db, area, episode),
    listScales(db, area, episode),
    listRatings(db, area, episode),
  ])
  return goals.map((goal) => goalEntry(goal, { scales, ratings }))
}

async function listReaders({ db, actor: { area }, today }: Asking, person: string) {
  const [{ namesOfReaders }, looks] = await Promise.all([
    findSettings(db, area, today),
    listLooks(db, { area, person, before: null, most: everything }),
  ])
  return readingsOf(looks, namesOfReaders).map(readingEntry)
}
