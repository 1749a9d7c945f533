import type { Actor } from '#platform/access/rules.ts'
import { optionalChoice, optionalId } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { languageNamed, languages } from '#platform/language/rules.ts'
import { listReplies } from './arrivals.ts'
import { letterRoute, type LetterWith, saidBy } from './attached.ts'
import { findMessage, listMessages, sendAgain } from './outbox.ts'
import { OneMessage, Outbox, type OutboxLine } from './pages.tsx'
import { Replies } from './reply-pages.tsx'
import { type HiddenWays, type Openable, seesUnseen, who } from './reading.ts'
import {
  addressKey,
  arrivalIn,
  type Channel,
  channels,
  maskedAddress,
  messageStates,
  readableOutbox,
  stateOf,
  type Message,
  withoutKeys,
} from './rules.ts'

const onAPage = 50
const filters = {
  state: optionalChoice(messageStates),
  channel: optionalChoice(channels),
  before: optionalId(),
}

/** The words of a message as they go, with the keys that only its reader may know. */
export type AsItGoes = (message: Pick<Message, 'area' | 'id' | 'kind' | 'about' | 'body'>) => string

type Reading = Readonly<{ openable: Openable; hiddenWays: HiddenWays; asItGoes: AsItGoes; letterWith: LetterWith }>

/** The outbox: what was to go out of this area and what became of it. */
export function notifyRoutes({ openable, hiddenWays, asItGoes, letterWith }: Reading) {
  return async (app: App): Promise<void> => {
    app.get('/outbox', { who, verb: 'open', reads: 'list', query: filters }, async (request, reply) => {
      const { db, actor, query, now } = request
      const found = await listMessages(db, actor.area, { ...query, ...shownTo(app.settings) })
      const shown = found.slice(0, onAPage)
      const known = await openable(db, actor, peopleOf(shown))
      const hidden = await hiddenWays(db, actor.area, shown.map(keyOf))
      await request.read('outbox.listed', { codes: { shown: shown.map(({ id }) => id) } })
      const at = (before?: string) => address({ state: query.state, channel: query.channel, before })
      const older = found.length > onAPage ? at(shown.at(-1)?.id) : undefined
      const newest = query.before === null ? undefined : at()
      const posts = actor.role !== 'system-administrator'
      return reply.page(
        <Outbox {...query} lines={shown.map(lineFor(known, hidden, actor))} {...{ older, newest, posts, now }} />,
      )
    })

    messageRoute(app, { openable, hiddenWays, asItGoes, letterWith })
    letterRoute(app, { openable, letterWith })
    againRoute(app)
    replyRoutes(app, openable)
  }
}

function messageRoute(app: App, { openable, hiddenWays, asItGoes, letterWith }: Reading): void {
  app.get('/outbox/:message', { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { db, actor, params, now } = request
    const message = await findMessage(db, actor.area, params.message, seesUnseen(app.settings))
    if (!message) throw new NotFound()
    const hidden = await hiddenWays(db, actor.area, [keyOf(message)])
    const line = lineFor(await openable(db, actor, peopleOf([message])), hidden, actor)(message)
    await request.read('outbox.read', { person: message.person ?? undefined, subject: message.id })
    const readable = line.person !== 'hidden' && !(line.shared && !opensPeople(actor))
    const words = { ...message, area: actor.area }
    const body = readable ? (isKeptHere(app.settings, message) ? asItGoes(words) : withoutKeys(words.body)) : undefined
    const subject = readable ? message.subject : null
    const version = versionInWords(message)
    const withLetter = readable && (await letterWith(db, saidBy(message, actor.area), now)) !== undefined
    const times = { settledAt: message.settled_at, arrivalAt: message.arrival_at }
    return reply.page(<OneMessage {...{ line, subject, body, words: version, withLetter, now, ...times }} />)
  })
}

type Versioned = Readonly<{ template_language: string | null; template_version: number | null }> &
  Readonly<{ template_format: string | null }>

function versionInWords({ template_language, template_version, template_format }: Versioned): string | undefined {
  const language = languageNamed(template_language ?? undefined)
  if (!language || template_version === null) return undefined
  const whose = template_version === 1 ? 'as supplied' : `version ${template_version} of your own`
  return `${languages[language].label}${template_format === 'large-letter' ? ', large print' : ''}, ${whose}`
}

