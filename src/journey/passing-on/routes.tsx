import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, ids, optionalId, optionalText } from '#platform/form/fields.ts'
import type { FormState, Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { listChosenHeldStill } from '#journey/allocation/store.ts'
import { listWeighedCaseloads } from '#journey/weight/store.ts'
import { timesInWords } from '#journey/appointment/rules.ts'
import { listToCome } from '#journey/booking/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { draftOf } from '#journey/summary/rules.ts'
import { findFacts, listToChoose } from '#journey/summary/store.ts'
import { PassAllOn, PassingOn } from './pages/list.tsx'
import { NewOffer, OfferPage } from './pages/offer.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const passers = ['coach', 'senior-coach', 'service-manager'] as const
const runners = ['senior-coach', 'service-manager'] as const
const rule = { who: passers, verb: 'edit' } as const

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** Gives somebody to the coach who took them over; allocation answers it. */
export type GiveTo = (
  asking: Asking,
  given: Readonly<{ id: string; coach: string; from: string | null }>,
  chosen: Awaited<ReturnType<typeof listChosenHeldStill>>,
) => Promise<void>

/** A coach passes people on to another, one by one or all at once, and the other takes them or asks back. */
export async function passingOnRoutes(app: App, giveTo: GiveTo): Promise<void> {
  listRoute(app)
  allRoutes(app)
  offerRoutes(app)
  answerRoutes(app, giveTo)
}

function listRoute(app: App): void {
  app.get('/passing-on', { who: passers, verb: 'list', reads: 'list' }, async (request, reply) => {
    const { db, actor, today, now } = request
    const [offers, coaches] = await Promise.all([store.listOffers(db, actor), listWeighedCaseloads(db, actor, today)])
    await request.read('passing-on.list', { codes: { shown: offers.map(({ person }) => person) } })
    return reply.page(
      <PassingOn
        toMe={offers.filter(({ to }) => to === actor.membership)}
        fromMe={offers.filter(({ from }) => from === actor.membership)}
        coaches={Object.fromEntries(coaches.map(({ coach, name }) => [coach, { label: name }]))}
        mayPassAll={runners.some((role) => role === actor.role)}
        now={now}
      />,
    )
  })
}

const offering = {
  id: id('Open this page again from the record'),
  coach: id('Choose to whom they are passed on'),
  seen: optionalId(),
  first: optionalText(3000),
  ...{ in_the_way: optionalText(3000), plan: optionalText(3000) },
  ...{ coming: optionalText(3000), reach: optionalText(3000) },
}

function offerRoutes(app: App): void {
  const path = '/episodes/:episode/passing-on'
  const draft = 'passing-on'
  app.get(path, { ...rule, draft, reads: 'record' }, async (request, reply) => {
    const { shown, person } = await around(request, request.params.episode)
    await request.read('passing-on.form', { person: person.id, subject: request.params.episode })
    return reply.page(
      <NewOffer {...shown} {...{ typed: request.form.typed, problems: [] }} id={idIn(request.form.typed)} />,
    )
  })
  app.post(path, { ...rule, draft, form: offering }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    await listChosenHeldStill(db, actor, [params.episode])
    const { shown, person, coach } = await around(request, params.episode)
    const wrong = ({ typed, problems }: FormState, code = 422) =>
      reply.code(code).page(<NewOffer {...{ ...shown, typed, problems }} id={idIn(typed)} />)
    if (!form.ok) return wrong(form)
    const { id: offer, coach: to, seen, ...summary } = form.value
    const problems = await whoProblems(request, { to, person: person.id, takers: shown.takers })
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    if (rules.isUnseen(shown.standing, { seen, offer }))
      return wrong({ typed: form.typed, problems: [rules.standsAlready] }, 409)
    const made = { area, id: offer, episode: params.episode, from_coach: coach, to_coach: to, by: actor.membership }
    await store.saveOffer(db, { ...made, ...summary, at: now })
    await request.act('passing-on.offered', { person: person.id, subject: offer, codes: { to } })
    request.flash('Offered. They stay where they are until it is accepted.')
    return reply.redirect(`/passing-on/${offer}`, 303)
  })
}

