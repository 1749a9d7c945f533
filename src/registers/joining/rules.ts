import type { Template } from '#registers/templates/rules.ts'

/** The purpose of a link by which somebody who was invited takes up their membership. */
export const joiningPurpose = 'joining'

/** How long an invitation to a member of staff waits for them: holidays and a first day some weeks ahead fit in. */
export const invitationTime = Temporal.Duration.from({ hours: 30 * 24 })

/** How long the link that `setup` gives out can be used: it makes an administrator of whoever has it. */
export const setUpTime = Temporal.Duration.from({ hours: 7 * 24 })

/** A role that waits for somebody to take it up. */
export type Waiting = Readonly<{
  membership: string
  name: string
  roleLabel: string
  organisationName: string
  from: Temporal.PlainDate
}>

/** Where somebody stands before an invitation: theirs to take up, theirs already, or another's. */
export type Standing = 'sign-in-first' | 'may-join' | 'has-joined' | 'taken'

/** How this visitor stands before an invitation that waits with an account. */
export function standingBefore(
  visitor: string | undefined,
  { account, taken }: Readonly<{ account: string; taken: boolean }>,
): Standing {
  if (visitor === account) return 'has-joined'
  if (taken) return 'taken'
  return visitor === undefined ? 'sign-in-first' : 'may-join'
}

/** What the message is called by which somebody hears of a role. */
export const invitedKind = 'member.invited'

const places = {
  name: { label: 'The name of whoever is invited', example: 'Sam Okafor' },
  area: { label: 'The name of your service', example: 'North' },
  role: { label: 'The role', example: 'Work and Health Coach' },
  organisation: { label: 'The organisation in which they work', example: 'Lead Provider' },
  from: { label: 'The day from which they have the role', example: '3 March 2026' },
} as const

const toStaff = { kind: invitedKind, to: 'staff', languages: ['en'], formats: ['email'] } as const
const beginning = [
  'Hello {name},',
  'You have been invited to work in {area}.',
  'Your role: {role}, {organisation}, from {from}.',
]
const ending = 'If you did not expect this, you need not do anything.'

/** What somebody is written who is invited and has never signed in: the link by which they join. */
export const invitedTemplate: Template = {
  ...{ code: 'member-invited', title: 'An invitation to work here', ...toStaff },
  when: 'As soon as somebody is given a role who has never signed in.',
  places: {
    ...places,
    link: {
      label: 'The link by which they join',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can join without it',
    },
    until: { label: 'The day until which the link works', example: '2 April 2026' },
  },
  own: {
    subject: 'Your invitation to {area}',
    body: [
      ...beginning,
      'Open this link and sign in with the account you use at work: {link}',
      'The link is for you alone, works once, and can be used until {until}. If it has run out, ask whoever invited you to send another.',
      ending,
    ].join('\n\n'),
  },
}

/** What somebody is written who is given a role and has signed in before. */
export const newRoleTemplate: Template = {
  ...{ code: 'member-new-role', title: 'A new role for somebody who works here', ...toStaff },
  when: 'As soon as somebody is given a role who has signed in before.',
  places: {
    ...places,
    signIn: {
      label: 'Where they sign in',
      example: 'https://example.org/sign-in',
      needed: 'they choose the new role there',
    },
  },
  own: {
    subject: 'Your invitation to {area}',
    body: [...beginning, 'Sign in as you have done before, and choose the new role: {signIn}', ending].join('\n\n'),
  },
}
