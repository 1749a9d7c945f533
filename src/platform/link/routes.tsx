import type { Db } from '#platform/database/transaction.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App, Visit } from '#platform/http/app.ts'
import type { Actor } from '#platform/access/rules.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { type Found, askAnew, findLink, openLink } from './links.ts'
import { LinkAsked, LinkRefused } from './pages.tsx'
import { type Link, mayAskAnew, refusals, wishForLink } from './rules.ts'

/** What somebody who came by a link is looking at; the fields of a form are looked at with `check`. */
export type LinkVisit = Visit<'/l/:link', Record<never, never>, Record<never, never>> &
  Readonly<{ actor: Actor | undefined }>

/** What the links of one purpose open. `show` must change nothing: mail scanners and previews open links too. */
export type LinkPurpose = Readonly<{
  /** What such a link is for, said where it no longer opens: "Seeing what happens next". */
  title: string
  show(request: LinkVisit, reply: Answer, link: Link): Promise<Outcome>
  /** What sending the form of the page does; left out where there is nothing to send. */
  answer?(request: LinkVisit, reply: Answer, link: Link): Promise<Outcome>
}>

/** Every purpose that a link may have, by its code; the stages that give links out answer for their own. */
export type LinkPurposes = Readonly<Record<string, LinkPurpose>>

/** Where the team is told that a new link is wanted, and where they find the record it is about. */
export type Team = Readonly<{ email: string; record: string | undefined }>

export type LinkParts = Readonly<{
  purposes: LinkPurposes
  /** Undefined where there is nobody to be told. */
  team(db: Db, of: Pick<Link, 'area' | 'person'>): Promise<Team | undefined>
}>

const door = { who: 'anyone', area: 'link' } as const

/** The one door for people without an account: a link bound to one purpose and one person. */
export function linkRoutes(parts: LinkParts) {
  const { purposes } = parts
  return async (app: App): Promise<void> => {
    app.get('/l/:link', { ...door, reads: 'record' }, async (request, reply) => {
      const found = await openLink(request.db, request.params.link, request.now)
      const opened = openedFor(purposes, found)
      if (!opened) return refuse(parts, request, quiet(reply), found)
      await request.read('link.opened', trace(opened.link))
      return opened.purpose.show(request, quiet(reply), opened.link)
    })

    app.post('/l/:link', door, async (request, reply) => {
      const found = await findLink(request.db, request.params.link, request.now)
      const opened = openedFor(purposes, found)
      if (!opened?.purpose.answer) return refuse(parts, request, quiet(reply), found)
      await request.act('link.answered', trace(opened.link))
      return opened.purpose.answer(request, quiet(reply), opened.link)
    })

    app.post('/l/:link/renewal', door, async (request, reply) => {
      const { db, now, params } = request
      const found = await findLink(db, params.link, now)
      const team = await toldFor(parts, db, found, now)
      if (!team) return refuse(parts, request, quiet(reply), found)
      const { link, email, record } = team
      const { subject, body } = wishForLink({ title: purposes[link.purpose]?.title, record })
      await askAnew(db, link, now)
      const message = { area: link.area, person: link.person, recipient: 'another', kind: 'link.asked-anew' } as const
      await sendMessage(db, {
        ...{ ...message, channel: 'email', address: email, subject, body, about: link.id, allowedBy: 'asked-for', now },
      })
      await request.act('link.asked-anew', trace(link))
      return quiet(reply).page(<LinkAsked />)
    })
  }
}

// Whoever follows another link from the page must not take this link's own address along.
function quiet(reply: Answer): Answer {
  return reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex')
}

function openedFor(purposes: LinkPurposes, found: Found) {
  const purpose = found.ok ? purposes[found.link.purpose] : undefined
  return found.ok && purpose ? { link: found.link, purpose } : undefined
}

function trace({ id, person, purpose }: Link) {
  return { subject: id, person: person ?? undefined, codes: { purpose } }
}

async function toldFor({ team }: LinkParts, db: Db, found: Found, now: Temporal.Instant) {
  if (found.ok || found.why === 'unknown' || !mayAskAnew(found.askedAnewAt, now)) return undefined
  const told = await team(db, found.link)
  return told && { ...told, link: found.link }
}

type Refusing = Pick<LinkVisit, 'db' | 'params' | 'now' | 'read'>

async function refuse(parts: LinkParts, request: Refusing, reply: Answer, found: Found): Promise<Outcome> {
  if (found.ok || found.why === 'unknown')
    return reply.code(404).page(<LinkRefused why="unknown" purpose={undefined} askAt={undefined} asked={false} />)
  const { link, why, askedAnewAt } = found
  await request.read('link.refused', { ...trace(link), codes: { purpose: link.purpose, why } })
  const team = await toldFor(parts, request.db, found, request.now)
  const askAt = team ? `/l/${request.params.link}/renewal` : undefined
  const purpose = parts.purposes[link.purpose]?.title
  const asked = !mayAskAnew(askedAnewAt, request.now)
  return reply.code(refusals[why].status).page(<LinkRefused {...{ why, purpose, askAt, asked }} />)
}
