import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problemsIn } from '#platform/fhir/wire.ts'
import { referenceOf } from '#journey/onward/rules.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { aSender, everyPage, faultIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import { anAskedTask, answersIn, answerTask, putTask } from '#test/people/asked-task.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-05T10:00:00Z'))
afterAll(() => app.close())

const asked = (given: Parameters<typeof anAskedTask>[1] = {}) => anAskedTask(app, given)

describe('What a system of a service looks for', () => {
  it('comes as its inbox has it, page by page, by status, reference, code and when it changed', async () => {
    const [first, second] = [await asked({ name: 'Many' }), await asked({ name: 'Others' })]
    await answerTask(first.system, first.path, { status: 'accepted' })
    app.clock.pass({ minutes: 1 })
    const since = app.clock.now.toString()
    const third = await asked({ name: 'Since' })
    const ids = async (path: string) =>
      (await everyPage(third.system, path))
        .flat()
        .flatMap(({ id, status }) => (of.has(id) ? [[of.get(id), status]] : []))
    const of = new Map([first, second, third].map(({ onward }, at) => [onward, at + 1]))
    const reference = referenceOf(second.onward).toLowerCase()

    expect(await ids('/Task?_count=1')).toEqual([
      ...[
        [2, 'requested'],
        [3, 'requested'],
        [1, 'accepted'],
      ],
    ])
    expect(await ids('/Task?status=requested,received&code=fulfill')).toHaveLength(2)
    expect(await ids(`/Task?status=accepted&_lastUpdated=lt${since}`)).toEqual([[1, 'accepted']])
    expect(await ids(`/Task?_lastUpdated=ge${since}`)).toEqual([[3, 'received']])
    expect(await ids(`/Task?identifier=${reference}`)).toEqual([[2, 'received']])
    const ours = encodeURIComponent(`${app.settings.origin}/fhir/reference|${reference}`)
    expect(await ids(`/Task?identifier=${ours}`)).toHaveLength(1)
    expect(await ids('/Task?identifier=urn:other|1')).toEqual([])
    expect(await ids('/Task?code=approve')).toEqual([])
    expect(faultIn(await third.system.ask('GET', '/Task?status=!'))).toEqual({ status: 400, code: 'value' })
  })

  it('stands beside what its organisation referred itself, each by a scope of its own', async () => {
    const one = await asked()
    const both = await aSender(app, { from: app.cast.serviceLead })
    await both.send()
    const kinds = async (system: Sender, path = '/Task?_count=1') =>
      new Set((await everyPage(system, path)).flat().map((task) => ('code' in task ? 'asked' : 'sent')))
    const sender = await aSender(app, { from: app.cast.serviceLead, may: ['system/Task.rs'] })
    const neither = await aSender(app, { from: app.cast.serviceLead, may: ['system/Patient.rs'] })

    expect(await kinds(both)).toEqual(new Set(['sent', 'asked']))
    expect(await kinds(both, '/Task?code=fulfill')).toEqual(new Set(['asked']))
    expect(await kinds(sender)).toEqual(new Set(['sent']))
    expect(await kinds(one.system)).toEqual(new Set(['asked']))
    expect((await sender.ask('GET', one.path)).status).toBe(404)
    expect(faultIn(await neither.ask('GET', '/Task'))).toEqual({ status: 403, code: 'forbidden' })
    expect(faultIn(await putTask(sender, one.path, {}))).toEqual({ status: 403, code: 'forbidden' })
  })

  it('is as FHIR R4 has it, with the codes of ours that stand in it', async () => {
    const one = await asked()
    await answerTask(one.system, one.path, answersIn(app).waiting)
    const lists = ['decline-reason', 'help-outcome', 'request-standing', 'request-part', 'answer-part']
    const open = await Promise.all(
      lists.map((name) => app.product.fastify.inject({ method: 'GET', url: `/fhir/R4/CodeSystem/${name}` })),
    )
    const resources = [await one.system.read(one.path), ...open.map(({ body }) => JSON.parse(body))]

    expect(resources.flatMap((resource) => problemsIn(resource))).toEqual([])
    expect(open[0]?.body).toContain('{"code":"full","display":"We have no places and no waiting list"}')
  })
})
