import { ofServices } from '#platform/access/rules.ts'
import { optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { listAnsweredBy } from '#registers/answering/store.ts'
import { Inbox } from './pages.tsx'
import { looksAfter, placeFrom, standings, writtenReference } from './rules.ts'
import { listInbox } from './store.ts'

const query = {
  ...{ standing: optionalChoice(standings), service: optionalId(), reference: optionalText(40) },
  after: optionalText(80),
}

/** What was sent to the services of an organisation, for its own people. */
export async function inboxRoutes(app: App): Promise<void> {
  app.get('/inbox', { who: ofServices, reads: 'list', query }, async (request, reply) => {
    const { db, actor, now } = request
    const { standing, service, after } = request.query
    const reference = request.query.reference === null ? null : writtenReference(request.query.reference)
    const narrowed = { standing, service, reference }
    const from = after === null ? undefined : placeFrom(after)
    const services = await listAnsweredBy(db, actor)
    const { rows, next } = await listInbox(db, actor, { ...narrowed, after: from, now })
    await request.read('onward.inbox', { codes: { shown: rows.length } })
    // Whose name stands on the list was read, and is told that their service did.
    for (const { person, id } of rows) await request.read('onward.inbox', { person, subject: id })
    const around = {
      area: actor.area,
      organisation: actor.organisationName,
      services,
      looksAfter: looksAfter(actor.role),
      now,
    }
    return reply.page(<Inbox {...{ ...narrowed, ...around, rows, next }} isOn={from !== undefined} />)
  })
}
