import { momentAt } from '#platform/dates.ts'
import { callingPlace, type Template } from '#registers/templates/rules.ts'

/** What the message is called that tells somebody that there is another service to choose. */
export const nextKind = 'next.proposed'

/** For how many days a proposal is still told of, where nothing could be written before: our own default. */
export const stillToldDays = 7

/** When a message about a service goes out, and until when it is worth sending: in the morning, within some days. */
export function morningTimes(today: Temporal.PlainDate, now: Temporal.Instant) {
  const morning = momentAt(today, '10:00')
  const notBefore = Temporal.Instant.compare(morning, now) < 0 ? now : morning
  return { notBefore, notAfter: momentAt(today.add({ days: 7 }), '20:00') }
}

/** Tells somebody that there is something to decide: not which service, not what for, and that nothing goes without them. */
export const nextTemplate: Template = {
  ...{ code: 'next-proposed', kind: nextKind, title: 'Another service is proposed' },
  when: 'Once, when a service has not answered and the next one is proposed, unless they have decided by then.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    area: callingPlace,
    space: {
      label: 'Where they sign in to read what would be sent, and decide',
      example: 'https://example.org/my/services',
      needed: 'without it nobody knows where to read and decide',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
  },
  own: {
    subject: 'Something for you to decide',
    body: 'Hello, this is {area}. There is something for you to decide. Nothing happens before you say yes. To read it, go to {space} and sign in. If you would rather talk, ring {phone}.',
  },
}
