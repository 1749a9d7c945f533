import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, text, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { deciders, type Holding, isMergedOn } from '#registers/likeness/rules.ts'
import { findPair, lookForPairs, saveDecision, undoDecision } from '#registers/likeness/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { Decided, OneSide, Sides } from './pages.tsx'
import { decidedBy, keepable, sayings } from './rules.ts'
import { findDecided, findSide, keepSaying, listDecided, listHoldersOf, listSides } from './store.ts'

type Merged = Readonly<{ area: string; kept: string; merged: string; by: string; at: Temporal.Instant }>

/** What later stages answer: what a record holds, and what follows when two become one. */
export type Questions = Readonly<{
  holdings(db: Db, actor: Actor, person: string): Promise<readonly Holding[]>
  afterMerge(db: Db, merged: Merged): Promise<void>
  afterUndo(db: Db, parted: Merged & Readonly<{ since: Temporal.Instant }>): Promise<void>
}>

const rule = { who: deciders, verb: 'edit' } as const
const saying = {
  id: id('Open this page again'),
  says: choice(sayings, 'Select whether it is one person'),
  reason: text('Say how you know', 500),
}

/** Records that look like one of another organisation: each side says for itself, and neither opens the other's. */
export function twoSidesRoutes(questions: Questions) {
  return async (app: App): Promise<void> => {
    app.get('/people/duplicates/elsewhere', { ...rule, reads: 'list' }, async (request, reply) => {
      const { db, actor, now } = request
      const [sides, decided] = await Promise.all([listSides(db, actor), listDecided(db, actor)])
      await request.read('two-sides.list', { codes: { shown: [...sides, ...decided].map(({ own }) => own) } })
      return reply.page(<Sides {...{ sides, decided, now }} />)
    })
    app.get('/people/duplicates/elsewhere/:pair', { ...rule, reads: 'record' }, async (request, reply) => {
      const side = await sideFor(request)
      await request.read('two-sides.pair', { person: side.own, subject: side.id })
      return reply.page(<OneSide {...blank} id={newId()} side={side} />)
    })
    app.post('/people/duplicates/elsewhere/:pair', { ...rule, form: saying }, async (request, reply) => {
      const { db, area, actor, form, now } = request
      const side = await sideFor(request)
      if (!form.ok) return reply.code(422).page(<OneSide {...form} id={newId()} side={side} />)
      const { says, reason } = form.value
      const said = { area, id: form.value.id, pair: side.id, person: side.own, says, reason }
      await keepSaying(db, { ...said, by: actor.membership, at: now })
      await request.act('two-sides.said', { person: side.own, subject: side.id, codes: { says }, vouchesFor: reason })
      const decided = decidedBy(says, side.otherSays ?? undefined)
      if (decided === 'waiting') {
        request.flash('Kept. When the other organisation says the same, the two records become one.')
        return reply.redirect('/people/duplicates/elsewhere')
      }
      const done = await decide({ db, actor, questions, now }, side, { same: decided === 'same', reason })
      if (done)
        await request.act('likeness.decided', { person: side.own, subject: side.id, codes: { decision: decided } })
      if (done)
        await request.act('likeness.decided', { person: side.other, subject: side.id, codes: { decision: decided } })
      request.flash(done ? outcomes[decided] : outcomes.later)
      return reply.redirect('/people/duplicates/elsewhere')
    })
    reversalRoutes(app, questions)
  }
}

/** Either side alone takes back what both decided: whoever learns that it was wrong must not have to wait. */
function reversalRoutes(app: App, questions: Questions): void {
  const address = '/people/duplicates/elsewhere/:pair/reversal'
  app.get(address, { ...rule, reads: 'record' }, async (request, reply) => {
    const side = await decidedFor(request)
    await request.read('two-sides.decided', { person: side.own, subject: side.id })
    return reply.page(<Decided side={side} now={request.now} />)
  })
  app.post(address, { ...rule, form: { version: version() } }, async (request, reply) => {
    const { db, actor, form, now } = request
    const side = await decidedFor(request)
    const done = await takeBack({ db, actor, questions, now }, side, form.ok ? form.value.version : 0)
    if (!done) return reply.code(409).page(<Decided side={await decidedFor(request)} now={now} refused />)
    const codes = { decision: side.decision }
    await request.act('likeness.undone', { person: side.own, subject: side.id, codes })
    await request.act('likeness.undone', { person: side.other, subject: side.id, codes })
    request.flash('The decision is taken back. Both organisations are asked again.')
    return reply.redirect('/people/duplicates/elsewhere')
  })
}

const outcomes = {
  same: 'Both of you say so: the two records are one now, and both organisations work with it.',
  different: 'They stay two records.',
  later: 'Kept. They cannot be made one before something is put right in one of the records, such as a restriction.',
}

type Side = NonNullable<Awaited<ReturnType<typeof findSide>>>
type Deciding = Readonly<{ db: Db; actor: Actor; questions: Questions; now: Temporal.Instant }>

/** Decides for both sides once they have spoken: only here are both records read, and nobody is shown the other. */
async function decide(
  { db, actor, questions, now }: Deciding,
  side: Side,
  { same, reason }: Readonly<{ same: boolean; reason: string }>,
): Promise<boolean> {
  const { area, membership: by } = actor
  const both = await bothSides(db, actor, side)
  const pair = await findPair(db, both, side.id)
  if (!pair) return false
  const candidate = async (person: string) => {
    const found = await findPerson(db, both, person)
    return found && { ...found, means: [], holdings: await questions.holdings(db, both, person) }
  }
  const [one, other] = await Promise.all([candidate(pair.person), candidate(pair.other)])
  const kept = same && one && other ? keepable(one, other) : undefined
  if (same && !kept) return false
  const saved = await saveDecision(db, area, { pair, seen: pair.version, kept: kept?.id ?? null, reason, by, at: now })
  if (saved && kept) {
    const merged = kept.id === pair.person ? pair.other : pair.person
    await questions.afterMerge(db, { area, kept: kept.id, merged, by, at: now })
  }
  return saved
}

async function bothSides(db: Db, actor: Actor, { own, other }: Pick<Side, 'own' | 'other'>): Promise<Actor> {
  return { ...actor, organisations: await listHoldersOf(db, actor.area, [own, other]) }
}

type DecidedSide = NonNullable<Awaited<ReturnType<typeof findDecided>>>

/** Makes two records of one again, or opens the question whether they are one; false where something came between. */
async function takeBack(
  { db, actor, questions, now: at }: Deciding,
  side: DecidedSide,
  seen: number,
): Promise<boolean> {
  const { area, membership: by } = actor
  const pair = await findPair(db, await bothSides(db, actor, side), side.id)
  if (!pair || isMergedOn(pair) || !(await undoDecision(db, area, { pair, seen, by, at }))) return false
  const merged = pair.kept === pair.person ? pair.other : pair.person
  const parted = { area, merged, since: pair.decided_at ?? at, by, at }
  if (pair.kept !== null) await questions.afterUndo(db, { ...parted, kept: pair.kept })
  await lookForPairs(db, { area, person: pair.person, at })
  return true
}

async function decidedFor({ db, actor, params }: Asking) {
  const side = await findDecided(db, actor, params.pair)
  if (!side) throw new NotFound()
  return side
}

type Asking = Readonly<{ db: Db; actor: Actor; params: Readonly<{ pair: string }> }>

async function sideFor({ db, actor, params }: Asking) {
  const side = await findSide(db, actor, params.pair)
  if (!side) throw new NotFound()
  return side
}
