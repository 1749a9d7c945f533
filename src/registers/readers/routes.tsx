import { careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalId } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { MyReaders, Readers } from './pages.tsx'
import { type Look, readingsOf } from './rules.ts'
import { listLooks } from './store.ts'

const onAPage = 100
const rule = { who: careRoles, verb: 'open', reads: 'record', query: { before: optionalId() } } as const

/** Which organisation each of these links went to, for those by which one was asked something. */
type ListAsked = (db: Db, area: string, links: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Who has seen a record, when and why, from the journal. */
export function readersRoutes(listAsked: ListAsked) {
  return async (app: App): Promise<void> => {
    recordRoutes(app, listAsked)
    ownRoutes(app, listAsked)
  }
}

/** The looks with the organisation behind each link. */
async function withAsked(db: Db, area: string, looks: readonly Look[], listAsked: ListAsked): Promise<Look[]> {
  const links = looks.flatMap(({ purpose, subject }) => (purpose === 'request' && subject ? [subject] : []))
  const asked = links.length === 0 ? new Map<string, string>() : await listAsked(db, area, [...new Set(links)])
  return looks.map((look) => ({ ...look, asked: asked.get(look.subject ?? '') }))
}

function recordRoutes(app: App, listAsked: ListAsked): void {
  app.get('/people/:person/readers', rule, async (request, reply) => {
    const { db, area, actor, query, today } = request
    const person = await findPerson(db, actor, request.params.person)
    if (!person) throw new NotFound()
    await request.read('readers.page', { person: person.id })
    const [{ namesOfReaders: names }, found] = await Promise.all([
      findSettings(db, area, today),
      listLooks(db, { area, person: person.id, before: query.before, most: onAPage + 1 }),
    ])
    const shown = await withAsked(db, area, found.slice(0, onAPage), listAsked)
    const at = `/people/${person.id}/readers`
    const older = found.length > onAPage ? `${at}?before=${shown.at(-1)?.id ?? ''}` : undefined
    const newest = query.before === null ? undefined : at
    const whose = { id: person.id, name: calledName(person) }
    return reply.page(
      <Readers {...{ person: whose, readings: readingsOf(shown, names), today, names, newest, older }} />,
    )
  })
}

function ownRoutes(app: App, listAsked: ListAsked): void {
  app.get('/my/readers', { who: 'participant', reads: 'record', query: rule.query }, async (request, reply) => {
    const { db, me, query, today } = request
    await request.read('participant.readers')
    const wanted = { before: query.before, most: onAPage + 1, othersOnly: true }
    const [{ namesOfReaders: names }, found] = await Promise.all([
      findSettings(db, me.area, today),
      listLooks(db, { area: me.area, person: me.person, ...wanted }),
    ])
    const shown = await withAsked(db, me.area, found.slice(0, onAPage), listAsked)
    const older = found.length > onAPage ? `/my/readers?before=${shown.at(-1)?.id ?? ''}` : undefined
    const newest = query.before === null ? undefined : '/my/readers'
    return reply.page(<MyReaders {...{ readings: readingsOf(shown, names), today, newest, older }} />)
  })
}
