import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import * as field from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { issueLink, withdrawLinks } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { purposes } from '#journey/appointment/rules.ts'
import { channelWords, whyNotBooked } from '#journey/booking/rules.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { addressFor, allModes, linkPurpose, modes } from '#journey/invitation/rules.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { offeredTemplate } from '#journey/telling/rules.ts'
import { findWords } from '#registers/templates/store.ts'
import { listChoices } from '#journey/slots/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { findMeeting } from '#registers/meeting/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { OfferForm, OfferHanded } from './pages.tsx'
import * as rules from './rules.ts'
import { findOffer, listOffers, saveOffer, withdrawOffer } from './store.ts'

/** Letting people choose the times of their appointments themselves. */
export async function offerRoutes(app: App): Promise<void> {
  formRoute(app)
  offeringRoute(app)
  withdrawalRoute(app)
}

const offering = { who: careRoles, verb: 'edit' } as const

function formRoute(app: App): void {
  const path = '/episodes/:episode/offers/new'
  app.get(path, { ...offering, reads: 'record' }, async (request, reply) => {
    const found = await around(request, request.params.episode)
    await request.read('offer.form', { person: found.about.id, subject: found.shown.episode })
    const problems = found.why === undefined ? [] : [{ field: 'member', message: found.why }]
    return reply.page(<OfferForm {...found.shown} {...blank} problems={problems} id={newId()} />)
  })
}

const fields = {
  id: field.id('Open this page again from the record'),
  member: field.id('Choose who it is with'),
  purpose: field.choice(purposes, 'Select what it is for'),
  modes: field.choices(modes),
  days: field.choice(rules.openFor, 'Select how long they may choose'),
  handing: field.optionalChoice(rules.handings),
}

function offeringRoute(app: App): void {
  const { origin } = app.settings
  app.post('/episodes/:episode/offers', { ...offering, form: fields }, async (request, reply) => {
    const { db, area, actor, now, form, params } = request
    const found = await around(request, params.episode)
    const wrong = (state: FormState) =>
      reply.code(422).page(<OfferForm {...found.shown} {...state} id={idIn(state.typed)} />)
    if (!form.ok) return wrong(form)
    const { id, member, purpose, modes: ways, days, handing } = form.value
    const problems = await problemsWith(request, found, form.value)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const address = handing === 'staff' || found.about.closed ? undefined : found.address
    const expiresAt = now.add({ hours: 24 * Number(days) })
    const by = { area, episode: params.episode, offered_at: now, offered_by: actor.membership }
    const told = { told_by: address?.channel ?? 'staff', expires_at: expiresAt }
    const isNew = await saveOffer(db, { ...by, ...told, id, member, purpose, modes: ways })
    await request.act('offer.made', { person: found.about.id, subject: id, codes: { purpose, told: told.told_by } })
    const link = { purpose: linkPurpose, subject: id, expiresAt }
    if (address && address.channel !== 'letter') {
      const facts = { link: `${origin}${linkMark}`, day: dayOf(expiresAt), phone: found.phone }
      const reader = { language: found.about.language, accessNeeds: found.accessNeeds }
      const words = await findWords(db, { area, template: offeredTemplate, format: address.channel, reader, facts })
      const message = { ...words, kind: 'appointment.offered', about: id, notAfter: expiresAt, link }
      if (isNew)
        await sendMessage(db, {
          ...{ area, person: found.about.id, now, allowedBy: 'asked-for' },
          ...address,
          ...message,
        })
      request.flash('They are asked to choose a time. You see it here and on your day once they have.')
      return reply.redirect(`/episodes/${params.episode}/appointments`)
    }
    const path = await issueLink(db, {
      ...{ area, person: found.about.id, now, allowedBy: 'asked-for' },
      ...{ ...link, by: actor.membership },
    })
    const until = longDay(dayOf(expiresAt))
    return reply.page(<OfferHanded {...found.shown} link={`${origin}${path}`} until={until} />)
  })
}

