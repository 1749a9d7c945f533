import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  choices,
  codes,
  id,
  optionalChoice,
  optionalDay,
  optionalText,
  optionalWholeNumber,
  text,
  tick,
  version,
} from '#platform/form/fields.ts'
import type { Typed } from '#platform/form/rules.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { findNames, findOwnerByName, findService } from '#registers/directory/store.ts'
import {
  accesses,
  capacities,
  costs,
  emptyListing,
  type Listing,
  referralWays,
  workStandings,
} from '#registers/listing/rules.ts'
import { type Location, type Saying, supportKinds } from '#registers/services/rules.ts'
import { saveListings, saveLocations, saveOwners } from '#registers/services/store.ts'
import { ServiceForm } from './pages/form.tsx'
import { LocationForm } from './pages/location.tsx'
import { StandingForm } from './pages/standing.tsx'
import {
  deciders,
  listingFrom,
  mayOf,
  problemsWith,
  problemsWithStanding,
  proposers,
  standingChanges,
  withStanding,
} from './rules.ts'
import { saveProposals } from './store.ts'

const long = 1000
const fields = {
  ...{ id: id(), name: text('Enter the name of the service'), summary: text('Say what it does', long) },
  ...{ owner: text('Enter who runs it'), kinds: choices(supportKinds), foundBy: optionalText() },
  ...{ url: optionalText(), email: optionalText(), phones: optionalText(long), contact: optionalText() },
  ...{ leastAge: optionalWholeNumber(0, 120), mostAge: optionalWholeNumber(0, 120), work: choices(workStandings) },
  ...{ eligibility: optionalText(long), ways: choices(referralWays), howToRefer: optionalText(long) },
  ...{ languages: optionalText(), cost: choice(costs, 'Select what it costs the person'), prices: optionalText(long) },
  ...{ openings: optionalText(long), hours: optionalText(), served: optionalText(), locations: codes() },
  ...{ waitWeeks: optionalWholeNumber(0, 260), capacity: optionalChoice(capacities), validFrom: optionalDay() },
  ...{ notice: optionalText(), source: optionalText(), staffOnly: tick(), checked: tick(), note: optionalText() },
}

/** Says what the directory should say of services: at once by those who decide, as a proposal by others. */
export async function proposingRoutes(app: App): Promise<void> {
  addRoutes(app)
  changeRoutes(app)
  standingRoutes(app)
  locationRoutes(app)
}

function addRoutes(app: App): void {
  const rule = { who: proposers, draft: 'service-new' } as const
  const shown = { service: undefined, listing: emptyListing, owner: '', locations: {} }
  app.get('/services/new', rule, async ({ actor, form }, reply) =>
    reply.page(<ServiceForm {...shown} {...form} id={idIn(form.typed)} decides={mayOf(actor.role).decide} />),
  )
  app.post('/services/new', { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, form, today } = request
    const problems = form.ok ? problemsWith(form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed), decides: mayOf(actor.role).decide }
      return reply.code(422).page(<ServiceForm {...shown} {...state} />)
    }
    const { id: service, owner: runBy, note, ...typed } = form.value
    const owner = await ownerNamed(db, sayingOf(request), runBy)
    const listing = listingFrom(typed, { before: emptyListing, owner, today })
    const said = { id: service, service, version: 0, listing, note }
    if (await say(request, said)) return reply.redirect(`/services/${service}`, 303)
    const isThere = (await findService(db, area, service)) !== undefined
    return reply.redirect(isThere ? `/services/${service}` : '/services/proposals', 303)
  })
}

function changeRoutes(app: App): void {
  const rule = { who: proposers, draft: 'service-change' } as const
  app.get('/services/:service/change', rule, async ({ db, area, actor, params, form }, reply) => {
    const shown = await shownFor(db, area, params.service)
    return reply.page(<ServiceForm {...shown} {...form} id={idIn(form.typed)} decides={mayOf(actor.role).decide} />)
  })
  const form = { ...fields, version: version() }
  app.post('/services/:service/change', { ...rule, form }, async (request, reply) => {
    const { db, area, actor, form, today, params } = request
    const shown = await shownFor(db, area, params.service)
    const again = { ...shown, typed: form.typed, id: idIn(form.typed), decides: mayOf(actor.role).decide }
    const problems = form.ok ? problemsWith(form.value) : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<ServiceForm {...again} problems={problems} />)
    const { id: proposal, owner: runBy, note, version: seen, ...typed } = form.value
    if (seen !== shown.service.version) return reply.code(409).page(<ServiceForm {...again} problems={[]} />)
    const owner = await ownerNamed(db, sayingOf(request), runBy)
    const listing = listingFrom(typed, { before: shown.listing, owner, today })
    await say(request, { id: proposal, service: params.service, version: seen, listing, note })
    return reply.redirect(`/services/${params.service}`, 303)
  })
}

