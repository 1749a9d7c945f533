import { longDay } from '#platform/dates.ts'
import type { Part, PartCode } from '#journey/packet/rules.ts'
import type { State } from '#journey/onward/rules.ts'

/** Why there is no pack to hand over; undefined where there is one. Nothing is handed over before a yes that stands. */
export function whyNoPack({
  kind,
  state,
  agreed,
  allowed,
}: Readonly<{ kind: string; state: State; agreed: boolean; allowed: boolean }>): string | undefined {
  if (kind === 'signpost')
    return 'A signpost hands nothing over: you give them the details, and they get in touch themselves'
  if (['drafted', 'shown', 'refused'].includes(state) || !agreed) return 'They have not said yes to what would be sent'
  if (['withdrawn', 'declined', 'ended'].includes(state)) return 'This referral is over'
  return allowed ? undefined : 'They took back that the service may be told'
}

/** What a pack is made of: exactly the parts that were agreed, and who hands over to whom. */
export type Pack = Readonly<{
  reference: string
  parts: readonly Part[]
  /** The day of birth, where it is among the parts. */
  bornOn: Temporal.PlainDate | null
  areaName: string
  areaPhone: string | null
  by: string | null
  service: string
  agreedAt: Temporal.Instant
  madeAt: Temporal.Instant
}>

/** The day of birth for a machine, only where its part was agreed and says this very day. */
export const bornIn = (parts: readonly Part[], bornOn: Temporal.PlainDate): Temporal.PlainDate | null =>
  parts.some(({ part, value }) => part === 'born' && value === longDay(bornOn)) ? bornOn : null

/** What one part of a packet says; undefined where it is not among those that were agreed. */
export const valueOf = (parts: readonly Part[], wanted: PartCode): string | undefined =>
  parts.find(({ part }) => part === wanted)?.value

type Resource = Readonly<{ resourceType: string }> & Readonly<Record<string, unknown>>

/** The resources of a document, each under an id of its own. */
export const resourceNames = [
  'document',
  'patient',
  'request',
  'plan',
  'consent',
  'organisation',
  'author',
  'service',
  'recipient',
] as const
export type Ids = Readonly<Record<(typeof resourceNames)[number], string>>

const profile = (name: string) => ({
  meta: { profile: [`https://fhir.hl7.org.uk/StructureDefinition/UKCore-${name}`] },
})
const at = (id: string) => ({ reference: `urn:uuid:${id}` })

/**
 * The pack as a FHIR R4 document in UK Core profiles: the same parts as on paper and nothing else. It holds no Condition: what
 * somebody wants said of their health is their own words, in a section of the document.
 */
export function documentOf(pack: Pack, ids: Ids): Resource {
  const entries: readonly (readonly [string, Resource])[] = [
    [ids.document, compositionOf(pack, ids)],
    [ids.patient, patientOf(pack)],
    [ids.request, requestOf(pack, ids)],
    [ids.plan, planOf(pack, ids)],
    [ids.consent, consentOf(pack, ids)],
    [ids.organisation, organisationOf(pack)],
    ...(pack.by === null ? [] : [[ids.author, authorOf(pack.by)] as const]),
    [ids.service, serviceOf(pack, ids)],
    [ids.recipient, namedOrganisation(pack.service)],
  ]
  return {
    resourceType: 'Bundle',
    ...profile('Bundle'),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${ids.document}` },
    type: 'document',
    timestamp: pack.madeAt.toString(),
    entry: entries.map(([id, resource]) => ({ fullUrl: `urn:uuid:${id}`, resource })),
  }
}

function compositionOf({ parts, madeAt, by, service }: Pack, ids: Ids): Resource {
  const told = parts.filter(({ part }) => part !== 'name')
  return {
    ...{ resourceType: 'Composition', ...profile('Composition'), status: 'final' },
    type: { coding: [{ system: 'http://loinc.org', code: '57133-1', display: 'Referral note' }] },
    ...{ subject: at(ids.patient), date: madeAt.toString() },
    author: [at(by === null ? ids.organisation : ids.author)],
    ...{ title: `Hand-over to ${service}`, custodian: at(ids.organisation) },
    section: told.map(({ part, label, value }) => ({
      title: label,
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${escaped(value)}</p></div>` },
      ...(part === 'wanted' ? { entry: [at(ids.request), at(ids.plan), at(ids.consent)] } : {}),
    })),
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Whom a packet is about, as far as its parts say. */
export function patientOf({ parts, bornOn }: Pick<Pack, 'parts' | 'bornOn'>): Resource {
  const telecom = (['phone', 'email'] as const).flatMap((system) => {
    const value = valueOf(parts, system)
    return value === undefined ? [] : [{ system, value }]
  })
  const language = valueOf(parts, 'language')
  return {
    ...{ resourceType: 'Patient', ...profile('Patient'), name: [{ text: valueOf(parts, 'name') ?? '' }] },
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(bornOn === null ? {} : { birthDate: bornOn.toString() }),
    ...(language === undefined ? {} : { communication: [{ language: { text: language } }] }),
  }
}

function requestOf({ parts, reference, agreedAt, by }: Pack, ids: Ids): Resource {
  return {
    ...{ resourceType: 'ServiceRequest', ...profile('ServiceRequest') },
    identifier: [{ value: reference }],
    ...{ basedOn: [at(ids.plan)], status: 'active', intent: 'order' },
    code: { text: valueOf(parts, 'wanted') ?? '' },
    ...{ subject: at(ids.patient), authoredOn: agreedAt.toString() },
    requester: at(by === null ? ids.organisation : ids.author),
    performer: [at(ids.service)],
  }
}

function planOf({ parts, agreedAt }: Pack, ids: Ids): Resource {
  return {
    ...{ resourceType: 'CarePlan', ...profile('CarePlan'), status: 'active', intent: 'plan' },
    ...{ title: 'What is wanted from the service', description: valueOf(parts, 'wanted') ?? '' },
    ...{ subject: at(ids.patient), created: agreedAt.toString(), author: at(ids.organisation) },
  }
}

/** Their yes to exactly this, for this service: it permits what the document holds. */
function consentOf({ agreedAt }: Pack, ids: Ids): Resource {
  const coded = (system: string, code: string) => ({ coding: [{ system, code }] })
  return {
    ...{ resourceType: 'Consent', ...profile('Consent'), status: 'active' },
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coded('http://loinc.org', '59284-0')],
    ...{ patient: at(ids.patient), dateTime: agreedAt.toString(), organization: [at(ids.organisation)] },
    policyRule: coded('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN'),
    provision: {
      type: 'permit',
      actor: [
        {
          role: coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
          reference: at(ids.recipient),
        },
      ],
    },
  }
}

const namedOrganisation = (name: string): Resource => ({
  ...{ resourceType: 'Organization', ...profile('Organization'), name },
})

const organisationOf = ({ areaName, areaPhone }: Pack): Resource => ({
  ...namedOrganisation(areaName),
  ...(areaPhone === null ? {} : { telecom: [{ system: 'phone', value: areaPhone }] }),
})

/** The service, and who gives it: a consent names whom it permits, which may not be a service. */
const serviceOf = ({ service: name }: Pack, ids: Ids): Resource => ({
  ...{ resourceType: 'HealthcareService', ...profile('HealthcareService'), name, providedBy: at(ids.recipient) },
})

const authorOf = (text: string): Resource => ({
  resourceType: 'Practitioner',
  ...profile('Practitioner'),
  name: [{ text }],
})
