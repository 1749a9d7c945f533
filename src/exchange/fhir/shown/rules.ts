import { numberWith } from '#platform/fhir/nhs-number/rules.ts'
import { type Told, type Standing, standingOf } from '#journey/referrer/rules.ts'

/** A referral that a system sent, as its organisation reads it back. */
export type Shown = Readonly<{
  id: string
  patient: string
  task: string | null
  system: string
  value: string
  authoredAt: Temporal.Instant
  takenAt: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  reference: string
  /** As it was referred; what the service has learnt since is not the sender's. */
  personName: string | null
  /** Where the sender had verified it. */
  nhsNumber: string | null
  organisation: Readonly<{ name: string; odsCode: string | null }>
}>

const core = (name: string) => [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${name}`]
const written = (at: Temporal.Instant) => at.toString({ smallestUnit: 'millisecond' })

/** When what is read back last changed by what its sender sent or did. */
function changedAt({ takenAt, withdrawnAt }: Pick<Shown, 'takenAt' | 'withdrawnAt'>): Temporal.Instant {
  return withdrawnAt !== null && Temporal.Instant.compare(withdrawnAt, takenAt) > 0 ? withdrawnAt : takenAt
}

function requesterOf({ organisation: { name, odsCode } }: Shown) {
  const system = 'https://fhir.nhs.uk/Id/ods-organization-code'
  return {
    ...{ type: 'Organization', display: name },
    ...(odsCode === null ? {} : { identifier: { system, value: odsCode } }),
  }
}

/** The request as its sender reads it back: what they said and did themselves, never what came of it. */
export function serviceRequestOf(shown: Shown, origin: string) {
  const { id, patient, system, value, authoredAt, reference, withdrawnAt } = shown
  return {
    ...{ resourceType: 'ServiceRequest', id },
    meta: { lastUpdated: written(changedAt(shown)), profile: core('ServiceRequest') },
    identifier: [
      { system, value },
      { system: `${origin}/fhir/reference`, value: reference },
    ],
    ...{ status: withdrawnAt === null ? 'active' : 'revoked', intent: 'order' },
    subject: { reference: `Patient/${patient}` },
    ...{ authoredOn: written(authoredAt), requester: requesterOf(shown) },
  } as const
}

/** Whom a referral is about, as its sender described them. */
export function patientOf({ patient, personName, nhsNumber, takenAt }: Shown) {
  return {
    ...{ resourceType: 'Patient', id: patient, meta: { lastUpdated: written(takenAt), profile: core('Patient') } },
    ...(nhsNumber === null ? {} : { identifier: [numberWith(nhsNumber, 'verified')] }),
    ...(personName === null ? {} : { name: [{ use: 'official', text: personName }] }),
  } as const
}

// FHIR R4: TaskStatus.
const statusOf = {
  received: 'received',
  accepted: 'accepted',
  started: 'in-progress',
  ended: 'completed',
} as const satisfies Record<Standing, string>

/** How a referral goes on, as far as the person allows: why it ended is never said. */
export function taskOf(shown: Shown & Readonly<{ task: string }>, told: readonly Told[]) {
  const { id, task, patient, authoredAt, withdrawnAt } = shown
  return {
    ...{ resourceType: 'Task', id: task, meta: { profile: core('Task') } },
    ...{ status: withdrawnAt === null ? statusOf[standingOf(told)] : 'cancelled', intent: 'order' },
    ...{ focus: { reference: `ServiceRequest/${id}` }, for: { reference: `Patient/${patient}` } },
    ...{ authoredOn: written(authoredAt), requester: requesterOf(shown) },
  } as const
}
