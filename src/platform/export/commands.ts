import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { listOwnedTables, type OwnedTable, readRows } from './reading.ts'
import { csvLine, fileOf } from './rules.ts'

/** What the command runs on: the open databases and the areas there are. */
export type ExportParts = Readonly<{
  databases: Databases
  areas: () => Promise<readonly string[]>
  now: () => Temporal.Instant
  say: (line: string) => void
}>

/** Takes everything out that an area owns, for when a service ends or changes its system. */
export function exportCommands(withParts: (work: (parts: ExportParts) => Promise<void>) => Promise<void>): Commands {
  return {
    export: {
      summary: 'Write everything that an area owns into a folder of files',
      usage: '--area CODE --to FOLDER',
      details: [
        'Writes a CSV file for each table and a manifest.json that says what each table means, its columns, how many rows',
        'it has and the SHA-256 of its file. All is read at one moment. The folder must be new or empty; keep it where only',
        'those may read who may open every record: it holds health data. That it was written stands in the journal.',
      ].join('\n'),
      options: { area: { type: 'string' }, to: { type: 'string' } },
      run: (given) => withParts((parts) => exportArea(parts, given)),
    },
  }
}

async function exportArea({ databases, areas, now, say }: ExportParts, { options }: Given): Promise<void> {
  const { area, to: folder } = options
  if (typeof area !== 'string' || !(await areas()).includes(area))
    throw new CommandProblem('Name an area that there is: export --area CODE --to FOLDER')
  if (typeof folder !== 'string') throw new CommandProblem('Name a folder: export --area CODE --to FOLDER')
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandProblem(`${folder} is not empty. Name a new folder, so that nothing is mixed.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const written = await databases.databaseFor(area).transaction(async (db) => {
    const tables = []
    for (const table of await listOwnedTables(db)) tables.push(await writeTable(db, { table, area, folder }))
    const rows = tables.reduce((sum, one) => sum + one.rows, 0)
    const happening = { kind: 'read', what: 'area.exported', codes: { tables: tables.length, rows } } as const
    writeEntry(db, { area, by: undefined, happening, at: now() })
    return tables
  })
  const manifest = { format: 'WorkWell export 1', area, at: now().toString(), tables: written }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 })
  const rows = written.reduce((sum, one) => sum + one.rows, 0)
  say(`${rows} rows of ${written.length} tables are in ${folder}, with manifest.json beside them.`)
}

type Writing = Readonly<{ table: OwnedTable; area: string; folder: string }>

async function writeTable(db: Db, { table, area, folder }: Writing) {
  const name = fileOf(table)
  const digest = createHash('sha256')
  const file = await open(join(folder, name), 'w', 0o600)
  let rows = 0
  const write = async (text: string) => {
    digest.update(text)
    await file.write(text)
  }
  await write(csvLine(table.columns))
  for await (const some of readRows(db, table, area)) {
    rows += some.length
    if (some.length > 0) await write(some.map(csvLine).join(''))
  }
  await file.close()
  return { file: name, means: table.means, columns: table.columns, rows, sha256: digest.digest('hex') }
}
