import { systems } from '#platform/bars/rules.ts'
import type { News } from '#journey/feedback/rules.ts'
import { newsWords } from '#journey/referrer/rules.ts'

type Organisation = Readonly<{ name: string; odsCode: string }>

/** What a reply says, to whom and from whom. */
export type Reply = Readonly<{
  /** The id of the message, and that of the one it answers. */
  id: string
  answers: string
  news: News
  at: Temporal.Instant
  useCase: string
  authoredAt: Temporal.Instant
  /** Only where the sender gave it and had verified it. */
  nhsNumber: string | null
  /** Who asked, as the sender wrote it. */
  requester: string | null
  us: Organisation & Readonly<{ service: string; called: string }>
  them: Organisation & Readonly<{ service: string }>
}>

const [nhs, core] = ['https://fhir.nhs.uk', 'https://fhir.hl7.org.uk/StructureDefinition'] as const
const terminology = 'http://terminology.hl7.org/CodeSystem'

/** The version of the application of the standard that a reply is written in. */
const applicationVersion = '1.2.0'

/**
 * How a thing that may be told stands in the words of the standard. An end has one status whatever the reason was, since
 * another one would say why; the standard itself knows a reply to a referral only for somebody who did not come.
 */
const states = {
  accepted: { request: 'active', encounter: 'planned' },
  started: { request: 'active', encounter: 'in-progress' },
  ended: { request: 'completed', encounter: 'finished' },
} as const satisfies Readonly<Record<News, object>>

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

type Parts = 'header' | 'asked' | 'person' | 'met' | 'us' | 'them' | 'doctor' | 'role' | 'service' | 'agreed'

/**
 * The message of a reply (BaRS Core 1.5.0, servicerequest-response): what happened, under the ids that both sides know,
 * and of the person nothing but a number that the sender gave. The same words each time it is made.
 */
export function replyMessage(reply: Reply, idOf: (...words: readonly string[]) => string) {
  const moment = reply.at.toString({ smallestUnit: 'millisecond' })
  const urn = (part: Parts) => `urn:uuid:${idOf(reply.id, part)}`
  const to = (part: Parts) => ({ reference: urn(part) })
  const made = { ...leading(reply, to), ...around(reply, to) }
  return {
    ...{ resourceType: 'Bundle', id: reply.id, type: 'message', timestamp: moment },
    meta: {
      ...{ versionId: applicationVersion, lastUpdated: moment },
      profile: [`${nhs}/StructureDefinition/BARSBundleMessage`],
    },
    entry: Object.entries(made).map(([part, { profile, ...resource }]) => ({
      // Checked: the parts above are all of them.
      fullUrl: urn(part as Parts),
      resource: { ...resource, meta: { lastUpdated: moment, profile: [profile] } },
    })),
  }
}

type To = (part: Parts) => Readonly<{ reference: string }>
type Made = Readonly<{ resourceType: string; profile: string }> & Readonly<Record<string, unknown>>

/** What the message is, and how the request stands. */
function leading({ answers, news, useCase, authoredAt, us, them }: Reply, to: To): Readonly<Record<string, Made>> {
  const { label, text } = newsWords[news]
  return {
    header: {
      resourceType: 'MessageHeader',
      profile: `${nhs}/StructureDefinition/BARSMessageHeader-servicerequest-response`,
      eventCoding: { system: systems.event, code: 'servicerequest-response' },
      destination: [{ endpoint: `${systems.service}|${them.service}`, receiver: to('them') }],
      sender: to('us'),
      source: { name: us.called, software: 'WorkWell', endpoint: `${systems.service}|${us.service}` },
      reason: coded(systems.reason, 'new'),
      response: { identifier: answers, code: 'ok' },
      focus: [to('asked')],
      definition: `${nhs}/MessageDefinition/bars-message-servicerequest-response-referral`,
    },
    asked: {
      ...{ resourceType: 'ServiceRequest', profile: `${nhs}/StructureDefinition/BARSServiceRequest-request-referral` },
      ...{ status: states[news].request, intent: 'plan' },
      category: [
        {
          coding: [
            { system: systems.category, code: 'referral' },
            { system: systems.useCase, code: useCase },
          ],
        },
      ],
      ...{ subject: to('person'), encounter: to('met'), requester: to('role'), performer: [to('service')] },
      ...{ authoredOn: authoredAt.toString({ smallestUnit: 'second' }), note: [{ text: `${label}. ${text}` }] },
    },
  }
}

