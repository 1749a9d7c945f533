import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { id, optionalChoice } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { cannotGoNow } from '#registers/online/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { hasAgreedToTakePart, listPermissions } from '#registers/permissions/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { reasonsNotToAgree } from '#journey/agreement/rules.ts'
import { listAgreements } from '#journey/agreement/store.ts'
import { channelWords } from '#journey/booking/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { contentOf, differences } from '#journey/plan/rules.ts'
import { findPlan } from '#journey/plan/store.ts'
import { findGoingTo, findReaching } from '#journey/reaching/store.ts'
import { CannotSendYet, PlanLinkHanded, SendPlan } from './pages.tsx'
import * as rules from './rules.ts'
import { findOfferedEpisode, listSent, saveOffer, seeAnswers, withdrawOffer } from './store.ts'

const edit = { who: careRoles, verb: 'edit' } as const
const fields = { id: id('Open this page again from the plan'), handing: optionalChoice(rules.handings) }

/** Sending a plan to the person to agree by themselves, taking it back, and reading what they answered. */
export async function planOfferRoutes(app: App): Promise<void> {
  formRoute(app)
  sendingRoute(app)
  withdrawalRoute(app)
  seeingRoute(app)
}

function formRoute(app: App): void {
  app.get('/episodes/:episode/plan/sending', { ...edit, reads: 'record' }, async (request, reply) => {
    const found = await around(request, request.params.episode)
    await request.read('plan.form', { person: found.episode.person, subject: found.episode.id })
    if (found.reasons.length > 0)
      return reply.code(422).page(<CannotSendYet {...found.about} reasons={found.reasons} />)
    return reply.page(<SendPlan {...blank} {...found.shown} id={newId()} />)
  })
}

function sendingRoute(app: App): void {
  const { origin } = app.settings
  app.post('/episodes/:episode/plan/sending', { ...edit, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form } = request
    const found = await around(request, request.params.episode)
    const { about, episode, reasons, to, contact, expiresAt } = found
    if (reasons.length > 0) return reply.code(422).page(<CannotSendYet {...about} reasons={reasons} />)
    if (!form.ok) return reply.code(422).page(<SendPlan {...form} {...found.shown} id={idIn(form.typed)} />)
    const { id: offer, handing } = form.value
    if (handing === 'message' && !(to && contact)) {
      const problems = [{ field: 'handing', message: cannotGoNow }]
      return reply.code(422).page(<SendPlan typed={form.typed} {...{ problems }} {...found.shown} id={offer} />)
    }
    const going = await findGoingTo(db, { area, person: episode.person, now })
    const message = handing === 'staff' || !contact ? undefined : to
    const told_by = message?.channel === 'text' || message?.channel === 'email' ? message.channel : 'staff'
    const by = { area, agreed_before: found.agreedBefore, offered_at: now, offered_by: actor.membership }
    const before = await saveOffer(db, { ...by, id: offer, episode: episode.id, told_by, expires_at: expiresAt })
    for (const subject of before ?? []) await withdrawLinks(db, { area, subject, purpose: rules.planLink, now })
    await request.act('plan.sent', { person: episode.person, subject: offer, codes: { told: told_by } })
    const link = { purpose: rules.planLink, subject: offer, expiresAt }
    if (message && contact) {
      if (before) {
        const words = await wordsOf(request, found, { channel: message.channel, link: `${origin}${linkMark}` })
        const going = { ...message, ...words, kind: rules.planKind, about: offer, notAfter: expiresAt, link, now }
        await sendMessage(db, { ...going, area, person: episode.person, allowedBy: contact.id })
      }
      request.flash(`It ${going}. You see their answer here, and on your day where they want to talk.`)
      return reply.redirect(about.address, 303)
    }
    const giving = { ...link, area, person: episode.person, by: actor.membership, now }
    const path = await issueLink(db, { ...giving, allowedBy: 'asked-for' })
    return reply.page(<PlanLinkHanded {...found.shown} link={`${origin}${path}`} />)
  })
}

