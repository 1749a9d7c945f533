import { isBefore } from '#platform/dates.ts'
import type { Route } from '#registers/organisations/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import { nobody, type Referrer, referrerProblems } from '#journey/acknowledgement/rules.ts'
import { practiceProblems } from '#journey/fit-note-referral/rules.ts'
import type { Agreement, Answers, Channel } from '#journey/referral/rules.ts'
import {
  cellIn,
  codeIn,
  dayIn,
  headingOf,
  keyFrom,
  type Reading,
  type Row,
  rowOf,
  say,
  textIn,
} from '#exchange/files/cells/rules.ts'
import * as words from '#exchange/files/codes/rules.ts'
import { aDay, type Column, type Columns } from '#exchange/files/columns/rules.ts'
import { neededOfPerson, personColumns, type PersonKey, readPerson, whoOf } from '#exchange/files/persons/rules.ts'

/** Everything that is read of a request for help in a file. */
export const requestColumns = {
  route: {
    label: 'Route',
    also: ['Referral route', 'Referral source', 'Source', 'Referred by', 'Source of referral', 'Referrer type'],
    about: 'Needed. Who referred',
  },
  channel: {
    label: 'Channel',
    also: ['How received', 'Method of referral', 'Referral method', 'Received by'],
    about: 'How it came. When empty, from another system',
  },
  receivedOn: {
    label: 'Received on',
    also: [
      'Received',
      'Date received',
      'Referral date',
      'Date of referral',
      'Referred on',
      'Date referred',
      'Received date',
    ],
    about: `Needed. The clocks run from it. ${aDay}`,
  },
  referrerName: { label: 'Referrer name', also: ['Referrer', 'Name of referrer'], about: 'Any words' },
  referrerOrganisation: {
    label: 'Referrer organisation',
    also: ['Referring organisation', 'Referring organization', 'Organisation', 'Organization', 'Referring practice'],
    about: 'Any words',
  },
  referrerEmail: {
    label: 'Referrer email',
    also: ['Referrer email address', 'Email of referrer'],
    about: 'An email address',
  },
  reason: {
    label: 'Reason',
    also: ['Reason for referral', 'Referral reason', 'Notes', 'Comments', 'Details'],
    about: 'Any words',
  },
  workStatus: {
    label: 'Work status',
    also: ['Employment status', 'Employment', 'Working status', 'Job status'],
    about: 'How they stand to work',
  },
  mainBarrier: {
    label: 'Main barrier',
    also: ['Barrier', 'Main difficulty', 'Main issue'],
    about: 'Where the main difficulty lies',
  },
  fitNote: {
    label: 'Fit note',
    also: ['Has fit note', 'Fitnote', 'Sick note', 'Current fit note'],
    about: 'Whether they have one',
  },
  fitNoteEndsOn: {
    label: 'Fit note ends on',
    also: ['Fit note end date', 'Fit note until', 'Fit note expiry', 'Fit note expires'],
    about: aDay,
  },
  howHeard: {
    label: 'How they heard',
    also: ['How did you hear', 'How heard', 'Heard of us', 'How did you hear about us', 'Heard about us from'],
    about: 'How they came to hear of the service',
  },
} as const satisfies Readonly<Record<string, Column>>

export type RequestKey = keyof typeof requestColumns

const ownColumns = {
  askedFitNote: {
    label: 'Asked for a fit note',
    also: ['Fit note requested', 'Fit note request', 'Asked for fit note', 'Requested a fit note'],
    about: 'Yes or no. Where the area is a fit note trailblazer, a coach is to speak with them',
  },
  agreement: {
    label: 'Agreed',
    also: ['Consent', 'Person agrees', 'Consent to referral', 'Consented', 'Agreement', 'Consent given'],
    about:
      'Whether the person agrees. Needed, except where somebody referred themselves. Not asked: held until they are',
  },
} as const satisfies Readonly<Record<string, Column>>

/** What has to be known about a request. */
export const neededOfRequest: Columns<RequestKey>['needed'] = [
  { oneOf: ['route'], called: 'Route' },
  { oneOf: ['receivedOn'], called: 'Received on' },
]

export type ReferralKey = 'reference' | 'agreement' | 'askedFitNote' | PersonKey | RequestKey

/** The columns of a file of referrals. */
export const referralColumns: Columns<ReferralKey> = {
  columns: {
    reference: {
      label: 'Reference',
      also: [
        'Referral reference',
        'Ref',
        'Referral ID',
        'Ref no',
        'Reference number',
        'ID',
        'Case number',
        'Client ID',
      ],
      about: 'What the sending system calls this referral. Without it a row is known by name, date of birth and day',
    },
    ...personColumns,
    ...requestColumns,
    ...ownColumns,
  },
  needed: [...neededOfPerson.slice(0, 3), ...neededOfRequest, ...neededOfPerson.slice(3)],
}

/** What a row says about a request for help. */
export type ReadRequest = Readonly<{
  route: Route
  channel: Channel
  receivedOn: Temporal.PlainDate
  answers: Answers
  referrer: Referrer
}>

