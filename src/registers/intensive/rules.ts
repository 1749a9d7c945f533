import { type Dated, holdsOn, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type WorkStanding, workStandings } from '#registers/listing/rules.ts'

/** By what an entry rule is held against somebody: something the record knows, or what they are asked. */
export const heldBy = {
  age: { label: 'Their age, from the record' },
  health: { label: 'Whether health or a disability affects their work, from the record' },
  work: { label: 'How they stand to work, from the record' },
  country: { label: 'Where they live, from the record' },
  councils: { label: 'The district they live in, from the record' },
  practice: { label: 'Their GP practice, from the record' },
  asked: { label: 'What they say when they are asked' },
} as const

export type HeldBy = keyof typeof heldBy

/** By what an entry of a checklist is known to be there: the referral, the record, or the coach who ticks it. */
export const neededBy = {
  agreed: { label: 'The referral: their yes' },
  told: { label: 'The referral: they were told, or said yes' },
  reached: { label: 'The referral: a way to reach them is among what is sent' },
  address: { label: 'The referral: it has an address' },
  practice: { label: 'The record: their GP practice' },
  coach: { label: 'The coach ticks it' },
} as const

export type NeededBy = keyof typeof neededBy

/** Who can refer to an intensive programme. */
export const referring = {
  coach: { label: 'A coach can refer' },
  self: { label: 'They apply or refer themselves; you can help with it' },
  jobcentre: { label: 'Only a Jobcentre work coach refers' },
} as const

export type Referring = keyof typeof referring

/** On what a rule is based. */
export type Source = Readonly<{
  title: string
  url: string | null
  /** The day of the source; null where none was found. */
  on: Temporal.PlainDate | null
  licence: string
}>

/** One rule about who may come in. */
export type EntryRule = Readonly<{
  code: string
  /** From which day on it is known to hold; null where its source has no day. */
  fromOn: Temporal.PlainDate | null
  untilOn: Temporal.PlainDate | null
  source: Source
  by: HeldBy
  label: string
  /** What to ask where the record does not know. */
  ask: string
  /** What the source leaves open; null where it says all. */
  leaves: string | null
  /** What it would tell about somebody that nobody else is told by it. */
  about: 'health' | 'benefits' | null
  least: number | null
  works: readonly WorkStanding[]
  /** Whether what they say can meet it where the record alone does not. */
  orAsked: boolean
  countries: readonly string[]
}>

/** Something that is there before somebody is handed over: a document, a detail, their agreement. */
export type Need = Readonly<{ code: string; by: NeededBy; source: Source; label: string; hint: string | null }>

/** A programme that helps more, or for longer, than the service itself, with rules of its own about who may come in. */
export type Intensive = Readonly<{
  code: string
  /** The national service of the directory that it is. */
  service: string
  name: string
  summary: string
  refers: Referring
  notice: string | null
  rules: readonly EntryRule[]
  needs: readonly Need[]
}>

/** What an area decided about what a programme's sources leave open. */
export type LocalEntry = Readonly<{
  leastAge: number | null
  works: readonly WorkStanding[]
  councils: readonly string[]
  /** What is needed here besides, a line each. */
  needs: readonly string[]
}>

export const nothingDecided: LocalEntry = { leastAge: null, works: [], councils: [], needs: [] }

/** Under which name an area's decision about a programme is kept. */
export const decisionName = (code: string): string => `entry.${code}`

/** The rules of a programme that hold on a day. */
export const rulesOn = ({ rules }: Intensive, on: Temporal.PlainDate): EntryRule[] =>
  rules.filter(({ fromOn, untilOn }) => fromOn === null || holdsOn({ fromOn, untilOn } satisfies Dated, on))

/** What an area can decide about: only what a rule of the programme leaves open. */
export function decidable({ rules }: Intensive) {
  const open = (by: HeldBy) => rules.some((rule) => rule.by === by && rule.leaves !== null)
  return { age: open('age'), work: open('work'), councils: open('councils') }
}

/** Whether a rule waits for a decision of the area: its source leaves it open, and nothing was decided. */
export function isUndecided({ by, leaves, least, works }: EntryRule, local: LocalEntry): boolean {
  if (leaves === null) return false
  if (by === 'age') return least === null && local.leastAge === null
  if (by === 'work') return works.length === 0 && local.works.length === 0
  return by === 'councils' && local.councils.length === 0
}

/** What a rule is based on, in words, with its day where there is one. */
export const basisOf = ({ title, on }: Source): string => (on === null ? title : `${title}, ${longDay(on)}`)

/** What an area decided, in words; an empty text where nothing was. */
export function localInWords(local: LocalEntry, named: (council: string) => string): string {
  const { leastAge, works, councils, needs } = local
  return [
    leastAge === null ? null : `From the age of ${leastAge}`,
    works.length === 0 ? null : works.map((one) => workStandings[one].label).join(' or '),
    councils.length === 0 ? null : `Lives in ${councils.map(named).join(', ')}`,
    needs.length === 0 ? null : `Needed besides: ${needs.join('; ')}`,
  ]
    .filter(Boolean)
    .join('. ')
}

const mostNeeds = 10

/** The lines of what is needed besides, as somebody typed them. */
export const needsTyped = (typed: string | null): string[] =>
  (typed ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What is wrong with what was typed. */
export function problemsWithNeeds(needs: readonly string[]): Problem[] {
  const many = needs.length > mostNeeds ? [`Enter at most ${mostNeeds} lines`] : []
  const long = needs.some((line) => line.length > 150) ? ['Shorten each line to 150 letters'] : []
  return [...many, ...long].map((message) => ({ field: 'needs', message }))
}
