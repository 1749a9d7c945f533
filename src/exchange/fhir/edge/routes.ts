import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { asBearer, asksForToken, enterWithToken, type Inside as Held } from '#platform/fhir/bearer.ts'
import { type Asking, fhirDoors, orRefuse, refuse } from '#platform/fhir/doors.ts'
import { readTakenBack, readTransaction, type SentReferral } from '#platform/fhir/transaction/rules.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { findSettings } from '#registers/areas/store.ts'
import { fhirPath, type Scope } from '#registers/clients/rules.ts'
import { findBearer, type SettingAside } from '#registers/clients/store.ts'
import { findOrganisation } from '#registers/organisations/store.ts'
import { listThoseTold } from '#journey/referrer/store.ts'
import type { Taken, Taking } from '#journey/referral/store.ts'
import type { Withdrawing } from '#journey/withdrawal/store.ts'
import { referralIn, routeOfSystem } from '#exchange/fhir/sent-bundle/rules.ts'
import { patientOf, serviceRequestOf, taskOf } from '#exchange/fhir/shown/rules.ts'
import { type AllowedKind, allowedOf } from '#exchange/fhir/allowed/rules.ts'
import { healthcareServiceOf, organizationOf } from '#exchange/fhir/listed/rules.ts'
import { listListedOrganisations, listListedServices } from '#exchange/fhir/listed/store.ts'
import {
  type At,
  everything,
  foundIn,
  isWithin,
  pageOf,
  readSearch,
  type Search,
} from '#exchange/fhir/searched/rules.ts'
import { answerTo, capability, type Kind, kinds, outcomeOf, readScope, searches } from './rules.ts'
import { type SentKind, smartConfiguration } from './rules.ts'
import { findShown, findTaken, holdReferral, listShown, type Own, saveTaken } from './store.ts'

type Doors = Readonly<{
  databases: Databases
  origin: string
  now: () => Temporal.Instant
  /** Takes a referral on the journey, in the transaction in which it came. */
  take: (db: Db, taking: Taking) => Promise<Taken>
  /** Takes a referral back, as whoever made it; false where that was done before. */
  withdraw: (db: Db, withdrawing: Withdrawing) => Promise<boolean>
  /** Sets requests of a minute aside for a system. */
  setAside: (db: Db, setting: SettingAside) => Promise<number>
}>

const [prefix, since] = [fhirPath, '2026-11-28']

// What one address may ask at most, whoever it says it is: each client has a limit of its own, which is the one that counts.
const mostByAddress = 120_000

/** Referrals of other systems as FHIR R4: taken in one transaction, and read back by the organisation that sent them. */
export function fhirEdge(fastify: FastifyInstance, doors: Doors): void {
  const inside: Inside = asBearer({ ...doors, findBearer })
  const enter = (request: FastifyRequest) => {
    if (request.url.split('?')[0] !== `${prefix}/metadata`) enterWithToken(request)
  }
  const front = { prefix, most: mostByAddress, enter, outcome: outcomeOf, always: asksForToken }
  fastify.get(`${prefix}/.well-known/smart-configuration`, () => smartConfiguration(doors.origin))
  fhirDoors(fastify, front, ({ get, post, put }) => {
    get('/metadata', () => capability(since, doors.origin))
    post('', (asking) => takeTransaction(doors, inside, asking))
    for (const kind of kinds) {
      get(`/${kind}`, (asking) => searchFor(doors, inside, { asking, kind }))
      get(`/${kind}/:id`, (asking) => readOne(doors, inside, { asking, kind }))
    }
    put('/ServiceRequest/:id', (asking) => takeBack(doors, inside, asking))
  })
}

type Here = Held<NonNullable<Awaited<ReturnType<typeof findBearer>>>>
type Inside = (asking: Asking, scope: Scope, work: (here: Here) => Promise<object>) => Promise<object>

function takeTransaction(doors: Doors, inside: Inside, asking: Asking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.c', async (here) => {
    const { db, area, bearer } = here
    const { resource, digest } = asking.body()
    const sent = orRefuse(readTransaction(resource))
    const called = { organisation: bearer.organisation, ...sent.identifier }
    await holdReferral(db, area, called)
    const before = await findTaken(db, area, called)
    if (!before) return takeNew(doors, here, { sent, digest })
    if (!sent.ifNone && !before.digest.equals(digest))
      refuse(409, 'duplicate', 'A referral with this identifier was taken before, and said something else')
    return answerTo(sent.entries, before, { fresh: false, at: before.takenAt })
  })
}

