import { careRoles, isFor } from '#platform/access/rules.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addVenue, changeVenue, findVenue, listVenues } from '#journey/availability/store.ts'
import { VenueForm, VenuesPage } from './pages.tsx'

/** The buildings where an area meets people. */
export async function venueRoutes(app: App): Promise<void> {
  listRoute(app)
  addingRoutes(app)
  changingRoutes(app)
}

const changing = { who: ['senior-coach', 'administrator', 'service-manager', 'system-administrator'] } as const

const fields = {
  id: field.id('Open this page again from the buildings'),
  name: field.text('Enter what colleagues call it'),
  address: field.text('Enter the address'),
  access: field.optionalText(600),
  'step-free': field.tick(),
}

function listRoute(app: App): void {
  app.get('/venues', { who: [...careRoles, 'system-administrator'] }, async ({ db, area, actor, today }, reply) => {
    const venues = await listVenues(db, area)
    return reply.page(<VenuesPage {...{ venues, today }} mayChange={isFor(changing.who, actor.role)} />)
  })
}

function addingRoutes(app: App): void {
  app.get('/venues/new', changing, async (_request, reply) => reply.page(<VenueForm {...blank} id={newId()} />))
  app.post('/venues', { ...changing, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form } = request
    if (!form.ok) return reply.code(422).page(<VenueForm {...form} id={idIn(form.typed)} />)
    const { id, name, address, access, 'step-free': stepFree } = form.value
    const given = { name, address, access_note: access, step_free: stepFree, until_on: null }
    await addVenue(db, { ...given, area, id, by: actor.membership, at: now })
    await request.act('availability.venue', { subject: id })
    request.flash('The building is added. Coaches can choose it for their hours.')
    return reply.redirect('/venues')
  })
}

function changingRoutes(app: App): void {
  app.get('/venues/:venue', changing, async ({ db, area, params }, reply) => {
    const venue = await findVenue(db, area, params.venue)
    if (!venue) throw new NotFound()
    return reply.page(<VenueForm {...blank} {...{ id: venue.id, venue }} />)
  })
  const changed = { ...fields, until: field.optionalDay(), version: field.version() }
  app.post('/venues/:venue', { ...changing, form: changed }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const venue = await findVenue(db, area, params.venue)
    if (!venue) throw new NotFound()
    if (!form.ok) return reply.code(422).page(<VenueForm {...form} {...{ id: venue.id, venue }} />)
    const { name, address, access, 'step-free': stepFree, until, version } = form.value
    const given = { name, address, access_note: access, step_free: stepFree, until_on: until }
    const by = { area, id: venue.id, by: actor.membership, at: now }
    if (!(await changeVenue(db, { ...given, ...by, version }))) {
      const meanwhile = await findVenue(db, area, venue.id)
      return reply.code(409).page(<VenueForm {...form} {...{ id: venue.id, venue: meanwhile ?? venue }} />)
    }
    await request.act('availability.venue-changed', { subject: venue.id })
    request.flash('Saved. Appointments that are booked keep the address that people were told.')
    return reply.redirect('/venues')
  })
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
