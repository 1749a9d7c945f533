import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Problem } from '#platform/form/rules.ts'
import { listMeans } from '#registers/means/store.ts'
import { listOpenOffices } from '#registers/jobcentres/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { findCouncil, findPractice, listCouncils, searchPractices } from '#registers/places/store.ts'
import { type Answers, bannerOf, type Change, type Changed, changes, notListed } from './rules.ts'

/** Who changed what of a person's details and when, the newest first. Ask findPerson before: it decides who may know. */
export async function listChanges(db: Db, area: string, people: readonly string[], most = 50): Promise<Changed[]> {
  const rows = await db
    .selectFrom('journal.entry as entry')
    .select(['entry.id', 'entry.at', 'entry.what', 'entry.codes'])
    .select(
      sql<string | null>`case when entry.role = 'participant' then 'The person themselves' else
        (select member.name from organisations.member where member.area = ${area}
          and member.account = entry.account order by member.from_on desc limit 1) end`.as('by'),
    )
    .where('entry.area', '=', area)
    .where('entry.person', 'in', [...people])
    .where('entry.kind', '=', 'act')
    .where('entry.what', 'in', Object.keys(changes))
    .orderBy('entry.id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id, at, what, by, codes }) => {
    // Checked: the codes of these acts are written by the routes of this and the registers beside it.
    const { part = null, fields = [] } = codes as Readonly<{ part?: string; fields?: readonly string[] }>
    // Checked: the query asked for these alone.
    return { id, at, by, part, fields, what: what as Change }
  })
}

/** What stands in the banner of a record: asked by whoever shows one; nobody where this actor may not open it. */
export async function findBanner(db: Db, actor: Actor, person: string, now: Temporal.Instant) {
  const found = await findPerson(db, actor, person)
  return found && bannerOf(found, await listMeans(db, actor.area, found.id), dayOf(now))
}

type Here = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>
type Stored = Readonly<{ council: string | null; jobcentre: string | null }>
type Names = Readonly<Record<string, { label: string }>>

/** The councils and the Jobcentres to choose from, with what is on record even where it is no more. */
export async function listPlaces({ db, area, today }: Here, stored: Stored) {
  const [councils, jobcentres, earlier] = await Promise.all([
    listCouncils(db, today),
    listJobcentres({ db, area, today }, stored.jobcentre),
    stored.council === null ? undefined : findCouncil(db, stored.council),
  ])
  return {
    councils: choosable(
      councils.map(({ code, name }) => [code, name]),
      stored.council && [stored.council, earlier?.name ?? stored.council],
    ),
    jobcentres,
  }
}

/** The Jobcentres to choose from; none without a register of offices, where the Jobcentre is written. */
async function listJobcentres({ db, area, today }: Here, stored: string | null = null): Promise<Names> {
  const offices = await listOpenOffices(db, area, today)
  if (offices.length === 0) return {}
  return choosable(
    offices.map(({ name }) => [name, name]),
    stored && [stored, stored],
  )
}

function choosable(listed: readonly [string, string][], stored: [string, string] | null | ''): Names {
  const known = !stored || listed.some(([code]) => code === stored[0]) ? listed : [stored, ...listed]
  return Object.fromEntries(known.map(([code, label]) => [code, { label }]))
}

type KnownPractice = Readonly<{ gp_practice: string | null; gp_practice_code: string | null }>

/**
 * The answers with the GP practice that was typed, as the register knows it. A code that stood in the form already, beside
 * a name that was written anew, is the code of the practice before.
 */
export async function findTypedPractice(db: Db, set: Answers, stored: KnownPractice, on: Temporal.PlainDate) {
  const [name, code] = [textIn(set.gp_practice), textIn(set.gp_practice_code)]
  const isOld = code !== null && code === stored.gp_practice_code && name !== stored.gp_practice
  const anew = await findNamedPractice(db, { name, code: isOld ? null : code }, on)
  const found =
    isOld && 'several' in anew && code in anew.several ? await findNamedPractice(db, { name, code }, on) : anew
  return 'several' in found ? found : { ...set, gp_practice: found.name, gp_practice_code: found.code }
}

const textIn = (answer: unknown) => (typeof answer === 'string' ? answer : null)

type NamedPractice = Readonly<{ name: string | null; code: string | null }>

/**
 * The GP practice that was typed, as the register knows it; several practices where it is not clear which is meant.
 * What the register does not know, or somebody says it does not know, stays as it was typed.
 */
async function findNamedPractice(
  db: Db,
  { name, code }: NamedPractice,
  on: Temporal.PlainDate,
): Promise<NamedPractice | Readonly<{ several: Names }>> {
  if (code?.toLowerCase() === notListed) return { name, code: null }
  const chosen = code === null ? undefined : await findPractice(db, code)
  if (chosen) return { name: chosen.name, code: chosen.code }
  if (name === null || name === '' || code !== null) return { name, code }
  const found = await searchPractices(db, name, on)
  const exact = found.filter((one) => one.name.toLowerCase() === name.toLowerCase())
  const [only, ...others] = exact.length === 1 ? exact : found
  if (!only) return { name, code }
  if (others.length === 0) return { name: only.name, code: only.code }
  const named = found.map((one) => [one.code, { label: `${one.name}${placed(one.postcode)}` }] as const)
  return { several: { ...Object.fromEntries(named), [notListed]: { label: `None of these: keep “${name}”` } } }
}

const placed = (postcode: string | null) => (postcode === null ? '' : `, ${writtenPostcode(postcode) ?? postcode}`)

/** What can be chosen about where a newcomer belongs, and the GP practice that was meant. */
type NewcomerPlaces = Readonly<{
  /** None where the area has no register of Jobcentres. */
  jobcentres: Names
  /** Practices that begin as was typed, where there are several. */
  practices?: Names
  practice: Readonly<{ gpPractice: string | null; gpPracticeCode: string | null }>
  problems: readonly Problem[]
}>

/** Where a newcomer belongs, as the registers know what was typed; what they do not know stays as it was typed. */
export async function findNewcomerPlaces(
  here: Here,
  typed: Readonly<Record<string, unknown>>,
): Promise<NewcomerPlaces> {
  const [name, code] = [textOf(typed['gpPractice']), textOf(typed['gpPracticeCode'])]
  const [jobcentres, named] = await Promise.all([
    listJobcentres(here),
    findNamedPractice(here.db, { name, code: null }, here.today),
  ])
  if (!('several' in named)) return { jobcentres, practice: written(named), problems: [] }
  const practices = named.several
  const chosen =
    code !== null && code in practices ? await findNamedPractice(here.db, { name, code }, here.today) : named
  return 'several' in chosen
    ? { jobcentres, practices, practice: written({ name, code: null }), problems: [chooseOne] }
    : { jobcentres, practices, practice: written(chosen), problems: [] }
}

const chooseOne = { field: 'gpPracticeCode', message: 'Choose which practice it is' }

const written = ({ name, code }: Readonly<{ name: string | null; code: string | null }>) => ({
  ...{ gpPractice: name, gpPracticeCode: code },
})

function textOf(entry: unknown): string | null {
  return typeof entry === 'string' && entry.trim() !== '' ? entry.trim() : null
}