type Whom = Readonly<{ to: string; person: string; takers: object }>

async function whoProblems({ db, area, now }: Asking, { to, person, takers }: Whom) {
  if (!(to in takers)) return [{ field: 'coach', message: 'Choose a coach from the list' }]
  if (await store.isNamedFor(db, area, { person, member: to, at: now })) return []
  return [{ field: 'coach', message: 'This record is restricted: name the other coach for it first' }]
}

const passing = {
  act: id('Open this page again'),
  from: id('Open this page again'),
  coach: id('Choose to whom they are passed on'),
  first: optionalText(1000),
  seen: optionalText(20_000),
  episodes: ids('Choose at least one person'),
}

function allRoutes(app: App): void {
  const path = '/passing-on/all'
  const many = { who: runners, verb: 'edit' } as const
  app.get(path, { ...many, reads: 'list', query: { coach: id() } }, async (request, reply) => {
    const shown = await everybodyOf(request, request.query.coach)
    await request.read('passing-on.all', { codes: { shown: shown.people.map(({ person }) => person) } })
    return reply.page(<PassAllOn {...shown} typed={{}} problems={[]} act={newId()} />)
  })
  app.post(path, { ...many, form: passing }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const from = [form.typed['from']].flat()[0] ?? ''
    // Whoever sends at the same moment waits here, and sees what this one offered.
    await listChosenHeldStill(db, actor, form.ok ? form.value.episodes : [])
    const shown = await everybodyOf(request, from)
    const wrong = ({ typed, problems }: FormState, code = 422) =>
      reply.code(code).page(<PassAllOn {...{ ...shown, typed, problems }} act={newId()} />)
    if (!form.ok) return wrong(form)
    const { coach: to, episodes, first, seen } = form.value
    const chosen = shown.people.filter(({ episode }) => episodes.includes(episode))
    const sees = shown.all.find(({ coach }) => coach === to)?.sees ?? []
    const problems = rules.choiceProblems(chosen, to in shown.takers ? sees : [])
    if (problems.length > 0) return wrong({ ...form, problems })
    const unseen = rules.unseenOf(chosen, { to, first, seen })
    if (unseen.length > 0) return wrong({ ...form, problems: [rules.standAlready(unseen)] }, 409)
    for (const { episode, person, offer } of chosen) {
      const id = rules.offeredSo(offer, { to, first }) ?? newId()
      const { draft } = (await around(request, episode)).shown
      const made = { area, id, episode, from_coach: from, to_coach: to, by: actor.membership, at: now }
      await store.saveOffer(db, { ...made, ...draft, first })
      await request.act('passing-on.offered', { person, subject: made.id, codes: { to } })
    }
    request.flash(rules.offeredInWords(chosen, { to, first }))
    return reply.redirect(`/passing-on/all?coach=${from}`, 303)
  })
}

async function everybodyOf(request: Asking, coach: string) {
  const { db, actor, today } = request
  const all = await listWeighedCaseloads(db, actor, today)
  const whose = all.find((one) => one.coach === coach)
  if (!whose) throw new NotFound()
  const theirs = await store.listPeopleOf(db, actor, coach)
  const takers = all.filter((one) => one.coach !== coach)
  return {
    ...{ coach, name: whose.name, all },
    people: theirs.filter(({ restricted }) => !restricted),
    restricted: theirs.filter(({ restricted }) => restricted),
    takers: Object.fromEntries(takers.map((one) => [one.coach, { label: rules.takerInWords(one) }])),
  }
}

const answering = { answer: choice(rules.answers, 'Select whether you take them'), words: optionalText(1000) }

