import { type Actor, careRoles, type Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, ids, optionalId, optionalText, text, tick } from '#platform/form/fields.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea, findSettings } from '#registers/areas/store.ts'
import { findService } from '#registers/directory/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { listPermissions } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { backOn, isAway } from '#journey/absence/rules.ts'
import { listAbsences } from '#journey/absence/store.ts'
import { findReaching } from '#journey/reaching/store.ts'
import { placeFrom } from '#journey/timeline/rules.ts'
import { OwnMessages } from './pages/own.tsx'
import { Conversation } from './pages/team.tsx'
import * as rules from './rules.ts'
import { isCoachShutOut } from '#journey/shut-out/store.ts'
import * as store from './store.ts'

const pageLength = 30
const writing = {
  id: id('Open this page again from the record'),
  seen: ids(),
  words: text('Write your message', rules.mostWords),
  asks: tick(),
}

/** What a person and their coach write to each other. */
export async function messageRoutes(app: App): Promise<void> {
  const reading = { who: careRoles, verb: 'open', reads: 'record', draft: 'message' } as const
  app.get('/people/:person/messages', { ...reading, query: { before: optionalText(80) } }, async (request, reply) => {
    const about = await aboutOf(request, request.params.person, 'open')
    const page = await pageOf(request, about, placeFrom(request.query.before))
    const shown = page.shown.map((one) => one.id)
    await request.read('message.list', { person: about.person.id, codes: { shown } })
    const unread = page.shown.filter((one) => one.fromPerson && one.way === 'space' && one.readAt === null)
    if (about.mayEdit) {
      const read = { area: request.area, by: request.actor.membership, at: request.now }
      await store.saveReadings(request.db, { ...read, messages: unread.map((one) => one.id) })
    }
    return reply.page(<Conversation {...page} {...request.form} id={newId()} />)
  })
  writingRoute(app)
  settlingRoute(app)
  withdrawalRoute(app)
  ownRoutes(app)
}

const editing = { who: careRoles, verb: 'edit' } as const

function writingRoute(app: App): void {
  app.post(
    '/people/:person/messages',
    { ...editing, draft: 'message', form: writing, resent: 'kept' },
    async (request, reply) => {
      const { db, area, actor, form, now } = request
      const about = await aboutOf(request, request.params.person, 'edit')
      const again = async (state: FormState) =>
        reply.code(422).page(<Conversation {...await pageOf(request, about, undefined)} {...state} id={newId()} />)
      if (!form.ok || about.reasons.length > 0 || !about.spell) return again(form)
      const { id, words, asks, seen } = form.value
      const { person, spell } = about
      const own = { area, person: person.id, by: actor.membership, at: now }
      const kept = await store.saveMessage(db, { ...own, id, episode: spell.episode, words, asks })
      const message = kept ?? id
      if (kept) {
        await store.settle(db, { ...own, items: seen, answer: message })
        await tell(app, request, about, { message, words })
      }
      await request.act('message.written', { person: person.id, subject: message, vouchesFor: words })
      request.flash('Sent. Until they have read it you can take it back.', `/messages/${message}/withdrawal`)
      return reply.redirect(`/people/${person.id}/messages`, 303)
    },
  )
}

function settlingRoute(app: App): void {
  const rule = { ...editing, form: { seen: ids() } } as const
  app.post('/people/:person/messages/settlement', rule, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const { person } = await aboutOf(request, request.params.person, 'edit')
    const items = form.ok ? form.value.seen : []
    await store.settle(db, { area, person: person.id, by: actor.membership, at: now, items, answer: null })
    await request.act('message.settled', { person: person.id, codes: { items } })
    request.flash('It is put aside. It does not stand on the day any more.')
    return reply.redirect(`/people/${person.id}/messages`, 303)
  })
}

function withdrawalRoute(app: App): void {
  app.post('/messages/:message/withdrawal', editing, async (request, reply) => {
    const { db, area, actor, now } = request
    const message = await store.findMessage(db, area, request.params.message)
    const person = message && (await findPerson(db, actor, message.person, 'edit'))
    if (!message || !person) throw new NotFound()
    if (!message.read) await store.withdrawMessage(db, { area, message: message.id, by: actor.membership, at: now })
    await request.act(message.read ? 'message.not-taken-back' : 'message.taken-back', {
      ...{ person: person.id, subject: message.id },
    })
    request.flash(
      message.read ? 'They have read it already, so it stays.' : 'It is taken back. They are not told of it.',
    )
    return reply.redirect(`/people/${person.id}/messages`, 303)
  })
}

const own = { who: 'participant' } as const
const sending = { id: id('Open this page again'), words: text('Write your message', rules.mostWords) }

