import { type Owner, owners, type Result, results } from '#journey/action/rules.ts'
import { type GoalResult, goalResults } from '#journey/completion/rules.ts'
import { type WhoseWords, whoseWords } from '#journey/goal/rules.ts'
import { cellIn, codeIn, dayIn, keyFrom, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import { aDay, type Columns } from '#exchange/files/columns/rules.ts'
import { caseIn, episodeReference } from '#exchange/files/cases/episodes/rules.ts'

type Day = Temporal.PlainDate

const goalReference = { label: 'Goal reference', also: ['Goal ID', 'Goal number'] } as const

export type GoalKey = 'episode' | 'reference' | 'words' | 'whose' | 'addedOn' | 'targetOn' | 'result'

/** The columns of goals.csv. */
export const goalColumns: Columns<GoalKey> = {
  columns: {
    episode: episodeReference,
    reference: { ...goalReference, about: 'What the sending system calls it. Without it a goal is known by its words' },
    words: { label: 'Goal', also: ['Goal text', 'Goal description', 'Objective', 'Aim'], about: 'Needed. Any words' },
    whose: { label: 'Whose words', also: ['Goal in words of'], about: 'When empty, the person’s own' },
    addedOn: { label: 'Added on', also: ['Goal date', 'Date set', 'Created on'], about: aDay },
    targetOn: { label: 'By', also: ['Goal target date', 'Target date', 'Due date', 'To be reached by'], about: aDay },
    result: {
      label: 'What became of it',
      also: ['Goal result', 'Goal outcome', 'Goal status', 'Achieved'],
      about: 'For a completed plan',
    },
  },
  needed: [
    { oneOf: ['episode'], called: 'Case reference' },
    { oneOf: ['words'], called: 'Goal' },
  ],
}

/** A goal as a file has it. */
export type ReadGoal = Readonly<{
  episode: string
  reference: string | null
  words: string
  whose: WhoseWords
  addedOn: Day | null
  targetOn: Day | null
  result: GoalResult | null
}>

/** Reads a row of goals.csv; everything that stands in the way is said of the row. */
export function readGoal(row: Row<GoalKey>): ReadGoal | undefined {
  const [episode, text] = [caseIn(row), textIn(row, 'words', 2000)]
  if (text === null) say(row, 'words', 'Give the goal.')
  const goal = {
    reference: textIn(row, 'reference', 100),
    whose: codeIn(row, 'whose', tellers) ?? ('person' as const),
    ...{ addedOn: dayIn(row, 'addedOn', row.past), targetOn: dayIn(row, 'targetOn', row.planned) },
    result: codeIn(row, 'result', goalResultWords),
  }
  return episode === null || text === null ? undefined : { ...goal, episode, words: text }
}

/** What knows a goal again. */
export function keyOfGoal({ episode, reference, words }: ReadGoal, source: string): string {
  const own = reference === null ? ['words', keyFrom(words)] : ['reference', reference.toLowerCase()]
  return ['goal', keyFrom(source), episode.toLowerCase(), ...own].join('\n')
}

export type ActionKey =
  'episode' | 'reference' | 'goal' | 'words' | 'what' | 'owner' | 'addedOn' | 'dueOn' | 'result' | 'resultOn' | 'note'

/** The columns of actions.csv. */
export const actionColumns: Columns<ActionKey> = {
  columns: {
    episode: episodeReference,
    reference: {
      label: 'Action reference',
      also: ['Action ID', 'Action number', 'Task ID'],
      about: 'What the sending system calls it. Without it an action is known by its words and day',
    },
    goal: { ...goalReference, about: 'Which goal it is for. Not needed where the case has one goal' },
    words: {
      label: 'Goal',
      also: ['Goal text', 'Goal description'],
      about: 'The words of the goal, where it has no reference',
    },
    what: { label: 'Action', also: ['Action text', 'What', 'Task', 'Action description'], about: 'Needed. Any words' },
    owner: {
      label: 'Who does it',
      also: ['Owner', 'Action owner', 'By whom', 'Responsible'],
      about: 'When empty, the participant',
    },
    addedOn: { label: 'Added on', also: ['Action date', 'Date set', 'Created on'], about: aDay },
    dueOn: { label: 'Due on', also: ['Due date', 'By', 'By when', 'Target date'], about: `Needed. ${aDay}` },
    result: {
      label: 'Result',
      also: ['Action result', 'Status', 'Action status', 'Outcome'],
      about: 'What came of it',
    },
    resultOn: {
      label: 'Result on',
      also: ['Completed on', 'Date completed', 'Done on'],
      about: `When empty, the day it was due. ${aDay}`,
    },
    note: { label: 'Result note', also: ['Notes', 'Comments'], about: 'Any words. Needed where it did not work' },
  },
  needed: [
    { oneOf: ['episode'], called: 'Case reference' },
    { oneOf: ['what'], called: 'Action' },
    { oneOf: ['dueOn'], called: 'Due on' },
  ],
}

/** An action as a file has it. */
export type ReadAction = Readonly<{
  episode: string
  reference: string | null
  goal: string | null
  goalWords: string | null
  what: string
  owner: Owner
  addedOn: Day | null
  dueOn: Day
  result: Readonly<{ is: Result; on: Day | null; note: string | null }> | null
}>

/** Reads a row of actions.csv; everything that stands in the way is said of the row. */
export function readAction(row: Row<ActionKey>): ReadAction | undefined {
  const [episode, what] = [caseIn(row), textIn(row, 'what', 2000)]
  if (what === null) say(row, 'what', 'Give the action.')
  const dueOn = dayIn(row, 'dueOn', row.planned)
  if (cellIn(row, 'dueOn') === null) say(row, 'dueOn', 'Give the day by which it was to be done.')
  const [is, on, note] = [
    codeIn(row, 'result', actionResultWords),
    dayIn(row, 'resultOn', row.past),
    textIn(row, 'note', 2000),
  ]
  if (is === 'did-not-work' && note === null) say(row, 'note', 'Say why this did not work.')
  const action = {
    ...{
      reference: textIn(row, 'reference', 100),
      goal: textIn(row, 'goal', 100),
      goalWords: textIn(row, 'words', 2000),
    },
    ...{
      owner: codeIn(row, 'owner', ownerWords) ?? ('participant' as const),
      addedOn: dayIn(row, 'addedOn', row.past),
    },
    result: is && { is, on, note },
  }
  return episode === null || what === null || dueOn === null ? undefined : { ...action, episode, what, dueOn }
}

/** What knows an action again. */
export function keyOfAction({ episode, reference, goal, goalWords, what, dueOn }: ReadAction, source: string): string {
  const own =
    reference === null ? ['row', keyFrom(goal, goalWords, what), dueOn] : ['reference', reference.toLowerCase()]
  return ['action', keyFrom(source), episode.toLowerCase(), ...own].join('\n')
}

export const tellers: Spellings<WhoseWords> = {
  list: whoseWords,
  also: {
    person: ['Own', 'Own words', 'Person', 'Participant', 'Client'],
    together: ['Together', 'Both', 'Joint'],
    interpreter: ['Interpreter'],
    supporter: ['Supporter', 'Carer', 'Advocate', 'Representative'],
  },
}

export const ownerWords: Spellings<Owner> = {
  list: owners,
  also: {
    participant: ['Participant', 'Client', 'Person', 'Customer', 'Themselves', 'Self'],
    coach: ['Coach', 'Adviser', 'Advisor', 'Work coach', 'Case worker', 'Caseworker'],
    employer: ['Employer', 'Manager', 'Line manager', 'HR'],
    service: ['Service', 'Provider', 'Partner', 'Other service'],
  },
}

export const actionResultWords: Spellings<Result> = {
  list: results,
  also: {
    done: ['Completed', 'Complete', 'Achieved', 'Yes', 'Closed'],
    'did-not-work': ['Failed', 'Unsuccessful'],
    'not-needed': ['Cancelled', 'Withdrawn', 'No longer relevant'],
    'not-yet': ['Open', 'In progress', 'Outstanding', 'Not started', 'No', 'Ongoing'],
  },
}

export const goalResultWords: Spellings<GoalResult> = {
  exactly: true,
  list: goalResults,
  also: {
    met: ['Achieved', 'Yes', 'Fully met', 'Complete'],
    partly: ['Partly', 'Partially', 'Partially met', 'Partly achieved'],
    'not-met': ['No', 'Not achieved', 'Unmet'],
    'not-wanted': ['Dropped', 'No longer relevant', 'Withdrawn'],
  },
}
