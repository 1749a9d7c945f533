import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { check, choices, id, optionalText, optionalWholeNumber, text, tick, version } from '#platform/form/fields.ts'
import { blank, type Problem, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findService } from '#registers/directory/store.ts'
import { emptyEntry, type Entry, type EntryKind, entryDifferences, entryKinds } from '#registers/entry/rules.ts'
import {
  findEntry,
  joinEntries,
  listEntries,
  listEntryVersions,
  listServicesOf,
  saveEntry,
} from '#registers/entry/store.ts'
import { accesses } from '#registers/listing/rules.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { becameWords, deciders, mayOf, proposers } from '#registers/proposing/rules.ts'
import { saveEntryProposal, sayOrPropose } from '#registers/proposing/store.ts'
import type { Saying } from '#registers/services/rules.ts'
import { saveLocations } from '#registers/services/store.ts'
import { ChangeEntry } from './pages/change.tsx'
import { JoinedMeanwhile, JoinEntry } from './pages/joining.tsx'
import { Entries } from './pages/list.tsx'
import { NewLocation } from './pages/location.tsx'
import { EntryPage } from './pages/one.tsx'
import { fromWhom, isOpen, locationFrom, ownerFrom, ownerProblems, postcodeProblems } from './rules.ts'

const locationFields = {
  ...{ name: text('Enter the name of the building'), address: optionalText(1000), county: optionalText() },
  ...{ town: text('Enter the town'), postcode: optionalText(), access: choices(accesses) },
  ...{ accessWords: optionalText(), staffOnly: tick() },
}
const ownerFields = {
  ...{ name: text('Enter the name'), about: optionalText(1000), url: optionalText(), email: optionalText() },
  contact: optionalText(300),
}

/** Who runs services and where they are given: reading, changing and joining them. */
export async function entryRoutes(app: App): Promise<void> {
  newLocationRoutes(app)
  readingRoutes(app, 'owner', { list: '/services/owners', one: '/services/owners/:owner' })
  readingRoutes(app, 'location', { list: '/services/locations', one: '/services/locations/:location' })
  changeRoutes(app, 'owner', '/services/owners/:owner/change')
  changeRoutes(app, 'location', '/services/locations/:location/change')
  joiningRoutes(app, 'owner', '/services/owners/:owner/joining')
  joiningRoutes(app, 'location', '/services/locations/:location/joining')
}

type At<Last extends string> = `/services/owners/:owner${Last}` | `/services/locations/:location${Last}`

function readingRoutes(app: App, kind: EntryKind, at: Readonly<{ list: `/services/${string}`; one: At<''> }>): void {
  const who = 'signed-in'
  const query = { words: optionalText(100), page: optionalWholeNumber(1, 10_000) }
  app.get(at.list, { who, query }, async ({ db, area, query: { words, page } }, reply) => {
    const shown = { kind, words, page: page ?? 1 }
    return reply.page(<Entries {...await listEntries(db, { area, ...shown })} {...shown} />)
  })
  app.get(at.one, { who }, async ({ db, area, actor, now, params }, reply) => {
    const found = await openEntry(db, area, kind, params[kind])
    const [versions, services, members] = await Promise.all([
      listEntryVersions(db, area, kind, found.id),
      listServicesOf(db, area, kind, found.id),
      listMemberNames(db, area),
    ])
    const into = found.entry.document.joinedInto
    const joined = into ? await findEntry(db, { area, kind, id: into }) : undefined
    const changed = versions.map(({ entry, ...one }, place) => ({
      ...{ version: one.version, at: one.at, note: one.note },
      from: fromWhom(one, (one.by === null ? undefined : members.get(one.by)) ?? 'Somebody who has left'),
      differences: entryDifferences(versions[place + 1]?.entry ?? emptyEntry(kind), entry),
    }))
    return reply.page(
      <EntryPage
        {...{ id: found.id, entry: found.entry, services, versions: changed, may: mayOf(actor.role), now }}
        joined={joined && { id: joined.id, name: joined.entry.document.name }}
      />,
    )
  })
}

