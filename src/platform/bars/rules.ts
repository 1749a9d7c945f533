import { z } from 'zod'
import {
  bundleEntry,
  concept,
  entryOf,
  meta,
  no,
  ok,
  only,
  patient,
  type Read,
  readAs,
  reference,
  type Refusal,
  refusal,
  type RefusalStatus,
  type Resource,
} from '#platform/fhir/rules.ts'

/** The code lists of the Booking and Referral Standard (BaRS Core 1.5.0). */
export const systems = {
  event: 'https://fhir.nhs.uk/CodeSystem/message-events-bars',
  reason: 'https://fhir.nhs.uk/CodeSystem/message-reason-bars',
  category: 'https://fhir.nhs.uk/CodeSystem/message-category-servicerequest',
  useCase: 'https://fhir.nhs.uk/CodeSystem/usecases-categories-bars',
  consent: 'https://fhir.nhs.uk/CodeSystem/consent-categories-bars',
  service: 'https://fhir.nhs.uk/Id/dos-service-id',
} as const

/** What a receiver answers with, by status (BaRS Core 1.5.0, failure scenarios). */
export const refusalCodes = {
  400: 'REC_BAD_REQUEST',
  401: 'REC_UNAUTHORIZED',
  403: 'REC_FORBIDDEN',
  404: 'REC_NOT_FOUND',
  405: 'REC_METHOD_NOT_ALLOWED',
  406: 'REC_NOT_ACCEPTABLE',
  409: 'REC_CONFLICT',
  413: 'REC_BAD_REQUEST',
  422: 'REC_UNPROCESSABLE_ENTITY',
  425: 'REC_TOO_EARLY',
  429: 'REC_TOO_MANY_REQUESTS',
  500: 'REC_SERVER_ERROR',
  503: 'REC_UNAVAILABLE',
} as const satisfies Partial<Record<RefusalStatus, string>>

/**
 * Which services this installation answers for, by their id in the Directory of Services, and how the gateway in front of
 * it proves that it has checked who sends. Without an area it is the first one there is, as in a demonstration.
 */
export const barsSettings = z.object({
  services: z
    .record(
      z.string().regex(/^\d{1,20}$/, 'a service is named by its id in the Directory of Services'),
      z.object({ area: z.string().optional(), useCases: z.array(z.string().min(1)).min(1) }),
    )
    .default({}),
  gateway: z.object({ header: z.string().toLowerCase(), value: z.string().min(16) }).optional(),
  /** Where the gateway that replies go through gives tokens, as whom we ask for one, and the key that signs for it. */
  token: z
    .object({
      address: z.url('must be the address where the gateway gives tokens'),
      ...{ client: z.string().min(1), kid: z.string().min(1), key: z.string().includes('PRIVATE KEY') },
    })
    .optional(),
})

export type BarsSettings = z.infer<typeof barsSettings>

/** What anybody may try in a demonstration, as the published cases do. */
export const demonstration: BarsSettings = { services: { '111111111': { useCases: ['a5t1', 'a5t2', 'a5t3'] } } }

const fhirId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, 'must be an id')
const moment = z.iso.datetime({ offset: true, error: 'must be a moment with its offset' })

const bundleShape = z.looseObject({
  ...{ resourceType: z.literal('Bundle'), type: z.literal('message'), id: fhirId, meta: meta.optional() },
  entry: z.array(bundleEntry).min(1).max(500),
})

export type MessageBundle = z.infer<typeof bundleShape>

const headerShape = z.looseObject({
  ...{ eventCoding: z.looseObject({ system: z.string(), code: z.string() }), reason: concept },
  ...{ focus: z.array(z.looseObject({ reference: z.string() })).min(1), sender: reference.optional() },
  destination: z.array(z.looseObject({ endpoint: z.string() })).min(1),
  source: z.looseObject({ endpoint: z.string(), name: z.string().optional() }),
  response: z.looseObject({ identifier: fhirId }).optional(),
})

const text = z.string().max(20_000)
const requestShape = z.looseObject({
  ...{ status: z.string(), intent: z.string(), category: z.array(concept).min(1), subject: reference },
  ...{ meta: meta.optional(), authoredOn: moment.optional(), encounter: reference.optional() },
  ...{ basedOn: z.array(reference).optional(), requester: reference.optional() },
  ...{ performer: z.array(reference).optional(), reasonCode: z.array(concept).optional() },
  ...{ note: z.array(z.looseObject({ text })).optional(), patientInstruction: text.optional() },
})
/** The plan a referral comes out of, with what was found and said. */
export const planShape = z.looseObject({
  ...{ status: z.string(), description: text.optional() },
  activity: z.array(z.looseObject({ outcomeCodeableConcept: z.array(concept).optional() })).optional(),
  note: z.array(z.looseObject({ text })).optional(),
})
export const encounterShape = z.looseObject({ status: z.string() })
/** What a message of the standard is about and what goes with it, as far as the service reads it. */
export type Message = Readonly<{
  id: string
  version: string | undefined
  header: z.infer<typeof headerShape>
  request: z.infer<typeof requestShape>
  patient: z.infer<typeof patient>
  entries: MessageBundle['entry']
}>

/** Reads a message: what has to be there in every one of them. */
export function readMessage(resource: Resource): Read<Message> {
  const read = readAs(bundleShape, resource, 'Bundle')
  if (!read.ok) return read
  const { id, entry: entries, meta: about } = read.value
  if (about?.versionId === undefined)
    return no(refusal('invariant', 'Bundle.meta.versionId is missing', 'Bundle.meta.versionId'))
  if (new Set(entries.map(({ fullUrl }) => fullUrl)).size < entries.length)
    return no(refusal('invariant', 'Two entries have the same fullUrl', 'Bundle.entry'))
  // FHIR R4, Bundle: bdl-12.
  if (entries[0]?.resource.resourceType !== 'MessageHeader')
    return no(refusal('invariant', 'The first entry is the MessageHeader', 'Bundle.entry[0]'))
  const header = only(entries, 'MessageHeader', headerShape)
  if (!header.ok) return header
  const wrong = eventProblem(header.value)
  if (wrong) return no(wrong)
  const request = only(entries, 'ServiceRequest', requestShape)
  if (!request.ok) return request
  const focus = entryOf(entries, header.value.focus[0])
  if (focus?.resourceType !== 'ServiceRequest')
    return no(
      refusal('invariant', 'MessageHeader.focus is not the ServiceRequest of the message', 'MessageHeader.focus'),
    )
  const whom = only(entries, 'Patient', patient)
  if (!whom.ok) return whom
  return ok({
    ...{ id, version: about.versionId, entries, header: header.value },
    ...{ request: request.value, patient: whom.value },
  })
}

const events = ['servicerequest-request', 'servicerequest-response'] as const

function eventProblem({ eventCoding, response }: Message['header']): Refusal | undefined {
  const at = 'MessageHeader.eventCoding'
  if (eventCoding.system !== systems.event || !events.some((event) => event === eventCoding.code))
    return refusal('invariant', 'MessageHeader.eventCoding is not an event this service takes', at)
  return eventCoding.code === 'servicerequest-response' && response === undefined
    ? refusal('invariant', 'A response says to which message it answers', 'MessageHeader.response')
    : undefined
}
