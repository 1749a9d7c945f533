import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { channelWords } from '#journey/booking/rules.ts'
import { findNewestEpisode } from '#journey/episode/store.ts'
import { addressFor } from '#journey/invitation/rules.ts'
import { findEnoughUntil, findReaching } from '#journey/reaching/store.ts'
import { findArea, findGoing } from '#registers/areas/store.ts'
import { cannotGoNow } from '#registers/online/rules.ts'
import { baseline } from '#registers/instruments/rules.ts'
import { askingPurpose, howFar } from '#registers/own-questions/rules.ts'
import { listAskedBefore, listGiven } from '#registers/own-questions/store.ts'
import { hasAgreedToTakePart, listPermissions } from '#registers/permissions/store.ts'
import {
  type Asking as Asked,
  findAsking,
  listAskings,
  listOffered,
  saveAsking,
  withdrawAsking,
} from '#registers/questionnaires/store.ts'
import { labelOf } from '#registers/questionnaires/rules.ts'
import { findReading } from '#registers/safety-arrangement/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { isAwayOn } from '#journey/absence/store.ts'
import { AskByLink, LinkToPassOn } from './pages.tsx'
import { askedKind, askedTemplate, handings, mayGoFrom, noLongerOf, openFor, tooLate } from './rules.ts'

const asking = { who: careRoles, verb: 'edit' } as const
const path = '/people/:person/questionnaires/links'

/** Letting people answer questionnaires on their own phone. */
export async function askedByLinkRoutes(app: App): Promise<void> {
  app.get(path, { ...asking, reads: 'record' }, async (request, reply) => {
    const found = await around(request, request.params.person)
    await request.read('questionnaires.link-form', { person: found.shown.person.id })
    return reply.page(<AskByLink {...found.shown} {...blank} id={newId()} />)
  })
  askingRoute(app)
  withdrawalRoute(app)
}

const fields = {
  id: field.id('Open this page again from the record'),
  days: field.choice(openFor, 'Select how long they may answer'),
  handing: field.optionalChoice(handings),
}

function askingRoute(app: App): void {
  const { origin } = app.settings
  app.post(path, { ...asking, form: fields }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const found = await around(request, request.params.person)
    const { person, offered } = found.shown
    const instruments = [form.typed['instruments'] ?? []].flat().filter((code) => code in offered)
    const none = chosenProblems([form.typed['instruments'] ?? []].flat(), instruments)
    const problems = [...none, ...form.problems, ...late(form, found, at)]
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<AskByLink {...found.shown} {...{ ...form, problems }} id={idIn(form)} />)
    const { id, days, handing } = form.value
    const expiresAt = at.add({ hours: 24 * Number(days) })
    const whom = { area, person: person.id }
    const isNew = await saveAsking(db, {
      ...{ ...whom, id, askedFor: found.episode, instruments, at, expiresAt, by: actor.membership },
    })
    const sends = handing !== 'staff' && found.contact !== undefined
    await request.act('questionnaires.asked', { ...whom, subject: id, codes: { instruments, sends } })
    const link = { purpose: askingPurpose, subject: id, expiresAt }
    if (sends && found.contact) {
      if (isNew) await send(request, found, { ...found.contact, link, about: id, origin })
      const later = laterOn(found) || `: the message ${await findGoing(db, area, at)}`
      request.flash(`They are asked to answer${later}. You see the answers here once they have sent them.`)
      return reply.redirect(`/people/${person.id}/questionnaires/links`, 303)
    }
    const given = await issueLink(db, { ...whom, ...link, allowedBy: 'asked-for', by: actor.membership, now: at })
    const until = longDay(dayOf(expiresAt))
    return reply.page(<LinkToPassOn {...found.shown} link={`${origin}${given}`} until={until} />)
  })
}

/** What is wrong where nothing was chosen, or something that is not asked any more since the page was opened. */
function chosenProblems(chosen: readonly string[], asked: readonly string[]): Problem[] {
  const gone = chosen.filter((code) => !asked.includes(code))
  if (gone.length > 0)
    return [{ field: 'instruments', message: `Choose again: not asked any more: ${gone.map(labelOf).join(', ')}` }]
  return asked.length > 0 ? [] : [{ field: 'instruments', message: 'Select what they are asked' }]
}

/** What is wrong where no message can go any more, or could only go once the link has run out. */
function late(form: Readonly<{ typed: FormState['typed'] }>, { enough, contact }: Found, now: Temporal.Instant) {
  const { days, handing } = form.typed
  if (handing === 'message' && contact === undefined) return [{ field: 'handing', message: cannotGoNow }]
  const isSent = contact !== undefined && handing !== 'staff'
  const isTooLate = isSent && enough && Temporal.Instant.compare(now.add({ hours: 24 * Number(days) }), enough) <= 0
  return isTooLate ? [{ field: 'days', message: tooLate(enough) }] : []
}

