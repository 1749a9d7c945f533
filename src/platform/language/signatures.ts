import type { Db } from '#platform/database/transaction.ts'
import { catalogueDigest, isDraft } from './catalogues.ts'
import { type Language, translated } from './rules.ts'

/** A translator's name under a language, as somebody of the area wrote it down. */
export type Signing = Readonly<{
  area: string
  id: string
  language: Language
  name: string
  qualifiedAs: string
  checkedOn: Temporal.PlainDate
  by: string
  at: Temporal.Instant
}>

/** Whether a language has been checked as it stands now: for the product as a whole, or for this area. */
export async function isSignedIn(db: Db, area: string, language: Language): Promise<boolean> {
  return !isDraft(language) || (await listSigned(db, area)).includes(language)
}

/** The languages that an area has had checked and that have not changed since. */
export async function listSigned(db: Db, area: string): Promise<Language[]> {
  const digests = new Map(translated.map((code) => [code, catalogueDigest(code)]))
  const rows = await db
    .selectFrom('language.signature')
    .select(['language', 'digest'])
    .where('area', '=', area)
    .where('withdrawn_at', 'is', null)
    .execute()
  return translated.filter((code) => rows.some((row) => row.language === code && row.digest === digests.get(code)))
}

/** Every signature of an area, newest first, those taken back included. */
export async function listSignatures(db: Db, area: string) {
  return db
    .selectFrom('language.signature')
    .select(['id', 'language', 'digest', 'name', 'qualified_as', 'checked_on', 'withdrawn_at', 'by', 'at'])
    .where('area', '=', area)
    .orderBy('at', 'desc')
    .execute()
}

/** Writes down who has checked a language, for the words as they stand now. */
export async function sign(db: Db, { language, qualifiedAs, checkedOn, ...signing }: Signing): Promise<void> {
  await db
    .insertInto('language.signature')
    .values({
      ...signing,
      ...{ language, digest: catalogueDigest(language), qualified_as: qualifiedAs, checked_on: checkedOn },
    })
    .execute()
}

type Withdrawing = Readonly<{ area: string; language: Language; by: string; at: Temporal.Instant }>

/** Makes a language a draft again in this area; what was signed before stays as history. */
export async function withdrawSignatures(db: Db, { area, language, by, at }: Withdrawing): Promise<void> {
  await db
    .updateTable('language.signature')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where('area', '=', area)
    .where('language', '=', language)
    .where('withdrawn_at', 'is', null)
    .execute()
}
