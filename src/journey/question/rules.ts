import type { Route } from '#registers/organisations/rules.ts'
import type { Template } from '#registers/templates/rules.ts'
import { referrerLink } from '#journey/acknowledgement/rules.ts'

/** What the message with a question is called. */
export const questionKind = 'referral.question'

/** What whoever referred is written when the team has a question: the reference, and no word about the person. */
export const questionTemplate: Template = {
  ...{ code: 'referral-question', kind: questionKind, title: 'A question about a referral' },
  when: 'As soon as the team asks whoever referred somebody.',
  ...{ to: 'referrer', formats: ['email'] },
  places: {
    area: { label: 'The name of your service', example: 'North' },
    reference: {
      label: 'The reference of the request',
      example: 'WW-7K3M-9QF',
      needed: 'it says which referral this is',
    },
    link: { ...referrerLink, needed: 'nobody can answer without it' },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
  },
  own: {
    subject: 'A question about your referral ({reference})',
    body: [
      '{area} has a question about your referral {reference}.',
      'Read it and answer here: {link}',
      'You need the date of birth of the person you referred. You can also ring {phone}.',
    ].join('\n\n'),
  },
}

type Asked = Readonly<{ route: Route; referrer_email: string | null }>

/** Why whoever referred cannot be asked; undefined when they can. */
export function reasonNotToAsk({ route, referrer_email }: Asked): string | undefined {
  if (route === 'self') return 'The person referred themselves: ask them'
  return referrer_email === null ? 'No email address of whoever referred is known' : undefined
}
