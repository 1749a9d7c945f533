import {
  codeIn,
  consentShape,
  type Entries,
  entryOf,
  no,
  ok,
  only,
  organization,
  type Patient,
  type Read,
  readAs,
  type Refusal,
  refusal,
  wordsOf,
} from '#platform/fhir/rules.ts'
import { saysVerified } from '#platform/fhir/nhs-number/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { writtenOdsCode } from '#registers/organisations/rules.ts'
import { type Newcomer, nhsNumber } from '#registers/people/rules.ts'
import { birthProblems, newcomerFrom, reachProblems } from '#journey/newcomer/rules.ts'
import type { Agreement } from '#journey/referral/rules.ts'

const systems = {
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  act: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  // Written with a small and with a large letter in the published examples.
  ods: /^https?:\/\/fhir\.nhs\.uk\/id\/ods-organization-code$/i,
} as const

/** Somebody whom another system describes, as the service registers people. */
export type Person = Readonly<{
  newcomer: Newcomer
  /** The NHS number that the sender has verified: by it alone is what they sent found again. */
  verified: string | null
  /** What else was said of them that has no place of its own, in words. */
  more: readonly string[]
}>

type Sent = Readonly<{ patient: Patient; entries: Entries }>

/** Whom a system describes: problems where the service could not register or reach them. */
export function personFrom({ patient, entries }: Sent, today: Temporal.PlainDate): Read<Person> {
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
  const home = homeOf({ patient, entries })
  return ok({
    newcomer: newcomerFrom({ ...name, ...reach.given, ...home, bornOn, nhsNumber: verified }),
    verified,
    more: [...reach.more, ...(unverified ? [`NHS number, not verified: ${unverified}`] : [])],
  })
}

/** What a system says of somebody it has on its screen, as a form shows it: what it does not say, or not for sure, is null. */
export function saidOf(patient: Patient) {
  const number = numberOf(patient)
  const { givenName = null, familyName = null, preferredName = null } = nameOf(patient) ?? {}
  const { phone, email, address } = reachOf(patient).given
  const { postcode, language } = homeOf({ patient, entries: [] })
  return {
    ...{ givenName, familyName, preferredName, phone, email, address, postcode, language },
    ...{ bornOn: patient.birthDate ?? null, nhsNumber: number.ok ? number.value.verified : null },
    hasDied: hasDied(patient),
  }
}

type Numbers = Readonly<{ verified: string | null; unverified: string | null }>

function numberOf({ identifier = [] }: Patient): Read<Numbers> {
  const given = identifier.find(({ system }) => system === systems.nhsNumber)
  if (given?.value === undefined) return ok({ verified: null, unverified: null })
  const isVerified = given.extension?.some(({ valueCodeableConcept }) => saysVerified(valueCodeableConcept))
  if (isVerified !== true) return ok({ verified: null, unverified: given.value })
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

function homeOf({ patient, entries }: Sent) {
  const home = homeIn(patient)
  const practice = readAs(organization, entryOf(entries, patient.generalPractitioner?.[0]) ?? {}, 'Organization')
  const spoken = patient.communication?.find(({ preferred }) => preferred) ?? patient.communication?.[0]
  const language = wordsOf(spoken?.language) ?? null
  const coded = spoken?.language.coding?.some(({ code }) => code === 'en' || code?.startsWith('en-'))
  const isEnglish = coded ?? language?.toLowerCase() === 'english'
  return {
    postcode: home?.postalCode ? (writtenPostcode(home.postalCode) ?? null) : null,
    gpPractice: practice.ok ? (practice.value.name ?? null) : null,
    gpPracticeCode: practice.ok ? odsOf(practice.value) : null,
    language: isEnglish ? null : language,
  }
}

/** The code of an organisation of the NHS; null where it has none. */
function odsOf({ identifier = [] }: Readonly<{ identifier?: Patient['identifier'] }>): string | null {
  const value = identifier.find(({ system }) => systems.ods.test(system ?? ''))?.value
  return value === undefined ? null : writtenOdsCode(value)
}

const hasDied = ({ deceasedBoolean, deceasedDateTime }: Patient): boolean =>
  deceasedBoolean === true || deceasedDateTime !== undefined

type About = Readonly<{ bornOn: Temporal.PlainDate; today: Temporal.PlainDate; reach: ReturnType<typeof reachOf> }>

function patientProblems(patient: Patient, { bornOn, today, reach }: About): Refusal[] {
  return [
    ...(hasDied(patient) ? [refusal('invariant', 'The patient is said to have died', 'Patient.deceased')] : []),
    ...birthProblems(bornOn, today).map(() => refusal('value', 'Check the date of birth', 'Patient.birthDate')),
    ...reachProblems(reach.given).map(({ message }) =>
      refusal('value', `Check how the patient is reached: ${message}`, reachedBy(patient)),
    ),
  ]
}

/** Where a sender says how somebody is reached: BaRS in a contact of theirs, everybody else beside their name. */
const reachedBy = (patient: Patient) => (firstContacts(patient).length > 0 ? 'Patient.contact' : 'Patient.telecom')

const rankUrl = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactRank'

/** The way to reach a person that counts, where the sender ranks them: BaRS has exactly one of rank 1. */
export function firstContacts({ contact = [] }: Patient) {
  return contact.filter(({ extension = [] }) =>
    extension.some(({ url, valuePositiveInt }) => url === rankUrl && valuePositiveInt === 1),
  )
}

/**
 * Whether they were asked. That their care is direct needs no asking, and so most messages say that consent is implied: the
 * service asks such a person itself before it begins. Only where the message says that they agreed has somebody asked.
 */
export function agreementIn(entries: Entries): Agreement {
  const consent = only(entries, 'Consent', consentShape)
  const agreed = consent.ok && consent.value.status === 'active'
  return agreed && codeIn(consent.value.policyRule, systems.act) === 'OPTIN' ? 'agreed' : 'not-asked'
}

/** What was said in several places of a message as one text, each thing once; null where nothing was. */
export function saidTogether(said: readonly (string | undefined)[]): string | null {
  // Senders write the ends of lines as two characters.
  const clean = said.flatMap((one) => one?.replaceAll(String.raw`\n`, '\n').trim() || [])
  return [...new Set(clean)].join('\n\n') || null
}
