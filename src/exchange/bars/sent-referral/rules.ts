import { type Message, planShape } from '#platform/bars/rules.ts'
import {
  conditionShape,
  entryOf,
  nameOf,
  ofKind,
  ok,
  only,
  organization,
  type Read,
  readAs,
  taskShape,
  wordsOf,
} from '#platform/fhir/rules.ts'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import type { Referrer } from '#journey/acknowledgement/rules.ts'
import type { Agreement, Answers } from '#journey/referral/rules.ts'
import { agreementIn, personFrom, saidTogether } from '#exchange/fhir/patient/rules.ts'

/** A referral of another system, as the service takes one. */
export type Described = Readonly<{
  newcomer: Newcomer
  answers: Answers
  referrer: Referrer
  agreement: Agreement
  /** The NHS number that the sender has verified: by it alone is the message found again. */
  verified: string | null
}>

/** Whoever sends, as the area's register has them, and whether there is an address to which replies go. */
export type Sender = Readonly<{ name: string; kind: OrganisationKind; hears: boolean }>

type Coming = Readonly<{ today: Temporal.PlainDate; sender: Sender | undefined }>

/** What a message says, as a referral: problems where the service could not register or reach whom it is about. */
export function referralFrom(message: Message, { today, sender }: Coming): Read<Described> {
  const { entries } = message
  const person = personFrom(message, today)
  if (!person.ok) return person
  const { newcomer, verified, more } = person.value
  return ok({
    ...{ newcomer, verified, agreement: agreementIn(entries), referrer: asKnown(referrerOf(message), sender) },
    answers: {
      ...{ workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, howHeard: null },
      reason: saidTogether([...reasonsIn(message), ...more]),
    },
  })
}

/**
 * Who referred, under the name by which the area knows them: the person agrees to no other being told. Whoever has an
 * address for replies wishes to hear how it goes on, so that the person is asked.
 */
function asKnown(referrer: Referrer, sender: Sender | undefined): Referrer {
  if (!sender) return referrer
  return { ...referrer, organisation: sender.name, feedback: sender.hears ? 'status' : referrer.feedback }
}

function reasonsIn({ request, entries }: Message): (string | undefined)[] {
  const plan = only(entries, 'CarePlan', planShape)
  const conditions = ofKind(entries, 'Condition').map((one) => readAs(conditionShape, one, 'Condition'))
  const tasks = ofKind(entries, 'Task').map((one) => readAs(taskShape, one, 'Task'))
  return [
    ...(request.reasonCode ?? []).map(wordsOf),
    ...conditions.map((one) => (one.ok ? wordsOf(one.value.code) : undefined)),
    ...(plan.ok ? [plan.value.description] : []),
    ...(plan.ok ? (plan.value.activity ?? []).flatMap((one) => (one.outcomeCodeableConcept ?? []).map(wordsOf)) : []),
    ...(plan.ok ? (plan.value.note ?? []).map((note) => note.text) : []),
    ...tasks.map((one) => (one.ok ? one.value.description : undefined)),
    ...(request.note ?? []).map((note) => note.text),
    request.patientInstruction,
  ]
}

function referrerOf({ header, request, entries }: Message): Referrer {
  const sender = readAs(organization, entryOf(entries, header.sender) ?? {}, 'Organization')
  const organisation = (sender.ok ? sender.value.name : undefined) ?? header.source.name ?? null
  return { name: nameOf(entries, request.requester), organisation, email: null, feedback: 'none' }
}
