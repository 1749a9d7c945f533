import { type Actor, careRoles, isOfService } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { clock } from '#platform/dates.ts'
import { findDraft, saveDraft } from '#platform/form/drafts.ts'
import {
  check,
  choices,
  leniently,
  optionalChoice,
  optionalId,
  optionalText,
  optionalWholeNumber,
  tick,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank, type Checked } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { distances } from '#registers/around/rules.ts'
import { accesses, workStandings } from '#registers/listing/rules.ts'
import { spokenLanguages, waits } from '#registers/marks/rules.ts'
import { calledName, hidesContact, type Person } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { listFound, findServices } from '#registers/seeking/store.ts'
import { serviceStates, supportKinds } from '#registers/services/rules.ts'
import { affordable, anything, orders, type Wanted } from '#registers/sifting/rules.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'
import { listBarriers } from '#journey/assessment/store.ts'
import { findEpisode, findNewestEpisode } from '#journey/episode/store.ts'
import { Directory } from './pages/directory.tsx'
import { FindFor } from './pages/find.tsx'
import { directoryAt, forPerson, type ForPerson, lookedForBy, type Results, ticksOf, unknownOf } from './rules.ts'
import { findLives, findWork } from './store.ts'

const choosing = {
  ...{ words: optionalText(100), kind: optionalChoice(supportKinds) },
  ...{ within: optionalChoice(distances), state: optionalChoice(serviceStates), cost: optionalChoice(affordable) },
  ...{ language: optionalChoice(spokenLanguages), access: choices(accesses), wait: optionalChoice(waits) },
  ...{ work: optionalChoice(workStandings), open: tick(), room: tick(), exactly: tick() },
  order: optionalChoice(orders),
}
const looking = { ...choosing, place: optionalText(60) }
const page = optionalWholeNumber(1, 40)
// Where somebody lives stands in no address: it is kept with the words beside it.
const query = leniently({ ...choosing, words: optionalText(2000), kept: optionalId(), page })
const form = { ...looking, fitting: tick() }

/** What only later slices know: what a role may do about the directory, and how many of its feeds have stopped. */
export type Later = Readonly<{
  may: (role: string) => Readonly<{ decide: boolean; propose: boolean }>
  alerts: (db: Db, area: string) => Promise<number>
  /** How many services say that the figures of how they answer are not right, and wait for an answer. */
  contested: (db: Db, area: string) => Promise<number>
  /** Keeps that a search for somebody found nothing: for what of their needs, and not what was typed. */
  foundNothing: (asking: Asking, search: EmptySearch) => Promise<void>
}>

type EmptySearch = Readonly<{ person: string; episode: string; words: string | null; own: readonly BarrierCode[] }>

const opening = { who: careRoles, verb: 'open' } as const
const referring = { who: careRoles, verb: 'edit' } as const

/** Finding a service: for anybody, for one person with what fits them, and on the way to referring them to it. */
export const matchingRoutes =
  (later: Later) =>
  async (app: App): Promise<void> => {
    throughAll(app, later)
    forOne(app, later.foundNothing)
    toRefer(app, later.foundNothing)
  }

/** Looking for a service for somebody: what is looked for is kept on the server and stands in no address. */
function forOne(app: App, foundNothing: Later['foundNothing']): void {
  const path = '/people/:person/services'
  app.get(path, { ...opening, reads: 'record', query: { page } }, async (request, reply) => {
    const about = await aboutOf(request, request.params.person)
    await request.read('service.sought', { person: about.person.id })
    return reply.page(<FindFor {...await shownFor(request, about, request.query.page)} isReferring={false} />)
  })
  app.post(path, { ...opening, form }, async (request, reply) => {
    const about = await aboutOf(request, request.params.person)
    const found = await keepSought(request, about, foundNothing)
    await request.act('service.searched', { person: about.person.id, codes: { found } })
    return reply.redirect(`/people/${about.person.id}/services`, 303)
  })
}

