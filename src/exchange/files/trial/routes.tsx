import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { returnedRows } from '#exchange/files/parcel/import.ts'
import { boxOf, bringers, type Fault, faultsIn, inOrder } from '#exchange/files/parcel/rules.ts'
import { listSheets } from '#exchange/files/parcel/store.ts'
import { goOnTrying } from './import.ts'
import { TriedPage, Trying } from './pages.tsx'
import { standsStill, type Tried } from './rules.ts'
import { findFailure, findTrial, type FoundTrial, listChosen, listRefusals, listTried } from './store.ts'

const who = bringers

/** As which batch a parcel was brought in: a later stage knows. */
export type BatchOf = (db: Db, area: string, parcel: string) => Promise<string | undefined>

/** How far a trial has come, and what would come of every row. */
export const trialRoutes =
  (batchOf: BatchOf) =>
  async (app: App): Promise<void> => {
    app.get('/imports/trials/:trial', { who, verb: 'edit' }, async (request, reply) => {
      const { db, area, actor, now, params } = request
      const trial = await trialAsked(db, actor, params.trial)
      const files = inOrder(trial.kind, await listTried(db, { area, trial: trial.id }))
      if (!trial.finished_at)
        return reply.page(<Trying trial={trial.id} {...{ files, now }} stands={await standing(db, area, trial, now)} />)
      await request.read('parcel.trial-read', { subject: trial.id })
      const { faults, boxes } = await foundIn(db, area, trial, files)
      const batch = await batchOf(db, area, trial.parcel)
      const of = { kind: trial.kind, trial: trial.id, parcel: trial.parcel, emptied: trial.emptied_at !== null }
      return reply.page(<TriedPage {...{ ...of, files, faults, boxes, batch }} />)
    })
    app.post('/imports/trials/:trial/continuation', { who, verb: 'edit' }, async (request, reply) => {
      const trial = await trialAsked(request.db, request.actor, request.params.trial)
      if (!trial.finished_at) await goOnTrying(request.db, { area: request.area, trial: trial.id }, trial.part)
      await request.act('parcel.trial-continued', { subject: trial.id })
      return reply.redirect(`/imports/trials/${trial.id}`)
    })
    // Nothing is exported: an organisation gets rows back that it sent itself.
    const download = { who, verb: 'edit', reads: 'list' } as const
    app.get('/imports/trials/:trial/:sheet/returned.csv', download, async (request, reply) => {
      const { db, area, actor, params } = request
      const trial = await trialAsked(db, actor, params.trial)
      const sheets = await listSheets(db, { area, parcel: trial.parcel })
      const sheet = sheets.find((one) => one.sheet === params.sheet)
      if (!sheet || trial.emptied_at || !trial.finished_at) throw new NotFound()
      const refusals = await listRefusals(db, { area, trial: trial.id }, sheet.sheet)
      await request.read('parcel.returned-downloaded', { subject: trial.id, codes: { rows: refusals.size } })
      const of = { area, parcel: trial.parcel, sheet: sheet.sheet, headings: sheet.headings, refusals }
      return reply.file(`${sheet.sheet}.returned.csv`, await returnedRows(db, of), 'text/csv; charset=utf-8')
    })
  }

async function trialAsked(db: Db, actor: Actor, asked: string): Promise<FoundTrial> {
  const trial = await findTrial(db, actor, asked)
  if (!trial) throw new NotFound()
  return trial
}

/** Why a trial does not move, where it does not. */
async function standing(db: Db, area: string, trial: FoundTrial, now: Temporal.Instant) {
  const failure = await findFailure(db, area, { trial: trial.id })
  if (failure) return { ...failure, since: trial.moved_at }
  return standsStill(trial.moved_at, now) ? { reason: undefined, again: undefined, since: trial.moved_at } : undefined
}

async function foundIn(db: Db, area: string, trial: FoundTrial, files: readonly Tried[]) {
  const faults = new Map<string, readonly Fault[]>()
  const boxes: Record<string, string> = {}
  const chosen = await listChosen(db, { area, trial: trial.id })
  for (const { sheet } of files) {
    faults.set(sheet, faultsIn(await listRefusals(db, { area, trial: trial.id }, sheet)))
    for (const [place, key] of (chosen.get(sheet) ?? []).entries()) boxes[boxOf(sheet, place)] = key ?? ''
  }
  return { faults, boxes }
}
