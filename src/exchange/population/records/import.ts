import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { takeActionResults, type TakenActionResult } from '#journey/action/import.ts'
import { takeAllocations, type TakenAllocation } from '#journey/allocation/import.ts'
import { takeAppointments, type TakenAppointment } from '#journey/appointment/import.ts'
import { takeCompletions, type TakenCompletion } from '#journey/completion/import.ts'
import { takeContacts, type TakenContact } from '#journey/contact/import.ts'
import { takeDecisions, type TakenDecision } from '#journey/decision/import.ts'
import { takeEndings, type TakenEnding } from '#journey/ending/import.ts'
import { takeFollowUps, type TakenFollowUp } from '#journey/follow-up/import.ts'
import { allModes } from '#journey/invitation/rules.ts'
import { takeOffers, type TakenOffer } from '#journey/offer/import.ts'
import { takeReferrals, type TakenReferral } from '#journey/referral/import.ts'
import { takeConcerns, type TakenConcern, type TakenLook } from '#journey/safety/import.ts'
import { takeEntries, type TakenEntry } from '#journey/support/log/import.ts'
import { takePauses, type TakenPause } from '#journey/support/pause/import.ts'
import { takeAnswers, type TakenAnswer } from '#registers/permissions/import.ts'
import type { PlannedGoals } from '#exchange/population/conversations/import.ts'
import { aConcern, type Appointment, type CameOf, type Happening } from '#exchange/population/happenings/rules.ts'
import { chanceFrom } from '#exchange/population/invented/rules.ts'
import type { Happened, Keyed } from '#exchange/population/stories/import.ts'
import { letsSurgeryKnow, offeredFor, referralOf, type Sender } from './rules.ts'

function only<Of extends Happening['of']>(happened: readonly Happened[], of: Of) {
  // Checked: what is kept is just what was asked for.
  return happened.filter(({ what }) => what.of === of) as Happened<Extract<Happening, { of: Of }>>[]
}

type Around = Readonly<{
  area: string
  now: Temporal.Instant
  goals: ReadonlyMap<string, PlannedGoals>
  senders: readonly Sender[]
}>

/** Keeps everything that happened to these people as the stages would; their episodes and plans are there already. */
export async function takeRecords(db: Db, around: Around, people: readonly Keyed[]): Promise<void> {
  const { area, now, goals, senders } = around
  const happened = people.flatMap((one) => one.happened)
  await takeReferrals(db, { area, by: null, now }, people.map(referral(senders)))
  const referrals = new Map(people.map(({ episode, referral: id }) => [episode, id]))
  const completed = only(happened, 'completion')
  await Promise.all([
    takeDecisions(db, area, only(happened, 'decision').map(decision(referrals))),
    takeAllocations(db, area, only(happened, 'allocation').map(allocation)),
    takeContacts(db, area, only(happened, 'contact').map(contact)),
    takeAppointments(db, area, appointments(happened)),
    takeEntries(db, area, only(happened, 'support').map(entry)),
    takePauses(db, area, pauses(happened)),
    takeConcerns(db, { area, now }, concerns(now, people)),
    takeEndings(db, area, only(happened, 'ending').map(ending)),
    takeCompletions(db, area, completed.map(completion(goals))),
    takeActionResults(db, area, completed.flatMap(actionResults(goals))),
    takeFollowUps(db, area, only(happened, 'follow-up').map(followUp)),
    takeAnswers(db, { area, batch: null }, people.flatMap(lettingKnow)),
    takeOffers(db, area, people.flatMap(offered(now))),
  ])
}

const referral =
  (senders: readonly Sender[]) =>
  ({ id: person, episode, referral: id, provider: holder, seed, newcomer, told }: Keyed): TakenReferral => {
    const { at, route } = receivedIn(told)
    const planned = told.flatMap(({ step }) => (step.kind === 'plan-agreed' ? [step.planType] : []))
    const practice = newcomer.gpPractice ?? null
    const said = referralOf(chanceFrom(seed + 1), { route, planType: planned[0], practice, senders })
    return { ...said, receivedOn: dayOf(at), receivedAt: at, typedAt: at, id, person, episode, holder, newcomer }
  }

function receivedIn([first]: Keyed['told']) {
  if (first?.step.kind !== 'received') throw new TypeError('A made-up journey begins with a referral')
  return { at: first.at, route: first.step.route }
}

