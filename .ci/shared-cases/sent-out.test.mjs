import { afterAll, beforeAll, expect, it } from 'vitest'
import { replyMessage } from '#exchange/bars/reply-message/rules.ts'
import { idFrom, newId } from '#platform/ids.ts'
import { startApp } from '#test/app.ts'
import { headers, message } from '#test/neighbours/bars-sender.ts'
import { aSender } from '#test/neighbours/fhir-asking.ts'
import { answersOf } from '#test/neighbours/fhir-note.ts'
import { numbering, transaction } from '#test/neighbours/fhir-sender.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'
import { anAskedTask, answersIn, answerTask } from '#test/people/asked-task.ts'
import { aService } from '#test/people/services.ts'
import { aCompletionFor, anAppointmentFor, aPlanFor } from '#test/people/support-given.ts'
import { readShared, shared } from './shared.mjs'
import { profileJudge, resourcesIn, searched } from './profiles.mjs'

let app
let sender
let validate
beforeAll(async () => {
  app = await startApp()
  validate = await profileJudge()
  sender = await aSender(app)
})
afterAll(() => app.close())

const ask = async (method, path, body) =>
  JSON.parse((await sender.ask(method, path, body && JSON.stringify(body))).text)

it('sent out: the validator finds what is wrong', () => {
  const wrong = { resourceType: 'Patient', meta: { profile: ['.../UKCore-Patient'] }, birthDate: '12/01/1980' }
  expect(validate(wrong)).not.toEqual([])
})

it('sent out: the validator finds a code that an extension of UK Core does not have', () => {
  const { identifier } = readShared('standards/ukcore/examples-json/UKCore-Patient-BabyPatient-Example.json')
  expect(validate({ resourceType: 'Patient', identifier })).toEqual([])
  for (const more of [{ code: 'number-present-and-verified' }, { system: retired }]) {
    const wrong = structuredClone(identifier)
    Object.assign(wrong[0].extension[0].valueCodeableConcept.coding[0], more)
    expect(validate({ resourceType: 'Patient', identifier: wrong })).toHaveLength(1)
  }
})

const retired = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus'

it('sent out: every resource of the FHIR door is as FHIR R4 and UK Core have it', async () => {
  const answers = [await ask('GET', '/metadata')]
  for (const value of ['A', 'B', 'C'])
    answers.push(await ask('POST', '', transaction({ value, hasTask: value !== 'B' })))
  const places = answers[1].entry.flatMap(({ response }) => response.location ?? [])
  for (const place of places) answers.push(await ask('GET', `/${place}`))
  for (const path of ['ServiceRequest?_count=2', 'Task', 'Patient', `ServiceRequest?identifier=${numbering}|A`])
    answers.push(await ask('GET', `/${path}`))
  await aService(app, {
    ...{ contact: 'The office', hours: 'Not in August', languages: ['Polish'], cost: 'some', leastAge: 18, at: {} },
    ...{ phones: [{ number: '0113 496 0000', about: 'Office' }], pausedFrom: '2026-01-01', url: 'https://example.org' },
    openings: [{ day: 1, opens: '09:00', closes: '00:00', location: null }],
  })
  const one = await sentBySystem(app, sender, { with: answersOf(app.settings.origin) })
  await one.says({ gp: 'yes', 'gp-allows': 'summary' })
  await one.happens({ kind: 'accepted' }, { kind: 'tried' }, { kind: 'reached' }, { kind: 'assessed' })
  const goals = await aPlanFor(app, one)
  await anAppointmentFor(app, one, 'attended')
  await aCompletionFor(app, one, goals)
  await one.happens()
  // A token holds for five minutes.
  sender = await aSender(app)
  const kinds = new Set(searched(answers[0]))
  for (const kind of kinds) answers.push(await ask('GET', `/${kind}?_count=100`))
  answers.push(await ask('GET', '/nothing'), await ask('POST', '', { resourceType: 'Bundle' }))
  const all = answers.flatMap(resourcesIn)
  const seen = new Set(all.map(({ resourceType }) => resourceType))

  // Every kind that it says it serves.
  expect([...seen].toSorted()).toEqual([...kinds, 'Bundle', 'CapabilityStatement', 'OperationOutcome'].toSorted())
  for (const resource of all) expect(validate(resource), JSON.stringify(resource).slice(0, 600)).toEqual([])
  process.stdout.write(`\nValidated ${all.length} resources of ${seen.size} kinds against ${shared}standards/ukcore\n`)
})

