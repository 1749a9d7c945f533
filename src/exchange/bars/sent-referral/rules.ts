import { type Message, planShape } from '#platform/bars/rules.ts'
import {
  codeIn,
  conditionShape,
  consentShape,
  entryOf,
  ofKind,
  ok,
  only,
  organization,
  practitionerShape,
  type Read,
  readAs,
  taskShape,
  wordsOf,
} from '#platform/fhir/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import type { Referrer } from '#journey/acknowledgement/rules.ts'
import type { Agreement, Answers } from '#journey/referral/rules.ts'
import { personFrom } from '#exchange/fhir/patient/rules.ts'

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** A referral of another system, as the service takes one. */
export type Described = Readonly<{
  newcomer: Newcomer
  answers: Answers
  referrer: Referrer
  agreement: Agreement
  /** The NHS number that the sender has verified: by it alone is the message found again. */
  verified: string | null
}>

/** What a message says, as a referral: problems where the service could not register or reach whom it is about. */
export function referralFrom(message: Message, today: Temporal.PlainDate): Read<Described> {
  const { entries } = message
  const person = personFrom(message, today)
  if (!person.ok) return person
  const { newcomer, verified, more } = person.value
  const said = [...reasonsIn(message), ...more]
  return ok({
    ...{ newcomer, verified, agreement: agreementIn(entries), referrer: referrerOf(message) },
    answers: {
      ...{ workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, howHeard: null },
      reason: said.length > 0 ? said.join('\n\n') : null,
    },
  })
}

/**
 * Whether they were asked. That their care is direct needs no asking, and so most messages say that consent is implied: the
 * service asks such a person itself before it begins. Only where the message says that they agreed has somebody asked.
 */
function agreementIn(entries: Message['entries']): Agreement {
  const consent = only(entries, 'Consent', consentShape)
  const agreed = consent.ok && consent.value.status === 'active'
  return agreed && codeIn(consent.value.policyRule, actCode) === 'OPTIN' ? 'agreed' : 'not-asked'
}

function reasonsIn({ request, entries }: Message): string[] {
  const plan = only(entries, 'CarePlan', planShape)
  const conditions = ofKind(entries, 'Condition').map((one) => readAs(conditionShape, one, 'Condition'))
  const tasks = ofKind(entries, 'Task').map((one) => readAs(taskShape, one, 'Task'))
  const said = [
    ...(request.reasonCode ?? []).map(wordsOf),
    ...conditions.map((one) => (one.ok ? wordsOf(one.value.code) : undefined)),
    ...(plan.ok ? [plan.value.description] : []),
    ...(plan.ok ? (plan.value.activity ?? []).flatMap((one) => (one.outcomeCodeableConcept ?? []).map(wordsOf)) : []),
    ...(plan.ok ? (plan.value.note ?? []).map((note) => note.text) : []),
    ...tasks.map((one) => (one.ok ? one.value.description : undefined)),
    ...(request.note ?? []).map((note) => note.text),
    request.patientInstruction,
  ]
  // Senders write the ends of lines as two characters.
  const clean = said.flatMap((one) => one?.replaceAll(String.raw`\n`, '\n').trim() || [])
  return [...new Set(clean)]
}

function referrerOf({ header, request, entries }: Message): Referrer {
  const sender = readAs(organization, entryOf(entries, header.sender) ?? {}, 'Organization')
  const requester = readAs(practitionerShape, entryOf(entries, request.requester) ?? {}, 'Practitioner')
  const named = requester.ok ? requester.value.name?.[0] : undefined
  const name = named?.text ?? [...(named?.given ?? []), named?.family].filter(Boolean).join(' ')
  const organisation = (sender.ok ? sender.value.name : undefined) ?? header.source.name ?? null
  return { name: name || null, organisation, email: null, feedback: 'none' }
}
