import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { schemaDump } from './dump.ts'
import { tableTypes } from './typing.ts'

const files = {
  dump: fileURLToPath(new URL('../../../migrations/schema.txt', import.meta.url)),
  types: fileURLToPath(new URL('./types.ts', import.meta.url)),
}

/** Writes the dump of the migrated database and the types made from it. */
export async function writeSchema(ownerUrl: string): Promise<void> {
  const { dump, types } = await readSchema(ownerUrl)
  writeFileSync(files.dump, dump)
  writeFileSync(files.types, types)
}

/** What differs between the migrated database and what is checked in, as sentences. Empty when nothing does. */
export async function schemaProblems(ownerUrl: string): Promise<string[]> {
  const found = await readSchema(ownerUrl)
  const differs = (file: string, text: string) => !existsSync(file) || readFileSync(file, 'utf8') !== text
  return [
    ...(differs(files.dump, found.dump) ? ['migrations/schema.txt is not what the migrations make.'] : []),
    ...(differs(files.types, found.types) ? ['src/platform/database/types.ts is not what the migrations make.'] : []),
  ]
}

async function readSchema(ownerUrl: string): Promise<{ dump: string; types: string }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return { dump: await schemaDump(client), types: await tableTypes(client) }
  } finally {
    await client.end()
  }
}
