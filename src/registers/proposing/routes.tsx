import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  check,
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
import { blank, type Checked, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findNames, findOwnerByName, findService } from '#registers/directory/store.ts'
import { capacities, costs, emptyListing, type Listing, referralWays, workStandings } from '#registers/listing/rules.ts'
import { type Saying, supportKinds } from '#registers/services/rules.ts'
import { saveOwners } from '#registers/services/store.ts'
import { type FieldsProps, ListingFields } from './pages/fields.tsx'
import { ServiceForm } from './pages/form.tsx'
import { StandingForm } from './pages/standing.tsx'
import {
  becameWords,
  deciders,
  hoursAtIn,
  listingFrom,
  mayOf,
  problemsWith,
  problemsWithHours,
  problemsWithStanding,
  proposers,
  standingChanges,
  type TypedListing,
  withStanding,
} from './rules.ts'
import { listPlaceChoices, sayOrPropose } from './store.ts'

const long = 1000
const own = {
  ...{ name: text('Enter the name of the service'), summary: text('Say what it does', long) },
  ...{ kinds: choices(supportKinds), work: choices(workStandings), eligibility: optionalText(long) },
  ...{ url: optionalText(), email: optionalText(), phones: optionalText(long), contact: optionalText(300) },
  ...{ leastAge: optionalWholeNumber(0, 120), mostAge: optionalWholeNumber(0, 120) },
  ...{ ways: choices(referralWays), howToRefer: optionalText(long), languages: optionalText() },
  ...{ cost: choice(costs, 'Select what it costs the person'), prices: optionalText(long) },
  ...{ openings: optionalText(long), hours: optionalText(), served: optionalText(), places: codes() },
  ...{ locations: codes(), waitWeeks: optionalWholeNumber(0, 260), capacity: optionalChoice(capacities) },
  validFrom: optionalDay(),
}
const fields = {
  ...{ ...own, id: id(), owner: text('Enter who runs it'), foundBy: optionalText(), notice: optionalText() },
  ...{ source: optionalText(), staffOnly: tick(), checked: tick(), note: optionalText() },
}

/** The same form for whoever runs a service: without who runs it and what is for us, since they fill it in by a link. */
export const ownersForm = {
  read: (typed: Typed, before: Listing): Checked<TypedListing> => {
    const read = check(own, typed)
    if (!read.ok) return read
    const { foundBy, source, staffOnly, notice } = before
    const ours = { foundBy, source, staffOnly, notice, checked: true }
    const value = { ...read.value, ...ours, hoursAt: hoursAtIn(typed, before) }
    const problems = problemsWith(value)
    return problems.length > 0 ? { ok: false, problems, typed } : { ...read, value }
  },
  fields: (shown: Omit<FieldsProps, 'owner'>) => <ListingFields {...shown} />,
}

/** Says what the directory should say of services: at once by those who decide, as a proposal by others. */
export async function proposingRoutes(app: App): Promise<void> {
  addRoutes(app)
  changeRoutes(app)
  standingRoutes(app)
}

function addRoutes(app: App): void {
  const rule = { who: proposers, draft: 'service-new' } as const
  const shownTo = async ({ db, area, actor, today }: Pick<Request, 'db' | 'area' | 'actor' | 'today'>) => ({
    ...{ service: undefined, listing: emptyListing, owner: '', locations: {}, decides: mayOf(actor.role).decide },
    places: await listPlaceChoices(db, { area, listing: emptyListing, today }),
  })
  app.get('/services/new', rule, async (request, reply) =>
    reply.page(<ServiceForm {...await shownTo(request)} {...request.form} id={idIn(request.form.typed)} />),
  )
  app.post('/services/new', { ...rule, form: fields }, async (request, reply) => {
    const { db, area, form, today } = request
    const problems = form.ok
      ? problemsWith({ ...form.value, hoursAt: {} })
      : [...form.problems, ...problemsWithHours({ openings: openingsTyped(form.typed), hoursAt: {} })]
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed) }
      return reply.code(422).page(<ServiceForm {...await shownTo(request)} {...state} />)
    }
    const { id: service, owner: runBy, note, ...typed } = form.value
    const owner = await ownerNamed(db, sayingOf(request), runBy)
    const listing = listingFrom({ ...typed, hoursAt: {} }, { before: emptyListing, owner, today })
    const said = { id: service, service, version: 0, listing, note }
    if (await say(request, said)) return reply.redirect(`/services/${service}`, 303)
    const isThere = (await findService(db, area, service)) !== undefined
    return reply.redirect(isThere ? `/services/${service}` : '/services/proposals', 303)
  })
}

