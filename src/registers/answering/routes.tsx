import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { id } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findNames, findService } from '#registers/directory/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { AnsweringPage } from './pages.tsx'
import { sentSince } from './rules.ts'
import { endAnswering, listAnswering, saveAnswering } from './store.ts'

const who = deciders
const wholeId = /^[0-9a-f-]{36}$/

/** Which organisation answers for a service in an inbox of its own, said by whoever looks after the directory. */
export async function answeringRoutes(app: App): Promise<void> {
  app.get('/services/:service/inbox', { who }, async (request, reply) =>
    reply.page(<AnsweringPage {...await shownFor(request, request.params.service)} {...again(blank)} />),
  )
  const form = { id: id('Open this page again'), organisation: id('Choose an organisation') }
  app.post('/services/:service/inbox', { who, form }, async (request, reply) => {
    const { db, area, actor, now, form: given, params } = request
    const shown = await shownFor(request, params.service)
    const wrong = (message: string) => ({ typed: given.typed, problems: [{ field: 'organisation', message }] })
    if (!given.ok) return reply.code(422).page(<AnsweringPage {...shown} {...again(given)} />)
    const { organisation } = given.value
    if (!(organisation in shown.organisations))
      return reply.code(422).page(<AnsweringPage {...shown} {...again(wrong('Choose an organisation'))} />)
    const { id: service } = shown.service
    const said = { area, id: given.value.id, service, organisation, by: actor.membership, at: now }
    const isSaid = shown.all.some((one) => one.id === said.id)
    if (!isSaid && !(await saveAnswering(db, { ...said, sent_since: sentSince(shown.all, organisation, now) }))) {
      const there = await shownFor(request, params.service)
      return reply.code(409).page(<AnsweringPage {...there} {...again(wrong('Another organisation answers by now'))} />)
    }
    await request.act('service.inbox-given', { subject: service, codes: { organisation } })
    request.flash('They find what is sent to this service in their inbox from now on.')
    return reply.redirect(`/services/${service}/inbox`, 303)
  })
  app.post('/services/:service/inbox/ending', { who, form: { id: form.id } }, async (request, reply) => {
    const { db, area, actor, now, form: given, params } = request
    const { service } = await shownFor(request, params.service)
    if (!given.ok) throw new NotFound()
    await endAnswering(db, { area, service: service.id, id: given.value.id, by: actor.membership, at: now })
    await request.act('service.inbox-ended', { subject: service.id })
    request.flash('They find nothing of this service any more.')
    return reply.redirect(`/services/${service.id}/inbox`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

async function shownFor({ db, area, today }: Asking, wanted: string) {
  const found = wholeId.test(wanted) ? await findService(db, area, wanted) : undefined
  if (!found) throw new NotFound()
  const [names, members, all, organisations] = await Promise.all([
    findNames(db, area, [found.listing]),
    listMemberNames(db, area),
    listAnswering(db, area, found.id),
    listOrganisations(db, area, today),
  ])
  const owner = names.owners.get(found.listing.owner) ?? 'nobody named'
  return {
    service: { id: found.id, name: found.listing.name, owner },
    organisations: Object.fromEntries(organisations.map(({ id: key, name }) => [key, { label: name }])),
    all: all.map(({ by, ...one }) => ({ ...one, byName: members.get(by) ?? 'A member who has left' })),
  }
}
