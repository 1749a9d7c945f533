import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, optionalChoice, optionalDay, optionalText, text } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { dayOf } from '#platform/dates.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings, listEveryArea } from '#registers/areas/store.ts'
import { calledName, type Death } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { timesInWords } from '#journey/appointment/rules.ts'
import { listToCome } from '#journey/booking/store.ts'
import { mayBeUnreachable, triesSinceReached } from '#journey/contact/rules.ts'
import { listContacts } from '#journey/contact/store.ts'
import { findEpisode, findOpenEpisode, NotNow, recordStep } from '#journey/episode/store.ts'
import { momentOn } from '#journey/plan/rules.ts'
import { hasOpenConcern } from '#journey/safety/store.ts'
import { CannotEnd, EndSupport, RecordDeath, SupportEnded } from './pages.tsx'
import * as rules from './rules.ts'
import { type Ending, findEnding, isEndingKnown, saveEnding, withdrawEnding } from './store.ts'

const reading = { who: careRoles, verb: 'edit', reads: 'record' } as const
const writing = { who: careRoles, verb: 'edit' } as const

/** Says where it is kept that a person has died, so that nothing goes out to them any more; null takes it back. */
export type KeepDeath = (db: Db, area: string, person: string, death: Death | null) => Promise<void>

/** Calls off what is still booked, and gives how many appointments there were. */
export type CallOff = (
  db: Db,
  of: Readonly<{ actor: Actor; episode: string; now: Temporal.Instant }>,
) => Promise<number>

type Elsewhere = Readonly<{ keepDeath: KeepDeath; callOff: CallOff }>

/** Support that ends early, and an ending that is taken back. */
export function endingRoutes({ keepDeath, callOff }: Elsewhere): (app: App) => Promise<void> {
  return async (app) => {
    shownRoutes(app)
    endRoutes(app, callOff)
    deathRoutes(app, { keepDeath, callOff })
    withdrawalRoutes(app, keepDeath)
  }
}

function shownRoutes(app: App): void {
  app.get('/episodes/:episode/ending', { ...reading, draft: 'ending' }, async (request, reply) => {
    const { db, area } = request
    const { episode, about, reasons } = await episodeOf(request, request.params.episode)
    await request.read('ending.page', { person: episode.person, subject: episode.id })
    const ending = await findEnding(db, area, episode.id)
    if (ending) {
      const takeBack = (await whyNotTakeBack(request, episode)).length === 0 ? newId() : undefined
      return reply.page(<SupportEnded {...blank} {...about} ending={ending} takeBack={takeBack} />)
    }
    if (reasons.length > 0) return reply.code(422).page(<CannotEnd {...about} reasons={reasons} />)
    const state = { id: newId(), today: `${request.today}`, suggested: rules.suggestedEnd(episode) }
    return reply.page(
      <EndSupport {...request.form} {...about} {...state} {...await beforeEnding(app, request, episode)} />,
    )
  })
}

const fields = {
  id: id(),
  as: choice(rules.reasonsToEnd, 'Select why support ends'),
  said: optionalText(1000),
  handedTo: optionalText(),
  told: optionalChoice(rules.waysTold),
  toArea: optionalText(40),
  ended: day('Enter the day on which support ended'),
  fewTriesBecause: optionalText(300),
}

