import type { Db } from '#platform/database/transaction.ts'
import { compactPostcode, outwardOf, writtenPostcode } from '#platform/postcode/rules.ts'
import {
  areasOf,
  type Boundaries,
  type Coverage,
  type Known,
  type Located,
  type Practice,
} from '#registers/places/rules.ts'
import { findCoverage } from '#registers/areas/store.ts'
import { listOffices } from '#registers/jobcentres/store.ts'
import { findPostcode, findPractice, readBoundaries } from '#registers/places/store.ts'
import { elsewhere, type PlaceFacts, type PlaceQuestion } from './rules.ts'

/** What is on record, or was answered, about where somebody belongs. */
export type WhoWhere = Readonly<{
  postcode: string | null
  council: string | null
  practiceCode: string | null
  jobcentre: string | null
  receivedOn: Temporal.PlainDate
  answers: Readonly<Partial<Record<PlaceQuestion, string>>>
}>

/** Where each of these people belongs, on the day each was referred, in the order given; by what the area covers, or would. */
export async function listPlaceFacts(
  db: Db,
  area: string,
  people: readonly WhoWhere[],
  proposed?: Coverage,
): Promise<PlaceFacts[]> {
  const [coverage, map, postcodes, practices, offices] = await Promise.all([
    proposed ?? findCoverage(db, area),
    readBoundaries(db),
    readPostcodes(db, people),
    readPractices(db, people),
    listOffices(db, area),
  ])
  return people.map((person) =>
    placeFacts(person, {
      coverage,
      map,
      postcode: person.postcode === null ? undefined : postcodes.get(compactPostcode(person.postcode)),
      practice: person.practiceCode === null ? undefined : practices.get(person.practiceCode),
      jobcentre: offices.find(({ name }) => name === person.jobcentre),
    }),
  )
}

type LookedUp = Readonly<{
  coverage: Coverage
  map: Boundaries
  postcode: Located | undefined
  practice: Practice | undefined
  jobcentre: Readonly<{ code: string; name: string }> | undefined
}>

function placeFacts(person: WhoWhere, { coverage, map, postcode, practice, jobcentre }: LookedUp): PlaceFacts {
  const told = person.answers.council === elsewhere ? undefined : person.answers.council
  const onRecord = map.councils.find(({ code, name }) => code === person.council || name === person.council)?.code
  const council = told ?? onRecord
  // A council that was told is surer than the half of a postcode that several councils have in common.
  const home: Known = postcode?.whole || council === undefined ? { postcode } : { council }
  const { claims } = areasOf({ ...home, practice, jobcentre }, map, [coverage], person.receivedOn)
  const parts = home.postcode?.parts ?? []
  const [first] = parts
  return {
    covers: coverage.covers.length > 0,
    claims,
    placed: { home: home.council !== undefined || parts.length > 0, practice: practice !== undefined },
    country: home.council === undefined ? (first?.country ?? null) : 'England',
    council: home.council ?? (parts.length === 1 ? (first?.council ?? null) : null),
  }
}

/** The postcodes that the directory has in one look, the others by their first half. */
async function readPostcodes(db: Db, people: readonly WhoWhere[]): Promise<Map<string, Located>> {
  const codes = [...new Set(people.flatMap(({ postcode }) => (postcode ? [compactPostcode(postcode)] : [])))]
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('places.postcode')
    .select(['code', 'country', 'council', 'board_ons as boardOns'])
    .where('code', 'in', codes)
    .execute()
  const whole = rows.map(({ code, ...part }): [string, Located] => [
    code,
    { postcode: writtenPostcode(code) ?? code, whole: true, parts: [{ ...part, share: 1 }] },
  ])
  const known = new Map(whole)
  const rest = codes.filter((code) => !known.has(code))
  const halves = await readOutwards(db, rest)
  return new Map([...whole, ...rest.flatMap((code): [string, Located][] => pairOf(code, halves.get(outwardOf(code))))])
}

const pairOf = (code: string, located: Located | undefined): [string, Located][] => (located ? [[code, located]] : [])

async function readOutwards(db: Db, codes: readonly string[]): Promise<Map<string | undefined, Located>> {
  const outwards = [...new Set(codes.flatMap((code) => outwardOf(code) ?? []))]
  const found = await Promise.all(outwards.map((outward) => findPostcode(db, outward)))
  return new Map(outwards.flatMap((outward, index) => pairOf(outward, found[index])))
}

async function readPractices(db: Db, people: readonly WhoWhere[]): Promise<Map<string, Practice>> {
  const codes = [...new Set(people.flatMap(({ practiceCode }) => practiceCode ?? []))]
  const found = await Promise.all(codes.map((code) => findPractice(db, code)))
  return new Map(codes.flatMap((code, index) => (found[index] ? [[code, found[index]]] : [])))
}