function answerRoutes(app: App, giveTo: GiveTo): void {
  const path = '/passing-on/:offer'
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { offer, shown } = await found(request, request.params.offer)
    await request.read('passing-on.page', { person: offer.person, subject: offer.id })
    return reply.page(<OfferPage {...shown} typed={{}} problems={[]} />)
  })
  app.post(path, { ...rule, form: answering }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    const seen = await store.findOffer(db, actor, params.offer)
    if (!seen || seen.to !== actor.membership) throw new NotFound()
    const people = await listChosenHeldStill(db, actor, [seen.episode])
    const { offer, shown } = await found(request, params.offer)
    const { typed } = form
    const problems = form.ok ? rules.answerProblems(form.value.answer, form.value.words) : form.problems
    if (!form.ok || problems.length > 0) return reply.code(422).page(<OfferPage {...{ ...shown, typed, problems }} />)
    const { answer, words } = form.value
    const act = { person: offer.person, subject: offer.id }
    const stands = !shown.moved && offer.answer === null && offer.withdrawn_at === null && people.length === 1
    if (!stands) {
      await request.act('passing-on.answered-again', act)
      return reply.redirect(`/passing-on/${offer.id}`, 303)
    }
    await store.saveOfferAnswer(db, { area, offer: offer.id, answer, words, by: actor.membership, at: now })
    if (answer === 'accepted') await giveTo(request, { id: newId(), coach: offer.to, from: offer.fromName }, people)
    const text = words === null ? {} : { vouchesFor: words }
    await request.act(`passing-on.${answer}`, { ...act, ...text })
    request.flash(answer === 'accepted' ? `${offer.name} is on your list now.` : 'Your question is sent.')
    return reply.redirect(answer === 'accepted' ? `/people/${offer.person}` : '/passing-on', 303)
  })
  app.post('/passing-on/:offer/withdrawal', { ...rule }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const offer = await store.findOffer(db, actor, params.offer)
    const isTheirs = offer && (offer.from === actor.membership || runners.some((role) => role === actor.role))
    if (!offer || !isTheirs) throw new NotFound()
    if (offer.answer !== 'accepted') await store.withdrawOffer(db, area, offer.id, now)
    await request.act('passing-on.taken-back', { person: offer.person, subject: offer.id })
    request.flash('The offer is taken back.')
    return reply.redirect('/passing-on', 303)
  })
}

async function found(request: Asking, wanted: string) {
  const { db, actor, now, today } = request
  const offer = await store.findOffer(db, actor, wanted)
  if (!offer) throw new NotFound()
  const moved = offer.ended_at !== null || (offer.answer !== 'accepted' && offer.coach !== offer.from)
  const [toCome, toChoose] = await Promise.all([
    listToCome(db, actor, { episode: offer.episode, now }),
    listToChoose(request, offer.episode),
  ])
  const booked = [...toCome.map((one) => timesInWords(one, today)), ...toChoose]
  return { offer, shown: { offer, moved, booked, now, mine: offer.to === actor.membership } }
}

/** Somebody with a coach, what their record gives for a summary, and who may take them. */
async function around(request: Asking, wanted: string) {
  const { db, actor, today, now } = request
  const episode = await findEpisode(db, actor, wanted, 'edit')
  if (!episode?.coach || episode.ended_at !== null) throw new NotFound()
  const { coach, provider } = episode
  const [facts, caseloads, before] = await Promise.all([
    findFacts(request, { ...episode, id: wanted }),
    listWeighedCaseloads(db, actor, today),
    store.findNewestOffer(db, actor, wanted),
  ])
  const draft = draftOf(facts)
  const takers = rules.takersFor(caseloads, { provider, coach })
  const asked = before?.answer === 'asked-back' ? { by: before.answeredBy, words: before.words } : undefined
  const person = { id: episode.person, name: calledName(episode) }
  const shown = {
    ...{ episode: wanted, asked, person, now, standing: rules.waiting(before) },
    draft: asked && before ? { ...draft, first: before.first } : draft,
    takers: Object.fromEntries(takers.map((one) => [one.coach, { label: rules.takerInWords(one) }])),
  }
  return { shown, coach, person }
}

const idIn = (typed: Typed): string => [typed['id']].flat()[0] || newId()
