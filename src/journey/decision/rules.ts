import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Step, StepKind } from '#journey/episode/rules.ts'
import { elsewhere } from '#journey/belonging/rules.ts'
import { type Facts, type Finding, never, type Question, questions } from '#journey/finding/rules.ts'
import type { Screened } from '#journey/screening/rules.ts'

/** What can be decided about a referral. Nobody is turned away without being helped on. */
export const decisions = {
  accepted: { label: 'Accept, and offer support' },
  'not-eligible': { label: 'Not eligible here, and help them on to somewhere else' },
  declined: { label: 'They do not want support' },
} as const

export type Decision = keyof typeof decisions

/** What was decided, as it is told afterwards. */
export const decided: Readonly<Record<Decision, string>> = {
  accepted: 'Accepted',
  'not-eligible': 'Not eligible here',
  declined: 'They did not want support',
}

/** How somebody was told where they can get help instead. */
export const waysOfTelling = {
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
  video: { label: 'By video' },
  written: { label: 'In writing' },
} as const

export type WayOfTelling = keyof typeof waysOfTelling

/** What is decided, and where somebody is helped on to when it is not with us. */
export type Deciding = Readonly<{
  decision: Decision
  reason: string | null
  whereTo: string | null
  toldBy: string | null
  toldHow: WayOfTelling | null
  toldOn: Temporal.PlainDate | null
}>

type Beside = Readonly<{ answer: Screened; receivedOn: Temporal.PlainDate; today: Temporal.PlainDate }>

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is missing before this can be decided: a reason against the rules, and for who is turned away a place to go. */
export function decisionProblems(deciding: Deciding, beside: Beside): Problem[] {
  const against =
    (deciding.decision === 'accepted' && beside.answer !== 'eligible') ||
    (deciding.decision === 'not-eligible' && beside.answer !== 'not-eligible')
  return [
    ...(against && !deciding.reason ? [problem('reason', reasonWanted[deciding.decision])] : []),
    ...(deciding.decision === 'not-eligible' ? handoverProblems(deciding, beside) : []),
  ]
}

const reasonWanted: Readonly<Record<Decision, string>> = {
  accepted: 'Say why you accept, since the rules do not clearly say so',
  'not-eligible': 'Say why they are not eligible, since the rules do not say so',
  declined: '',
}

function handoverProblems({ whereTo, ...told }: Deciding, beside: Beside): Problem[] {
  const begun = told.toldBy !== null || told.toldHow !== null || told.toldOn !== null
  return [
    ...(whereTo ? [] : [problem('whereTo', 'Say where they can get help instead')]),
    ...(begun ? tellingProblems(told, beside) : []),
  ]
}

/** That somebody was told where they can get help, by whom, how and when. */
export type Telling = Pick<Deciding, 'toldBy' | 'toldHow' | 'toldOn'>

/** What is missing before it counts that somebody was told. */
export function tellingProblems(
  { toldBy, toldHow, toldOn }: Telling,
  { receivedOn, today }: Pick<Beside, 'receivedOn' | 'today'>,
): Problem[] {
  return [
    ...(toldBy ? [] : [problem('toldBy', 'Choose who told them')]),
    ...(toldHow ? [] : [problem('toldHow', 'Select how they were told')]),
    ...(toldOn ? [] : [problem('toldOn', 'Enter the day on which they were told')]),
    ...(toldOn && isBefore(today, toldOn)
      ? [problem('toldOn', 'Tell them first: the day cannot be in the future')]
      : []),
    ...(toldOn && isBefore(toldOn, receivedOn)
      ? [problem('toldOn', `They were referred on ${longDay(receivedOn)}: the day cannot be before that`)]
      : []),
  ]
}

/** How the episode moves by a decision. */
export function stepOf(decision: Decision): Step {
  return decision === 'accepted' ? { kind: 'accepted' } : { kind: 'ended', as: decision }
}

type Taken = Readonly<{ id: string; kind: StepKind; withdrawn: boolean }>

/** Why a decision cannot be taken back any more; undefined when it can. */
export function whyNotUndone(
  { step, withdrawn }: Readonly<{ step: string; withdrawn: boolean }>,
  steps: readonly Taken[],
  otherOpen: boolean,
): string | undefined {
  if (withdrawn) return 'It was taken back already.'
  if (otherOpen) return 'Another spell of support has begun for this person.'
  const last = steps.filter((one) => !one.withdrawn && one.kind !== 'withdrawn').at(-1)
  return last?.id === step ? undefined : 'Something else has happened since, so it stands.'
}

/** What to ask next, and what was answered and may be corrected. */
export function questionsFor(findings: readonly Finding[], answers: Facts['answers']) {
  const open = [...new Set(findings.flatMap(({ ask }) => ask))]
  const isAnswered = (question: Question) => answers[question] !== undefined && !open.includes(question)
  return { open, answered: asked.filter(isAnswered) }
}

// Checked: the keys of a code list are its codes.
const asked = Object.keys(questions) as Question[]

export type GivenAnswers = Readonly<Partial<Record<Question, string | number | Temporal.PlainDate | null>>> &
  Readonly<{ never: boolean }>

/** The answers that are new or different from those before. */
export function newAnswers({ never: hadNone, ...given }: GivenAnswers, before: Facts['answers']): Facts['answers'] {
  const ended = hadNone && !given['work-ended-on'] ? never : given['work-ended-on']
  const all = { ...given, 'work-ended-on': ended }
  const said = Object.entries(all).flatMap(([question, answer]): [string, string][] =>
    answer ? [[question, answer.toString()]] : [],
  )
  return Object.fromEntries(said.filter(([question, answer]) => before[asQuestion(question)] !== answer))
}

function asQuestion(name: string): Question {
  return asked.find((question) => question === name) ?? 'condition'
}

/** What is wrong with an answer that the calendar contradicts. */
export function answerProblems(given: GivenAnswers, today: Temporal.PlainDate): Problem[] {
  const ended = given['work-ended-on']
  const late = ended instanceof Temporal.PlainDate && isBefore(today, ended)
  return late ? [problem('work-ended-on', 'The day their last job ended cannot be in the future')] : []
}

/** An answer in words. */
export function answerInWords(
  question: Question,
  answer: string,
  councils: Readonly<Record<string, { label: string }>>,
) {
  if (question === 'council') return answer === elsewhere ? 'Outside the area' : (councils[answer]?.label ?? answer)
  if (question === 'work-ended-on')
    return answer === never ? 'Never had a job' : longDay(Temporal.PlainDate.from(answer))
  const { list = {} } = { list: {}, ...questions[question] }
  return Object.entries<{ label: string }>(list).find(([code]) => code === answer)?.[1].label ?? answer
}
