import { clock } from '#platform/dates.ts'
import type { Db } from '#platform/database/transaction.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import {
  check,
  leniently,
  optionalChoice,
  optionalId,
  optionalText,
  optionalWholeNumber,
  tick,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { listTownsIn } from '#registers/around/store.ts'
import { findNames, findService, listLocations } from '#registers/directory/store.ts'
import { spokenLanguages } from '#registers/marks/rules.ts'
import { findServices, listFound } from '#registers/seeking/store.ts'
import { supportKinds } from '#registers/services/rules.ts'
import { anything } from '#registers/sifting/rules.ts'
import { SupportNearYou } from './pages/list.tsx'
import { OneNearYou } from './pages/one.tsx'
import { addressOf } from './rules.ts'

const stranger = { who: 'anyone', area: 'path' } as const
const choosing = {
  ...{ kind: optionalChoice(supportKinds), speaks: optionalChoice(spokenLanguages), cost: tick(), open: tick() },
}
const looking = { words: optionalText(100), place: optionalText(60), exactly: tick(), ...choosing }
// What somebody needs, and where they live, stands in no address: each search is kept by itself for a day, for its own reader,
// and its address says under what. What was chosen from lists, and the name of a town, stand in it and can be passed on.
const query = leniently({ ...choosing, place: looking.place, kept: optionalId(), page: optionalWholeNumber(1, 40) })
const typing = { words: looking.words, place: looking.place, exactly: looking.exactly }
const nothingTyped = { words: null, place: null, exactly: false }
const anythingNear = { ...nothingTyped, kind: null, speaks: null, cost: false, open: false }

// Each reader's own: the page knows the language and whether somebody has signed in.
const kept = ['cache-control', 'private, max-age=120'] as const

/** The directory for everybody, without signing in: what is published, and nothing about whoever reads it. */
export async function nearYouRoutes(app: App): Promise<void> {
  const path = '/in/:area/support-near-you'
  app.get(path, { ...stranger, query }, async (request, reply) => {
    const { page, kept: under, ...chosen } = request.query
    const typed = under === null ? undefined : await findTyped(request, under)
    const sought = { ...nothingTyped, ...chosen, ...typed }
    const shown = await shownFor(request, { ...sought, page: page ?? 1 })
    const fresh = under === null ? reply.header(...kept) : reply
    const inAddress = { kept: typed === undefined ? null : under, town: typed === undefined ? chosen.place : null }
    const isForgotten = under !== null && typed === undefined
    return fresh.page(<SupportNearYou {...shown} {...blank} {...inAddress} isForgotten={isForgotten} />)
  })

  app.post(path, { ...stranger, form: looking, unjournaled: true }, async (request, reply) => {
    const { form, area } = request
    if (!form.ok) {
      const shown = { ...(await shownFor(request, { ...anythingNear, page: 1 })), ...form }
      return reply.code(422).page(<SupportNearYou {...shown} kept={null} town={null} isForgotten={false} />)
    }
    return reply.redirect(await keepSearch(request, form.value, area), 303)
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

const keptUnder = ({ area, owner }: Asking, record: string) => ({ area, owner, page: 'support-near-you', record })

/** What was typed in a search of this reader; undefined for everybody else, and when it is over. */
async function findTyped(asking: Asking, id: string) {
  const typed = await findDraft(asking.db, keptUnder(asking, id), asking.now)
  const read = typed && check(typing, typed)
  return read?.ok ? read.value : undefined
}

/** Keeps what was typed, where it may tell of somebody, and gives the address of the search: a town alone stands in it. */
async function keepSearch(
  asking: Asking,
  { words, place, exactly, speaks, ...chosen }: ValueOf<typeof looking>,
  area: string,
) {
  const isTown = place !== null && words === null && (await listTownsIn(asking.db, area, place)).some(isNamed(place))
  const isTyped = words !== null || (place !== null && !isTown)
  const kept = isTyped ? newId() : null
  if (kept !== null) {
    const typed = { words: words ?? '', place: place ?? '', ...(exactly ? { exactly: 'on' } : {}) }
    await saveDraft(asking.db, { ...keptUnder(asking, kept), typed, now: asking.now })
  }
  const cost = chosen.cost ? ('free' as const) : null
  return addressOf({
    area: { area },
    wanted: { ...anything, ...chosen, cost, language: speaks },
    kept,
    town: isTown ? place : null,
  })
}

const isNamed = (place: string) => (town: string) => town.toLowerCase() === place.trim().toLowerCase()

/** What was found for what somebody looks for. */
async function shownFor({ db, area, now, today }: Asking, { page, cost, speaks, ...asked }: Sought) {
  const here = await findHere(db, area)
  const wanted = { ...anything, ...asked, cost: cost ? ('free' as const) : null, language: speaks }
  const { town: townNamed, ...answer } = await findServices(db, { area, wanted, now, page, published: true })
  const found = await listFound(db, { area, published: true }, answer.hits)
  const at = { day: `${today}`, dayOfWeek: today.dayOfWeek, clock: clock(now) }
  return { ...answer, townNamed, area: here, wanted, found, today, at, page }
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
