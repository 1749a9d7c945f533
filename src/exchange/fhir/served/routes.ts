import { dayOf } from '#platform/dates.ts'
import type { Inside } from '#platform/fhir/bearer.ts'
import { type Asking, refuse } from '#platform/fhir/doors.ts'
import { fhirPath, type Scope } from '#registers/clients/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { listThoseTold } from '#journey/referrer/store.ts'
import { patientOf, serviceRequestOf, taskOf } from '#exchange/fhir/shown/rules.ts'
import { type At, everything, foundIn, idRead, pageOf } from '#exchange/fhir/searched/rules.ts'
import { pageOfHanging, readSearch, type Search } from '#exchange/fhir/searched/rules.ts'
import { healthcareServiceOf, organizationOf } from '#exchange/fhir/listed/rules.ts'
import { listListedOrganisations, listListedServices } from '#exchange/fhir/listed/store.ts'
import { type Allowed, type AllowedKind, allowedOf, hearsOfSupport, severalOf } from '#exchange/fhir/allowed/rules.ts'
import { listAttended, listPlansShown } from '#exchange/fhir/allowed/store.ts'
import { listAsked, readAsked } from '#exchange/fhir/asked/import.ts'
import { writeRead } from '#exchange/fhir/edge/import.ts'
import { answerScope, type Kind, kinds, readScope, searches, type SentKind } from '#exchange/fhir/edge/rules.ts'
import { listShown, type Own } from '#exchange/fhir/edge/store.ts'
import { noteAnswersOf } from '#exchange/fhir/shown-note/rules.ts'
import { listSentNotes } from '#exchange/fhir/shown-note/store.ts'

type Here = Inside<Readonly<{ id: string; organisation: string; kind: OrganisationKind; scopes: readonly Scope[] }>>

/** The addresses, and the way to run something as the system whose token is shown. */
type Reading = Readonly<{
  get: (path: string, work: (asking: Asking) => Promise<object>) => void
  inside: (asking: Asking, scope: Scope | null, work: (here: Here) => Promise<object>) => Promise<object>
  origin: string
}>

/** What a system reads: what it sent itself, how it goes on as far as each person allows, and the open registers. */
export function fhirReads(reading: Reading): void {
  for (const kind of kinds) {
    reading.get(`/${kind}`, (asking) => searchFor(reading, asking, kind))
    reading.get(`/${kind}/:id`, (asking) => readOne(reading, asking, kind))
  }
}

function searchFor({ inside, origin }: Reading, asking: Asking, kind: Kind): Promise<object> {
  return inside(asking, scopeFor(kind), async (here) => {
    const { query } = asking
    const search = readSearch(query, searches[kind])
    if ('problem' in search) return refuse(400, 'value', search.problem)
    const { resources, next } = await listOf(here, { kind, search, origin })
    return foundIn({ kind, address: `${origin}${fhirPath}`, query, next }, resources)
  })
}

function readOne({ inside, origin }: Reading, asking: Asking, kind: Kind): Promise<object> {
  return inside(asking, scopeFor(kind), async (here) => {
    // Checked: the address has this part.
    const { id } = asking.request.params as Readonly<{ id: string }>
    const asked = idRead(id)
    const found = asked && (await listOf(here, { kind, origin, search: { ...everything, ...asked, count: 1 } }))
    const one = found?.resources[0] ?? refuse(404, 'not-found', `There is no ${kind} of yours with this id`)
    const version = one.meta?.versionId
    if (version !== undefined) asking.reply.header('etag', `W/"${version}"`)
    return one
  })
}

// Two scopes open a Task, each to other ones: which of them a token has is looked at where they are listed.
const scopeFor = (kind: Kind): Scope | null => (kind === 'Task' ? null : readScope(kind))

type Meta = Readonly<{ profile?: readonly string[]; lastUpdated?: string; versionId?: string }>
type Resource = Readonly<{ id: string; meta?: Meta }>
type Listing = Readonly<{ resources: readonly Resource[]; next: At | undefined }>
type Looking = Readonly<{ kind: Kind; search: Search; origin: string }>

