import { longDay } from '#platform/dates.ts'

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

export type Invited = Readonly<{
  name: string
  areaName: string
  roleLabel: string
  organisationName: string
  from: Temporal.PlainDate
}>

/** What somebody who is invited is written; `link` is where they join, undefined for whoever has signed in before. */
export function invitationWords(
  { name, areaName, roleLabel, organisationName, from }: Invited,
  { link, origin, until }: Readonly<{ link: string | undefined; origin: string; until: Temporal.PlainDate }>,
): Readonly<{ subject: string; body: string }> {
  const how = link
    ? [
        `Open this link and sign in with the account you use at work: ${link}`,
        `The link is for you alone, works once, and can be used until ${longDay(until)}. If it has run out, ask whoever invited you to send another.`,
      ]
    : [`Sign in as you have done before, and choose the new role: ${origin}/sign-in`]
  const lines = [
    `Hello ${name},`,
    `You have been invited to work in ${areaName}.`,
    `Your role: ${roleLabel}, ${organisationName}, from ${longDay(from)}.`,
    ...how,
    'If you did not expect this, you need not do anything.',
  ]
  return { subject: `Your invitation to ${areaName}`, body: lines.join('\n\n') }
}
