import type { Problem } from '#platform/form/rules.ts'
import type { Language } from '#platform/language/rules.ts'
import { type Channel, channels } from '#platform/notify/rules.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'

/** Words of ours that stand in place of a fact, said in the language of the message. */
export type Phrase = Readonly<{ say: string; with?: Readonly<Record<string, string>> }>

/** What is put into a message. A sentence whose fact is not known is left out. */
export type Fact = string | null | Temporal.PlainDate | Phrase
export type Facts = Readonly<Record<string, Fact>>

/** What an area is called in a message to a person, unless it decided to say more. */
export const callingOf = ({ calledInMessages }: Pick<AreaSettings, 'calledInMessages'>): Fact =>
  calledInMessages ?? { say: 'your team' }

/** A place in the words where a fact comes in. */
export type Place = Readonly<{
  label: string
  example: Fact
  /** Why the message must say it; left out where it need not. */
  needed?: string
}>

/** The place in a message to a person where the area names itself. */
export const callingPlace = { label: 'What you call yourselves in messages', example: { say: 'your team' } } as const

/** The words of a message; a text message has no subject. */
export type Words = Readonly<{ subject: string | null; body: string }>

/** How words are written: as they travel, and apart from that in a letter in large print, on whose pages fewer of them fit. */
export const formats = { ...channels, 'large-letter': { label: 'Letter in large print' } } as const

export type Format = keyof typeof formats

/** Whom messages go to, in words. */
export const receivers = {
  person: 'The person',
  referrer: 'Whoever referred them',
  outside: 'A service or an employer',
  anybody: 'Whoever the first link was sent to',
  staff: 'Your own staff',
} as const

/** One kind of message: to whom it goes, when, what it can say, and the words that come with the product. */
export type Template = Readonly<{
  code: string
  /** What the outbox calls the message: by this it is known what allows it. */
  kind: string
  title: string
  when: string
  /** Whoever lives with the person may read what they get: it names neither health nor the service. */
  to: keyof typeof receivers
  /** Left out where it goes in every language that we offer. */
  languages?: readonly Language[]
  formats: readonly Channel[]
  places: Readonly<Record<string, Place>>
  own: Readonly<{ subject: string; body: string }>
}>

/** How facts are said in one language. */
export type Voice = ((text: string, values?: Readonly<Record<string, string | number>>) => string) &
  Readonly<{ dayInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string }>

const place = /\{([^{}]*)\}/g

/** The words of a message with its facts in their places; a sentence whose fact is not known is left out. */
export function fillIn({ subject, body }: Words, facts: Facts, voice: Voice): Words {
  const known = (name: string) => inWords(facts[name] ?? null, voice)
  const put = (text: string) => text.replaceAll(place, (_mark, name: string) => known(name) ?? '')
  const isWhole = (sentence: string) => namesIn(sentence).every((name) => known(name) !== null)
  const sentences = body.split(/(?<=[.!?۔؟]\s+)/).filter(isWhole)
  return { subject: subject === null ? null : put(subject), body: put(sentences.join('')).trim() }
}

/** The words with made-up facts, as somebody would get them. */
export function withExamples(words: Words, { places }: Template, voice: Voice): Words {
  const examples = Object.entries(places).map(([name, { example }]): [string, Fact] => [name, example])
  return fillIn(words, Object.fromEntries<Fact>(examples), voice)
}

// Never "tomorrow": a message is read when it is read.
function inWords(fact: Fact, voice: Voice): string | null {
  if (fact === null || typeof fact === 'string') return fact
  if (fact instanceof Temporal.PlainDate) return voice.dayInWords(fact, fact.add({ days: 2 }))
  return voice(fact.say, fact.with)
}

function namesIn(text: string): string[] {
  return [...text.matchAll(place)].map(([, name]) => name ?? '')
}

/** A version of an area's own words; without a body the area went back to the product's own. */
export type OwnWords = Readonly<{
  language: string
  format: string
  version: number
  subject: string | null
  body: string | null
}>

/** The words in force for a language and format, and which version of them; 1 is what comes with the product. */
export type InForce = Words & Readonly<{ language: Language; format: Format; version: number }>

type Choosing = Readonly<{ template: Template; language: Language; format: Format; own: readonly OwnWords[] }>

/** Every format in which the words of a message can be written. */
export const formatsOf = ({ formats: ways }: Pick<Template, 'formats'>): Format[] =>
  ways.flatMap((way): Format[] => (way === 'letter' ? ['letter', 'large-letter'] : [way]))

/** The format of what somebody reads who has these needs; the sizes of large print are those of letters. */
export const formatFor = (channel: Channel, needs: readonly string[]): Format =>
  channel === 'letter' && needs.some((need) => need.startsWith('large-print')) ? 'large-letter' : channel

/** A letter in large print says what other letters say, unless the area has written it apart. */
const orElse = (format: Format): Format[] => (format === 'large-letter' ? [format, 'letter'] : [format])

/** What the area's newest version is, 1 where it has written none. */
export function newestOf(own: readonly OwnWords[], language: Language, format: Format): OwnWords | undefined {
  return own
    .filter((one) => one.language === language && one.format === format)
    .toSorted((one, other) => other.version - one.version)[0]
}

