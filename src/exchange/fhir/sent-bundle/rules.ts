import { conditionShape, nameOf, ofKind, ok, type Read, readAs, taskShape, wordsOf } from '#platform/fhir/rules.ts'
import type { SentReferral } from '#platform/fhir/transaction/rules.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import { ownRouteOf, type Referrer } from '#journey/acknowledgement/rules.ts'
import type { Agreement, Answers } from '#journey/referral/rules.ts'
import { agreementIn, personFrom, saidTogether } from '#exchange/fhir/patient/rules.ts'

/** A referral of another system, as the service takes one. */
export type Described = Readonly<{
  newcomer: Newcomer
  answers: Answers
  referrer: Referrer
  agreement: Agreement
  isVerified: boolean
}>

type Sending = Readonly<{ organisation: string; today: Temporal.PlainDate }>

/**
 * What a transaction says, as a referral of the organisation whose key signed for it: what the message says of itself is not
 * asked. Problems where the service could not register or reach whom it is about.
 */
export function referralIn(sent: SentReferral, { organisation, today }: Sending): Read<Described> {
  const person = personFrom(sent, today)
  if (!person.ok) return person
  const { newcomer, verified, more } = person.value
  const feedback = sent.hasTask ? 'status' : 'none'
  return ok({
    ...{ newcomer, isVerified: verified !== null, agreement: agreementIn(sent.entries) },
    referrer: { name: nameOf(sent.entries, sent.request.requester), organisation, email: null, feedback },
    answers: {
      ...{ workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, howHeard: null },
      reason: saidTogether([...reasonsIn(sent), ...more]),
    },
  })
}

function reasonsIn({ request, entries }: SentReferral): (string | undefined)[] {
  const conditions = ofKind(entries, 'Condition').map((one) => readAs(conditionShape, one, 'Condition'))
  const tasks = ofKind(entries, 'Task').map((one) => readAs(taskShape, one, 'Task'))
  return [
    ...(request.reasonCode ?? []).map(wordsOf),
    ...conditions.map((one) => (one.ok ? wordsOf(one.value.code) : undefined)),
    ...tasks.map((one) => (one.ok ? one.value.description : undefined)),
    ...(request.note ?? []).map((note) => note.text),
    request.patientInstruction,
  ]
}

/** By which way a referral came, by what the organisation is that sent it: a key of its own has proved it. */
export const routeOfSystem = (kind: OrganisationKind): Route => ownRouteOf[kind] ?? 'partner-app'
