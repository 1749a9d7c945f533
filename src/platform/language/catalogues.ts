import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Catalogue, type Language, translated } from './rules.ts'

const folder = join(import.meta.dirname, '../../../data/languages')

const shape = z.strictObject({
  signed: z.strictObject({ by: z.string().min(3), on: z.iso.date(), digest: z.string().length(64) }).nullable(),
  messages: z.record(z.string(), z.string().min(1)),
})

let read: ReadonlyMap<Language, Catalogue> | undefined

/** What a language says for each English text; undefined for English itself. Read once. */
export function catalogueOf(language: Language): Catalogue | undefined {
  read ??= new Map(translated.map((code) => [code, catalogueIn(code)]))
  return read.get(language)
}

/** Whether there are any texts in a language: until then it is not offered, and English is shown. */
export function isOffered(language: Language): boolean {
  const catalogue = catalogueOf(language)
  return catalogue === undefined || Object.keys(catalogue.messages).length > 0
}

/** Reads a language from its file. */
export function catalogueIn(code: Language): Catalogue {
  return shape.parse(JSON.parse(readFileSync(catalogueFile(code), 'utf8')))
}

/** The file that holds a language. */
export function catalogueFile(code: Language): string {
  return join(folder, `${code}.json`)
}

/** What a signature holds for: any change to a text makes the language a draft again. */
export function digestOf(messages: Catalogue['messages']): string {
  const inOrder = Object.entries(messages).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('hex')
}

const digests = new Map<Language, string>()

/** What a signature of today holds for, counted once: the files do not change while the product runs. */
export function catalogueDigest(language: Language): string {
  const known = digests.get(language)
  if (known !== undefined) return known
  const digest = digestOf(catalogueOf(language)?.messages ?? {})
  digests.set(language, digest)
  return digest
}

/** Whether no translator has looked these texts through for the product as they are now. An area may have had them checked. */
export function isDraft(language: Language): boolean {
  const catalogue = catalogueOf(language)
  return catalogue !== undefined && catalogue.signed?.digest !== catalogueDigest(language)
}
