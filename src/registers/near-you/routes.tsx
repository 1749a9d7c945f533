import { clock } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, optionalText, optionalWholeNumber, tick } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findArea } from '#registers/areas/store.ts'
import { findNames, findService, listLocations } from '#registers/directory/store.ts'
import { spokenLanguages } from '#registers/marks/rules.ts'
import { findServices, listFound } from '#registers/seeking/store.ts'
import { supportKinds } from '#registers/services/rules.ts'
import { anything } from '#registers/sifting/rules.ts'
import { SupportNearYou } from './pages/list.tsx'
import { OneNearYou } from './pages/one.tsx'

const stranger = { who: 'anyone', area: 'path' } as const
const query = {
  ...{ words: optionalText(100), place: optionalText(60), kind: optionalChoice(supportKinds) },
  ...{
    speaks: optionalChoice(spokenLanguages),
    cost: tick(),
    open: tick(),
    exactly: tick(),
    page: optionalWholeNumber(1, 40),
  },
}

// Each reader's own: the page knows the language and whether somebody has signed in.
const kept = ['cache-control', 'private, max-age=120'] as const

/** The directory for everybody, without signing in: what is published, and nothing about whoever reads it. */
export async function nearYouRoutes(app: App): Promise<void> {
  app.get('/in/:area/support-near-you', { ...stranger, query }, async ({ db, area, now, today, query }, reply) => {
    const here = await findHere(db, area)
    const { page, cost, speaks, ...asked } = query
    const wanted = { ...anything, ...asked, cost: cost ? ('free' as const) : null, language: speaks }
    const answer = await findServices(db, { area, wanted, now, page: page ?? 1, published: true })
    const found = await listFound(db, { area, published: true }, answer.hits)
    const at = { day: `${today}`, dayOfWeek: today.dayOfWeek, clock: clock(now) }
    return reply
      .header(...kept)
      .page(<SupportNearYou {...answer} {...{ area: here, wanted, found, today, at }} page={page ?? 1} />)
  })

  app.get('/in/:area/support-near-you/:service', stranger, async ({ db, area, today, params }, reply) => {
    const [here, service] = [await findHere(db, area), await findPublished(db, area, params.service)]
    const { id, listing } = service
    const [names, locations] = await Promise.all([
      findNames(db, area, [listing]),
      listLocations(
        db,
        area,
        listing.locations.map(({ location }) => location),
      ),
    ])
    const places = locations.filter(({ location }) => !location.staffOnly)
    const owner = names.owners.get(listing.owner) ?? ''
    return reply.header(...kept).page(<OneNearYou {...{ area: here, id, listing, owner, places, today }} />)
  })
}

async function findHere(db: Db, area: string) {
  const found = await findArea(db, area)
  if (!found) throw new NotFound()
  return found
}

async function findPublished(db: Db, area: string, id: string) {
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findService(db, area, id) : undefined
  if (!found || found.listing.staffOnly) throw new NotFound()
  return found
}
