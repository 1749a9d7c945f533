import type { Db } from '#platform/database/transaction.ts'
import { type Filters, listAtLocations, listKeys, listPublished } from '#exchange/open-referral/store.ts'
import { findServices, listFound } from '#registers/seeking/store.ts'
import { anything } from '#registers/sifting/rules.ts'
import type { Question } from './busy.ts'
import { kinds, towns, words } from './made-up-services.ts'

const nothing: Filters = {
  ...{ search: null, term: null, taxonomy: null, organization: null, modifiedAfter: null, minimumAge: null },
  ...{ maximumAge: null, day: null, startTime: null, endTime: null, postcode: null, metres: null },
}

type Narrowing = Readonly<{ by: string; filters: (place: number) => Partial<Filters> }>

const postcode = (place: number) => `${towns[place % towns.length]?.outward ?? 'M1'} 1AA`

const narrowings: readonly Narrowing[] = [
  { by: 'all of them', filters: () => ({}) },
  { by: 'a word', filters: (place) => ({ search: words[place % 12] ?? null }) },
  { by: 'a kind', filters: (place) => ({ term: kinds[place % kinds.length] ?? null }) },
  { by: 'open on Mondays from nine', filters: () => ({ day: 1, startTime: '09:00' }) },
  { by: 'within five miles', filters: (place) => ({ postcode: postcode(place), metres: 8_000 }) },
  { by: 'for adults', filters: () => ({ minimumAge: 18 }) },
]

/** What is read beside what coaches look for: what everybody finds without signing in, and what other systems read. */
export function otherLists(area: string): Question[] {
  return [
    { what: 'near you: a word, without signing in', scope: area, ask: (db, place) => nearYou(db, area, place) },
    ...(['services', 'places'] as const).flatMap((of) =>
      [area, undefined].flatMap((scope) =>
        narrowings.map(({ by, filters }): Question => ({
          what: `other systems: ${of === 'services' ? 'services' : 'services at locations'}, ${scope ? 'of the area' : 'of all areas'}, ${by}`,
          ...{ scope, ask: (db, place) => openList(db, { of, scope, filters: { ...nothing, ...filters(place) } }) },
        })),
      ),
    ),
  ]
}

async function nearYou(db: Db, area: string, place: number): Promise<number> {
  const wanted = { ...anything, words: words[place % 12] ?? null, place: towns[place % towns.length]?.outward ?? null }
  const now = Temporal.Instant.from('2026-01-06T10:30:00Z')
  const { hits, count } = await findServices(db, { area, wanted, now, page: 1, published: true })
  await listFound(db, { area, published: true }, hits)
  return count
}

type Open = Readonly<{ of: 'services' | 'places'; scope: string | undefined; filters: Filters }>

async function openList(db: Db, { of, scope, filters }: Open): Promise<number> {
  const { keys, total } = await listKeys(db, { area: scope }, filters, { of, page: 1, perPage: 50 })
  if (of === 'services') await listPublished(db, keys)
  else await listAtLocations(db, keys)
  return total
}
