import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Scope } from '#registers/clients/rules.ts'
import { tokenPath } from '#registers/clients/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { aClient } from '#test/people/client.ts'

type Made = Readonly<{ resourceType: string }> & Readonly<Record<string, unknown>>

/** What a test wants to be otherwise in a referral. */
export type Wanted = Readonly<{
  value?: string
  policy?: string | null
  nhsNumber?: string
  /** Whether the number was looked up, as UK Core has it in England: verified where nothing else is said. */
  status?: Readonly<{ system?: string; code: string }>
  hasTask?: boolean
  ifNone?: boolean
  patient?: Readonly<Record<string, unknown>>
  request?: Readonly<Record<string, unknown>>
  with?: readonly Made[]
}>

/** The numbering in which the sender calls its referrals. */
export const numbering = 'https://park.example.org/referrals'

const [core, fhir] = ['https://fhir.hl7.org.uk', 'https://fhir.nhs.uk']
const urn = (last: number) => `urn:uuid:00000000-0000-4000-8000-00000000000${last}`
const [person, asked, doctor] = [urn(1), urn(2), urn(3)]

/** A referral as the records system of a practice sends it in one transaction. */
export function transaction(wanted: Wanted = {}) {
  const { value = randomUUID(), policy = 'OPTIN', hasTask = true, ifNone = false } = wanted
  const entry = (fullUrl: string, resource: Made, more = {}) => ({
    ...{ fullUrl, resource, request: { method: 'POST', url: resource.resourceType, ...more } },
  })
  const once = ifNone ? { ifNoneExist: `identifier=${numbering}|${value}` } : {}
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [
      entry(person, patientOf(wanted)),
      entry(asked, requestOf(value, wanted), once),
      entry(doctor, { resourceType: 'Practitioner', name: [{ family: 'Bright', given: ['Robin'] }] }),
      ...(hasTask ? [entry(urn(4), newTask())] : []),
      ...(policy === null ? [] : [entry(urn(5), consentOf(policy))]),
      ...(wanted.with ?? []).map(({ fullUrl, ...one }) =>
        entry(typeof fullUrl === 'string' ? fullUrl : `urn:uuid:${randomUUID()}`, one),
      ),
    ],
  }
}

// Made anew for each, since a test that breaks what it sends must not break what others send.
const newTask = () => ({
  ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
  ...{ focus: { reference: asked }, for: { reference: person } },
})

function patientOf({ nhsNumber = '9990000034', status = { code: '01' }, patient = {} }: Wanted): Made {
  const verified = {
    url: `${core}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`,
    valueCodeableConcept: {
      coding: [{ system: `${core}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland`, ...status }],
    },
  }
  return {
    resourceType: 'Patient',
    identifier: [{ extension: [verified], system: `${fhir}/Id/nhs-number`, value: nhsNumber }],
    name: [{ use: 'official', family: 'Quillfeather', given: ['Marnie'] }],
    ...{ gender: 'female', birthDate: '1984-03-02' },
    address: [{ use: 'home', line: ['4 Test Row'], city: 'Riverton', postalCode: 'ZA1 1ZZ' }],
    telecom: [{ system: 'phone', value: '07700 900123', rank: 1 }],
    ...patient,
  }
}

function requestOf(value: string, { request = {} }: Wanted): Made {
  return {
    ...{ resourceType: 'ServiceRequest', status: 'active', intent: 'order' },
    identifier: [{ system: numbering, value }],
    ...{ subject: { reference: person }, requester: { reference: doctor }, authoredOn: '2026-01-05T08:00:00+00:00' },
    ...{ reasonCode: [{ text: 'Back pain for months' }], note: [{ text: 'Wants to keep her job.' }], ...request },
  }
}

function consentOf(policy: string): Made {
  const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: policy }]
  return {
    ...{ resourceType: 'Consent', status: 'active', patient: { reference: person } },
    ...{ scope: { text: 'Agreement to a referral' }, category: [{ text: 'Referral to WorkWell' }] },
    policyRule: { coding },
  }
}

type Client = Awaited<ReturnType<typeof aClient>>

/** A token as a system gets it: by a statement that it signs. */
export async function tokenFor(app: TestApp, client: Client, scope?: Scope): Promise<string> {
  const audience = `${app.settings.origin}${tokenPath}`
  const answer = await app.product.fastify.inject({
    ...{ method: 'POST', url: tokenPath, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await client.system.state({ ...client, audience, now: app.clock.now }),
      ...(scope === undefined ? {} : { scope }),
    }).toString(),
  })
  return z.object({ access_token: z.string() }).parse(JSON.parse(answer.body)).access_token
}
