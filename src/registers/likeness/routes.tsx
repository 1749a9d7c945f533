import { type Actor, careRoles, isFor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalId, text, version } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listMeans } from '#registers/means/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { OpenPairs, PairPage, PairsOf } from './pages/pairs.tsx'
import { decisionProblems, decisions, deciders, type Holding, isMergedOn, reasonsNotToMerge } from './rules.ts'
import {
  findPair,
  listOpenPairs,
  listPairsOf,
  lookForPairs,
  type Pair,
  proposePair,
  saveDecision,
  undoDecision,
} from './store.ts'

/** What a record holds: asked here, and answered by the stages that write to records. */
export type WhatItHolds = (db: Db, actor: Actor, person: string) => Promise<readonly Holding[]>

export type Merged = Readonly<{ area: string; kept: string; merged: string; by: string; at: Temporal.Instant }>

/** What follows elsewhere when two records become one, or become two again. */
export type AfterMerge = (db: Db, merged: Merged) => Promise<void>

/** Two records that were one from a moment on, and are two again. */
export type Parted = Merged & Readonly<{ since: Temporal.Instant }>

export type Questions = Readonly<{
  holdings: WhatItHolds
  afterMerge: AfterMerge
  afterUndo(db: Db, parted: Parted): Promise<void>
}>

const deciding = {
  decision: choice(decisions, 'Select whether they are one person'),
  kept: optionalId(),
  reason: text('Say how you know', 500),
  version: version(),
}
const reading = { who: careRoles, verb: 'open', reads: 'record' } as const
const changing = { who: deciders, verb: 'edit' } as const

/** Records that may be of one person: found, decided by somebody, and taken back. */
export function likenessRoutes(questions: Questions) {
  return async (app: App): Promise<void> => {
    app.get('/people/duplicates', { who: deciders, verb: 'list', reads: 'list' }, async (request, reply) => {
      const pairs = await listOpenPairs(request.db, request.actor)
      await request.read('likeness.list', { codes: { shown: pairs.flatMap(({ person, other }) => [person, other]) } })
      return reply.page(<OpenPairs pairs={pairs} />)
    })
    app.get('/people/:person/duplicates', reading, async (request, reply) => {
      const { db, actor, params } = request
      const person = await findPerson(db, actor, params.person)
      if (!person) throw new NotFound()
      const pairs = await listPairsOf(db, actor, person.id)
      await request.read('likeness.page', { person: person.id, codes: { shown: pairs.map(({ id }) => id) } })
      return reply.page(<PairsOf person={person} pairs={pairs} decides={isFor(deciders, actor.role)} />)
    })
    app.get('/people/:person/duplicates/:pair', reading, async (request, reply) => {
      const pair = await pairFor(request)
      await request.read('likeness.pair', { person: pair.person, subject: pair.id, codes: { other: pair.other } })
      return reply.page(<PairPage {...blank} {...await besides(request, pair, questions.holdings)} />)
    })
    proposingRoute(app)
    decisionRoutes(app, questions)
  }
}

/** Whoever works with two records that they find alike has them put side by side. */
function proposingRoute(app: App): void {
  const proposing = { who: careRoles, verb: 'edit', form: { other: id() } } as const
  app.post('/people/:person/duplicates', proposing, async (request, reply) => {
    const { db, area, actor, params, form, now } = request
    const [person, other] = await Promise.all([
      findPerson(db, actor, params.person, 'edit'),
      form.ok ? findPerson(db, actor, form.value.other) : undefined,
    ])
    if (!person || !other || person.id === other.id) throw new NotFound()
    const pair = await proposePair(db, { area, person: person.id, other: other.id, at: now })
    await request.act('likeness.proposed', { person: person.id, subject: pair, codes: { other: other.id } })
    return reply.redirect(`/people/${person.id}/duplicates/${pair}`)
  })
}

function decisionRoutes(app: App, { holdings, afterMerge, afterUndo }: Questions): void {
  const address = '/people/:person/duplicates/:pair'
  app.post(`${address}/decision`, { ...changing, form: deciding }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const pair = await pairFor(request)
    const shown = await besides(request, pair, holdings)
    const again = (state: FormState) => reply.code(422).page(<PairPage {...state} {...shown} />)
    if (!form.ok) return again(form)
    const { decision, reason, version: seen } = form.value
    const kept = decision === 'same' ? form.value.kept : null
    const [keeps, goes] = kept === shown.one.id ? [shown.one, shown.other] : [shown.other, shown.one]
    const missing = decisionProblems(decision, kept, [pair.person, pair.other])
    const problems = missing.length > 0 || kept === null ? missing : reasonsNotToMerge(keeps, goes)
    if (problems.length > 0) return again({ problems, typed: form.typed })
    if (!(await saveDecision(db, area, { pair, seen, kept, reason, by: actor.membership, at: now })))
      return reply.code(409).page(<PairPage {...form} {...await besides(request, await pairFor(request), holdings)} />)
    const merged = { area, kept: keeps.id, merged: goes.id, by: actor.membership, at: now }
    if (kept !== null) await afterMerge(db, merged)
    const codes = { decision, other: goes.id }
    await request.act('likeness.decided', { person: keeps.id, subject: pair.id, codes, vouchesFor: reason })
    await request.act('likeness.decided', { person: goes.id, subject: pair.id, codes: { decision, other: keeps.id } })
    request.flash(decision === 'same' ? 'The two records are one now' : 'They stay two records')
    return reply.redirect(`/people/${keeps.id}/duplicates/${pair.id}`)
  })
  app.post(`${address}/reversal`, { ...changing, form: { version: version() } }, async (request, reply) => {
    const { db, area, actor, form, now } = request
    const pair = await pairFor(request)
    const seen = form.ok ? form.value.version : 0
    const undone = !isMergedOn(pair) && (await undoDecision(db, area, { pair, seen, by: actor.membership, at: now }))
    if (!undone)
      return reply.code(409).page(<PairPage {...form} {...await besides(request, await pairFor(request), holdings)} />)
    const merged = pair.kept === pair.person ? pair.other : pair.person
    const parted = { area, merged, since: pair.decided_at ?? now, by: actor.membership, at: now }
    if (pair.kept !== null) await afterUndo(db, { ...parted, kept: pair.kept })
    await lookForPairs(db, { area, person: pair.person, at: now })
    await request.act('likeness.undone', { person: pair.person, subject: pair.id, codes: { other: pair.other } })
    await request.act('likeness.undone', { person: pair.other, subject: pair.id, codes: { other: pair.person } })
    request.flash('The decision is taken back')
    return reply.redirect(`/people/${pair.person}/duplicates`)
  })
}

type Asked = Readonly<{
  db: Db
  actor: Actor
  now: Temporal.Instant
  params: Readonly<{ person: string; pair: string }>
}>

async function pairFor({ db, actor, params }: Asked): Promise<Pair> {
  const pair = await findPair(db, actor, params.pair)
  if (!pair || ![pair.person, pair.other].includes(params.person)) throw new NotFound()
  return pair
}

async function besides({ db, actor, now }: Asked, pair: Pair, holdings: WhatItHolds) {
  const candidate = async (id: string) => {
    const person = await findPerson(db, actor, id)
    if (!person) throw new NotFound()
    return { ...person, holdings: await holdings(db, actor, id), means: await listMeans(db, actor.area, id) }
  }
  const [one, other] = await Promise.all([candidate(pair.person), candidate(pair.other)])
  return { pair, one, other, mayDecide: deciders.some((role) => role === actor.role), now }
}
