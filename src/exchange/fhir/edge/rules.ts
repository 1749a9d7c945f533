import type { Entries, Refusal } from '#platform/fhir/rules.ts'
import { algorithms } from '#platform/machine/rules.ts'
import { listNames } from '#exchange/fhir/answer-codes/rules.ts'
import { noteKinds } from '#exchange/fhir/sent-note/rules.ts'
import { readable } from '#exchange/fhir/searched/rules.ts'
import { fhirPath, type Scope, scopes, tokenPath } from '#registers/clients/rules.ts'

/** What is said where something is not done: every reason at once, without a word of the person. */
export function outcomeOf(refusals: readonly Refusal[]) {
  return {
    ...{ resourceType: 'OperationOutcome' },
    issue: refusals.map(({ code, sentence, expression }) => ({
      ...{ severity: 'error', code, diagnostics: sentence },
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  }
}

/** The ids that what was sent was given. */
export type GivenIds = Readonly<{ id: string; patient: string; task: string | null }>

/** The answer to a transaction: which id each resource was given, and which were read into the referral and not kept. */
export function answerTo(entries: Entries, ids: GivenIds, as: Readonly<{ fresh: boolean; at: Temporal.Instant }>) {
  const kept: Readonly<Record<string, string | null>> = { Patient: ids.patient, ServiceRequest: ids.id, Task: ids.task }
  const lastModified = as.at.toString({ smallestUnit: 'millisecond' })
  return {
    ...{ resourceType: 'Bundle', type: 'transaction-response' },
    entry: entries.map(({ resource: { resourceType: kind } }) => {
      const id = kept[kind]
      if (!id) return { response: { status: '200', outcome: readIn(kind) } }
      return { response: { status: as.fresh ? '201' : '200', location: `${kind}/${id}`, lastModified } }
    }),
  }
}

const readIn = (kind: string) => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      ...{ severity: 'information', code: 'informational' },
      diagnostics: noteKinds.some((one) => one === kind)
        ? `${kind} was read into the record, and is read back as QuestionnaireResponse`
        : `${kind} was read into the referral and is not kept as a resource of its own`,
    },
  ],
})

/** By what each kind is searched for. */
export const searches = {
  ServiceRequest: ['_id', 'identifier', 'patient', '_lastUpdated', '_count', '_cursor'],
  Task: ['_id', 'focus', 'patient', 'code', 'status', 'identifier', '_lastUpdated', '_count', '_cursor'],
  Patient: ['_id', '_count', '_cursor'],
  QuestionnaireResponse: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  EpisodeOfCare: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  Consent: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  Communication: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  CarePlan: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  Goal: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  Appointment: ['_id', 'patient', '_lastUpdated', '_count', '_cursor'],
  Organization: ['_id', 'name', 'identifier', '_lastUpdated', '_count', '_cursor'],
  HealthcareService: ['_id', 'name', 'organization', '_lastUpdated', '_count', '_cursor'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Kind = keyof typeof searches

// Checked: the keys of the list are its codes.
export const kinds = Object.keys(searches) as Kind[]

/** The kinds that hold a referral as a system sent it itself. */
export type SentKind = 'ServiceRequest' | 'Task' | 'Patient'

/** Which scope a system needs to read a kind; a Task is read by another too, where a local service is to answer it. */
export const readScope = (kind: Kind): Scope => `system/${kind}.rs`
export const answerScope = 'system/Task.rus' satisfies Scope

const types: Readonly<Record<string, string>> = {
  ...{ _id: 'token', identifier: 'token', patient: 'reference', focus: 'reference', _lastUpdated: 'date' },
  ...{ name: 'string', organization: 'reference', code: 'token', status: 'token' },
}

const documented: Readonly<Record<string, string>> = {
  Task: 'How the referrals go on that a system sent, as far as each person allows; with the code fulfill the requests to the local services of its organisation, which it answers by update (If-Match)',
  QuestionnaireResponse: 'Fit notes: taken in a transaction, and read back by whoever sent them',
}

/** What is taken of a fit note, and the questions that its answers are of. */
const ofNotes = [
  {
    type: 'DocumentReference',
    documentation: 'Taken in a transaction, as a fit note; read back as QuestionnaireResponse',
  },
  { type: 'Questionnaire', interaction: [{ code: 'read' }], documentation: 'Questionnaire/fit-note' },
]

/** The codes by which a local service answers. */
const ofAnswers = {
  ...{ type: 'CodeSystem', interaction: [{ code: 'read' }] },
  documentation: listNames.map((name) => `CodeSystem/${name}`).join(', '),
}

const updated: readonly Kind[] = ['ServiceRequest', 'Task']

const resourceOf = (type: Kind) => ({
  type,
  interaction: [{ code: 'read' }, { code: 'search-type' }, ...(updated.includes(type) ? [{ code: 'update' }] : [])],
  // An update has to name the version that was read.
  ...(type === 'Task' ? { versioning: 'versioned-update' } : {}),
  ...(documented[type] === undefined ? {} : { documentation: documented[type] }),
  searchParam: searches[type]
    .filter((name) => types[name] !== undefined)
    .map((name) => ({
      ...{ name, type: types[name], documentation: `Give ${readable(name)}` },
    })),
})

/** What this address does, for the systems that look before they send: true to what is served. */
export const capability = (since: string, origin: string) => ({
  ...{ resourceType: 'CapabilityStatement', status: 'active', date: since, kind: 'instance', fhirVersion: '4.0.1' },
  ...{
    software: { name: 'WorkWell' },
    implementation: {
      description: 'Referrals to WorkWell and from it to local services, and its directory of services',
      url: `${origin}${fhirPath}`,
    },
  },
  format: ['application/fhir+json', 'application/fhir+xml'],
  rest: [
    {
      mode: 'server',
      security: {
        service: [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
            ],
          },
        ],
      },
      resource: [...kinds.map(resourceOf), ...ofNotes, ofAnswers],
      interaction: [{ code: 'transaction' }],
    },
  ],
})

/** How a system gets its token, as SMART Backend Services has it said. */
export const smartConfiguration = (origin: string) => ({
  token_endpoint: `${origin}${tokenPath}`,
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: algorithms,
  grant_types_supported: ['client_credentials'],
  scopes_supported: Object.keys(scopes),
  capabilities: ['client-confidential-asymmetric', 'permission-v2'],
})
