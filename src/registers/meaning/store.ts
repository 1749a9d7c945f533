import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/transaction.ts'
import {
  isCorrected,
  likeliest,
  type Meant,
  type Part,
  partsOf,
  type SameWords,
  spellingKeys,
  wordsIn,
  wordsOfSame,
} from './rules.ts'

const shape = z.strictObject({ about: z.string(), groups: z.array(z.array(z.string().min(2)).min(2).readonly()) })
const file = fileURLToPath(new URL('../../../data/same-words.json', import.meta.url))
let supplied: readonly SameWords[] | undefined

/** The words that mean the same and come with the product, as they stand in data/. */
export function listSuppliedWords(): readonly SameWords[] {
  supplied ??= shape.parse(JSON.parse(readFileSync(file, 'utf8'))).groups
  return supplied
}

/**
 * One part of a search as stems: those of its own words, and those of each other way of saying it. A word that is its own
 * stem may be the beginning of another, and is marked by a star; one that was cut down to its stem is not.
 */
export type Sought = Readonly<{
  words: string
  own: readonly string[]
  others: readonly (readonly string[])[]
  /** Each of its words with the stem it is looked for by. */
  each: readonly Readonly<{ word: string; stem: string }>[]
}>

/** What somebody typed as it is looked for; parts of which nothing can be looked for are left out. */
export async function readWords(db: Db, same: readonly SameWords[], typed: string): Promise<Sought[]> {
  const parts = partsOf(typed, same)
  const phrases = [...new Set(parts.flatMap(({ words, others }) => [words, ...wordsIn(words), ...others]))]
  const stems = await findStems(db, phrases)
  const of = (phrase: string) => stems.get(phrase) ?? []
  const ofWhole = (phrase: string) => of(phrase).map((stem) => mayGoOn(stem, phrase))
  const known = (part: Part): Sought => ({
    ...{ words: part.words, own: ofWhole(part.words) },
    // A single word may be the beginning of another; each word of a phrase is looked for as it is.
    others: part.others
      .map((phrase) => (wordsIn(phrase).length === 1 ? ofWhole : of)(phrase))
      .filter((one) => one.length > 0),
    each: wordsIn(part.words).flatMap((word) => of(word).map((stem) => ({ word, stem: mayGoOn(stem, part.words) }))),
  })
  return parts.map(known).filter(({ own }) => own.length > 0)
}

// What begins with one or two letters is half of the directory.
const mayGoOn = (stem: string, words: string) => (stem.length > 2 && wordsIn(words).includes(stem) ? `${stem}*` : stem)

async function findStems(db: Db, phrases: readonly string[]): Promise<Map<string, string[]>> {
  if (phrases.length === 0) return new Map()
  const { rows } = await sql<{ phrase: string; stems: string[] }>`
    select phrase, tsvector_to_array(to_tsvector('english', phrase)) as stems
    from unnest(${[...phrases]}::text[]) as phrase`.execute(db)
  return new Map(rows.map(({ phrase, stems }) => [phrase, stems]))
}

/** The words that mean the same here: those that come with the product and those that the area added. */
export async function listSameWords(db: Db, area: string) {
  return db
    .selectFrom('meaning.same_words as same')
    .innerJoin('organisations.member as member', (on) =>
      on.onRef('member.area', '=', 'same.area').onRef('member.id', '=', 'same.by'),
    )
    .select(['same.id', 'same.words', 'same.at', 'member.name as byName'])
    .where('same.area', '=', area)
    .where('same.ended_at', 'is', null)
    .orderBy('same.at', 'desc')
    .orderBy('same.id')
    .execute()
}

type Typed = Readonly<{ area: string; same: readonly SameWords[]; typed: string }>

/**
 * What was typed with each word put right that no service has, where it is nearly one that some have, or one for which there
 * are other ways of saying it; else nothing. Such a word itself is right, whoever has it.
 */
export async function findRightWords(db: Db, { area, same, typed }: Typed): Promise<string | undefined> {
  const [words, other] = [[...new Set(wordsIn(typed))], wordsOfSame(same)]
  const unknown = (await listUnknown(db, area, words)).filter((word) => !other.has(word))
  const meant = await findMeant(db, { area, unknown, other })
  if (meant.size === 0) return undefined
  const right = wordsIn(typed).map((word) => meant.get(word) ?? word)
  return right.join(' ')
}

/** The last of all characters: what begins with some letters stands between them and these followed by it. */
const last = '\u{10FFFF}'

async function listUnknown(db: Db, area: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select typed as word from unnest(${[...words]}::text[]) as typed
    where length(to_tsvector('english', typed)) > 0
      and not exists (select from unnest(tsvector_to_array(to_tsvector('english', typed))) as stem
        join services.word as there on there.area = ${area} and there.word = stem)
      and not exists (select from services.spelling as there where there.area = ${area}
        and there.key >= typed and there.key < typed || ${last} and there.word = there.key)`.execute(db)
  return rows.map(({ word }) => word)
}

type Unknown = Readonly<{ area: string; unknown: readonly string[]; other: ReadonlySet<string> }>

async function findMeant(db: Db, { area, unknown, other }: Unknown): Promise<Map<string, string>> {
  const keys = unknown.flatMap((word) => spellingKeys(word).map((key) => ({ word, key })))
  if (keys.length === 0) return new Map()
  const { rows } = await sql<Meant & { typed: string }>`
    select near.typed, near.word, (select count(*)::integer from (select from services.word as there
      where there.area = ${area} and there.word = any(tsvector_to_array(to_tsvector('english', near.word))) limit 200)
      as kept) as services
    from (select distinct typed.word as typed, spelling.word
      from unnest(${keys.map(({ word }) => word)}::text[], ${keys.map(({ key }) => key)}::text[]) as typed(word, key)
      join services.spelling on spelling.area = ${area} and spelling.key = typed.key) as near`.execute(db)
  const found = Map.groupBy(
    rows.filter(({ services }) => services > 0),
    ({ typed }) => typed,
  )
  const others = [...other].filter(isCorrected).map((word) => ({ word, services: 0 }))
  return new Map(
    unknown.flatMap((word) => {
      const best = isCorrected(word) && likeliest(word, [...(found.get(word) ?? []), ...others])
      return best ? [[word, best] as const] : []
    }),
  )
}

type Own = Readonly<{ area: string; id: string; by: string; at: Temporal.Instant }>

/** Adds words that mean the same in this area. */
export async function saveSameWords(db: Db, { words, ...own }: Own & Readonly<{ words: readonly string[] }>) {
  await db
    .insertInto('meaning.same_words')
    .values({ ...own, words: [...words], ended_by: null, ended_at: null })
    .onConflict((twice) => twice.columns(['area', 'id']).doNothing())
    .execute()
}

/** Takes words that mean the same out again; whether there were any to take out. */
export async function endSameWords(db: Db, { area, id, by, at }: Own): Promise<boolean> {
  const ended = await db
    .updateTable('meaning.same_words')
    .set({ ended_by: by, ended_at: at })
    .where('area', '=', area)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}
