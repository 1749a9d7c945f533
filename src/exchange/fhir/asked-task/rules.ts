import { type EventKind, type Meeting, meetings, referenceOf, type State } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { patientOf, valueOf } from '#journey/onward-pack/rules.ts'
import { codedAs, isCodeOf } from '#exchange/fhir/answer-codes/rules.ts'

/** What a service has said of a request, by whichever way. */
export type OwnWord = Readonly<{
  kind: EventKind
  at: Temporal.Instant
  reason: string | null
  onDay: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
  byName: string | null
}>

/** A request to a local service, with what the service may read of it now. */
export type AskedOf = Readonly<{
  id: string
  state: State
  stateAt: Temporal.Instant
  askedAt: Temporal.Instant
  meet: Meeting | null
  meetAt: Temporal.Instant | null
  service: string
  serviceName: string
  /** The parts of the packet that were agreed, without where a restricted person can be found. */
  parts: readonly Part[]
  bornOn: Temporal.PlainDate | null
  /** Who asks, and the service that they work for. */
  by: string | null
  areaName: string
  /** Which organisation answers, and by when it is asked to. */
  owner: Readonly<{ id: string; name: string }>
  answerBy: Temporal.PlainDate
  own: readonly OwnWord[]
}>

const core = (name: string) => ({ profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${name}`] })
const written = (at: Temporal.Instant) => at.toString({ smallestUnit: 'millisecond' })

/** The code of FHIR for a request that somebody else is to meet, by which these Tasks are known from all others. */
export const fulfil = { system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' } as const

/**
 * TaskStatus of FHIR R4. Somebody on a waiting list is accepted and nothing has begun for them: on-hold is for what had begun.
 * One that nobody answered in time is still asked for, since a late answer counts.
 */
const statusOf: Readonly<Partial<Record<State, string>>> = {
  ...{ sent: 'requested', 'no-reply': 'requested', seen: 'received', accepted: 'accepted', waiting: 'accepted' },
  ...{ started: 'in-progress', attended: 'in-progress', declined: 'rejected', ended: 'completed' },
}

type Places = Readonly<{ origin: string; fhirAt: string }>

const isUnanswered = (state: State) => statusOf[state] === 'requested' || statusOf[state] === 'received'

/** When it was asked for or last answered: that it was read moves nothing, nor what others said of it in confidence. */
const changedAt = ({ askedAt, state, stateAt, own }: AskedOf): Temporal.Instant =>
  [askedAt, ...(isUnanswered(state) ? [] : [stateAt]), ...own.map(({ at }) => at)].reduce((one, other) =>
    Temporal.Instant.compare(one, other) < 0 ? other : one,
  )

/**
 * A request to a local service as its own system reads it. Whom it is about and what is wanted stand within it: they are a
 * copy that was agreed to for this request alone, and have no life outside it.
 */
export function askedTaskOf(asked: AskedOf, places: Places) {
  const { id, state, askedAt, owner, areaName, answerBy } = asked
  const { origin, fhirAt } = places
  const changed = written(changedAt(asked))
  return {
    ...{ resourceType: 'Task', id, meta: { lastUpdated: changed, ...core('Task') } },
    contained: [{ ...{ resourceType: 'Patient', id: 'patient' }, ...patientOf(asked) }, requestOf(asked)],
    identifier: [{ system: `${origin}/fhir/reference`, value: referenceOf(id) }],
    status: statusOf[state] ?? 'requested',
    ...statusReasonOf(asked, fhirAt),
    ...(state === 'waiting' ? { businessStatus: codedAs(fhirAt, 'request-standing', 'waiting') } : {}),
    ...{ intent: 'order', code: { coding: [fulfil] } },
    ...{ focus: { reference: '#request' }, for: { reference: '#patient' } },
    ...executionOf(asked),
    ...{ authoredOn: written(askedAt), lastModified: changed },
    requester: { type: 'Organization', display: areaName },
    owner: { reference: `Organization/${owner.id}`, display: owner.name },
    note: notesOf(asked),
    ...(isUnanswered(state) ? { restriction: { period: { end: answerBy.toString() } } } : {}),
    input: inputsOf(asked, fhirAt),
    output: outputsOf(asked, fhirAt),
  }
}

export type AskedTask = ReturnType<typeof askedTaskOf> & Readonly<{ meta: Readonly<{ versionId?: string }> }>

/** What of it counts as another version: all but when, and whether it was read. */
export const versionedOf = ({ meta: _meta, lastModified: _at, status, ...task }: AskedTask): string =>
  JSON.stringify({ ...task, status: status === 'received' ? 'requested' : status })

function requestOf({ parts, askedAt, by, areaName, service, serviceName }: AskedOf) {
  const asks = by === null ? { type: 'Organization', display: areaName } : { type: 'Practitioner', display: by }
  return {
    ...{ resourceType: 'ServiceRequest', id: 'request', meta: core('ServiceRequest') },
    ...{ status: 'active', intent: 'order', code: { text: valueOf(parts, 'wanted') ?? '' } },
    ...{ subject: { reference: '#patient' }, authoredOn: written(askedAt), requester: asks },
    performer: [{ reference: `HealthcareService/${service}`, display: serviceName }],
  }
}

const newest = (own: readonly OwnWord[], kind: EventKind) => own.findLast((one) => one.kind === kind)

function statusReasonOf({ state, own }: AskedOf, fhirAt: string) {
  const reason = newest(own, 'declined')?.reason ?? undefined
  return state === 'declined' && isCodeOf('decline-reason', reason)
    ? { statusReason: codedAs(fhirAt, 'decline-reason', reason) }
    : {}
}

function executionOf({ state, own }: AskedOf) {
  const start = newest(own, 'started')?.onDay?.toString()
  const end = state === 'ended' ? newest(own, 'ended')?.onDay?.toString() : undefined
  const isUnderWay = state === 'started' || state === 'attended' || state === 'ended'
  const period = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
  return isUnderWay && Object.keys(period).length > 0 ? { executionPeriod: period } : {}
}

const notesOf = ({ own }: AskedOf) =>
  own.flatMap(({ note, byName, at }) =>
    note === null ? [] : [{ ...(byName ? { authorString: byName } : {}), time: written(at), text: note }],
  )

/** What of the packet no element of the resources within it has a place for, as it is read, and when it is handed over. */
function inputsOf({ parts, bornOn, meet, meetAt }: AskedOf, fhirAt: string) {
  const placed = ['name', 'wanted', 'phone', 'email', 'language', ...(bornOn === null ? [] : ['born'])]
  return [
    ...parts
      .filter(({ part }) => !placed.includes(part))
      .map(({ part, value }) => ({ type: codedAs(fhirAt, 'request-part', part), valueString: value })),
    ...(meet === null || meetAt === null
      ? []
      : [
          {
            type: { ...codedAs(fhirAt, 'request-part', 'meeting'), text: meetings[meet].label },
            valueDateTime: written(meetAt),
          },
        ]),
  ]
}

type Output = Readonly<{ type: ReturnType<typeof codedAs> }> &
  Readonly<{ valueDate?: string; valuePositiveInt?: number; valueCodeableConcept?: ReturnType<typeof codedAs> }>

/** What the service said with the answer at which it stands. */
function outputsOf({ state, own }: AskedOf, fhirAt: string): Output[] {
  const type = (code: Parameters<typeof codedAs<'answer-part'>>[2]) => ({ type: codedAs(fhirAt, 'answer-part', code) })
  const day = (code: 'expected' | 'last', on: Temporal.PlainDate | null | undefined): Output[] =>
    on ? [{ ...type(code), valueDate: on.toString() }] : []
  const number = (code: 'place' | 'sessions', value: number | null | undefined): Output[] =>
    value ? [{ ...type(code), valuePositiveInt: value }] : []
  if (state === 'accepted') return day('expected', newest(own, 'accepted')?.onDay)
  if (state === 'waiting') {
    const waiting = newest(own, 'waiting')
    return [...number('place', waiting?.place), ...day('expected', waiting?.onDay)]
  }
  const attended = state === 'attended' || state === 'ended' ? newest(own, 'attended') : undefined
  const reason = state === 'ended' ? (newest(own, 'ended')?.reason ?? undefined) : undefined
  return [
    ...number('sessions', attended?.sessions),
    ...day('last', attended?.onDay),
    ...(isCodeOf('help-outcome', reason)
      ? [{ ...type('outcome'), valueCodeableConcept: codedAs(fhirAt, 'help-outcome', reason) }]
      : []),
  ]
}
