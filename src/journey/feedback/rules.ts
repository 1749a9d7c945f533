import type { Step } from '#journey/episode/rules.ts'
import { referrerLink, wayBack } from '#journey/acknowledgement/rules.ts'
import type { Template } from '#registers/templates/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'

/** What whoever referred may hear after the referral arrived, where the person allows it. */
export type News = 'accepted' | 'started' | 'ended'

/** What they are written: where they heard that it ended and that is taken back, also that it goes on. */
export type Written = News | 'goes-on'

const closed: readonly Route[] = ['employer', 'jobcentre']

/**
 * What a step of an episode means to whoever referred; undefined where it is nobody's business but the person's. That
 * somebody declined, stopped or did not come never goes to an employer or to Jobcentre Plus, whatever else they may hear.
 */
export function newsOf(step: Step, route: Route): News | undefined {
  if (step.kind === 'accepted') return 'accepted'
  if (step.kind === 'assessed') return 'started'
  if (step.kind === 'completed') return 'ended'
  if (step.kind !== 'ended' || step.as === 'duplicate' || step.as === 'died') return undefined
  return closed.includes(route) ? undefined : 'ended'
}

/**
 * Whether somebody is told this who was told all of that before, the earliest first: each thing once, but that it ended
 * anew after they heard that it goes on, and that it goes on only after they heard that it had ended.
 */
export function isNew(what: Written, told: readonly Written[]): boolean {
  const last = told.findLast((one) => one === 'ended' || one === 'goes-on')
  if (what === 'goes-on') return last === 'ended'
  return what === 'ended' ? last !== 'ended' : !told.includes(what)
}

const places = {
  reference: {
    label: 'The reference of the referral',
    example: 'WW-7K3M-9QF',
    needed: 'it says which referral this is',
  },
  area: { label: 'The name of your service', example: 'North' },
  phone: { label: 'The phone number of your service', example: '01632 960001' },
  link: referrerLink,
} as const

const rest = [
  'Your referral: {reference}, to {area}.',
  'The person agreed that you are told this, and we cannot tell you more.',
  wayBack,
  'If you have a question about how we work, call {phone}.',
].join(' ')

const toReferrer = { to: 'referrer', formats: ['email'], places } as const
const when = 'Where they want to hear it and the person allows it.'

/** What whoever referred is sent: what the person agreed to, by the reference, without a name or a reason. */
export const newsTemplates: Readonly<Record<Written, Template>> = {
  accepted: {
    ...{
      code: 'referral-accepted',
      kind: 'referral.accepted',
      title: 'Your referral was accepted',
      when,
      ...toReferrer,
    },
    own: {
      subject: 'Your referral was accepted ({reference})',
      body: `The person you referred was accepted, and a coach gets in touch with them. ${rest}`,
    },
  },
  started: {
    ...{ code: 'referral-started', kind: 'referral.started', title: 'Support has started', when, ...toReferrer },
    own: {
      subject: 'Support has started ({reference})',
      body: `Support has started for the person you referred. ${rest}`,
    },
  },
  ended: {
    ...{ code: 'referral-ended', kind: 'referral.ended', title: 'Your referral is closed', when, ...toReferrer },
    own: { subject: 'Your referral is closed ({reference})', body: `Our work on your referral has ended. ${rest}` },
  },
  'goes-on': {
    ...{ code: 'referral-goes-on', kind: 'referral.goes-on', title: 'Support goes on after all', ...toReferrer },
    when: 'Where they were told that it had ended, and that is taken back.',
    own: {
      subject: 'Support goes on ({reference})',
      body: `We told you that our work on your referral had ended. It goes on after all. ${rest}`,
    },
  },
}
