import { callingPlace, type Template } from '#registers/templates/rules.ts'

/** Who is another now, and how the person reads it on their own pages. */
export const changes = {
  coach: { label: '{to} is your coach now.' },
  provider: { label: '{to} looks after your support now.' },
  area: { label: 'Your support goes on with {to}.' },
} as const

export type ChangeKind = keyof typeof changes

/** One change as the person reads it. */
export type OwnChange = Readonly<{
  id: string
  kind: ChangeKind
  fromName: string | null
  toName: string
  at: Temporal.Instant
  seenAt: Temporal.Instant | null
  /** Where support goes on, and whom they ring there, where another area took it over. */
  thereCode: string | null
  therePhone: string | null
}>

/** What the message is called that tells of a change. */
export const changeKind = 'changeover.told'

/** So long a message of a change waits: a slip can be taken back before anybody has read of it. */
export const hoursToTakeBack = 1

/** Says that somebody else is there now: not who, and not what for. */
export const changedTemplate: Template = {
  ...{ code: 'somebody-else-now', kind: changeKind, title: 'Somebody else is there for them now' },
  when: 'An hour after their coach, their provider or their area has changed.',
  ...{ to: 'person', formats: ['text', 'email', 'letter'] },
  places: {
    area: callingPlace,
    phone: { label: 'The phone number of your service', example: '01632 960001' },
    space: {
      label: 'Where they read who it is; not in letters',
      example: 'https://example.org/my',
    },
  },
  own: {
    subject: 'Somebody else is there for you now',
    body: 'Hello, this is {area}. Somebody else is there for you from now on, and has what you told us. You need not do anything. If you have a question, call {phone}. Read more: {space}',
  },
}
