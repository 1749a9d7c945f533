import type { Everywhere } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Problem } from '#platform/form/rules.ts'
import { listCoverage } from '#registers/areas/store.ts'
import { listOfficesOfAll } from '#registers/jobcentres/store.ts'
import type { Known, Located, Practice } from '#registers/places/rules.ts'
import { findPostcode, findPractice, listCouncils, readBoundaries, searchPractices } from '#registers/places/store.ts'
import { type Asked, type LookedUp, lookUp } from './rules.ts'

/** What can be asked about where somebody belongs: the councils and Jobcentres to choose from, and whether practices are known. */
export async function listQuestions(db: Db, everywhere: Everywhere, on: Temporal.PlainDate) {
  const [councils, offices, practicesKnown] = await Promise.all([
    listCouncils(db, on),
    everywhere((one) => listOfficesOfAll(one, on)),
    knowsPractices(db),
  ])
  const jobcentres = new Map(offices.flat().map(({ code, name }) => [code, name]))
  return {
    councils: councils.filter(({ kind }) => kind !== 'county').map(({ code, name }) => ({ code, name })),
    jobcentres: Array.from(jobcentres, ([code, name]) => ({ code, name })),
    practicesKnown,
  }
}

/** Whether the list of GP practices was loaded, so that one can be chosen by name. */
async function knowsPractices(db: Db): Promise<boolean> {
  return (await db.selectFrom('places.gp_practice').select('code').limit(1).executeTakeFirst()) !== undefined
}

/** What came of a look-up: an answer, something to put right, or practices to choose from. */
export type Came = Readonly<{ problems: readonly Problem[]; practices: readonly PracticeChoice[]; found?: LookedUp }>
export type PracticeChoice = Readonly<{ code: string; name: string; postcode: string | null }>

/** Which areas somebody can belong to, of all there are, from what was typed. Nothing of it is kept. */
export async function findAreas(db: Db, everywhere: Everywhere, asked: Asked, on: Temporal.PlainDate): Promise<Came> {
  const [postcode, practice] = await Promise.all([readPostcode(db, asked.postcode), readPractice(db, asked, on)])
  const problems = [postcode, practice].flatMap((one) => ('problem' in one ? [one.problem] : []))
  const practices = 'practices' in practice ? practice.practices : []
  if (problems.length > 0) return { problems, practices }
  const jobcentre = asked.jobcentre === null ? undefined : await findJobcentre(db, everywhere, asked.jobcentre, on)
  const located = 'located' in postcode ? postcode.located : undefined
  const known: Known = {
    ...{ postcode: located, practice: 'practice' in practice ? practice.practice : undefined, jobcentre },
    council: located && located.parts.length > 0 && asked.council === null ? undefined : (asked.council ?? undefined),
  }
  const [map, coverage] = await Promise.all([readBoundaries(db), everywhere(listCoverage)])
  const areas = new Map(coverage.flat().map((area) => [area.area, area]))
  return { problems, practices, found: lookUp(known, map, [...areas.values()], on) }
}

type ReadPostcode = Readonly<{ located: Located | undefined } | { problem: Problem }>

async function readPostcode(db: Db, typed: string | null): Promise<ReadPostcode> {
  if (typed === null) return { located: undefined }
  const located = await findPostcode(db, typed)
  return located
    ? { located }
    : { problem: { field: 'postcode', message: 'Enter a real postcode, for example LS1 4AP' } }
}

type ReadPractice = Readonly<
  { practice: Practice | undefined } | { problem: Problem; practices: readonly PracticeChoice[] }
>

async function readPractice(db: Db, { practice, practiceCode }: Asked, on: Temporal.PlainDate): Promise<ReadPractice> {
  if (practice === null) return { practice: undefined }
  const chosen = practiceCode === null ? undefined : await findPractice(db, practiceCode)
  if (chosen) return { practice: chosen }
  const named = await searchPractices(db, practice, on)
  const [first, ...others] = named
  if (first && others.length === 0) return { practice: await findPractice(db, first.code) }
  const message = first ? 'Choose which practice it is' : 'No practice begins so: enter how its name or postcode begins'
  return { problem: { field: first ? 'practiceCode' : 'practice', message }, practices: named }
}

async function findJobcentre(db: Db, everywhere: Everywhere, code: string, on: Temporal.PlainDate) {
  const { jobcentres } = await listQuestions(db, everywhere, on)
  return jobcentres.find((office) => office.code === code)
}