it('sent out: what a local service is asked and answers, with our codes, is as FHIR R4 and UK Core have it', async () => {
  const { coded, output, waiting } = answersIn(app)
  const also = { ...meeting, ticked: ['phone', 'email', 'born', 'language', 'access'], health: 'My back' }
  const one = await anAskedTask(app, { also, yes: { health: 'yes' } })
  const other = await anAskedTask(app)
  const steps = [
    ...[waiting, { status: 'in-progress', executionPeriod: { start: day } }],
    { output: [output('sessions', { valuePositiveInt: 2 }), output('last', { valueDate: day })] },
    {
      ...{ status: 'completed', executionPeriod: { start: day, end: day } },
      output: [output('outcome', { valueCodeableConcept: coded('help-outcome', 'partly') })],
    },
  ]
  const no = { status: 'rejected', statusReason: coded('decline-reason', 'other'), note: [{ text: 'We moved' }] }
  const answers = [await one.system.ask('GET', one.path), await answerTask(other.system, other.path, no)]
  for (const step of steps) answers.push(await answerTask(one.system, one.path, step))
  answers.push(await one.system.ask('GET', '/Task'), await answerTask(other.system, other.path, { status: 'on-hold' }))
  for (const list of ['decline-reason', 'help-outcome', 'request-standing', 'request-part', 'answer-part'])
    answers.push(await one.system.ask('GET', `/CodeSystem/${list}`))
  const all = answers.map(({ text }) => JSON.parse(text)).flatMap(resourcesIn)

  expect(answers.map(({ status }) => status)).toEqual([...Array(7).fill(200), 422, ...Array(5).fill(200)])
  for (const resource of [...all, ...all.flatMap(({ contained = [] }) => contained)])
    expect(validate(resource), JSON.stringify(resource).slice(0, 600)).toEqual([])
})

const day = '2026-01-04'
const meeting = {
  kind: 'supported',
  meet: 'call',
  meetTime: '14:30',
  'meetOn-day': '7',
  'meetOn-month': '1',
  'meetOn-year': '2026',
}

it('sent out: what the door of BaRS says by itself is as FHIR R4 and UK Core have it', async () => {
  const bars = async (method, path, body) => {
    const url = `/bars/FHIR/R4${path}`
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    return JSON.parse((await app.product.fastify.inject({ method, url, headers: headers(), ...payload })).body)
  }
  const asked = 'context=https://fhir.nhs.uk/Id/dos-service-id|111111111'
  const useCase = 'context=https://fhir.nhs.uk/CodeSystem/usecases-categories-bars|a5t1'
  const taken = await bars('POST', '/$process-message', message())
  const request = taken.entry.find(({ resource }) => resource.resourceType === 'ServiceRequest').resource.id
  const answers = [
    await bars('GET', '/metadata'),
    await bars('GET', `/MessageDefinition?${asked}&${useCase}`),
    await bars('GET', `/ServiceRequest/${request}`),
    await bars('POST', '/$process-message', { resourceType: 'Bundle' }),
  ]
  for (const resource of answers.flatMap(resourcesIn))
    expect(validate(resource), JSON.stringify(resource).slice(0, 600)).toEqual([])
})

// The examples of BaRS have the list of UK Core that is retired.
const notAsBarsHas = (problem) => !/NHSNumberVerificationStatus requires another code$/.test(problem)

it('sent out: every reply of BaRS, with all that is in it, is as FHIR R4, UK Core and BaRS have it', async () => {
  const us = { name: 'Lead Provider', odsCode: 'Y99999', service: '111111111', called: 'North' }
  const them = { name: 'Quay Surgery', odsCode: 'Z12345', service: '222222222' }
  const at = Temporal.Instant.from('2026-01-05T10:00:00Z')
  const said = { id: newId(), answers: newId(), at, useCase: 'a5t1', authoredAt: at, us, them }
  for (const news of ['accepted', 'started', 'ended'])
    for (const known of [
      { nhsNumber: '9990000034', requester: 'Robin Bright' },
      { nhsNumber: null, requester: null },
    ]) {
      const reply = replyMessage({ ...said, news, ...known }, idFrom)
      for (const resource of resourcesIn(reply))
        expect(validate(resource).filter(notAsBarsHas), JSON.stringify(resource).slice(0, 600)).toEqual([])
    }
})
