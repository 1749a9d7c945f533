import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { elsewhere } from '#platform/html/elsewhere.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findPerson } from '#registers/people/store.ts'
import { OnlineAccess, SignedOut } from './pages.tsx'
import { closingReasons, cookieParts, ownCookie } from './rules.ts'
import { closeAccess, endOwnSession, findClosing, findLastTime, liftClosing } from './store.ts'

const form = { reason: choice(closingReasons, 'Select why it is closed'), note: optionalText(1000) }

/** How a participant leaves their own pages, and how a member closes and opens them. */
export async function onlineRoutes(app: App): Promise<void> {
  const cookie = ownCookie(app.settings.origin)

  app.post('/my/sign-out', { who: 'participant' }, async (request, reply) => {
    const given = cookieParts(request.cookies[cookie])
    if (given) await endOwnSession(request.db, given, 'signed out', request.now)
    await request.act('online.signed-out')
    return reply.cookie({ name: cookie, value: '' }).redirect(`/in/${request.area}/signed-out`)
  })

  app.post('/my/exit', { who: 'participant', signedOut: elsewhere }, async (request, reply) => {
    const given = cookieParts(request.cookies[cookie])
    if (given) await endOwnSession(request.db, given, 'signed out', request.now)
    await request.act('online.signed-out')
    return reply.cookie({ name: cookie, value: '' }).text(elsewhere, 'text/html; charset=utf-8')
  })

  app.get('/in/:area/signed-out', { who: 'anyone', area: 'path' }, async ({ area }, reply) =>
    reply.page(<SignedOut signInAt={`/in/${area}/sign-in`} />),
  )

  accessRoutes(app)
}

function accessRoutes(app: App): void {
  app.get('/people/:person/online', { who: careRoles, verb: 'open', reads: 'record' }, async (request, reply) => {
    const person = await personFor(request, 'open')
    await request.read('online.access', { person: person.id })
    return reply.page(<OnlineAccess {...blank} {...await around(request, person)} />)
  })

  app.post('/people/:person/online', { who: careRoles, verb: 'edit', form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const person = await personFor(request, 'edit')
    if (!request.form.ok)
      return reply.code(422).page(<OnlineAccess {...request.form} {...await around(request, person)} />)
    const { reason, note } = request.form.value
    await closeAccess(db, { area, person: person.id, reason, note, by: actor.membership, now })
    await request.act('online.closed', { person: person.id, codes: { reason }, ...(note ? { vouchesFor: note } : {}) })
    request.flash('Nobody can sign in as this person any more', `/people/${person.id}/online/lifting`)
    return reply.redirect(`/people/${person.id}/online`)
  })

  app.post('/people/:person/online/lifting', { who: careRoles, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now } = request
    const person = await personFor(request, 'edit')
    await liftClosing(db, { area, person: person.id, by: actor.membership, now })
    await request.act('online.opened', { person: person.id })
    request.flash('They can sign in again')
    return reply.redirect(`/people/${person.id}/online`)
  })
}

type Asked = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ person: string }> }>
type Found = NonNullable<Awaited<ReturnType<typeof findPerson>>>

async function personFor({ db, actor, params }: Asked, verb: 'open' | 'edit'): Promise<Found> {
  const person = await findPerson(db, actor, params.person, verb)
  if (!person) throw new NotFound()
  return person
}

async function around({ db, area }: Asked, person: Found) {
  const of = { area, person: person.id }
  const [closing, lastTime] = await Promise.all([findClosing(db, of), findLastTime(db, of)])
  return { person, closing, lastTime, mayEdit: person.mayEdit }
}
