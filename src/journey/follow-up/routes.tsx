import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choice,
  day,
  id,
  optionalChoice,
  optionalText,
  optionalNumber,
  optionalWholeNumber,
  text,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName, type Death } from '#registers/people/rules.ts'
import { findCompletion } from '#journey/completion/store.ts'
import { findEpisode, recordStep } from '#journey/episode/store.ts'
import { momentOn } from '#journey/plan/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { CannotFollowUp, FollowedUp, FollowUp } from './pages.tsx'
import * as rules from './rules.ts'
import {
  type Answers,
  holdEpisode,
  listAttempts,
  listFollowUps,
  saveAttempt,
  saveFollowUp,
  withdrawFollowUp,
} from './store.ts'

const fields = {
  id: id(),
  result: choice(rules.results, 'Select whether they answered'),
  heard: day('Enter the day'),
  said: optionalText(1000),
  inWork: optionalChoice(rules.inWork),
  sameEmployer: optionalChoice(rules.sameEmployer),
  hours: optionalNumber(0.25, 99, 'Enter the hours of a usual week as a number up to 99, such as 37.5'),
  health: optionalChoice(rules.health),
  adjustments: optionalChoice(rules.adjustments),
  weeksOf7Hours: optionalWholeNumber(0, 16, 'Enter the weeks of 7 hours or more as a whole number from 0 to 16'),
  weeksOf16Hours: optionalWholeNumber(0, 16, 'Enter the weeks of 16 hours or more as a whole number from 0 to 16'),
}
const writing = { who: careRoles, verb: 'edit' } as const

/** Says where it is kept that a person has died, so that nothing goes out to them any more. */
export type KeepDeath = (db: Db, area: string, person: string, death: Death | null) => Promise<void>

/** Asking how things stand 13 and 26 weeks after a plan was completed. */
export function followUpRoutes(keepDeath: KeepDeath): (app: App) => Promise<void> {
  return async (app) => {
    shownRoutes(app)
    heardRoutes(app, keepDeath)
    attemptRoutes(app)
    withdrawalRoutes(app, keepDeath)
  }
}

function shownRoutes(app: App): void {
  const rule = { who: careRoles, verb: 'edit', draft: 'follow-up', reads: 'record' } as const
  app.get('/episodes/:episode/follow-ups/:weeks', rule, async (request, reply) => {
    const found = await followUpOf(request, request.params)
    await request.read('follow-up.page', { person: found.episode.person, subject: found.episode.id })
    if (found.heard) return reply.page(<FollowedUp {...blank} {...found.about} {...heardWith(found)} />)
    if (found.reasons.length > 0)
      return reply.code(422).page(<CannotFollowUp {...found.about} reasons={found.reasons} />)
    return reply.page(<FollowUp {...shownWith(found, request)} {...request.form} />)
  })
}

function heardRoutes(app: App, keepDeath: KeepDeath): void {
  const answering = { ...writing, draft: 'follow-up', form: fields } as const
  app.post('/episodes/:episode/follow-ups/:weeks', answering, async (request, reply) => {
    const { db, area, actor, now, form } = request
    await holdEpisode(db, area, request.params.episode)
    const found = await followUpOf(request, request.params)
    const { episode, about } = found
    if (form.ok && found.all.some((one) => one.id === form.value.id)) {
      await request.act('follow-up.again', { person: episode.person, subject: form.value.id })
      return reply.redirect(about.record, 303)
    }
    if (found.reasons.length > 0) return reply.code(422).page(<CannotFollowUp {...about} reasons={found.reasons} />)
    const problems = form.ok ? await problemsIn(request, found, form.value) : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<FollowUp {...shownWith(found, request)} {...{ problems, typed: form.typed }} />)
    }
    const { id: followUp, result } = form.value
    const by = { area, episode: episode.id, by: actor.membership }
    const weeks = rules.settles(about.weeks, result)
    const at = momentOn(form.value.heard, { now, notBefore: episode.ended_at })
    const step = await recordStep(db, {
      ...by,
      step: { kind: 'followed-up', weeks },
      at,
      recordedAt: now,
      factRow: followUp,
    })
    await saveFollowUp(db, {
      ...by,
      ...answersIn(form.value),
      id: followUp,
      weeks: about.weeks,
      recorded_at: now,
      step,
    })
    if (result === 'died') await keepDeath(db, area, episode.person, { on: form.value.heard, dayKnown: false })
    const codes = { weeks: about.weeks, result, inWork: form.value.inWork }
    await request.act('follow-up.recorded', { person: episode.person, subject: followUp, codes })
    request.flash('The follow-up was saved.')
    return reply.redirect(about.record, 303)
  })
}