function lettingKnow({ id: person, administrator: by, seed, told }: Keyed): TakenAnswer[] {
  const { at, route } = receivedIn(told)
  if (!letsSurgeryKnow(chanceFrom(seed + 2), route)) return []
  return [{ person, switch: 'gp', given: true, how: 'telephone', at, by, wordingVersion: 1 }]
}

const offered =
  (now: Temporal.Instant) =>
  ({ episode, coach: member, seed, told }: Keyed): TakenOffer[] => {
    const purpose = offeredFor(
      chanceFrom(seed + 3),
      told.map(({ step }) => step),
    )
    if (purpose === undefined) return []
    const offer = { purpose, modes: allModes, offered_at: now.subtract({ hours: 1 }), offered_by: member }
    return [{ ...offer, id: newId(), episode, member, expires_at: now.add({ hours: 24 * 14 }) }]
  }

const decision =
  (referrals: ReadonlyMap<string, string>) =>
  ({ what, id, episode, step, at, by }: Happened<Extract<Happening, { of: 'decision' }>>): TakenDecision => ({
    ...{ id, episode, referral: referrals.get(episode) ?? '', step: step.id, decision: what.decision, at, by },
    answer: what.decision === 'accepted' ? 'eligible' : 'not-eligible',
    reason: null,
    handover: what.whereTo === null ? null : { whereTo: what.whereTo, toldHow: 'telephone', toldOn: dayOf(at) },
  })

// The number that an area begins with.
const cap = 40

const allocation = ({ what, id, episode, step, at, by }: Happened<Extract<Happening, { of: 'allocation' }>>) => {
  const coach = step.step.kind === 'allocated' ? (step.step.coach ?? by) : by
  return { id, episode, coach, reason: 'room', caseload: what.caseload, cap, at, by } satisfies TakenAllocation
}

const contact = ({ what, id, episode, at, by }: Happened<Extract<Happening, { of: 'contact' }>>): TakenContact => ({
  ...{ id, episode, way: what.way, result: what.result, note: what.note, at, by },
  next: null,
})

function appointments(happened: readonly Happened[]): TakenAppointment[] {
  const results = new Map(only(happened, 'result').map((one) => [one.what.appointment, one]))
  const all = only(happened, 'appointment')
  const ids = new Map(all.map(({ what, id }) => [what, id]))
  return all.map(({ what, id, episode, at, by }) => {
    const { purpose, mode, startsAt, minutes, movedFrom } = what
    const result = results.get(what)
    return {
      ...{ id, chain: chainOf(what, ids), movedFrom: movedFrom && (ids.get(movedFrom) ?? null), episode, member: by },
      ...{ purpose, mode, interpreter: 'none', startsAt, endsAt: startsAt.add({ minutes }), bookedAt: at, by },
      result: result ? { ...{ id: result.id, at: result.at }, ...saidOf(result.what) } : null,
    }
  })
}

const saidOf = ({ kind, who, reason }: CameOf) => ({ kind, who, reason })

function chainOf(appointment: Appointment, ids: ReadonlyMap<Appointment, string>): string {
  return appointment.movedFrom ? chainOf(appointment.movedFrom, ids) : (ids.get(appointment) ?? '')
}

const entry = ({ what, id, episode, at, by }: Happened<Extract<Happening, { of: 'support' }>>): TakenEntry => ({
  ...{ id, episode, kind: what.kind, minutes: what.minutes, done: what.done, on: dayOf(at), at, by },
})

function pauses(happened: readonly Happened[]): TakenPause[] {
  const ends = new Map(only(happened, 'resumption').map(({ what, at }) => [what.pause, { at, on: dayOf(at) }]))
  return only(happened, 'pause').map(({ what, id, episode, at, by }) => {
    const sinceOn = dayOf(at)
    const { waitsFor, days } = what
    const resumed = ends.get(what) ?? null
    return { id, episode, waitsFor, since: at, sinceOn, checkOn: sinceOn.add({ days }), by, resumed }
  })
}

