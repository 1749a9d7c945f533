import type { Db } from '#platform/database/transaction.ts'
import { catalogueOf } from '#platform/language/catalogues.ts'
import { addressIn, type Language, languageCodes, readerLanguage } from '#platform/language/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import { isSignedIn } from '#platform/language/signatures.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import {
  callingOf,
  type Fact,
  type Facts,
  fillIn,
  type Format,
  formatFor,
  type OwnWords,
  type Template,
  type Words,
  wordsIn,
} from './rules.ts'

/** Who reads a message: what is known of the language and the form that suits them. */
export type Reader = Readonly<{ language?: string | null; accessNeeds?: readonly string[] }>

type Asking = Readonly<{ area: string; template: Template; format: Channel; reader?: Reader; facts: Facts }>

/** The words of a message and which version of which they are, as the outbox keeps them. */
export type Written = Words &
  Readonly<{ words: Readonly<{ template: string; language: string; format: Format; version: number }> }>

/**
 * What somebody is written: in their language where the area has written its own words or a translator has signed ours,
 * otherwise in English. A draft may stand on a page that says so; it is not sent to anybody.
 */
export async function findWords(db: Db, { area, template, format, reader, facts }: Asking): Promise<Written> {
  const language = (template.languages ?? languageCodes).find((one) => one === readerLanguage(reader ?? {})) ?? 'en'
  const own = await listOwnWords(db, area, template.code)
  const signed = language !== 'en' && (await isSignedIn(db, area, language))
  const asked = { template, format: formatFor(format, reader?.accessNeeds ?? []), own }
  const words =
    wordsIn({ ...asked, language }, (text) => (signed ? translationOf(language, text) : undefined)) ??
    wordsIn({ ...asked, language: 'en' }, (text) => text)
  if (!words) throw new Error(`No words for ${template.code}`)
  const { language: said, format: written, version } = words
  const which = { template: template.code, language: said, format: written, version }
  return { ...fillIn(words, leadingOn(facts, said), sayIn(said)), words: which }
}

// The facts that are addresses of our own pages: who opens one reads on in the language of the message.
const addresses = ['link', 'space']

const leadingOn = (facts: Facts, language: Language): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]): [string, Fact] => [
      name,
      addresses.includes(name) && typeof fact === 'string' ? addressIn(fact, language) : fact,
    ]),
  )

/** What an area is called on a day in messages to people: somebody else may see these. */
export async function findCalling(db: Db, area: string, on: Temporal.PlainDate): Promise<Fact> {
  return callingOf(await findSettings(db, area, on))
}

/** What a language says for a text; English says it as it stands. */
export function translationOf(language: Language, text: string): string | undefined {
  const catalogue = catalogueOf(language)
  return catalogue === undefined ? text : catalogue.messages[text]
}

/** The newest words an area has written for a message, in each language and format. */
export async function listOwnWords(db: Db, area: string, template: string): Promise<OwnWords[]> {
  return db
    .selectFrom('templates.words')
    .distinctOn(['language', 'format'])
    .select(['language', 'format', 'version', 'subject', 'body'])
    .where('area', '=', area)
    .where('template', '=', template)
    .orderBy('language')
    .orderBy('format')
    .orderBy('version', 'desc')
    .execute()
}

/** For which messages an area has words of its own in force. */
export async function listChangedTemplates(db: Db, area: string) {
  const rows = await db
    .selectFrom('templates.words')
    .distinctOn(['template', 'language', 'format'])
    .select(['template', 'language', 'format', 'body'])
    .where('area', '=', area)
    .orderBy('template')
    .orderBy('language')
    .orderBy('format')
    .orderBy('version', 'desc')
    .execute()
  return rows.filter(({ body }) => body !== null)
}

type Which = Readonly<{ area: string; template: string; language: Language; format: Format }>

/** Every version an area has written of the words of a message, newest first, with who wrote it. */
export async function listVersions(db: Db, { area, template, language, format }: Which) {
  return db
    .selectFrom('templates.words')
    .select(['version', 'subject', 'body', 'set_by', 'set_at'])
    .where('area', '=', area)
    .where('template', '=', template)
    .where('language', '=', language)
    .where('format', '=', format)
    .orderBy('version', 'desc')
    .execute()
}

type NewWords = Which &
  Readonly<{
    version: number
    subject: string | null
    body: string | null
    set_by: string
    set_at: Temporal.Instant
  }>

/** Adds the next version of the words of a message; false when somebody else has added that version meanwhile. */
export async function saveWords(db: Db, words: NewWords): Promise<boolean> {
  const kept = await db
    .insertInto('templates.words')
    .values(words)
    .onConflict((there) => there.columns(['area', 'template', 'language', 'format', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  return kept !== undefined
}
