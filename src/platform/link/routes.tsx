import { dayOf } from '#platform/dates.ts'
import { check, optionalId } from '#platform/form/fields.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import type { Actor } from '#platform/access/rules.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { type Found, askAnew, findLink, openLink } from './links.ts'
import { LinkAnswered, LinkAsked, LinkRefused } from './pages.tsx'
import { isKnownWhereSent, sendAnew } from './renewal.ts'
import { type Link, type LinkMessage, mayAskAnew, refusals, wantedKind, wantedWords, wordsIn } from './rules.ts'

/** What somebody who came by a link is looking at; the fields of a form are looked at with `check`. */
export type LinkVisit = Visit<'/l/:link', Record<never, never>, Record<never, never>> &
  Readonly<{ actor: Actor | undefined }>

/** What the links of one purpose open. `show` must change nothing: mail scanners and previews open links too. */
export type LinkPurpose = Readonly<{
  /** What such a link is for, said where it no longer opens: "Seeing what happens next". */
  title: string
  /** Whether whoever opens it is at their work, and reads nothing that is for the person alone. */
  atWork?: true
  /**
   * Set where a closed link would itself tell that something has happened: it goes on opening the same page, for as long
   * and as often as any other, and the page asks `mayDisclose` for everything that goes beyond what its reader knows
   * already. A new one is asked of the team: whether one was sent would tell as well.
   */
  opensClosed?: true
  /** Set where the person themselves gives the link to others: nobody but they can give another. */
  passedOn?: true
  /** Set where what is behind it is deleted with it: nobody gives another, and nobody of the team knows whose it was. */
  onlyOnce?: true
  /** What whoever is outside needs to open it, and by what they know what it is about: said with a link in place of another. */
  known?: Readonly<{ needed: string; reference?(db: Db, link: Link): Promise<string | undefined> }>
  show(request: LinkVisit, reply: Answer, link: Link): Promise<Outcome>
  /** What sending the form of the page does; left out where there is nothing to send. */
  answer?(request: LinkVisit, reply: Answer, link: Link): Promise<Outcome>
  /**
   * Whether what the form with this id said was kept: set where an answer, or what is done with it, closes its own link,
   * so that whoever presses a second time hears that it arrived.
   */
  took?(request: LinkVisit, of: Readonly<{ link: Link; id: string }>): Promise<boolean>
}>

/** Every purpose that a link may have, by its code; the stages that give links out answer for their own. */
export type LinkPurposes = Readonly<Record<string, LinkPurpose>>

/** Where the team is told that a new link is wanted, and where they find the record it is about. */
export type Team = Readonly<{ email: string; record: string | undefined }>

/** Words of the area, in the language of a person where they are the reader. */
export type AskedWords = Readonly<{
  area: string
  what: LinkMessage
  format: 'text' | 'email'
  reader: string | null
  on: Temporal.PlainDate
}> &
  Readonly<{ facts: Readonly<Record<string, string | null>> }>

export type LinkParts = Readonly<{
  purposes: LinkPurposes
  /** Undefined where there is nobody to be told. */
  team(db: Db, of: Pick<Link, 'area' | 'person' | 'purpose' | 'subject'>): Promise<Team | undefined>
  /** Whether what allowed a link still does: asked each time that one is opened. */
  mayOpen(db: Db, link: Link, now: Temporal.Instant): Promise<boolean>
  /** What the area writes; its own name comes into the words by itself. */
  words(db: Db, asked: AskedWords): Promise<Readonly<{ subject: string | null; body: string }>>
}>

const door = { who: 'anyone', area: 'link' } as const

/** The one door for people without an account: a link bound to one purpose and one person. */
export function linkRoutes(parts: LinkParts) {
  const opensClosed = (purpose: string) => parts.purposes[purpose]?.opensClosed === true
  return async (app: App): Promise<void> => {
    app.get('/l/:link', { ...door, reads: 'record' }, async (request, reply) => {
      const found = await standing(
        parts,
        request,
        await openLink(request.db, request.params.link, request.now, opensClosed),
      )
      const opened = openedFor(parts, found)
      if (!opened) return refuse(parts, request, quiet(reply), found)
      await request.read('link.opened', trace(opened.link))
      return opened.purpose.show(request, quiet(reply), opened.link)
    })

    app.post('/l/:link', door, async (request, reply) => {
      const found = await standing(
        parts,
        request,
        await findLink(request.db, request.params.link, request.now, opensClosed),
      )
      const opened = openedFor(parts, found)
      if (!opened?.purpose.answer) return refuseSent(parts, request, quiet(reply), found)
      await request.act('link.answered', trace(opened.link))
      return opened.purpose.answer(request, quiet(reply), opened.link)
    })

    app.post('/l/:link/renewal', door, async (request, reply) => {
      const { db, now, params } = request
      const found = await standing(parts, request, await findLink(db, params.link, now, opensClosed))
      const ways = await waysToAskAnew(parts, db, found, now)
      if (ways === undefined) return refuse(parts, request, quiet(reply), found)
      const { link } = ways
      await askAnew(db, link, now)
      if (ways.by === 'sending') {
        await sendAnew(db, link, { origin: app.settings.origin, parts, now })
      } else await tellTeam(db, ways, { title: parts.purposes[link.purpose]?.title, words: parts.words, now })
      await request.act('link.asked-anew', trace(link))
      return quiet(reply).page(<LinkAsked by={ways.by} atWork={parts.purposes[link.purpose]?.atWork} />)
    })
  }
}