/** The worries about these people; while somebody is supported the coach looks again every few days, and has it. */
function concerns(now: Temporal.Instant, people: readonly Keyed[]): TakenConcern[] {
  return people.flatMap((one) => {
    const isOver = one.told.some(({ step }) => step.kind === 'completed' || step.kind === 'ended')
    const told = only(one.happened, 'concern')
    const worries = told.length === 0 && !isOver ? lateWorry(one) : told
    return worries.map(({ what, id, episode, person, at, by }) => ({
      ...{ id, episode, person, organisation: one.provider, kind: 'self-harm' as const, aboutOthers: false },
      ...{ rings: false, actBy: 'today' as const, seen: what.seen, at, by },
      looks: looksAt({ done: what.done, closes: isOver || what.closes, at }, now),
    }))
  })
}

// About one in twenty of those who are supported, so that the list of an area is not empty.
function lateWorry({ id: person, episode, seed, steps }: Keyed): Pick<Happened<Worrying>, Worried>[] {
  const last = steps.findLast(({ step }) => step.kind === 'supported')
  const what = { ...aConcern(chanceFrom(seed + 2)), closes: false }
  return last && seed % 20 === 0 ? [{ what, id: newId(), episode, person, at: last.at, by: last.by }] : []
}

type Worrying = Extract<Happening, { of: 'concern' }>
type Worried = 'what' | 'id' | 'episode' | 'person' | 'at' | 'by'
type Worry = Readonly<{ done: string; closes: boolean; at: Temporal.Instant }>

function looksAt({ done, closes, at }: Worry, now: Temporal.Instant): TakenLook[] {
  const nextOn = dayOf(at).add({ days: 2 })
  const first = { id: newId(), done, told: 'The duty lead', nextOn, closedAs: null, at }
  const again = at.add({ hours: 50 })
  if (Temporal.Instant.compare(again, now) >= 0) return [first]
  if (closes) {
    const words = 'Spoke again: has seen the GP and feels safer.'
    return [first, { id: newId(), done: words, told: null, nextOn: null, closedAs: 'safe', at: again }]
  }
  const words = 'Rang: nights are still hard, the GP knows and sees them each week. We speak again in a few days.'
  const newest = { id: newId(), done: words, told: null, nextOn: dayOf(now).add({ days: 3 }), closedAs: null }
  return [first, { ...newest, at: lately(again, now) }]
}

const lately = (again: Temporal.Instant, now: Temporal.Instant) => {
  const before = now.subtract({ hours: 26 })
  return Temporal.Instant.compare(again, before) < 0 ? before : again
}

const ending = ({ what, id, episode, step, at, by }: Happened<Extract<Happening, { of: 'ending' }>>): TakenEnding => ({
  ...{
    id,
    episode,
    step: step.id,
    as: what.as,
    on: dayOf(at),
    said: what.said,
    told: what.told,
    handedTo: what.handedTo,
  },
  ...{ at, by },
})

type Completed = Happened<Extract<Happening, { of: 'completion' }>>

const completion =
  (goals: ReadonlyMap<string, PlannedGoals>) =>
  ({ what, id, episode, step, at, by }: Completed): TakenCompletion => {
    const { outcomes, noOutcome, inWork, workAbility } = what
    const planned = goals.get(episode) ?? []
    return {
      ...{ id, episode, step: step.id, on: dayOf(at), outcomes, noOutcome, workAbility, at, by },
      workStatus: inWork ? 'employed' : 'unemployed',
      next: 'They know how to come back, and whom to ring.',
      goals: planned.map(({ goal }, place) => ({
        goal,
        result: noOutcome ? 'not-met' : place === 0 ? 'met' : 'partly',
        words: null,
      })),
    }
  }

const actionResults =
  (goals: ReadonlyMap<string, PlannedGoals>) =>
  ({ what, episode, at, by }: Completed): TakenActionResult[] =>
    (goals.get(episode) ?? []).flatMap(({ actions }) =>
      actions.map((action) => ({
        ...{ id: newId(), action, on: dayOf(at), at, by },
        result: what.noOutcome ? ('did-not-work' as const) : ('done' as const),
      })),
    )

const followUp = ({
  what,
  id,
  episode,
  step,
  at,
  by,
}: Happened<Extract<Happening, { of: 'follow-up' }>>): TakenFollowUp => {
  const { weeks, result, inWork, sameEmployer, health } = what
  return { id, episode, step: step.id, weeks, result, on: dayOf(at), inWork, sameEmployer, health, at, by }
}
