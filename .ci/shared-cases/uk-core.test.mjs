import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '#test/app.ts'
import { headers } from '#test/neighbours/bars-sender.ts'
import { readShared } from './shared.mjs'

const { cases } = readShared('standards/vectors/uk-core-mutation-cases.json')
const base = readShared('standards/vectors/bars-app5-base-referral.json')

/** What each case does to the message of the base referral. */
const mutations = {
  'add unknown property foo': (one) => (one.foo = 1),
  'birthDate "12/01/1980"': (one) => (one.birthDate = '12/01/1980'),
  'gender "banana" (required binding)': (one) => (one.gender = 'banana'),
  'nhs-number identifier without value but status verified': (one) => delete one.identifier[0].value,
  'EthnicCategory extension with valueString': (one) =>
    (one.extension = [
      ...(one.extension ?? []),
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory',
        valueString: 'something',
      },
    ]),
  'managingOrganization reference to Patient': (one) => (one.managingOrganization = { reference: 'Patient/1' }),
  'no category': (one) => delete one.category,
  'no authoredOn': (one) => delete one.authoredOn,
  'subject reference to Practitioner': (one, bundle) => (one.subject = { reference: urlOf(bundle, 'Practitioner') }),
  'occurrenceDateTime in place of occurrencePeriod': (one) => {
    delete one.occurrencePeriod
    one.occurrenceDateTime = '2026-01-05T08:00:00+00:00'
  },
  'no destination': (one) => delete one.destination,
  'type collection': (one) => (one.type = 'collection'),
  'MessageHeader not first (bdl-12)': (one) => one.entry.push(one.entry.shift()),
  'dangling urn:uuid reference': (one) =>
    (resourceIn(one, 'ServiceRequest').requester = { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' }),
  'no policy and no policyRule (ppc-1)': (one) => {
    delete one.policy
    delete one.policyRule
  },
}

const urlOf = ({ entry }, kind) => entry.find(({ resource }) => resource.resourceType === kind).fullUrl
const resourceIn = (bundle, kind) =>
  kind === 'Bundle' ? bundle : bundle.entry.find(({ resource }) => resource.resourceType === kind).resource

let app
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const send = (bundle) =>
  app.product.fastify.inject({
    ...{ method: 'POST', url: '/bars/FHIR/R4/$process-message', headers: headers(), payload: JSON.stringify(bundle) },
  })

it('UK Core: the referral that the cases start from is taken', async () => {
  const answer = await send({ ...base, id: crypto.randomUUID() })
  expect(answer.statusCode, answer.body.slice(0, 400)).toBe(200)
})

it.each(cases)('UK Core: $resource, $mutation', async ({ resource, mutation, expected }) => {
  const bundle = structuredClone({ ...base, id: crypto.randomUUID() })
  const change = mutations[mutation]
  expect(change, 'the case is known').toBeDefined()
  change(resourceIn(bundle, resource), bundle)
  const answer = await send(bundle)
  expect(answer.statusCode, answer.body.slice(0, 400)).toBe(expected === 'reject' ? 400 : 200)
})
