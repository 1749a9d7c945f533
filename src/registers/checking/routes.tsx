import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalText, optionalWholeNumber, text, version } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { findService } from '#registers/directory/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { deciders, mayOf, proposers } from '#registers/proposing/rules.ts'
import { saveListings } from '#registers/services/store.ts'
import { Checking, FeedbackForm } from './pages.tsx'
import { feedbackKinds, staleBefore } from './rules.ts'
import { listFeedbackOn, listOpenFeedback, listStale, saveFeedback, settleFeedback } from './store.ts'

/** Keeping right what the directory says: feedback on services, and those that nobody has checked for long. */
export async function checkingRoutes(app: App): Promise<void> {
  listRoutes(app)
  feedbackRoutes(app)
  app.post('/services/:service/check', { who: proposers, form: { version: version() } }, async (request, reply) => {
    const { db, area, actor, form, now, today, params } = request
    const found = await findService(db, area, params.service)
    if (!found) throw new NotFound()
    const { id: service, version: seen, listing } = found
    const said = { id: service, version: seen + 1, listing: { ...listing, checkedOn: today.toString() } }
    const saying = { area, cameFrom: 'member', source: null, note: null, by: actor.membership, at: now } as const
    const origin = found.origin === 'supplied' || found.origin === 'feed' ? found.origin : 'own'
    const isSeen = form.ok && form.value.version === seen
    const saved = isSeen && (await saveListings(db, saying, [{ ...said, origin }])).has(service)
    await request.act('service.checked', { subject: service, codes: { saved } })
    request.flash(saved ? `Kept: ${listing.name} was checked today.` : changedMeanwhile)
    return reply.redirect(saved ? '/services/checking' : `/services/${service}`, 303)
  })
}

const changedMeanwhile = 'Somebody has just changed this service. Look at it first.'

function listRoutes(app: App): void {
  const query = { page: optionalWholeNumber(1, 10_000) }
  app.get('/services/checking', { who: proposers, query }, async (request, reply) =>
    reply.page(<Checking {...await shownFor(request, request.query.page ?? 1)} {...blank} />),
  )
  const form = { answer: text('Say what came of it') }
  app.post('/services/feedback/:feedback/settling', { who: deciders, form }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    if (!form.ok) {
      const shown = { ...(await shownFor(request, 1)), answered: params.feedback }
      return reply.code(422).page(<Checking {...shown} {...form} />)
    }
    const settled = { area, id: params.feedback, answer: form.value.answer, by: actor.membership, at: now }
    const service = await settleFeedback(db, settled)
    await request.act('service.feedback-settled', {
      subject: params.feedback,
      codes: { settled: service !== undefined },
    })
    request.flash(service ? 'Settled.' : 'Somebody has settled this already.')
    return reply.redirect('/services/checking', 303)
  })
}

function feedbackRoutes(app: App): void {
  const who = 'signed-in'
  const about = choice(feedbackKinds, 'Select what is wrong')
  const form = { id: id(), about, words: optionalText(500) }
  app.get('/services/:service/feedback', { who }, async (request, reply) =>
    reply.page(<FeedbackForm {...await feedbackShown(request, request.params.service, blank)} />),
  )
  app.post('/services/:service/feedback', { who, form }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const state = await feedbackShown(request, params.service, form)
    if (!form.ok) return reply.code(422).page(<FeedbackForm {...state} />)
    await saveFeedback(db, { ...form.value, area, service: state.service.id, by: actor.membership, at: now })
    await request.act('service.feedback', { subject: state.service.id, codes: { about: form.value.about } })
    request.flash(
      'Thank you. Those who look after the directory look into it. What came of it then stands on this page.',
    )
    return reply.redirect(`/services/${state.service.id}/feedback`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant }>

async function feedbackShown({ db, area, now }: Asking, service: string, state: FormState) {
  const found = await findService(db, area, service)
  if (!found) throw new NotFound()
  const [before, names] = await Promise.all([listFeedbackOn(db, area, found.id), listMemberNames(db, area)])
  const named = nameIn(names)
  const said = before.map(({ by, settledBy, ...one }) => ({
    ...one,
    byName: named(by),
    settledByName: named(settledBy),
  }))
  return { ...state, service: { id: found.id, name: found.listing.name }, id: idIn(state.typed), said, now }
}

const nameIn = (names: ReadonlyMap<string, string>) => (by: string | null) =>
  (by === null ? undefined : names.get(by)) ?? 'Somebody who has left'

type Looking = Readonly<{
  db: Db
  area: string
  actor: Readonly<{ role: string }>
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

async function shownFor({ db, area, actor, now, today }: Looking, page: number) {
  const { checkServicesMonths: months } = await findSettings(db, area, today)
  const [found, stale, names] = await Promise.all([
    listOpenFeedback(db, area),
    listStale(db, { area, before: staleBefore(today, months), today, page }),
    listMemberNames(db, area),
  ])
  const named = nameIn(names)
  const feedback = found.map(({ by, ...one }) => ({ ...one, byName: named(by) }))
  return { feedback, stale, page, months, now, decides: mayOf(actor.role).decide }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
