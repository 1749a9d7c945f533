import { type RawBuilder, sql } from 'kysely'
import { planningForValues } from '#platform/database/planning.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { type Around, wordsWithout } from '#registers/around/rules.ts'
import { findAround, isHere, listTownsIn } from '#registers/around/store.ts'
import { listSameWords, listSuppliedWords, findRightWords, readWords, type Sought } from '#registers/meaning/store.ts'
import { type Seeker, mostFound, perPage, type Sifting, type Wanted } from '#registers/sifting/rules.ts'
import { type Asked, findReach, isFitting, isStanding, listCandidates, listPartly } from '#registers/sifting/store.ts'
import { type OneWord, wordsIn, wordsSaid } from '#registers/saying-some/rules.ts'
import { findOneStem, fitting, isByRarest, type Known, meant } from '#registers/stems/rules.ts'
import { listWordsOf } from '#registers/stems/store.ts'
import type { Found, Hit, Partly, Shown, TownNamed } from './rules.ts'

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
  partly: Partly | null
  /** A town among the words, where no place was asked. */
  town: TownNamed | null
}>

// Where fewer than these say just that, what says the same in other words is brought in.
const few = 10

/** The services that somebody looks for, best first. */
export async function findServices(db: Db, asked: Seeking): Promise<Answer> {
  const { area, wanted, now, page, published = false } = asked
  const around = wanted.place === null ? null : await findAround(db, area, wanted.place)
  const named = wanted.words === null || around ? [] : await listTownsIn(db, area, wanted.words)
  const towns = named.map((town) => town.toLowerCase())
  const looking = { sifting: { area, wanted, around, towns, now, published, for: asked.for ?? null }, page }
  const none = {
    hits: [],
    count: 0,
    around,
    shownFor: null,
    inOtherWords: false,
    partly: null,
    town: townIn(wanted, named),
  }
  if (wanted.words === null) return { ...none, ...(await findHits(db, looking, noWords)) }
  const own = await listSameWords(db, area)
  const same = [...listSuppliedWords(), ...own.map(({ words }) => words)]
  const read = async (words: string) => {
    const sought = await readWords(db, same, words)
    return { sought, known: await listWordsOf(db, area, sought) }
  }
  const typed = await read(wanted.words)
  const found = await findForWords(db, looking, typed)
  if (found.count > 0) return { ...none, ...found }
  const right = wanted.exactly ? undefined : await findRightWords(db, { area, same, typed: wanted.words })
  const put = right === undefined ? typed : await read(right)
  const again = right === undefined ? found : await findForWords(db, looking, put)
  const shown = { ...none, ...again, shownFor: right ?? null }
  if (again.count > 0) return shown
  // Strangers are told of no word that only what is kept from them says.
  return published
    ? { ...none, ...found, ...(await findPartly(db, looking, typed)) }
    : { ...shown, ...(await findPartly(db, looking, put)) }
}

function townIn({ words }: Wanted, [town]: readonly string[]): Answer['town'] {
  return town === undefined || words === null ? null : { name: town, rest: wordsWithout(words, town) }
}

type Read = Readonly<{ sought: readonly Sought[]; known: Known }>

/** The services that say some of the words, where none says all of them: one look, and only then. */
async function findPartly(db: Db, looking: Looking, { sought, known }: Read) {
  const stems = new Map(sought.flatMap(({ each }) => each).map((one) => [one.stem, one]))
  const words = [...stems.values()].map((one): OneWord => ({ ...one, services: meant(known, one.stem).services }))
  if (words.length < 2 || words.every(({ services }) => services === 0)) return {}
  const { hits, count, all } = await findAmong(db, looking, {
    candidates: listPartly(looking.sifting, words),
    isPartly: true,
  })
  const says = hits.map(({ says: bits, ...hit }) => ({ ...hit, says: wordsIn(words, bits) }))
  // Whether a service that is kept back says a word is told to nobody: a word counts that something shown here says.
  const { said } = wordsIn(words, all)
  const partly = words.map((one) => (said.includes(one.word) ? one : { ...one, services: 0 }))
  return count === 0 ? {} : { hits: says, count, partly }
}

