import { type Actor, isOfService } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { emptyListing } from '#registers/listing/rules.ts'
import { History } from './pages/history.tsx'
import { type Missing, OneService } from './pages/one.tsx'
import { differencesInWords } from './rules.ts'
import { findNames, findService, listLocations, listVersions } from './store.ts'

const who = 'signed-in'
/** What only later slices know: how many changes to a service wait, and what a role may do about the directory. */
export type Later = Readonly<{
  waiting: (db: Db, area: string, service: string) => Promise<number>
  may: (role: string) => Readonly<{ decide: boolean; propose: boolean }>
  /** From which other directory a service came that does not have it any more, and since when. */
  missing: (db: Db, area: string, service: string) => Promise<Missing | undefined>
}>

/** One service of the directory as those who work in the area read it. */
export const directoryRoutes =
  ({ waiting, may, missing }: Later) =>
  async (app: App): Promise<void> => {
    app.get('/services/:service', { who }, async ({ db, area, actor, today, params }, reply) => {
      const shown = await findShown(db, actor, params.service)
      const [number, gone] = await Promise.all([waiting(db, area, shown.id), missing(db, area, shown.id)])
      return reply.page(<OneService {...shown} {...{ today, gone }} may={may(actor.role)} waiting={number} />)
    })
    app.get('/services/:service/history', { who }, async ({ db, area, actor, now, params }, reply) => {
      const { id, listing } = await findShown(db, actor, params.service)
      const versions = await listVersions(db, area, id)
      const [names, members] = await Promise.all([
        findNames(
          db,
          area,
          versions.map((one) => one.listing),
        ),
        listMemberNames(db, area),
      ])
      const changed = versions.map(({ listing: after, by, ...one }, place) => ({
        ...{ ...one, byName: by === null ? null : (members.get(by) ?? null) },
        differences:
          one.version === 1 ? [] : differencesInWords(versions[place + 1]?.listing ?? emptyListing, after, names),
      }))
      return reply.page(
        <History id={id} name={listing.name} versions={changed} now={now} decides={may(actor.role).decide} />,
      )
    })
  }

/** A service with its locations; what is for staff alone is to who works in a local service as if it were not there. */
async function findShown(db: Db, { area, role }: Actor, id: string) {
  const found = await findService(db, area, id)
  if (!found || (found.listing.staffOnly && isOfService(role))) throw new NotFound()
  const places = found.listing.locations.map(({ location }) => location)
  const [names, locations] = await Promise.all([findNames(db, area, [found.listing]), listLocations(db, area, places)])
  const shown = locations.filter(({ location }) => !location.staffOnly || !isOfService(role))
  return { id: found.id, version: found.version, listing: found.listing, names, locations: shown }
}
