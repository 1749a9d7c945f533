import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { startOfDay } from '#platform/dates.ts'
import { choice, id, mustTick, optionalId, optionalText, version } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { needInWords } from '#registers/access-needs/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { handRecordsOver } from '#registers/merged/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { takersOf } from '#journey/allocation/rules.ts'
import type { Handover } from '#journey/allocation/store.ts'
import { listCaseloads } from '#journey/room/store.ts'
import { findWeights, listWeighedCaseloads } from '#journey/weight/store.ts'
import { tellOfChange } from '#journey/changeover/store.ts'
import { mayTake, stages } from '#journey/episode/rules.ts'
import { findEpisode, findStandingHeldStill, recordStep } from '#journey/episode/store.ts'
import { draftOf } from '#journey/summary/rules.ts'
import { findFacts } from '#journey/summary/store.ts'
import { Handovers, PackagePage } from './pages/package.tsx'
import { HandoverPage } from './pages/offer.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const runners = ['senior-coach', 'administrator', 'service-manager'] as const

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>
/** What is booked for somebody and has not begun; appointments answer it. */
export type ListBooked = (
  asking: Asking,
  episode: string,
) => Promise<readonly Readonly<{ href: string; label: string }>[]>
type Elsewhere = Readonly<{ listBooked: ListBooked; keepHandover: (db: Db, handover: Handover) => Promise<void> }>

/** Somebody goes from one provider to another of the area, once the other has accepted them. */
export const handingOverRoutes =
  ({ listBooked, keepHandover }: Elsewhere) =>
  async (app: App): Promise<void> => {
    offerRoutes(app, listBooked)
    app.get('/handovers', { who: runners, verb: 'list', reads: 'list' }, async (request, reply) => {
      const { db, actor, now } = request
      const [toUs, fromUs] = await Promise.all([store.listOfferedTo(db, actor), store.listOfferedBy(db, actor)])
      await request.read('handover.list', { codes: { shown: [...toUs, ...fromUs].map(({ person }) => person) } })
      return reply.page(<Handovers {...{ toUs, fromUs, now }} />)
    })
    answerRoutes(app, keepHandover)
  }

const offering = {
  id: id('Open this page again from the record'),
  provider: id('Choose a provider'),
  reason: choice(rules.reasons, 'Select why'),
  first: optionalText(3000),
  in_the_way: optionalText(3000),
  plan: optionalText(3000),
  coming: optionalText(3000),
  reach: optionalText(3000),
  agreed: mustTick('Tell them first, and hand over only if they agree'),
  version: version(),
}

function offerRoutes(app: App, listBooked: ListBooked): void {
  const path = '/episodes/:episode/handover'
  const rule = { who: runners, verb: 'edit', draft: 'handover' } as const
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { shown, episode, waiting } = await around(request, request.params.episode, listBooked)
    await request.read('handover.form', { person: episode.person, subject: episode.id })
    if (waiting !== undefined) return reply.redirect(`/handovers/${waiting}`)
    return reply.page(<HandoverPage {...{ ...shown, ...request.form }} id={idIn(request.form.typed)} />)
  })
  app.post(path, { ...rule, form: offering }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const { shown, episode, waiting } = await around(request, params.episode, listBooked)
    const { person } = episode
    if (waiting !== undefined) {
      await request.act('handover.offered-again', { person, subject: waiting })
      return reply.redirect(`/handovers/${waiting}`, 303)
    }
    const again = ({ typed, problems }: FormState) => (
      <HandoverPage {...{ ...shown, typed, problems }} id={idIn(typed)} />
    )
    if (!form.ok) return reply.code(422).page(again(form))
    const { agreed: _, version: seen, provider, ...given } = form.value
    const hidden = await store.wouldBeHidden(db, area, { person, provider, at: now })
    const problems = rules.offerProblems(form.value, { providers: shown.providers, hidden })
    if (problems.length > 0) return reply.code(422).page(again({ typed: form.typed, problems }))
    if (seen !== episode.version) return reply.code(409).page(again(form))
    const between = { from_provider: episode.provider, to_provider: provider }
    await store.savePackage(db, { ...given, ...between, area, episode: episode.id, by: actor.membership, at: now })
    const text = given.first === null ? {} : { vouchesFor: given.first }
    const codes = { to: provider, reason: given.reason }
    await request.act('handover.offered', { person, subject: given.id, codes, ...text })
    request.flash('Offered. They stay with you until it is accepted.')
    return reply.redirect(`/handovers/${given.id}`, 303)
  })
}

const answering = {
  answer: choice(rules.answers, 'Select whether you take them'),
  coach: optionalId(),
  words: optionalText(1000),
}