/** The words of the product or of the area for exactly this language and format; undefined where there are none. */
export function wordsIn(
  { template, language, format, own }: Choosing,
  translation: (text: string) => string | undefined,
): InForce | undefined {
  for (const one of orElse(format)) {
    const newest = newestOf(own, language, one)
    if (newest && newest.body !== null)
      return { subject: newest.subject, body: newest.body, language, format: one, version: newest.version }
  }
  const [subject, body] = [translation(template.own.subject), translation(template.own.body)]
  if (subject === undefined || body === undefined) return undefined
  return { subject: format === 'text' ? null : subject, body, language, format, version: 1 }
}

/** What is wrong with words that somebody wrote, each with what to do. */
export function wordsProblems(template: Template, { subject, body }: Words): Problem[] {
  const inSubject = [...unknownPlaces(template, subject ?? ''), ...tellingIn(template, subject ?? '')]
  return [
    ...inSubject.map((message) => ({ field: 'subject', message })),
    ...[...unknownPlaces(template, body), ...missingPlaces(template, body), ...tellingIn(template, body)].map(
      (message) => ({ field: 'body', message }),
    ),
  ]
}

function unknownPlaces({ places }: Template, text: string): string[] {
  const known = Object.keys(places)
  const list = known.map((name) => `{${name}}`).join(', ') || 'none'
  const unknown = [...new Set(namesIn(text))].filter((name) => !known.includes(name))
  const open = /[{}]/.test(text.replaceAll(place, ''))
  return [
    ...unknown.map((name) => `This message has no fact called {${name}}. It has ${list}`),
    ...(open ? ['A curly bracket stands alone. Write the name of a fact between two: {…}'] : []),
  ]
}

function missingPlaces({ places }: Template, body: string): string[] {
  const named = namesIn(body)
  return Object.entries(places)
    .filter(([name, { needed }]) => needed !== undefined && !named.includes(name))
    .map(([name, { needed }]) => `Put {${name}} into the words: ${needed}`)
}

// What would tell somebody who reads over a shoulder that this is about health, work or money, in each language we offer.
const telling = [
  /\b(health\w*|nhs|clinic\w*|doctor|gp|hospital|therap\w*|mental\w*|depress\w*|anxi\w*|illness|sick\w*|condition|disab\w*|coach\w*|work\w*|job\w*|employ\w*|benefits?|universal credit|support\w*|safeguard\w*)\b/i,
  /(?<!\p{L})(zdrow|chorob|lekarz|terapi|psych|niepełnospraw|prac[aęyoi]|zatrudni|zasił|wsparci)\p{L}*/iu,
  /(?<!\p{L})(iechyd|meddyg|salwch|therapi|anabl|gwaith|waith|swydd|budd-?dal|cymorth|cefnogaeth)\p{L}*/iu,
  /(?<!\p{L})[والبل]{0,4}(صحة|صحت|صحي|صحية|طبيب|مرض|علاج|نفسي|نفسية|إعاقة|وظيفة|توظيف|إعانة|إعانات|مرشد)(ك|كم)?(?!\p{L})/u,
  /(?<!\p{L})(صحت|ڈاکٹر|بیماری|علاج|نفسیاتی|معذوری|ملازمت|نوکری|بینیفٹ|بینیفٹس|کوچ)(?!\p{L})/u,
]

/** What is wrong with the name by which an area calls itself in every message: it must not say what a message is about. */
export const callingProblem = (name: string): string | undefined => tellingWordsIn(name)[0]

function tellingIn({ to }: Template, text: string): string[] {
  return to === 'person' || to === 'anybody' ? tellingWordsIn(text) : []
}

function tellingWordsIn(text: string): string[] {
  const found = telling.flatMap((words) => words.exec(text.replaceAll(place, ' '))?.[0] ?? [])
  return [...new Set(found)].map(
    (word) => `Take out “${word}”: somebody else may see this message, and it must not say what it is about`,
  )
}

// GSM 03.38: the letters a text message holds 160 of. Those of the second row count as two.
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€\f'

/** How long a text message is, in how many parts it goes and is paid for, and which letters make it longer. */
export type TextLength = Readonly<{ characters: number; parts: number; rare: readonly string[] }>

/** Counts a text message as phone companies do: 160 letters or 153 in each part, and 70 or 67 with any letter of another alphabet. */
export function lengthOf(body: string): TextLength {
  const letters = [...body]
  const rare = [...new Set(letters.filter((letter) => !basic.includes(letter) && !extended.includes(letter)))]
  if (rare.length > 0) return { characters: letters.length, parts: partsOf(body.length, 70, 67), rare }
  const septets = letters.reduce((sum, letter) => sum + (extended.includes(letter) ? 2 : 1), 0)
  return { characters: letters.length, parts: partsOf(septets, 160, 153), rare }
}

/** A text message of more parts is not taken by GOV.UK Notify, and nobody reads it. */
export const mostParts = 6

function partsOf(units: number, alone: number, each: number): number {
  return units <= alone ? 1 : Math.ceil(units / each)
}
