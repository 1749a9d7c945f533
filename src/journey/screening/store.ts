import { sql } from 'kysely'
import { type Actor, reach, type Verb } from '#platform/access/rules.ts'
import { isBefore } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { calledName } from '#registers/people/rules.ts'
import { mayReachPerson } from '#registers/people/store.ts'
import type { Coverage } from '#registers/places/rules.ts'
import { type Changed, type Comparing, type Effect, roughly } from '#journey/eligibility/rules.ts'
import { listRuleSets } from '#journey/eligibility/store.ts'
import { listPlaceFacts } from '#journey/belonging/store.ts'
import type { WorkStatus } from '#journey/referral/rules.ts'
import type { Facts, Question } from '#journey/finding/rules.ts'
import { differences, screen, screened, type Screening } from './rules.ts'

const referralRows = (db: Db, area: string) =>
  db
    .selectFrom('referral.referral as referral')
    .innerJoin('referral.reference as reference', (join) =>
      join.onRef('reference.area', '=', 'referral.area').onRef('reference.referral', '=', 'referral.id'),
    )
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'referral.area').onRef('person.id', '=', 'referral.person'),
    )
    .leftJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'referral.area').onRef('standing.episode', '=', 'referral.episode'),
    )
    .select(['referral.id', 'reference.reference', 'referral.person', 'referral.episode'])
    // Checked: the referral is written from the list of its rules.
    .select(['referral.received_on as receivedOn', sql<WorkStatus | null>`referral.work_status`.as('workStatus')])
    .select(['person.given_name', 'person.family_name', 'person.preferred_name', 'person.born_on as bornOn'])
    .select(['person.postcode', 'person.council', 'person.gp_practice_code as practiceCode', 'person.jobcentre'])
    .select(['standing.stage', 'standing.version', 'standing.received_at as receivedAt'])
    .where('referral.area', '=', area)

type ReferralRow = Awaited<ReturnType<ReturnType<typeof referralRows>['executeTakeFirstOrThrow']>>
export type Screenable = ReferralRow & Readonly<{ facts: Facts }>

/** A referral with everything that the rules ask about, if this actor may do this with the person's record. */
export async function findScreenable(
  db: Db,
  actor: Actor,
  referral: string,
  verb: Verb = 'open',
): Promise<Screenable | undefined> {
  const row = await referralRows(db, actor.area)
    .where('referral.id', '=', referral)
    .where(mayReachPerson(actor, verb))
    .executeTakeFirst()
  return row ? (await withFacts(db, actor.area, [row]))[0] : undefined
}

async function withFacts(
  db: Db,
  area: string,
  rows: readonly ReferralRow[],
  proposed?: Coverage,
): Promise<Screenable[]> {
  const answered = await readAnswers(db, area, rows)
  const answersOf = (id: string) => answered.get(id) ?? {}
  const places = await listPlaceFacts(
    db,
    area,
    rows.map((row) => ({ ...row, answers: answersOf(row.id) })),
    proposed,
  )
  return rows.flatMap((row, index) => {
    const place = places[index]
    const { bornOn, receivedOn, workStatus } = row
    return place ? [{ ...row, facts: { bornOn, receivedOn, workStatus, place, answers: answersOf(row.id) } }] : []
  })
}

/** The newest answer to each question, for each referral. */
async function readAnswers(db: Db, area: string, rows: readonly ReferralRow[]): Promise<Map<string, Facts['answers']>> {
  const found = await db
    .selectFrom('screening.answer')
    .distinctOn(['referral', 'question'])
    // Checked: questions are written from the list in the rules.
    .select(['referral', sql<Question>`question`.as('question'), 'answer'])
    .where('area', '=', area)
    .where(sql<boolean>`referral = any(${rows.map(({ id }) => id)}::uuid[])`)
    .orderBy('referral')
    .orderBy('question')
    .orderBy('id', 'desc')
    .execute()
  const grouped = Map.groupBy(found, ({ referral }) => referral)
  return new Map(
    [...grouped].map(([referral, answers]) => [
      referral,
      Object.fromEntries(answers.map(({ question, answer }) => [question, answer])),
    ]),
  )
}

export type Asked = Readonly<{
  area: string
  id: string
  referral: string
  answers: Facts['answers']
  by: string
  at: Temporal.Instant
}>

