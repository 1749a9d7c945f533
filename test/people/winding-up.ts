import { newId } from '#platform/ids.ts'
import { tellOfChange } from '#journey/changeover/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Fields } from '#test/browser.ts'
import { anEpisode } from './episode.ts'

/** What is said of an organisation that ends on the last day of January. */
export const windsUp = (app: TestApp, also: Fields = {}): Fields => ({
  ...{ id: newId(), reason: 'contract', keeper: app.cast.manager.organisation },
  ...{ 'endsOn-day': '31', 'endsOn-month': '1', 'endsOn-year': '2026' },
  ...{ 'noNewFrom-day': '5', 'noNewFrom-month': '1', 'noNewFrom-year': '2026' },
  ...also,
})

/** The second provider of the area ends; gives the notice. */
export async function aWindingUp(app: TestApp, also: Fields = {}): Promise<string> {
  const manager = await app.as(app.cast.providerManager)
  const address = `/organisations/${app.cast.providerManager.organisation}/winding-up`
  const { location = '', text } = await manager.send(address, windsUp(app, also))
  const notice = location.split('/').at(-1)
  if (!notice) throw new Error(text)
  return notice
}

/** The same with somebody who is still with it and stays until its end; and that another person has a new coach. */
export async function aWindingUpWithPeople(app: TestApp, person: string) {
  const { providerCoach: coach, providerManager } = app.cast
  const { episode } = await anEpisode(app, { givenName: 'Wilma', familyName: 'Windsover', coach })
  const notice = await aWindingUp(app, { 'noNewFrom-day': '30' })
  const party = newId()
  const kept = { id: party, chosen: [`${episode}.${coach.membership}`], to: 'kept', note: 'Her plan ends before' }
  const sent = await (await app.as(providerManager)).send(`/winding-up/${notice}/people`, kept)
  if (sent.status >= 400) throw new Error(sent.text)
  const told = { area: 'north', person, kind: 'coach', from: 'Carla Before', to: 'Carol Coach' } as const
  const change = await app.inArea('north', (db) => tellOfChange(db, { ...told, now: app.clock.now, origin: '' }))
  return { notice, party, change }
}
