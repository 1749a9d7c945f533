import { randomUUID } from 'node:crypto'

const [fhir, ukCore] = ['https://fhir.nhs.uk', 'https://fhir.hl7.org.uk']

/** A resource that goes into a message; what is not looked at by a test is as BaRS wants it. */
type Made = Readonly<{ resourceType: string }> & Readonly<Record<string, unknown>>

/** What a test wants to be otherwise in a message. */
export type Wanted = Readonly<{
  id?: string
  versionId?: string | undefined
  event?: string
  reason?: string
  status?: string
  at?: string
  nhsNumber?: string
  verified?: boolean
  policy?: string
  patient?: Readonly<Record<string, unknown>>
  without?: readonly string[]
  with?: readonly Made[]
}>

const urn = (name: string) => `urn:uuid:00000000-0000-4000-8000-${Buffer.from(name.padEnd(6, '.')).toString('hex')}`
const to = (name: string) => ({ reference: urn(name) })
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

/** A message as a practice's system sends it by the Booking and Referral Standard. */
export function message(wanted: Wanted = {}) {
  const { id = randomUUID(), at = '2026-01-05T08:00:00+00:00', versionId = '1.2.0', without = [] } = wanted
  const entries = Object.entries(resources(wanted, at)).filter(
    ([, { resourceType }]) => !without.includes(resourceType),
  )
  return {
    ...{ resourceType: 'Bundle', id, type: 'message', timestamp: at },
    meta: { versionId, lastUpdated: at, profile: [`${fhir}/StructureDefinition/BARSBundleMessage`] },
    entry: [
      ...entries.map(([name, resource]) => ({ fullUrl: urn(name), resource })),
      ...(wanted.with ?? []).map((resource) => ({ fullUrl: `urn:uuid:${randomUUID()}`, resource })),
    ],
  }
}

function resources(wanted: Wanted, at: string): Readonly<Record<string, Made>> {
  const { event = 'servicerequest-request', reason = 'new', status = 'active', policy = 'IMPLIED' } = wanted
  const meta = { lastUpdated: at }
  return {
    header: {
      ...{ resourceType: 'MessageHeader', meta, sender: to('sender'), focus: [to('asked')] },
      eventCoding: { system: `${fhir}/CodeSystem/message-events-bars`, code: event },
      reason: coded(`${fhir}/CodeSystem/message-reason-bars`, reason),
      destination: [{ endpoint: `${fhir}/Id/dos-service-id|111111111` }],
      source: { name: 'Test system', endpoint: `${fhir}/Id/dos-service-id|222222222` },
    },
    asked: asked(at, status),
    met: { resourceType: 'Encounter', meta, class: { code: 'VR' }, status: 'finished', subject: to('person') },
    plan: {
      ...{ resourceType: 'CarePlan', meta, status: 'completed', intent: 'plan', subject: to('person') },
      activity: [{ outcomeCodeableConcept: [{ text: String.raw`Back pain for months.\nCannot stand for long.` }] }],
    },
    person: person(wanted),
    sender: { resourceType: 'Organization', meta, name: 'Park Surgery' },
    theirs: {
      ...{ resourceType: 'Organization', meta, name: 'Hill Practice' },
      identifier: [{ system: `${fhir}/Id/ods-organization-code`, value: 'Y90001' }],
    },
    doctor: { resourceType: 'Practitioner', meta, name: [{ family: 'Bright', given: ['Robin'] }] },
    role: { resourceType: 'PractitionerRole', meta, practitioner: to('doctor') },
    us: { resourceType: 'HealthcareService', meta, name: 'WorkWell' },
    agreed: {
      ...{ resourceType: 'Consent', meta, status: 'active', patient: to('person') },
      scope: { text: 'Agreement to a referral' },
      category: [coded(`${fhir}/CodeSystem/consent-categories-bars`, 'DRC')],
      policyRule: coded('http://terminology.hl7.org/CodeSystem/v3-ActCode', policy),
    },
  }
}

function person({ nhsNumber = '9990000034', verified = true, patient = {} }: Wanted): Made {
  const status = verified ? 'number-present-and-verified' : 'number-present-but-not-traced'
  const verification = {
    url: `${ukCore}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`,
    valueCodeableConcept: coded(`${ukCore}/CodeSystem/UKCore-NHSNumberVerificationStatus`, status),
  }
  const first = { url: `${ukCore}/StructureDefinition/Extension-UKCore-ContactRank`, valuePositiveInt: 1 }
  return {
    resourceType: 'Patient',
    identifier: [{ extension: [verification], system: `${fhir}/Id/nhs-number`, value: nhsNumber }],
    name: [{ use: 'official', family: 'Quillfeather', given: ['Marnie'] }],
    ...{ gender: 'female', birthDate: '1984-03-02' },
    address: [{ use: 'home', line: ['4 Test Row'], city: 'Riverton', postalCode: 'ZA1 1ZZ' }],
    contact: [
      {
        extension: [first],
        telecom: [
          { system: 'phone', value: '01632 960002', rank: 2 },
          { system: 'phone', value: '07700 900123', rank: 1 },
        ],
      },
    ],
    ...{ generalPractitioner: [to('theirs')], ...patient },
  }
}

function asked(at: string, status: string): Made {
  return {
    ...{
      resourceType: 'ServiceRequest',
      meta: { lastUpdated: at },
      status,
      intent: 'plan',
      authoredOn: at,
      subject: to('person'),
    },
    category: [
      {
        coding: [
          { system: `${fhir}/CodeSystem/message-category-servicerequest`, code: 'referral' },
          { system: `${fhir}/CodeSystem/usecases-categories-bars`, code: 'a5t1' },
        ],
      },
    ],
    ...{ encounter: to('met'), basedOn: [to('plan')], requester: to('doctor'), performer: [to('us')] },
    note: [{ text: 'Wants to keep her job.' }],
  }
}

const packed = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64')

/** The headers of one request: fresh ids, the service of the demonstration, and the organisation that sends. */
export const headers = (sender = 'Y90001') => ({
  ...{ 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
  ...{ 'x-request-id': randomUUID(), 'x-correlation-id': randomUUID() },
  'nhsd-target-identifier': packed({ system: `${fhir}/Id/dos-service-id`, value: '111111111' }),
  'nhsd-end-user-organisation': packed({
    resourceType: 'Organization',
    identifier: [{ system: `${fhir}/Id/ods-organization-code`, value: sender }],
  }),
})
