import type { Answers } from '#exchange/mailbox/referral-form/rules.ts'

/** Whom a form is about, as it says so; null where there was no form. */
export function nameIn(answers: Answers | null): string | null {
  const name = [answers?.['givenName'], answers?.['familyName']].filter(Boolean).join(' ').slice(0, 100)
  return answers === null ? null : name || 'No name on the form'
}

type Kept = Readonly<{ answers: Answers | null; fromName: string | null; fromAddress: string | null }>

/** A message as it stands in the list: about whom, and from whom as it says. */
export const inList = <Mail extends Kept>({ answers, fromName, fromAddress, ...mail }: Mail) => ({
  ...{ ...mail, name: nameIn(answers), from: fromName ?? fromAddress ?? 'Nobody named' },
})
