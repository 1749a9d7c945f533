import type { Problem } from '#platform/form/rules.ts'
import type { Listing, Part } from '#registers/listing/rules.ts'
import { daysOf, stateOn } from '#registers/services/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** The purpose of a link by which whoever runs a service says whether its listing is right. */
export const ownerPurpose = 'owner-check'

/** What the message is called by which they are asked. */
export const ownerKind = 'service.owner-asked'

/** For how many days they may answer: long enough for a holiday, as with every request. Our own assumption. */
export const ownerDays = 28

/** How many services one address is asked about within a day, however many it runs. Our own assumption. */
export const mostADay = 5

/** How many services a round looks at before it writes down how far it is. */
export const roundStep = 50

/** What somebody who runs a service is written: nothing about anybody, and nothing that is not in the open directory. */
export const ownerTemplate: Template = {
  ...{ code: 'service-owner-asked', kind: ownerKind, title: 'Is what we say of your service right?' },
  when: 'When somebody who looks after the directory asks, for one service or for all that nobody has checked for long.',
  ...{ to: 'outside', formats: ['email'] },
  places: {
    area: { label: 'The name of your service', example: 'North' },
    service: { label: 'The service of the directory that it is about', example: 'Riverside debt advice' },
    link: {
      label: 'The link by which they answer',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can answer without it',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
    day: { label: 'The day until which the link works', example: Temporal.PlainDate.from('2026-03-03') },
  },
  own: {
    subject: 'Is this still right? {service}',
    body: [
      '{area} tells people about {service}.',
      'Please look at what we say and tell us whether it is right. It takes two minutes and no account: {link}',
      'The link works until {day}, and takes one answer. You may pass it on to a colleague who knows better.',
      'If you would rather talk, ring {phone}.',
    ].join('\n\n'),
  },
}

/** Why the owner of a service cannot be asked by a link; undefined where they can. */
export function reasonNotToAsk(listing: Listing, today: Temporal.PlainDate): string | undefined {
  if (listing.staffOnly)
    return 'This service is shown to staff only. A link may be passed on, so ring them: nothing that keeps somebody safe goes out by email.'
  if (stateOn(daysOf(listing), today) === 'closed') return 'This service is closed. Open it again first, if it is open.'
  return undefined
}

/** What is done about one service of a round. */
export type RoundDoing = 'send' | 'without-address' | 'asked-lately'

type Due = Readonly<{ email: string | null; askedAt: Temporal.Instant | null; toAddressToday: number }>

/** What is done about a service that is due: asked where there is an address that was not asked too often already. */
export function doingFor({ email, askedAt, toAddressToday }: Due, lately: Temporal.Instant): RoundDoing {
  if (email === null) return 'without-address'
  const isLately = askedAt !== null && Temporal.Instant.compare(askedAt, lately) > 0
  return isLately || toAddressToday >= mostADay ? 'asked-lately' : 'send'
}

/** How a round stands. */
export type Round = Readonly<{
  id: string
  at: Temporal.Instant
  due: number
  lookedAt: number
  sent: number
  withoutAddress: number
  askedLately: number
  movedAt: Temporal.Instant
  finishedAt: Temporal.Instant | null
}>

/** Whether work on a round has stopped moving, so that somebody should be told. */
export function standsStill({ movedAt, finishedAt }: Round, now: Temporal.Instant): boolean {
  return finishedAt === null && movedAt.until(now).total('minutes') >= 5
}

/** What an owner was asked and said. */
export type Asked = Readonly<{
  id: string
  service: string
  address: string
  by: string | null
  at: Temporal.Instant
  until: Temporal.Instant
  answeredAt: Temporal.Instant | null
  answer: 'right' | 'changed' | null
  byName: string | null
  stood: readonly Part[]
  proposal: string | null
}>

/** What is wrong with an address to which a link is to go. */
export const addressProblems = (email: string): Problem[] =>
  /^\S+@\S+\.\S+$/.test(email) ? [] : [{ field: 'email', message: 'Enter an email address like name@example.org' }]
