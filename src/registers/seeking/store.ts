import { sql } from 'kysely'
import { planningForValues } from '#platform/database/planning.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { Around } from '#registers/around/rules.ts'
import { findAround } from '#registers/around/store.ts'
import { listSameWords, listSuppliedWords, findRightWords, readWords, type Sought } from '#registers/meaning/store.ts'
import { type Seeker, mostFound, perPage, type Sifting, type Wanted } from '#registers/sifting/rules.ts'
import { type Asked, findReach, isFitting, isStanding, listCandidates } from '#registers/sifting/store.ts'
import { isByRarest, listWordsOf } from '#registers/stems/store.ts'
import type { Found, Hit, Shown } from './rules.ts'

/** What somebody looks for, and which page of it. */
export type Seeking = Readonly<{
  area: string
  wanted: Wanted
  now: Temporal.Instant
  page: number
  /** Only what is published, as strangers see it. */
  published?: boolean
  /** Only what this person could use by what is said of it. */
  for?: Seeker | null
}>

/** What was found: one page of it, and what was looked for in the end. */
export type Answer = Readonly<{
  hits: Hit[]
  /** How many there are, counted up to `mostFound` and one more. */
  count: number
  around: Around | null
  /** The words that were put right, where nothing was found for those that were typed. */
  shownFor: string | null
  /** Whether what says the same in other words was brought in. */
  inOtherWords: boolean
}>

// Where fewer than these say just that, what says the same in other words is brought in.
const few = 10

/** The services that somebody looks for, best first. */
export async function findServices(db: Db, asked: Seeking): Promise<Answer> {
  const { area, wanted, now, page, published = false } = asked
  const around = wanted.place === null ? null : await findAround(db, area, wanted.place)
  const looking = { sifting: { area, wanted, around, now, published, for: asked.for ?? null }, page }
  const none = { hits: [], count: 0, around, shownFor: null, inOtherWords: false }
  if (wanted.words === null) return { ...none, ...(await findHits(db, { ...looking, ...noWords })) }
  const own = await listSameWords(db, area)
  const same = [...listSuppliedWords(), ...own.map(({ words }) => words)]
  const typed = await findForWords(db, looking, await readWords(db, same, wanted.words))
  if (typed.count > 0 || wanted.exactly) return { ...none, ...typed }
  const right = await findRightWords(db, area, wanted.words)
  if (right === undefined) return { ...none, ...typed }
  return { ...none, ...(await findForWords(db, looking, await readWords(db, same, right))), shownFor: right }
}

type Looking = Readonly<{ sifting: Sifting; page: number }>

async function findForWords(db: Db, looking: Looking, sought: readonly Sought[]) {
  if (sought.length === 0) return { hits: [], count: 0, inOtherWords: false }
  const { area, wanted } = looking.sifting
  const asked = { sought, known: await listWordsOf(db, area, sought), wide: false, before: [] }
  const page = async () => ({ ...(await findHits(db, { ...looking, ...asked })), inOtherWords: false })
  if (wanted.exactly || sought.every(({ others }) => others.length === 0)) return page()
  const just = await findHits(db, { ...looking, ...asked, page: 1 })
  if (just.count >= few) return looking.page === 1 ? { ...just, inOtherWords: false } : page()
  const before = just.hits.map(({ id, found, miles }) => ({ id, tier: tierOf(found), miles }))
  const wide = await findHits(db, { ...looking, ...asked, wide: true, before })
  return { ...wide, inOtherWords: wide.count > just.count }
}

const noWords = { sought: [], known: new Map(), wide: false, before: [] }

/** Puts what comes into question in order, after each was looked at closely. */
async function findHits(db: Db, { sifting, page, ...asked }: Looking & Asked) {
  const { area, wanted } = sifting
  const reach = asked.sought.length === 0 ? await findReach(db, sifting) : undefined
  const candidates = listCandidates(sifting, asked, reach)
  const found = sql<{ id: string; tier: number; miles: number | null; total: number }>`
    select service.id, found.tier, found.miles, count(*) over ()::integer as total
    from (${candidates}) as found
    join services.service on service.area = ${area} and service.id = found.service
    where ${isFitting(sifting)}
    order by ${orderOf(sifting)}
    limit ${perPage} offset ${(page - 1) * perPage}`
  const forValues = asked.sought.length > 0 && !isByRarest(asked)
  const { rows } = await (forValues ? planningForValues(db, () => found.execute(db)) : found.execute(db))
  const hits = rows.map(({ id, tier, miles }): Hit => ({ id, miles, found: foundIn(wanted, tier) }))
  return { hits, count: Math.min(rows[0]?.total ?? 0, mostFound + 1) }
}

const tiers: Readonly<Record<number, Found>> = { 4: 'name', 3: 'called', 2: 'text' }
const tierOf = (found: Found | null) => Number(Object.keys(tiers).find((tier) => tiers[Number(tier)] === found) ?? 1)
const foundIn = ({ words }: Wanted, tier: number): Found | null => (words === null ? null : (tiers[tier] ?? 'meaning'))

// Whatever the order, nobody can be sent to a service that is not open: these stand at the end.
function orderOf({ wanted, now }: Sifting) {
  const [last, name] = [
    sql`case when ${isStanding('open', dayOf(now))} then 0 else 1 end`,
    sql`service.name_key, service.id`,
  ]
  const orders = {
    best: sql`${last}, found.tier desc, found.miles, ${name}`,
    nearest: sql`${last}, found.miles, found.tier desc, ${name}`,
    wait: sql`${last}, service.wait_weeks, found.tier desc, ${name}`,
    name,
  }
  return orders[wanted.order ?? 'best']
}

/** These services as lists of what was found show them, in the order given; places that are kept back only where asked. */
export async function listFound(
  db: Db,
  { area, published = false }: Pick<Seeking, 'area' | 'published'>,
  hits: readonly Hit[],
) {
  const { rows } = await sql<Omit<Shown, keyof Hit> & { id: string }>`
    select service.id, service.document as listing, owner.name as owner,
      array(select term.name from services.service_term as of join services.term as term
        on term.area = of.area and term.id = of.term
        where of.area = service.area and of.service = service.id order by term.name) as kinds,
      coalesce((select jsonb_agg(location.document order by location.name) from services.at_location as at
        join services.location as location on location.area = at.area and location.id = at.location
        where at.area = service.area and at.service = service.id and (location.published or not ${published}::boolean)),
        '[]'::jsonb) as places
    from services.service join services.owner on owner.area = service.area and owner.id = service.owner
    where service.area = ${area} and service.id = any(array(select unnest(${hits.map(({ id }) => id)}::uuid[])))`.execute(
    db,
  )
  const byId = new Map(rows.map((one) => [one.id, one]))
  return hits.flatMap((hit): Shown[] => {
    const one = byId.get(hit.id)
    return one ? [{ ...hit, ...one }] : []
  })
}
