import { sql } from 'kysely'
import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { listMeans } from '#registers/means/store.ts'
import { listOpenOffices } from '#registers/jobcentres/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { writtenPostcode } from '#registers/places/rules.ts'
import { findCouncil, findPractice, listCouncils, searchPractices } from '#registers/places/store.ts'
import { type Answers, bannerOf, type Change, type Changed, changes } from './rules.ts'

/** Who changed what of a person's details and when, the newest first. Ask findPerson before: it decides who may know. */
export async function listChanges(db: Db, area: string, people: readonly string[], most = 50): Promise<Changed[]> {
  const rows = await db
    .selectFrom('journal.entry as entry')
    .select(['entry.id', 'entry.at', 'entry.what', 'entry.codes'])
    .select(
      sql<string | null>`(select member.name from organisations.member where member.area = ${area}
        and member.account = entry.account order by member.from_on desc limit 1)`.as('by'),
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
  const [councils, offices, earlier] = await Promise.all([
    listCouncils(db, today),
    listOpenOffices(db, area, today),
    stored.council === null ? undefined : findCouncil(db, stored.council),
  ])
  const jobcentres = offices.map(({ name }): [string, string] => [name, name])
  return {
    councils: choosable(
      councils.map(({ code, name }) => [code, name]),
      stored.council && [stored.council, earlier?.name ?? stored.council],
    ),
    // Without a register of offices the Jobcentre is written.
    jobcentres:
      jobcentres.length === 0 ? {} : choosable(jobcentres, stored.jobcentre && [stored.jobcentre, stored.jobcentre]),
  }
}

function choosable(listed: readonly [string, string][], stored: [string, string] | null | ''): Names {
  const known = !stored || listed.some(([code]) => code === stored[0]) ? listed : [stored, ...listed]
  return Object.fromEntries(known.map(([code, label]) => [code, { label }]))
}

/**
 * The answers with the GP practice that was typed, as the register knows it; several practices where it is not clear
 * which is meant. What the register does not know stays as it was typed.
 */
export async function findTypedPractice(db: Db, set: Answers, on: Temporal.PlainDate) {
  const { gp_practice: name, gp_practice_code: code } = set
  const chosen = typeof code === 'string' ? await findPractice(db, code) : undefined
  if (chosen) return { ...set, gp_practice: chosen.name, gp_practice_code: chosen.code }
  if (typeof name !== 'string' || name === '' || code !== null) return set
  const found = await searchPractices(db, name, on)
  const exact = found.filter((one) => one.name.toLowerCase() === name.toLowerCase())
  const [only, ...others] = exact.length === 1 ? exact : found
  if (!only) return set
  if (others.length === 0) return { ...set, gp_practice: only.name, gp_practice_code: only.code }
  const named = found.map((one) => [one.code, { label: `${one.name}${placed(one.postcode)}` }] as const)
  return { several: Object.fromEntries(named) }
}

const placed = (postcode: string | null) => (postcode === null ? '' : `, ${writtenPostcode(postcode) ?? postcode}`)
