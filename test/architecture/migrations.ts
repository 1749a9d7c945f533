import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import { schemaOf, slices } from './order.ts'
import { bracketed, listed, type Statement, statementsIn } from './statements.ts'

/** One table as its migrations leave it. */
export type Table = Readonly<{ name: string; path: string; line: number; areaOwned: boolean; items: readonly string[] }>

const isTable = /^create\s+(?:unlogged\s+)?table\s+(?:if not exists\s+)?([\w.]+)\s*\(/i
const isChange = /^alter\s+table\s+(?:if exists\s+)?(?:only\s+)?([\w.]+)\s+([\s\S]*)$/i

/** Every migration by its path, oldest first. */
export function readMigrations(root: string): Map<string, string> {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  return new Map(
    files.toSorted().map((name) => [`migrations/${name}`, readFileSync(join(root, 'migrations', name), 'utf8')]),
  )
}

/** The schemas that have a writer: one for each slice, one for each folder of the platform, and the ground under them. */
export function schemasWithWriters(root: string): Set<string> {
  const folders = readdirSync(join(root, 'src/platform'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return new Set(['platform', ...slices.map(schemaOf), ...folders.map(({ name }) => schemaOf(name))])
}

/** Every table that the migrations make, with what later ones added to it. */
export function tablesIn(statements: readonly Statement[]): Table[] {
  return statements.flatMap(({ path, line, text }) => {
    const name = isTable.exec(text)?.[1]
    if (name === undefined) return []
    const items = [...listed(bracketed(text)), ...statements.flatMap((later) => addedTo(name, later))]
    return [{ name, path, line, areaOwned: items.some(isOwner), items }]
  })
}

function addedTo(name: string, statement: Statement): string[] {
  const change = isChange.exec(statement.text)
  if (change?.[1] !== name) return []
  return listed(change[2] ?? '').flatMap(
    (one) => /^add\s+(?:column\s+)?(?:if not exists\s+)?(.+)$/i.exec(one)?.[1] ?? [],
  )
}

// A national table may mention an area (a session under one membership); one that belongs to an area cannot be without it.
function isOwner(item: string): boolean {
  return /^area\s/i.test(item) && /\b(not null|primary key)\b/i.test(item)
}

/** Where the migrations break what holds for every table. */
export function migrationFaults(files: ReadonlyMap<string, string>, schemas: ReadonlySet<string>): Fault[] {
  const statements = [...files].flatMap(([path, text]) => statementsIn(path, text))
  const tables = tablesIn(statements)
  const known = new Set([
    ...schemas,
    ...statements.flatMap(({ text }) => /^drop\s+schema\s+(\w+)/i.exec(text)?.[1] ?? []),
  ])
  const owned = new Set(tables.filter(({ areaOwned }) => areaOwned).map(({ name }) => name))
  return [
    ...tables.flatMap((table) => [...unexplained(table, statements), ...badKeys(table, owned)]),
    ...statements.flatMap((statement) => [...badTrigger(statement, owned), ...badSchema(statement, known)]),
  ]
}

function unexplained({ name, path, line }: Table, statements: readonly Statement[]): Fault[] {
  const said = statements.some(({ text }) =>
    new RegExp(`^comment\\s+on\\s+table\\s+${name}\\s+is\\s+'[^']`, 'i').test(text),
  )
  const what = `makes ${name} without saying what it means`
  return said ? [] : [{ path, line, what, instead: `comment on table ${name} is '...'` }]
}

function badKeys({ name, path, line, areaOwned, items }: Table, owned: ReadonlySet<string>): Fault[] {
  if (!areaOwned) return []
  const primary = items.map(primaryKey).find((columns) => columns !== undefined)
  const foreign = items.filter((item) => breaksForeignKey(item, owned))
  return [
    ...(primary?.[0] === 'area'
      ? []
      : [
          {
            path,
            line,
            what: `gives ${name} a primary key that does not start with area`,
            instead: 'primary key (area, ...)',
          },
        ]),
    ...foreign.map((item) => ({
      path,
      line,
      what: `lets ${name} refer across areas: ${item}`,
      instead: 'foreign key (area, ...) references ... (area, ...)',
    })),
  ]
}

function primaryKey(item: string): string[] | undefined {
  const named = /^(?:constraint\s+\w+\s+)?primary key\s*\(([^)]*)\)/i.exec(item)?.[1]
  if (named !== undefined) return listed(named)
  return /^(?!constraint\b)(\w+)\s.*\bprimary key\b/i.exec(item)?.slice(1, 2)
}

function breaksForeignKey(item: string, owned: ReadonlySet<string>): boolean {
  const target = /\breferences\s+([\w.]+)\s*(?:\(([^)]*)\))?/i.exec(item)
  if (target === null || !owned.has(target[1] ?? '')) return false
  const named = /^(?:constraint\s+\w+\s+)?foreign key\s*\(([^)]*)\)/i.exec(item)?.[1]
  const from = named === undefined ? item.split(' ')[0] : listed(named)[0]
  const to = target[2] === undefined ? 'area' : listed(target[2])[0]
  return from !== 'area' || to !== 'area'
}

function badTrigger({ path, line, text }: Statement, owned: ReadonlySet<string>): Fault[] {
  const table = /^create\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b[\s\S]*?\son\s+([\w.]+)/i.exec(text)?.[1]
  if (table === undefined || !owned.has(table)) return []
  return [
    {
      path,
      line,
      what: `puts a trigger on ${table}, which belongs to areas`,
      instead: 'write what follows in the same transaction',
    },
  ]
}

function badSchema({ path, line, text }: Statement, schemas: ReadonlySet<string>): Fault[] {
  const schema = /^create\s+schema\s+(?:if not exists\s+)?(\w+)/i.exec(text)?.[1]
  if (schema === undefined || schemas.has(schema)) return []
  const instead = 'name it after the slice or the folder of the platform that writes it'
  return [{ path, line, what: `makes the schema ${schema}, which is of no slice`, instead }]
}