function endRoutes(app: App, callOff: CallOff): void {
  app.post('/episodes/:episode/ending', { ...writing, draft: 'ending', form: fields }, async (request, reply) => {
    const { db, area, today, form } = request
    const { episode, about, reasons } = await episodeOf(request, request.params.episode)
    if (form.ok && (await isEndingKnown(db, area, form.value.id))) {
      await request.act('ending.again', { person: episode.person, subject: form.value.id })
      return reply.redirect(about.record, 303)
    }
    if (reasons.length > 0) return reply.code(422).page(<CannotEnd {...about} reasons={reasons} />)
    const before = await beforeEnding(app, request, episode)
    const problems = form.ok
      ? problemsIn({ ...form.value, today, triedEnough: before.triedEnough }, before.areas)
      : form.problems
    if (!form.ok || problems.length > 0) {
      const suggested = rules.suggestedEnd(episode)
      const state = { problems, typed: form.typed, id: idIn(form.typed), today: `${today}`, suggested }
      return reply.code(422).page(<EndSupport {...about} {...state} {...before} />)
    }
    const { as, ended, said, handedTo, told, toArea, fewTriesBecause } = form.value
    const few_tries_because = as === 'unreachable' && !before.triedEnough ? fewTriesBecause : null
    const given = { id: form.value.id, ended_as: as, ended_on: ended, died_on: null, said, told, handed_to: handedTo }
    const to_area = as === 'moved' && toArea !== 'elsewhere' ? toArea : null
    if (!(await end(request, episode, { ...given, to_area, few_tries_because }))) {
      return reply.code(422).page(<CannotEnd {...about} reasons={['Somebody else has just ended or completed it']} />)
    }
    const act = { person: episode.person, subject: given.id, codes: { as, told, to: to_area } }
    await request.act('ending.ended', { ...act, ...(said === null ? {} : { vouchesFor: said }) })
    const calledOff = await callOff(db, { ...request, episode: episode.id })
    request.flash(`Support has ended.${calledOff > 0 ? ' What was booked is called off.' : ''}`)
    return reply.redirect(about.record, 303)
  })
}

type Sent = Omit<rules.GivenEnding, 'endedOn'> & Readonly<{ ended: Temporal.PlainDate }>

function problemsIn({ ended, ...given }: Sent, areas: Readonly<Record<string, unknown>>) {
  const toArea = given.toArea !== null && given.toArea in areas ? given.toArea : null
  return rules.problemsWithEnding({ ...given, toArea, endedOn: ended })
}

function deathRoutes(app: App, { keepDeath, callOff }: Elsewhere): void {
  app.get('/episodes/:episode/ending/death', reading, async (request, reply) => {
    const { episode, about, reasons } = await episodeOf(request, request.params.episode)
    await request.read('ending.page', { person: episode.person, subject: episode.id })
    if (reasons.length > 0) return reply.code(422).page(<CannotEnd {...about} reasons={reasons} />)
    const known = await knownDay(request, episode.person)
    return reply.page(<RecordDeath {...blank} {...about} id={newId()} known={known} />)
  })

  const form = { id: id(), died: optionalDay(), said: optionalText(1000) }
  app.post('/episodes/:episode/ending/death', { ...writing, form }, async ({ form, ...request }, reply) => {
    const { db, area, today } = request
    const { episode, about, reasons } = await episodeOf(request, request.params.episode)
    if (form.ok && (await isEndingKnown(db, area, form.value.id))) {
      await request.act('ending.again', { person: episode.person, subject: form.value.id })
      return reply.redirect(about.record, 303)
    }
    if (reasons.length > 0) return reply.code(422).page(<CannotEnd {...about} reasons={reasons} />)
    const known = await knownDay(request, episode.person)
    const problems = form.ok ? rules.problemsWithDeath({ died: form.value.died, today }) : form.problems
    if (!form.ok || problems.length > 0) {
      const state = { problems, typed: form.typed, id: idIn(form.typed), known }
      return reply.code(422).page(<RecordDeath {...about} {...state} />)
    }
    const { said, id: ending } = form.value
    const died_on = form.value.died ?? known
    const nobody = { handed_to: null, told: null, to_area: null, few_tries_because: null }
    if (!(await end(request, episode, { ...nobody, id: ending, ended_as: 'died', ended_on: today, said, died_on }))) {
      return reply.code(422).page(<CannotEnd {...about} reasons={['Somebody else has just ended or completed it']} />)
    }
    await keepDeath(db, area, episode.person, { on: died_on ?? today, dayKnown: died_on !== null })
    await callOff(db, { ...request, episode: episode.id })
    await request.act('ending.ended', { person: episode.person, subject: ending, codes: { as: 'died' } })
    request.flash('Support has ended, and no more messages go out.')
    return reply.redirect(about.record, 303)
  })
}

/** The day on which they died, where it was given before: an ending without a day does not take it away. */
async function knownDay({ db, actor }: Asking, id: string): Promise<Temporal.PlainDate | null> {
  const person = await findPerson(db, actor, id, 'edit')
  return person?.death_day_known ? person.died_on : null
}

