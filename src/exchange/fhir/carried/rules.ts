import { numberWith } from '#platform/fhir/nhs-number/rules.ts'

/** What somebody told us of themselves and what they asked for, as they take it elsewhere. */
export type Carried = Readonly<{
  givenName: string
  familyName: string
  preferredName: string | null
  bornOn: Temporal.PlainDate
  nhsNumber: string | null
  address: string | null
  postcode: string | null
  gpPractice: string | null
  gpPracticeCode: string | null
  language: string | null
  /** Where they can be reached, the way they prefer first. */
  means: readonly Readonly<{ kind: string; value: string }>[]
  /** What their request is called here; nothing where they came by none. */
  reference: string | null
  askedAt: Temporal.Instant
  /** In their own words; nothing where somebody else wrote it about them. */
  reason: string | null
}>

/** The ids under which the parts of a file refer to each other. */
type Ids = Readonly<{ patient: string; request: string; practice: string }>

const urn = (id: string) => `urn:uuid:${id}`
const headed = (kind: string) => ({
  ...{ resourceType: kind, meta: { profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${kind}`] } },
})
const nhs = 'https://fhir.nhs.uk/Id'

/**
 * The transaction by which another service that speaks FHIR R4 and UK Core takes the request: it can be sent as it is to the
 * door of another area. It says nothing of consent, so that whoever takes it asks the person first.
 */
export function carriedRequest(carried: Carried, origin: string, ids: Ids) {
  const { reference, askedAt, reason, gpPractice } = carried
  const request = {
    ...headed('ServiceRequest'),
    ...{
      identifier: [{ system: `${origin}/fhir/reference`, value: reference ?? ids.request }],
      status: 'active',
      intent: 'proposal',
    },
    ...{ subject: { reference: urn(ids.patient) }, authoredOn: askedAt.toString({ smallestUnit: 'millisecond' }) },
    ...(reason === null ? {} : { reasonCode: [{ text: reason }] }),
  }
  const entry = (id: string, resource: Readonly<{ resourceType: string }>) => ({
    ...{ fullUrl: urn(id), resource, request: { method: 'POST', url: resource.resourceType } },
  })
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [
      entry(ids.patient, patientFrom(carried, ids)),
      entry(ids.request, request),
      ...(gpPractice === null ? [] : [entry(ids.practice, practiceFrom(gpPractice, carried))]),
    ],
  } as const
}

function patientFrom(carried: Carried, { practice }: Ids) {
  const { givenName, familyName, preferredName, nhsNumber, address, postcode, language, gpPractice } = carried
  const telecom = carried.means.flatMap(telecomFrom)
  const home = { use: 'home', ...(address ? { line: [address] } : {}), ...(postcode ? { postalCode: postcode } : {}) }
  return {
    ...headed('Patient'),
    // They told us; nobody here has looked it up.
    ...(nhsNumber === null ? {} : { identifier: [numberWith(nhsNumber, 'not-traced')] }),
    name: [
      { use: 'official', family: familyName, given: [givenName] },
      ...(preferredName === null ? [] : [{ use: 'nickname', given: [preferredName] }]),
    ],
    birthDate: carried.bornOn.toString(),
    ...(telecom.length > 0 ? { telecom: telecom.map((way, place) => ({ ...way, rank: place + 1 })) } : {}),
    ...(address || postcode ? { address: [home] } : {}),
    ...(language === null ? {} : { communication: [{ language: { text: language }, preferred: true }] }),
    ...(gpPractice === null ? {} : { generalPractitioner: [{ reference: urn(practice) }] }),
  }
}

// FHIR R4: ContactPointSystem. A postal address is none of them.
const systemOf: Readonly<Record<string, string>> = { mobile: 'phone', telephone: 'phone', email: 'email' }

function telecomFrom({ kind, value }: Carried['means'][number]) {
  const system = systemOf[kind]
  return system === undefined ? [] : [{ system, value }]
}

function practiceFrom(name: string, { gpPracticeCode }: Carried) {
  const identifier = gpPracticeCode ? [{ system: `${nhs}/ods-organization-code`, value: gpPracticeCode }] : undefined
  return { ...headed('Organization'), ...(identifier ? { identifier } : {}), name }
}