const laterOn = ({ enough }: Readonly<{ enough: Temporal.Instant | undefined }>): string =>
  enough ? `: the message goes ${mayGoFrom(enough)}` : ''

type Sending = NonNullable<Found['contact']> &
  Readonly<{
    about: string
    origin: string
    link: Readonly<{ purpose: string; subject: string; expiresAt: Temporal.Instant }>
  }>

/** Sends the link in the words of the area and the language of the person, while they agree to be contacted. */
async function send({ db, area, now }: Asking, found: Found, { id, to, link, about, origin }: Sending): Promise<void> {
  const phone = (await findArea(db, area))?.phone ?? null
  const facts = { link: `${origin}${linkMark}`, day: dayOf(link.expiresAt), phone }
  const words = await findWords(db, { area, template: askedTemplate, format: to.channel, reader: found.reader, facts })
  const message = { ...words, ...to, kind: askedKind, about, notAfter: link.expiresAt, link }
  await sendMessage(db, { ...message, area, person: found.shown.person.id, now, allowedBy: id })
}

function withdrawalRoute(app: App): void {
  app.post('/people/:person/questionnaires/links/:asking/withdrawal', asking, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const found = await around(request, params.person)
    const one = found.shown.askings.find(({ id }) => id === params.asking)
    const kept = one && (await findAsking(db, area, one.id))
    if (!kept) throw new NotFound()
    await withdrawAsking(db, { area, id: kept.id, by: actor.membership, at: now })
    await withdrawLinks(db, { area, person: kept.person, subject: kept.id, now })
    await request.act('questionnaires.taken-back', { person: found.shown.person.id, subject: kept.id })
    request.flash('It was taken back. The link does not open any more, and what was not sent is deleted.')
    return reply.redirect(`/people/${found.shown.person.id}/questionnaires/links`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Found = Awaited<ReturnType<typeof around>>

async function around({ db, area, actor, now, today }: Asking, wanted: string) {
  const about = await findReaching(db, actor, wanted)
  const episode = about && (await findNewestEpisode(db, actor, about.id))
  if (!about || episode === undefined || !(await hasAgreedToTakePart(db, area, about.id))) throw new NotFound()
  const [enough, offered, askings, reading, answers] = await Promise.all([
    findEnoughUntil(db, { area, person: about.id, now }),
    listOffered(db, area, today),
    listAskings(db, area, about.id),
    findReading(db, area, { on: today, at: now, isAway: isAwayOn }),
    listPermissions(db, area, about.id),
  ])
  const agreed = answers.find((one) => one.switch === 'contact' && one.recipient === '' && one.given)
  const listed = await withGone(
    { db, area, now, today },
    askings,
    offered.map(({ code }) => code),
  )
  const address = addressFor(about.reaching)
  const contact =
    agreed && address && address.channel !== 'letter' && !about.closed
      ? { id: agreed.id, to: reached(address) }
      : undefined
  return {
    ...{ episode, contact, enough, reader: { language: about.language, accessNeeds: about.reaching.accessNeeds } },
    shown: {
      ...{
        person: { id: about.id, name: about.name },
        askings: listed,
        now,
        covered: reading.covered,
        usual: baseline,
        closed: about.closed,
      },
      offered: Object.fromEntries(offered.map(({ code, label }) => [code, { label }])),
      toldBy: contact && `${channelWords[contact.to.channel]} to ${contact.to.address}${laterOn({ enough })}`,
    },
  }
}

/** What was asked, each with what is no longer asked of it and how far they came with that. */
async function withGone(of: Omit<Asking, 'actor'>, askings: readonly Asked[], offered: readonly string[]) {
  const { db, area, now, today: on } = of
  const gone = askings.map((one) => noLongerOf(one, offered, now))
  const [known, given] = await Promise.all([
    listAskedBefore(db, { area, on }, [...new Set(gone.flat())]),
    listGiven(
      db,
      area,
      askings.filter((_, place) => gone[place]?.length).map(({ id }) => id),
    ),
  ])
  return askings.map((one, place) => {
    const items = (code: string) =>
      given.find(({ asking, instrument }) => asking === one.id && instrument === code)?.items
    const whole = known.filter(({ code }) => gone[place]?.includes(code))
    return { ...one, gone: whole.map((part) => ({ code: part.code, far: howFar(part, items(part.code) ?? {}) })) }
  })
}

// Only what is read on a phone carries a link.
function reached({ channel, address }: Readonly<{ channel: string; address: string }>) {
  return { channel: channel === 'email' ? ('email' as const) : ('text' as const), address }
}

function idIn({ typed }: Pick<FormState, 'typed'>): string {
  return [typed['id']].flat().at(-1) || newId()
}