function againRoute(app: App): void {
  app.post('/outbox/:message/again', { who, verb: 'open' }, async (request, reply) => {
    const { db, actor, params, now } = request
    const message = await findMessage(db, actor.area, params.message, seesUnseen(app.settings))
    if (!message) throw new NotFound()
    const again = await sendAgain(db, actor.area, message.id, now)
    await request.act('message.sent-again', {
      ...{ person: message.person ?? undefined, subject: message.id, codes: { again } },
    })
    request.flash(again ? 'It will be sent again within a minute.' : 'It is on its way already.')
    return reply.redirect(`/outbox/${message.id}`)
  })
}

function replyRoutes(app: App, openable: Openable): void {
  const query = { before: optionalId() }
  app.get('/outbox/replies', { who, verb: 'open', reads: 'list', query }, async (request, reply) => {
    const { db, actor, now } = request
    const found = await listReplies(db, actor.area, { ...request.query, most: onAPage + 1 })
    const shown = found.slice(0, onAPage)
    const known = await openable(db, actor, peopleOf(shown))
    await request.read('replies.listed', { codes: { shown: shown.map(({ id }) => id) } })
    const last = shown.at(-1)?.id
    const older = found.length > onAPage && last ? `/outbox/replies?before=${last}` : undefined
    const newest = request.query.before === null ? undefined : '/outbox/replies'
    return reply.page(<Replies {...{ older, newest, now }} lines={shown.map((row) => replyLine(row, known))} />)
  })
}

function replyLine(row: Awaited<ReturnType<typeof listReplies>>[number], known: Awaited<ReturnType<Openable>>) {
  const person = row.person === null ? null : (known.get(row.person) ?? ('hidden' as const))
  const hidden = person === 'hidden'
  return {
    ...{ id: row.id, person, optsOut: row.opts_out, receivedAt: row.received_at },
    asksToCancel: row.asks_to_cancel,
    address: isMasked(person) ? maskedAddress('text', row.address) : row.address,
    body: hidden ? undefined : row.body,
  }
}

const shownTo = (settings: App['settings']) => ({ unseenToo: seesUnseen(settings), most: onAPage + 1 })

// In a demonstration nobody is sent anything: what went is read here, and its link or code has to be tried from here.
const isKeptHere = ({ environment }: App['settings'], { sent_by }: Readonly<{ sent_by: string | null }>) =>
  environment !== 'production' && sent_by === readableOutbox.name

const peopleOf = (rows: readonly Readonly<{ person: string | null }>[]): string[] => [
  ...new Set(rows.flatMap(({ person }) => person ?? [])),
]

// An address is shown to whoever may open the record, unless it is hidden wherever several people stand together.
const isMasked = (person: 'hidden' | null | Readonly<{ masked: boolean }>) =>
  person === 'hidden' || (person !== null && person.masked)

// Whoever runs the system opens nobody's record, and so reads nothing of what went to a number that people share.
const opensPeople = ({ role }: Actor) => role !== 'system-administrator'

type Found = Awaited<ReturnType<typeof listMessages>>[number]

// Checked: the table itself refuses any other channel.
const keyOf = ({ channel, address }: Pick<Found, 'channel' | 'address'>) => addressKey(channel as Channel, address)

function lineFor(known: Awaited<ReturnType<Openable>>, hidden: ReadonlySet<string>, actor: Actor) {
  return (row: Found): OutboxLine => {
    const person = row.person === null ? null : (known.get(row.person) ?? 'hidden')
    // Checked: the table itself refuses any other channel.
    const channel = row.channel as Channel
    const shared = row.person === null && row.recipient === 'person'
    const ofHidden = row.recipient === 'person' && hidden.has(keyOf(row))
    const masked = isMasked(person) || ofHidden || (shared && !opensPeople(actor))
    return {
      ...{ id: row.id, person, shared, kind: row.kind, channel, reason: row.reason },
      address: masked ? maskedAddress(channel, row.address) : row.address,
      ...{ writtenAt: row.written_at, notBefore: row.not_before, state: stateOf(row.settled_as) },
      ...{ keptHere: row.sent_by === readableOutbox.name, arrival: arrivalIn(row.arrival) },
    }
  }
}

function address(parts: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(parts).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return given.length === 0 ? '/outbox' : `/outbox?${new URLSearchParams(given).toString()}`
}
