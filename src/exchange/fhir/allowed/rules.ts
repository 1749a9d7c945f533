import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import { allowances } from '#registers/permissions/rules.ts'
import { type Purpose, purposes } from '#journey/appointment/rules.ts'
import type { Under } from '#journey/hearing/rules.ts'
import { standingOf, type Standing, type Told } from '#journey/referrer/rules.ts'
import type { Shown } from '#exchange/fhir/shown/rules.ts'

/** A goal of an agreed plan, by a part of an id and without its words: they can hold anything, and nobody looks them over. */
type GoalShown = Readonly<{ part: string; target: string | null; achieved: boolean }>

/** A plan as it was last agreed, when it first was, and when something about it last changed. */
export type PlanShown = Readonly<{
  type: PlanType
  agreedOn: Temporal.PlainDate
  changedAt: Temporal.Instant
  goals: readonly GoalShown[]
}>

/** A conversation that took place. */
export type Attended = Readonly<{
  part: string
  purpose: Purpose
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  changedAt: Temporal.Instant
}>

/** A referral of which its person lets the organisation that sent it know more than that it arrived. */
export type Allowed = Omit<Shown, 'organisation'> &
  Readonly<{
    under: Under
    told: readonly Told[]
    /** Whose system asks, which is whom the person said yes to. */
    organisation: string
    /** Only where the person lets it read a summary of the support. */
    plan: PlanShown | undefined
    attended: readonly Attended[]
  }>

type Resource = Readonly<{ resourceType: string; id: string; meta: Readonly<{ lastUpdated: string }> }>

/** The kinds that say more than that a referral arrived, each as far as it may be said. */
export const allowedOf = {
  ...{ EpisodeOfCare: episodesOfCareOf, Communication: communicationsOf, Consent: consentsOf },
  ...{ CarePlan: carePlansOf, Goal: goalsOf, Appointment: appointmentsOf },
} as const satisfies Readonly<Record<string, (allowed: Allowed) => readonly Resource[]>>

export type AllowedKind = keyof typeof allowedOf

/** The kinds of which a request can have several, each with an id of its own that begins with that of the request. */
export const severalOf: readonly string[] = ['Goal', 'Appointment'] satisfies AllowedKind[]

const partId = (request: string, part: string) => `${request.replaceAll('-', '')}${part}`

