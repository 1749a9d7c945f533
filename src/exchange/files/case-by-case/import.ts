import type { Db } from '#platform/database/transaction.ts'
import { JobProblem } from '#platform/jobs/rules.ts'
import { type Dealt, holdBatch, markRead } from '#exchange/files/batch/import.ts'
import { findBatch } from '#exchange/files/batch/store.ts'
import { findGround, type Ground } from '#exchange/files/cases/group/import.ts'
import { saveSheet, tieLines } from '#exchange/files/cases/lines/import.ts'
import { type SheetName, sheetNames } from '#exchange/files/cases/sheets/rules.ts'
import { dealWithGroup, keepRows } from '#exchange/files/cases/step/import.ts'
import type { Chosen } from '#exchange/files/columns/rules.ts'
import { partAt, type Sheet } from '#exchange/files/parcel/rules.ts'
import { findLines } from '#exchange/files/parcel/store.ts'

/** What is done at one time with the cases of a parcel: the next part of its files, or the next people. */
export type Step = Pick<Ground, 'area' | 'source' | 'now' | 'by'> &
  Readonly<{
    parcel: string
    /** Under which the lines are kept until all is over. */
    batch: string
    sheets: readonly Sheet[]
    chosen: ReadonlyMap<string, Chosen<string>>
    part: number
    /** Says what would come of the rows, and takes nothing. */
    dryRun: boolean
  }>

/**
 * Keeps the next part of the files, since rows of one build on those of another; once all are kept, deals with the next
 * people. Gives the rows that were dealt with; undefined when nobody is left.
 */
export async function stepThroughCases(db: Db, step: Step): Promise<readonly Dealt[] | undefined> {
  const { area, batch, sheets, part } = step
  const ground = await groundOfCases(db, step)
  const at = partAt(sheets, part)
  if (!at) return (await dealWithGroup(db, ground, batch, step))?.dealt
  await holdBatch(db, { area, batch })
  const found = await findBatch(db, area, batch)
  // The same files were kept before, by a run that broke off.
  if (found && found.lines !== null) return []
  await keepPart(db, ground, step, at)
  if (partAt(sheets, part + 1)) return []
  await tieLines(db, { area, batch })
  await markRead(
    db,
    { area, batch },
    sheets.reduce((all, { rows }) => all + rows, 0),
  )
  return []
}

async function groundOfCases(db: Db, { area, source, now, by, sheets, chosen }: Step): Promise<Ground> {
  const named = sheets.flatMap(({ sheet, headings }) => {
    const name = nameOf(sheet)
    return name ? [[name, headings] as const] : []
  })
  return findGround(db, { area, source, now, by, headings: new Map(named), chosen })
}

function nameOf(sheet: string): SheetName | undefined {
  return sheetNames.find((name) => name === sheet)
}

type At = Readonly<{ sheet: string; part: number }>

async function keepPart(db: Db, ground: Ground, { area, parcel, batch, sheets }: Step, { sheet, part }: At) {
  const rows = await findLines(db, { area, parcel, sheet, part })
  const name = nameOf(sheet)
  const found = sheets.find((one) => one.sheet === sheet)
  if (!rows || !name || !found) throw new JobProblem('The rows of the files were deleted. Send the files again.')
  if (part === 0) await saveSheet(db, { area, batch }, { sheet, name: found.name, headings: found.headings })
  await keepRows(db, ground, batch, { sheet: name, rows })
}