/** The same search, by whoever means to refer: it goes on to the referral for something of the plan. */
function toRefer(app: App, foundNothing: Later['foundNothing']): void {
  const path = '/episodes/:episode/onward/services'
  app.get(path, { ...referring, reads: 'record', query: { page } }, async (request, reply) => {
    const about = await aboutEpisode(request, request.params.episode)
    await request.read('onward.services', { person: about.person.id, subject: about.episode })
    return reply.page(<FindFor {...await shownFor(request, about, request.query.page)} isReferring />)
  })
  app.post(path, { ...referring, form }, async (request, reply) => {
    const about = await aboutEpisode(request, request.params.episode)
    const found = await keepSought(request, about, foundNothing)
    await request.act('service.searched', { person: about.person.id, codes: { found } })
    return reply.redirect(`/episodes/${about.episode}/onward/services`, 303)
  })
}

type About = Awaited<ReturnType<typeof aboutOf>>

/** What is shown of a search for somebody: by what was looked for last, else by what stands most in their way. */
async function shownFor(asking: Asking & Keeping, { person, episode, holding }: About, at: number | null) {
  const needs = episode === undefined ? [] : await needsOf(asking, episode)
  const kept = await findDraft(asking.db, keptAs(asking, person.id), asking.now)
  const read = kept && check(form, kept)
  const place = hidesContact(person) ? null : person.postcode
  const usual = { ...anything, words: needs[0]?.words ?? null, place, fitting: false }
  const { fitting, ...wanted } = read?.ok ? read.value : usual
  return {
    ...(await resultsOf(asking, { wanted, page: at ?? 1, holding, fitting })),
    ids: new Map(needs.map(({ code }) => [code, newId()])),
    person: { id: person.id, name: calledName(person), mayEdit: person.mayEdit },
    ...{ needs, fitting, episode, unknown: unknownOf(holding) },
    refersFrom: person.mayEdit ? episode : undefined,
  }
}

type Sent = Asking & Keeping & Readonly<{ form: Checked<ValueOf<typeof form>> }>

/** Keeps what is looked for, and that nothing was found for a need; whether anything was. */
async function keepSought(sent: Sent, about: About, foundNothing: Later['foundNothing']): Promise<boolean> {
  await saveDraft(sent.db, { ...keptAs(sent, about.person.id), typed: sent.form.typed, now: sent.now })
  const nothing = sent.form.ok && (await findsNothing(sent, about, sent.form.value))
  if (nothing) await foundNothing(sent, nothing)
  return !nothing
}

/** Looking through the whole directory, for nobody in particular. */
function throughAll(app: App, { may, alerts, contested }: Later): void {
  const aroundList = async ({ db, area, actor }: Asking) => {
    const own = may(actor.role)
    const [stopped, disputed] = own.decide
      ? await Promise.all([alerts(db, area), contested(db, area)])
      : ([0, 0] as const)
    return { may: own, stopped, disputed }
  }
  app.get('/services', { who: 'signed-in', query }, async (request, reply) => {
    const { page: at, kept, ...chosen } = request.query
    const long = check({ words: looking.words }, { words: chosen.words ?? '' })
    if (!long.ok) {
      const [results, said] = [await resultsOf(request, { wanted: anything, page: 1 }), await aroundList(request)]
      return reply.code(422).page(<Directory {...{ ...results, ...long, ...said, kept: null, isForgotten: false }} />)
    }
    const around = kept === null ? undefined : await findAround(request, kept)
    const results = await resultsOf(request, { wanted: { ...chosen, place: null, ...around }, page: at ?? 1 })
    const isForgotten = kept !== null && around === undefined
    const said = await aroundList(request)
    return reply.page(<Directory {...{ ...results, ...blank, ...said, kept, isForgotten }} />)
  })

  app.post('/services', { who: 'signed-in', form: looking, unjournaled: true }, async (request, reply) => {
    const { form: sent } = request
    if (sent.ok) return reply.redirect(directoryAt(sent.value, await keepAround(request, sent.value)), 303)
    const [results, said] = await Promise.all([resultsOf(request, { wanted: anything, page: 1 }), aroundList(request)])
    return reply.code(422).page(<Directory {...{ ...results, ...sent, ...said, kept: null, isForgotten: false }} />)
  })
}

