import { newId } from '#platform/ids.ts'
import { saveFeed } from '#exchange/feeds/feed/store.ts'
import { endRun, moveRun, saveRows, saveRun } from '#exchange/feeds/run/store.ts'
import type { TestApp } from '#test/app.ts'
import { aService } from './services.ts'

/** The directory of a council that an area reads. */
export async function aFeed(app: TestApp): Promise<string> {
  const id = newId()
  const feed = {
    ...{ area: 'north', id, address: `https://directory.example.org/${id}`, name: 'Borsetshire Council' },
    ...{
      speaks: '3.0' as const,
      answers: 'The digital team, data@example.org',
      licence: 'Open Government Licence 3.0',
    },
    ...{ every: 'day' as const, leastShare: 80, by: app.cast.administrator.membership, at: app.clock.now },
  }
  await app.inArea('north', (db) => saveFeed(db, feed))
  return id
}

/** A reading of a feed that stopped because there was far less in it than before. */
export async function aRun(app: TestApp, feed: string): Promise<string> {
  const of = { area: 'north', id: newId() }
  const row = { page: 1, outerId: 'x-1', name: 'Lunch club', taken: false, reason: 'It does not say who runs it' }
  await app.inArea('north', async (db) => {
    await saveRun(db, { ...of, feed, by: null, at: app.clock.now, since: null })
    await moveRun(db, of, { to: { told: 12 }, came: { taken: 3, unchanged: 8, refused: 1 }, at: app.clock.now })
    await saveRows(db, of, [{ ...row, number: 4 }])
    await endRun(db, of, { ending: 'shrunk', at: app.clock.now })
  })
  return of.id
}

/** Two services that may be one, about which nobody has decided. */
export async function aPair(app: TestApp): Promise<string> {
  const [id, one, other] = [newId(), await aService(app, { at: {} }), await aService(app, { at: {} })]
  await app.owner.query(
    `insert into twins.pair (area, id, one, other, because, found_at) values ('north', $1, $2, $3, '{postcode,phone}', $4)`,
    [id, one, other, app.clock.now.toString()],
  )
  return id
}
