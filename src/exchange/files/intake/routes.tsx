import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { listOpenable } from '#registers/search/store.ts'
import { stateOf } from '#exchange/files/batch/rules.ts'
import { countRows, countStages, countTakenBack, listLeftAlone, listRefused } from '#exchange/files/batch/store.ts'
import { emptyParcels, returnedRows } from '#exchange/files/parcel/import.ts'
import { bringers, faultsIn, inOrder, mayBringIn } from '#exchange/files/parcel/rules.ts'
import { findParcel, listSheets } from '#exchange/files/parcel/store.ts'
import { forgetTrials } from '#exchange/files/trial/import.ts'
import { standsStill } from '#exchange/files/trial/rules.ts'
import { findFailure, findTrial } from '#exchange/files/trial/store.ts'
import { beginTakingBack } from '#exchange/files/undoing/import.ts'
import { whyNotUndone, workCounted, workInWords } from '#exchange/files/undoing/rules.ts'
import { countBrought, listAllWorkedOn } from '#exchange/files/undoing/store.ts'
import { beginIntake, goOnTakingIn } from './import.ts'
import { BatchPage, type Stayed, Working } from './pages/batch.tsx'
import { BringIn } from './pages/list.tsx'
import { Undo } from './pages/undo.tsx'
import * as store from './store.ts'

const who = bringers
const onPage = 25

/** What was sent and brought in, bringing it in after its trial, what came of it, and taking it back. */
export async function intakeRoutes(app: App): Promise<void> {
  const query = { page: optionalWholeNumber(1, 10_000) }
  app.get('/imports', { who, verb: 'list', query }, async ({ db, actor, today, now, query: asked }, reply) => {
    const reader = await readerOf(db, actor, today)
    const page = asked.page ?? 1
    const [waiting, brought, count] = await Promise.all([
      store.listWaiting(db, actor),
      store.listBroughtIn(db, reader, { skip: (page - 1) * onPage, most: onPage }),
      store.countBroughtIn(db, reader),
    ])
    const closed = mayBringIn(actor, reader.receives) ? undefined : { receives: await nameOf(db, reader, today) }
    return reply.page(<BringIn {...{ waiting, brought, now, page, closed }} pages={Math.ceil(count / onPage)} />)
  })
  app.post('/imports/parcels/:parcel/removal', { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const parcel = await findParcel(db, actor, params.parcel)
    // What is being brought in is read to its end first.
    if (!parcel || (await store.findBatchOf(db, area, parcel.id))) throw new NotFound()
    await emptyParcels(db, area, [parcel.id], now)
    await forgetTrials(db, area, [parcel.id], now)
    await request.act('parcel.put-away', { subject: parcel.id })
    request.flash('Put away. What you sent is deleted.')
    return reply.redirect('/imports')
  })
  app.post('/imports/trials/:trial/batch', { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const trial = await findTrial(db, actor, params.trial)
    const { receives } = await readerOf(db, actor, today)
    if (!trial?.finished_at || trial.emptied_at || !mayBringIn(actor, receives)) throw new NotFound()
    const beginning = { area, parcel: trial.parcel, trial: trial.id, by: actor.membership, now }
    const batch = await beginIntake(db, beginning)
    if (batch === undefined) throw new NotFound()
    await request.act('batch.begun', { subject: batch, codes: { trial: trial.id } })
    return reply.redirect(`/imports/batches/${batch}`)
  })
  batchRoutes(app)
  undoRoutes(app)
}

function batchRoutes(app: App): void {
  const path = '/imports/batches/:batch'
  app.get(path, { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const batch = await batchAsked(db, actor, { today, asked: params.batch })
    const state = stateOf(batch)
    if (state === 'undoing' || (state === 'under-way' && batch.parcel)) {
      const stands = await standing(db, area, batch, now)
      return reply.page(<Working {...{ batch, now, stands }} {...await progressOf(db, area, batch)} />)
    }
    const sheets = inOrder(batch.kind, await sheetsOf(db, area, batch.id))
    const stages = batch.kind === 'episodes' ? await countStages(db, area, batch.id) : new Map()
    const back = state === 'undone' ? await backOf(db, actor, batch.id) : undefined
    const stayed = back?.stayed.map(({ person }) => person) ?? []
    await request.read('batch.opened', { subject: batch.id, codes: { shown: stayed.slice(0, 200) } })
    return reply.page(
      <BatchPage {...{ batch, sheets, stages, back }} kept={batch.parcel !== null && !batch.emptied_at} />,
    )
  })
  app.get(`${path}/:sheet/returned.csv`, { who, verb: 'edit', reads: 'list' }, async (request, reply) => {
    const { db, area, actor, today, params } = request
    const batch = await batchAsked(db, actor, { today, asked: params.batch })
    if (!batch.parcel || batch.emptied_at || !batch.finished_at) throw new NotFound()
    const of = { area, parcel: batch.parcel }
    const sheet = (await listSheets(db, of)).find((one) => one.sheet === params.sheet)
    if (!sheet) throw new NotFound()
    const refusals = await listRefused(db, { area, batch: batch.id, sheet: sheet.sheet })
    await request.read('batch.returned-downloaded', { subject: batch.id, codes: { rows: refusals.size } })
    const text = await returnedRows(db, { ...of, sheet: sheet.sheet, headings: sheet.headings, refusals })
    return reply.file(`${sheet.sheet}.returned.csv`, text, 'text/csv; charset=utf-8')
  })
  app.post(`${path}/continuation`, { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, today, params } = request
    const batch = await batchAsked(db, actor, { today, asked: params.batch })
    if (batch.parcel && !batch.finished_at) await goOnTakingIn(db, { area, parcel: batch.parcel }, batch.part ?? 0)
    await request.act('batch.continued', { subject: batch.id })
    return reply.redirect(`/imports/batches/${batch.id}`)
  })
}

