import { type Message, type MessageBundle, refusalCodes, systems } from '#platform/bars/rules.ts'
import type { Refusal } from '#platform/fhir/rules.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'

/** What was answered to a message before. */
export type Given = Readonly<{
  bundle: string
  sender: string
  digest: Buffer
  at: Temporal.Instant
  request: string
  /** The ids that its resources were given, by their address in the message. */
  ids: Readonly<Record<string, string>>
}>

/** What a sender asked for, as they may read it back. */
export type Kept = Readonly<{
  id: string
  status: 'active' | 'revoked' | 'entered-in-error'
  useCase: string
  authoredAt: Temporal.Instant
  updatedAt: Temporal.Instant
  nhsNumber: string | null
}>

const profile = (name: string) => ({ profile: [`https://fhir.hl7.org.uk/StructureDefinition/${name}`] })

// BaRS has no code for an update of what has changed since: by it nothing is updated.
const codeOf: Readonly<Partial<Record<Refusal['status'], string>>> = refusalCodes

/** What is said where a message is not taken: every reason at once, without a word of the person. */
export function outcomeOf(refusals: readonly Refusal[]) {
  return {
    ...{ resourceType: 'OperationOutcome', meta: profile('UKCore-OperationOutcome') },
    issue: refusals.map(({ status, code, sentence, expression }) => ({
      ...{ severity: 'error', code },
      details: {
        coding: [
          { system: 'https://fhir.nhs.uk/CodeSystem/http-error-codes', code: codeOf[status] ?? refusalCodes[400] },
        ],
      },
      ...{ diagnostics: sentence, ...(expression === undefined ? {} : { expression: [expression] }) },
    })),
  }
}

/** The answer to a message that was taken: what was sent, with the ids that the service gave its resources. */
export function answerTo({ id, version, entries }: Message, { ids, at }: Pick<Given, 'ids' | 'at'>) {
  const moment = at.toString({ smallestUnit: 'millisecond' })
  return {
    ...{ resourceType: 'Bundle', id, type: 'message', timestamp: moment },
    meta: {
      ...{ versionId: version, lastUpdated: moment },
      profile: ['https://fhir.nhs.uk/StructureDefinition/BARSBundleMessage'],
    },
    entry: entries.map(({ fullUrl, resource }) => ({
      fullUrl,
      resource: answered(resource, { id: ids[fullUrl], moment }),
    })),
  }
}

function answered(
  resource: MessageBundle['entry'][number]['resource'],
  as: Readonly<{ id: string | undefined; moment: string }>,
) {
  const { resourceType, meta, ...rest } = resource
  const before = typeof meta === 'object' && meta !== null ? meta : {}
  return { ...rest, resourceType, id: as.id, meta: { ...before, lastUpdated: as.moment } }
}

/** A request as its sender reads it back: what they said and did themselves, never what came of it. */
export function requestRead({ id, status, useCase, authoredAt, updatedAt, nhsNumber }: Kept) {
  const known =
    nhsNumber === null ? {} : { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber } }
  return {
    ...{ resourceType: 'ServiceRequest', id },
    meta: {
      lastUpdated: updatedAt.toString({ smallestUnit: 'millisecond' }),
      ...profile('UKCore-ServiceRequest'),
    },
    ...{ status, intent: 'plan' },
    category: [
      {
        coding: [
          { system: systems.category, code: 'referral' },
          { system: systems.useCase, code: useCase },
        ],
      },
    ],
    ...{ subject: { type: 'Patient', ...known }, authoredOn: authoredAt.toString({ smallestUnit: 'second' }) },
  }
}

/** A list that was searched for. */
export function foundIn(address: string, resources: readonly Readonly<{ resourceType: string; id: string }>[]) {
  return {
    ...{ resourceType: 'Bundle', type: 'searchset', total: resources.length },
    entry: resources.map((resource) => ({
      fullUrl: `${address}/${resource.resourceType}/${resource.id}`,
      ...{ resource, search: { mode: 'match' } },
    })),
  }
}

/** By which way a referral of this sender came: what the area knows of the organisation decides. */
export function routeFor(kind: OrganisationKind | undefined): Route {
  return (kind && routes[kind]) ?? 'health'
}

const routes: Readonly<Partial<Record<OrganisationKind, Route>>> = {
  ...{ practice: 'gp', council: 'council', voluntary: 'voluntary' },
  ...{ jobcentre: 'jobcentre', employer: 'employer' },
}

/** What a referral has, and what may go with it: by kind of resource, how many at least and at most. */
const contents = {
  ...{ MessageHeader: [1, '1'], ServiceRequest: [1, '1'], Patient: [1, '1'], Encounter: [1, '1'], CarePlan: [1, '1'] },
  ...{ Organization: [2, '*'], Practitioner: [1, '*'], PractitionerRole: [1, '*'], Consent: [1, '1'] },
  ...{ HealthcareService: [1, '*'], Condition: [0, '*'], Task: [0, '*'] },
} as const

/** What a referral for a use case holds, for a sender who asks before they send. */
export function definitionOf(useCase: string, since: string) {
  return {
    ...{ resourceType: 'MessageDefinition', id: `referral-${useCase}` },
    url: 'https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral',
    ...{ version: '1.0.0', name: 'WorkWellReferral', title: 'Referral to WorkWell', status: 'active', date: since },
    useContext: [
      {
        code: { system: 'http://terminology.hl7.org/CodeSystem/usage-context-type', code: 'task' },
        valueCodeableConcept: { coding: [{ system: systems.useCase, code: useCase }] },
      },
    ],
    eventCoding: { system: systems.event, code: 'servicerequest-request' },
    category: 'consequence',
    focus: Object.entries(contents).map(([code, [min, max]]) => ({ code, min, max })),
    responseRequired: 'always',
  }
}

const searched = [{ code: 'read' }, { code: 'search-type' }]

/** What this receiver does, for the systems that look before they send. */
export const capability = (since: string) => ({
  ...{ resourceType: 'CapabilityStatement', status: 'active', date: since, kind: 'instance', fhirVersion: '4.0.1' },
  ...{ software: { name: 'WorkWell' }, implementation: { description: 'Referrals to WorkWell by BaRS' } },
  format: ['application/fhir+json', 'application/fhir+xml'],
  rest: [
    {
      mode: 'server',
      resource: [
        {
          type: 'MessageDefinition',
          interaction: [{ code: 'search-type' }],
          searchParam: [{ name: 'context', type: 'token' }],
        },
        {
          ...{ type: 'ServiceRequest', interaction: searched },
          searchParam: [{ name: 'patient:identifier', type: 'token' }],
        },
      ],
      operation: [
        {
          name: 'process-message',
          definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
        },
      ],
    },
  ],
})
