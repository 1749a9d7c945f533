import { z } from 'zod'
import type { Cast } from '#test/cast.ts'
import { everyState } from '#test/disclosure/people.ts'
import { aSender, everyPage } from '#test/neighbours/fhir-asking.ts'
import { sentBySystem } from '#test/people/sent-by-system.ts'
import type { Way } from './ways.ts'

const beyond = ['EpisodeOfCare', 'Consent'] as const
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
    const seen = await Promise.all(beyond.map(async (kind) => (await everyPage(sender, `/${kind}`)).flat()))
    const theirs = seen.flat().filter(({ id }) => id.startsWith(one.id))
    return [...(status === 'received' ? [] : [`Task ${status}`]), ...theirs.map(({ resourceType }) => resourceType)]
  },
})
