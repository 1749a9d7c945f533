import type { Db } from '#platform/database/transaction.ts'
import { inWords } from '#platform/dates.ts'
import { text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { differencesInWords } from '#registers/directory/rules.ts'
import { findNames, findService, listVersions } from '#registers/directory/store.ts'
import { type EntryKind, entryDifferences, entryKinds } from '#registers/entry/rules.ts'
import { listEntryVersions, saveEntry } from '#registers/entry/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import type { Saying } from '#registers/services/rules.ts'
import { type SaidOfService, saveListings } from '#registers/services/store.ts'
import { GoBack } from './pages.tsx'

/** What is gone back to: how it differs from now, and what saying it again does. */
type Earlier = Readonly<{
  id: string
  name: string
  back: string
  at: Temporal.Instant
  version: number
  differences: readonly Readonly<{ label: string; before: string | null; after: string | null }>[]
  save(saying: Saying): Promise<boolean>
}>

type Asked = Readonly<{ db: Db; area: string; id: string; wanted: number }>

const paths = {
  service: '/services/:service/versions/:version/return',
  owner: '/services/owners/:owner/versions/:version/return',
  location: '/services/locations/:location/versions/:version/return',
} as const

/** Going back to what was said of a service, an owner or a location in an earlier version. */
export async function earlierRoutes(app: App): Promise<void> {
  returnRoutes(app, 'service', earlierService)
  returnRoutes(app, 'owner', earlierEntry('owner'))
  returnRoutes(app, 'location', earlierEntry('location'))
}

type Find = (asked: Asked) => Promise<Earlier | undefined>

function returnRoutes(app: App, kind: keyof typeof paths, find: Find): void {
  const rule = { who: deciders } as const
  const form = { reason: text('Say why it goes back'), version: version() }
  const path: (typeof paths)[keyof typeof paths] = paths[kind]
  app.get(path, rule, async ({ db, area, now, params, path: action }, reply) => {
    const { at, ...earlier } = await found(find, { db, area, id: params[kind], wanted: Number(params.version) })
    return reply.page(<GoBack {...earlier} {...blank} action={action} when={inWords(at, now)} />)
  })
  app.post(path, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now, form, params, path: action } = request
    const { at, save, ...earlier } = await found(find, { db, area, id: params[kind], wanted: Number(params.version) })
    const again = { ...earlier, action, when: inWords(at, now), typed: form.typed }
    if (!form.ok) return reply.code(422).page(<GoBack {...again} problems={form.problems} />)
    if (form.value.version !== earlier.version) return reply.code(409).page(<GoBack {...again} problems={[]} />)
    const note = `Back to version ${params.version}: ${form.value.reason}`
    const saved = await save({ area, cameFrom: 'member', source: null, note, by: actor.membership, at: now })
    await request.act(`${kind}.taken-back`, { subject: earlier.id, codes: { to: Number(params.version), saved } })
    request.flash(saved ? 'It says again what it said then.' : 'Somebody has just changed this. Look at it first.')
    return reply.redirect(earlier.back, 303)
  })
}

async function found(find: Find, asked: Asked): Promise<Earlier> {
  const earlier = Number.isInteger(asked.wanted) ? await find(asked) : undefined
  if (!earlier) throw new NotFound()
  return earlier
}

async function earlierService({ db, area, id, wanted }: Asked): Promise<Earlier | undefined> {
  const [now, versions] = await Promise.all([findService(db, area, id), listVersions(db, area, id)])
  const then = versions.find(({ version: one }) => one === wanted)
  if (!now || !then) return undefined
  const names = await findNames(db, area, [now.listing, then.listing])
  return {
    ...{ id: now.id, name: now.listing.name, back: `/services/${now.id}/history`, at: then.at, version: now.version },
    differences: differencesInWords(now.listing, then.listing, names),
    save: async (saying) => {
      const said = { id: now.id, version: now.version + 1, listing: then.listing, origin: originOf(now.origin) }
      return (await saveListings(db, saying, [said])).has(now.id)
    },
  }
}

const earlierEntry =
  (kind: EntryKind): Find =>
  async ({ db, area, id, wanted }) => {
    const versions = await listEntryVersions(db, area, kind, id)
    const [now] = versions
    const then = versions.find(({ version: one }) => one === wanted)
    if (!now || !then) return undefined
    return {
      ...{ id, name: now.entry.document.name, back: `${entryKinds[kind].at}/${id}`, at: then.at, version: now.version },
      differences: entryDifferences(now.entry, then.entry),
      save: (saying) => saveEntry(db, saying, { id, version: now.version + 1, entry: then.entry }),
    }
  }

const originOf = (origin: string): SaidOfService['origin'] =>
  origin === 'supplied' || origin === 'feed' ? origin : 'own'