type Looking = Readonly<{ sifting: Sifting; page: number }>

async function findForWords(db: Db, looking: Looking, read: Read) {
  if (read.sought.length === 0) return { hits: [], count: 0, inOtherWords: false }
  const { wanted } = looking.sifting
  const asked = { ...read, wide: false, before: [] }
  const page = async () => ({ ...(await findHits(db, looking, asked)), inOtherWords: false })
  if (wanted.exactly || read.sought.every(({ others }) => others.length === 0)) return page()
  const just = await findHits(db, { ...looking, page: 1 }, asked)
  if (just.count >= few) return looking.page === 1 ? { ...just, inOtherWords: false } : page()
  const before = just.hits.map(({ id, found, miles }) => ({ id, tier: tierOf(found), miles }))
  const wide = await findHits(db, looking, { ...asked, wide: true, before })
  return { ...wide, inOtherWords: wide.count > just.count }
}

const noWords = { sought: [], known: new Map(), wide: false, before: [] }

async function findHits(db: Db, looking: Looking, asked: Asked) {
  const { sifting } = looking
  const reach = asked.sought.length === 0 ? await findReach(db, sifting) : undefined
  const found = () => findAmong(db, looking, { candidates: listCandidates(sifting, asked, reach), isPartly: false })
  const decide = asked.sought.length > 0 && !isByRarest(asked) && findOneStem(asked) === undefined
  const { hits, count } = await (decide ? planningForValues(db, found) : found())
  return { hits: hits.map(({ says: _says, ...hit }): Hit => hit), count }
}

type Among = Readonly<{ candidates: RawBuilder<unknown>; isPartly: boolean }>
type Row = Readonly<{
  id: string
  tier: number
  miles: number | null
  says: number
  here: boolean
  total: number
  all: number
}>

/** Puts what comes into question in order, after each was looked at closely. */
async function findAmong(db: Db, { sifting, page }: Looking, { candidates, isPartly }: Among) {
  const { area, wanted } = sifting
  const { rows } = await sql<Row>`
    select service.id, found.tier, found.miles, ${isPartly ? sql`found.says` : sql`0`} as says,
      ${isHere(sifting) ?? sql`false`} as here, count(*) over ()::integer as total,
      ${isPartly ? sql`bit_or(found.says) over ()` : sql`0`} as "all"
    from (${candidates}) as found
    join services.service on service.area = ${area} and service.id = found.service
    where ${isFitting(sifting)}
    order by ${orderOf(sifting, isPartly)}
    limit ${perPage} offset ${(page - 1) * perPage}`.execute(db)
  const hits = rows.map(({ total: _total, all: _all, tier, ...hit }) => ({ ...hit, found: foundIn(wanted, tier) }))
  const [first] = rows
  return { hits, count: Math.min(first?.total ?? 0, mostFound + 1), all: first?.all ?? 0 }
}

const tiers: Readonly<Record<number, Found>> = Object.fromEntries(
  (['name', 'called', 'text'] as const).map((found) => [fitting.own[found], found]),
)
const tierOf = (found: Found | null) =>
  found === null || found === 'meaning' ? fitting.other.text : fitting.own[found]
const foundIn = ({ words }: Wanted, tier: number): Found | null => (words === null ? null : (tiers[tier] ?? 'meaning'))

// Whatever the order, nobody can be sent to a service that is not open: these stand at the end. Around a place, what is given
// in it comes first, then what is near by the mile, then what comes to everybody by phone or online.
function orderOf({ wanted, around, now }: Sifting, isPartly: boolean) {
  const [last, name] = [
    sql`case when ${isStanding('open', dayOf(now))} then 0 else 1 end`,
    sql`service.name_key, service.id`,
  ]
  const most = isPartly ? sql`found.tier / ${sql.lit(wordsSaid)} desc, ` : sql``
  const mile = around ? sql`round(found.miles), ` : sql``
  const orders = {
    best: sql`${last}, ${most}here desc, ${mile}found.tier desc, found.miles, ${name}`,
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
