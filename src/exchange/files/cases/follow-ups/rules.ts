import * as followUp from '#journey/follow-up/rules.ts'
import { cellIn, codeIn, dayIn, keyFrom, numberIn, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import { aDay, type Columns } from '#exchange/files/columns/rules.ts'
import { caseIn, episodeReference } from '#exchange/files/cases/episodes/rules.ts'

export type FollowUpKey =
  'episode' | 'weeks' | 'on' | 'result' | 'inWork' | 'employer' | 'hours' | 'health' | 'weeks7' | 'weeks16' | 'said'

/** The columns of follow-ups.csv. */
export const followUpColumns: Columns<FollowUpKey> = {
  columns: {
    episode: episodeReference,
    weeks: { label: 'Weeks', also: ['Follow-up', 'Follow-up point', 'Weeks after'], about: 'Needed. 13 or 26' },
    on: { label: 'Heard on', also: ['Date', 'Follow-up date', 'Date of follow-up'], about: `Needed. ${aDay}` },
    result: { label: 'Result', also: ['Follow-up result', 'Outcome', 'Status'], about: 'Needed. What came of it' },
    inWork: { label: 'In work', also: ['Working', 'Employed', 'Still in work'], about: 'Needed where they answered' },
    employer: { label: 'Same employer', also: ['Employer'], about: 'Needed for somebody in work' },
    hours: { label: 'Hours', also: ['Hours a week', 'Weekly hours'], about: 'Needed for somebody in work' },
    health: { label: 'Health', also: ['How is their health'], about: 'Needed where they answered' },
    weeks7: { label: 'Weeks of 7 hours or more', also: ['Weeks of 7 hours'], about: 'From 0 to 16' },
    weeks16: { label: 'Weeks of 16 hours or more', also: ['Weeks of 16 hours'], about: 'From 0 to 16' },
    said: { label: 'What they said', also: ['Note', 'Notes', 'Comments'], about: 'Any words' },
  },
  needed: [
    { oneOf: ['episode'], called: 'Case reference' },
    { oneOf: ['weeks'], called: 'Weeks' },
    { oneOf: ['on'], called: 'Heard on' },
    { oneOf: ['result'], called: 'Result' },
  ],
}

/** A follow-up as a file has it. */
export type ReadFollowUp = Readonly<{
  episode: string
  weeks: followUp.Weeks
  on: Temporal.PlainDate
  result: followUp.Result
  inWork: followUp.InWork | null
  employer: followUp.SameEmployer | null
  hours: number | null
  health: followUp.Health | null
  weeks7: number | null
  weeks16: number | null
  said: string | null
}>

/** Reads a row of follow-ups.csv; everything that stands in the way is said of the row. */
export function readFollowUp(row: Row<FollowUpKey>): ReadFollowUp | undefined {
  const episode = caseIn(row)
  const on = dayIn(row, 'on', row.past)
  if (cellIn(row, 'on') === null) say(row, 'on', 'Give the day.')
  const weeks = weeksIn(row)
  const result = codeIn(row, 'result', followUpWords)
  if (cellIn(row, 'result') === null) say(row, 'result', 'Say what came of it.')
  const answers = {
    ...{ inWork: codeIn(row, 'inWork', inWorkWords), employer: codeIn(row, 'employer', employerWords) },
    ...{ hours: numberIn(row, 'hours', { least: 0, most: 100 }), health: codeIn(row, 'health', healthWords) },
    ...{
      weeks7: numberIn(row, 'weeks7', { least: 0, most: 16 }),
      weeks16: numberIn(row, 'weeks16', { least: 0, most: 16 }),
    },
    said: textIn(row, 'said', 2000),
  }
  if (result === 'answered') sayWhatIsMissing(row, answers.inWork)
  if ((answers.weeks16 ?? 0) > (answers.weeks7 ?? 16))
    say(row, 'weeks16', 'They cannot outnumber the weeks of 7 hours.')
  return episode && on && weeks && result ? { ...answers, episode, on, weeks, result } : undefined
}

/** What knows a follow-up again: an episode has one of each. */
export function keyOfFollowUp({ episode, weeks }: ReadFollowUp, source: string): string {
  return ['follow-up', keyFrom(source), episode.toLowerCase(), weeks].join('\n')
}

function sayWhatIsMissing(row: Row<FollowUpKey>, inWork: followUp.InWork | null): void {
  const working = inWork === 'yes' || inWork === 'off-sick'
  if (cellIn(row, 'inWork') === null) say(row, 'inWork', 'Say whether they are in work.')
  if (cellIn(row, 'health') === null) say(row, 'health', 'Say how their health is.')
  if (working && cellIn(row, 'employer') === null) say(row, 'employer', 'Say who they work for.')
  if (working && cellIn(row, 'hours') === null) say(row, 'hours', 'Give how many hours they work in a usual week.')
}

function weeksIn(row: Row<FollowUpKey>): followUp.Weeks | null {
  const text = cellIn(row, 'weeks')
  const number = /^(13|26)( ?weeks?)?$/i.exec(text ?? '')?.[1]
  if (number === undefined)
    say(row, 'weeks', text === null ? 'Write 13 or 26.' : `“${text.slice(0, 60)}” is neither 13 nor 26.`)
  return number === undefined ? null : number === '13' ? 13 : 26
}

export const followUpWords: Spellings<followUp.Result> = {
  exactly: true,
  list: followUp.results,
  also: {
    answered: ['Answered', 'Reached', 'Completed', 'Yes'],
    'not-reached': ['Not reached', 'No answer', 'No response', 'Unable to contact'],
    declined: ['Declined', 'Refused'],
    died: ['Deceased'],
  },
}

export const inWorkWords: Spellings<followUp.InWork> = {
  exactly: true,
  list: followUp.inWork,
  also: {
    yes: ['Y', 'In work', 'Employed', 'Working'],
    'off-sick': ['Off sick'],
    no: ['N', 'Not in work', 'Unemployed'],
  },
}

export const employerWords: Spellings<followUp.SameEmployer> = {
  list: followUp.sameEmployer,
  also: { yes: ['Y', 'Same', 'Same employer'], no: ['N', 'Another', 'New employer'], self: ['Self employed'] },
}

export const healthWords: Spellings<followUp.Health> = {
  list: followUp.health,
  also: { better: ['Improved'], same: ['Same', 'No change', 'Unchanged'], worse: ['Declined', 'Deteriorated'] },
}