function changeRoutes(app: App): void {
  const rule = { who: proposers, draft: 'service-change' } as const
  app.get('/services/:service/change', rule, async (request, reply) => {
    const { actor, form } = request
    const shown = await shownFor(request, request.params.service)
    return reply.page(<ServiceForm {...shown} {...form} id={idIn(form.typed)} decides={mayOf(actor.role).decide} />)
  })
  const form = { ...fields, version: version() }
  app.post('/services/:service/change', { ...rule, form }, async (request, reply) => {
    const { db, actor, form, today, params } = request
    const shown = await shownFor(request, params.service)
    const hoursAt = hoursAtIn(form.typed, shown.listing)
    const again = { ...shown, typed: form.typed, id: idIn(form.typed), decides: mayOf(actor.role).decide }
    const problems = form.ok
      ? problemsWith({ ...form.value, hoursAt }, shown.locations)
      : [...form.problems, ...problemsWithHours({ openings: openingsTyped(form.typed), hoursAt }, shown.locations)]
    if (!form.ok || problems.length > 0) return reply.code(422).page(<ServiceForm {...again} problems={problems} />)
    const { id: proposal, owner: runBy, note, version: seen, ...typed } = form.value
    if (seen !== shown.service.version) return reply.code(409).page(<ServiceForm {...again} problems={[]} />)
    const owner = await ownerNamed(db, sayingOf(request), runBy)
    const listing = listingFrom({ ...typed, hoursAt }, { before: shown.listing, owner, today })
    await say(request, { id: proposal, service: params.service, version: seen, listing, note })
    return reply.redirect(`/services/${params.service}`, 303)
  })
}

function standingRoutes(app: App): void {
  const rule = { who: deciders } as const
  const what = choice(standingChanges, 'Select what you want to do')
  const form = { what, from: optionalDay(), until: optionalDay(), notice: optionalText(), version: version() }
  app.get('/services/:service/standing', rule, async (request, reply) => {
    const { service, listing } = await shownFor(request, request.params.service)
    return reply.page(<StandingForm {...blank} {...service} {...{ listing }} today={request.today} />)
  })
  app.post('/services/:service/standing', { ...rule, form }, async (request, reply) => {
    const { form, today, params } = request
    const { service, listing } = await shownFor(request, params.service)
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

type Request = Readonly<{
  db: Db
  area: string
  actor: Actor
  now: Temporal.Instant
  today: Temporal.PlainDate
  act(what: string, of: object): Promise<void>
  flash(text: string): void
}>

type SaidNow = Readonly<{ id: string; service: string; version: number; listing: Listing; note: string | null }>

const sayingOf = ({ area, actor, now }: Request): Saying => ({
  ...{ area, cameFrom: 'member', source: null, note: null, by: actor.membership, at: now },
})

/** Says it in the directory where the member decides, or puts it before those who do; whether it stands there now. */
async function say(request: Request, said: SaidNow): Promise<boolean> {
  const decides = mayOf(request.actor.role).decide
  const became = await sayOrPropose(request.db, { ...sayingOf(request), decides }, said)
  const what = !decides ? 'service.proposed' : said.version === 0 ? 'service.added' : 'service.changed'
  await request.act(what, { subject: said.service, codes: { version: said.version + 1 } })
  request.flash(becameWords[became])
  return became === 'stands'
}

async function ownerNamed(db: Db, saying: Saying, name: string): Promise<string> {
  const known = await findOwnerByName(db, saying.area, name)
  if (known) return known.id
  const owner = newId()
  await saveOwners(db, saying, [{ id: owner, version: 1, owner: { name, about: null, url: null, email: null } }])
  return owner
}

async function shownFor({ db, area, today }: Pick<Request, 'db' | 'area' | 'today'>, service: string) {
  const found = await findService(db, area, service)
  if (!found) throw new NotFound()
  const { owners, locations } = await findNames(db, area, [found.listing])
  return {
    service: { id: found.id, version: found.version, name: found.listing.name },
    listing: found.listing,
    owner: owners.get(found.listing.owner) ?? '',
    places: await listPlaceChoices(db, { area, listing: found.listing, today }),
    locations: Object.fromEntries([...locations].map(([place, label]) => [place, { label }])),
  }
}

const openingsTyped = (typed: Typed) => [typed['openings']].flat().at(-1) ?? null

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
