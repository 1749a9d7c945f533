import type { Route } from '#registers/organisations/rules.ts'

/** What the message with a question is called. */
export const questionKind = 'referral.question'

type About = Readonly<{ areaName: string; reference: string; phone: string | null; link: string }>

/** What whoever referred is written when the team has a question: the reference, and no word about the person. */
export function questionNote({ areaName, reference, phone, link }: About) {
  const lines = [
    `${areaName} has a question about your referral ${reference}.`,
    `Read it and answer here: ${link}`,
    `You need the date of birth of the person you referred.${phone ? ` You can also ring ${phone}.` : ''}`,
  ]
  return { subject: `A question about your referral (${reference})`, body: lines.join('\n\n') }
}

type Asked = Readonly<{ route: Route; referrer_email: string | null }>

/** Why whoever referred cannot be asked; undefined when they can. */
export function reasonNotToAsk({ route, referrer_email }: Asked): string | undefined {
  if (route === 'self') return 'The person referred themselves: ask them'
  return referrer_email === null ? 'No email address of whoever referred is known' : undefined
}