function undoRoutes(app: App): void {
  const path = '/imports/batches/:batch/undoing'
  app.get(path, { who, verb: 'edit' }, async ({ db, area, actor, today, params }, reply) => {
    const batch = await batchAsked(db, actor, { today, asked: params.batch })
    const [people, stays] = await Promise.all([
      countBrought(db, area, batch.id),
      listAllWorkedOn(db, { area, batch: batch.id, from: batch.started_at }).then(workCounted),
    ])
    return reply.page(<Undo {...{ batch, people, stays }} refusal={whyNotUndone(stateOf(batch))} />)
  })
  app.post(path, { who, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const batch = await batchAsked(db, actor, { today, asked: params.batch })
    if (whyNotUndone(stateOf(batch)) === undefined) {
      await beginTakingBack(db, { area, batch: batch.id, by: actor, now })
      const payload = { area, batch: batch.id, by: actor.membership, done: 0 }
      await addJob(db, 'files.undo', payload, { key: `files.undo:${batch.id}` })
    }
    await request.act('batch.undoing', { subject: batch.id })
    return reply.redirect(`/imports/batches/${batch.id}`)
  })
}

async function readerOf(db: Db, actor: Actor, today: Temporal.PlainDate): Promise<store.Reader> {
  const { receivingOrganisation } = await findSettings(db, actor.area, today)
  return { actor, receives: receivingOrganisation }
}

async function nameOf(db: Db, { actor, receives }: store.Reader, today: Temporal.PlainDate) {
  const organisations = await listOrganisations(db, actor.area, today)
  return organisations.find(({ id }) => id === receives)?.name
}

type Asked = Readonly<{ today: Temporal.PlainDate; asked: string }>

async function batchAsked(db: Db, actor: Actor, { today, asked }: Asked): Promise<store.BroughtIn> {
  const batch = await store.findBroughtIn(db, await readerOf(db, actor, today), asked)
  if (!batch) throw new NotFound()
  return batch
}

async function sheetsOf(db: Db, area: string, batch: string) {
  const counted = await countRows(db, area, batch)
  return Promise.all(
    [...counted].map(async ([sheet, counts]) => ({
      ...{ ...counts, sheet },
      faults: faultsIn(await listRefused(db, { area, batch, sheet })),
    })),
  )
}

async function progressOf(db: Db, area: string, batch: store.BroughtIn) {
  if (stateOf(batch) === 'undoing') return { done: await countTakenBack(db, area, batch.id), of: batch.taken }
  return { done: batch.rows, of: batch.parcel ? await store.countSent(db, area, batch.parcel) : batch.rows }
}

/** Why a batch does not move while it is brought in or taken back, where it does not. */
async function standing(db: Db, area: string, batch: store.BroughtIn, now: Temporal.Instant) {
  const isUndone = stateOf(batch) === 'undoing'
  const moved = isUndone ? await store.findLastTakenBack(db, area, batch.id) : batch.moved_at
  const since = later(moved, (isUndone ? batch.undoing_at : null) ?? batch.started_at)
  const failure = await findFailure(db, area, isUndone ? { batch: batch.id } : { parcel: batch.parcel ?? '' })
  if (failure) return { ...failure, since }
  return standsStill(since, now) ? { reason: undefined, again: undefined, since } : undefined
}

function later(one: Temporal.Instant | null, other: Temporal.Instant): Temporal.Instant {
  return one && Temporal.Instant.compare(one, other) > 0 ? one : other
}

async function backOf(db: Db, actor: Actor, batch: string) {
  const [rows, left] = await Promise.all([countTakenBack(db, actor.area, batch), listLeftAlone(db, actor.area, batch)])
  const open = await listOpenable(
    db,
    actor,
    left.map(({ person }) => person),
  )
  const names = new Map(open.map((person) => [person.id, calledName(person)]))
  const stayed = left.map(({ person, reference, why, since }): Stayed => {
    const called = names.get(person) ?? reference ?? 'Somebody'
    return { person, called, href: names.has(person) ? `/people/${person}` : undefined, why: workInWords(why), since }
  })
  return { rows, stayed }
}
