import type { Db } from '#platform/database/transaction.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import { day, optionalChoice, optionalText, text } from '#platform/form/fields.ts'
import type { Answer, Cookie, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { findArea, listEveryArea } from '#registers/areas/store.ts'
import { cookieParts, ownCookie, ownReturn } from '#registers/online/rules.ts'
import { welcome } from '#registers/online/store.ts'
import {
  BirthDate,
  ChooseService,
  EnterCode,
  CodeOver,
  NotTheirAccount,
  type OtherWay,
  SignIn,
  TooManyCodes,
} from './pages.tsx'
import {
  codeProblems,
  type CodeWay,
  digitsOf,
  mayAsk,
  mayTry,
  cameFrom,
  type Waiting,
  wayTyped,
  whoseCode,
} from './rules.ts'
import { changeRequest, findOwnRequest, isCodeOf, listAsked, listCandidates, saveRequest } from './store.ts'

type Cookies = Readonly<Record<string, string | undefined>>

type Browsing = Readonly<{ area: string; owner: string; now: Temporal.Instant }>

/** What signing in asks of others: the other ways that are set up, and to sign a member out at the same browser. */
export type SigningInParts = Readonly<{
  others(area: string, returnPath: string | null): readonly OtherWay[]
  memberLeaves(cookies: Cookies, now: Temporal.Instant): Promise<Cookie>
  /** With what account that is nobody's yet somebody came back at this browser; keeping whose it is, and forgetting it. */
  account: Readonly<{
    findWaiting(db: Db, of: Browsing): Promise<string | undefined>
    remember(db: Db, of: Browsing, person: string): Promise<boolean>
    forget(db: Db, of: Browsing): Promise<void>
  }>
}>

const here = { who: 'anyone', area: 'path' } as const
const query = { to: optionalText(300), from: optionalChoice(cameFrom) }
// A library or a hostel may share one address; a program that tries numbers out is slowed down.
const askingLimit = { limit: { most: 30, minutes: 15 } } as const
const form = {
  way: text('Enter your mobile number or email address', 200),
  to: optionalText(300),
  from: optionalText(20),
}
const typedCode = { code: text('Enter the 6 numbers of the code', 20) }
const born = { bornOn: day('Enter your date of birth') }
const notOurs = 'Enter a mobile number, like 07700 900 982, or an email address, like name@example.org'

const at = (area: string) => `/in/${area}/sign-in`

/** How somebody signs in as themselves with a code: the same pages, as fast, whether they are known to us or not. */
export function codeRoutes(parts: SigningInParts) {
  return async (app: App): Promise<void> => {
    app.get('/my/sign-in', { who: 'anyone', query }, async ({ cookies, me, query: { to } }, reply) => {
      const returnPath = ownReturn(to)
      if (me) return reply.redirect(returnPath ?? '/my')
      const more = returnPath === null ? '' : `?to=${encodeURIComponent(returnPath)}`
      const before = cookieParts(cookies[ownCookie(app.settings.origin)])
      const areas = before ? [before] : await listEveryArea(app.databases.everywhere)
      const [only] = areas
      if (only && areas.length === 1) return reply.redirect(`${at(only.area)}${more}`)
      return reply.page(<ChooseService areas={await listEveryArea(app.databases.everywhere)} query={more} />)
    })
    askingRoutes(app, parts)
    answeringRoutes(app, parts)
  }
}

function askingRoutes(app: App, { others, account }: SigningInParts): void {
  app.get('/in/:area/sign-in', { ...here, query }, async ({ db, area, me, query: { to, from } }, reply) => {
    if (!(await findArea(db, area))) throw new NotFound()
    const returnPath = ownReturn(to)
    if (me) return reply.redirect(returnPath ?? '/my')
    return reply.page(<SignIn {...blank} {...{ at: at(area), returnPath, from }} others={others(area, returnPath)} />)
  })

  app.post('/in/:area/sign-in', { ...here, ...askingLimit, form, unjournaled: true }, async (request, reply) => {
    const { db, area } = request
    if (!(await findArea(db, area))) throw new NotFound()
    const { returnPath, from } = cameWith(request.form)
    const again = (state: FormState) =>
      reply
        .code(422)
        .page(<SignIn {...state} {...{ at: at(area), returnPath, from }} others={others(area, returnPath)} />)
    if (!request.form.ok) return again(request.form)
    // Whoever used this computer before may have left an account behind: only who was told of it goes on with it.
    if (from !== 'account') await account.forget(db, request)
    const way = wayTyped(request.form.value.way)
    if (!way) return again({ typed: request.form.typed, problems: [{ field: 'way', message: notOurs }] })
    return askFor({ ...request, returnPath, way }, reply)
  })

  app.post('/in/:area/sign-in/another-code', { ...here, ...askingLimit, unjournaled: true }, async (request, reply) => {
    const { db, area, owner } = request
    const before = await findOwnRequest(db, area, owner)
    if (!before) return reply.redirect(at(area))
    return askFor({ ...request, returnPath: before.returnPath, way: before }, reply)
  })
}

// Where somebody was going, and with what account, is kept when the form comes back too.
function cameWith({ typed }: Pick<FormState, 'typed'>) {
  const [to, from] = [typed['to'], typed['from']]
  return { returnPath: ownReturn(typeof to === 'string' ? to : null), from: from === 'account' ? from : null } as const
}

type Asking = Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant }> &
  Readonly<{ returnPath: string | null; way: CodeWay }>