/** The link as it stands now: one that nothing allows any more is as one that was taken back. */
async function standing(parts: LinkParts, { db, now }: Pick<LinkVisit, 'db' | 'now'>, found: Found): Promise<Found> {
  if (!found.ok || (await parts.mayOpen(db, found.link, now))) return found
  const link = { ...found.link, closed: true }
  const { opensClosed } = parts.purposes[link.purpose] ?? {}
  return opensClosed ? { ok: true, link } : { ok: false, why: 'withdrawn', link, askedAnewAt: null }
}

// Whoever follows another link from the page must not take this link's own address along.
function quiet(reply: Answer): Answer {
  return reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex')
}

function openedFor({ purposes }: LinkParts, found: Found) {
  if (!found.ok) return undefined
  const purpose = purposes[found.link.purpose]
  return purpose && { link: found.link, purpose }
}

function trace({ id, person, purpose }: Link) {
  return { subject: id, person: person ?? undefined, codes: { purpose } }
}

type Ways = Readonly<{ link: Link }> & (Readonly<{ by: 'sending' }> | (Team & Readonly<{ by: 'team' }>))

/**
 * How a new link is got in place of one that no longer opens: one that expired goes out again by itself, to where it was
 * sent; for any other the team is asked, who knows why.
 */
async function waysToAskAnew(parts: LinkParts, db: Db, found: Found, now: Temporal.Instant): Promise<Ways | undefined> {
  if (found.ok || found.why === 'unknown' || !mayAskAnew(found.askedAnewAt, now)) return undefined
  const { link } = found
  if (parts.purposes[link.purpose]?.passedOn || parts.purposes[link.purpose]?.onlyOnce) return undefined
  const sends = found.why === 'expired' && !parts.purposes[link.purpose]?.opensClosed
  if (sends && (await parts.mayOpen(db, link, now)) && (await isKnownWhereSent(db, link)))
    return { by: 'sending', link }
  const team = await parts.team(db, link)
  return team && { ...team, by: 'team', link }
}

type Wish = Readonly<{ title: string | undefined; now: Temporal.Instant }> & Pick<LinkParts, 'words'>

async function tellTeam(db: Db, { link, email, record }: Team & Readonly<{ link: Link }>, { title, now, words }: Wish) {
  const facts = { purpose: title ?? null, record: record ?? null }
  const said = await words(db, {
    area: link.area,
    what: wantedWords,
    format: 'email',
    reader: null,
    facts,
    on: dayOf(now),
  })
  const message = { area: link.area, person: link.person, recipient: 'another', kind: wantedKind } as const
  await sendMessage(db, {
    ...{ ...message, channel: 'email', address: email, ...said, about: link.id, allowedBy: 'asked-for', now },
  })
}

/** A form behind a link that no longer opens: it arrived before, or its reader gets back what they wrote. */
async function refuseSent(parts: LinkParts, request: LinkVisit, reply: Answer, found: Found): Promise<Outcome> {
  const { typed } = request.form
  if (found.ok || found.why === 'unknown') return refuse(parts, request, reply, found)
  const { link } = found
  const { took, atWork } = parts.purposes[link.purpose] ?? {}
  const form = check({ id: optionalId() }, typed)
  const id = (form.ok ? form.value.id : null) ?? link.id
  if (took && (await took(request, { link, id }))) {
    await request.act('link.answered-again', trace(link))
    return reply.page(<LinkAnswered atWork={atWork} />)
  }
  return refuse(parts, request, reply, { ...found, words: wordsIn(typed) })
}

type Refusing = Pick<LinkVisit, 'db' | 'params' | 'now' | 'read'>

async function refuse(
  parts: LinkParts,
  request: Refusing,
  reply: Answer,
  found: Found & Readonly<{ words?: readonly string[] }>,
): Promise<Outcome> {
  if (found.ok || found.why === 'unknown')
    return reply.code(404).page(<LinkRefused why="unknown" purpose={undefined} ask={undefined} asked={false} />)
  const { link, why, askedAnewAt, words = [] } = found
  await request.read('link.refused', { ...trace(link), codes: { purpose: link.purpose, why } })
  const ways = await waysToAskAnew(parts, request.db, found, request.now)
  const ask = ways && { at: `/l/${request.params.link}/renewal`, by: ways.by }
  const { title: purpose, atWork, passedOn } = parts.purposes[link.purpose] ?? {}
  const asked = !mayAskAnew(askedAnewAt, request.now)
  return reply
    .code(refusals[why].status)
    .page(<LinkRefused {...{ why, purpose, ask, asked, atWork, passedOn, words }} />)
}
