import { z } from 'zod'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'
import { aSender, type Sender } from '#test/neighbours/fhir-asking.ts'
import { anInbox, aSentOnward } from './onward.ts'

/** The system of a local service: that of the cast, or of another organisation. */
export const aServiceSystem = (app: TestApp, from: Member = app.cast.serviceLead) =>
  aSender(app, { from, may: ['system/Task.rus'], perMinute: 1_000_000 })

/** Somebody sent to a service that answers by its own system. */
export async function anAskedTask(app: TestApp, given: Parameters<typeof aSentOnward>[1] = {}) {
  const sent = await aSentOnward(app, given)
  await anInbox(app, sent.service)
  return { ...sent, system: await aServiceSystem(app), path: `/Task/${sent.onward}` }
}

const taskShape = z.looseObject({
  ...{ id: z.string(), status: z.string(), meta: z.looseObject({ versionId: z.string(), lastUpdated: z.string() }) },
})

/** A Task as it was answered. */
export const taskIn = (text: string) => taskShape.parse(JSON.parse(text))

/** Reads a Task, which counts as seen. */
export const readTask = async (system: Sender, path: string) => taskShape.parse(await system.read(path))

/** Sends a Task as the answer to the version that is named. */
export const putTask = (system: Sender, path: string, task: object, version?: string) =>
  system.ask('PUT', path, JSON.stringify(task), version === undefined ? {} : { 'if-match': `W/"${version}"` })

/** Sends a Task back with something changed in it, by the version that was read. */
export async function answerTask(system: Sender, path: string, change: object) {
  const task = await readTask(system, path)
  return putTask(system, path, { ...task, ...change }, task.meta.versionId)
}

/** A code of ours, a part of an answer, and a place in a queue, as a system writes them. */
export function answersIn({ settings: { origin } }: TestApp) {
  const coded = (list: string, code: string) => ({ coding: [{ system: `${origin}/fhir/R4/CodeSystem/${list}`, code }] })
  const output = (code: string, value: object) => ({ type: coded('answer-part', code), ...value })
  const waiting = {
    ...{ status: 'accepted', businessStatus: coded('request-standing', 'waiting') },
    output: [output('place', { valuePositiveInt: 3 }), output('expected', { valueDate: '2026-02-20' })],
  }
  return { coded, output, waiting }
}
