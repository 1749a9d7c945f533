import type { Db } from '#platform/database/transaction.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import type { Link } from '#platform/link/rules.ts'
import type { LinkPurpose, LinkVisit } from '#platform/link/routes.tsx'
import { findArea } from '#registers/areas/store.ts'
import { AlreadyTaken, Invitation } from './pages.tsx'
import { joiningPurpose, standingBefore } from './rules.ts'
import { hasJoined, listWaiting } from './store.ts'

/** What joining asks of others: whether nobody has signed in to an account yet, and that its roles in an area go to another. */
export type JoiningParts = Readonly<{
  isWaiting(account: string): Promise<boolean>
  handOver(db: Db, of: Readonly<{ area: string; from: string; to: string }>): Promise<void>
}>

/**
 * What a link of the purpose `joining` opens. Its subject is the account that the roles wait with; whoever signs in and
 * says yes has them from then on, with the account they signed in with.
 */
export function joining(parts: JoiningParts): LinkPurpose {
  return {
    title: 'Joining the service as a member of staff',
    took: async ({ db, area, session }, { link: { subject } }) =>
      session !== undefined && subject !== null && hasJoined(db, area, { account: session.account, from: subject }),
    show: async (request, reply, link) => {
      const { standing, waiting, areaName, at } = await before(parts, request, link)
      if (standing === 'has-joined') return reply.redirect('/memberships')
      if (standing === 'taken') return reply.code(410).page(<AlreadyTaken />)
      return reply.page(<Invitation {...{ waiting, areaName, at }} signedInAs={request.session?.name} />)
    },
    answer: async (request, reply, link) => {
      const { session, db, now, area } = request
      const { standing, waiting, account, at } = await before(parts, request, link)
      if (standing === 'taken') return reply.code(410).page(<AlreadyTaken />)
      if (session === undefined) return reply.redirect(`/sign-in?to=${encodeURIComponent(at)}`)
      if (standing === 'may-join') await parts.handOver(db, { area, from: account, to: session.account })
      await withdrawLinks(db, { area, subject: account, purpose: joiningPurpose, now })
      const codes = { account: session.account, memberships: waiting.map(({ membership }) => membership) }
      await request.act('member.joined', { subject: account, codes })
      return reply.redirect('/memberships')
    },
  }
}

async function before(parts: JoiningParts, { db, area, today, session, params }: LinkVisit, link: Link) {
  const account = link.subject ?? ''
  // Roles that have ended since, or were taken back, are not to be had any more.
  const [first, ...others] = await listWaiting(db, area, account, today)
  const found = await findArea(db, area)
  if (!first || !found) throw new NotFound()
  const standing = standingBefore(session?.account, { account, taken: !(await parts.isWaiting(account)) })
  return { standing, waiting: [first, ...others] as const, account, areaName: found.name, at: `/l/${params.link}` }
}
