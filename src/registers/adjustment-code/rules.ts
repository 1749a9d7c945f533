import { participantRole, type Role, roles } from '#platform/access/rules.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import {
  allNeeds,
  conditionInWords,
  type LetterFormat,
  letterFormat,
  mayBeReachedBy,
  type NeedGroup,
} from '#registers/access-needs/rules.ts'
import type { Person } from '#registers/people/rules.ts'

/**
 * The SNOMED CT code of a need in the national flag. What is not here has none, or one whose check digit is wrong
 * (data/README.md): then the flag says it in words.
 */
export const needCodes: Readonly<Record<string, string>> = {
  ...{ 'text-only': '936701000000103', 'telephone-only': '795661000000104', 'letter-only': '936721000000107' },
  ...{ 'text-relay': '796081000000106', 'email-only': '936741000000100', 'through-carer': '719561001' },
  ...{ 'audible-alert': '945931000000101', 'tactile-alert': '945971000000104', 'visual-alert': '945951000000108' },
  ...{ 'easy-read': '796161000000101', 'large-print': '957331000000109', 'large-print-24': '957351000000102' },
  ...{ 'large-print-28': '957371000000106', 'braille-1': '936681000000100', 'braille-2': '936661000000109' },
  ...{ moon: '936621000000101', 'makaton-print': '936641000000108', audio: '936601000000105' },
  ...{ 'by-email': '936581000000101', download: '945751000000106', 'audio-disc': '795731000000104' },
  ...{ 'audio-tape': '795801000000104', verbally: '367741000000102', 'read-out': '985021000000106' },
  ...{ bsl: '204331000000107', 'lip-speaker': '945911000000109', deafblind: '957051000000100' },
  ...{ 'speech-to-text': '966401000000100', advocate: '225835008', 'hands-on-signing': '945731000000104' },
  ...{ 'makaton-signer': '204341000000103', 'signed-english': '936761000000104', 'visual-frame': '945711000000107' },
  ...{ 'block-alphabet': '957071000000109', haptic: '957111000000103', 'communicator-guide': '796201000000109' },
  ...{ 'note-taker': '945891000000106', 'sighted-guide': '719563003', 'hearing-aid': '285055002' },
  ...{ 'lip-reading': '441092009', 'communication-aid': '719369003', 'prefers-bsl': '520471000000105' },
  ...{ 'prefers-writing': '520491000000109', aphasia: '1082671000000100', expressive: '1082691000000101' },
  ...{ receptive: '1082681000000103', makaton: '415805003', 'hearing-loop': '198061000000105' },
  ...{ gestures: '1082531000000103', photographs: '719393008', symbols: '719754002', 'voice-amplifier': '716537007' },
  ...{
    'communication-passport': '837341000000108',
    reminders: '1108131000000104',
    'carer-present': '1108151000000106',
  },
  ...{ 'discuss-with-carer': '1325421000000100', slower: '311543001', 'help-communicating': '737350008' },
  ...{ 'healthcare-passport': '1108121000000101', 'longer-appointment': '1108171000000102' },
  ...{ 'quiet-room': '1325391000000106', wheelchair: '1108191000000103', 'home-visit': '1325371000000107' },
  ...{ 'first-appointment': '1325351000000103', 'last-appointment': '1325361000000100' },
  ...{ 'short-wait': '1325841000000109', 'see-place-first': '1325341000000101', 'low-light': '1325381000000109' },
  ...{ woman: '314434008', man: '314435009', 'guide-dog': '862731000000105', 'support-animal': '1325301000000104' },
}

// The groups of the national flag (code system England-FlagCategoryRA).
const categories: Readonly<Record<NeedGroup, string>> = {
  'contact-method': 'requires-specific-contact-method',
  'information-format': 'requires-specific-information-format',
  'communication-professional': 'requires-communication-professional',
  'communication-support': 'communication-support',
  'communication-other': 'additional-communication-needs-and-support',
  adjustment: 'adjustments-for-individual-care-requirements',
}
const aboutPlaces = [
  'quiet-room',
  'wheelchair',
  'low-light',
  'see-place-first',
  'guide-dog',
  'support-animal',
  'step-free',
]

type Need = Readonly<{ label: string; group: NeedGroup }>

/** One need as it stands in the flag. */
export type CodedNeed = Readonly<{ need: string; label: string; category: string; code: string | undefined }>

/** What somebody needs, each in its group of the national flag; what an older list had is not among them. */
export function codedNeeds(needs: readonly string[]): CodedNeed[] {
  const known: Readonly<Record<string, Need>> = allNeeds
  return needs.flatMap((need) => {
    const found = known[need]
    if (!found) return []
    const place = aboutPlaces.includes(need) ? 'adjustments-in-relation-to-the-environment-of-care' : undefined
    return [{ need, label: found.label, category: place ?? categories[found.group], code: needCodes[need] }]
  })
}

const system = 'https://fhir.nhs.uk/England/CodeSystem'
const national = {
  coding: [{ system: `${system}/England-FlagCategoryPatient`, code: 'national-reasonable-adjustment-flag' }],
}

/** Who wrote down what somebody needs, in which role and for whom; nobody where it came with the referral. */
export type Provenance = Readonly<{
  at: Temporal.Instant
  by: string | null
  role: Role | typeof participantRole | null
  organisation: string | null
  odsCode: string | null
  /** Whether it was the first time. */
  first: boolean
}>

