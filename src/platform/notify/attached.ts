import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findMessage } from './outbox.ts'
import type { LetterFile, Message } from './rules.ts'
import { type Openable, seesUnseen, who } from './reading.ts'

/** What a message says and of what: as much of it as a letter is made of. */
export type SaidBy = Pick<Message, 'area' | 'kind' | 'recipient' | 'channel' | 'about' | 'subject' | 'body'>

/** The letter that goes with a message as a file; undefined where none does. */
export type LetterWith = (db: Db, message: SaidBy, now: Temporal.Instant) => Promise<LetterFile | undefined>

/** A message of the outbox as a letter is made of it. Checked: the table itself refuses any other channel or recipient. */
export const saidBy = (message: NonNullable<Awaited<ReturnType<typeof findMessage>>>, area: string) =>
  ({ ...message, area }) as SaidBy

type Asked = Readonly<{ openable: Openable; letterWith: LetterWith }>

/** The letter that goes with an email, to be looked at or sent by hand: with the day on which the email went. */
export function letterRoute(app: App, { openable, letterWith }: Asked): void {
  app.get('/outbox/:message/letter', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, params, now } = request
    const message = await findMessage(db, actor.area, params.message, seesUnseen(app.settings))
    const mayOpen =
      message && (message.person === null || (await openable(db, actor, [message.person])).has(message.person))
    const letter = mayOpen && (await letterWith(db, saidBy(message, actor.area), message.settled_at ?? now))
    if (!letter) throw new NotFound()
    await request.read('outbox.read', { person: message.person ?? undefined, subject: message.id })
    return reply.file(letter.name, letter.content, 'application/pdf')
  })
}
