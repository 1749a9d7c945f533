import type { Db } from '#platform/database/transaction.ts'
import { holdBatch, markReached } from '#exchange/files/batch/import.ts'
import { findBatch } from '#exchange/files/batch/store.ts'
import { type Decided, decideLines, type Ground, type KeptLine, tiesOf } from '#exchange/files/cases/group/import.ts'
import { saveLines } from '#exchange/files/cases/lines/import.ts'
import { listNextLines } from '#exchange/files/cases/lines/store.ts'
import type { SheetName } from '#exchange/files/cases/sheets/rules.ts'
import { takeLines } from '#exchange/files/cases/taking/import.ts'

const groupSize = 200

type Row = Readonly<{ number: number; cells: readonly string[] }>

/** Keeps some rows of a file of cases, with what ties them to those of others. */
export async function keepRows(
  db: Db,
  ground: Ground,
  batch: string,
  of: Readonly<{ sheet: SheetName; rows: readonly Row[] }>,
) {
  const lines = of.rows.map(({ number, cells }) => ({ number, cells, ...tiesOf(ground, of.sheet, cells) }))
  await saveLines(db, { area: ground.area, batch }, of.sheet, lines)
}

/** Deals with the next rows that belong together, or says what would come of them; undefined when there are no more. */
export async function dealWithGroup(
  db: Db,
  ground: Ground,
  batch: string,
  { dryRun }: Readonly<{ dryRun: boolean }>,
): Promise<Decided | undefined> {
  const of = { area: ground.area, batch }
  await holdBatch(db, of)
  const found = await findBatch(db, ground.area, batch)
  const { lines, last } = await listNextLines(db, of, found?.reached ?? null, groupSize)
  if (last === undefined) return undefined
  // Checked: lines are kept under the names of these files.
  const kept = lines as readonly KeptLine[]
  const decided = dryRun ? await decideLines(db, ground, kept) : await takeLines(db, ground, batch, kept)
  await markReached(db, of, last)
  return decided
}
