import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { hasDone } from '#platform/journal/journal.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { listLogins, removeLogin } from '#registers/login/store.ts'
import { ownCookie } from '#registers/online/rules.ts'
import { opens, type OwnWay } from '#registers/own-ways/rules.ts'
import { listOwnWays } from '#registers/own-ways/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { RemoveLogin } from './pages.tsx'
import { loginRemovedTemplate, removedKind } from './rules.ts'

type Others = Readonly<{ area: string; person: string; here: string | undefined; now: Temporal.Instant }>

/** Nobody else stays signed in once an account is taken away. */
export type SigningOut = (db: Db, others: Others) => Promise<void>

const own = { who: 'participant' } as const
const removed = 'It does not open these pages any more.'

/** The accounts elsewhere that open a person's space, taken away by themselves. */
export const ownLoginsRoutes =
  (signOutElsewhere: SigningOut) =>
  async (app: App): Promise<void> => {
    const { ownProviders, origin } = app.settings
    app.get('/my/details/logins/:login', { ...own, reads: 'record' }, async (request, reply) => {
      const { id, provider, since } = await loginOf(request)
      await request.read('details.own', { person: request.me.person, subject: id })
      const ways = await listOwnWays(request.db, request.me)
      const label = ownProviders.find(({ key }) => key === provider)?.label ?? provider
      return reply.page(<RemoveLogin login={{ id, label, since }} codeReaches={ways.some(opens)} />)
    })

    app.post('/my/details/logins/:login/ending', own, async (request, reply) => {
      const { db, area, me, now } = request
      const { id, provider, isRemoved } = await loginToRemove(request)
      if (isRemoved) {
        await request.act('login.removed-before', { person: me.person, subject: id })
        request.flash(removed)
        return reply.redirect('/my/details', 303)
      }
      await removeLogin(db, me, id, now)
      await signOutElsewhere(db, { area, person: me.person, here: request.cookies[ownCookie(origin)], now })
      await tellThatItWasRemoved(request, (await listOwnWays(db, me)).filter(opens))
      await request.act('login.removed', { person: me.person, subject: id, codes: { provider } })
      request.flash(removed)
      return reply.redirect('/my/details', 303)
    })
  }

type Own = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant }>

/** An account of the person who is signed in; of anybody else’s nothing is said. */
async function loginOf({ db, me, params }: Own & Readonly<{ params: Readonly<{ login: string }> }>) {
  const found = (await listLogins(db, me)).find(({ id }) => id === params.login)
  if (!found) throw new NotFound()
  return found
}

/** The same, also where they have taken it away already: pressed twice. */
async function loginToRemove(request: Parameters<typeof loginOf>[0]) {
  const { db, me, params } = request
  const isRemoved = await hasDone(db, me, { what: ['login.removed'], subject: params.login })
  const isThere = (await listLogins(db, me)).some(({ id }) => id === params.login)
  return isRemoved && !isThere
    ? { id: params.login, provider: undefined, isRemoved: true as const }
    : { ...(await loginOf(request)), isRemoved: false as const }
}

/** Says so by every way by which they sign in: whoever took it away may not be the one whose pages these are. */
async function tellThatItWasRemoved({ db, area, me, now }: Own, ways: readonly OwnWay[]): Promise<void> {
  const [there, reader] = await Promise.all([findArea(db, area), findReader(db, area, me.person)])
  for (const { kind, value: address } of ways) {
    const to = { channel: kind === 'mobile' ? 'text' : 'email', address, recipient: 'person' } as const
    const asked = { area, template: loginRemovedTemplate, format: to.channel, reader }
    const words = await findWords(db, { ...asked, facts: { phone: there?.phone ?? null } })
    const message = { area, person: me.person, kind: removedKind, now, allowedBy: 'asked-for' } as const
    await sendMessage(db, { ...message, ...to, ...words })
  }
}