async function askFor({ db, area, owner, now, returnPath, way }: Asking, reply: Answer): Promise<Outcome> {
  const { channel, address } = way
  if (!mayAsk(await listAsked(db, { area, owner, now, way: { channel, address } }), now)) return tooMany(area, reply)
  const id = newId()
  await saveRequest(db, { area, id, owner, returnPath, now, channel, address })
  await addJob(db, 'code.send', { area, request: id })
  return reply.redirect(`${at(area)}/code`)
}

const tooMany = (area: string, reply: Answer) => reply.code(429).page(<TooManyCodes at={at(area)} />)

function answeringRoutes(app: App, parts: SigningInParts): void {
  app.get('/in/:area/sign-in/code', here, async ({ db, area, owner, now }, reply) => {
    const waiting = await findOwnRequest(db, area, owner)
    if (!waiting) return reply.redirect(at(area))
    if (!mayTry(waiting, now)) return over(area, reply)
    const account = await parts.account.findWaiting(db, { area, owner, now })
    if (waiting.confirmedAt) return reply.page(<BirthDate {...blank} {...{ at: at(area), account }} />)
    return reply.page(<EnterCode {...blank} at={at(area)} sentTo={waiting.address} />)
  })

  app.post('/in/:area/sign-in/code', { ...here, form: typedCode, unjournaled: true }, async (request, reply) => {
    const { db, area, owner, now } = request
    const waiting = await findOwnRequest(db, area, owner)
    if (!waiting) return reply.redirect(at(area))
    if (!mayTry(waiting, now)) return over(area, reply)
    const again = (state: FormState) =>
      reply.code(422).page(<EnterCode {...state} at={at(area)} sentTo={waiting.address} />)
    if (!request.form.ok) return again(request.form)
    const digits = digitsOf(request.form.value.code)
    const problems = codeProblems(digits)
    if (problems.length > 0) return again({ typed: request.form.typed, problems })
    const failed = () => wrong({ ...request, waiting }, reply, () => again({ typed: {}, problems: [notRight] }))
    // Before anybody is looked up, which would take longer where there is somebody: a code went nowhere else.
    if (!isCodeOf(app.settings.secret, waiting.id, digits)) return failed()
    const candidates = await listCandidates(db, area, waiting)
    if (candidates.length === 0) return failed()
    const only = (await parts.account.findWaiting(db, request)) ? undefined : whoseCode(candidates, undefined)
    if (only) return arrive({ app, parts, request, waiting }, only.person, reply)
    await changeRequest(db, area, waiting.id, { confirmed_at: now })
    return reply.redirect(`${at(area)}/code`)
  })

  app.post('/in/:area/sign-in/birth-date', { ...here, form: born, unjournaled: true }, async (request, reply) => {
    const { db, area, owner, now } = request
    const waiting = await findOwnRequest(db, area, owner)
    if (!waiting?.confirmedAt) return reply.redirect(at(area))
    if (!mayTry(waiting, now)) return over(area, reply)
    const account = await parts.account.findWaiting(db, request)
    const again = (state: FormState) => reply.code(422).page(<BirthDate {...state} {...{ at: at(area), account }} />)
    if (!request.form.ok) return again(request.form)
    const mine = whoseCode(await listCandidates(db, area, waiting), request.form.value.bornOn)
    if (mine) return arrive({ app, parts, request, waiting }, mine.person, reply)
    return wrong({ ...request, waiting }, reply, () => again({ typed: request.form.typed, problems: [notTheirs] }))
  })
}

const notRight = { field: 'code', message: 'This is not the code. Check the newest message and enter its 6 numbers' }
const notTheirs = { field: 'bornOn', message: 'This is not the date of birth that we have. Check it and try again' }

type Failed = Readonly<{ db: Db; area: string; now: Temporal.Instant; waiting: Waiting }>

/** Counts a try that failed, and ends the code with the last one. */
async function wrong({ db, area, now, waiting }: Failed, reply: Answer, again: () => Outcome): Promise<Outcome> {
  const tries = waiting.tries + 1
  await changeRequest(db, area, waiting.id, { tries })
  return mayTry({ ...waiting, tries }, now) ? again() : over(area, reply)
}

type Arriving = Readonly<{ app: App; parts: SigningInParts; waiting: Waiting }> &
  Readonly<{ request: Readonly<{ db: Db; area: string; owner: string; now: Temporal.Instant; cookies: Cookies }> }>

/** Opens a participant's own pages to them; whoever was signed in at this browser before is not any more. */
async function arrive({ app, parts, request, waiting }: Arriving, person: string, reply: Answer): Promise<Outcome> {
  const { db, area, owner, now, cookies } = request
  if (!(await parts.account.remember(db, { area, owner, now }, person)))
    return reply.code(422).page(<NotTheirAccount at={at(area)} />)
  const name = ownCookie(app.settings.origin)
  const value = await welcome(db, { area, person, way: 'code', before: cookies[name], now })
  await changeRequest(db, area, waiting.id, { used_at: now })
  const leaving = await parts.memberLeaves(cookies, now)
  return reply
    .cookie(leaving)
    .cookie({ name, value })
    .redirect(waiting.returnPath ?? '/my')
}

const over = (area: string, reply: Answer) => reply.code(422).page(<CodeOver at={at(area)} />)