type Coming = Readonly<{ sent: SentReferral; digest: Buffer }>

async function takeNew({ take, origin }: Doors, { db, area, bearer, now }: Here, { sent, digest }: Coming) {
  const today = dayOf(now)
  const sender = await findOrganisation(db, area, bearer.organisation)
  const described = orRefuse(referralIn(sent, { organisation: sender?.name ?? '', today }))
  const { receivingOrganisation: holder } = await findSettings(db, area, today)
  if (holder === null) return refuse(503, 'transient', 'Nobody takes referrals here at the moment')
  const ids = { id: newId(), patient: newId(), task: sent.hasTask ? newId() : null }
  const [referral, route] = [newId(), routeOfSystem(bearer.kind)]
  const came = { area, id: referral, route, channel: 'system', receivedOn: today, today, by: null, now } as const
  const { isVerified, ...said } = described
  const taken = await take(db, { ...came, ...said, words: {}, holder, origin, proven: bearer.kind })
  const authoredAt = sent.request.authoredOn === undefined ? now : Temporal.Instant.from(sent.request.authoredOn)
  const called = { organisation: bearer.organisation, ...sent.identifier }
  const kept = { area, client: bearer.id, digest, referral, isVerified, authoredAt, takenAt: now }
  await saveTaken(db, { ...ids, ...called, ...kept })
  const codes = { route, channel: 'system', agreement: said.agreement, client: bearer.id }
  const of = { person: taken.person, subject: referral, codes, vouchesFor: said.answers.reason ?? '' }
  writeEntry(db, { area, by: undefined, happening: { ...of, kind: 'act', what: 'referral.received' }, at: now })
  return answerTo(sent.entries, ids, { fresh: true, at: now })
}

/** Takes a request back; sent again, or after it was taken back by another way, it is answered as it stands. */
function takeBack(doors: Doors, inside: Inside, asking: Asking): Promise<object> {
  return inside(asking, 'system/ServiceRequest.u', async (here) => {
    const { db, area, bearer, now } = here
    const found = await findOwn(here, asking, 'ServiceRequest')
    const { why } = orRefuse(readTakenBack(asking.body().resource, found.id))
    const { person, referral } = found
    const isFirst = await doors.withdraw(db, { area, referral, note: why, by: null, at: now })
    const codes = { client: bearer.id }
    const happening = { kind: 'act', what: 'referral.withdrawn', person, subject: referral, codes } as const
    if (isFirst) writeEntry(db, { area, by: undefined, happening, at: now })
    const withdrawnAt = found.withdrawnAt ?? now
    return serviceRequestOf({ ...found, withdrawnAt }, doors.origin)
  })
}

/** What the sender asks for by its id; refused where it is not theirs as where it is not there. */
async function findOwn({ db, area, bearer }: Here, asking: Asking, kind: SentKind): Promise<Own> {
  const id = idIn(asking)
  const { organisation } = bearer
  const found = id === undefined ? undefined : await findShown(db, { area, organisation }, { kind, id })
  return found ?? notThere(kind)
}

/** The id in the address, where it can be one. */
function idIn({ request }: Asking): string | undefined {
  // Checked: the address has this part.
  const { id = '' } = request.params as Readonly<{ id?: string }>
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.toLowerCase() : undefined
}

const notThere = (kind: Kind): never => refuse(404, 'not-found', `There is no ${kind} of yours with this id`)

type Looking = Readonly<{ asking: Asking; kind: Kind }>

function searchFor(doors: Doors, inside: Inside, { asking, kind }: Looking): Promise<object> {
  return inside(asking, readScope(kind), async (here) => {
    const { query } = asking
    const search = readSearch(query, searches[kind])
    if ('problem' in search) return refuse(400, 'value', search.problem)
    const { resources, next } = await listed[kind](here, search, doors.origin)
    return foundIn({ kind, address: `${doors.origin}${prefix}`, query, next }, resources)
  })
}

