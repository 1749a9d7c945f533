import { z } from 'zod'
import type { TestApp } from '#test/app.ts'
import type { Cast, Member } from '#test/cast.ts'
import { everyState } from '#test/disclosure/people.ts'
import { aSender, everyPage, type Sender } from '#test/neighbours/fhir-asking.ts'
import { aJsonSender } from '#test/neighbours/json-sender.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'
import { anAppointmentFor, aPlanFor } from '#test/people/support-given.ts'
import type { Way } from './ways.ts'

const beyond = ['EpisodeOfCare', 'Communication', 'Consent', 'CarePlan', 'Goal', 'Appointment'] as const
const task = z.object({ status: z.string() })

/** The system of whoever referred somebody in this state who has said no to them: what it reads beyond what it sent. */
export const system = (role: 'referrer' | 'jobcentrePartner', state: string): Way => ({
  way: `the system of whoever referred, a ${role}: ${state}`,
  async learnt(app) {
    const from: Cast[typeof role] = app.cast[role]
    const one = await sentBySystem(app, await aSender(app, { from }))
    await one.says({ gp: 'no', jobcentre: 'no' })
    const coach = { kind: 'allocated', coach: app.cast.coach.membership } as const
    await one.happens(...(everyState[state] ?? []).map((step) => (step === 'coach' ? coach : step)))
    const sender = await aSender(app, { from })
    const { status } = task.parse(await sender.read(one.places['Task'] ?? ''))
    const said = [...(status === 'received' ? [] : [`Task ${status}`]), ...(await readBeyond(sender, one.places))]
    return [...said, ...(await readInJson(app, from, one.id))]
  },
})

/** What is read of somebody by whose patient they are. */
async function readBeyond(sender: Sender, places: Readonly<Record<string, string>>): Promise<string[]> {
  const of = `patient=${places['Patient']?.slice(1)}`
  const seen = await Promise.all(beyond.map((kind) => everyPage(sender, `/${kind}?${of}`)))
  return seen.flat(2).map(({ resourceType }) => resourceType)
}

/** What is read of the same referral in JSON. */
async function readInJson(app: TestApp, from: Member, id: string): Promise<string[]> {
  const { progress, support } = await (await aJsonSender(app, { from })).see(id)
  return [
    ...(progress?.state === 'received' ? [] : [`in JSON ${progress?.state}`]),
    ...(support ? ['days in JSON'] : []),
  ]
}

const noted = ['CarePlan', 'Goal', 'Appointment']

/** The system of a practice that may know how it stands: what it reads of a plan that was agreed and of who came. */
export const noSummary: Way = {
  way: 'the system of a practice that may know how it stands and reads no summary',
  async learnt(app) {
    const one = await sentBySystem(app, await aSender(app))
    await one.says({ gp: 'yes', 'gp-allows': 'status' })
    await one.happens({ kind: 'accepted' }, { kind: 'tried' }, { kind: 'reached' }, { kind: 'assessed' })
    await aPlanFor(app, one)
    await anAppointmentFor(app, one, 'attended')
    await one.happens()
    const seen = await readBeyond(await aSender(app), one.places)
    return seen.filter((kind) => noted.includes(kind))
  },
}
