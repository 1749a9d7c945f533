import type { Problem } from '#platform/form/rules.ts'
import type { Language } from '#platform/language/rules.ts'
import type { Template } from '#registers/templates/rules.ts'
import { emailProblems } from '#journey/newcomer/rules.ts'

/** The purpose of the link by which an employee says whether they want help. */
export const employeePurpose = 'asked-by-employer'

/** What the message is called by which an employee is asked; nobody of the service sees one of this kind. */
export const employeeKind = 'unseen.employee-asked'

/** What the message is called by which an employer reads that the employee will be asked; as little seen by others. */
export const thanksKind = 'unseen.employer-thanked'

/** Under which name the browser of an employee keeps that they were asked, until they send the form. */
export const askedDraft = 'asked-by-employer'

/** After so many days what an employer said is deleted where the employee has not answered. */
export const askDays = 14

/** How often one address is written to because of employers, and how many one address may name. Our own assumption. */
export const mostAsks = { toAddressADay: 1, toAddressInAll: 3, fromSenderADay: 10 } as const

/** How an employee is written to. */
export const employeeWays = {
  text: { label: 'By text message' },
  email: { label: 'By email' },
} as const

export type EmployeeWay = keyof typeof employeeWays

/** What an employee answers by their link. */
export const employeeAnswers = {
  yes: { label: 'Yes, go on' },
  no: { label: 'No, thank you' },
  never: { label: 'No, and never write to me again because an employer asks' },
} as const

/** What an employer says of an employee: who they are and where they are written to, and nothing else. */
export type Said = Readonly<{
  givenName: string
  familyName: string
  way: EmployeeWay
  mobile: string | null
  email: string | null
  employerName: string
  organisation: string
  employerEmail: string
  /** In which language the employee is best written to; nothing where the employer did not say. */
  language: Language | null
}>

/** Who reads the message, as its language is chosen by. */
export const readerOf = ({ language }: Pick<Said, 'language'>) =>
  language === 'easy-read' ? { accessNeeds: [language] } : { language }

/** Where the employee is written to. */
export const addressOf = ({ way, mobile, email }: Pick<Said, 'way' | 'mobile' | 'email'>): string =>
  (way === 'text' ? mobile : email)?.trim() ?? ''

const problem = (field: string, message: string): Problem => ({ field, message })

// A name goes into a message to somebody who knows nothing of us: no address and no sentence may be smuggled into it.
const isName = (typed: string): boolean =>
  /^[\p{L}\p{M}\p{N} .,'’&()+-]+$/u.test(typed) && !/\p{L}\.\p{L}{2}|www|https?/iu.test(typed) && !/\d{5}/.test(typed)

const names = ['givenName', 'familyName', 'employerName', 'organisation'] as const

/** What stands in the way of asking an employee. */
export function saidProblems(said: Said): Problem[] {
  const { way, mobile, email, employerEmail } = said
  const digits = mobile?.replaceAll(/[\s()-]/g, '') ?? ''
  const isMobile = /^(?:\+44|0044|0)7\d{9}$/.test(digits)
  return [
    ...names.flatMap((name) =>
      isName(said[name]) ? [] : [problem(name, 'Enter a name, without an address or a number')],
    ),
    ...(way === 'text' && !isMobile ? [problem('mobile', 'Enter a UK mobile number, like 07700 900 123')] : []),
    ...(way === 'email' ? emailProblems(email ?? '', 'email') : []),
    ...emailProblems(employerEmail, 'employerEmail'),
    ...(way === 'email' && email?.trim().toLowerCase() === employerEmail.trim().toLowerCase()
      ? [problem('email', 'Enter the employee’s own address, not yours')]
      : []),
  ]
}

/** How often an address was named because of employers: today, and since what was said is kept. */
export type Counted = Readonly<{ today: number; inAll: number }>

/** Whether one more message may go to an address: nobody is pestered by somebody who names them again and again. */
export const mayBeAsked = ({ today, inAll }: Counted): boolean =>
  today <= mostAsks.toAddressADay && inAll <= mostAsks.toAddressInAll

const area = { label: 'The name of your service', example: 'North' } as const
const phone = { label: 'The phone number of your service', example: '01632 960001' } as const

/** What an employee is sent: who asked, and the link by which they decide. Nothing of why. */
export const employeeTemplate: Template = {
  ...{ code: 'employee-asked', kind: employeeKind, title: 'Your employer told us that we may write to you' },
  when: 'When an employer names somebody who agreed to it. Nobody of your service sees that it went.',
  ...{ to: 'outside', formats: ['text', 'email'] },
  places: {
    area,
    organisation: {
      label: 'Where they work, as the employer wrote it',
      example: 'Hillside Bakery',
      needed: 'they have to know who told us of them',
    },
    link: {
      label: 'The link by which they decide',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can decide without it',
    },
    phone,
  },
  own: {
    subject: 'Your choice: a message from {area}',
    body: [
      'Hello, this is {area}. {organisation} told us that we may write to you.',
      'It is your choice, and they are not told what you do.',
      'Read what it is about: {link}',
      'If you do nothing, we delete this after 14 days.',
    ].join(' '),
  },
}

/** What an employer is sent, the same whatever comes of it. */
export const thanksTemplate: Template = {
  ...{ code: 'employer-thanked', kind: thanksKind, title: 'Thank you: we ask the employee' },
  when: 'When an employer names an employee. It is the same whatever comes of it.',
  ...{ to: 'outside', languages: ['en'], formats: ['email'] },
  places: { area, phone },
  own: {
    subject: 'Thank you: {area} asks the person you told us of',
    body: [
      'Thank you. We ask the person you told us of, by a message of their own.',
      'What they do is their choice. We tell you nothing about it, neither a yes nor a no, and so you hear no more from us.',
      'If you have a question about support at work, ring {phone}.',
    ].join('\n\n'),
  },
}
