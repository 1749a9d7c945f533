import { clock, dayOf, longDay } from '#platform/dates.ts'
import { owners, results } from '#journey/action/rules.ts'
import { levelCodes, levelOf, levels, type Rating, type Scale } from '#journey/goal-scaling/rules.ts'
import type { PlannedGoal } from '#journey/plan/rules.ts'
import {
  parts as partsAtWork,
  type SentenceKind,
  sentenceKinds,
  type WorkplaceWords,
} from '#journey/support/employer/rules.ts'
import { type Happening, type Kind, kinds, within, writtenBy } from '#journey/timeline/rules.ts'
import { type Answers, answerInWords, answers as details } from '#registers/details/rules.ts'
import { answered, type Question, questions } from '#registers/equality/rules.ts'
import { kindInWords, type Means, onOneLine, useInWords } from '#registers/means/rules.ts'
import type { Chosen, Instrument } from '#registers/instruments/rules.ts'
import { labelOf, resultInWords, suppliedAs } from '#registers/questionnaires/rules.ts'
import type { Reading } from '#registers/readers/rules.ts'

/** Why something of a record is left out of the copy that its person gets. */
export const reasons = {
  'third-party': {
    label: 'It is also about somebody else, who has not agreed',
    law: 'Data Protection Act 2018, Schedule 2, paragraph 16',
    own: '{number, plural, one {# thing is left out because it also says} other {# things are left out because they also say}} something about somebody else.',
  },
  harm: {
    label: 'Reading it could seriously harm the person or somebody else',
    law: 'Data Protection Act 2018, Schedule 3, paragraph 5: a health professional is asked first',
    own: null,
  },
  restricted: {
    label: 'The law or a court says that it stays closed',
    law: 'For example public protection arrangements, or the prevention of a crime',
    own: null,
  },
} as const

export type Withheld = keyof typeof reasons

/** One thing that a record says. */
export type Entry = Readonly<{
  key: string
  what: string
  when: string | null
  by: string | null
  text: readonly string[]
  /** What is left out unless whoever looks it through gives it: words about concerns, and what is restricted. */
  usually?: Withheld
}>

/** The parts in which a record is drafted, looked through and given. */
export const parts = {
  person: { label: 'Name, home, needs and ways to be reached' },
  goals: { label: 'Goals and actions' },
  employer: { label: 'Their employer, and what may be said there' },
  answers: { label: 'Answers to questions, one by one' },
  ...kinds,
  readers: { label: 'Who has opened the record' },
} as const

export type Part = keyof typeof parts

// Checked: the keys of the code list are its codes.
export const partCodes = Object.keys(parts) as Part[]

export type Draft = Readonly<Record<Part, readonly Entry[]>>

const moment = (at: Temporal.Instant) => `${longDay(dayOf(at))}, ${clock(at)}`

/** Something that happened, as the record tells it. What is said of concerns is left out unless somebody gives it. */
function entryOf({ id, kind, at, dayOnly, by, from, what, text = [], mark }: Happening): Entry {
  return {
    key: `${kind}-${id}`,
    what: mark === undefined ? what : `${what} (${within(mark)})`,
    when: dayOnly ? longDay(dayOf(at)) : moment(at),
    by: writtenBy({ by, ...(from === undefined ? {} : { from }) }) ?? null,
    text: text.filter((line): line is string => typeof line === 'string' && line !== ''),
    ...(kind === 'safety' ? { usually: 'harm' as const } : {}),
  }
}

/** The parts of what happened, each with its own. */
export function partsOf(happenings: readonly Happening[]): Readonly<Record<Kind, readonly Entry[]>> {
  // Checked: the keys of the code list are its codes.
  const codes = Object.keys(kinds) as Kind[]
  const entries = codes.map((kind) => [kind, happenings.filter((one) => one.kind === kind).map(entryOf)])
  // Checked: one list for each kind, made above.
  return Object.fromEntries(entries) as Record<Kind, Entry[]>
}

const plain = (key: string, what: string, text: readonly string[]): Entry => ({ key, what, when: null, by: null, text })

type Known = Readonly<{
  person: Answers
  councils: ReadonlyMap<string, string>
  means: readonly Means[]
  restriction: Readonly<{ reason: string | null; note: string | null }> | undefined
}>

/** Who somebody is, what they need and how they are reached. Why a record is restricted is left out unless somebody gives it. */
export function personEntries({ person, councils, means, restriction }: Known): Entry[] {
  // Checked: the keys of the code list are its codes.
  const names = Object.keys(details) as (keyof typeof details)[]
  const rows = names.filter((name) => (person[name] ?? '') !== '')
  const hidden = restriction && [restriction.reason, restriction.note].filter((line): line is string => line !== null)
  return [
    ...rows.map((name) => plain(`detail-${name}`, details[name].label, [answerInWords(name, person, councils)])),
    ...means.map((one) => plain(`means-${one.id}`, kindInWords(one), [onOneLine(one.value), useInWords(one)])),
    ...(hidden
      ? [{ ...plain('restriction', 'Why the record is restricted', hidden), usually: 'restricted' as const }]
      : []),
  ]
}

