import {
  conditionShape,
  consentShape,
  entryOf,
  type Message,
  no,
  ofKind,
  ok,
  only,
  planShape,
  practitionerShape,
  type Read,
  readAs,
  type Refusal,
  refusal,
  taskShape,
} from '#platform/bars/rules.ts'
import { codeIn, organization, type Patient, wordsOf } from '#platform/fhir/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { writtenOdsCode } from '#registers/organisations/rules.ts'
import { type Newcomer, nhsNumber } from '#registers/people/rules.ts'
import type { Referrer } from '#journey/acknowledgement/rules.ts'
import { birthProblems, newcomerFrom, reachProblems } from '#journey/newcomer/rules.ts'
import type { Agreement, Answers } from '#journey/referral/rules.ts'
import { firstContacts } from '#exchange/bars/workflow/rules.ts'

const systems = {
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  verification: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
  // Written with a small and with a large letter in the published examples.
  ods: /^https?:\/\/fhir\.nhs\.uk\/id\/ods-organization-code$/i,
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
} as const

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
  const { patient, entries } = message
  const number = numberOf(patient)
  if (!number.ok) return number
  const { verified, unverified } = number.value
  const name = nameOf(patient)
  const { birthDate } = patient
  if (name === undefined || birthDate === undefined)
    return no(
      ...(name ? [] : [refusal('required', 'The patient has no name', 'Patient.name')]),
      ...(birthDate ? [] : [refusal('required', 'Patient.birthDate is missing', 'Patient.birthDate')]),
    )
  const bornOn = Temporal.PlainDate.from(birthDate)
  const reach = reachOf(patient)
  const problems = patientProblems(patient, { bornOn, today, reach })
  if (problems.length > 0) return no(...problems)
  const newcomer = newcomerFrom({ ...name, ...reach.given, ...homeOf(message), bornOn, nhsNumber: verified })
  const said = [
    ...reasonsIn(message),
    ...reach.more,
    ...(unverified ? [`NHS number, not verified: ${unverified}`] : []),
  ]
  return ok({
    ...{ newcomer, verified, agreement: agreementIn(entries), referrer: referrerOf(message) },
    answers: {
      ...{ workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, howHeard: null },
      reason: said.length > 0 ? said.join('\n\n') : null,
    },
  })
}

type Numbers = Readonly<{ verified: string | null; unverified: string | null }>

function numberOf({ identifier = [] }: Patient): Read<Numbers> {
  const given = identifier.find(({ system }) => system === systems.nhsNumber)
  if (given?.value === undefined) return ok({ verified: null, unverified: null })
  const status = given.extension
    ?.map(({ valueCodeableConcept }) => codeIn(valueCodeableConcept, systems.verification))
    .find((code) => code !== undefined)
  if (status !== 'number-present-and-verified') return ok({ verified: null, unverified: given.value })
  const verified = nhsNumber(given.value)
  return verified === undefined
    ? no(refusal('value', 'The NHS number is said to be verified and cannot be one', 'Patient.identifier'))
    : ok({ verified, unverified: null })
}

function nameOf({ name = [] }: Patient) {
  const named = name.find(({ use }) => use === 'official') ?? name[0]
  const familyName = named?.family?.trim()
  const givenName = named?.given?.join(' ').trim()
  if (!familyName || !givenName) return undefined
  const usual = name
    .find(({ use }) => use === 'nickname' || use === 'usual')
    ?.given?.join(' ')
    .trim()
  return { familyName, givenName, preferredName: usual && usual !== givenName ? usual : null }
}

/** How they are reached: one number and one email as the sender ranks them, and what else was given, in words. */
function reachOf(patient: Patient) {
  const ways = [...(firstContacts(patient)[0]?.telecom ?? []), ...(patient.telecom ?? [])]
    .filter((way) => way.value !== undefined && way.value.trim() !== '')
    .toSorted((one, other) => (one.rank ?? 99) - (other.rank ?? 99))
  const of = (system: string) => [
    ...new Set(ways.filter((way) => way.system === system).map(({ value }) => value ?? '')),
  ]
  const [phone = null, ...phones] = of('phone')
  const [email = null, ...emails] = of('email')
  const more = [...phones, ...emails]
  return {
    given: { phone, email, address: addressOf(patient), safe: [] },
    more: more.length > 0 ? [`Other ways to reach them: ${more.join(', ')}`] : [],
  }
}

const homeIn = ({ address = [] }: Patient) => address.find(({ use }) => use === 'home') ?? address[0]

function addressOf(patient: Patient): string | null {
  const home = homeIn(patient)
  if (!home) return null
  const lines = [...(home.line ?? []), home.city, home.district].filter(Boolean)
  return lines.length > 0 ? lines.join(', ') : (home.text ?? null)
}

function homeOf({ patient, entries }: Message) {
  const home = homeIn(patient)
  const practice = readAs(organization, entryOf(entries, patient.generalPractitioner?.[0]) ?? {}, 'Organization')
  const spoken = patient.communication?.find(({ preferred }) => preferred) ?? patient.communication?.[0]
  const isEnglish = spoken?.language.coding?.some(({ code }) => code === 'en' || code?.startsWith('en-')) ?? true
  return {
    postcode: home?.postalCode ? (writtenPostcode(home.postalCode) ?? null) : null,
    gpPractice: practice.ok ? (practice.value.name ?? null) : null,
    gpPracticeCode: practice.ok ? odsOf(practice.value) : null,
    language: isEnglish ? null : (wordsOf(spoken?.language) ?? null),
  }
}

/** The code of an organisation of the NHS; null where it has none. */
function odsOf({ identifier = [] }: Readonly<{ identifier?: Patient['identifier'] }>): string | null {
  const value = identifier.find(({ system }) => systems.ods.test(system ?? ''))?.value
  return value === undefined ? null : writtenOdsCode(value)
}

type About = Readonly<{ bornOn: Temporal.PlainDate; today: Temporal.PlainDate; reach: ReturnType<typeof reachOf> }>

function patientProblems(patient: Patient, { bornOn, today, reach }: About): Refusal[] {
  const hasDied = patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined
  return [
    ...(hasDied ? [refusal('invariant', 'The patient is said to have died', 'Patient.deceased')] : []),
    ...birthProblems(bornOn, today).map(() => refusal('value', 'Check the date of birth', 'Patient.birthDate')),
    ...reachProblems(reach.given).map(({ field }) =>
      refusal('value', `Check how the patient is reached: ${field}`, 'Patient.contact'),
    ),
  ]
}

/**
 * Whether they were asked. That their care is direct needs no asking, and so most messages say that consent is implied: the
 * service asks such a person itself before it begins. Only where the message says that they agreed has somebody asked.
 */
function agreementIn(entries: Message['entries']): Agreement {
  const consent = only(entries, 'Consent', consentShape)
  const agreed = consent.ok && consent.value.status === 'active'
  return agreed && codeIn(consent.value.policyRule, systems.actCode) === 'OPTIN' ? 'agreed' : 'not-asked'
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
