import { isBefore, readDay, type Within } from '#platform/dates.ts'
import type { Problem, Typed } from '#platform/form/rules.ts'
import { agreementWords, barrierWords, codeOf, fitNoteWords } from '#exchange/files/codes/rules.ts'
import { safeWords, type Spellings, workWords } from '#exchange/files/codes/rules.ts'
import { type Answers, isUnmerged, wishes } from '#exchange/mailbox/referral-form/rules.ts'

/** What is read of a mailbox and of a message at most; all of it our own assumption. */
export const limits = {
  /** How many messages are dealt with at one look; the next look goes on. */
  messages: 10,
  /** Of how many it is asked whether they are ours, where areas share a mailbox. */
  listed: 500,
  bytes: 15_000_000,
  /** What is read of a message that is larger: its headings. */
  headings: 100_000,
  files: 10,
  letters: 50_000,
  /** Of a message that is a page. */
  page: 500_000,
} as const

/** Why somebody has to look at a message themselves. */
export const reasons = {
  'no-form': { label: 'No referral form was found in it' },
  'too-large': {
    label: 'The message is larger than we read. It lies in the mailbox, in the folder for what was not read',
  },
  'too-many-files': { label: 'More files came with it than we read' },
  unreadable: { label: 'The message could not be read. It lies in the mailbox, in the folder for what was not read' },
  'unknown-answer': { label: 'It answers a request to a service, and we do not find which' },
} as const

export type Reason = keyof typeof reasons

/** How a message or its form was settled. */
export const settlements = {
  taken: { label: 'Referral added' },
  'not-a-referral': { label: 'Not a referral' },
} as const

export type Settlement = keyof typeof settlements

/** On which day a form that came is deleted where nobody deals with it; at the earliest in the night that comes. */
export function deletedOn(came: Temporal.PlainDate, days: number, today: Temporal.PlainDate): Temporal.PlainDate {
  const [after, next] = [came.add({ days }), today.add({ days: 1 })]
  return isBefore(after, next) ? next : after
}

type Addressed = Readonly<{ to: readonly string[] }>

/** Whether a message was sent to this address, by any heading that says to whom. */
export const isSentTo = ({ to }: Addressed, address: string | null): boolean =>
  address !== null && to.some((one) => one.toLowerCase() === address.toLowerCase())

const wishWords: Spellings<keyof typeof wishes> = {
  exactly: true,
  list: wishes,
  also: { none: ['No', 'None'], received: ['It arrived', 'Arrived'], status: ['All', 'Everything'] },
}

/** What a form said, as the fields of the page in which it is compared, and what has to be looked at there. */
export type AsTyped = Readonly<{ typed: Typed; doubts: readonly Problem[] }>

type Writing = { typed: Record<string, string | string[]>; doubts: Problem[] }

const asItStands = [
  'givenName',
  'familyName',
  'preferredName',
  'nhsNumber',
  'phone',
  'email',
  'address',
  'postcode',
].concat([
  'safeNote',
  'language',
  'interpreter',
  'accessNote',
  'reason',
  'referrerName',
  'referrerOrganisation',
  'theirReference',
])

const needed: Readonly<Record<string, string>> = {
  givenName: 'The form does not say their first name',
  familyName: 'The form does not say their last name',
  'bornOn-day': 'The form does not say when they were born',
  agreement: 'The form does not say whether they agree. Where they were not asked, the referral is held until they are',
}

/** Puts what stands behind the labels into the fields of the page: what cannot be read is left empty and said. */
export function asTyped(answers: Answers, today: Temporal.PlainDate): AsTyped {
  const writing: Writing = { typed: {}, doubts: [] }
  const said: Answers = Object.fromEntries(
    Object.entries(answers).filter(([name, answer]) => isSaid(writing, name, answer)),
  )
  for (const name of asItStands) if (said[name]) writing.typed[name] = said[name]
  writeDay(writing, said, 'bornOn', { earliest: today.subtract({ years: 120 }), latest: today })
  writeDay(writing, said, 'fitNoteEndsOn', { earliest: today.subtract({ years: 2 }), latest: today.add({ years: 2 }) })
  writeCode(writing, said, 'agreement', agreementWords)
  writeCode(writing, said, 'workStatus', workWords)
  writeCode(writing, said, 'mainBarrier', barrierWords)
  writeCode(writing, said, 'fitNote', fitNoteWords)
  writeCode(writing, said, 'feedback', wishWords)
  writeSafe(writing, said['safe'] ?? '')
  const { typed, doubts } = writing
  // Nobody who is referred by somebody else asks for themselves.
  if (typed['agreement'] === 'self') delete typed['agreement']
  if (said['referrerOrganisation']) typed['gpPractice'] = said['referrerOrganisation']
  const doubted = new Set(doubts.map(({ field }) => field))
  const missing = Object.entries(needed).filter(([field]) => typed[field] === undefined && !doubted.has(field))
  return { typed, doubts: [...doubts, ...missing.map(([field, message]) => ({ field, message }))] }
}

function isSaid({ doubts }: Writing, name: string, answer: string): boolean {
  if (!isUnmerged(answer)) return true
  doubts.push({ field: fieldOf(name), message: `The practice’s system did not fill this in: ${shortened(answer)}` })
  return false
}

const fieldOf = (name: string): string => (name === 'bornOn' || name === 'fitNoteEndsOn' ? `${name}-day` : name)
const shortened = (answer: string): string => (answer.length > 60 ? `${answer.slice(0, 60)}…` : answer)

function writeDay({ typed, doubts }: Writing, said: Answers, name: string, within: Within): void {
  const answer = said[name]
  if (answer === undefined) return
  const read = readDay(answer, within)
  if (!read.ok) doubts.push({ field: `${name}-day`, message: `${read.why}` })
  else for (const part of ['day', 'month', 'year'] as const) typed[`${name}-${part}`] = `${read.day[part]}`
}

function writeCode({ typed, doubts }: Writing, said: Answers, name: string, spellings: Spellings<string>): void {
  const answer = said[name]
  if (answer === undefined) return
  const code = codeOf(answer, spellings)
  if (code !== undefined) typed[name] = code
  else doubts.push({ field: name, message: `The form says: ${shortened(answer)}` })
}

function writeSafe({ typed, doubts }: Writing, said: string): void {
  const ways = said.split(/[,;/|+&\n]| and /).map((one) => one.trim())
  const read = ways.filter((way) => way !== '').map((way) => ({ way, code: codeOf(way, safeWords) }))
  const unread = read.filter(({ code }) => code === undefined).map(({ way }) => way)
  // A way is ticked only where all of it was read: "no voicemail" must not become a voicemail.
  if (unread.length > 0) doubts.push({ field: 'safe', message: `The form says: ${shortened(said)}` })
  else if (read.length > 0) typed['safe'] = read.flatMap(({ code }) => code ?? [])
}
