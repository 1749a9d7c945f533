import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dayOf } from '#platform/dates.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { idFrom } from '#platform/ids.ts'
import { limits } from '#platform/machine/limits/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { listPlaceNames } from '#registers/places/store.ts'
import { weekdays } from '#registers/listing/rules.ts'
import {
  atLocationItem,
  atLocationWhole,
  standardSpoken,
  largestPage,
  pageOf,
  placesServed,
  serviceItem,
  serviceWhole,
  taxonomyItem,
  termItem,
  usualPage,
} from './rules.ts'
import {
  type Filters,
  findKey,
  type Key,
  listAtLocations,
  listKeys,
  listPlacesOf,
  listPublished,
  listTaxonomies,
  listTerms,
  listTermsOf,
  type Reach,
} from './store.ts'

type Doors = Readonly<{ databases: Databases; origin: string; now: () => Temporal.Instant }>
type Asked = Readonly<{ db: Db; reach: Reach; query: Query; id: string; today: Temporal.PlainDate }>
/** What is answered; undefined where there is nothing of this id. */
type Work = (asked: Asked) => Promise<object | undefined>

const base = '/open-referral/v3'
const isId = (id: string) => z.uuid().safeParse(id).success

/** The open directory for other systems: Open Referral UK 3.0, for one area or for the whole installation, without a key. */
export function openReferralDoors(fastify: FastifyInstance, doors: Doors): void {
  const answers: Readonly<Record<string, Work>> = {
    '': async () => standardSpoken(doors.origin),
    '/services': listServices,
    '/services/:id': findService,
    '/service_at_locations': listServiceAtLocations,
    '/service_at_locations/:id': findServiceAtLocation,
    '/taxonomies': async ({ db, reach, query }) => pageIn((await listTaxonomies(db, reach)).map(taxonomyItem), query),
    '/taxonomies/:id': findTaxonomy,
    '/taxonomy_terms': async ({ db, reach, query }) => pageIn((await listTerms(db, reach)).map(termItem), query),
    '/taxonomy_terms/:id': async ({ db, reach, id }) =>
      (await listTerms(db, reach)).filter((term) => term.id === id).map(termItem)[0],
  }
  for (const [path, work] of Object.entries(answers))
    for (const before of ['', '/in/:area']) {
      const limit = { rateLimit: { max: 600, timeWindow: '1 minute' } }
      fastify.get(
        `${before}${base}${path}`,
        { config: limit, handlerTimeout: limits.seconds * 1_000 },
        (request, reply) => answer(doors, work, request, reply),
      )
      // A page of another site that sends a header of its own asks first whether it may.
      fastify.options(`${before}${base}${path}`, { config: limit }, (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-origin', '*')
          .header('access-control-allow-methods', 'GET')
          .header('access-control-allow-headers', '*')
          .header('access-control-max-age', '86400')
          .send(),
      )
    }
}

async function answer(doors: Doors, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // Checked: Fastify types the parts of an address as unknown; they are always strings.
  const { area, id = '' } = request.params as Readonly<Record<string, string | undefined>>
  const query = read(request.query)
  reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
  const asked = { reach: { area }, query, id, today: dayOf(doors.now()) }
  const there = area === undefined || /^[a-z0-9-]{2,40}$/.test(area)
  const said = there && (id === '' || isId(id)) ? await within(doors.databases, { work, asked }) : undefined
  if (said === undefined) return reply.code(404).send({ error: 'There is nothing at this address' })
  const body = JSON.stringify(said)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  reply.header('cache-control', 'public, max-age=300').header('etag', etag)
  if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}

type Inside = Readonly<{ work: Work; asked: Omit<Asked, 'db'> }>

/** Reads what is published: an area's own rows within the area, those of all without one. */
async function within(databases: Databases, { work, asked }: Inside): Promise<object | undefined> {
  const { area } = asked.reach
  if (area === undefined) return databases.national((db) => work({ db, ...asked }))
  return databases
    .databaseFor(area)
    .transaction(async (db) => ((await findArea(db, area)) ? work({ db, ...asked }) : undefined))
}

const number = z.string().trim().min(1).pipe(z.coerce.number()).nullable().catch(null)
const written = z.string().trim().min(1).max(200).nullable().catch(null)
const uuid = z.uuid().nullable().catch(null)
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
  .nullable()
  .catch(null)
const whole = (usual: number, most: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .catch(usual)
    .transform((given) => Math.min(given, most))

// What cannot be read is as if it had not been said, as the standard has it for what it does not know.
const parameters = z.object({
  ...{ page: whole(1, 10_000_000), per_page: whole(usualPage, largestPage), search: written },
  ...{ taxonomy_term_id: uuid, taxonomy_id: uuid, organization_id: uuid, modified_after: written },
  ...{ minimum_age: number, maximum_age: number, day: written, start_time: clock, end_time: clock },
  ...{ postcode: written, proximity: number, full: z.literal('true').optional().catch(undefined) },
})

type Query = Readonly<{ page: number; perPage: number; isFull: boolean; filters: Filters }>

function read(given: unknown): Query {
  const said = parameters.parse(given)
  const day = Object.entries(weekdays).find(([, { code }]) => said.day?.toUpperCase().startsWith(code))
  return {
    ...{ page: said.page, perPage: said.per_page, isFull: said.full === 'true' },
    filters: {
      ...{ search: said.search, term: said.taxonomy_term_id, taxonomy: said.taxonomy_id },
      ...{ organization: said.organization_id, modifiedAfter: momentIn(said.modified_after) },
      ...{ minimumAge: said.minimum_age, maximumAge: said.maximum_age, day: day ? Number(day[0]) : null },
      ...{ startTime: said.start_time, endTime: said.end_time, postcode: said.postcode, metres: said.proximity },
    },
  }
}

function momentIn(text: string | null): Temporal.Instant | null {
  const found = z.iso.datetime({ offset: true }).or(z.iso.date()).safeParse(text)
  if (!found.success) return null
  return Temporal.Instant.from(found.data.length === 10 ? `${found.data}T00:00:00Z` : found.data)
}

function pageIn<Item>(all: readonly Item[], { page, perPage }: Query) {
  const shown = all.slice((page - 1) * perPage, page * perPage)
  return pageOf(shown, { page, perPage, total: all.length })
}

const listServices: Work = async ({ db, reach, query, today }) => {
  const { keys, total } = await listKeys(db, reach, query.filters, { of: 'services', ...query })
  const contents = query.isFull
    ? (await listWhole(db, keys)).map((one) => serviceWhole(one, today, idFrom))
    : (await listPublished(db, keys)).map((one) => serviceItem(one, today))
  return pageOf(contents, { ...query, total })
}

const findService: Work = async ({ db, reach, id, today }) => {
  const key = await findKey(db, reach, id, 'services')
  const [found] = key ? await listWhole(db, [key]) : []
  return found && serviceWhole(found, today, idFrom)
}

const listServiceAtLocations: Work = async ({ db, reach, query, today }) => {
  const { keys, total } = await listKeys(db, reach, query.filters, { of: 'places', ...query })
  const places = await listAtLocations(db, keys)
  const services = await listPublished(
    db,
    places.map(({ area, service }) => ({ area, id: service })),
  )
  const byId = new Map(services.map((one) => [`${one.area} ${one.id}`, one]))
  const contents = places.flatMap(({ area, ...place }) => {
    const service = byId.get(`${area} ${place.service}`)
    return service ? [atLocationItem(place, service, today)] : []
  })
  return pageOf(contents, { ...query, total })
}

const findServiceAtLocation: Work = async ({ db, reach, id, today }) => {
  const key = await findKey(db, reach, id, 'places')
  const [place] = key ? await listAtLocations(db, [key]) : []
  const [service] = place ? await listWhole(db, [{ area: place.area, id: place.service }]) : []
  return place && service && atLocationWhole(place, service, today, idFrom)
}

const findTaxonomy: Work = async ({ db, reach, id }) => {
  const found = (await listTaxonomies(db, reach)).find((one) => one.id === id)
  const terms = found ? await listTerms(db, reach) : []
  const own = terms.filter(({ taxonomy }) => taxonomy === id).map(termItem)
  return found && { ...taxonomyItem(found), taxonomy_terms: own }
}

async function listWhole(db: Db, keys: readonly Key[]) {
  const [services, terms, places] = await Promise.all([
    listPublished(db, keys),
    listTermsOf(db, keys),
    listPlacesOf(db, keys),
  ])
  const names = await listPlaceNames(db, placesServed(services))
  return services.map((one) => ({ ...one, names, terms: terms.get(one.id) ?? [], places: places.get(one.id) ?? [] }))
}