/** What somebody wants to reach, and what was agreed to be done for it. */
export function goalEntry({ id, words, actions }: PlannedGoal, scaling: Scaling): Entry {
  const done = actions.map(({ what, owner, due_on, result, result_note }) =>
    [
      `${what} (${within(owners[owner].label)}, by ${longDay(due_on)})`,
      result && within(results[result].label),
      result_note,
    ]
      .filter((part) => part)
      .join(': '),
  )
  return plain(`goal-${id}`, `Goal: ${words}`, [...done, ...scalingTold(id, scaling)])
}

type Written = Readonly<{ at: Temporal.Instant; by: string | null }>

type AtWork = Readonly<{
  workplaces: readonly (WorkplaceWords & Readonly<{ id: string; endedOn: Temporal.PlainDate | null }> & Written)[]
  sentences: readonly (Written & Readonly<{ id: string; kind: SentenceKind; words: string }>)[]
}>

/** Whom we talk to at somebody's work, and the sentences that were written with them to be said there. */
export function employerEntries({ workplaces, sentences }: AtWork): Entry[] {
  return [
    ...workplaces.map(({ id, organisation, site, contact, part, email, phone, postal, endedOn, at, by }) => ({
      ...plain(`workplace-${id}`, `${contact}, ${organisation}`, [
        ...[partsAtWork[part].label, site, email, phone, postal].filter((line): line is string => Boolean(line)),
        ...(endedOn ? [`Nobody talks to them since ${longDay(endedOn)}`] : []),
      ]),
      ...{ when: moment(at), by },
    })),
    ...sentences.map(({ id, kind, words, at, by }) => ({
      ...plain(`sentence-${id}`, sentenceKinds[kind].label, [words]),
      ...{ when: moment(at), by },
    })),
  ]
}

type Scaling = Readonly<{ scales: readonly Scale[]; ratings: readonly Rating[] }>

/** The levels that were set for a goal, and where it was said to stand. */
function scalingTold(goal: string, { scales, ratings }: Scaling): string[] {
  const set = scales.find((scale) => scale.goal === goal)
  const said = ratings.filter((rating) => rating.goal === goal)
  return [
    ...(set ? levelCodes.map((code) => `${levels[code].label}: ${set.words[code]}`) : []),
    ...(set ? [`When the levels were set: ${within(levels[levelOf(set.baseline)].label)}`] : []),
    ...said.map(({ on, level }) => `On ${longDay(on)}: ${within(levels[levelOf(level)].label)}`),
  ]
}

type Answered = Readonly<{
  id: string
  instrument: string
  answered_at: Temporal.Instant
  /** Why it was taken back; null where it stands. */
  takenBack: string | null
  items: Chosen
  score: number | null
  band: string | null
  by: string | null
}>

/** What somebody answered to a questionnaire, question by question in the words they were asked, and its score. */
export function answerEntry(answered: Answered, asked?: Instrument): Entry {
  const { id, instrument: code, answered_at: at, items, by, score, takenBack } = answered
  const known = asked ?? suppliedAs(code)
  const lines = Object.entries(items).map(([item, chosen]) => {
    const question = known?.items[item]
    return `${question?.text ?? item}: ${question?.answers[chosen]?.label ?? chosen}`
  })
  const scored = score === null ? [] : [`Score: ${resultInWords(code, answered)}`]
  const back = takenBack === null ? [] : [`Taken back: ${takenBack}`]
  return { key: `answer-${id}`, what: labelOf(code), when: moment(at), by, text: [...lines, ...scored, ...back] }
}

type Equality = Readonly<Record<Question, string | null>> & Readonly<{ person: string; asked_at: Temporal.Instant }>

/** What somebody answered to the questions that are only ever counted. */
export function equalityEntry(row: Equality): Entry {
  const lines = answered(row).map((question) => {
    const list: Readonly<Record<string, Readonly<{ label: string }>>> = questions[question].list
    const chosen = row[question] ?? ''
    return `${questions[question].label} ${list[chosen]?.label ?? chosen}`
  })
  return {
    key: `equality-${row.person}`,
    what: 'Equality questions',
    when: moment(row.asked_at),
    by: null,
    text: lines,
  }
}

/** Who opened the record on a day, and why. */
export function readingEntry({ key, from, name, who, organisation, looked, why }: Reading): Entry {
  const whom = [name, who, organisation].filter((part) => part).join(', ')
  return { key: `reader-${key}`, what: whom, when: moment(from), by: null, text: [looked.join(', '), why] }
}