function answerRoutes(app: App, keepHandover: Elsewhere['keepHandover']): void {
  const path = '/handovers/:handover'
  app.get(path, { who: runners, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { given, shown } = await found(request, request.params.handover)
    await request.read('handover.page', { person: given.person, subject: given.id })
    return reply.page(<PackagePage {...{ ...shown, ...blank }} />)
  })
  app.post(path, { who: runners, verb: 'edit', form: answering }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const { given, shown } = await found(request, params.handover)
    if (!shown.mine) throw new NotFound()
    const standing = await findStandingHeldStill(db, area, given.episode)
    const problems = form.ok ? rules.answerProblems(form.value, shown.coaches) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<PackagePage {...{ ...shown, problems }} typed={form.typed} />)
    const { answer, words, coach } = form.value
    const act = { person: given.person, subject: given.id }
    const said = { area, id: given.id, answer, words, answered_by: actor.membership, answered_at: now }
    const stands = standing?.provider === given.from && mayTake('handed-over', standing.stage)
    const taken = answer === 'accepted' ? coach : null
    if (!stands || !(await store.answerPackage(db, { ...said, coach: taken }))) {
      await request.act('handover.answered-again', act)
      return reply.redirect(`/handovers/${given.id}`, 303)
    }
    if (answer === 'accepted')
      await takeOver({ ...request, origin: app.settings.origin }, given, { coach, keepHandover })
    const text = words === null ? {} : { vouchesFor: words }
    await request.act(`handover.${answer}`, { ...act, ...text })
    request.flash(answer === 'accepted' ? `${given.name} is with you now.` : 'Your answer goes back.')
    return reply.redirect(answer === 'accepted' ? `/people/${given.person}` : '/handovers', 303)
  })
  app.post('/handovers/:handover/withdrawal', { who: runners, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const { given, shown } = await found(request, params.handover)
    if (shown.mine || given.from !== actor.organisation) throw new NotFound()
    const back = { answer: 'taken-back', words: null, coach: null, answered_by: actor.membership, answered_at: now }
    await store.answerPackage(db, { ...back, area, id: given.id })
    await request.act('handover.taken-back', { person: given.person, subject: given.id })
    request.flash('The offer is taken back.')
    return reply.redirect(`/handovers/${given.id}`, 303)
  })
}

type Taking = Readonly<{ coach: string | null; keepHandover: Elsewhere['keepHandover'] }>

/** Gives the record to the provider that accepted, with its coach where one was chosen, and lets the person know. */
async function takeOver(
  { db, area, actor, today, now: at, origin }: Asking & Readonly<{ origin: string }>,
  { id: factRow, episode, person, from, to, fromName, toName, reason, first }: store.Package,
  { coach, keepHandover }: Taking,
): Promise<void> {
  const by = actor.membership
  await recordStep(db, { area, episode, step: { kind: 'handed-over', provider: to, coach }, at, by, factRow })
  const { readingDaysAfterHandover: days } = await findSettings(db, area, today)
  const readsUntil = startOfDay(today.add({ days: days + 1 }))
  await handRecordsOver(db, { area, person, from, to, at, readsUntil })
  const between = { from_provider: from, to_provider: to, reason, note: first }
  await keepHandover(db, { ...between, area, id: factRow, episode, by, at })
  const chosen = coach === null ? undefined : (await listCaseloads(db, actor, today)).find((one) => one.coach === coach)
  const whom = chosen ? ({ kind: 'coach', to: chosen.name } as const) : ({ kind: 'provider', to: toName } as const)
  await tellOfChange(db, { area, person, ...whom, from: fromName, now: at, origin })
}

/** An open episode that can be handed over, to whom, and what its record gives for a summary. */
async function around(request: Asking, wanted: string, listBooked: ListBooked) {
  const { db, area, actor, today } = request
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode || !mayTake('handed-over', episode.stage)) throw new NotFound()
  const [organisations, settings, booked, waiting, facts] = await Promise.all([
    listOrganisations(db, area, today),
    findSettings(db, area, today),
    listBooked(request, episode.id),
    store.findWaitingPackage(db, area, episode.id),
    findFacts(request, episode),
  ])
  const others = takersOf(organisations, { from: episode.provider, on: today })
  const providerName = organisations.find(({ id: one }) => one === episode.provider)?.name ?? 'The provider before'
  const shown = {
    episode: { ...episode, name: calledName(episode), providerName },
    ...{ booked, readingDays: settings.readingDaysAfterHandover, draft: draftOf(facts) },
    providers: Object.fromEntries<{ label: string }>(others.map(({ id: one, name }) => [one, { label: name }])),
  }
  return { episode, shown, waiting }
}

async function found({ db, actor, today, now }: Asking, wanted: string) {
  const given = await store.findPackage(db, actor, wanted)
  if (!given) throw new NotFound()
  const mine = given.to === actor.organisation
  const weights = await findWeights(db, { area: actor.area, episodes: [given.episode], on: today })
  const points = weights.get(given.episode) ?? 0
  const all = mine ? await listWeighedCaseloads(db, actor, today) : []
  const own = all.filter(({ organisation }) => organisation === actor.organisation)
  const deciding = rules.toDecideOn(
    {
      ...{ bornOn: `${given.born_on}`, postcode: given.postcode, language: given.language },
      ...{ interpreter: given.interpreter, needs: given.needs.map(needInWords), goals: given.goals },
      stage: stages[given.stage].label,
    },
    today,
  )
  const coaches = Object.fromEntries(own.map((one) => [one.coach, rules.takerWith(one, points)]))
  return { given, shown: { given, mine, deciding, coaches, now, mayTakeBack: given.from === actor.organisation } }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
