import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { again } from '#platform/form/again.ts'
import { choice, codes, id, optionalChoice, optionalText, tick, type ValueOf, version } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findArea, findGoing } from '#registers/areas/store.ts'
import { noLinkSent } from '#registers/online/rules.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { versionsRead } from '#registers/wording/rules.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { channelWords } from '#journey/booking/rules.ts'
import { isOpen, mayFollow, showings, teamWithdrawals, yesOrNo } from '#journey/onward/rules.ts'
import { findOnward, type Onward, recordEvent } from '#journey/onward/store.ts'
import { findWhyNotNow } from '#journey/onward-draft/store.ts'
import { agreedParts } from '#journey/packet/rules.ts'
import { findGoingTo, findReaching } from '#journey/reaching/store.ts'
import { ShowOnward, WithdrawOnward } from './pages.tsx'
import * as rules from './rules.ts'
import { agreeToOnward, closeLinks, refuseOnward, withdrawOnward } from './store.ts'

const edit = { who: careRoles, verb: 'edit' } as const
const reading = { ...edit, reads: 'record' } as const

/** Showing somebody what would be sent, keeping what they say, and sending or taking back. */
export async function onwardSendingRoutes(app: App): Promise<void> {
  showingRoutes(app)
  withdrawalRoutes(app)
}

const showing = {
  id: id('Open this page again'),
  how: choice(showings, 'Select how you show it'),
  answer: optionalChoice(yesOrNo),
  leftOut: codes(),
  health: tick(),
  note: optionalText(500),
  version: version(),
  words: optionalText(200),
}

function showingRoutes(app: App): void {
  app.get('/onward/:onward/showing', reading, async (request, reply) => {
    const found = await toShow(request, request.params.onward)
    await request.read('onward.form', { person: found.onward.person, subject: found.onward.id })
    return reply.page(<ShowOnward {...found} {...again(blank)} />)
  })
  app.post('/onward/:onward/showing', { ...edit, form: showing }, async (request, reply) => {
    const { form } = request
    const { onward } = await ofTheirs(request, request.params.onward)
    const back = `/onward/${onward.id}`
    if (form.ok && onward.events.some(({ id: known }) => known === shownId(form.value.id))) {
      await request.act('onward.shown-again', { person: onward.person, subject: onward.id })
      return reply.redirect(back, 303)
    }
    const found = await toShow(request, request.params.onward)
    const whyNot = await findWhyNotNow(request.db, request.area, onward.service, request.now)
    const problems = form.ok ? problemsWithShowing(form.value, { ...found, whyNot }) : form.problems
    const again422 = { ...found, ...again({ typed: form.typed, problems }) }
    if (!form.ok || problems.length > 0) return reply.code(422).page(<ShowOnward {...again422} />)
    if (form.value.version !== onward.version) return reply.code(409).page(<ShowOnward {...again422} />)
    const { how, answer, note } = form.value
    const { db, area, now } = request
    const going =
      how === 'message' ? await findGoingTo(db, { area, person: onward.person, now }) : await findGoing(db, area, now)
    await keepShowing(app, request, { found, said: form.value })
    const vouchesFor = note === null ? {} : { vouchesFor: note }
    const codes = { how, answer }
    await request.act('onward.shown', { person: onward.person, subject: onward.id, codes, ...vouchesFor })
    request.flash(
      how === 'message' ? `It ${going}. Their answer stands here and on your day.` : after(answer, onward, going),
    )
    return reply.redirect(back, 303)
  })
}

type Saying = Readonly<{ found: Found; said: ValueOf<typeof showing> }>

/** Keeps that it was shown, and what they said: on a yes it is sent at once. */
async function keepShowing(app: App, request: Asking, { found, said }: Saying): Promise<void> {
  const { db, area, actor, now } = request
  const { onward } = found
  const { id: form, how, answer, note } = said
  const by = actor.membership
  const shown = { area, referral: onward.id, how, by, at: now } as const
  await recordEvent(db, { ...shown, id: shownId(form), kind: 'shown', witness: 'team' })
  if (how === 'message') return askThem(app, request, found)
  if (answer === 'no') {
    await refuseOnward(db, { area, id: form, onward, how, note, by, now })
    return
  }
  const parts = agreedParts(onward.parts, said)
  const wordingVersion = versionsRead(said.words, found.words).onward ?? 'none-of-ours'
  await agreeToOnward(db, {
    area,
    now,
    ...rules.writtenFrom(app.settings, area),
    id: form,
    onward,
    parts,
    how,
    note,
    wordingVersion,
    by,
  })
}

// One form says both that it was shown and what they said: the second has its own id, and sent twice it is the same.
const shownId = (said: string) => `${said.slice(0, -1)}${(Number.parseInt(said.slice(-1), 16) ^ 1).toString(16)}`