function changeRoutes(app: App, kind: EntryKind, at: At<'/change'>): void {
  const rule = { who: proposers } as const
  const form = { id: id(), note: optionalText(), version: version() }
  app.get(at, rule, async (request, reply) =>
    reply.page(<ChangeEntry {...await shownFor(request, kind, request.params[kind])} {...blank} proposal={newId()} />),
  )
  app.post(at, { ...rule, form }, async (request, reply) => {
    const { db, form, params } = request
    const shown = await shownFor(request, kind, params[kind])
    const again = { ...shown, typed: form.typed, proposal: idIn(form.typed) }
    const read = entryIn(shown.entry, form.typed)
    const problems = [...read.problems, ...form.problems]
    if (!form.ok || !read.entry || problems.length > 0)
      return reply.code(422).page(<ChangeEntry {...again} problems={problems} />)
    if (form.value.version !== shown.version) return reply.code(409).page(<ChangeEntry {...again} problems={[]} />)
    const { id: proposal, note } = form.value
    const said = { id: shown.id, version: shown.version + 1, entry: read.entry }
    const saying = { ...sayingOf(request), note }
    if (shown.decides) {
      const saved = await saveEntry(db, saying, said)
      request.flash(becameWords[saved ? 'stands' : 'overtaken'])
    } else {
      await saveEntryProposal(db, saying, { id: proposal, subject: shown.id, base: shown.version, entry: read.entry })
      request.flash(becameWords.waits)
    }
    await request.act(shown.decides ? `${kind}.changed` : `${kind}.proposed`, { subject: shown.id })
    return reply.redirect(`${entryKinds[kind].at}/${shown.id}`, 303)
  })
}

/** What was typed of an owner or a location. */
function entryIn(before: Entry, typed: Typed): Readonly<{ problems: readonly Problem[]; entry?: Entry }> {
  if (before.kind === 'owner') {
    const read = check(ownerFields, typed)
    if (!read.ok) return { problems: read.problems }
    const document = ownerFrom(read.value, before.document)
    return { problems: ownerProblems(read.value), entry: { kind: 'owner', document } }
  }
  const read = check(locationFields, typed)
  if (!read.ok) return { problems: read.problems }
  const document = locationFrom(read.value, before.document)
  return { problems: postcodeProblems(read.value), entry: { kind: 'location', document } }
}

function joiningRoutes(app: App, kind: EntryKind, at: At<'/joining'>): void {
  const rule = { who: deciders } as const
  const query = { words: optionalText(100) }
  const form = { kept: id('Select the one that stays'), note: optionalText(), version: version() }
  app.get(at, { ...rule, query }, async (request, reply) => {
    const shown = await shownFor(request, kind, request.params[kind])
    return reply.page(<JoinEntry {...shown} {...await othersFor(request, shown, request.query.words)} {...blank} />)
  })
  app.post(at, { ...rule, form }, async (request, reply) => {
    const { db, area, form, params } = request
    const into = await joinedInto(db, area, kind, params[kind])
    if (into) return reply.code(form.ok ? 409 : 422).page(<JoinedMeanwhile {...into} typed={form.typed} />)
    const shown = await shownFor(request, kind, params[kind])
    const again = { ...shown, ...(await othersFor(request, shown, null)), typed: form.typed }
    if (!form.ok) return reply.code(422).page(<JoinEntry {...again} problems={form.problems} />)
    const kept = await findEntry(db, { area, kind, id: form.value.kept })
    if (!kept || kept.id === shown.id || !isOpen(kept.entry))
      return reply.code(422).page(<JoinEntry {...again} problems={[gone]} />)
    if (form.value.version !== shown.version) return reply.code(409).page(<JoinEntry {...again} problems={[]} />)
    const note = [`Joined with ${kept.entry.document.name}`, form.value.note].filter(Boolean).join('. ')
    const leaving = { id: shown.id, version: shown.version + 1, entry: shown.entry }
    const staying = { id: kept.id, version: kept.version + 1, entry: kept.entry }
    const moved = await joinEntries(db, { ...sayingOf(request), note }, { kind, kept: staying, gone: leaving })
    if (moved === undefined) return reply.code(409).page(<JoinEntry {...again} problems={[]} />)
    await request.act(`${kind}.joined`, { subject: shown.id, codes: { kept: kept.id, moved } })
    request.flash('Joined. What was said of both stays in the history.')
    return reply.redirect(`${entryKinds[kind].at}/${kept.id}`, 303)
  })
}

