import { momentAt } from '#platform/dates.ts'
import { callingPlace, type Template } from '#registers/templates/rules.ts'
import type { Owner } from '#journey/action/rules.ts'

/** What the message is called that reminds somebody of what they wanted to do. */
export const remindKind = 'action.reminder'

// Our own default: one that fell due longer ago is talked about, and no message of today says it again.
const daysLate = 2

/** From which day on what fell due is still said again: a night without the job is made up for. */
export const reminderFrom = (today: Temporal.PlainDate): Temporal.PlainDate => today.subtract({ days: daysLate })

/** When a reminder goes out, and until when it still says something: in the morning, when people plan their day. */
export function reminderTimes(today: Temporal.PlainDate, now: Temporal.Instant) {
  const morning = momentAt(today, '10:00')
  const notBefore = Temporal.Instant.compare(morning, now) < 0 ? now : morning
  return { notBefore, notAfter: momentAt(today.add({ days: daysLate }), '20:00') }
}

/** Says that there is something they wanted to do: not what it is, and not what for. */
export const remindTemplate: Template = {
  ...{ code: 'something-due', kind: remindKind, title: 'They wanted to do something by now' },
  when: 'In the morning of the day by which they wanted to do something of their plan, once, unless they have done it.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    area: callingPlace,
    space: {
      label: 'Where they read what it is',
      example: 'https://example.org/my',
      needed: 'without it nobody knows what it is',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
  },
  own: {
    subject: 'A reminder',
    body: 'Hello, this is {area}. There is something you wanted to do by now. See what it is: {space} If something is in the way, that is all right: ring {phone}.',
  },
}

/** Something of a plan that is due and that its coach looks after. */
export type ActionDue = Readonly<{ action: string; what: string; owner: Owner; due_on: Temporal.PlainDate }>

const asked: Readonly<Record<Owner, string>> = {
  participant: 'No message could remind them',
  coach: 'You said that you would',
  employer: 'Ask their employer',
  service: 'Ask the service',
}

/** What is due of a plan as it stands on the day of a coach, each with where its result is written. */
export function actionLines(due: readonly ActionDue[] = []) {
  return due.map(({ action, owner, what, due_on: on }) => {
    return { reason: 'action', because: `${asked[owner]}: ${what}`, on, at: `/actions/${action}/result` } as const
  })
}
