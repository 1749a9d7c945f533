import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, day, id, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findArea } from '#registers/areas/store.ts'
import { listIdsOf } from '#registers/merged/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { AnswerCorrection, AnsweredCorrection, NewCorrection } from './pages/asked.tsx'
import { OwnCorrections } from './pages/own.tsx'
import { askedProblems, ownParts, parts, results, waysOfAsking } from './rules.ts'
import {
  findCorrection,
  findWayToTell,
  listOwnCorrections,
  saveCorrection,
  saveCorrectionAnswer,
  tellOfAnswer,
} from './store.ts'

const asking = {
  id: id('Open this page again from the record'),
  about: choice(parts, 'Select what it is about'),
  says: text('Enter what they say is wrong, in their words', 2000),
  how: choice(waysOfAsking, 'Select how they told us'),
  askedOn: day('Enter the day on which they told us'),
}
const answering = {
  result: choice(results, 'Select what came of it'),
  words: text('Enter what you corrected, or your reasons where something stays as it is', 2000),
}
const rule = { who: careRoles, verb: 'edit' } as const

/** Somebody says that something in their record is wrong: written down, answered, told them, and kept beside it. */
export async function rectificationRoutes(app: App): Promise<void> {
  askRoutes(app)
  answerRoutes(app)
  ownRoutes(app)
}

function askRoutes(app: App): void {
  const draft = 'correction'
  app.get('/people/:person/corrections/new', { ...rule, draft, reads: 'record' }, async (request, reply) => {
    const person = await findWhose(request, request.params.person)
    await request.read('rectification.form', { person: person.id })
    const state = { problems: request.form.ok ? [] : request.form.problems, typed: request.form.typed }
    return reply.page(<NewCorrection {...state} id={idIn(state.typed)} person={person} today={request.today} />)
  })
  app.post('/people/:person/corrections', { ...rule, draft, form: asking }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const person = await findWhose(request, request.params.person)
    const wrong = ({ typed, problems }: FormState) =>
      reply.code(422).page(<NewCorrection {...{ typed, problems, person, today }} id={idIn(typed)} />)
    if (!form.ok) return wrong(form)
    const { askedOn, ...asked } = form.value
    const problems = askedProblems(askedOn, today)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    const by = { recorded_by: actor.membership, recorded_at: now }
    await saveCorrection(db, { ...asked, ...by, area, person: person.id, asked_on: askedOn })
    const codes = { about: asked.about }
    await request.act('rectification.asked', { person: person.id, subject: asked.id, codes, vouchesFor: asked.says })
    request.flash('Saved. They have an answer within a month.')
    return reply.redirect(`/people/${person.id}/keeping`, 303)
  })
}

function answerRoutes(app: App): void {
  const draft = 'correction-answer'
  app.get('/corrections/:correction', { ...rule, draft, reads: 'record' }, async (request, reply) => {
    const shown = await findAsked(request, request.params.correction)
    await request.read('rectification.page', { person: shown.person.id, subject: shown.correction.id })
    const { result } = shown.correction
    if (result === null) return reply.page(<AnswerCorrection {...shown} {...blank} typed={request.form.typed} />)
    const found = await findArea(request.db, request.area)
    const from = { name: found?.name ?? '', phone: found?.phone ?? null, email: found?.email ?? null }
    const correction = { ...shown.correction, result }
    return reply.page(<AnsweredCorrection person={shown.person} correction={correction} area={from} />)
  })
  app.post('/corrections/:correction', { ...rule, draft, form: answering }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const shown = await findAsked(request, request.params.correction)
    const { person, correction } = shown
    if (!form.ok)
      return reply.code(422).page(<AnswerCorrection {...shown} typed={form.typed} problems={form.problems} />)
    const way = person.died ? undefined : await findWayToTell(db, actor, person.id)
    const given = { area, request: correction.id, by: actor.membership, at: now, ...form.value }
    const kept = await saveCorrectionAnswer(db, { ...given, told: way?.channel ?? null })
    if (kept && way) await tellOfAnswer(db, { area, person: person.id, way, origin: app.settings.origin, now })
    const { words, result } = form.value
    await request.act(kept ? 'rectification.answered' : 'rectification.answered-again', {
      ...{ person: person.id, subject: correction.id, codes: { result } },
      ...(kept ? { vouchesFor: words } : {}),
    })
    request.flash(kept ? answeredFlash(way !== undefined) : 'This was answered before. The answer stands below.')
    return reply.redirect(`/corrections/${correction.id}`, 303)
  })
}

const answeredFlash = (told: boolean): string =>
  told
    ? 'The answer is saved. A message tells them where to read it.'
    : 'The answer is saved. No message tells them: tell them yourself.'

const telling = {
  id: id('Open this page again'),
  about: choice(ownParts, 'Select what it is about'),
  says: text('Enter what is wrong, and what it should be', 2000),
}

/** Where a person says that something is wrong, and reads our answers. */
function ownRoutes(app: App): void {
  const own = { who: 'participant', draft: 'own-correction' } as const
  app.get('/my/corrections', { ...own, reads: 'record' }, async (request, reply) => {
    const { db, me, form } = request
    await request.read('rectification.own', { person: me.person })
    const corrections = await listOwnCorrections(db, me)
    return reply.page(<OwnCorrections {...blank} typed={form.typed} id={newId()} corrections={corrections} />)
  })
  app.post('/my/corrections', { ...own, form: telling }, async (request, reply) => {
    const { db, area, me, form, now, today } = request
    if (!form.ok) {
      const shown = { problems: form.problems, typed: form.typed, corrections: await listOwnCorrections(db, me) }
      return reply.code(422).page(<OwnCorrections {...shown} id={idIn(form.typed)} />)
    }
    const asked = { ...form.value, area, person: me.person, asked_on: today, how: 'space' as const }
    await saveCorrection(db, { ...asked, recorded_by: null, recorded_at: now })
    const { id: subject, about, says } = form.value
    await request.act('rectification.asked', { person: me.person, subject, codes: { about }, vouchesFor: says })
    request.flash('We have what you told us. Below you see by when we answer.')
    return reply.redirect('/my/corrections', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor }>

async function findWhose({ db, actor }: Asking, wanted: string) {
  const person = await findPerson(db, actor, wanted, 'edit')
  if (!person) throw new NotFound()
  return { id: person.id, name: calledName(person), died: person.died_on !== null }
}

async function findAsked(request: Asking, wanted: string) {
  const correction = await findCorrection(request.db, request.area, wanted)
  if (!correction) throw new NotFound()
  // A record that was merged since is the one it was merged into.
  const [kept = correction.person] = await listIdsOf(request.db, request.area, correction.person)
  return { correction, person: await findWhose(request, kept) }
}

function idIn(typed: Typed): string {
  const given = [typed['id']].flat()[0]
  return typeof given === 'string' && given !== '' ? given : newId()
}
