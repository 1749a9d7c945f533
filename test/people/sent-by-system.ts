import { newId } from '#platform/ids.ts'
import type { Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { TestApp } from '#test/app.ts'
import { placesIn, type Sender } from '#test/neighbours/fhir-asking.ts'
import type { Wanted } from '#test/neighbours/fhir-sender.ts'

/** Somebody whom a system referred, with the id of the request and what can then happen to them. */
export async function sentBySystem(app: TestApp, sender: Sender, wanted: Wanted = {}) {
  const { status, text } = await sender.send(wanted)
  if (status >= 400) throw new Error(`The referral was refused: ${text}`)
  const places = placesIn(text)
  const id = places['ServiceRequest']?.split('/').at(-1) ?? ''
  const { rows } = await app.owner.query<{ person: string; episode: string }>(
    `select person, episode from referral.referral join edge.request on request.referral = referral.id where request.id = $1`,
    [id],
  )
  const [{ person, episode } = { person: '', episode: '' }] = rows
  const on = { area: 'north', episode, by: app.cast.coach.membership }
  const happens = async (...steps: readonly Step[]) => {
    for (const step of steps) await app.inArea('north', (db) => recordStep(db, { ...on, at: app.clock.now, step }))
    app.clock.pass({ minutes: 61 })
  }
  const says = async (answers: Readonly<Record<string, string>>) => {
    app.clock.pass({ minutes: 1 })
    const coach = await app.as(app.cast.coach)
    return coach.send(`/people/${person}/agreements`, { form: newId(), how: 'telephone', ...answers })
  }
  return { id, places, person, episode, happens, says }
}
