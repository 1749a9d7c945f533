import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, id, optionalText, text, tick, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { findArea } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { isClosed } from '#registers/online/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { findEpisode } from '#journey/episode/store.ts'
import { findReach } from '#journey/reaching/store.ts'
import { EditMatter, NewMatter } from './pages/form.tsx'
import { MatterPage, Matters } from './pages/matters.tsx'
import {
  draftOf,
  isUndecided,
  matterProblems,
  onPage,
  tellingProblems,
  toldKind,
  toldTemplate,
  type WayToTell,
  waysToTell,
} from './rules.ts'
import * as store from './store.ts'

const address = '/episodes/:episode/matters'
const editing = { who: careRoles, verb: 'edit' } as const
const words = {
  ...{ asks: text('Enter what you ask the team', 500), urgent: tick(), whyUrgent: optionalText(200) },
  summary: text('Enter what the team needs to know for it', 2000),
}

/** What a coach puts to the team about somebody, and how the person is told and says no. */
export function matterRoutes(listCame: store.ListCame): (app: App) => Promise<void> {
  return async (app) => {
    listRoute(app, listCame)
    newRoutes(app)
    oneRoute(app, listCame)
    wordsRoutes(app, listCame)
    tellingRoute(app, listCame)
    objectionRoutes(app, listCame)
    withdrawalRoute(app, listCame)
  }
}

function listRoute(app: App, listCame: store.ListCame): void {
  app.get(address, { ...editing, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { whose, episode, ...found } = await around(request, 'open', listCame)
    await request.read('matter.list', { person: whose.person.id, subject: whose.episode })
    return reply.page(<Matters {...whose} {...found} isOpen={episode.ended_at === null} now={request.now} />)
  })
  app.post(`${address}/seen`, editing, async (request, reply) => {
    const { db, area, actor, now: at } = request
    const { whose } = await around(request, 'edit', listCame)
    await store.seeObjections(db, { area, episode: whose.episode, by: actor.membership, at })
    await request.act('matter.objection-read', { person: whose.person.id, subject: whose.episode })
    return reply.redirect(`/episodes/${whose.episode}/matters`, 303)
  })
}

function newRoutes(app: App): void {
  const rule = { ...editing, draft: 'matter' } as const
  app.get(`${address}/new`, { ...rule, reads: 'record' }, async (request, reply) => {
    const { db, area } = request
    const { whose, episode } = await openOne(request)
    await request.read('matter.form', { person: whose.person.id, subject: whose.episode })
    const draft = draftOf(await store.findFacts(db, area, episode.id))
    return reply.page(<NewMatter {...whose} {...again(request.form)} draft={draft} />)
  })
  const form = { ...words, id: id('Open this page again'), told: choice(waysToTell, 'Select how they know') }
  app.post(address, { ...rule, form }, async (request, reply) => {
    const { db, area, actor, now: at, form } = request
    const { whose, episode } = await openOne(request)
    const reach = await findReach(request.db, { area: request.area, person: episode.person })
    const problems = form.ok
      ? [...matterProblems(form.value, episode), ...tellingProblems({ how: form.value.told, ...reach })]
      : form.problems
    if (!form.ok || problems.length > 0) {
      const draft = draftOf(await store.findFacts(db, area, episode.id))
      return reply.code(422).page(<NewMatter {...whose} {...again({ ...form, problems })} draft={draft} />)
    }
    const { id: matter, told, asks, summary, urgent, whyUrgent } = form.value
    const said = { asks, summary, urgent, why_urgent: urgent ? whyUrgent : null }
    const put = { area, id: matter, episode: episode.id, organisation: episode.provider, by: actor.membership, at }
    const isNew = await store.saveMatter(db, { ...put, ...said })
    if (isNew) await tell(app, request, { matter, person: episode.person, how: told, reach })
    const vouchesFor = `${asks}\n${summary}`
    await request.act('matter.put', { person: episode.person, subject: matter, codes: { told, urgent }, vouchesFor })
    request.flash(told === 'later' ? 'It is kept. Tell them before the team sees it.' : 'It is put to the team.')
    return reply.redirect(`/episodes/${episode.id}/matters/${matter}`, 303)
  })
}

function oneRoute(app: App, listCame: store.ListCame): void {
  app.get(`${address}/:matter`, { ...editing, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { whose, matter, mayEdit } = await one(request, 'open', listCame)
    await request.read('matter.page', { person: whose.person.id, subject: matter.id })
    return reply.page(<MatterPage {...blank} {...whose} {...{ matter, mayEdit, now: request.now }} />)
  })
}

function wordsRoutes(app: App, listCame: store.ListCame): void {
  const path = `${address}/:matter/words` as const
  const rule = { ...editing, draft: 'matter-words' } as const
  app.get(path, { ...rule, reads: 'record' }, async (request, reply) => {
    const { whose, matter } = await undecided(request, listCame)
    await request.read('matter.form', { person: whose.person.id, subject: matter.id })
    return reply.page(<EditMatter {...request.form} {...whose} matter={matter} />)
  })
  app.post(path, { ...rule, form: { ...words, version: version() } }, async (request, reply) => {
    const { db, area, form } = request
    const { whose, matter, episode } = await undecided(request, listCame)
    const problems = form.ok ? matterProblems(form.value, episode) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<EditMatter {...whose} {...{ matter, problems }} typed={form.typed} />)
    const { version: seen, asks, summary, urgent, whyUrgent } = form.value
    const said = { asks, summary, urgent, why_urgent: urgent ? whyUrgent : null }
    if (!(await store.saveWords(db, { area, id: matter.id, seen, ...said })))
      return reply.code(409).page(<EditMatter {...form} {...whose} matter={matter} />)
    const about = { person: whose.person.id, subject: matter.id, codes: { urgent } }
    await request.act('matter.changed', { ...about, vouchesFor: `${asks}\n${summary}` })
    request.flash('Saved. If it says more than before, tell the person again.')
    return reply.redirect(`/episodes/${whose.episode}/matters/${matter.id}`, 303)
  })
}