/** The same in words. */
export function provenanceInWords(provenance: Provenance | undefined): string {
  if (!provenance) return 'Not yet'
  const { at, by, role, organisation } = provenance
  const on = longDay(dayOf(at))
  if (role === null) return `Came with the referral on ${on}: nobody here has asked yet`
  if (role === participantRole) return `${on}, by the person themselves`
  return [`${on}, by ${by ?? 'somebody who has left'}`, roles[role].label, organisation].filter(Boolean).join(', ')
}

type Whose = Pick<Person, 'id' | 'nhs_number' | 'given_name' | 'family_name' | 'born_on'> &
  Pick<Person, 'access_needs' | 'access_note' | 'access_conditions'>

export type Recorded = Readonly<{
  person: Whose
  provenance: Provenance
  reviewOn: Temporal.PlainDate | undefined
}>

const shape = (name: string) => ({ meta: { profile: [`https://fhir.nhs.uk/England/StructureDefinition/${name}`] } })

/**
 * The needs of a person who agreed to it as a FHIR bundle in the shape of the Reasonable Adjustment Flag: who they are,
 * that they agreed, what it has to do with where they said it, and one flag that names all the others. Each says who wrote
 * it down, when and for whom.
 */
export function adjustmentBundle({ person, provenance, reviewOn }: Recorded) {
  const subject = { reference: `Patient/${person.id}` }
  const contained = [provenanceOf(provenance)]
  const start = dayOf(provenance.at).toString()
  const flags = codedNeeds(person.access_needs).map(({ need, label, category, code }) => ({
    ...{ resourceType: 'Flag', id: need, ...shape('England-Flag-PatientFlag-Adjustment'), contained },
    ...{ status: 'active', subject, period: { start } },
    category: [national, { coding: [{ system: `${system}/England-FlagCategoryRA`, code: category }] }],
    code: { ...(code ? { coding: [{ system: 'http://snomed.info/sct', code }] } : {}), text: label },
  }))
  const about = person.access_conditions.map((code) => ({
    ...{ resourceType: 'Condition', id: code, ...shape('England-Condition-Flag'), contained, subject },
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    category: [national, { coding: [{ system: `${system}/England-ConditionCategoryRA`, code: 'issue' }] }],
    code: { coding: [{ system: `${system}/England-ConditionCodeRA`, code }], text: conditionInWords(code) },
  }))
  const details = [...about, agreedTo(subject, provenance), ...flags]
  const whole = {
    ...{ resourceType: 'Flag', id: 'patient-flag', ...shape('England-Flag-PatientFlag'), contained },
    extension: [...notesOf(person.access_note, reviewOn), ...details.map(detailOf)],
    ...{ status: 'active', code: national, subject, period: { start } },
  }
  const entry = [patientOf(person), whole, ...details].map((resource) => ({ resource }))
  return { resourceType: 'Bundle', type: 'collection', entry }
}

function patientOf({ id, nhs_number: value, given_name: given, family_name: family, born_on: bornOn }: Whose) {
  return {
    ...{ resourceType: 'Patient', id },
    ...(value === null ? {} : { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }] }),
    ...{ name: [{ use: 'official', family, given: [given] }], birthDate: bornOn.toString() },
  }
}

function provenanceOf({ at, by, role, organisation, odsCode, first }: Provenance) {
  const ods = { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: odsCode }
  const [code, display] = first ? ['CREATE', 'create'] : ['UPDATE', 'revise']
  return {
    ...{ resourceType: 'Provenance', id: 'provenance', ...shape('England-Provenance-Flag') },
    ...{ target: [{ reference: '#' }], recorded: at.toString() },
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code, display }] },
    agent: [
      {
        ...(role === null || role === participantRole ? {} : { role: [{ text: roles[role].label }] }),
        who: { display: by ?? (role === participantRole ? 'The person themselves' : 'Came with the referral') },
        ...(organisation === null
          ? {}
          : { onBehalfOf: { display: organisation, ...(odsCode === null ? {} : { identifier: ods }) } }),
      },
    ],
  }
}

function agreedTo(patient: Readonly<{ reference: string }>, { at }: Provenance) {
  return {
    ...{ resourceType: 'Consent', id: 'consent', status: 'active', patient, dateTime: at.toString() },
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'INFA' }] }],
    policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
    provision: { type: 'permit' },
  }
}

function notesOf(note: string | null, reviewOn: Temporal.PlainDate | undefined) {
  const text = [note, reviewOn && `To be asked again by ${longDay(reviewOn)}.`].filter(Boolean).join(' ')
  const url = 'https://fhir.nhs.uk/England/StructureDefinition/Extension-FlagNotes'
  return text === '' ? [] : [{ url, valueAnnotation: { text } }]
}

const detailOf = ({ resourceType: type, id }: Readonly<{ resourceType: string; id: string }>) => ({
  url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
  valueReference: { reference: `${type}/${id}`, type },
})

/** What the service does about one need, in words: the fifth step of the standard. */
export function metBy(need: string): string {
  const { points, made }: LetterFormat = letterFormat([need])
  if (points !== undefined) return `Letters are printed in ${points} point`
  if (made.length > 0) return 'Whoever posts letters is told to have them made like this'
  if (!mayBeReachedBy('call', [need])) return 'Nobody is due to ring, and messages go only by the ways left open'
  if (need === 'telephone-only') return 'Nothing is written: calls only'
  if (need === 'text-relay') return 'Whoever rings is told to dial 18001 first'
  return 'Shown on the record, on every list and at every booking'
}
