import { clock, dayInWords, dayOf, longDay, momentAt, timeOf } from '#platform/dates.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { type Reaching, stateOfWay } from '#journey/reaching/rules.ts'

/** How people meet. */
export const modes = {
  phone: { label: 'By telephone' },
  video: { label: 'By video' },
  'in-person': { label: 'In person' },
} as const

export type Mode = keyof typeof modes

/** From when to when. */
export type Times = Readonly<{ startsAt: Temporal.Instant; endsAt: Temporal.Instant }>

/** What a person is told of an appointment, and nothing more: no word of health, and no name of the service. */
export type Invitation = Times & Readonly<{ mode: Mode; place: string | null; withName: string; phone: string | null }>

/** Where a message to the person goes. */
export type Addressed = Readonly<{ channel: Channel; address: string }>

const messageWays = {
  mobile: { way: 'text', channel: 'text' },
  email: { way: 'email', channel: 'email' },
  post: { way: 'letter', channel: 'letter' },
} as const

/** Where a message may go: the first of the person's means that is safe and wanted; nowhere where none is. */
export function addressFor(reaching: Reaching): Addressed | undefined {
  for (const { kind, value, safe, wanted } of reaching.means) {
    const found = kind === 'mobile' || kind === 'email' || kind === 'post' ? messageWays[kind] : undefined
    if (found && safe && wanted && stateOfWay(found.way, reaching) === 'fine')
      return { channel: found.channel, address: value }
  }
  return undefined
}

/** Says that an appointment is booked, or that it has another time now. */
export function bookedText(invitation: Invitation, moved: boolean): string {
  const opening = moved ? 'Your appointment has a new time:' : 'Your appointment is on'
  return [`${opening} ${whenAndWhere(invitation)}.`, changing(invitation)].join(' ')
}

/** Says an appointment again before it comes. */
export function reminderText(invitation: Invitation): string {
  return [`A reminder: your appointment is on ${whenAndWhere(invitation)}.`, changing(invitation)].join(' ')
}

/** Says that an appointment will not take place. */
export function cancelledText(invitation: Invitation): string {
  const asking = invitation.phone ? ` Questions? Ring ${invitation.phone}.` : ''
  return `Your appointment on ${when(invitation)} will not take place.${asking}`
}

function whenAndWhere(invitation: Invitation): string {
  const { mode, place, withName } = invitation
  const where = { phone: 'by telephone', video: 'by video', 'in-person': 'in person' }[mode]
  const at = place === null ? '' : mode === 'in-person' ? ` at ${place}` : ` (${place})`
  return `${when(invitation)}, ${where}${at}, with ${withName}`
}

// Never "tomorrow": a message is read when it is read.
function when({ startsAt }: Invitation): string {
  const day = dayOf(startsAt)
  const weekday = dayInWords(day, day.add({ days: 2 })).split(' ')[0]
  return `${weekday} ${longDay(day)} at ${clock(startsAt)}`
}

function changing({ phone }: Invitation): string {
  return phone === null ? 'To change it, answer this message.' : `To change it, ring ${phone}.`
}

export type Reminder = Readonly<{ notBefore: Temporal.Instant; notAfter: Temporal.Instant }>

/**
 * Reminders go 7 and 3 days before, at the appointment's own time of the day: two of them cut missed appointments by a
 * quarter (Psychiatric Services 201100211). One that would follow the booking within a day says nothing new.
 */
export function remindersFor({ startsAt }: Times, now: Temporal.Instant): Reminder[] {
  const before = (days: number) => momentAt(dayOf(startsAt).subtract({ days }), timeOf(startsAt))
  const [week, threeDays] = [before(7), before(3)]
  const both = [
    { notBefore: week, notAfter: threeDays },
    { notBefore: threeDays, notAfter: startsAt },
  ]
  return both.filter(({ notBefore }) => Temporal.Instant.compare(notBefore, now.add({ hours: 24 })) > 0)
}

type Event = Invitation & Readonly<{ id: string; sequence: number; cancelled: boolean; madeAt: Temporal.Instant }>

/** A calendar file (RFC 5545) that says no more than "Appointment": others may look into a calendar. */
export function calendarFile(event: Event): string {
  const { id, startsAt, endsAt, mode, place, phone, sequence, cancelled, madeAt } = event
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//WorkWell//Appointment//EN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${id}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(madeAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    'SUMMARY:Appointment',
    ...(place === null ? [] : [`LOCATION:${escaped(place)}`]),
    `DESCRIPTION:${escaped(`${modes[mode].label}.${phone === null ? '' : ` To change it: ${phone}`}`)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function utc(moment: Temporal.Instant): string {
  return moment.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n')
}

// A line is at most 75 octets; what is longer goes on behind a space. Letters of several octets stay whole.
function folded(line: string): string {
  const lines: string[] = []
  let rest = ''
  for (const letter of line) {
    if (octets(rest + letter) > (lines.length === 0 ? 75 : 74)) {
      lines.push(rest)
      rest = ''
    }
    rest += letter
  }
  return [...lines, rest].join('\r\n ')
}

function octets(text: string): number {
  return [...text].reduce((sum, letter) => sum + encodedLength(letter.codePointAt(0) ?? 0), 0)
}

function encodedLength(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
