import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalChoice, optionalText, text, tick, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { Answer, Outcome } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { codeKind, codeLasts, digitsOf } from '#registers/code/rules.ts'
import { findCodeWords, isCodeOf } from '#registers/code/store.ts'
import { ownCookie } from '#registers/online/rules.ts'
import { changeWay } from '#registers/means/store.ts'
import { saveMeans } from '#registers/people/store.ts'
import { AddWay, EnterCode, WayOfOwn } from './pages.tsx'
import * as rules from './rules.ts'
import { countOwnAdded, holdOwnWays, isTakenAway, listOwnWays, tellThatItChanged } from './store.ts'

type Way = Readonly<{ area: string; person: string; kind: string; value: string; now: Temporal.Instant }>
type Others = Readonly<{ area: string; person: string; here: string | undefined; now: Temporal.Instant }>

/** What else is true at once when a way is used no more: what waits to go there stops, and nobody else is signed in. */
export type TakingAway = Readonly<{
  stop: (db: Db, way: Way) => Promise<void>
  signOutElsewhere: (db: Db, others: Others) => Promise<void>
}>

const own = { who: 'participant' } as const
const using = { use: choice(rules.uses, 'Choose whether we may use it'), voicemailSafe: tick(), preferred: tick() }
const adding = {
  ...{ id: id('Open this page again'), kind: optionalChoice(rules.ownKinds), ...using },
  ...{ mobile: optionalText(40), telephone: optionalText(40), email: optionalText(), post: optionalText(500) },
}

/** How a person can be reached, given, shown to be theirs, changed and taken away by themselves. */
export const ownWaysRoutes =
  (takingAway: TakingAway) =>
  async (app: App): Promise<void> => {
    addRoutes(app)
    changeRoutes(app, takingAway)
    endRoute(app, takingAway)
    codeRoutes(app)
    codeAgainRoute(app)
  }

function addRoutes(app: App): void {
  app.get('/my/details/ways/new', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('means.own', { person: request.me.person })
    return reply.page(<AddWay {...blank} id={newId()} />)
  })
  app.post('/my/details/ways/new', { ...own, form: adding }, async (request, reply) => {
    const { db, area, me, form, now } = request
    const known = await waysHeld(request)
    if (form.ok && known.some((one) => one.id === form.value.id)) {
      await request.act('means.added-before', { person: me.person, subject: form.value.id })
      return reply.redirect(`/my/details/ways/${form.value.id}`, 303)
    }
    const added = await countOwnAdded(db, me, now.subtract({ hours: 24 }))
    const { way, problems } = form.ok
      ? rules.wayGiven(form.value, { known, added }, now)
      : { way: undefined, problems: form.problems }
    if (!form.ok || !way) return reply.code(422).page(<AddWay problems={problems} typed={form.typed} id={newId()} />)
    const means = form.value.id
    await saveMeans(db, { area, person: me.person, id: means, at: now, row: rules.asGiven(way, me.person, now) })
    await tellThatItChanged(db, toldOf(request), known.filter(rules.opens), 'person')
    const codes = { part: way.kind }
    await request.act('means.added', { person: me.person, subject: means, codes, vouchesFor: way.value })
    if (rules.takesCode(way) && form.value.use === 'yes') {
      await sendCode(request, means)
      return reply.redirect(`/my/details/ways/${means}/code`, 303)
    }
    request.flash(saved)
    return reply.redirect('/my/details', 303)
  })
}

