import { newId } from '#platform/ids.ts'
import { saveArrival } from '#exchange/move/store.ts'
import type { TestApp } from '#test/app.ts'
import { aHandover } from './handing-over.ts'

/** Somebody is offered to another area; gives the package. */
export async function aMove(app: TestApp, episode: string, also: Readonly<Record<string, string>> = {}) {
  const id = newId()
  const coach = await app.as(app.cast.coach)
  const offered = { id, toArea: 'south', why: 'Moves to be near family', agreed: 'yes', ...also }
  const sent = await coach.send(`/episodes/${episode}/move`, offered)
  return { id, sent }
}

/** The same package as if it had been offered to the first area by the other. */
export async function anArrival(app: TestApp, episode: string) {
  const { id: given } = await aMove(app, episode)
  const { rows } = await app.owner.query('select content from move.package where id = $1', [given])
  const id = newId()
  const arrival = {
    area: 'north',
    id,
    from_area: 'south',
    why: 'Moves to be near family',
    offered_by: 'Elle Elsewhere',
  }
  const content = JSON.stringify(rows[0]?.content)
  await app.inArea('north', (db) => saveArrival(db, { ...arrival, at: app.clock.now, content }))
  const { id: handover } = await aHandover(app, episode)
  return { package: given, arrival: id, handover }
}