function standingRoutes(app: App): void {
  const rule = { who: deciders } as const
  const what = choice(standingChanges, 'Select what you want to do')
  const form = { what, from: optionalDay(), until: optionalDay(), notice: optionalText(), version: version() }
  app.get('/services/:service/standing', rule, async ({ db, area, today, params }, reply) => {
    const { service, listing } = await shownFor(db, area, params.service)
    return reply.page(<StandingForm {...blank} {...service} {...{ listing, today }} />)
  })
  app.post('/services/:service/standing', { ...rule, form }, async (request, reply) => {
    const { db, area, form, today, params } = request
    const { service, listing } = await shownFor(db, area, params.service)
    const again = { ...service, listing, today, typed: form.typed }
    const problems = form.ok ? problemsWithStanding(form.value, today) : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<StandingForm {...again} problems={problems} />)
    const { version: seen, ...typed } = form.value
    if (seen !== service.version) return reply.code(409).page(<StandingForm {...again} problems={[]} />)
    const said = { listing: withStanding(listing, typed, today), note: null, version: seen }
    await say(request, { ...said, id: newId(), service: service.id })
    return reply.redirect(`/services/${service.id}`, 303)
  })
}

function locationRoutes(app: App): void {
  const rule = { who: proposers } as const
  const form = {
    ...{ id: id(), name: text('Enter the name of the building'), address: optionalText(long), county: optionalText() },
    ...{ town: text('Enter the town'), postcode: optionalText(), access: choices(accesses) },
    ...{ accessWords: optionalText(), staffOnly: tick() },
  }
  app.get('/services/:service/locations/new', rule, async ({ db, area, params }, reply) => {
    const { service } = await shownFor(db, area, params.service)
    return reply.page(<LocationForm {...blank} service={service} id={newId()} />)
  })
  app.post('/services/:service/locations/new', { ...rule, form }, async (request, reply) => {
    const { db, area, form, params } = request
    const { service, listing } = await shownFor(db, area, params.service)
    const postcode = form.ok && form.value.postcode !== null ? writtenPostcode(form.value.postcode) : null
    const wrong = postcode === undefined ? [{ field: 'postcode', message: 'Enter a full postcode, like M14 5AA' }] : []
    const problems = form.ok ? wrong : form.problems
    if (!form.ok || postcode === undefined) {
      const state = { problems, typed: form.typed, id: idIn(form.typed) }
      return reply.code(422).page(<LocationForm {...state} service={service} />)
    }
    const { id: location, address, ...rest } = form.value
    const lines = (address ?? '').split('\n').flatMap((line) => line.trim() || [])
    const place: Location = { ...rest, address: lines, postcode, kind: 'physical', latitude: null, longitude: null }
    await saveLocations(db, sayingOf(request), [{ id: location, version: 1, location: place }])
    const known = listing.locations.some((one) => one.location === location)
    const locations = known ? listing.locations : [...listing.locations, { id: newId(), location }]
    const said = { listing: { ...listing, locations }, note: null, version: service.version }
    await say(request, { ...said, id: newId(), service: service.id })
    return reply.redirect(`/services/${service.id}`, 303)
  })
}

type Request = Readonly<{
  db: Db
  area: string
  actor: Actor
  now: Temporal.Instant
  act(what: string, of: object): Promise<void>
  flash(text: string): void
}>

type SaidNow = Readonly<{ id: string; service: string; version: number; listing: Listing; note: string | null }>

const sayingOf = ({ area, actor, now }: Request): Saying => ({
  ...{ area, cameFrom: 'member', source: null, note: null, by: actor.membership, at: now },
})

/** Says it in the directory where the member decides, or puts it before those who do; whether it stands there now. */
async function say(
  request: Request,
  { id: proposal, service, version: seen, listing, note }: SaidNow,
): Promise<boolean> {
  const { db, area, actor, now } = request
  const from = { area, cameFrom: 'member', by: actor.membership, at: now }
  if (!mayOf(actor.role).decide) {
    await saveProposals(db, from, [{ id: proposal, service, base: seen, listing, note }])
    await request.act('service.proposed', { subject: service })
    request.flash('Your proposal was sent. It stands in the directory once it has been accepted.')
    return false
  }
  const there = await findService(db, area, service)
  const origin = originOf(there?.origin)
  const saved = await saveListings(db, { ...sayingOf(request), note }, [
    { id: service, version: seen + 1, listing, origin },
  ])
  await request.act(seen === 0 ? 'service.added' : 'service.changed', {
    subject: service,
    codes: { version: seen + 1 },
  })
  request.flash(saved.has(service) ? 'Saved. What was said before stays in the history.' : changedMeanwhile)
  return saved.has(service)
}

const changedMeanwhile = 'Somebody has just changed this service. Look at it first.'
const originOf = (origin: string | undefined) => (origin === 'supplied' || origin === 'feed' ? origin : 'own')

async function ownerNamed(db: Db, saying: Saying, name: string): Promise<string> {
  const known = await findOwnerByName(db, saying.area, name)
  if (known) return known.id
  const owner = newId()
  await saveOwners(db, saying, [{ id: owner, version: 1, owner: { name, about: null, url: null, email: null } }])
  return owner
}

async function shownFor(db: Db, area: string, service: string) {
  const found = await findService(db, area, service)
  if (!found) throw new NotFound()
  const { owners, locations } = await findNames(db, area, [found.listing])
  return {
    service: { id: found.id, version: found.version, name: found.listing.name },
    listing: found.listing,
    owner: owners.get(found.listing.owner) ?? '',
    locations: Object.fromEntries([...locations].map(([place, label]) => [place, { label }])),
  }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
