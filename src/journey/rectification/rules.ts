import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

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

/** What comes of it when somebody says that something is wrong. */
export const results = {
  corrected: {
    label: 'It was wrong and is corrected',
    hint: 'Correct it on the record first. What stood there before stays in its history',
  },
  noted: {
    label: 'It stays as it is, with their words beside it',
    hint: 'For an opinion somebody held, or where we cannot tell who is right',
  },
} as const

export type Result = keyof typeof results

/** By when somebody has their answer: one calendar month (UK GDPR article 12(3)). */
export function answerBy(askedOn: Temporal.PlainDate): Temporal.PlainDate {
  return askedOn.add({ months: 1 })
}

/** What is wrong with the day on which somebody asked. */
export function askedProblems(askedOn: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  return isBefore(today, askedOn) ? [{ field: 'askedOn', message: 'Enter today or a day that has passed' }] : []
}