function attemptRoutes(app: App): void {
  const form = { id: id(), channel: choice(rules.channels, 'Select how you tried') }
  app.post(
    '/episodes/:episode/follow-ups/:weeks/attempts',
    { ...writing, draft: 'follow-up', keepsDraft: true, form },
    async ({ form, ...request }, reply) => {
      const { db, area, actor, now, today } = request
      const found = await followUpOf(request, request.params)
      const { episode, about } = found
      if (found.reasons.length > 0) return reply.code(422).page(<CannotFollowUp {...about} reasons={found.reasons} />)
      if (!form.ok)
        return reply.code(422).page(<FollowUp {...shownWith(found, request)} problems={form.problems} typed={{}} />)
      const { id: attempt, channel } = form.value
      const by = { area, episode: episode.id, by: actor.membership, recorded_at: now }
      await saveAttempt(db, { ...by, id: attempt, weeks: about.weeks, tried_on: today, channel })
      const codes = { weeks: about.weeks, channel }
      await request.act('follow-up.tried', { person: episode.person, subject: attempt, codes })
      request.flash('The try was recorded.')
      return reply.redirect(about.address, 303)
    },
  )
}

function withdrawalRoutes(app: App, keepDeath: KeepDeath): void {
  const form = { id: id(), reason: text('Say why the follow-up is taken back') }
  app.post('/episodes/:episode/follow-ups/:weeks/withdrawal', { ...writing, form }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    await holdEpisode(db, area, params.episode)
    const found = await followUpOf(request, params)
    const { episode, about, heard } = found
    if (!heard) throw new NotFound()
    const reasons = rules.reasonsNotToTakeBack(about.weeks, found.standing)
    if (reasons.length > 0) return reply.code(422).page(<CannotFollowUp {...about} reasons={reasons} />)
    if (!request.form.ok) return reply.code(422).page(<FollowedUp {...request.form} {...about} {...heardWith(found)} />)
    const { id: withdrawal, reason } = request.form.value
    const by = { area, at: now, by: actor.membership }
    const step = { kind: 'withdrawn', step: heard.step } as const
    await recordStep(db, { ...by, episode: episode.id, step, factRow: withdrawal })
    await withdrawFollowUp(db, { ...by, id: withdrawal, follow_up: heard.id, reason })
    if (heard.result === 'died') await keepDeath(db, area, episode.person, null)
    await request.act('follow-up.taken-back', { person: episode.person, subject: heard.id, vouchesFor: reason })
    request.flash('The follow-up was taken back. It is due again.')
    return reply.redirect(about.record, 303)
  })
}

function heardWith({ about, heard, standing }: Found) {
  if (!heard) throw new NotFound()
  const takeBack = rules.reasonsNotToTakeBack(about.weeks, standing).length === 0 ? newId() : undefined
  return { heard, takeBack }
}

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>
type Found = Awaited<ReturnType<typeof followUpOf>>

async function followUpOf({ db, actor, today }: Asking, address: Readonly<{ episode: string; weeks: string }>) {
  const weeks = rules.weeksIn(address.weeks)
  const episode = weeks && (await findEpisode(db, actor, address.episode, 'edit'))
  if (!weeks || !episode) throw new NotFound()
  const [all, attempts, reached] = await Promise.all([
    listFollowUps(db, actor.area, episode.id),
    listAttempts(db, actor.area, episode.id, weeks),
    findReaching(db, actor, episode.person),
  ])
  const standing = all.filter(({ takenBackBecause }) => takenBackBecause === null)
  const heard = standing.find((one) => one.weeks === weeks)
  const dueOn = weeks === 13 ? episode.follow_up_13_on : episode.follow_up_26_on
  const about = {
    person: calledName(episode),
    firstName: episode.preferred_name ?? episode.given_name,
    record: `/people/${episode.person}`,
    address: `/episodes/${episode.id}/follow-ups/${weeks}`,
    weeks,
  }
  const reasons = rules.reasonsNotToFollowUp({ stage: episode.stage, weeks, dueOn, done: heard !== undefined, today })
  if (!reached) throw new NotFound()
  return { ...{ episode, about, all, standing, heard }, attempts, reached, reasons, dueOn: dueOn ?? today }
}

function shownWith({ about, attempts, reached, dueOn }: Found, { actor, today }: Asking) {
  const ids = { answer: newId(), attempt: newId() }
  return { ...about, ids, attempts, reached, dueOn, today, coach: actor.name }
}

type Sent = ValueOf<typeof fields>

async function problemsIn({ db, actor, today }: Asking, { episode, attempts }: Found, sent: Sent) {
  const completedOn = (await findCompletion(db, actor.area, episode.id))?.completed_on ?? null
  return rules.problemsWithFollowUp({
    ...sent,
    tries: rules.countedTries(attempts),
    heardOn: sent.heard,
    completedOn,
    today,
  })
}

/** What was heard; without an answer nothing else is kept. */
function answersIn({ result, heard: heard_on, said, ...sent }: Sent): Answers {
  const answered = result === 'answered'
  return {
    ...{ result, heard_on, said },
    in_work: answered ? sent.inWork : null,
    same_employer: answered ? sent.sameEmployer : null,
    hours: answered ? sent.hours : null,
    health: answered ? sent.health : null,
    adjustments: answered ? sent.adjustments : null,
    weeks_of_7_hours: answered ? sent.weeksOf7Hours : null,
    weeks_of_16_hours: answered ? sent.weeksOf16Hours : null,
  }
}
