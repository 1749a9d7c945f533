import { newId } from '#platform/ids.ts'
import { saveFeedback } from '#registers/checking/store.ts'
import { beginRound } from '#registers/owner-check/store.ts'
import type { TestApp } from '#test/app.ts'
import { aProposal, anEarlierVersion } from '#test/editing/directory.ts'
import { aFeed, aPair, aRun } from '#test/people/feeds.ts'
import { aHandedLink } from '#test/people/handed-link.ts'
import { aService } from '#test/people/services.ts'

/** A directory in which a local service stands beside the national ones, and a link that a practice hands over. */
export async function aDirectory(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const [service, feedback] = [await aService(app, { at: {} }), newId()]
  const wrong = {
    about: 'wait',
    words: 'Somebody waited nine weeks',
    by: app.cast.coach.membership,
    at: app.clock.now,
  } as const
  await app.inArea('north', (db) => saveFeedback(db, { area: 'north', id: feedback, service, ...wrong }))
  const asking = { area: 'north', by: app.cast.manager.membership, now: app.clock.now }
  const before = Temporal.PlainDate.from('2026-01-01')
  const round = await app.inArea('north', (db) => beginRound(db, { ...asking, before }))
  const feed = await aFeed(app)
  const [reading, twins] = [await aRun(app, feed), await aPair(app)]
  const handed = await aHandedLink(app)
  const [, , owner] = (await anEarlierVersion(app, 'owner')).split('/').slice(1)
  const [, , location] = (await anEarlierVersion(app, 'location')).split('/').slice(1)
  return {
    ...{ owner: owner ?? '', location: location ?? '', version: '1' },
    ...{ handed: handed.id, code: handed.code },
    service,
    feedback,
    round,
    proposed: await aProposal(app),
    feed,
    reading,
    twins,
  }
}
