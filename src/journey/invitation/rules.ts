import { dayOf, momentAt, timeOf } from '#platform/dates.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { type Reaching, stateOfWay } from '#journey/reaching/rules.ts'

/** How people meet. */
export const modes = {
  phone: { label: 'By telephone' },
  video: { label: 'By video' },
  'in-person': { label: 'In person' },
} as const

export type Mode = keyof typeof modes

// Checked: the keys of the code list are its codes.
export const allModes = Object.keys(modes) as Mode[]

/** From when to when. */
export type Times = Readonly<{ startsAt: Temporal.Instant; endsAt: Temporal.Instant }>

/** What a person is told of an appointment, and nothing more: no word of health, and no name of the service. */
export type Invitation = Times &
  Readonly<{
    mode: Mode
    place: string | null
    withName: string
    phone: string | null
    /** Where they say that they come, choose another time or cancel; left out in a letter. */
    link?: string
  }>

/** Where a message to the person goes. */
export type Addressed = Readonly<{ channel: Channel; address: string }>

const messageWays = {
  mobile: { way: 'text', channel: 'text' },
  email: { way: 'email', channel: 'email' },
  post: { way: 'letter', channel: 'letter' },
} as const

/** Where a message may go: the first of the person's means that is safe and wanted; nowhere where none is. */
export function addressFor(reaching: Reaching): Addressed | undefined {
  for (const { kind, value, safe, wanted } of reaching.means.filter(isConfirmed)) {
    const found = kind === 'mobile' || kind === 'email' || kind === 'post' ? messageWays[kind] : undefined
    if (found && safe && wanted && stateOfWay(found.way, reaching) === 'fine')
      return { channel: found.channel, address: value }
  }
  return undefined
}

export type Reminder = Readonly<{ notBefore: Temporal.Instant; notAfter: Temporal.Instant }>

/**
 * Reminders go some days before, at the appointment's own time of the day: two of them cut missed appointments by a quarter
 * (Psychiatric Services 201100211). One that would follow the booking within a day says nothing new.
 */
export function remindersFor({ startsAt }: Times, now: Temporal.Instant, daysBefore: readonly number[]): Reminder[] {
  const wanted = daysBefore.filter((days) => days > 0).toSorted((one, other) => other - one)
  const moments = wanted.map((days) => momentAt(dayOf(startsAt).subtract({ days }), timeOf(startsAt)))
  return moments
    .map((notBefore, place) => ({ notBefore, notAfter: moments[place + 1] ?? startsAt }))
    .filter(({ notBefore }) => Temporal.Instant.compare(notBefore, now.add({ hours: 24 })) > 0)
}

/** The code of links to an appointment: to choose its time, and to say that they come, move or cancel it. */
export const linkPurpose = 'appointment'

/** The link of a message about an appointment: it opens whichever time of it stands, until the day after. */
export const linkTo = (chain: string, { endsAt }: Times) => ({
  ...{ purpose: linkPurpose, subject: chain, expiresAt: endsAt.add({ hours: 24 }) },
})

type Event = Times &
  Readonly<{
    id: string
    sequence: number
    cancelled: boolean
    madeAt: Temporal.Instant
    mode: Mode
    place: string | null
  }>

/** A calendar file (RFC 5545) that says no more than "Appointment": others may look into a calendar. */
export function calendarFile({ phone, ...event }: Event & Pick<Invitation, 'phone'>): string {
  const { mode, cancelled } = event
  const description = `${modes[mode].label}.${phone === null ? '' : ` To change it: ${phone}`}`
  return calendar([
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    ...eventLines({ ...event, summary: 'Appointment', description }),
  ])
}

/** What a subscribed calendar shows of one appointment. */
export type Subscribed = Event & Readonly<{ summary: string }>

/** The appointments of one member, for a calendar that fetches them every hour: no names, no numbers. */
export function subscribedCalendar(events: readonly Subscribed[]): string {
  const each = events.flatMap((event) => eventLines({ ...event, description: modes[event.mode].label }))
  return calendar([
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Appointments',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...each,
  ])
}

function calendar(lines: readonly string[]): string {
  const whole = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//WorkWell//Appointment//EN', ...lines, 'END:VCALENDAR']
  return whole.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({
  id,
  startsAt,
  endsAt,
  place,
  summary,
  description,
  ...event
}: Subscribed & { description: string }) {
  return [
    'BEGIN:VEVENT',
    `UID:${id}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.madeAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(summary)}`,
    ...(place === null ? [] : [`LOCATION:${escaped(place)}`]),
    `DESCRIPTION:${escaped(description)}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
  ]
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