const keptAs = ({ area, owner }: Readonly<{ area: string; owner: string }>, record: string) => ({
  ...{ area, owner, page: 'services-for', record },
})

type Keeping = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant }>

const keptAround = ({ area, owner }: Keeping, id: string) => ({ area, owner, page: 'services', record: id })

/** Keeps near what somebody looks, each search by itself: going back, and another tab, show what they showed before. */
async function keepAround(keeping: Keeping, { words, place }: Wanted): Promise<string | null> {
  if (place === null) return null
  const id = newId()
  await saveDraft(keeping.db, { ...keptAround(keeping, id), typed: { words: words ?? '', place }, now: keeping.now })
  return id
}

/** Near what somebody looked, and for what; undefined for everybody else, and when it is over. */
async function findAround(keeping: Keeping, id: string) {
  const typed = await findDraft(keeping.db, keptAround(keeping, id), keeping.now)
  const read = typed && check({ words: looking.words, place: looking.place }, typed)
  return read?.ok ? read.value : undefined
}

/** A search for somebody that finds nothing anywhere; undefined where something is found, or nothing was looked for. */
async function findsNothing(
  asking: Asking,
  { person, episode, holding }: About,
  { fitting, ...wanted }: Wanted & Readonly<{ fitting: boolean }>,
): Promise<EmptySearch | undefined> {
  if (episode === undefined || wanted.words === null || !person.mayEdit) return undefined
  const { count, partly } = await resultsOf(asking, { wanted, page: 1, holding, fitting })
  if (count > 0 && partly === null) return undefined
  const own = (await listBarriers(asking.db, asking.area, episode)).map(({ code }) => code)
  return { person: person.id, episode, words: wanted.words, own }
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Looked = Readonly<{ wanted: Wanted; page: number; holding?: ForPerson; fitting?: boolean }>

async function resultsOf({ db, area, actor, now, today }: Asking, looked: Looked): Promise<Results> {
  const { wanted, page: at, holding, fitting } = looked
  // What is for staff alone keeps somebody safe: who works in a local service reads what strangers read.
  const published = isOfService(actor.role)
  const person = holding && fitting ? holding : null
  const answer = await findServices(db, { area, wanted, now, page: at, published, for: person })
  const found = await listFound(db, { area, published }, answer.hits)
  const held = found.map((one) => ({ ...one, ticks: holding ? ticksOf({ ...one, today }, holding) : [] }))
  return {
    ...answer,
    found: held,
    wanted,
    page: at,
    today,
    at: { day: `${today}`, dayOfWeek: today.dayOfWeek, clock: clock(now) },
  }
}

async function aboutOf({ db, actor, today }: Asking, wanted: string, of?: string) {
  const person = await findPerson(db, actor, wanted)
  if (!person) throw new NotFound()
  const episode = of ?? (await findNewestEpisode(db, actor, person.id))
  const [lives, work] = await Promise.all([findLives(db, homeOf(person)), findWork(db, actor, episode)])
  return { person, episode, holding: forPerson({ person, lives, work, today }) }
}

async function aboutEpisode(asking: Asking, wanted: string) {
  const found = await findEpisode(asking.db, asking.actor, wanted, 'edit')
  if (!found) throw new NotFound()
  return { ...(await aboutOf(asking, found.person, found.id)), episode: found.id }
}

// Where somebody lives whose record is restricted is shown on the pages that exist for it, and nowhere else.
const homeOf = (person: Person) =>
  hidesContact(person) ? { postcode: null, council: null } : { postcode: person.postcode, council: person.council }

async function needsOf({ db, area }: Asking, episode: string) {
  const found = await listBarriers(db, area, episode)
  return found.flatMap(({ code }) => {
    const words = lookedForBy[code]
    return words === null ? [] : [{ code, label: barriers[code].label, words }]
  })
}
