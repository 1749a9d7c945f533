import { clock, dayOf } from '#platform/dates.ts'
import type { Channel } from '#platform/notify/rules.ts'
import type { Facts, Phrase, Template } from '#registers/templates/rules.ts'
import { type Invitation, remindersFor, type Times } from '#journey/invitation/rules.ts'

const places = {
  day: { label: 'The day', example: Temporal.PlainDate.from('2026-03-03'), needed: 'nobody can come without the day' },
  time: { label: 'The time', example: '10:30', needed: 'nobody can come without the time' },
  how: {
    label: 'By telephone, by video or in person, and where',
    example: { say: 'in person at {place}', with: { place: '4 High Street' } },
    needed: 'without it nobody knows where to be',
  },
  coach: { label: 'The name of whoever they meet', example: 'Carol Coach' },
  change: {
    label: 'How to confirm or change it: by a link, by ringing, or by an answer',
    example: {
      say: 'To confirm, change or cancel it: {link} or ring {phone}',
      with: { link: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ', phone: '01632 960001' },
    },
    needed: 'whoever cannot come has to know what to do',
  },
  phone: { label: 'The phone number of the area', example: '01632 960001' },
} as const satisfies Template['places']

const toPerson = { to: 'person', formats: ['text', 'email', 'letter'], places } as const
const subject = 'Appointment'

/** Says that an appointment is booked. */
export const bookedTemplate: Template = {
  ...{
    code: 'appointment-booked',
    kind: 'appointment.booked',
    title: 'An appointment is booked',
    when: 'As soon as it is booked.',
  },
  ...toPerson,
  own: { subject, body: 'Your appointment is on {day} at {time}, {how}, with {coach}. {change}' },
}

/** Says that an appointment has another time now. */
export const movedTemplate: Template = {
  ...{
    code: 'appointment-moved',
    kind: 'appointment.moved',
    title: 'An appointment has a new time',
    when: 'As soon as it is moved.',
  },
  ...toPerson,
  own: { subject, body: 'Your appointment has a new time: {day} at {time}, {how}, with {coach}. {change}' },
}

/** Says an appointment again before it comes. */
export const reminderTemplate: Template = {
  ...{ code: 'appointment-reminder', kind: 'appointment.reminder', title: 'A reminder of an appointment' },
  when: 'As many days before as the area decided, by text message or email.',
  ...{ ...toPerson, formats: ['text', 'email'] },
  own: { subject, body: 'A reminder: your appointment is on {day} at {time}, {how}, with {coach}. {change}' },
}

/** Says that an appointment will not take place. */
export const cancelledTemplate: Template = {
  ...{
    code: 'appointment-cancelled',
    kind: 'appointment.cancelled',
    title: 'An appointment is called off',
    when: 'As soon as it is called off.',
  },
  ...{ to: 'person', formats: ['text', 'email', 'letter'] },
  places: { day: places.day, time: places.time, phone: places.phone },
  own: {
    subject,
    body: 'Your appointment on {day} at {time} will not take place. If you have a question, ring {phone}.',
  },
}

/** Asks somebody to choose a time themselves: not with whom, and not what for. */
export const offeredTemplate: Template = {
  ...{
    code: 'appointment-offered',
    kind: 'appointment.offered',
    title: 'Choosing a time',
    when: 'As soon as a coach lets somebody choose.',
  },
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    link: {
      label: 'The link by which they choose',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can choose without it',
    },
    day: { ...places.day, label: 'The day until which they can choose', needed: 'the link stops on that day' },
    phone: places.phone,
  },
  own: {
    subject,
    body: 'Please choose a time for your appointment: {link} You can use the link until {day}. If you would rather talk, ring {phone}.',
  },
}

/** What is put into the words about an appointment. Nothing else is known of it outside the record. */
export function factsOf(invitation: Invitation): Facts {
  const { startsAt, withName, phone } = invitation
  return {
    ...{ day: dayOf(startsAt), time: clock(startsAt), how: howOf(invitation), coach: withName, phone },
    change: changing(invitation),
  }
}

/** How to change it: by the link, by ringing, or by an answer where there is neither. */
function changing({ phone, link }: Invitation): Phrase {
  if (link !== undefined && phone !== null)
    return { say: 'To confirm, change or cancel it: {link} or ring {phone}', with: { link, phone } }
  if (link !== undefined) return { say: 'To confirm, change or cancel it: {link}', with: { link } }
  return phone === null
    ? { say: 'To change it, answer this message.' }
    : { say: 'To change it, ring {phone}.', with: { phone } }
}

function howOf({ mode, place }: Invitation): Phrase {
  if (place !== null && place !== '') return { say: modesAt[mode], with: { place } }
  return { say: modesAlone[mode] }
}

const modesAlone = { phone: 'by telephone', video: 'by video', 'in-person': 'in person' } as const
const modesAt = {
  phone: 'by telephone ({place})',
  video: 'by video ({place})',
  'in-person': 'in person at {place}',
} as const

type Told = Readonly<{ moved: boolean; channel: Channel; daysBefore: readonly number[]; now: Temporal.Instant }>

/** The messages about an appointment: one now, and reminders before it comes, which nobody is sent by letter. */
export function messagesAbout(times: Times, { moved, channel, daysBefore, now }: Told) {
  const [kind, template] = moved
    ? (['appointment.moved', movedTemplate] as const)
    : (['appointment.booked', bookedTemplate] as const)
  const booked = { kind, template, notBefore: now, notAfter: times.startsAt }
  if (channel === 'letter') return [booked]
  const again = { kind: 'appointment.reminder', template: reminderTemplate } as const
  return [booked, ...remindersFor(times, now, daysBefore).map((reminder) => ({ ...reminder, ...again }))]
}
