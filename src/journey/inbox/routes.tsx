import { type Actor, ofServices } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalChoice, optionalId, optionalText } from '#platform/form/fields.ts'
import type { App, Visit } from '#platform/http/app.ts'
import { listAnsweredBy } from '#registers/answering/store.ts'
import { Inbox, type Narrowed } from './pages.tsx'
import { looksAfter, pageLength, type Place, placeFrom, standings, writtenReference } from './rules.ts'
import { listInbox } from './store.ts'

const query = { standing: optionalChoice(standings), service: optionalId(), after: optionalText(80) }
const looking = { reference: optionalText(40) }

/** What was sent to the services of an organisation, for its own people. */
export async function inboxRoutes(app: App): Promise<void> {
  app.get('/inbox', { who: ofServices, reads: 'list', query }, async (request, reply) => {
    const { after, ...narrowed } = request.query
    const from = after === null ? undefined : placeFrom(after)
    const shown = await listed(request, { ...narrowed, reference: null, after: from })
    return reply.page(<Inbox {...shown} isOn={from !== undefined} />)
  })

  // A reference stands for somebody, and so is sent and never part of an address.
  app.post('/inbox', { who: ofServices, reads: 'list', form: looking }, async (request, reply) => {
    const { form } = request
    const typed = form.ok ? form.value.reference : null
    const reference = typed === null ? null : writtenReference(typed)
    const shown = await listed(request, { standing: null, service: null, reference, after: undefined })
    return reply.code(form.ok ? 200 : 422).page(<Inbox {...shown} isOn={false} problems={form.problems} />)
  })
}

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant }> &
  Pick<Visit<'/inbox', Record<never, never>, Record<never, never>>, 'read'>

/** A page of what was sent to the services of an organisation, and that its names were read. */
async function listed({ db, actor, now, read }: Asking, wanted: Narrowed & Readonly<{ after: Place | undefined }>) {
  const services = await listAnsweredBy(db, actor)
  const { rows, next } = await listInbox(db, actor, { ...wanted, most: pageLength, now })
  await read('onward.inbox', { codes: { shown: rows.length } })
  // Whose name stands on the list was read, and is told that their service did.
  for (const { person, id } of rows) await read('onward.inbox', { person, subject: id })
  const { after: _, ...narrowed } = wanted
  const around = {
    area: actor.area,
    organisation: actor.organisationName,
    services,
    looksAfter: looksAfter(actor.role),
  }
  return { ...narrowed, ...around, now, rows, next }
}
