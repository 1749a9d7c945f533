import type { Problem } from '#platform/form/rules.ts'

/** A thing that is said in several ways; whoever looks for one of them finds the others where few say just that. */
export type SameWords = readonly string[]

/** One word or phrase of a search with the other ways of saying it. */
export type Part = Readonly<{ words: string; others: readonly string[] }>

const mostWords = 8

/** A search as its parts: phrases that have other ways of saying them, the longest first, and single words. */
export function partsOf(typed: string, same: readonly SameWords[]): Part[] {
  const words = wordsIn(typed).slice(0, mostWords)
  const phrases = same.flatMap((group) => group.map((phrase) => ({ words: wordsIn(phrase).map(plain), group, phrase })))
  const parts: Part[] = []
  for (let at = 0; at < words.length;) {
    const here = words.slice(at).map(plain)
    const fitting = phrases.filter(
      (one) => one.words.length > 0 && one.words.every((word, place) => word === here[place]),
    )
    const length = Math.max(1, ...fitting.map((one) => one.words.length))
    const longest = fitting.filter((one) => one.words.length === length)
    const own = longest.map(({ phrase }) => phrase)
    const others = longest.flatMap(({ group }) => group.filter((phrase) => !own.includes(phrase)))
    parts.push({ words: words.slice(at, at + length).join(' '), others: [...new Set(others)] })
    at += length
  }
  return parts
}

/** The words of a text, in small letters. */
export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

// Enough to know "debts" as "debt" in a phrase; the database knows the stems themselves.
const plain = (word: string) => word.replace(/(?<=\p{L}{3})(ies|s)$/u, (end) => (end === 'ies' ? 'y' : ''))

const shortestCorrected = 4

/** Whether a word is long enough that what is nearly the same is meant by it. */
export const isCorrected = (word: string): boolean => word.length >= shortestCorrected

/** What is left of a word without one of its letters, and the word: under these a word that is nearly the same is kept. */
export function spellingKeys(word: string): string[] {
  if (!isCorrected(word)) return []
  const letters = [...word]
  return [...new Set([word, ...letters.map((_, place) => letters.toSpliced(place, 1).join(''))])]
}

/** A word that somebody may have meant, and how many services have it. */
export type Meant = Readonly<{ word: string; services: number }>

/**
 * The word that was most likely meant: the fewest letters apart, then what most services say. Nobody types another first
 * letter than they mean, but for one too many, one too few or two that changed places: "classes" is no "glasses".
 */
export function likeliest(typed: string, known: readonly Meant[]): string | undefined {
  const most = typed.length < 6 ? 1 : 2
  const ranked = known
    .filter(({ word }) => Math.abs(word.length - typed.length) <= most && beginsAlike(typed, word))
    .map((one) => ({ ...one, apart: lettersApart(typed, one.word) }))
    .filter(({ apart }) => apart > 0 && apart <= most)
    .toSorted(
      (one, other) => one.apart - other.apart || other.services - one.services || one.word.localeCompare(other.word),
    )
  return ranked[0]?.word
}

function beginsAlike(typed: string, word: string): boolean {
  const [[first, second], [begin, next]] = [typed, word]
  return first === begin || typed.slice(1) === word || typed === word.slice(1) || (first === next && second === begin)
}

/** The single words of what is said in several ways: each is a word, also where no service says it. */
export const wordsOfSame = (same: readonly SameWords[]): ReadonlySet<string> =>
  new Set(same.flat().flatMap((phrase) => wordsIn(phrase)))

/** By how many letters two words differ: one too many, one too few, another one, or two that changed places each count one. */
export function lettersApart(one: string, other: string): number {
  const [left, right] = [[...one], [...other]]
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, place) => place)]
  for (const [up, letter] of left.entries()) {
    const row = [up + 1]
    for (const [along, opposite] of right.entries()) {
      const at = (back: number, column: number) => (back === 0 ? row : rows[up + 1 - back])?.[column] ?? Infinity
      const swapped = letter === right[along - 1] && opposite === left[up - 1] ? at(2, along - 1) + 1 : Infinity
      row.push(Math.min(at(1, along + 1) + 1, at(0, along) + 1, at(1, along) + (letter === opposite ? 0 : 1), swapped))
    }
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

const mostPhrases = 20

/** The phrases that somebody typed with commas or lines between them, each once. */
export const phrasesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,;\n]/u)
      .map((phrase) => wordsIn(phrase).join(' '))
      .filter(Boolean),
  ),
]

/** What is wrong with phrases that are to mean the same, in sentences. */
export function phraseProblems(phrases: readonly string[]): Problem[] {
  if (phrases.length < 2)
    return [{ field: 'words', message: 'Enter at least two words or phrases, with a comma between them' }]
  if (phrases.length > mostPhrases)
    return [{ field: 'words', message: `Enter ${mostPhrases} words or phrases or fewer` }]
  return []
}