/** With which it was joined, where somebody has done that already. */
async function joinedInto(db: Db, area: string, kind: EntryKind, id: string) {
  const { entry } = await openEntry(db, area, kind, id)
  const { name, joinedInto: kept } = entry.document
  const found = kept ? await findEntry(db, { area, kind, id: kept }) : undefined
  return found && { name, at: entryKinds[kind].at, into: { id: found.id, name: found.entry.document.name } }
}

const gone = { field: 'kept', message: 'Select one that is not joined with another itself' }

async function othersFor({ db, area }: Asking, { id, entry }: Shown, typed: string | null) {
  const words = typed ?? entry.document.name.split(' ')[0] ?? ''
  const { rows } = await listEntries(db, { area, kind: entry.kind, words, page: 1 })
  const others = rows.filter((one) => one.id !== id)
  const label = ({ name, where }: (typeof rows)[number]) => (where === null ? name : `${name}, ${where}`)
  return { words, others: Object.fromEntries(others.map((one) => [one.id, { label: label(one) }])) }
}

function newLocationRoutes(app: App): void {
  const rule = { who: proposers } as const
  const empty = emptyEntry('location')
  const location = empty.kind === 'location' ? empty.document : undefined
  if (!location) return
  app.get('/services/:service/locations/new', rule, async ({ db, area, params }, reply) => {
    const { service } = await givenAt(db, area, params.service)
    return reply.page(<NewLocation {...blank} {...{ service, location }} id={newId()} />)
  })
  app.post(
    '/services/:service/locations/new',
    { ...rule, form: { ...locationFields, id: id() } },
    async (request, reply) => {
      const { db, area, actor, form, params } = request
      const { service, listing } = await givenAt(db, area, params.service)
      const problems = form.ok ? postcodeProblems(form.value) : form.problems
      if (!form.ok || problems.length > 0) {
        const state = { problems, typed: form.typed, id: idIn(form.typed) }
        return reply.code(422).page(<NewLocation {...state} {...{ service, location }} />)
      }
      const { id: place, ...typed } = form.value
      const saying = sayingOf(request)
      await saveLocations(db, saying, [{ id: place, version: 1, location: locationFrom(typed, location) }])
      const known = listing.locations.some((one) => one.location === place)
      const locations = known ? listing.locations : [...listing.locations, { id: newId(), location: place }]
      const said = { id: newId(), service: service.id, version: service.version, note: null }
      const decides = mayOf(actor.role).decide
      const became = await sayOrPropose(db, { ...saying, decides }, { ...said, listing: { ...listing, locations } })
      await request.act(decides ? 'service.changed' : 'service.proposed', { subject: service.id, codes: { place } })
      request.flash(becameWords[became])
      return reply.redirect(`/services/${service.id}`, 303)
    },
  )
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>
type Shown = Awaited<ReturnType<typeof shownFor>>

const sayingOf = ({ area, actor, now }: Asking): Saying => ({
  ...{ area, cameFrom: 'member', source: null, note: null, by: actor.membership, at: now },
})

async function openEntry(db: Db, area: string, kind: EntryKind, id: string) {
  const found = await findEntry(db, { area, kind, id })
  if (!found) throw new NotFound()
  return found
}

/** One that can still be changed, for its form. */
async function shownFor({ db, area, actor }: Asking, kind: EntryKind, id: string) {
  const found = await openEntry(db, area, kind, id)
  if (!isOpen(found.entry)) throw new NotFound()
  const services = (await listServicesOf(db, area, kind, found.id)).length
  return { ...found, services, decides: mayOf(actor.role).decide }
}

async function givenAt(db: Db, area: string, service: string) {
  const found = await findService(db, area, service)
  if (!found) throw new NotFound()
  return { service: { id: found.id, version: found.version, name: found.listing.name }, listing: found.listing }
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