function withdrawalRoutes(app: App, keepDeath: KeepDeath): void {
  const form = { id: id(), reason: text('Say why the ending is taken back') }
  app.post('/episodes/:episode/ending/withdrawal', { ...writing, form }, async (request, reply) => {
    const { db, area, now, actor } = request
    const { episode, about } = await episodeOf(request, request.params.episode)
    const ending = await findEnding(db, area, episode.id)
    if (!ending) throw new NotFound()
    const reasons = await whyNotTakeBack(request, episode)
    if (reasons.length > 0) return reply.code(422).page(<CannotEnd {...about} reasons={reasons} />)
    if (!request.form.ok) {
      const state = { ...request.form, ending, takeBack: idIn(request.form.typed) }
      return reply.code(422).page(<SupportEnded {...about} {...state} />)
    }
    const by = { area, at: now, by: actor.membership }
    const { id: withdrawal, reason } = request.form.value
    const step = { kind: 'withdrawn', step: ending.step } as const
    await recordStep(db, { ...by, episode: episode.id, step, factRow: withdrawal })
    await withdrawEnding(db, { ...by, id: withdrawal, ending: ending.id, reason })
    if (ending.ended_as === 'died') await keepDeath(db, area, episode.person, null)
    await request.act('ending.taken-back', { person: episode.person, subject: ending.id, vouchesFor: reason })
    request.flash('The ending was taken back. Support goes on.')
    return reply.redirect(about.record, 303)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant }>
type Episode = Awaited<ReturnType<typeof episodeOf>>['episode']

async function episodeOf({ db, actor }: Asking, id: string) {
  const episode = await findEpisode(db, actor, id, 'edit')
  if (!episode) throw new NotFound()
  const address = `/episodes/${episode.id}/ending`
  const about = { person: calledName(episode), record: `/people/${episode.person}`, address }
  return {
    episode,
    reasons: rules.reasonsNotToEnd(episode.stage),
    about,
  }
}

async function whyNotTakeBack({ db, actor }: Asking, { stage, person }: Episode) {
  return rules.reasonsNotToTakeBack(stage, (await findOpenEpisode(db, actor.area, person)) !== undefined)
}

/** What should be known before support is ended: the tries that were made, what is still booked, what worries us. */
async function beforeEnding(app: App, asking: Asking & Readonly<{ today: Temporal.PlainDate }>, episode: Episode) {
  const { db, actor, now, today } = asking
  const [areas, contacts, settings, toCome, concern] = await Promise.all([
    otherAreas(app, asking),
    listContacts(db, actor, { episode: episode.id }),
    findSettings(db, actor.area, today),
    listToCome(db, actor, { episode: episode.id, now }),
    hasOpenConcern(db, actor.area, episode.person),
  ])
  const made = contacts.filter(({ withdrawn_at }) => withdrawn_at === null)
  const tries = triesSinceReached(made).map(({ id, happened_at, way }) => ({ id, way, on: dayOf(happened_at) }))
  const booked = toCome.map((one) => ({ id: one.id, when: timesInWords(one, today) }))
  return { areas, tries, triedEnough: mayBeUnreachable(made, settings), booked, concern, episode: episode.id }
}

/** The areas somebody may have moved to. */
async function otherAreas({ databases }: App, { db, actor }: Asking) {
  const all = await listEveryArea(databases.everywhereFrom(db, actor.area))
  const areas = all.filter(({ area, until_on }) => area !== actor.area && until_on === null)
  const named = areas.map(({ area, name }) => [area, { label: name }] as const)
  return Object.fromEntries<{ label: string }>([...named, ['elsewhere', { label: 'Somewhere else' }]])
}

type GivenEnding = Omit<Ending, 'area' | 'episode' | 'recorded_at' | 'by' | 'step'>

/** Ends the episode; false when somebody else has just moved it. */
async function end({ db, actor, now }: Asking, { id: episode, received_at }: Episode, given: GivenEnding) {
  const { area, membership: by } = actor
  const at = momentOn(given.ended_on, { now, notBefore: received_at })
  try {
    const ended = { kind: 'ended', as: given.ended_as } as const
    const step = await recordStep(db, { area, episode, step: ended, at, recordedAt: now, by, factRow: given.id })
    await saveEnding(db, { ...given, area, episode, recorded_at: now, by, step })
    return true
  } catch (cause) {
    if (cause instanceof NotNow) return false
    throw cause
  }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
