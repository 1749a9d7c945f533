import { id, optionalText } from '#platform/form/fields.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { SignInFirst } from '#platform/http/refusals.ts'
import type { Db } from '#platform/database/transaction.ts'
import { cookieNames, sessionTokenIn } from './cookies.ts'
import { ChooseMembership, NeedsSecondFactor, NoMembership, SignedOut, SignIn } from './pages.tsx'
import { choiceAfterSignIn, type IdentityProvider, needsSecondFactor, ownPath, type Session } from './rules.ts'
import { chooseMembership, endSession, findSession } from './store.ts'
import type { Memberships } from './session.ts'

type Parts = Readonly<{ offered: readonly IdentityProvider[]; memberships: Memberships }>
type Asked = Readonly<{ db: Db; now: Temporal.Instant; cookies: Readonly<Record<string, string | undefined>> }>

/** The pages around signing in: where to sign in, which role to work in, and signing out. */
export async function identityRoutes(app: App, { offered, memberships }: Parts): Promise<void> {
  const { origin } = app.settings
  const cookie = cookieNames(origin).session

  app.get('/sign-in', { who: 'anyone', query: { to: optionalText(2000) } }, async (request, reply) => {
    const to = ownPath(request.query.to ?? undefined)
    const [only] = offered
    if (only && offered.length === 1) return reply.redirect(signInAddress(only.key, to))
    return reply.page(SignIn({ offered: offered.map(({ key, label }) => ({ label, href: signInAddress(key, to) })) }))
  })

  app.get('/memberships', { who: 'anyone' }, async (request, reply) => {
    const { session, token } = await signedIn(request, origin)
    const choice = choiceAfterSignIn(await memberships(session.account, request.now, request.db))
    if (choice.kind === 'none') return reply.page(NoMembership(session))
    if (needsSecondFactor(session, app.settings.environment)) return reply.page(NeedsSecondFactor())
    if (choice.kind === 'several') return reply.page(ChooseMembership({ ...choice, on: session.membership }))
    if (choice.membership.membership !== session.membership) return workIn(request.db, reply, token, choice.membership)
    return reply.page(ChooseMembership({ memberships: [choice.membership], on: session.membership }))
  })

  app.post(
    '/memberships',
    { who: 'anyone', unjournaled: true, form: { membership: id('Choose one of your roles') } },
    async (request, reply) => {
      const { session, token } = await signedIn(request, origin)
      const mine = await memberships(session.account, request.now, request.db)
      const chosen = request.form.ok ? request.form.value.membership : undefined
      const membership = mine.find((one) => one.membership === chosen)
      if (needsSecondFactor(session, app.settings.environment)) return reply.code(422).page(NeedsSecondFactor())
      if (membership) return workIn(request.db, reply, token, membership)
      const problem = 'Choose one of your roles. This one has ended or is not yours.'
      return reply.code(422).page(ChooseMembership({ memberships: mine, on: session.membership, problem }))
    },
  )

  app.post('/sign-out', { who: 'anyone', unjournaled: true }, async (request, reply) => {
    const ended = await endSession(request.db, sessionTokenIn(request.cookies, origin), 'signed out', request.now)
    // The cookie of an ended session opens nothing; it stays only to tell the provider who signs out there.
    if (ended?.signOutThere) return reply.redirect(`/signed-out?with=${ended.provider}`)
    return reply.cookie({ name: cookie, value: '' }).redirect('/signed-out')
  })

  // Being asked is enough: who is signed in was looked up, which notes that the session is in use.
  app.post('/session', { who: 'anyone', unjournaled: true }, async ({ session, me }, reply) =>
    reply.code(session || me ? 204 : 401).text('', 'text/plain'),
  )

  app.get('/signed-out', { who: 'anyone', query: { with: optionalText(40) } }, async (request, reply) =>
    reply.page(SignedOut({ at: offered.find(({ key }) => key === request.query.with) })),
  )
}

async function signedIn(
  { db, cookies, now }: Asked,
  origin: string,
): Promise<Readonly<{ session: Session; token: string }>> {
  const token = sessionTokenIn(cookies, origin)
  const session = await findSession(db, token, now)
  if (!session || token === undefined) throw new SignInFirst()
  return { session, token }
}

async function workIn(
  db: Db,
  reply: Answer,
  token: string,
  membership: Readonly<{ membership: string; area: string }>,
): Promise<Outcome> {
  return reply.redirect((await chooseMembership(db, token, membership)) ?? '/')
}

function signInAddress(key: string, to: string | undefined): string {
  return `/sign-in/${key}${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`
}