const several: readonly string[] = [...severalOf, 'QuestionnaireResponse']

/** A page of a kind; nothing where the id that is looked for is none of this kind. */
async function listOf(here: Here, { kind, search, origin }: Looking): Promise<Listing> {
  const isOne = search.id === null || (search.part !== null) === several.includes(kind)
  return isOne ? listed[kind](here, search, origin) : { resources: [], next: undefined }
}

/** How each kind is looked for: a page of it, and from where the next one goes on. */
const listed: Readonly<Record<Kind, (here: Here, search: Search, origin: string) => Promise<Listing>>> = {
  ServiceRequest: sent('ServiceRequest'),
  Task: tasks,
  Patient: sent('Patient'),
  QuestionnaireResponse: sentNotes(),
  EpisodeOfCare: allowed('EpisodeOfCare'),
  Consent: allowed('Consent'),
  Communication: allowed('Communication'),
  CarePlan: allowed('CarePlan'),
  Goal: allowed('Goal'),
  Appointment: allowed('Appointment'),
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
const taken = ({ takenAt: at, id }: Own): At => ({ at, id })
const lookingIn = ({ area, bearer, now }: Here, search: Search) => ({
  ...{ area, organisation: bearer.organisation, today: dayOf(now), search },
})

const ownTasks = sent('Task')

/**
 * How what a system sent goes on, by one scope, and by the other what is asked of the services of its organisation: those
 * after these, each in an order of its own.
 */
async function tasks(here: Here, search: Search, origin: string): Promise<Listing> {
  const { scopes } = here.bearer
  const [isSender, isAsked] = [scopes.includes(readScope('Task')), scopes.includes(answerScope)]
  if (!isSender && !isAsked) return refuse(403, 'forbidden', `The token does not allow ${readScope('Task')}`)
  if (!isAsked && !mayBeSent(search)) return refuse(400, 'value', notOfThese)
  const own = isSender && mayBeSent(search) ? await ownTasks(here, search, origin) : nothing
  const isMore = own.next !== undefined || own.resources.length > 0
  if (!isAsked || search.patient !== null || search.focus !== null) return own
  if (!isMore) return search.id === null ? listAsked(here, search, origin) : asked(here, search.id, origin)
  return search.id === null && own.next === undefined ? { ...own, next: firstAsked } : own
}

const notOfThese =
  'How a referral goes on is not searched by code, identifier or _lastUpdated: _id, focus, patient, status'

/** What was sent has neither a code nor a reference of ours, and does not say when it changed. */
const mayBeSent = ({ code, identifier, from, before, after }: Search): boolean =>
  [code, identifier, from, before].every((one) => one === null) && after?.side === undefined

async function asked(here: Here, id: string, origin: string): Promise<Listing> {
  const task = await readAsked(here, { id, origin })
  return { resources: task ? [task] : [], next: undefined }
}

const nothing: Listing = { resources: [], next: undefined }

// Before everything that is asked.
const firstAsked: At = {
  ...{ at: Temporal.Instant.fromEpochMilliseconds(0), id: '00000000-0000-0000-0000-000000000000', side: 'open' },
}

/** What a system sent itself, and how it goes on as far as it may know. */
function sent(kind: SentKind) {
  return async (here: Here, search: Search, origin: string): Promise<Listing> => {
    const { db, area, bearer } = here
    const rows = await listShown(db, { area, organisation: bearer.organisation, search, kind })
    const { page, next } = pageOf(rows, search, taken)
    writeRead(here, kind, page)
    if (kind === 'Patient') return { resources: page.map(patientOf), next }
    if (kind === 'ServiceRequest') return { resources: page.map((one) => serviceRequestOf(one, origin)), next }
    const told = await listHeard(here, page)
    const all = page.flatMap((one) =>
      one.task === null ? [] : [taskOf({ ...one, task: one.task }, told.get(one.referral)?.told ?? [])],
    )
    const { status: wanted } = search
    return { resources: all.filter(({ status }) => wanted === null || wanted.includes(status)), next }
  }
}

async function listHeard({ db, area, bearer, now }: Here, page: readonly Own[]) {
  const referrals = page.map(({ referral }) => referral)
  const heard = await listThoseTold(db, { area, kind: bearer.kind, referrals }, now)
  return new Map(heard.map((one) => [one.id, one]))
}

type Hung = Readonly<{
  own: Own
  resources: readonly Readonly<{ id: string; meta: Readonly<{ lastUpdated: string }> }>[]
}>
type FindHung = (here: Here, page: readonly Own[], origin: string) => Promise<readonly Hung[]>

/** What hangs on the requests that a system sent, page by page: nothing, one thing or several on each. */
function hanging(kind: Kind, find: FindHung) {
  return async (here: Here, search: Search, origin: string): Promise<Listing> => {
    const { organisation } = here.bearer
    // When it changed is not when the request did.
    const asked = { ...search, from: null, before: null }
    const looking = { area: here.area, organisation, search: asked, kind: 'ServiceRequest' } as const
    const { page, next } = pageOf(await listShown(here.db, looking), search, taken)
    const all = (await find(here, page, origin)).flatMap(({ own, resources }) =>
      resources
        .toSorted((first, second) => (first.id < second.id ? -1 : 1))
        .map((resource) => ({ own, on: taken(own), resource })),
    )
    const shown = pageOfHanging(all, search, next)
    writeRead(
      here,
      kind,
      shown.page.map(({ own }) => own),
    )
    return { resources: shown.page.map(({ resource }) => resource), next: shown.next }
  }
}

/** What the person of a request lets its sender know beyond that it arrived. */
function allowed(kind: AllowedKind) {
  return hanging(kind, async (here, page) => {
    const opened = await listAllowed(here, page, kind)
    return opened.map((one) => ({ own: one.own, resources: allowedOf[kind](one.allowed) }))
  })
}

/** The fit notes that a system sent itself, of requests that were not taken back. */
function sentNotes() {
  return hanging('QuestionnaireResponse', async ({ db, area, bearer: { organisation } }, page, origin) => {
    const standing = page.filter(({ withdrawnAt }) => withdrawnAt === null)
    const notes = await listSentNotes(db, { area, organisation, requests: standing.map(({ id }) => id) })
    const of = Map.groupBy(notes, ({ request }) => request)
    const fhirAt = `${origin}${fhirPath}`
    return standing.map((own) => ({
      own,
      resources: (of.get(own.id) ?? []).map((note) => noteAnswersOf(note, { patient: own.patient, fhirAt })),
    }))
  })
}

type Opened = Readonly<{ own: Own; allowed: Allowed }>

/** The requests of which more may be known, with what that is: none that its sender has taken back. */
async function listAllowed(here: Here, page: readonly Own[], kind: AllowedKind): Promise<Opened[]> {
  const { db, area, bearer, now } = here
  const heard = await listHeard(here, page)
  const of = page.flatMap(({ id: request, referral }) => {
    const { under, episode = null } = heard.get(referral) ?? {}
    return under && episode !== null && hearsOfSupport(under) ? [{ request, episode }] : []
  })
  const looking = { area, of, before: now.subtract({ hours: 1 }) }
  const plans = kind === 'CarePlan' || kind === 'Goal' ? await listPlansShown(db, looking) : undefined
  const attended = kind === 'Appointment' ? await listAttended(db, looking) : undefined
  return page.flatMap((own) => {
    const { under, told = [] } = heard.get(own.referral) ?? {}
    if (under === undefined || own.withdrawnAt !== null) return []
    const support = { plan: plans?.get(own.id), attended: attended?.get(own.id) ?? [] }
    return [{ own, allowed: { ...own, ...support, under, told, organisation: bearer.organisation } }]
  })
}
