import { encounterShape, type Message, planShape, systems } from '#platform/bars/rules.ts'
import {
  codeIn,
  consentShape,
  entryOf,
  no,
  ofKind,
  ok,
  only,
  type Patient,
  type Read,
  type Refusal,
  refusal,
} from '#platform/fhir/rules.ts'
import { danglingProblems } from '#platform/fhir/uk-core/rules.ts'
import { firstContacts } from '#exchange/fhir/patient/rules.ts'

/** What a message asks of the service. */
export type Asked = Readonly<{ kind: 'referral' | 'cancellation' | 'response'; useCase: string }>

const cancelled = ['revoked', 'entered-in-error']

/**
 * What a message asks for, by the values that decide about it together (BaRS Core 1.5.0, bundle processing). A service that
 * takes referrals takes neither requests for validation nor a referral that was changed: it is cancelled and made anew.
 */
export function askedBy({ header, request, entries }: Message): Read<Asked> {
  const useCase = codeInAny(request.category, systems.useCase)
  if (useCase === undefined)
    return no(refusal('invariant', 'ServiceRequest.category names no use case', 'ServiceRequest.category'))
  if (header.eventCoding.code === 'servicerequest-response') return ok({ kind: 'response', useCase })
  const category = codeInAny(request.category, systems.category)
  if (category !== 'referral')
    return no(refusal('invariant', 'Only referrals are taken here', 'ServiceRequest.category'))
  const reason = codeIn(header.reason, systems.reason)
  if (reason === 'update' && cancelled.includes(request.status)) return ok({ kind: 'cancellation', useCase })
  if (reason !== 'new' || request.status !== 'active')
    return no(
      refusal(
        'invariant',
        'A referral is new and active, or an update that is revoked or entered in error',
        'ServiceRequest.status',
      ),
    )
  const problems = [...contentProblems(entries), ...stateProblems(entries)]
  return problems.length > 0 ? no(...problems) : ok({ kind: 'referral', useCase })
}

function codeInAny(concepts: Message['request']['category'], system: string): string | undefined {
  return concepts.map((concept) => codeIn(concept, system)).find((code) => code !== undefined)
}

// BaRS application 5, MessageDefinition of a referral.
const least = { Organization: 2, Practitioner: 1, PractitionerRole: 1, Consent: 1, HealthcareService: 1 } as const

function contentProblems(entries: Message['entries']): Refusal[] {
  return Object.entries(least)
    .filter(([kind, number]) => ofKind(entries, kind).length < number)
    .map(([kind, number]) => refusal('required', `A referral has ${number} ${kind} or more`, 'Bundle.entry'))
}

function stateProblems(entries: Message['entries']): Refusal[] {
  const [plan, encounter] = [only(entries, 'CarePlan', planShape), only(entries, 'Encounter', encounterShape)]
  if (!plan.ok) return [...plan.refusals]
  if (!encounter.ok) return [...encounter.refusals]
  return [
    ...(plan.value.status === 'completed'
      ? []
      : [refusal('invariant', 'The CarePlan of a referral is completed', 'CarePlan.status')]),
    ...(['triaged', 'finished'].includes(encounter.value.status)
      ? []
      : [refusal('invariant', 'The Encounter of a referral is triaged or finished', 'Encounter.status')]),
  ]
}

/** What else is wrong with a new referral: who it is about, what they agreed to, and whether all it speaks of is there. */
export function referralProblems(message: Message): Refusal[] {
  const { request, patient } = message
  return [
    ...(request.intent === 'plan'
      ? []
      : [refusal('invariant', 'The intent of a referral is plan', 'ServiceRequest.intent')]),
    ...(request.authoredOn === undefined
      ? [refusal('required', 'ServiceRequest.authoredOn is missing', 'ServiceRequest.authoredOn')]
      : []),
    ...danglingProblems(message.entries),
    ...requestProblems(message),
    ...contactProblems(patient),
    ...consentProblems(message),
  ]
}

function requestProblems({ request, entries }: Message): Refusal[] {
  const about = entryOf(entries, request.subject)?.resourceType
  // Whoever is meant may stand outside the message; who stands in it and is no patient is nobody to refer.
  const isPatient = about === undefined || about === 'Patient'
  const other = ['occurrenceDateTime', 'occurrenceTiming'].find((name) => request[name] !== undefined)
  return [
    ...(isPatient ? [] : [refusal('invariant', 'The subject is the Patient', 'ServiceRequest.subject')]),
    ...(other ? [refusal('structure', 'BaRS has occurrencePeriod and no other', `ServiceRequest.${other}`)] : []),
  ]
}

function contactProblems(patient: Patient): Refusal[] {
  return firstContacts(patient).length === 1
    ? []
    : [refusal('invariant', 'The patient has exactly one contact of rank 1', 'Patient.contact')]
}

function consentProblems({ entries }: Message): Refusal[] {
  const consent = only(entries, 'Consent', consentShape)
  if (!consent.ok) return [...consent.refusals]
  return consent.value.category.some((one) => codeIn(one, systems.consent) === 'DRC')
    ? []
    : [refusal('invariant', 'The consent is for direct care (DRC)', 'Consent.category')]
}