/** What a person reads and writes in their own space. */
function ownRoutes(app: App): void {
  const reading = {
    ...own,
    reads: 'record',
    draft: 'own-message',
    query: { before: optionalText(80), about: optionalId() },
  } as const
  app.get('/my/messages', reading, async (request, reply) => {
    const { db, area, me, now } = request
    const page = await ownPage(request, placeFrom(request.query.before))
    const unread = page.shown.filter((one) => !one.fromPerson && one.readAt === null).map((one) => one.id)
    await store.saveReadings(db, { area, messages: unread, by: null, at: now })
    await request.read('message.own', { person: me.person, codes: { shown: page.shown.map((one) => one.id) } })
    const { about } = request.query
    const service = about === null ? undefined : await findService(db, area, about)
    const asks = service?.listing.staffOnly === false ? service.listing.name : undefined
    return reply.page(<OwnMessages {...page} {...request.form} id={newId()} asks={asks} />)
  })
  app.post('/my/messages', { ...own, draft: 'own-message', form: sending, resent: 'kept' }, async (request, reply) => {
    const { db, area, me, form, now } = request
    const spell = await store.findSpell(db, me)
    if (!form.ok || !spell || !rules.mayWriteToUs({ died: false, wantsContact: undefined, ...standsAt(spell) })) {
      return reply.code(422).page(<OwnMessages {...await ownPage(request, undefined)} {...form} id={newId()} />)
    }
    const { id, words } = form.value
    const facts = { id, episode: spell.episode, by: null, words, asks: false, at: now }
    const message = await store.saveMessage(db, { area, person: me.person, ...facts })
    await request.act('message.sent', { person: me.person, subject: message ?? id, vouchesFor: words })
    request.flash('Sent.')
    return reply.redirect('/my/messages', 303)
  })
  const choosing = { ...own, form: { shows: choice(rules.notices, 'Choose what it says') } } as const
  app.post('/my/messages/notice', choosing, async (request, reply) => {
    const { db, area, me, form, now } = request
    // One of the two is always chosen on the page; what is being written there must not be lost over it.
    if (!form.ok) {
      await request.act('message.preference-unsaid', { person: me.person })
      request.flash('Nothing was changed. Choose what it says.')
      return reply.redirect('/my/messages', 303)
    }
    const { shows } = form.value
    await store.savePreference(db, { area, person: me.person, shows, at: now })
    await request.act('message.preference', { person: me.person, codes: { shows } })
    request.flash('Saved.')
    return reply.redirect('/my/messages', 303)
  })
}

type Own = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant; today: Temporal.PlainDate }>

async function ownPage({ db, area, me, now, today }: Own, before: ReturnType<typeof placeFrom>) {
  const [people, spell, shows, settings, absences, shutOut] = await Promise.all([
    listIdsOf(db, area, me.person),
    store.findSpell(db, me),
    store.findPreference(db, me),
    findSettings(db, area, today),
    listAbsences(db, area, today),
    isCoachShutOut(db, me),
  ])
  const { shown, older } = await store.listConversation(db, { area, people, before, most: pageLength })
  const away = absences.find((one) => one.member === spell?.coach && isAway(one, today))
  const canWrite = rules.mayWriteToUs({ died: false, wantsContact: undefined, ...standsAt(spell) })
  const readBy = {
    ...{ coach: shutOut ? null : (spell?.coachName ?? ''), from: settings.officeFrom, until: settings.officeUntil },
    away: away && !shutOut ? { cover: away.coverName, backOn: backOn(away) } : undefined,
  }
  // What was taken back before it was read was never said.
  const standing = shown.filter(({ takenBackAt }) => takenBackAt === null)
  return { shown: standing, older, before, shows, now, readBy: canWrite ? readBy : undefined }
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>

/** Whose messages they are, with what decides whether anybody writes to them. */
async function aboutOf({ db, area, actor }: Asking, wanted: string, verb: 'open' | 'edit') {
  const person = await findPerson(db, actor, wanted, verb)
  if (!person) throw new NotFound()
  const [spell, answers, reaching, shows, closed] = await Promise.all([
    store.findSpell(db, { area, person: person.id }),
    listPermissions(db, area, person.id),
    findReaching(db, actor, person.id),
    store.findPreference(db, { area, person: person.id }),
    isClosed(db, area, person.id),
  ])
  const contact = answers.find((one) => one.switch === 'contact' && one.recipient === '')
  const wantsContact = contact?.given
  const decides = { died: person.died_on !== null, wantsContact, closed, ...standsAt(spell) }
  const reasons = rules.reasonsNotToWrite(decides)
  return {
    ...{ person: { id: person.id, name: calledName(person) }, mayEdit: person.mayEdit, spell, reasons, contact },
    notice: { shows, to: reaching && rules.noticeAddress({ ...reaching.reaching, wantsContact }) },
  }
}

const standsAt = (spell: Awaited<ReturnType<typeof store.findSpell>>) => ({ stage: spell?.stage, coach: spell?.coach })

type About = Awaited<ReturnType<typeof aboutOf>>

async function pageOf({ db, area, now }: Asking, about: About, before: ReturnType<typeof placeFrom>) {
  const { person, mayEdit, reasons, notice, spell } = about
  const people = await listIdsOf(db, area, person.id)
  const told = await store.listConversation(db, { area, people, before, most: pageLength })
  const waits = rules.waitsInWords(standsAt(spell))
  return { person, mayEdit, reasons, notice, coachName: spell?.coachName ?? null, waits, ...told, before, now }
}

/** Lets the person know that there is a message, in the words they chose, by a way that is safe. */
async function tell(
  { settings }: App,
  { db, area, actor, now }: Asking,
  { person, notice: { shows, to }, contact }: About,
  { message, words }: Readonly<{ message: string; words: string }>,
): Promise<void> {
  const of = { area, person: person.id }
  if (!to || !contact || (shows === 'notice' && (await store.isNoticeWaiting(db, of)))) return
  const phone = (await findArea(db, area))?.phone ?? null
  const facts = { ...rules.noticeFacts({ words, coach: actor.name, space: `${settings.origin}/my` }), phone }
  const reader = await findReader(db, area, person.id)
  const said = await findWords(db, { area, template: rules.noticeTemplates[shows], format: to.channel, reader, facts })
  await sendMessage(db, {
    ...{ ...of, kind: rules.noticeKinds[shows], about: message, ...to, ...said, allowedBy: contact.id },
    ...{ now, notBefore: now.add({ minutes: rules.noticeAfterMinutes }) },
  })
}