// UK Core has no profile of Goal.
const headed = (kind: string, id: string, changedAt: Temporal.Instant) => ({
  ...{ resourceType: kind, id },
  meta: {
    lastUpdated: changedAt.toString(),
    ...(kind === 'Goal' ? {} : { profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${kind}`] }),
  },
})

const hour = { hours: 1 } as const

/** From when on the sender could know something: after it was so, after the yes, and after they had sent the referral. */
function knownFrom({ takenAt, under }: Allowed, at: Temporal.Instant | null = null): Temporal.Instant {
  const moments = [takenAt, ...(under.at ? [under.at] : []), ...(at ? [at] : [])]
  return moments.toSorted((one, other) => Temporal.Instant.compare(one, other)).at(-1) ?? takenAt
}

// FHIR R4: EpisodeOfCareStatus. Ended is finished and never cancelled: how it ended is not said.
const statusOf = { accepted: 'planned', started: 'active', ended: 'finished' } as const satisfies Readonly<
  Record<Exclude<Standing, 'received'>, string>
>

/**
 * That support was accepted, has started or has ended, as the Task says it; none where it ended before it was accepted. From
 * when it was accepted until it ended: a beginning of its own would say of somebody who stopped before that they did.
 */
function episodesOfCareOf(allowed: Allowed) {
  const { id, patient, told } = allowed
  const [standing, start] = [standingOf(told), begunOn(told)]
  const end = dayOf(told, 'ended')
  if (standing === 'received' || start === undefined) return []
  const episode = {
    ...headed('EpisodeOfCare', id, knownFrom(allowed, told.at(-1)?.settledAt)),
    status: statusOf[standing],
    ...{ patient: { reference: `Patient/${patient}` }, referralRequest: [{ reference: `ServiceRequest/${id}` }] },
    period: { start, ...(end === undefined ? {} : { end }) },
  }
  return [episode]
}

const dayOf = (told: readonly Told[], what: Standing) => told.find((one) => one.what === what)?.on.toString()
const begunOn = (told: readonly Told[]) => dayOf(told, 'accepted') ?? dayOf(told, 'started')

// The words of a Communication, whatever the reason was.
const newsOf = {
  accepted: 'The request was accepted',
  started: 'Support has started',
  ended: 'Support has ended',
} as const satisfies Record<keyof typeof statusOf, string>

/**
 * The newest of what whoever referred is told: the next takes its place. A beginning that stayed to be read would be missing
 * where somebody never came. None of a request that ended before it was accepted.
 */
function communicationsOf(allowed: Allowed) {
  const { id, patient, organisation, told } = allowed
  const standing = standingOf(told)
  if (standing === 'received' || begunOn(told) === undefined) return []
  const sent = knownFrom(allowed, told.at(-1)?.settledAt)
  const communication = {
    ...{ ...headed('Communication', id, sent), status: 'completed', sent: sent.toString() },
    category: [coded('http://terminology.hl7.org/CodeSystem/communication-category', 'notification')],
    ...{ subject: { reference: `Patient/${patient}` }, basedOn: [{ reference: `ServiceRequest/${id}` }] },
    ...{ recipient: [{ reference: `Organization/${organisation}` }], payload: [{ contentString: newsOf[standing] }] },
  }
  return [communication]
}

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

/** The yes under which whoever asks is told more. A no and no answer are the same: there is none. */
function consentsOf(allowed: Allowed) {
  const { id, patient, organisation, under } = allowed
  const terms = 'http://terminology.hl7.org/CodeSystem'
  const since = knownFrom(allowed)
  const consent = {
    ...{ ...headed('Consent', id, since), status: 'active' },
    ...{ scope: coded(`${terms}/consentscope`, 'patient-privacy'), category: [coded('http://loinc.org', '59284-0')] },
    ...{ patient: { reference: `Patient/${patient}` }, dateTime: since.toString() },
    policyRule: coded(`${terms}/v3-ActCode`, 'OPTIN'),
    provision: {
      type: 'permit',
      actor: [
        {
          role: coded(`${terms}/v3-ParticipationType`, 'IRCP'),
          reference: { reference: `Organization/${organisation}` },
        },
      ],
      code: [{ text: allowances[hearsOfSupport(under) ? 'summary' : 'status'].label }],
    },
  }
  return [consent]
}

/**
 * Whether a summary of the support may be read too. Only a practice was said yes to in words that hold one ("how I am
 * getting on"): an employer and a service are told the facts that were ticked and nothing else, and a Jobcentre hears
 * nothing of what somebody attends or does.
 */
export function hearsOfSupport({ switch: asked, summary }: Under): boolean {
  return asked === 'gp' && summary
}

const isOver = ({ told }: Allowed) => standingOf(told) === 'ended'

/** When a plan last changed for the sender: with what was written of it, and when they were told that support ended. */
function planKnownFrom(allowed: Allowed, { changedAt }: PlanShown): Temporal.Instant {
  const ended = isOver(allowed) ? allowed.told.at(-1)?.settledAt : undefined
  const settled = changedAt.add(hour)
  return knownFrom(allowed, ended && Temporal.Instant.compare(ended, settled) > 0 ? ended : settled)
}

/** That a plan was agreed, of which kind, and its goals. It is over when support is: whether it was reached is not said. */
function carePlansOf(allowed: Allowed) {
  const { id, patient, plan } = allowed
  if (plan === undefined) return []
  const goal = plan.goals.map(({ part }) => ({ reference: `Goal/${partId(id, part)}` }))
  const carePlan = {
    ...headed('CarePlan', id, planKnownFrom(allowed, plan)),
    ...{ status: isOver(allowed) ? 'completed' : 'active', intent: 'plan' },
    ...{ title: 'Plan agreed with WorkWell', category: [{ text: planTypes[plan.type].label }] },
    ...{ subject: { reference: `Patient/${patient}` }, period: { start: plan.agreedOn.toString() } },
    ...(goal.length > 0 ? { goal } : {}),
  }
  return [carePlan]
}

/** The goals of a plan, by when they are meant to be reached and whether they were; one that was not says nothing. */
function goalsOf(allowed: Allowed) {
  const { id, patient, plan } = allowed
  if (plan === undefined) return []
  const system = 'http://terminology.hl7.org/CodeSystem/goal-achievement'
  return plan.goals.map(({ part, target, achieved }) => ({
    ...headed('Goal', partId(id, part), planKnownFrom(allowed, plan)),
    lifecycleStatus: isOver(allowed) ? 'completed' : 'active',
    ...(achieved ? { achievementStatus: coded(system, 'achieved') } : {}),
    description: { text: 'A goal of the plan: its words stay with the person and their coach' },
    ...{ subject: { reference: `Patient/${patient}` }, startDate: plan.agreedOn.toString() },
    ...(target === null ? {} : { target: [{ dueDate: target }] }),
  }))
}

/** The conversations that took place. One to come is not said: that it then was called off or missed would show. */
function appointmentsOf(allowed: Allowed) {
  const { id, patient, attended } = allowed
  return attended.map(({ part, purpose, startsAt, endsAt, changedAt }) => ({
    ...headed('Appointment', partId(id, part), knownFrom(allowed, changedAt.add(hour))),
    ...{ status: 'fulfilled', description: purposes[purpose].label },
    ...{ start: startsAt.toString(), end: endsAt.toString(), basedOn: [{ reference: `ServiceRequest/${id}` }] },
    participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
  }))
}
