import type { EmploymentStatus } from '#journey/assessment/rules.ts'
import {
  inOrder,
  isInWork,
  type NoOutcomeReason,
  noOutcomeReasons,
  type Outcome,
  outcomes as allOutcomes,
} from '#journey/completion/rules.ts'
import {
  cellIn,
  codeIn,
  codesIn,
  dayIn,
  keyFrom,
  numberIn,
  type Row,
  say,
  textIn,
} from '#exchange/files/cells/rules.ts'
import { type Spellings, yesWords } from '#exchange/files/codes/rules.ts'
import { employmentWords } from '#exchange/files/cases/answers/rules.ts'
import { aDay, type Columns } from '#exchange/files/columns/rules.ts'
import { caseIn, episodeReference } from '#exchange/files/cases/episodes/rules.ts'

type Day = Temporal.PlainDate

export type OutcomeKey =
  'episode' | 'on' | 'outcomes' | 'none' | 'note' | 'work' | 'offSick' | 'hours' | 'ability' | 'next'

/** The columns of outcomes.csv. */
export const outcomeColumns: Columns<OutcomeKey> = {
  columns: {
    episode: episodeReference,
    on: {
      label: 'Completed on',
      also: ['Completion date', 'Plan completed on', 'Outcome date'],
      about: `Needed. ${aDay}`,
    },
    outcomes: {
      label: 'Outcomes',
      also: ['Outcome', 'Result', 'Results'],
      about: 'What the person left with, several kept apart by semicolons',
    },
    none: { label: 'No outcome because', also: ['Reason for no outcome'], about: 'Needed where there is no outcome' },
    note: { label: 'Note', also: ['Notes', 'Comments'], about: 'Any words. Needed where the reason is something else' },
    work: {
      label: 'Work status',
      also: ['Employment status', 'Work at the end', 'Employment at end'],
      about: 'Needed. How they stand to work',
    },
    offSick: { label: 'Off sick', also: ['On sick leave'], about: 'Yes or no' },
    hours: {
      label: 'Hours',
      also: ['Hours a week', 'Weekly hours'],
      about: 'In a usual week. Needed for somebody in work',
    },
    ability: { label: 'Work ability', also: ['Work ability score'], about: 'From 0 to 10' },
    next: { label: 'What comes next', also: ['Next steps', 'Onward plan'], about: 'Any words' },
  },
  needed: [
    { oneOf: ['episode'], called: 'Case reference' },
    { oneOf: ['on'], called: 'Completed on' },
    { oneOf: ['outcomes', 'none'], called: 'Outcomes' },
    { oneOf: ['work'], called: 'Work status' },
  ],
}

/** A completion as a file has it. */
export type ReadCompletion = Readonly<{
  episode: string
  on: Day
  outcomes: readonly Outcome[]
  none: NoOutcomeReason | null
  note: string | null
  work: EmploymentStatus
  offSick: boolean
  hours: number | null
  ability: number | null
  next: string
}>

/** Reads a row of outcomes.csv; everything that stands in the way is said of the row. */
export function readCompletion(row: Row<OutcomeKey>): ReadCompletion | undefined {
  const episode = caseIn(row)
  const on = dayIn(row, 'on', row.past)
  if (cellIn(row, 'on') === null) say(row, 'on', 'Give the day the plan was completed.')
  const work = codeIn(row, 'work', employmentWords)
  if (cellIn(row, 'work') === null) say(row, 'work', 'Say how they stand to work.')
  const outcomes = inOrder(codesIn(row, 'outcomes', outcomeWords))
  const none = codeIn(row, 'none', noOutcomeWords)
  const note = textIn(row, 'note', 2000)
  sayAboutOutcomes(row, outcomes, none, note)
  const hours = numberIn(row, 'hours', { least: 0, most: 100 })
  if (work && isInWork(work) && cellIn(row, 'hours') === null)
    say(row, 'hours', 'Give how many hours they work in a usual week.')
  const more = {
    ...{
      offSick: codeIn(row, 'offSick', yesWords) === 'yes',
      ability: numberIn(row, 'ability', { least: 0, most: 10 }),
    },
    next: textIn(row, 'next', 2000) ?? 'Nothing is written about it in the earlier system.',
  }
  return episode && on && work ? { ...more, episode, on, work, outcomes, none, note, hours } : undefined
}

function sayAboutOutcomes(
  row: Row<OutcomeKey>,
  outcomes: readonly Outcome[],
  none: NoOutcomeReason | null,
  note: string | null,
) {
  const [saidOutcome, saidNone] = [cellIn(row, 'outcomes'), cellIn(row, 'none')]
  if (saidOutcome === null && saidNone === null)
    say(row, 'outcomes', 'Give at least one outcome, or why there is none.')
  if (outcomes.length > 0 && none) say(row, 'none', 'Leave this empty where there is an outcome.')
  if (none === 'other' && note === null) say(row, 'note', 'Say why there is no outcome.')
}

/** What knows a completion again: an episode has one. */
export function keyOfCompletion({ episode }: ReadCompletion, source: string): string {
  return ['completion', keyFrom(source), episode.toLowerCase()].join('\n')
}

export const outcomeWords: Spellings<Outcome> = {
  list: allOutcomes,
  also: {
    'same-job': ['Same job', 'Returned to work', 'Back in same job'],
    'same-employer': ['Same employer', 'Changed job same employer', 'Redeployed'],
    'new-job': ['New job', 'Started work', 'Job start', 'Found work', 'Entered employment'],
    'self-employed': ['Self employed', 'Self employment'],
    remained: ['Stayed in work', 'Retained', 'Job retained', 'Sustained work'],
    adjustments: ['Adjustments', 'Workplace adjustments'],
    'health-barrier': ['Health improved', 'Improved health'],
    training: ['Training', 'Education'],
    onward: ['Other programme', 'Referred on'],
  },
}

export const noOutcomeWords: Spellings<NoOutcomeReason> = {
  list: noOutcomeReasons,
  also: { health: ['Health'], work: ['No suitable work'], unknown: ['Not said', 'Did not say'], other: ['Other'] },
}
