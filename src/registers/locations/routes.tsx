import { choices, id, optionalText, text, tick, type ValueOf } from '#platform/form/fields.ts'
import { blank, type Problem, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findService } from '#registers/directory/store.ts'
import { linesIn } from '#registers/typed-lines/rules.ts'
import { accesses } from '#registers/listing/rules.ts'
import { becameWords, mayOf, proposers } from '#registers/proposing/rules.ts'
import { sayOrPropose } from '#registers/proposing/store.ts'
import type { Location, Saying } from '#registers/services/rules.ts'
import { saveLocations } from '#registers/services/store.ts'
import { NewLocation } from './pages/form.tsx'

const fields = {
  ...{ name: text('Enter the name of the building'), address: optionalText(1000), county: optionalText() },
  ...{ town: text('Enter the town'), postcode: optionalText(), access: choices(accesses) },
  ...{ accessWords: optionalText(), staffOnly: tick() },
}

/** Where services are given: adding a location to a service. */
export async function locationRoutes(app: App): Promise<void> {
  const rule = { who: proposers } as const
  app.get('/services/:service/locations/new', rule, async ({ db, area, params }, reply) => {
    const { service } = await givenAt(db, area, params.service)
    return reply.page(<NewLocation {...blank} service={service} id={newId()} />)
  })
  app.post('/services/:service/locations/new', { ...rule, form: { ...fields, id: id() } }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    const { service, listing } = await givenAt(db, area, params.service)
    const problems = form.ok ? postcodeProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed) }
      return reply.code(422).page(<NewLocation {...state} service={service} />)
    }
    const { id: location, ...typed } = form.value
    const saying: Saying = { area, cameFrom: 'member', source: null, note: null, by: actor.membership, at: now }
    await saveLocations(db, saying, [{ id: location, version: 1, location: locationFrom(typed, unplaced) }])
    const known = listing.locations.some((one) => one.location === location)
    const locations = known ? listing.locations : [...listing.locations, { id: newId(), location }]
    const said = { id: newId(), service: service.id, version: service.version, note: null }
    const decides = mayOf(actor.role).decide
    const became = await sayOrPropose(db, { ...saying, decides }, { ...said, listing: { ...listing, locations } })
    await request.act(decides ? 'service.changed' : 'service.proposed', { subject: service.id, codes: { location } })
    request.flash(becameWords[became])
    return reply.redirect(`/services/${service.id}`, 303)
  })
}

const unplaced = { kind: 'physical', latitude: null, longitude: null } as const

type TypedLocation = ValueOf<typeof fields>

function postcodeProblems({ postcode }: TypedLocation): Problem[] {
  const isWrong = postcode !== null && writtenPostcode(postcode) === undefined
  return isWrong ? [{ field: 'postcode', message: 'Enter a full postcode, like M14 5AA' }] : []
}

function locationFrom(
  { address, postcode, ...rest }: TypedLocation,
  placed: Pick<Location, 'kind' | 'latitude' | 'longitude'>,
): Location {
  const written = postcode === null ? null : (writtenPostcode(postcode) ?? null)
  return { ...rest, ...placed, address: linesIn(address), postcode: written }
}

async function givenAt(db: Db, area: string, service: string) {
  const found = await findService(db, area, service)
  if (!found) throw new NotFound()
  return { service: { id: found.id, version: found.version, name: found.listing.name }, listing: found.listing }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