function withdrawalRoute(app: App): void {
  app.post('/plan-offers/:sent/withdrawal', edit, async (request, reply) => {
    const { db, area, actor, now } = request
    const { episode, offer } = await offered(request)
    await withdrawOffer(db, { area, id: offer, at: now, by: actor.membership })
    await withdrawLinks(db, { area, subject: offer, purpose: rules.planLink, now })
    await request.act('plan.sending-taken-back', { person: episode.person, subject: offer })
    request.flash('It was taken back. The link does not open any more.')
    return reply.redirect(`/episodes/${episode.id}/plan`, 303)
  })
}

function seeingRoute(app: App): void {
  app.post('/plan-offers/:sent/seen', edit, async (request, reply) => {
    const { db, area, actor, now } = request
    const { episode, offer } = await offered(request)
    await seeAnswers(db, { area, id: offer, at: now, by: actor.membership })
    await request.act('plan.answer-read', { person: episode.person, subject: offer })
    request.flash('It does not stand on the day any more.')
    return reply.redirect(`/episodes/${episode.id}/plan`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function offered({
  db,
  area,
  actor,
  params,
}: Pick<Asking, 'db' | 'area' | 'actor'> & { params: { sent: string } }) {
  const wanted = await findOfferedEpisode(db, area, params.sent)
  const episode = wanted && (await findEpisode(db, actor, wanted, 'edit'))
  if (!episode) throw new NotFound()
  return { episode, offer: params.sent }
}

async function around({ db, area, actor, now }: Asking, wanted: string) {
  const episode = await findEpisode(db, actor, wanted, 'edit')
  const reached = episode && (await findReaching(db, actor, episode.person))
  if (!episode || !reached) throw new NotFound()
  const [{ plan, goals }, [newest], takesPart, said, sent] = await Promise.all([
    findPlan(db, area, episode.id),
    listAgreements(db, area, episode.id),
    hasAgreedToTakePart(db, area, episode.person),
    listPermissions(db, area, episode.person),
    listSent(db, { area, episode: episode.id, now }),
  ])
  const reasons = reasonsNotToAgree({ stage: episode.stage, takesPart, plan, goals, newest: newest?.content })
  const contact = said.find((one) => one.switch === 'contact' && one.recipient === '' && one.given)
  const to = contact && !reached.closed ? rules.messageAddress(reached.reaching) : undefined
  const expiresAt = now.add({ hours: 24 * 7 * rules.weeksOpen })
  const about = { person: calledName(episode), address: `/episodes/${episode.id}/plan` }
  const changes = plan ? differences(newest?.content, contentOf(plan, goals)) : []
  const toldBy = to && `${channelWords[to.channel]} to ${to.address}`
  const until = longDay(dayOf(expiresAt))
  const shown = {
    ...about,
    first: !newest,
    changes,
    toldBy,
    closed: reached.closed,
    until,
    again: sent.some(({ open }) => open),
  }
  return { episode, about, reasons, contact, to, expiresAt, shown, reached, agreedBefore: newest?.number ?? 0 }
}

type Found = Awaited<ReturnType<typeof around>>
type Going = Readonly<{ channel: 'text' | 'email' | 'letter'; link: string }>

async function wordsOf({ db, area, now }: Asking, { reached, expiresAt }: Found, { channel, link }: Going) {
  const [here, called] = await Promise.all([findArea(db, area), findCalling(db, area, dayOf(now))])
  const facts = { area: called, link, day: dayOf(expiresAt), phone: here?.phone ?? null }
  const reader = { language: reached.language, accessNeeds: reached.reaching.accessNeeds }
  return findWords(db, { area, template: rules.planTemplate, format: channel, reader, facts })
}

const idIn = ({ id: given }: Typed): string => [given].flat().at(-1) ?? newId()
