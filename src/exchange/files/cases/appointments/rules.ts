import { isBefore } from '#platform/dates.ts'
import * as appointment from '#journey/appointment/rules.ts'
import { type Mode, modes } from '#journey/invitation/rules.ts'
import { cellIn, codeIn, dayIn, keyFrom, numberIn, type Row, say, textIn, timeIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import { aDay, type Columns } from '#exchange/files/columns/rules.ts'
import { type Colleague, colleagueIn, type Staff } from '#exchange/files/cases/colleagues/rules.ts'
import { byColumn, caseAndDay, dateColumn, neededOfMeeting, noteColumn } from '#exchange/files/cases/contacts/rules.ts'
import { episodeReference } from '#exchange/files/cases/episodes/rules.ts'

type Day = Temporal.PlainDate

export type AppointmentKey =
  | 'episode'
  | 'reference'
  | 'on'
  | 'start'
  | 'end'
  | 'minutes'
  | 'with'
  | 'purpose'
  | 'mode'
  | 'place'
  | 'result'
  | 'who'
  | 'reason'
  | 'bookedOn'
  | 'note'

/** The columns of appointments.csv. */
export const appointmentColumns: Columns<AppointmentKey> = {
  columns: {
    episode: episodeReference,
    reference: { label: 'Appointment reference', also: ['Appointment ID'], about: 'What the sending system calls it' },
    on: { ...dateColumn, also: [...dateColumn.also, 'Appointment date', 'Date of appointment'] },
    start: { label: 'Start', also: ['Time', 'Start time', 'From', 'Appointment time'], about: 'Needed. Like 14:30' },
    end: { label: 'End', also: ['End time', 'Until', 'To'], about: 'Like 15:30' },
    minutes: { label: 'Minutes', also: ['Duration', 'Length'], about: 'When there is no end. When both are empty, 60' },
    with: { ...byColumn, label: 'With', also: [...byColumn.also, 'By'] },
    purpose: { label: 'For', also: ['Purpose', 'Appointment type', 'Type'], about: 'When empty, support' },
    mode: { label: 'How', also: ['Mode', 'Format', 'Method'], about: 'When empty, in person' },
    place: { label: 'Place', also: ['Location', 'Venue', 'Where'], about: 'Any words' },
    result: {
      label: 'Result',
      also: ['Attendance', 'Attended', 'Status', 'Outcome'],
      about: 'Whether they came. Needed once it is over; empty while it is to come',
    },
    who: {
      label: 'Who',
      also: ['Cancelled by', 'Missed by'],
      about: 'Who did not come or called it off. When empty, the person',
    },
    reason: { label: 'Reason', also: ['Why', 'Cancellation reason'], about: 'When empty, not known' },
    bookedOn: { label: 'Booked on', also: ['Date booked', 'Created on'], about: `When empty, the day itself. ${aDay}` },
    note: noteColumn,
  },
  needed: [...neededOfMeeting, { oneOf: ['start'], called: 'Start' }],
}

/** An appointment as a file has it. */
export type ReadAppointment = Readonly<{
  episode: string
  reference: string | null
  on: Day
  start: string
  minutes: number
  with: Colleague | null
  purpose: appointment.Purpose
  mode: Mode
  place: string | null
  result: Readonly<{
    kind: appointment.ResultKind
    who: appointment.WhoDid | null
    reason: appointment.Reason | null
  }> | null
  bookedOn: Day | null
  note: string | null
}>

/** Reads a row of appointments.csv; everything that stands in the way is said of the row. */
export function readAppointment(row: Row<AppointmentKey>, staff: Staff): ReadAppointment | undefined {
  const { episode, on } = caseAndDay(row, row.planned)
  const start = timeIn(row, 'start', 'on')
  if (start === null && cellIn(row, 'start') === null) say(row, 'start', 'Give the time it began.')
  const result = readResult(row)
  if (on && isBefore(on, row.today) && cellIn(row, 'result') === null)
    say(row, 'result', 'It is over: say whether they came.')
  const bookedOn = dayIn(row, 'bookedOn', row.past)
  if (on && bookedOn && isBefore(on, bookedOn)) say(row, 'bookedOn', 'It lies after the appointment.')
  const more = {
    ...{
      reference: textIn(row, 'reference', 100),
      minutes: minutesIn(row, start),
      with: colleagueIn(row, 'with', staff),
    },
    ...{ purpose: codeIn(row, 'purpose', purposeWords) ?? ('support' as const), place: textIn(row, 'place') },
    ...{ mode: codeIn(row, 'mode', modeWords) ?? ('in-person' as const), note: textIn(row, 'note', 2000) },
  }
  return episode && on && start ? { ...more, episode, on, start, result, bookedOn } : undefined
}

/** What knows an appointment again. */
export function keyOfAppointment({ episode, reference, on, start }: ReadAppointment, source: string): string {
  const own = reference === null ? ['row', on, start] : ['reference', reference.toLowerCase()]
  return ['appointment', keyFrom(source), episode.toLowerCase(), ...own].join('\n')
}

function readResult(row: Row<AppointmentKey>): ReadAppointment['result'] {
  const kind = codeIn(row, 'result', comingWords)
  const [who, why] = [codeIn(row, 'who', whoDidWords), codeIn(row, 'reason', reasonWords)]
  if (kind === null) return null
  if (kind === 'attended') return { kind, who: null, reason: null }
  const by = who ?? 'person'
  const reason = why ?? (by === 'person' ? 'unsaid' : 'other')
  const whose: readonly appointment.WhoDid[] = appointment.reasons[reason].of
  if (!whose.includes(by)) say(row, 'reason', 'Give a reason that fits who it was.')
  return { kind, who: by, reason }
}

function minutesIn(row: Row<AppointmentKey>, start: string | null): number {
  const end = timeIn(row, 'end')
  const given = numberIn(row, 'minutes', { least: 1, most: 600 })
  if (end === null || start === null) return given ?? 60
  const between = minuteOf(end) - minuteOf(start)
  if (between < 1) say(row, 'end', 'It lies before the start.')
  return Math.max(1, between)
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

export const purposeWords: Spellings<appointment.Purpose> = {
  list: appointment.purposes,
  also: {
    first: ['First', 'Initial', 'Initial assessment', 'Assessment', 'First appointment', 'Intake'],
    support: ['Follow up', 'Coaching', 'Session', 'Ongoing'],
    review: ['Review', 'Plan review'],
    other: ['Other'],
  },
}

export const modeWords: Spellings<Mode> = {
  list: modes,
  also: {
    phone: ['Phone', 'Telephone', 'Call', 'Phone call'],
    video: ['Video', 'Teams', 'Zoom', 'Online', 'MS Teams'],
    'in-person': ['Face to face', 'F2F', 'Visit', 'Office'],
  },
}

export const comingWords: Spellings<appointment.ResultKind> = {
  list: appointment.resultKinds,
  also: {
    attended: ['Attended', 'Yes', 'Completed', 'Held'],
    missed: ['Missed', 'DNA', 'Did not attend', 'No show', 'FTA', 'Failed to attend', 'Not attended', 'No'],
    cancelled: ['Canceled', 'Called off'],
    moved: ['Moved', 'Rearranged', 'Rescheduled', 'Postponed'],
  },
}

export const whoDidWords: Spellings<appointment.WhoDid> = {
  list: appointment.whoDid,
  also: {
    person: ['Person', 'Client', 'Participant'],
    coach: ['Coach', 'Staff', 'Us'],
    service: ['Service', 'Provider'],
  },
}

export const reasonWords: Spellings<appointment.Reason> = {
  list: appointment.reasons,
  also: {
    ill: ['Ill', 'Sick', 'Unwell', 'Illness'],
    caring: ['Caring', 'Childcare'],
    transport: ['Transport', 'Travel'],
    unsaid: ['Unknown reason', 'No reason', 'Not given', 'DNA'],
    'staff-ill': ['Staff ill', 'Staff sick', 'Staff sickness'],
    other: ['Other'],
  },
}
