import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalId, text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findGoing, findSettings } from '#registers/areas/store.ts'
import { staleBefore } from '#registers/checking/rules.ts'
import { findNames, findOwner, findService } from '#registers/directory/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { AskOwner } from './pages/ask.tsx'
import { BeginRound, RoundPage } from './pages/round.tsx'
import { addressProblems, reasonNotToAsk } from './rules.ts'
import { askOwner, beginRound, countDue, findRound, goOn, listAsked } from './store.ts'

const who = deciders

/** Asking whoever runs a service whether its listing is right: of one, or of all that are due. */
export async function ownerCheckRoutes(app: App): Promise<void> {
  app.get('/services/:service/owner-check', { who }, async (request, reply) =>
    reply.page(<AskOwner {...await shownFor(request, request.params.service)} {...blank} />),
  )
  const form = { id: optionalId(), email: text('Enter the email address of the owner') }
  app.post('/services/:service/owner-check', { who, form }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    const shown = await shownFor(request, params.service)
    const problems = form.ok ? addressProblems(form.value.email) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<AskOwner {...shown} typed={form.typed} problems={problems} />)
    if (shown.why !== undefined) return reply.code(422).page(<AskOwner {...shown} {...form} />)
    const { id: service, name } = shown.service
    const to = { area, service, name, address: form.value.email, by: actor.membership, id: form.value.id ?? undefined }
    await askOwner(db, { ...to, origin: app.settings.origin, now })
    await request.act('service.owner-asked', { subject: service })
    request.flash(`The link ${await findGoing(db, area, now)}.`)
    return reply.redirect(`/services/${service}/owner-check`, 303)
  })
  roundRoutes(app)
}

function roundRoutes(app: App): void {
  app.get('/services/owner-checks', { who }, async ({ db, area, today }, reply) => {
    const { checkServicesMonths: months, askOwnersDays: days } = await findSettings(db, area, today)
    const due = await countDue(db, { area, before: staleBefore(today, months), today })
    return reply.page(<BeginRound {...{ due, months, days }} />)
  })
  app.post('/services/owner-checks', { who }, async (request, reply) => {
    const { db, area, actor, now, today } = request
    const { checkServicesMonths } = await findSettings(db, area, today)
    const before = staleBefore(today, checkServicesMonths)
    const round = await beginRound(db, { area, by: actor.membership, before, now })
    await request.act('service.owners-asked', { subject: round })
    return reply.redirect(`/services/owner-checks/${round}`, 303)
  })
  app.get('/services/owner-checks/:round', { who }, async ({ db, area, now, today, params }, reply) => {
    const [round, { askOwnersDays: days }] = await Promise.all([
      findRound(db, area, params.round),
      findSettings(db, area, today),
    ])
    if (!round) throw new NotFound()
    return reply.page(<RoundPage {...{ round, days, now }} />)
  })
  app.post('/services/owner-checks/:round/going-on', { who }, async (request, reply) => {
    const { db, area, params } = request
    if (!(await findRound(db, area, params.round))) throw new NotFound()
    await goOn(db, area, params.round)
    await request.act('service.owners-asked', { subject: params.round })
    return reply.redirect(`/services/owner-checks/${params.round}`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function shownFor({ db, area, now, today }: Asking, id: string) {
  const found = await findService(db, area, id)
  if (!found) throw new NotFound()
  const { listing } = found
  const [asked, members, { owners }, owner] = await Promise.all([
    listAsked(db, area, id),
    listMemberNames(db, area),
    findNames(db, area, [listing]),
    findOwner(db, area, listing.owner),
  ])
  const askedBy = (by: string | null) =>
    by === null ? 'They asked for it' : (members.get(by) ?? 'Somebody who has left')
  return {
    service: { id: found.id, name: listing.name },
    owner: owners.get(listing.owner) ?? 'Whoever runs it',
    email: listing.email ?? owner?.owner.email ?? asked[0]?.address ?? null,
    asked: asked.map((one) => ({ ...one, askedBy: askedBy(one.by) })),
    ...{ why: reasonNotToAsk(listing, today), now, form: newId() },
  }
}