function changeRoutes(app: App, takingAway: TakingAway): void {
  app.get('/my/details/ways/:means', { ...own, reads: 'record' }, async (request, reply) => {
    const { way, last } = await wayOf(request)
    await request.read('means.own', { person: request.me.person, subject: way.id })
    return reply.page(<WayOfOwn {...blank} way={way} last={last} />)
  })
  app.post('/my/details/ways/:means', { ...own, form: { ...using, version: version() } }, async (request, reply) => {
    const { db, area, me, form, now } = request
    await holdOwnWays(db, me)
    const { way, others, last } = await wayOf(request)
    if (!form.ok) return reply.code(422).page(<WayOfOwn {...form} way={way} last={last} />)
    const { use, voicemailSafe, preferred, version: seen } = form.value
    const set = { ...rules.marksOf(use), voicemail_safe: voicemailSafe && use === 'yes' }
    const mustBeShown = rules.mustBeShown(way, use)
    const marks = { ...set, preferred: use === 'yes' && preferred, ...(mustBeShown ? { unconfirmed_at: now } : {}) }
    if (!(await changeWay(db, { area, person: way.person, id: way.id, seen, set: marks }))) {
      if (!rules.isMarked(way, marks)) return reply.code(409).page(<WayOfOwn {...form} {...await wayOf(request)} />)
      return doneBefore(request, reply, 'means.changed-before')
    }
    const isClosed = rules.opens(way) && use !== 'yes'
    if (isClosed || mustBeShown) await tellThatItChanged(db, toldOf(request), others.filter(rules.opens), 'person')
    if (isClosed) await signOutElsewhere(app, request, takingAway)
    await takingAway.stop(db, { ...way, area, now })
    await request.act('means.changed', { person: me.person, subject: way.id, codes: { part: way.kind } })
    if (mustBeShown) {
      await sendCode(request, way.id)
      return reply.redirect(`/my/details/ways/${way.id}/code`, 303)
    }
    request.flash(saved)
    return reply.redirect('/my/details', 303)
  })
}

function endRoute(app: App, takingAway: TakingAway): void {
  const ending = { silent: tick() }
  app.post('/my/details/ways/:means/ending', { ...own, form: ending }, async (request, reply) => {
    const { db, area, me, form, now } = request
    await holdOwnWays(db, me)
    if (await isTakenAway(db, me, request.params.means)) return doneBefore(request, reply, 'means.ended-before')
    const { way, others } = await wayOf(request)
    const set = { ended_at: now, preferred: false }
    await changeWay(db, { area, person: way.person, id: way.id, seen: way.version, set })
    await takingAway.stop(db, { ...way, area, now })
    await tellThatItChanged(db, toldOf(request), others.filter(rules.opens), 'person')
    const isSilent = form.ok && form.value.silent && rules.opens(way)
    await tellThatItChanged(db, toldOf(request), rules.opens(way) && !isSilent ? [way] : [], 'another')
    if (rules.opens(way)) await signOutElsewhere(app, request, takingAway)
    await request.act(isSilent ? 'means.ended-unsaid' : 'means.ended', {
      person: me.person,
      subject: way.id,
      codes: { part: way.kind },
    })
    request.flash(saved)
    return reply.redirect('/my/details', 303)
  })
}

function codeRoutes(app: App): void {
  app.get('/my/details/ways/:means/code', { ...own, reads: 'record' }, async (request, reply) => {
    const { way } = await wayOf(request)
    await request.read('means.own', { person: request.me.person, subject: way.id })
    if (way.unconfirmed_at === null) return reply.redirect('/my/details')
    return reply.page(<EnterCode {...blank} way={way} now={request.now} />)
  })
  const entering = { code: text('Enter the code', 20) }
  app.post('/my/details/ways/:means/code', { ...own, form: entering }, async (request, reply) => {
    const { db, area, me, form, now } = request
    await holdOwnWays(db, me)
    const { way } = await wayOf(request)
    if (way.unconfirmed_at === null) return doneBefore(request, reply, 'means.confirmed-before')
    if (!form.ok) return reply.code(422).page(<EnterCode {...form} way={way} now={now} />)
    const why = rules.whyNotTry(way, now)
    const own = { area, person: way.person, id: way.id, seen: way.version }
    const isRight = why === undefined && isCodeOf(app.settings.secret, way.code ?? '', digitsOf(form.value.code))
    if (!isRight) {
      if (why === undefined) await changeWay(db, { ...own, set: { code_tries: way.code_tries + 1 } })
      await request.act('means.not-confirmed', { person: me.person, subject: way.id })
      const problems = [{ field: 'code', message: why ?? 'This is not the code that we sent' }]
      return reply.code(422).page(<EnterCode problems={problems} typed={{}} {...await wayOf(request)} now={now} />)
    }
    await changeWay(db, { ...own, set: rules.asShown(me.person, now) })
    await request.act('means.confirmed', { person: me.person, subject: way.id, codes: { part: way.kind } })
    request.flash('Thank you. You can sign in with it from now on.')
    return reply.redirect('/my/details', 303)
  })
}

