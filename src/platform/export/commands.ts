import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawBuilder } from 'kysely'
import { CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { isAboutPeople, listKeys, listOwnedTables, type OwnedTable, readRows, seenBySomebody } from './reading.ts'
import { type Author, authorLine, authors, csvLine, fileOf, leftOut, idsIn, waysToPeople } from './rules.ts'

/** What the command runs on: the open databases and the areas there are. */
export type ExportParts = Readonly<{
  databases: Databases
  areas: () => Promise<readonly string[]>
  /** An organisation of an area with the people whose records are its own to keep; undefined where there is none. */
  keptBy: (db: Db, area: string, organisation: string) => Promise<Kept | undefined>
  /** Everybody who ever worked in an area, by the id of their membership. */
  membersOf: (db: Db, area: string) => Promise<readonly Author[]>
  now: () => Temporal.Instant
  say: (line: string) => void
}>

/** An organisation, and the ids of the people whose records it keeps or hands to their keeper, as a question. */
export type Kept = Readonly<{ id: string; people: RawBuilder<unknown> }>

/** Takes everything out that an area owns, for when a service ends or changes its system. */
export function exportCommands(withParts: (work: (parts: ExportParts) => Promise<void>) => Promise<void>): Commands {
  return {
    export: {
      summary: 'Write everything that an area owns, or one organisation’s records, into a folder of files',
      usage: '--area CODE [--organisation NAME] --to FOLDER',
      details: [
        'Writes a CSV file for each table and a manifest.json that says what each table means, its columns, how many rows',
        'it has and the SHA-256 of its file. All is read at one moment. The folder must be new or empty; keep it where only',
        'those may read who may open every record: it holds health data. That it was written stands in the journal.',
        'members.csv says who the members are whose ids stand in the other files: name, role, organisation, from and until.',
        'With --organisation only what is about the people whose records that organisation keeps: for whoever keeps them',
        'once its part in the service ends. Everything about people who are with somebody else by now is left out.',
      ].join('\n'),
      options: { area: { type: 'string' }, organisation: { type: 'string' }, to: { type: 'string' } },
      run: (given) => withParts((parts) => exportArea(parts, given)),
    },
  }
}

async function exportArea(parts: ExportParts, { options }: Given): Promise<void> {
  const { databases, areas, now, say } = parts
  const { area, organisation, to: folder } = options
  if (typeof area !== 'string' || !(await areas()).includes(area))
    throw new CommandProblem('Name an area that there is: export --area CODE --to FOLDER')
  if (typeof folder !== 'string') throw new CommandProblem('Name a folder: export --area CODE --to FOLDER')
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandProblem(`${folder} is not empty. Name a new folder, so that nothing is mixed.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const written = await databases.databaseFor(area).transaction(async (db) => {
    const kept = typeof organisation === 'string' ? await keptOf(parts, db, { area, organisation }) : undefined
    const of = await whichRows(db, area, kept)
    const named = new Set<string>()
    const tables = []
    for (const table of of.tables)
      tables.push(await writeTable(db, { table, area, folder, named, which: of.which(table) }))
    const members = await parts.membersOf(db, area)
    const met = members.filter(({ id }) => named.has(id))
    tables.push(await writeAuthors(folder, met))
    const rows = tables.reduce((sum, one) => sum + one.rows, 0)
    const codes = { tables: tables.length, rows, ...(kept ? { organisation: kept.id } : {}) }
    const happening = { kind: 'read', what: 'area.exported', codes } as const
    writeEntry(db, { area, by: undefined, happening, at: now() })
    return tables
  })
  const whose = typeof organisation === 'string' ? { organisation } : {}
  const manifest = { format: 'WorkWell export 1', area, ...whose, at: now().toString(), tables: written }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 })
  const rows = written.reduce((sum, one) => sum + one.rows, 0)
  say(`${rows} rows of ${written.length} tables are in ${folder}, with manifest.json beside them.`)
}

type Whose = Readonly<{ area: string; organisation: string }>

async function keptOf({ keptBy }: ExportParts, db: Db, { area, organisation }: Whose): Promise<Kept> {
  const kept = await keptBy(db, area, organisation)
  if (!kept) throw new CommandProblem(`There is no organisation called ${organisation} in this area.`)
  return kept
}

/** The tables to write, and which of their rows: all, or those about the people of one organisation. */
async function whichRows(db: Db, area: string, kept: Kept | undefined) {
  const tables = (await listOwnedTables(db)).filter(({ schema, name }) => !leftOut.includes(`${schema}.${name}`))
  if (!kept) return { tables, which: seenBySomebody }
  const named = tables.map((table) => ({ ...table, table: `${table.schema}.${table.name}` }))
  const ways = waysToPeople(named, await listKeys(db))
  const which = ({ schema, name }: OwnedTable) =>
    isAboutPeople(`${schema}.${name}`, { ways, people: kept.people, area })
  return { tables: tables.filter(({ schema, name }) => ways.has(`${schema}.${name}`)), which }
}

type Writing = Readonly<{
  table: OwnedTable
  area: string
  folder: string
  which: RawBuilder<boolean> | undefined
  /** Every id that stands in a file is added to these. */
  named: Set<string>
}>

async function writeTable(db: Db, { table, area, folder, which, named }: Writing) {
  const name = fileOf(table)
  const digest = createHash('sha256')
  const file = await open(join(folder, name), 'w', 0o600)
  let rows = 0
  const write = async (text: string) => {
    digest.update(text)
    await file.write(text)
  }
  await write(csvLine(table.columns))
  for await (const some of readRows(db, table, { area, which })) {
    rows += some.length
    for (const id of some.flatMap(idsIn)) named.add(id)
    if (some.length > 0) await write(some.map(csvLine).join(''))
  }
  await file.close()
  return { file: name, means: table.means, columns: table.columns, rows, sha256: digest.digest('hex') }
}

async function writeAuthors(folder: string, all: readonly Author[]) {
  const text = [csvLine(authors.columns), ...all.map(authorLine)].join('')
  await writeFile(join(folder, authors.file), text, { mode: 0o600 })
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { ...authors, rows: all.length, sha256 }
}
