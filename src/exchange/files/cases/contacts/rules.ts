import { type Result, results } from '#journey/contact/rules.ts'
import { type Way, ways } from '#journey/reaching/rules.ts'
import { cellIn, codeIn, dayIn, keyFrom, type Row, say, textIn, timeIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import { aDay, type Column, type Columns } from '#exchange/files/columns/rules.ts'
import { caseIn, episodeReference } from '#exchange/files/cases/episodes/rules.ts'
import { type Colleague, colleagueIn, type Staff } from '#exchange/files/cases/colleagues/rules.ts'

type Day = Temporal.PlainDate

/** The day of what a row tells. */
export const dateColumn = {
  label: 'Date',
  also: ['On', 'Happened on'],
  about: `Needed. ${aDay}`,
} as const satisfies Column
/** The colleague of what a row tells. */
export const byColumn = {
  label: 'By',
  also: ['Coach', 'Adviser', 'Advisor', 'Staff', 'Colleague', 'Recorded by'],
  about: 'The email address or name of a colleague. When empty, the coach of the case',
} as const satisfies Column
/** What else a row tells. */
export const noteColumn = {
  label: 'Note',
  also: ['Notes', 'Comments', 'Details'],
  about: 'Any words',
} as const satisfies Column
/** What has to be known about anything that happened in a case. */
export const neededOfMeeting = [
  { oneOf: ['episode'], called: 'Case reference' },
  { oneOf: ['on'], called: 'Date' },
] as const

export type ContactKey = 'episode' | 'reference' | 'on' | 'time' | 'way' | 'result' | 'note' | 'by'

/** The columns of contacts.csv. */
export const contactColumns: Columns<ContactKey> = {
  columns: {
    episode: episodeReference,
    reference: { label: 'Contact reference', also: ['Contact ID'], about: 'What the sending system calls it' },
    on: { ...dateColumn, also: [...dateColumn.also, 'Contact date', 'Date of contact'] },
    time: { label: 'Time', also: ['At', 'Contact time'], about: 'Like 14:30. When empty, noon' },
    way: {
      label: 'Way',
      also: ['Contact type', 'Method', 'Contact method', 'How', 'Channel'],
      about: 'Needed. How they were tried',
    },
    result: {
      label: 'Result',
      also: ['Outcome', 'Contact outcome', 'Contact result'],
      about: 'Needed. What came of it',
    },
    note: noteColumn,
    by: byColumn,
  },
  needed: [...neededOfMeeting, { oneOf: ['way'], called: 'Way' }, { oneOf: ['result'], called: 'Result' }],
}

/** A contact as a file has it. */
export type ReadContact = Readonly<{
  episode: string
  reference: string | null
  on: Day
  time: string | null
  way: Way
  result: Result
  note: string | null
  by: Colleague | null
}>

/** Reads a row of contacts.csv; everything that stands in the way is said of the row. */
export function readContact(row: Row<ContactKey>, staff: Staff): ReadContact | undefined {
  const { episode, on } = caseAndDay(row, row.past)
  const [way, result] = [codeIn(row, 'way', wayWords), codeIn(row, 'result', contactResultWords)]
  if (cellIn(row, 'way') === null) say(row, 'way', 'Say how they were tried.')
  if (cellIn(row, 'result') === null) say(row, 'result', 'Say what came of it.')
  const more = {
    ...{ reference: textIn(row, 'reference', 100), time: timeIn(row, 'time', 'on') },
    ...{ note: textIn(row, 'note', 4000), by: colleagueIn(row, 'by', staff) },
  }
  return episode && on && way && result ? { ...more, episode, on, way, result } : undefined
}

/** What knows a contact again. */
export function keyOfContact({ episode, reference, on, time, way, result, note }: ReadContact, source: string): string {
  const own =
    reference === null ? ['row', on, time, way, result, keyFrom(note)] : ['reference', reference.toLowerCase()]
  return ['contact', keyFrom(source), episode.toLowerCase(), ...own].join('\n')
}

/** Which case a row belongs to, and its day. */
export function caseAndDay(row: Row<'episode' | 'on'>, within: typeof row.past) {
  const episode = caseIn(row)
  const on = dayIn(row, 'on', within)
  if (cellIn(row, 'on') === null) say(row, 'on', 'Give the day.')
  return { episode, on }
}

export const wayWords: Spellings<Way> = {
  list: ways,
  also: {
    mobile: ['Mobile', 'Phone', 'Phone call', 'Call', 'Telephone call', 'Telephone', 'Tel'],
    telephone: ['Landline', 'Home phone', 'Work phone'],
    text: ['Text', 'SMS', 'Texts'],
    email: ['E-mail', 'Mail'],
    letter: ['Post', 'By post'],
    video: ['Video', 'Teams', 'Zoom', 'Online meeting', 'MS Teams'],
    'in-person': ['Face to face', 'F2F', 'Visit', 'Meeting', 'Walk in'],
  },
}

export const contactResultWords: Spellings<Result> = {
  list: results,
  also: {
    reached: ['Reached', 'Spoke', 'Spoken to', 'Contact made', 'Successful', 'Answered', 'Replied'],
    'no-answer': ['Did not answer', 'No reply', 'No response', 'Unsuccessful', 'DNA', 'Not reached'],
    'message-left': [
      'Message left',
      'Left message',
      'Voicemail',
      'Voicemail left',
      'Left voicemail',
      'Sent',
      'Text sent',
    ],
    'wrong-number': ['Wrong number', 'Number not in use', 'Bounced', 'Returned to sender'],
    'call-back': ['Call back', 'Callback', 'Asked for call back', 'Call back requested'],
    declined: ['Declined', 'Refused', 'Not interested', 'Does not want support'],
  },
}