/** Keeps what somebody answered; earlier answers stay as history, and the form sent twice leaves one. */
export async function saveAnswers(db: Db, { area, id, referral, answers, by, at }: Asked): Promise<void> {
  const rows = Object.entries(answers).map(([question, answer]) => ({
    ...{ area, id, question, referral, answer },
    asked_by: by,
    asked_at: at,
  }))
  if (rows.length === 0) return
  await db
    .insertInto('screening.answer')
    .values(rows)
    .onConflict((twice) => twice.doNothing())
    .execute()
}

const shown = 50

/**
 * Whom other rules would change something for: referrals nobody has decided about, and those of the last twelve months.
 * Who sees totals only is told how many in the whole area and nobody's name.
 */
export async function findEffect(db: Db, actor: Actor, { before, after, fromOn, today }: Comparing): Promise<Effect> {
  const people = await listRecent(db, actor, today)
  const day = isBefore(fromOn, today) ? today : fromOn
  const changed = people.flatMap((person) => {
    const days = { rules: day, age: isUndecided(person) ? day : person.receivedOn }
    return changedFor(person, screen(person.facts, before, days), screen(person.facts, after, days))
  })
  return effectOn(actor, people, changed)
}

function changedFor(person: Screenable, one: Screening, other: Screening): Changed[] {
  if (one.answer === other.answer) return []
  const { id: referral, reference, receivedOn } = person
  return [
    {
      ...{ referral, reference, receivedOn, name: calledName(person), open: isUndecided(person) },
      ...{ before: screened[one.answer].label, after: screened[other.answer].label },
      why: differences(one.findings, other.findings),
    },
  ]
}

type OtherPlaces = Readonly<{ before: Coverage; after: Coverage; today: Temporal.PlainDate }>

/** Whom it would change something for that the area covers other places, by the rules that hold for each of them. */
export async function findCoverageEffect(db: Db, actor: Actor, { before, after, today }: OtherPlaces) {
  const [sets, now, then] = await Promise.all([
    listRuleSets(db, actor.area),
    listRecent(db, actor, today, before),
    listRecent(db, actor, today, after),
  ])
  const changed = now.flatMap((person, index) => {
    const other = then[index]
    const days = { rules: today, age: isUndecided(person) ? today : person.receivedOn }
    return other ? changedFor(person, screen(person.facts, sets, days), screen(other.facts, sets, days)) : []
  })
  const { looked, counts, people } = effectOn(actor, now, changed)
  const count = seesTotalsOnly(actor) ? roughly : String
  return {
    looked: `${count(looked.open)} open referrals and ${count(looked.decided)} of the last 12 months`,
    counts: counts.map((one) => ({ ...one, open: count(one.open), decided: count(one.decided) })),
    people,
  }
}

function effectOn(actor: Actor, people: readonly Screenable[], changed: readonly Changed[]): Effect {
  const open = people.filter(isUndecided).length
  const first = changed.toSorted((one, other) => Number(other.open) - Number(one.open)).slice(0, shown)
  return {
    looked: { open, decided: people.length - open },
    counts: countsOf(changed),
    people: seesTotalsOnly(actor) ? [] : first,
  }
}

const isUndecided = ({ stage }: ReferralRow) => stage === 'received'

const seesTotalsOnly = ({ role }: Actor) => reach[role].list === 'aggregate' || reach[role].list === 'none'

function countsOf(changed: readonly Changed[]): Effect['counts'] {
  const ways = Map.groupBy(changed, ({ before, after }) => `${before} → ${after}`)
  return [...ways.values()].flatMap((people) => {
    const [first] = people
    const open = people.filter((one) => one.open).length
    return first ? [{ before: first.before, after: first.after, open, decided: people.length - open }] : []
  })
}

async function listRecent(db: Db, actor: Actor, today: Temporal.PlainDate, proposed?: Coverage): Promise<Screenable[]> {
  const recent = referralRows(db, actor.area)
    .where('referral.episode', 'is not', null)
    .where((where) =>
      where.or([
        where('referral.received_on', '>=', today.subtract({ years: 1 })),
        where('standing.stage', '=', 'received'),
      ]),
    )
    .orderBy('referral.received_at', 'desc')
  const rows = seesTotalsOnly(actor) ? recent : recent.where(mayReachPerson(actor, 'list'))
  return withFacts(db, actor.area, await rows.execute(), proposed)
}