function tellingRoute(app: App, listCame: store.ListCame): void {
  const form = { told: choice({ ...waysToTell, later: undefined }, 'Select how they know') }
  app.post(`${address}/:matter/telling`, { ...editing, form }, async (request, reply) => {
    const { form, now } = request
    const { whose, matter, episode } = await undecided(request, listCame)
    const reach = await findReach(request.db, { area: request.area, person: episode.person })
    const problems = form.ok ? tellingProblems({ how: form.value.told, ...reach }) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<MatterPage {...whose} {...{ ...form, matter, problems, now }} mayEdit />)
    const { told } = form.value
    await tell(app, request, { matter: matter.id, person: episode.person, how: told, reach })
    await request.act('matter.told', { person: episode.person, subject: matter.id, codes: { told } })
    request.flash('Saved.')
    return reply.redirect(onPage(whose, matter.id).to, 303)
  })
}

function objectionRoutes(app: App, listCame: store.ListCame): void {
  const form = { words: optionalText(500) }
  app.post(`${address}/:matter/objection`, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { whose, matter } = await one(request, 'edit', listCame)
    if (!form.ok) return reply.code(422).page(<MatterPage {...whose} {...form} {...{ matter, now: at }} mayEdit />)
    const said = form.value.words
    if (matter.objectedAt !== null && said === matter.objection)
      return alreadySaved(request, reply, onPage(whose, matter.id))
    if (!isUndecided(matter)) throw new NotFound()
    await store.saveObjection(db, { area, matter: matter.id, words: said, by: actor.membership, at })
    const vouched = said === null ? {} : { vouchesFor: said }
    await request.act('matter.objected', { person: whose.person.id, subject: matter.id, ...vouched })
    request.flash('It is off the queue. The team does not talk about it.')
    return reply.redirect(`/episodes/${whose.episode}/matters/${matter.id}`, 303)
  })
}

function withdrawalRoute(app: App, listCame: store.ListCame): void {
  const form = { why: text('Enter why the team does not need to talk about it', 300) }
  app.post(`${address}/:matter/withdrawal`, { ...editing, form }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { whose, matter } = await one(request, 'edit', listCame)
    if (!form.ok) return reply.code(422).page(<MatterPage {...whose} {...form} {...{ matter, now: at }} mayEdit />)
    const { why } = form.value
    if (matter.withdrawnWhy === why) return alreadySaved(request, reply, onPage(whose, matter.id))
    if (!isUndecided(matter)) throw new NotFound()
    await store.withdrawMatter(db, { area, id: matter.id, why, by: actor.membership, at })
    await request.act('matter.taken-back', { person: whose.person.id, subject: matter.id, vouchesFor: why })
    request.flash('It is taken back.')
    return reply.redirect(`/episodes/${whose.episode}/matters`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant }>
type Visit = Asking & Readonly<{ params: Readonly<{ episode: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit', listCame: store.ListCame) {
  const episode = await findEpisode(db, actor, params.episode, verb)
  if (!episode) throw new NotFound()
  const found = await store.listMatters(db, area, episode.id)
  const ids = found.map((matter) => matter.id)
  const came = await listCame(db, area, ids)
  const closed = await isClosed(db, area, episode.person)
  const whose = { episode: episode.id, person: { id: episode.person, name: calledName(episode) }, closed }
  const matters = found.map((matter) => ({ ...matter, came: came.get(matter.id) ?? [] }))
  return { whose, episode, matters, mayEdit: episode.mayEdit }
}

/** Somebody who is supported now: nothing is put to the team about anybody else. */
async function openOne({ db, area, actor, params }: Visit) {
  const episode = await findEpisode(db, actor, params.episode, 'edit')
  if (episode?.ended_at !== null) throw new NotFound()
  const closed = await isClosed(db, area, episode.person)
  return { episode, whose: { episode: episode.id, person: { id: episode.person, name: calledName(episode) }, closed } }
}

type OfMatter = Visit & Readonly<{ params: Readonly<{ matter: string }> }>

async function one(visit: OfMatter, verb: 'open' | 'edit', listCame: store.ListCame) {
  const { matters, ...rest } = await around(visit, verb, listCame)
  const matter = matters.find((found) => found.id === visit.params.matter)
  if (!matter) throw new NotFound()
  return { ...rest, matter }
}

/** A matter that may still be changed: it stands, and the team has not decided. */
async function undecided(visit: OfMatter, listCame: store.ListCame) {
  const found = await one(visit, 'edit', listCame)
  if (isUndecided(found.matter)) return found
  throw new NotFound()
}

type Telling = Readonly<{
  matter: string
  person: string
  how: WayToTell
  reach: Awaited<ReturnType<typeof findReach>>
}>

/** Keeps that the person was told, and sends them word where that was chosen. */
async function tell({ settings }: App, { db, area, actor, now }: Asking, { matter, person, how, reach }: Telling) {
  if (how === 'later') return
  await store.saveTelling(db, { area, matter, how, by: actor.membership, at: now })
  const { address: to, contact, reader } = reach
  if (how !== 'sent' || !to || !contact) return
  const phone = (await findArea(db, area))?.phone ?? null
  const facts = { phone, space: to.channel === 'letter' ? null : `${settings.origin}/my/team` }
  const said = await findWords(db, { area, template: toldTemplate, format: to.channel, facts, reader })
  await sendMessage(db, { area, person, kind: toldKind, about: matter, ...to, ...said, allowedBy: contact.id, now })
}
