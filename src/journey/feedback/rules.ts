import type { Step } from '#journey/episode/rules.ts'
import { type Note, wayBack } from '#journey/acknowledgement/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'

/** What whoever referred may hear after the referral arrived, where the person allows it. */
export type News = 'accepted' | 'started' | 'ended'

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

type About = Readonly<{ areaName: string; reference: string; phone: string | null; link: string }>

/** What whoever referred is sent: what the person agreed to, by the reference, without a name or a reason. */
export function noteOf(what: News, { areaName, reference, phone, link }: About): Note {
  const { subject, body } = said[what]
  return {
    subject: `${subject} (${reference})`,
    body: [
      `${body} Your referral: ${reference}, to ${areaName}.`,
      'The person agreed that you are told this, and we cannot tell you more.',
      wayBack(link),
      ...(phone ? [`If you have a question about how we work, call ${phone}.`] : []),
    ].join(' '),
  }
}

const said: Readonly<Record<News, Note>> = {
  accepted: {
    subject: 'Your referral was accepted',
    body: 'The person you referred was accepted, and a coach gets in touch with them.',
  },
  started: { subject: 'Support has started', body: 'Support has started for the person you referred.' },
  ended: { subject: 'Your referral is closed', body: 'Our work on your referral has ended.' },
}
