import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findUnsent, type FindAnotherWay, sendInstead, type Unsent } from '#platform/notify/another-way.ts'
import { findMessage } from '#platform/notify/outbox.ts'
import { type Channel, stateOf, withoutKeys } from '#platform/notify/rules.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { type Instead, UnsentPage } from './pages.tsx'

/** Who knows how a message goes, and what its kind is called. */
export type Knowing = Readonly<{
  anotherWay: FindAnotherWay
  /** Whether it would go if there were an email address to reach its person. */
  lacksWay: (db: Db, unsent: Unsent, now: Temporal.Instant) => Promise<boolean>
  titleOf: (kind: string) => string
}>

const who = careRoles

/** A message that did not go out, for those who work with its person, and sending it another way. */
export const unsentRoutes =
  (knowing: Knowing) =>
  async (app: App): Promise<void> => {
    app.get('/people/:person/unsent/:unsent', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
      const { now } = request
      const { person, message } = await messageFor(request, 'open')
      const instead = await whatInstead(knowing, request, message)
      await request.read('outbox.unsent', { person: person.id, subject: message.id })
      const { id, recipient, address, reason } = message
      const written = { body: withoutKeys(message.body), writtenAt: message.written_at }
      // Checked: the table itself refuses any other channel.
      const channel = message.channel as Channel
      const shown = { id, recipient, address, reason, channel, ...written, state: stateOf(message.settled_as) }
      const whose = { person: person.id, name: calledName(person), mayEdit: person.mayEdit }
      return reply.page(
        <UnsentPage title={knowing.titleOf(message.kind)} message={shown} {...{ ...whose, instead, now }} />,
      )
    })

    app.post('/people/:person/unsent/:unsent/email', { who, verb: 'edit' }, async (request, reply) => {
      const { db, area, now } = request
      const { person, message } = await messageFor(request, 'edit')
      const unsent = await findUnsent(db, area, message.id)
      const way = unsent && (await knowing.anotherWay(db, unsent, now))
      const sent = way ? await sendInstead(db, { area, id: message.id }, way, now) : false
      await request.act('message.sent-instead', { person: person.id, subject: message.id, codes: { sent } })
      request.flash(sent ? 'It goes out by email.' : 'It does not go by email now: see why below.')
      return reply.redirect(`/people/${person.id}/unsent/${message.id}`)
    })
  }

type Asked = Readonly<{ db: Db; area: string; now: Temporal.Instant }>

/** What can be done instead of a message: nothing where it went, or where what it says is not to go at all. */
async function whatInstead(
  { anotherWay, lacksWay }: Knowing,
  { db, area, now }: Asked,
  message: Readonly<{ id: string; settled_as: string | null }>,
): Promise<Instead> {
  const unsent = await findUnsent(db, area, message.id)
  if (!unsent) return message.settled_as === 'held back' || message.settled_as === 'failed' ? 'gone' : 'nothing'
  if (await anotherWay(db, unsent, now)) return 'email'
  return (await lacksWay(db, unsent, now)) ? 'add' : 'nothing'
}

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  params: Readonly<{ person: string; unsent: string }>
}>

/** A message to or about somebody whom this actor may see, on whichever of their records. */
async function messageFor({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const person = await findPerson(db, actor, params.person, verb)
  const message = /^[0-9a-f-]{36}$/.test(params.unsent) ? await findMessage(db, area, params.unsent) : undefined
  if (!person || !message?.person) throw new NotFound()
  if (!(await listIdsOf(db, area, person.id)).includes(message.person)) throw new NotFound()
  return { person, message }
}