function codeAgainRoute(app: App): void {
  app.post('/my/details/ways/:means/code/sending', own, async (request, reply) => {
    const { db, me } = request
    await holdOwnWays(db, me)
    const { way } = await wayOf(request)
    const isSent = await sendCode(request, way.id)
    await request.act(isSent ? 'means.code-sent' : 'means.code-not-sent', { person: me.person, subject: way.id })
    request.flash(isSent ? 'We have sent another code.' : 'Wait a minute before you ask for another code.')
    return reply.redirect(`/my/details/ways/${way.id}/code`, 303)
  })
}

type Own = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant }>
const saved = 'Saved. Your coach sees what you changed.'

async function waysHeld({ db, me }: Own) {
  await holdOwnWays(db, me)
  return listOwnWays(db, me)
}

/** One way of the person who is signed in, the others, and whether it is the last by which they can sign in. */
async function wayOf({ db, me, params }: At) {
  const ways = await listOwnWays(db, me)
  const way = ways.find((one) => one.id === params.means)
  if (!way) throw new NotFound()
  const others = ways.filter((one) => one !== way)
  return { way, others, last: rules.opens(way) && !others.some(rules.opens) }
}

type At = Own & Readonly<{ params: Readonly<{ means: string }> }>
type Asked = At & Readonly<{ act(what: string, of: object): Promise<void>; flash(text: string): void }>

/** Pressed twice: it is done as they wanted it, and nobody is told again. */
async function doneBefore({ me, params, act, flash }: Asked, reply: Answer, what: string): Promise<Outcome> {
  await act(what, { person: me.person, subject: params.means })
  flash(saved)
  return reply.redirect('/my/details', 303)
}

const toldOf = ({ area, me, now }: Own) => ({ area, person: me.person, now })

type Signed = Own & Readonly<{ cookies: Readonly<Record<string, string | undefined>> }>

async function signOutElsewhere(app: App, { db, area, me, now, cookies }: Signed, takingAway: TakingAway) {
  const here = cookies[ownCookie(app.settings.origin)]
  await takingAway.signOutElsewhere(db, { area, person: me.person, here, now })
}

/**
 * Sends the code that shows that a way is theirs, if one may be sent. It goes as to somebody else, since whose it is is
 * not known; each code follows from an id of its own that the server made, so that none is known from another.
 */
async function sendCode({ db, area, me, now }: Own, means: string): Promise<boolean> {
  const way = (await listOwnWays(db, me)).find(({ id: one }) => one === means)
  if (!way || !rules.maySendAgain(way, now)) return false
  const code = newId()
  const set = { code, code_sent_at: now, codes_sent: way.codes_sent + 1 }
  await changeWay(db, { area, person: way.person, id: means, seen: way.version, set })
  const message = { area, person: me.person, kind: codeKind, about: code, now, notAfter: now.add(codeLasts) }
  const to = { ...rules.channelOf(way), recipient: 'another' } as const
  const words = await findCodeWords(db, { area, channel: to.channel, reader: await findReader(db, area, me.person) })
  await sendMessage(db, { ...message, ...to, ...words, allowedBy: 'asked-for' })
  return true
}