function withdrawalRoute(app: App): void {
  app.post('/offers/:offer/withdrawal', offering, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const offer = await findOffer(db, area, params.offer)
    const episode = offer && (await findEpisode(db, actor, offer.episode, 'edit'))
    if (!offer || !episode) throw new NotFound()
    await withdrawOffer(db, { area, id: offer.id, by: actor.membership, at: now })
    await withdrawLinks(db, { area, person: episode.person, subject: offer.id, now })
    await request.act('offer.taken-back', { person: episode.person, subject: offer.id })
    request.flash('It was taken back. The link does not open any more.')
    return reply.redirect(`/episodes/${offer.episode}/offers/new`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>
type Found = Awaited<ReturnType<typeof around>>
type Given = Pick<{ [Name in keyof typeof fields]: (typeof fields)[Name]['_output'] }, 'member' | 'purpose' | 'modes'>

/** Why they cannot be let choose: not now, no way to meet, or nothing to choose from. */
async function problemsWith(request: Asking, found: Found, { member, purpose, modes: ways }: Given) {
  if (found.why !== undefined) return [{ field: 'member', message: found.why }]
  if (!(member in found.shown.members)) return [{ field: 'member', message: 'Choose who it is with from the list' }]
  if (ways.length === 0) return [{ field: 'modes', message: 'Select at least one way to meet' }]
  const free = await countFree(request, found, { member, purpose, modes: ways })
  const name = found.shown.members[member]?.label ?? 'They'
  const none = `${name} has no free time that fits within the next ${found.shown.days} days. Add hours for them, or choose somebody else or another way to meet`
  return free > 0 ? [] : [{ field: 'member', message: none }]
}

type Needing = Readonly<{ meeting: Found['meeting']; accessNeeds: readonly string[] }>

async function countFree({ db, area, now }: Asking, { meeting, accessNeeds }: Needing, given: Given): Promise<number> {
  const { member, purpose, modes: ways } = given
  const span = { from: now.add({ hours: meeting.soonestHours }), until: now.add({ hours: 24 * meeting.aheadDays }) }
  const wish = { purpose, accessNeeds, modes: ways }
  return (await listChoices(db, area, { ...span, member, wish, meeting })).times.length
}

async function around(request: Asking, wanted: string) {
  const { db, area, actor, now, today } = request
  const episode = await findEpisode(db, actor, wanted, 'edit')
  const about = episode && (await findReaching(db, actor, episode.person))
  if (!episode || !about) throw new NotFound()
  const [here, colleagues, meeting, offers] = await Promise.all([
    findArea(db, area),
    listMembers(db, area, today, actor.organisations),
    findMeeting(db, area, today),
    listOffers(db, area, wanted),
  ])
  const seen = colleagues.filter(({ role }) => isFor(careRoles, role))
  const members = Object.fromEntries(seen.map(({ id, name }) => [id, { label: name }]))
  const member = episode.coach !== null && episode.coach in members ? episode.coach : actor.membership
  const purpose = episode.assessed_at === null ? ('first' as const) : ('support' as const)
  const { accessNeeds } = about.reaching
  const free = await countFree(request, { meeting, accessNeeds }, { member, purpose, modes: allModes })
  const address = addressFor(about.reaching)
  const toldBy = address && `${channelWords[address.channel]} to ${address.address}`
  return {
    ...{ about, address, meeting, accessNeeds, phone: here?.phone ?? null, why: whyNotBooked(episode.stage) },
    shown: {
      ...{ episode: wanted, members, member, purpose, free, days: meeting.aheadDays, offers, now },
      person: {
        id: about.id,
        name: about.name,
        toldBy: address?.channel === 'letter' ? undefined : toldBy,
        closed: about.closed,
      },
    },
  }
}

const idIn = ({ id }: Typed): string => [id].flat()[0] || newId()
