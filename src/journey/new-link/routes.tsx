import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findSent, sendAnew } from '#platform/link/renewal.ts'
import type { LinkParts } from '#platform/link/routes.tsx'
import type { Link } from '#platform/link/rules.ts'
import { holdWanted, listWanted, settleWanted } from '#platform/link/wanted.ts'
import { findGoing } from '#registers/areas/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { NewLinkPage, NoneWanted } from './pages.tsx'
import { type Hindrance, noOther } from './rules.ts'

const edit = { who: careRoles, verb: 'edit' } as const

/** Requests of people outside for a new link, answered by those who work with the person it is about. */
export const newLinkRoutes =
  (parts: LinkParts) =>
  async (app: App): Promise<void> => {
    const rule = { who: careRoles, verb: 'open', reads: 'record' } as const
    app.get('/people/:person/links/:wanted', rule, async (request, reply) => {
      const { now } = request
      const { person, wanted } = await wantedFor(request, 'open')
      await request.read('outbox.wanted-link', { person: person.id, subject: request.params.wanted })
      if (!wanted) return reply.page(<NoneWanted person={person} />)
      const title = parts.purposes[wanted.link.purpose]?.title ?? 'Something that we sent'
      const hindrance = await hindranceOf(parts, request, wanted.link)
      return reply.page(
        <NewLinkPage link={{ ...wanted.link, askedAt: wanted.askedAt }} {...{ person, title, hindrance, now }} />,
      )
    })

    app.post('/people/:person/links/:wanted/sending', edit, async (request, reply) => {
      const { db, now, params } = request
      const { person, wanted } = await wantedFor(request, 'edit')
      const at = `/people/${person.id}/links/${params.wanted}`
      const about = { page: 'outbox.wanted-link', person: person.id, subject: params.wanted, to: at }
      if (!wanted) return alreadySaved(request, reply, { ...about, words: noOther })
      const may = (await hindranceOf(parts, request, wanted.link)) === undefined
      const sent = may && (await sendAnew(db, wanted.link, { origin: app.settings.origin, parts, now }))
      await request.act('link.sent-anew', { person: person.id, subject: params.wanted, codes: { sent } })
      const going = `A new link ${await findGoing(db, request.area, now)}, to the same address`
      request.flash(sent ? going : 'No new link was sent: see why below')
      return reply.redirect(at)
    })

    app.post('/people/:person/links/:wanted/settling', edit, async (request, reply) => {
      const { db, area, now, params } = request
      const { person, wanted } = await wantedFor(request, 'edit')
      if (wanted) await settleWanted(db, area, wanted.link.id, now)
      await request.act('link.settled', { person: person.id, subject: params.wanted })
      request.flash('Nobody is asked to send it any more')
      return reply.redirect(`/people/${person.id}/links/${params.wanted}`)
    })
  }

type Asking = Readonly<{ db: Db; now: Temporal.Instant }>

/** Why no new link can be sent to where the first one went; undefined when it can. */
async function hindranceOf(parts: LinkParts, { db, now }: Asking, link: Link): Promise<Hindrance | undefined> {
  const sent = await findSent(db, link)
  if (sent?.recipient === 'person' && sent.person !== null && (await isClosed(db, link.area, sent.person)))
    return 'closed online'
  if (!(await parts.mayOpen(db, link, now))) return 'not allowed'
  return sent ? undefined : 'not known where'
}

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  params: Readonly<{ person: string; wanted: string }>
}>

/** Somebody whom this actor may see, with the link that is waited for; without one where nobody waits any more. */
async function wantedFor({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findPerson(db, actor, params.person, verb)
  if (!found || !/^[0-9a-f-]{36}$/.test(params.wanted)) throw new NotFound()
  const people = await listIdsOf(db, area, found.id)
  if (verb === 'edit') await holdWanted(db, area, params.wanted)
  const [row] = await listWanted(db, { area, people, id: params.wanted })
  const person = { id: found.id, name: calledName(found), mayEdit: found.mayEdit }
  if (!row?.askedAt) return { person, wanted: undefined }
  const { askedAt, withdrawnAt, ...link } = row
  const allowedBy = link.allowedBy ?? 'not known'
  return { person, wanted: { askedAt, link: { ...link, allowedBy, area, closed: withdrawnAt !== null } } }
}
