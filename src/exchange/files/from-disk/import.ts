import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { CommandProblem } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Bringing, Came } from '#exchange/files/batch/import.ts'
import type { Counts } from '#exchange/files/batch/rules.ts'
import { bringIn } from '#exchange/files/bringing/import.ts'
import { fileOn, writeReturned } from '#exchange/files/reading/import.ts'

type Importing = Omit<Bringing, 'name' | 'files' | 'by'>

/** A file of referrals that is to be brought into an area, and where the returned rows are written. */
export type ImportingFile = Importing & Readonly<{ file: string; refusedFile: string }>

/** Every row of the file, by what came of it. */
export type Reconciliation = Counts & Pick<Came, 'batch' | 'before'> & Readonly<{ unread: readonly string[] }>

/** Brings a file of referrals in that stands on this machine's disk, and writes the returned rows beside it. */
export async function importReferrals(databases: Databases, importing: ImportingFile): Promise<Reconciliation> {
  const { file, refusedFile, ...rest } = importing
  if (resolve(file) === resolve(refusedFile))
    throw new CommandProblem('The returned rows need a file of their own: name another with --refused.')
  const bringing = { ...rest, name: basename(file), files: [fileOn(file)], by: undefined }
  const { batch, before, files } = await bringIn(databases, 'referrals', bringing)
  const [only] = files
  if (!only) throw new Error('The file is not accounted for')
  const { sheet, refusals, rows, taken, already, refused, unread } = only
  if (refused > 0) await writeReturned(sheet, refusals, refusedFile)
  return { batch, before, rows, taken, already, refused, unread }
}

/** A folder with open cases that is to be brought into an area, and where the returned rows are written. */
export type ImportingFolder = Importing & Readonly<{ folder: string; refusedFolder: string }>

/** Brings a folder with open cases in, and writes the returned rows of each file into a folder of their own. */
export async function importEpisodes(databases: Databases, importing: ImportingFolder): Promise<Came> {
  const { folder, refusedFolder, ...rest } = importing
  if (resolve(folder) === resolve(refusedFolder))
    throw new CommandProblem('The returned rows need a folder of their own: name another with --refused.')
  const bringing = { ...rest, name: basename(resolve(folder)), files: filesIn(folder), by: undefined }
  const came = await bringIn(databases, 'episodes', bringing)
  for (const { called, sheet, refused, refusals } of came.files) {
    if (refused === 0) continue
    mkdirSync(refusedFolder, { recursive: true })
    await writeReturned(sheet, refusals, join(refusedFolder, `${called}.returned.csv`))
  }
  return came
}

function filesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(csv|txt|tsv)$/i.test(entry.name))
      .map(({ name }) => name)
      .toSorted()
      .map((name) => fileOn(join(folder, name)))
  } catch (cause) {
    throw new CommandProblem(`The folder ${folder} cannot be read.`, { cause })
  }
}
