import { isBefore } from '#platform/dates.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { WayOfAgreeing } from '#registers/permissions/rules.ts'
import type { BarrierCode, EmploymentStatus } from '#journey/assessment/rules.ts'
import type { EarlyEnd } from '#journey/episode/rules.ts'
import type { WayAgreed } from '#journey/plan/rules.ts'
import type { WaitsFor } from '#journey/support/pause/rules.ts'
import { cellIn, codeIn, codesIn, dayIn, keyFrom, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import * as words from '#exchange/files/cases/answers/rules.ts'
import { aDay, type Column, type Columns } from '#exchange/files/columns/rules.ts'
import {
  neededOfRequest,
  type ReadRequest,
  readRequest,
  requestColumns,
  type RequestKey,
} from '#exchange/files/referrals/rules.ts'
import { type Colleague, colleagueIn, looksAfterPeople, type Staff } from '#exchange/files/cases/colleagues/rules.ts'

/** How the other files name an episode. */
export const episodeReference = {
  label: 'Case reference',
  also: ['Episode reference', 'Case ID', 'Case number', 'Episode ID', 'Case', 'Referral ID', 'Referral reference'],
  about: 'Needed. What the sending system calls this case',
} as const satisfies Column

const ownColumns = {
  reference: { ...episodeReference, about: `${episodeReference.about}; the other files name it by it` },
  person: {
    label: 'Person reference',
    also: ['Person ID', 'Client ID', 'Client reference', 'Participant ID', 'Participant reference'],
    about: 'Needed. Whose it is: the reference in people.csv',
  },
  acceptedOn: {
    label: 'Accepted on',
    also: ['Accepted', 'Date accepted', 'Acceptance date'],
    about: `When empty and the case has gone further, the day it was received. ${aDay}`,
  },
  coach: {
    label: 'Coach',
    also: ['Adviser', 'Advisor', 'Work coach', 'Case worker', 'Caseworker', 'Allocated to', 'Key worker'],
    about: 'The email address or name of a colleague who looks after people. Needed from the first conversation on',
  },
  takesPartOn: {
    label: 'Agreed to take part on',
    also: ['Consent date', 'Date of consent', 'Agreed on'],
    about: aDay,
  },
  takesPartHow: {
    label: 'Agreed how',
    also: ['How consent was given', 'Consent method'],
    about: 'When empty, on a form',
  },
  assessedOn: {
    label: 'First conversation on',
    also: [
      'Assessed on',
      'Assessment date',
      'Date of assessment',
      'Initial assessment date',
      'Start date',
      'Started on',
    ],
    about: `Support counts as started from this day. ${aDay}`,
  },
  employment: {
    label: 'Work at first conversation',
    also: ['Employment at start', 'Work status at start', 'Employment status at assessment'],
    about: 'How they stood to work then',
  },
  barriers: {
    label: 'Barriers',
    also: ['Barriers to work', 'Obstacles', 'Barriers at start'],
    about: 'What stands in the way, several kept apart by semicolons; the first is the main one',
  },
  planType: { label: 'Plan', also: ['Plan type', 'Type of plan', 'Pathway', 'Strand'], about: 'The kind of plan' },
  planAgreedOn: { label: 'Plan agreed on', also: ['Plan date', 'Action plan date', 'Date plan agreed'], about: aDay },
  planAgreedHow: { label: 'Plan agreed how', also: ['How plan agreed'], about: 'When empty, in person' },
  reviewOn: {
    label: 'Next review on',
    also: ['Review date', 'Next review', 'Review due'],
    about: `When empty or gone by, every four weeks from then or from the day the plan was agreed. ${aDay}`,
  },
  targetOn: { label: 'Plan meant to be reached by', also: ['Target date', 'Plan target date'], about: aDay },
  supportedOn: { label: 'Support began on', also: ['Support start', 'Active from', 'Support start date'], about: aDay },
  pausedOn: { label: 'Waiting since', also: ['Paused on', 'On hold since', 'Suspended on'], about: aDay },
  pausedFor: {
    label: 'Waiting for',
    also: ['Paused for', 'On hold reason', 'Reason for pause'],
    about: 'Whom or what',
  },
  lookAgainOn: {
    label: 'Look again on',
    also: ['On hold until', 'Paused until'],
    about: `Needed while waiting. ${aDay}`,
  },
  nextOn: {
    label: 'Next contact on',
    also: ['Next contact', 'Next action date', 'Next due', 'Next appointment due'],
    about: `When empty, before the person would be going quiet; when gone by, the next working day. ${aDay}`,
  },
  endedOn: { label: 'Ended on', also: ['Closed on', 'Date closed', 'Exit date', 'End date', 'Left on'], about: aDay },
  endedAs: {
    label: 'Ended because',
    also: ['Exit reason', 'Closure reason', 'Reason for closure', 'Reason for leaving', 'End reason'],
    about: 'Why it ended early. A completed plan stands in outcomes.csv instead',
  },
  endedSaid: { label: 'What they said at the end', also: ['Closure notes', 'Exit notes'], about: 'Any words' },
} as const satisfies Readonly<Record<string, Column>>

export type EpisodeKey = keyof typeof ownColumns | RequestKey

/** The columns of episodes.csv. */
export const episodeColumns: Columns<EpisodeKey> = {
  columns: { ...ownColumns, ...requestColumns },
  needed: [
    { oneOf: ['reference'], called: 'Case reference' },
    { oneOf: ['person'], called: 'Person reference' },
    ...neededOfRequest,
  ],
}

type Day = Temporal.PlainDate

/** What a row says about a case, as far as it has come. */
export type ReadCase = ReadRequest &
  Readonly<{
    reference: string
    person: string
    acceptedOn: Day | null
    coach: Colleague | null
    takesPartOn: Day | null
    takesPartHow: WayOfAgreeing
    assessed: Readonly<{ on: Day; employment: EmploymentStatus | null; barriers: readonly BarrierCode[] }> | null
    plan: Readonly<{ type: PlanType; how: WayAgreed } & Record<'agreedOn' | 'reviewOn' | 'targetOn', Day | null>> | null
    supportedOn: Day | null
    pause: Readonly<{ since: Day; waits: WaitsFor; check: Day }> | null
    nextOn: Day | null
    end: Readonly<{ on: Day; as: EarlyEnd; said: string | null }> | null
  }>

/** Reads one row; everything that stands in the way is said of the row. */
export function readCase(row: Row<EpisodeKey>, staff: Staff): ReadCase | undefined {
  const [reference, person] = [referenceOfEpisode(row), textIn(row, 'person', 100)]
  if (reference === null) say(row, 'reference', 'Give what your system calls this case.')
  if (person === null) say(row, 'person', 'Say whose case it is.')
  const { route, receivedOn, ...request } = readRequest(row)
  const days = {
    ...{ acceptedOn: dayIn(row, 'acceptedOn', row.past), takesPartOn: dayIn(row, 'takesPartOn', row.past) },
    takesPartHow: codeIn(row, 'takesPartHow', words.agreeingWords) ?? ('form' as const),
    ...{ supportedOn: dayIn(row, 'supportedOn', row.past), nextOn: dayIn(row, 'nextOn', row.planned) },
  }
  const [assessed, plan, pause, end] = [readAssessed(row), readPlan(row), readPause(row), readEnd(row)]
  const coach = colleagueIn(row, 'coach', staff)
  if (cellIn(row, 'coach') === null && (assessed ?? plan ?? pause))
    say(row, 'coach', 'Give the coach who looks after them.')
  if (coach && !looksAfterPeople(coach)) say(row, 'coach', `${coach.name} does not look after people.`)
  if (!reference || !person || !route || !receivedOn) return undefined
  const read = { ...request, ...days, reference, person, route, receivedOn, coach, assessed, plan, pause, end }
  sayWhatIsOutOfOrder(row, read)
  return read
}

/** Which case a row of another file belongs to. */
export function caseIn(row: Row<'episode'>): string | null {
  const episode = textIn(row, 'episode', 100)
  if (episode === null) say(row, 'episode', 'Say which case it belongs to.')
  return episode
}

/** What the sending system calls the episode of this row. */
export function referenceOfEpisode(row: Row<'reference'>): string | null {
  return textIn(row, 'reference', 100)
}

/** What knows an episode of a system again. */
export function keyOfEpisode(reference: string, source: string): string {
  return ['episode', keyFrom(source), reference.toLowerCase()].join('\n')
}

function readAssessed(row: Row<EpisodeKey>): ReadCase['assessed'] {
  const on = dayIn(row, 'assessedOn', row.past)
  const employment = codeIn(row, 'employment', words.employmentWords)
  const barriers = [...new Set(codesIn(row, 'barriers', words.obstacleWords))]
  return on && { on, employment, barriers }
}

function readPlan(row: Row<EpisodeKey>): ReadCase['plan'] {
  const type = codeIn(row, 'planType', words.planWords)
  const agreedOn = dayIn(row, 'planAgreedOn', row.past)
  const [reviewOn, targetOn] = [dayIn(row, 'reviewOn', row.planned), dayIn(row, 'targetOn', row.planned)]
  const how = codeIn(row, 'planAgreedHow', words.agreedWords) ?? 'in-person'
  if (agreedOn && cellIn(row, 'planType') === null) say(row, 'planType', 'Give the kind of plan that was agreed.')
  return type && { type, how, agreedOn, reviewOn, targetOn }
}

function readPause(row: Row<EpisodeKey>): ReadCase['pause'] {
  const since = dayIn(row, 'pausedOn', row.past)
  const waits = codeIn(row, 'pausedFor', words.waitingWords)
  const check = dayIn(row, 'lookAgainOn', row.planned)
  if (since && cellIn(row, 'pausedFor') === null) say(row, 'pausedFor', 'Say whom or what is waited for.')
  if (since && cellIn(row, 'lookAgainOn') === null) say(row, 'lookAgainOn', 'Give the day to look again.')
  return since && waits && check && { since, waits, check }
}

function readEnd(row: Row<EpisodeKey>): ReadCase['end'] {
  const on = dayIn(row, 'endedOn', row.past)
  const as = codeIn(row, 'endedAs', words.endWords)
  const said = textIn(row, 'endedSaid', 4000)
  if (on && cellIn(row, 'endedAs') === null)
    say(row, 'endedAs', 'Say why it ended; a completed plan goes in outcomes.csv.')
  if (as && cellIn(row, 'endedOn') === null) say(row, 'endedOn', 'Give the day it ended.')
  return on && as && { on, as, said }
}

// Each day with those it cannot come before.
function sayWhatIsOutOfOrder(row: Row<EpisodeKey>, read: ReadCase): void {
  const { receivedOn, assessed, plan, pause, end } = read
  const not = (key: EpisodeKey, day: Day | null | undefined, before: Day | null | undefined, what: string) => {
    if (day && before && isBefore(day, before)) say(row, key, `It lies before ${what}.`)
  }
  for (const key of ['acceptedOn', 'takesPartOn'] as const) not(key, read[key], receivedOn, 'the referral came')
  not('assessedOn', assessed?.on, receivedOn, 'the referral came')
  not('planAgreedOn', plan?.agreedOn, assessed?.on, 'the first conversation')
  not('supportedOn', read.supportedOn, plan?.agreedOn, 'the plan was agreed')
  not('pausedOn', pause?.since, assessed?.on, 'the first conversation')
  for (const day of [receivedOn, assessed?.on, plan?.agreedOn, read.supportedOn, pause?.since])
    not('endedOn', end?.on, day, 'something else that happened')
  if ((plan ?? pause) && !assessed) say(row, 'assessedOn', 'Give the day of the first conversation: a plan follows it.')
  if (read.supportedOn && !plan?.agreedOn)
    say(row, 'planAgreedOn', 'Give the day the plan was agreed: support follows it.')
}