/** What a row says, ready to be taken. */
export type ReadReferral = ReadRequest &
  Readonly<{
    agreement: Agreement
    newcomer: Newcomer
    /** What the sending system calls the row; null where it says nothing. */
    reference: string | null
  }>

/** A row that was read, or everything that stands in its way, a sentence for each. */
export type ReadRow = Readonly<{ ok: true; referral: ReadReferral } | { ok: false; reasons: readonly string[] }>

/** Reads one row of a file. */
export function readRow(reading: Reading<ReferralKey>, cells: readonly string[]): ReadRow {
  const row = rowOf(reading, cells)
  const newcomer = readPerson(row)
  const request = readRequest(row)
  const agreement = readAgreement(row, request.route)
  if (request.receivedOn && cellIn(row, 'bornOn') !== null && isBefore(request.receivedOn, newcomer.bornOn))
    say(row, 'receivedOn', 'It lies before the birth.')
  const reference = textIn(row, 'reference', 100)
  const { route, receivedOn, ...rest } = request
  const answers = { ...request.answers, askedFitNote: readAsked(row, request, newcomer) }
  if (row.reasons.length > 0 || !route || !receivedOn || !agreement) return { ok: false, reasons: row.reasons }
  return { ok: true, referral: { ...rest, answers, route, receivedOn, agreement, newcomer, reference } }
}

/** What knows a row again in another file: its own reference, otherwise who was referred and on what day. */
export function keyOf({ reference, newcomer, receivedOn }: ReadReferral, source: string): string {
  if (reference !== null) return ['reference', keyFrom(source), reference.toLowerCase()].join('\n')
  return ['row', whoOf(newcomer), receivedOn].join('\n')
}

/** Why a row is returned whose reference came before with somebody else. */
export function takenForAnother(reading: Reading<ReferralKey>): string {
  return `${headingOf(reading, 'reference')}: This reference came before for another person. Give the row its own.`
}

type PartlyRead = Omit<ReadRequest, 'route' | 'receivedOn'> &
  Readonly<{ route: Route | null; receivedOn: Temporal.PlainDate | null }>

/** Reads what a row says about a request for help; what is missing of it is said of the row. */
export function readRequest(row: Row<RequestKey>): PartlyRead {
  const route = codeIn(row, 'route', words.routeWords)
  if (cellIn(row, 'route') === null) say(row, 'route', 'Say who referred.')
  const receivedOn = dayIn(row, 'receivedOn', row.past)
  if (cellIn(row, 'receivedOn') === null) say(row, 'receivedOn', 'Give the day it was received.')
  const answers: Answers = {
    workStatus: codeIn(row, 'workStatus', words.workWords),
    mainBarrier: codeIn(row, 'mainBarrier', words.barrierWords),
    fitNote: codeIn(row, 'fitNote', words.fitNoteWords),
    fitNoteEndsOn: dayIn(row, 'fitNoteEndsOn', row.planned),
    reason: textIn(row, 'reason', 4000),
    howHeard: codeIn(row, 'howHeard', words.hearingWords),
  }
  const channel = codeIn(row, 'channel', words.channelWords) ?? 'system'
  const referrer = readReferrer(row, route)
  return { route, channel, receivedOn, answers, referrer }
}

/** Whether they asked a practice for a fit note, which then has to be known. */
function readAsked(row: Row<ReferralKey>, { route, referrer }: PartlyRead, { gpPractice }: Newcomer): boolean {
  const asked = codeIn(row, 'askedFitNote', words.yesWords) === 'yes'
  if (route === null) return asked
  const { organisation: referrerOrganisation, email: referrerEmail } = referrer
  const from = { route, referrerOrganisation, referrerEmail, gpPractice: gpPractice ?? null }
  for (const { message } of practiceProblems({ ...from, askedFitNote: asked })) say(row, 'askedFitNote', `${message}.`)
  return asked
}

function readAgreement(row: Row<'agreement'>, route: Route | null): Agreement | null {
  if (route === null) return null
  if (route === 'self') return 'self'
  const agreement = codeIn(row, 'agreement', words.agreementWords)
  if (cellIn(row, 'agreement') === null) say(row, 'agreement', 'Say whether the person agrees, or “not asked”.')
  if (agreement !== 'self' || route === 'partner-app' || route === 'outreach') return agreement
  say(row, 'agreement', 'Somebody else referred: write “agreed” or “not asked”.')
  return null
}

// Nobody asked for news in another system's file: nothing is sent to a referrer because of it.
function readReferrer(row: Row<RequestKey>, route: Route | null): Referrer {
  const [name, organisation] = [textIn(row, 'referrerName'), textIn(row, 'referrerOrganisation')]
  const referrer = { ...nobody, name, organisation, email: textIn(row, 'referrerEmail') }
  for (const { message } of referrerProblems(referrer)) say(row, 'referrerEmail', `${message}.`)
  return route === 'self' ? nobody : referrer
}