const after = (answer: string | null, { address }: Onward, going: string): string => {
  if (answer === 'no') return 'Nothing is sent.'
  return address === null
    ? 'They said yes. Write down when you have handed over.'
    : `It ${going}. Ring the service with the code.`
}

type Given = Readonly<{ how: keyof typeof showings; answer: 'yes' | 'no' | null }>

type Stands = Pick<Found, 'messageTo' | 'closed'> & Readonly<{ whyNot: string | undefined }>

function problemsWithShowing({ how, answer }: Given, { messageTo, closed, whyNot }: Stands): Problem[] {
  if (whyNot && (how === 'message' || answer === 'yes'))
    return [{ field: 'how', message: `${whyNot}, and withdraw this` }]
  if (how === 'message')
    return messageTo === undefined
      ? [
          {
            field: 'how',
            message: `${closed ? noLinkSent : 'There is no way to send them a message that is safe and wanted.'} Show it in person or by phone`,
          },
        ]
      : []
  return answer === null ? [{ field: 'answer', message: 'Select what they said' }] : []
}

const withdrawing = {
  id: id('Open this page again'),
  reason: choice(teamWithdrawals, 'Select why'),
  note: optionalText(500),
}

function withdrawalRoutes(app: App): void {
  app.get('/onward/:onward/withdrawal', reading, async (request, reply) => {
    const { onward, person } = await ofTheirs(request, request.params.onward)
    await request.read('onward.form', { person: onward.person, subject: onward.id })
    if (!isOpen(onward.state)) return reply.redirect(`/onward/${onward.id}`, 303)
    return reply.page(<WithdrawOnward {...{ onward, person }} {...again(blank)} isAsked={onward.askedAt !== null} />)
  })
  app.post('/onward/:onward/withdrawal', { ...edit, form: withdrawing }, async (request, reply) => {
    const { db, area, actor, now, form } = request
    const { onward, person } = await ofTheirs(request, request.params.onward)
    if (!form.ok)
      return reply
        .code(422)
        .page(<WithdrawOnward {...{ onward, person }} {...again(form)} isAsked={onward.askedAt !== null} />)
    const { id: said, reason, note } = form.value
    const kept = await withdrawOnward(db, {
      area,
      id: said,
      onward,
      reason,
      note,
      witness: 'team',
      by: actor.membership,
      now,
    })
    const vouchesFor = note === null ? {} : { vouchesFor: note }
    await request.act('onward.withdrawn', {
      person: onward.person,
      subject: onward.id,
      codes: { reason, kept },
      ...vouchesFor,
    })
    request.flash(
      kept === 'not-now' ? 'It had ended already: see below' : 'Withdrawn. Nothing more goes to the service.',
    )
    return reply.redirect(`/onward/${onward.id}`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function ofTheirs({ db, actor }: Asking, wanted: string) {
  const onward = await findOnward(db, actor, wanted, 'edit')
  const reached = onward && (await findReaching(db, actor, onward.person))
  if (!onward || !reached) throw new NotFound()
  return { onward, reached, person: { id: reached.id, name: reached.name } }
}

type Found = Awaited<ReturnType<typeof toShow>>

/** One that can be shown now, with how a message would reach its person. */
async function toShow(asking: Asking, wanted: string) {
  const found = await ofTheirs(asking, wanted)
  if (found.onward.kind === 'signpost' || !mayFollow('shown', found.onward.state)) throw new NotFound()
  const said = await listPermissions(asking.db, asking.area, found.onward.person)
  const contact = said.find((one) => one.switch === 'contact' && one.recipient === '' && one.given)
  const { closed } = found.reached
  const to = contact && !closed ? rules.shownTo(found.reached.reaching) : undefined
  const words = await findWordings(asking, ['onward'])
  return { ...found, words, contact, to, closed, messageTo: to && `${channelWords[to.channel]} to ${to.address}` }
}

/** Writes to somebody that there is something to read and answer; the one before stops. */
async function askThem({ settings }: App, { db, area, now }: Asking, { onward, reached, contact, to }: Found) {
  if (!contact || !to) return
  const expiresAt = now.add({ hours: 24 * rules.ownLinkDays })
  const [here, called] = await Promise.all([findArea(db, area), findCalling(db, area, dayOf(now))])
  const facts = {
    area: called,
    link: `${settings.origin}${linkMark}`,
    day: dayOf(expiresAt),
    phone: here?.phone ?? null,
  }
  const reader = { language: reached.language, accessNeeds: reached.reaching.accessNeeds }
  const words = await findWords(db, { area, template: rules.shownTemplate, format: to.channel, reader, facts })
  await closeLinks(db, { area, subject: onward.id, now })
  await sendMessage(db, {
    ...{ ...to, ...words, area, person: onward.person, kind: rules.shownKind, about: onward.id, notAfter: expiresAt },
    ...{ allowedBy: contact.id, link: { purpose: rules.ownLink, subject: onward.id, expiresAt }, now },
  })
}