/** Whom it is about and who takes part, as far as both sides know it. */
function around({ news, nhsNumber, requester, us, them }: Reply, to: To): Readonly<Record<string, Made>> {
  const person = to('person')
  return {
    person: {
      ...{ resourceType: 'Patient', profile: `${core}/UKCore-Patient` },
      ...(nhsNumber === null ? {} : { identifier: [verified(nhsNumber)] }),
    },
    met: {
      ...{ resourceType: 'Encounter', profile: `${core}/UKCore-Encounter`, subject: person },
      ...{ status: states[news].encounter, class: { system: `${terminology}/v3-ActCode`, code: 'AMB' } },
    },
    us: organisation(us),
    them: organisation(them),
    doctor: {
      ...{ resourceType: 'Practitioner', profile: `${core}/UKCore-Practitioner` },
      ...(requester === null ? {} : { name: [{ text: requester }] }),
    },
    role: {
      ...{ resourceType: 'PractitionerRole', profile: `${core}/UKCore-PractitionerRole` },
      ...{ practitioner: to('doctor'), organization: to('them') },
    },
    service: {
      ...{ resourceType: 'HealthcareService', profile: `${core}/UKCore-HealthcareService`, name: us.called },
      ...{ identifier: [{ system: systems.service, value: us.service }], providedBy: to('us') },
    },
    agreed: {
      ...{ resourceType: 'Consent', profile: `${core}/UKCore-Consent`, status: 'active', patient: person },
      scope: coded(`${terminology}/consentscope`, 'patient-privacy'),
      category: [coded(systems.consent, 'DRC')],
      policyRule: coded(`${terminology}/v3-ActCode`, 'OPTIN'),
    },
  }
}

const named = ({ name, odsCode: value }: Organisation) => ({
  ...{ name, identifier: [{ system: `${nhs}/Id/ods-organization-code`, value }] },
})

const organisation = (one: Organisation): Made => ({
  ...{ resourceType: 'Organization', profile: `${core}/UKCore-Organization`, ...named(one) },
})

const verified = (value: string) => ({
  extension: [
    {
      url: `${core}/Extension-UKCore-NHSNumberVerificationStatus`,
      valueCodeableConcept: coded(
        'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
        'number-present-and-verified',
      ),
    },
  ],
  ...{ system: `${nhs}/Id/nhs-number`, value },
})

const packed = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')

/** The headers that go with a reply, the same at each try: for whom it is, who sends it, and to which matter it belongs. */
export function replyHeaders(
  { us, them, useCase }: Pick<Reply, 'us' | 'them' | 'useCase'>,
  { requestId, correlationId }: Readonly<{ requestId: string; correlationId: string }>,
): Readonly<Record<string, string>> {
  const sender = { resourceType: 'Organization', ...named(us) }
  return {
    'content-type': 'application/fhir+json; charset=utf-8',
    accept: `application/fhir+json; version=${applicationVersion}`,
    'x-request-id': requestId,
    'x-correlation-id': correlationId,
    'nhsd-target-identifier': packed({ system: systems.service, value: them.service }),
    'nhsd-end-user-organisation': packed(sender),
    'nhsd-requesting-software': packed({
      ...{ resourceType: 'Device', deviceName: [{ name: 'WorkWell', type: 'user-friendly-name' }] },
      identifier: [{ system: systems.service, value: us.service }],
    }),
    'use-context': `${useCase}|referral|servicerequest-response|new`,
    'user-agent': 'WorkWell',
  }
}
