import { clock } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import { check, optionalChoice, optionalText, optionalWholeNumber, tick, type ValueOf } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
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
import { nearYou } from './rules.ts'

const stranger = { who: 'anyone', area: 'path' } as const
const choosing = {
  ...{ kind: optionalChoice(supportKinds), speaks: optionalChoice(spokenLanguages), cost: tick(), open: tick() },
}
const looking = { words: optionalText(100), place: optionalText(60), exactly: tick(), ...choosing }
// What somebody needs and where they live stands in no address: it is kept for a day, and read only where `kept` asks for it,
// so that whoever opens the page next on a shared computer finds it empty.
const query = { ...choosing, kept: tick(), page: optionalWholeNumber(1, 40) }
const nothingTyped = { words: null, place: null, exactly: false }
const anythingNear = { ...nothingTyped, kind: null, speaks: null, cost: false, open: false }

// Each reader's own: the page knows the language and whether somebody has signed in.
const kept = ['cache-control', 'private, max-age=120'] as const

/** The directory for everybody, without signing in: what is published, and nothing about whoever reads it. */
export async function nearYouRoutes(app: App): Promise<void> {
  const path = '/in/:area/support-near-you'
  app.get(path, { ...stranger, query }, async (request, reply) => {
    const { page, kept: isKept, ...chosen } = request.query
    const typed = isKept ? await findDraft(request.db, soughtBy(request), request.now) : undefined
    const read = typed && check(looking, typed)
    const sought = read?.ok ? read.value : { ...nothingTyped, ...chosen }
    const shown = await shownFor(request, { ...sought, page: page ?? 1 })
    const fresh = isKept ? reply : reply.header(...kept)
    return fresh.page(<SupportNearYou {...shown} {...blank} isKept={typed !== undefined} />)
  })

  app.post(path, { ...stranger, form: looking, unjournaled: true }, async (request, reply) => {
    const { db, form, area, now } = request
    if (!form.ok) {
      const shown = await shownFor(request, { ...anythingNear, page: 1 })
      return reply.code(422).page(<SupportNearYou {...shown} {...form} isKept={false} />)
    }
    await saveDraft(db, { ...soughtBy(request), typed: form.typed, now })
    return reply.redirect(`${nearYou(area)}?kept=yes`, 303)
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

type Asking = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant; today: Temporal.PlainDate }>
type Sought = Readonly<{ page: number }> & ValueOf<typeof looking>

const soughtBy = ({ area, owner }: Asking) => ({ area, owner, page: 'support-near-you' })

/** What was found for what somebody looks for. */
async function shownFor({ db, area, now, today }: Asking, { page, cost, speaks, ...asked }: Sought) {
  const here = await findHere(db, area)
  const wanted = { ...anything, ...asked, cost: cost ? ('free' as const) : null, language: speaks }
  const answer = await findServices(db, { area, wanted, now, page, published: true })
  const found = await listFound(db, { area, published: true }, answer.hits)
  const at = { day: `${today}`, dayOfWeek: today.dayOfWeek, clock: clock(now) }
  return { ...answer, area: here, wanted, found, today, at, page }
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
