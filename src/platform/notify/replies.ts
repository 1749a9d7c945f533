import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Meant, meantBy, type Meanings } from './rules.ts'

const words = z.array(z.string().min(2)).min(1).readonly()
const language = z.strictObject({ draft: z.boolean(), noMore: words, cancel: words })
const shape = z.strictObject({ about: z.string(), polite: words, languages: z.record(z.string(), language) })
const file = join(import.meta.dirname, '../../../data/replies.json')

let supplied: Meanings | undefined

/** What whole texts mean in each language, as it stands in data/. Read once. */
export function meanings(): Meanings {
  supplied ??= shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  return supplied
}

/** What a text that came in means as a whole; undefined where it says something of its own, which somebody has to read. */
export const readReply = (body: string): Meant | undefined => meantBy(body, meanings())
