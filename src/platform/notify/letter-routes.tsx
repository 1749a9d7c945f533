import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { ids, optionalChoice } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { type LetterFormat, Letters } from './letter-pages.tsx'
import { holdWaiting, listLetters, settleMessage } from './outbox.ts'
import { byPost, type Going, type Message } from './rules.ts'

/** What is asked of letters: whether one may still go, its full address, and whose record the reader may open. */
export type Posting = Readonly<{
  mayStillGo: (db: Db, message: Message, now: Temporal.Instant) => Promise<Going>
  addressed: (db: Db, message: Message) => Promise<Message>
  openable: (db: Db, actor: Actor, people: readonly string[]) => Promise<ReadonlyMap<string, unknown>>
  /** How a letter to each of these is made, where it is not printed like any other. */
  formats: (db: Db, area: string, people: readonly string[]) => Promise<ReadonlyMap<string, LetterFormat>>
  /** Whose address is hidden wherever several people stand together. */
  hidden: (db: Db, area: string, people: readonly string[]) => Promise<ReadonlySet<string>>
  area: (db: Db, area: string) => Promise<Readonly<{ name: string; phone: string | undefined }> | undefined>
}>

// Where a restricted record must not stand among others: its letters are printed by themselves.
const query = { only: optionalChoice({ restricted: {} }) }
const who = ['administrator', 'service-manager'] as const
const onASitting = 50

/** Letters are printed and posted by people where nobody else carries them. */
export function letterRoutes(posting: Posting) {
  return async (app: App): Promise<void> => {
    app.get('/outbox/letters', { who, verb: 'open', reads: 'list', query }, async (request, reply) => {
      const { db, actor, now, today } = request
      const closed = request.query.only === 'restricted'
      const waiting = await listLetters(db, actor.area, now, onASitting)
      const known = await posting.openable(db, actor, peopleOf(waiting))
      const all = waiting.filter(({ person }) => person === null || known.has(person))
      const hidden = await posting.hidden(db, actor.area, peopleOf(all))
      const mine = all.filter(({ person }) => hidden.has(person ?? '') === closed)
      const going = await Promise.all(mine.map(async (one) => ((await mayGoNow(posting, db, one, now)) ? [one] : [])))
      const letters = await Promise.all(going.flat().map(async (one) => posting.addressed(db, one)))
      await request.read('letters.printed', { codes: { shown: letters.map(({ id }) => id) } })
      const area = (await posting.area(db, actor.area)) ?? { name: '', phone: undefined }
      const formats = await posting.formats(db, actor.area, peopleOf(letters))
      const shown = letters.map(({ id, person, address: to, subject, body }) => ({
        ...{ id, to, subject, body, format: formats.get(person ?? '') ?? usual },
      }))
      return reply.page(
        <Letters
          letters={shown}
          others={waiting.length - all.length}
          apart={all.length - mine.length}
          {...{ area, today, closed }}
        />,
      )
    })

    app.post('/outbox/letters', { who, verb: 'open', form: { posted: ids() } }, async (request, reply) => {
      const { db, actor, form, now } = request
      const chosen = form.ok ? form.value.posted : []
      const posted = await post(posting, { db, actor, now }, chosen)
      await request.act('letters.posted', { codes: { posted } })
      request.flash(said(posted.length, chosen.length))
      return reply.redirect('/outbox/letters')
    })
  }
}

// What is printed for everybody who has asked for nothing else.
const usual: LetterFormat = { points: undefined, made: [] }

const peopleOf = (letters: readonly Message[]): string[] => [...new Set(letters.flatMap(({ person }) => person ?? []))]

// Quiet hours are for what makes a sound: a letter is printed at any time.
async function mayGoNow({ mayStillGo }: Posting, db: Db, letter: Message, now: Temporal.Instant): Promise<boolean> {
  const going = await mayStillGo(db, letter, now)
  return 'later' in going || going.go
}

type By = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant }>

/** Settles the letters that were posted, and gives which: those that somebody else has posted meanwhile are not among them. */
async function post(posting: Posting, { db, actor, now }: By, chosen: readonly string[]): Promise<string[]> {
  const held = await Promise.all(chosen.map(async (id) => holdWaiting(db, actor.area, id)))
  const letters = held.flatMap((one) => (one?.message.channel === 'letter' ? [one.message] : []))
  const known = await posting.openable(db, actor, peopleOf(letters))
  const mine = letters.filter(({ person }) => person === null || known.has(person))
  for (const letter of mine) await settleMessage(db, letter, { as: 'sent', by: byPost }, now)
  return mine.map(({ id }) => id)
}

function said(posted: number, chosen: number): string {
  if (chosen === 0) return 'No letter was marked. Mark those that are in the post.'
  const others = posted < chosen ? ' Others had been posted or called off meanwhile.' : ''
  return `${posted === 1 ? '1 letter is' : `${posted} letters are`} marked as posted.${others}`
}
