import type { Role } from '#platform/access/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** What a member is told of: something new in the inbox of their service, or what a service says against its figures. */
export const waits = { inbox: 'inbox.new', contested: 'figures.contested' } as const

export type Wait = keyof typeof waits

/** How long after one message the next of the same kind goes to a member at the earliest: our own default. */
export const hoursBetween = 24

/** How long ago it may have come at most, so that what was left for weeks is not told of anew. */
export const stillNewDays = 3

type Member = Readonly<{ role: Role; organisation: string }>

/** Who is told in the inbox of a service: whoever looks after it, and where nobody does, those who work there. */
export function toldOfInbox<Of extends Member>(members: readonly Of[], organisation: string): Of[] {
  const theirs = members.filter((one) => one.organisation === organisation)
  const leads = theirs.filter(({ role }) => role === 'provider-lead')
  return leads.length > 0 ? leads : theirs.filter(({ role }) => role === 'provider')
}

const toStaff = { to: 'staff', languages: ['en'], formats: ['email'] } as const
const page = { label: 'Where they sign in and read it', example: 'https://example.org/inbox' } as const

/** Tells whoever looks after a service that somebody was sent to it: not who, and not what for. */
export const inboxTemplate: Template = {
  ...{ code: 'inbox-new', kind: waits.inbox, title: 'Something new in the inbox of a service' },
  when: 'On working days, once a day at most, to whoever looks after a service that answers in its own inbox, while something new waits there.',
  ...{ ...toStaff, places: { page: { ...page, needed: 'they cannot read it without signing in there' } } },
  own: {
    subject: 'Something new in your inbox',
    body: 'Something new waits in the inbox of your service. Sign in to read and answer it: {page} This message names nobody on purpose.',
  },
}

/** Tells whoever looks after the directory that a service says its figures are not right. */
export const contestedTemplate: Template = {
  ...{ code: 'figures-contested', kind: waits.contested, title: 'A service says that its figures are not right' },
  when: 'On working days, once a day at most, to whoever looks after the directory, while something new waits for an answer.',
  ...{ ...toStaff, places: { page: { ...page, needed: 'they cannot answer without signing in there' } } },
  own: {
    subject: 'A service says that its figures are not right',
    body: 'A service has said what is not right in the figures of how it answers. Sign in to read and answer it: {page}',
  },
}
