import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** Which part of their record somebody says is wrong. */
export const parts = {
  who: { label: 'Who they are', hint: 'Name, date of birth, NHS number' },
  reach: { label: 'How to reach them, or what they need' },
  health: { label: 'Health or work, as it was written down' },
  plan: { label: 'Their plan' },
  said: { label: 'What somebody wrote about a talk or a meeting' },
  other: { label: 'Something else' },
} as const

export type Part = keyof typeof parts

/** How somebody told us what they ask. */
export const waysOfAsking = {
  'in-person': { label: 'In person' },
  telephone: { label: 'By telephone' },
  message: { label: 'By text or email' },
  letter: { label: 'By letter' },
} as const

export type WayOfAsking = keyof typeof waysOfAsking

/** How we know what somebody says is wrong: a colleague wrote it down, or they said it by themselves in their space. */
export const waysItCame = { ...waysOfAsking, space: { label: 'In their space' } } as const

export type WayItCame = keyof typeof waysItCame

/** The parts in the words of whoever the record is about. */
export const ownParts: Readonly<Record<Part, Readonly<{ label: string }>>> = {
  who: { label: 'Your name, date of birth or NHS number' },
  reach: { label: 'How to reach you, or what you need' },
  health: { label: 'Your health or your work' },
  plan: { label: 'Your plan' },
  said: { label: 'What somebody wrote about a talk with you' },
  other: { label: 'Something else' },
}

/** What comes of it when somebody says that something is wrong. */
export const results = {
  corrected: {
    label: 'It was wrong and is corrected',
    hint: 'Correct it on the record first. What stood there before stays in its history',
  },
  partly: {
    label: 'A part of it was wrong and is corrected',
    hint: 'The rest stays as it is, with their words beside it',
  },
  noted: {
    label: 'It stays as it is, with their words beside it',
    hint: 'For an opinion somebody held, or where we cannot tell who is right',
  },
} as const

export type Result = keyof typeof results

/** What came of it, as its person reads it. */
export const ownResults: Readonly<Record<Result, Readonly<{ label: string }>>> = {
  corrected: { label: 'It was wrong. We have put it right.' },
  partly: { label: 'We have put a part of it right. The rest stays as it is, with your words beside it.' },
  noted: { label: 'It stays as it is. Your words stand beside it, for everybody who reads your record.' },
}

/** Whether anything stays as it is, so that the person has reasons, and may complain (UK GDPR article 12(4)). */
export const isRefused = (result: Result): boolean => result !== 'corrected'

/** By which message somebody is told that there is an answer to read. */
export type Told = 'text' | 'email'

/** What the message is called that tells somebody of our answer. */
export const answeredKind = 'rectification.answered'

/** What somebody is sent when what they said about their record is answered: that there is an answer, and not what. */
export const answeredTemplate: Template = {
  ...{ code: 'rectification-answered', kind: answeredKind, title: 'Their question about their record is answered' },
  when: 'As soon as somebody answers what they said is wrong in their record, where they can read it in their space.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    space: {
      label: 'Where they sign in and read it',
      example: 'https://example.org/my/corrections',
      needed: 'nobody knows where to read it',
    },
  },
  own: {
    subject: 'An answer for you',
    body: 'Your question about your record is answered. To read it, go to {space} and sign in.',
  },
}

/** By when somebody has their answer: one calendar month (UK GDPR article 12(3)). */
export function answerBy(askedOn: Temporal.PlainDate): Temporal.PlainDate {
  return askedOn.add({ months: 1 })
}

/** What is wrong with the day on which somebody asked. */
export function askedProblems(askedOn: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  return isBefore(today, askedOn) ? [{ field: 'askedOn', message: 'Enter today or a day that has passed' }] : []
}