function readOne({ origin }: Doors, inside: Inside, { asking, kind }: Looking): Promise<object> {
  return inside(asking, readScope(kind), async (here) => {
    const id = idIn(asking)
    if (id === undefined) return notThere(kind)
    const { resources } = await listed[kind](here, { ...everything, id, count: 1 }, origin)
    return resources[0] ?? notThere(kind)
  })
}

type Resources = readonly Readonly<{ id: string }>[]
type Listing = Readonly<{ resources: Resources; next: At | undefined }>

/** How each kind is looked for: a page of it, and from where the next one goes on. */
const listed: Readonly<Record<Kind, (here: Here, search: Search, origin: string) => Promise<Listing>>> = {
  ServiceRequest: sent('ServiceRequest'),
  Task: sent('Task'),
  Patient: sent('Patient'),
  EpisodeOfCare: allowed('EpisodeOfCare'),
  Consent: allowed('Consent'),
  async Organization(here, search) {
    const { page, next } = pageOf(await listListedOrganisations(here.db, lookingIn(here, search)), search, changed)
    return { resources: page.map(organizationOf), next }
  },
  async HealthcareService(here, search) {
    const { page, next } = pageOf(await listListedServices(here.db, lookingIn(here, search)), search, changed)
    return { resources: page.map((one) => healthcareServiceOf(one, dayOf(here.now))), next }
  },
}

const changed = ({ changedAt: at, id }: Readonly<{ changedAt: Temporal.Instant; id: string }>): At => ({ at, id })
const lookingIn = ({ area, bearer, now }: Here, search: Search) => ({
  ...{ area, organisation: bearer.organisation, today: dayOf(now), search },
})

function sent(kind: SentKind) {
  return async (here: Here, search: Search, origin: string): Promise<Listing> => {
    const { db, area, bearer } = here
    const rows = await listShown(db, { area, organisation: bearer.organisation, search, kind })
    const { page, next } = pageOf(rows, search, ({ takenAt: at, id }) => ({ at, id }))
    return { resources: await resourcesOf(here, { page, kind, origin }), next }
  }
}

type Page = Readonly<{ page: readonly Own[]; kind: SentKind; origin: string }>

/** What of the sender's own is shown, each written down as read by this system. */
async function resourcesOf(here: Here, { page, kind, origin }: Page): Promise<Resources> {
  writeRead(here, kind, page)
  if (kind === 'Patient') return page.map(patientOf)
  if (kind === 'ServiceRequest') return page.map((one) => serviceRequestOf(one, origin))
  const told = await listHeard(here, page)
  return page.flatMap((one) =>
    one.task === null ? [] : [taskOf({ ...one, task: one.task }, told.get(one.referral)?.told ?? [])],
  )
}

function writeRead({ db, area, bearer, now: at }: Here, kind: Kind, seen: readonly Own[]): void {
  const codes = { client: bearer.id, resource: kind }
  for (const { person, referral: subject } of seen) {
    const happening = { kind: 'read', what: 'referral.read-back', person, subject, codes } as const
    writeEntry(db, { area, by: undefined, happening, at })
  }
}

async function listHeard({ db, area, bearer, now }: Here, page: readonly Own[]) {
  const referrals = page.map(({ referral }) => referral)
  const heard = await listThoseTold(db, { area, kind: bearer.kind, referrals }, now)
  return new Map(heard.map((one) => [one.id, one]))
}

/** What the person of a request lets its sender know beyond that it arrived: none of it once it was taken back. */
function allowed(kind: AllowedKind) {
  return async (here: Here, search: Search): Promise<Listing> => {
    const { db, area, bearer } = here
    const { organisation } = bearer
    // When it changed is not when the request did.
    const asked = { ...search, from: null, before: null }
    const rows = await listShown(db, { area, organisation, search: asked, kind: 'ServiceRequest' })
    const { page, next } = pageOf(rows, search, ({ takenAt: at, id }) => ({ at, id }))
    const heard = await listHeard(here, page)
    const shared = page.flatMap((own) => {
      const { under, told = [] } = heard.get(own.referral) ?? {}
      const resource = under && own.withdrawnAt === null && allowedOf[kind]({ ...own, under, told, organisation })
      return resource && isWithin(resource.meta.lastUpdated, search) ? [{ own, resource }] : []
    })
    writeRead(
      here,
      kind,
      shared.map(({ own }) => own),
    )
    return { resources: shared.map(({ resource }) => resource), next }
  }
}
