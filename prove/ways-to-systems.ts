import { z } from 'zod'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import type { Cast, Member } from '#test/cast.ts'
import { everyState } from '#test/disclosure/people.ts'
import { aSender, everyPage, type Sender } from '#test/neighbours/fhir-asking.ts'
import { answersOf } from '#test/neighbours/fhir-note.ts'
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

/** The system of whoever sent a fit note: what it reads once a coach has taken that one back and written down another. */
export const ownNotes: Way = {
  way: 'the system of whoever sent a fit note, which a coach took back while another was written down',
  async learnt(app) {
    const one = await sentBySystem(app, await aSender(app), { with: answersOf(app.settings.origin) })
    const read = async () => {
      const pages = await everyPage(
        await aSender(app),
        `/QuestionnaireResponse?patient=${one.places['Patient']?.slice(1)}`,
      )
      return pages.flat().map((note) => JSON.stringify(note))
    }
    const before = await read()
    const coach = await app.as(app.cast.coach)
    const { rows } = await app.owner.query<{ id: string }>('select id from fit_note.note where person = $1', [
      one.person,
    ])
    const back = `/people/${one.person}/fit-notes/${rows[0]?.id}/withdrawal`
    const { status } = await coach.send(back, { reason: 'Of somebody else' })
    const written = { id: newId(), kind: 'med3', outcome: 'not-fit', issuer: 'Dr Ada Ayo', profession: 'doctor' }
    const days = ['assessed', 'stated', 'from', 'until'].flatMap((name) => Object.entries(dated(name)))
    const own = await coach.send(`/people/${one.person}/fit-notes/new/med3`, {
      ...written,
      ...Object.fromEntries(days),
    })
    await one.says({ gp: 'no' })
    const after = await read()
    const isMade = before.length === 1 && status < 400 && own.status < 400
    if (!isMade) return [`nothing was proved: ${status} ${own.status}`]
    return after.filter((note) => !before.includes(note)).concat(after.length === 1 ? [] : [`${after.length} notes`])
  },
}

const dated = (name: string) => ({ [`${name}-day`]: '5', [`${name}-month`]: '1', [`${name}-year`]: '2026' })
