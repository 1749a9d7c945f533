import { dayInWords, isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'

/** How a request for a fit note came to us, where somebody of ours writes it down. */
export const toldComings = {
  practice: { label: 'The practice asked us' },
  person: { label: 'The person told us that they asked for one' },
} as const

/** How a request for a fit note came to us. */
export const comings = { ...toldComings, referral: { label: 'It came with a referral' } } as const

export type Coming = keyof typeof comings

/** What comes of the conversation. None of it says whether somebody is fit for work, and none of it is a note. */
export const results = {
  supported: {
    label: 'Support was agreed',
    hint: 'They want help from us. Their plan comes next.',
  },
  clinician: {
    label: 'Back to a clinician',
    hint: 'A doctor, nurse, occupational therapist, pharmacist or physiotherapist needs to assess them.',
  },
  declined: {
    label: 'They did not want the conversation or the support',
    hint: 'This changes nothing else: not their care, their benefits, or whether they can have a fit note.',
  },
} as const

export type Result = keyof typeof results

/** Where a request stands. */
export const requestStates = {
  open: { label: 'Conversation to be held', colour: 'blue' },
  late: { label: 'Conversation is late', colour: 'orange' },
  supported: { label: 'Support agreed', colour: 'green' },
  clinician: { label: 'Back to a clinician', colour: 'purple' },
  declined: { label: 'Not taken up', colour: 'grey' },
  'taken-back': { label: 'Taken back', colour: 'grey' },
} as const

export type RequestState = keyof typeof requestStates

/** What came of a conversation, with who wrote it. */
export type Held = Readonly<{
  id: string
  what: Result
  heldOn: Temporal.PlainDate
  words: string | null
  by: string | null
  at: Temporal.Instant
  /** What the practice was asked or told by link, or why it was not. */
  told: string | null
  untold: string | null
}>

/** That somebody asked for a fit note. */
export type FitNoteRequest = Readonly<{
  id: string
  person: string
  came: Coming
  practice: string
  email: string | null
  askedOn: Temporal.PlainDate
  says: string | null
  noteEndsOn: Temporal.PlainDate | null
  holdBy: Temporal.PlainDate
  by: string | null
  at: Temporal.Instant
  /** Why it does not stand any more, where it was taken back. */
  takenBack: string | null
  result: Held | undefined
}>

/** Where this one stands on a day. */
export function stateOf(
  {
    takenBack,
    result,
    holdBy,
  }: Pick<FitNoteRequest, 'takenBack' | 'holdBy'> & { result: { what: Result } | undefined },
  today: Temporal.PlainDate,
): RequestState {
  if (takenBack !== null) return 'taken-back'
  if (result) return result.what
  return isBefore(holdBy, today) ? 'late' : 'open'
}

/** What was asked, as it is shown wherever a request is. */
export function askedRows({ practice, askedOn, says, noteEndsOn, holdBy }: FitNoteRequest) {
  const rows = [
    { label: 'Practice', value: practice },
    { label: 'Asked on', value: longDay(askedOn) },
    { label: 'What they say about work', value: says },
    { label: 'Fit note now ends', value: noteEndsOn && longDay(noteEndsOn) },
    { label: 'Conversation by', value: longDay(holdBy) },
  ]
  return rows.filter(({ value }) => value !== null)
}

/** Whether its conversation is still to be held. */
export const isOpen = (request: Pick<FitNoteRequest, 'takenBack' | 'result'>): boolean =>
  request.takenBack === null && request.result === undefined

/** The requests of somebody that are open at once: there is one at most, until two records are found to be of one person. */
export function openAtOnce<One extends Pick<FitNoteRequest, 'takenBack' | 'result'>>(requests: readonly One[]): One[] {
  const open = requests.filter(isOpen)
  return open.length > 1 ? open : []
}

/** Why a request is closed where another of the same person is kept. */
export function closedFor({ askedOn, practice }: Pick<FitNoteRequest, 'askedOn' | 'practice'>): string {
  return `They are one person: the request of ${longDay(askedOn)} to ${practice} is kept in its place`
}

/** What stands on the coach's day: "A work-and-health conversation, by Monday 12 January 2026". */
function dueInWords(holdBy: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const when = dayInWords(holdBy, today)
  return isBefore(holdBy, today)
    ? `A work-and-health conversation was to be held by ${when}`
    : `A work-and-health conversation is to be held by ${when}`
}

/** Where what came of a conversation is written. */
const resultAt = ({ id, person }: Pick<FitNoteRequest, 'id' | 'person'>): string =>
  `/people/${person}/fit-note-requests/${id}/result`

type Talk = Readonly<{ id: string; person: string; holdBy: Temporal.PlainDate }>

/** A conversation to be held as it stands on the day of a coach, with where its result is written. */
export function talkLines(talk: Talk | undefined, today: Temporal.PlainDate) {
  if (!talk) return []
  return [
    { reason: 'conversation', because: dueInWords(talk.holdBy, today), on: talk.holdBy, at: resultAt(talk) } as const,
  ]
}

type Asked = Readonly<{ email: string | null; asked: Temporal.PlainDate }>

/** What is wrong with a request as it was entered. */
export function requestProblems({ email, asked }: Asked, today: Temporal.PlainDate): Problem[] {
  const future = isBefore(today, asked)
  return [
    ...(email === null ? [] : emailProblems(email)),
    ...(future
      ? [{ field: 'asked', message: 'Enter the day on which they asked: it cannot be later than today' }]
      : []),
  ]
}

type Said = Readonly<{ what: Result; held: Temporal.PlainDate; words: string | null }>

/** What is wrong with a result as it was entered: a practice that is to assess somebody is told why. */
export function resultProblems(
  { what, held, words }: Said,
  { today, askedOn }: Readonly<{ today: Temporal.PlainDate; askedOn: Temporal.PlainDate }>,
): Problem[] {
  const found: (Problem | false)[] = [
    what === 'clinician' && words === null && { field: 'words', message: 'Enter why a clinician needs to assess them' },
    isBefore(today, held) && {
      field: 'held',
      message: 'Enter the day on which you spoke: it cannot be later than today',
    },
    isBefore(held, askedOn) && { field: 'held', message: 'Enter a day on or after the day on which they asked' },
  ]
  return found.filter((problem) => problem !== false)
}

/** How many requests one page of the list shows. */
export const pageLength = 25
