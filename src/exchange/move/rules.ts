import { dayOf, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Chosen, Instrument } from '#registers/instruments/rules.ts'
import { suppliedAs } from '#registers/questionnaires/rules.ts'
import { scoringOf } from '#registers/scoring/rules.ts'
import { safeContactIn } from '#registers/details/rules.ts'
import { shortened } from '#journey/timeline/rules.ts'

type Way = Readonly<{ kind: string; wanted: boolean; safe: boolean; voicemailSafe: boolean }>

/** What a package says about reaching somebody. */
export type Reached = Readonly<{ safeNote: string | null; bestTime: string | null; means: readonly Way[] }>

/** What goes along about reaching somebody safely, as the record itself says it. */
export function reachingInWords({ means, ...said }: Reached): string[] {
  return safeContactIn(
    means.map(({ voicemailSafe, ...way }) => ({ ...way, voicemail_safe: voicemailSafe })),
    said,
  )
}

type Given = Readonly<{ instrument: string; version: number; canonical: string | null; typedIn: boolean }> &
  Readonly<{ items: Chosen; score: number | null }>

/**
 * What is kept of an answer that was given in another area. Whole where this area asks the same wording. A questionnaire
 * under a licence that this area does not hold leaves its answers behind: its score alone is kept, as one from paper is,
 * where its scale is known here. Anything else stands in the package and nowhere else.
 */
export function keptHere({ items, ...given }: Given, asked: readonly Instrument[]) {
  const supplied = suppliedAs(given.instrument)
  const same = asked.find(({ code, canonical }) => {
    if (code !== given.instrument || given.typedIn) return false
    return supplied?.canonical === canonical || canonical === given.canonical
  })
  if (same) {
    const isOurs = supplied?.canonical === same.canonical
    // A version of our own that is no longer asked keeps its number and its score; one of theirs has its number here.
    const version = isOurs ? given.version : same.version
    return { ...given, version, chosen: items, wording: version === same.version ? same : undefined }
  }
  if (given.score === null || scoringOf(given.instrument) === undefined) return undefined
  return { ...given, version: 0, canonical: null, typedIn: true, chosen: {}, wording: undefined }
}

/** Beside what is needed to decide: how many open concerns come along. */
export const concernsToTake = (concerns: number) => ({
  label: 'Open safety concerns that come along',
  value: concerns === 0 ? 'None' : `${concerns}`,
})

/** What another area may answer. */
export const answers = {
  accepted: {
    label: 'We take them',
    hint: 'Their record is made here with everything that came, and their support there ends as moved',
  },
  declined: { label: 'We cannot take them', hint: 'It goes back to those who offered it, with your reason' },
} as const

export type Answer = keyof typeof answers

/** How a package stands, in words. */
export const states: Readonly<Record<string, { label: string; colour: 'blue' | 'green' | 'orange' | 'grey' }>> = {
  waiting: { label: 'Waiting for their answer', colour: 'blue' },
  asked: { label: 'Waiting for your answer', colour: 'blue' },
  accepted: { label: 'Accepted', colour: 'green' },
  declined: { label: 'Declined', colour: 'orange' },
  'taken-back': { label: 'Taken back', colour: 'grey' },
}

/** What is missing from an answer. */
export function answerProblems(answer: Answer, words: string | null): Problem[] {
  return answer === 'declined' && words === null
    ? [{ field: 'words', message: 'Say why, so that they can be helped another way' }]
    : []
}

/** What stands as the first look at a concern that was open in the area somebody came from. */
export const takenOver = 'Taken over with the record from the area they came from, where it was open.'

/** What is said to whoever accepted somebody. */
export function takenInWords(concerns: number): string {
  const here = 'Their record is here now. They need a coach.'
  return concerns === 0 ? here : `${here} A safety concern came along, and whoever leads on duty was told.`
}

type Asked = Readonly<{ service: string; sentAt: string }>

/** What waits at a service of the area somebody comes from, as whoever goes on with them reads it. */
export const askedInWords = (asked: readonly Asked[]): string[] =>
  asked.map(({ service, sentAt }) => {
    const sent = longDay(dayOf(Temporal.Instant.from(sentAt)))
    return `Waits for an answer of ${service}, sent on ${sent}`
  })

/** That what services were asked does not go along, before somebody is offered. */
export function staysInWords(asked: readonly Asked[]): string {
  if (asked.length === 0) return 'Referrals to services stay here: none waits for an answer.'
  const open = asked.length === 1 ? '1 waits' : `${asked.length} wait`
  return `Referrals to services stay here: ${open} for an answer. The service answers you, and not the other area: tell their new coach, or withdraw it.`
}

/** Why a coach looks at an offer to another area that was declined. */
export const declinedInWords = (words: string | null): string =>
  words === null ? 'The other area cannot take them' : `The other area cannot take them: ${shortened(words, 120)}`

// Names that are ordinary words too: written small they are those.
const ordinary = new Set([
  ...[
    'april',
    'art',
    'august',
    'bill',
    'black',
    'brown',
    'cook',
    'day',
    'faith',
    'grace',
    'grant',
    'gray',
    'green',
    'grey',
    'hill',
  ],
  ...[
    'hope',
    'joy',
    'june',
    'king',
    'lane',
    'long',
    'mark',
    'may',
    'miles',
    'park',
    'price',
    'rich',
    'rob',
    'rose',
    'small',
  ],
  ...['sue', 'summer', 'van', 'white', 'will', 'wood', 'young'],
])

const wordsIn = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? []
const small = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

type Named = Readonly<{ given_name: string; family_name: string; preferred_name: string | null }>

/** Whether a text says what somebody is called, by any of their names, as a word of its own. */
export function saysWho(text: string, { given_name: given, family_name: family, preferred_name: preferred }: Named) {
  const names = [given, family, preferred ?? ''].flatMap((name) => {
    const parts = wordsIn(name)
    // Of a name of several words a short one is a particle or an initial, and says nothing.
    return parts.length === 1 ? parts : parts.filter((part) => part.length > 2)
  })
  const called = new Set(names.map(small))
  return wordsIn(text).some(
    (word) => called.has(small(word)) && !(ordinary.has(small(word)) && word === word.toLowerCase()),
  )
}
