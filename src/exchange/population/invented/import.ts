import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Community } from './rules.ts'

const folder = fileURLToPath(new URL('../../../../data/', import.meta.url))
const sharesFile = z.object({
  communities: z.record(
    z.string(),
    z.object({ share: z.number(), ethnicCategory: z.string(), language: z.string().nullable() }),
  ),
})
const namesFile = z.array(z.object({ part: z.string(), worn_by: z.string(), community: z.string(), name: z.string() }))

/** The communities that made-up people come from, with the names that are usual in each. */
export function readCommunities(): Record<string, Community> {
  const { communities } = sharesFile.parse(JSON.parse(readFileSync(`${folder}synthetic.json`, 'utf8')))
  const rows = namesFile.parse(parse(readFileSync(`${folder}names.csv`), { columns: true, bom: true }))
  const names = (community: string, part: string, wornBy: readonly string[]) =>
    rows
      .filter((row) => row.community === community && row.part === part && wornBy.includes(row.worn_by))
      .map(({ name }) => name)
  const named = Object.entries(communities).map(([key, { share, ethnicCategory, language }]): [string, Community] => [
    key,
    {
      ...{ share, ethnicCategory, language },
      women: names(key, 'first', ['women', 'anyone']),
      men: names(key, 'first', ['men', 'anyone']),
      families: names(key, 'family', ['anyone']),
    },
  ])
  return Object.fromEntries<Community>(named)
}
