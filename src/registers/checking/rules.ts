/** What may be wrong with what the directory says of a service. */
export const feedbackKinds = {
  reaching: { label: 'The phone number, address or website is wrong' },
  closed: { label: 'It is closed, or takes nobody at the moment' },
  wait: { label: 'People wait longer or shorter than it says' },
  who: { label: 'It is for other people than it says' },
  other: { label: 'Something else' },
} as const

export type FeedbackKind = keyof typeof feedbackKinds

/** How many services that nobody has checked a page shows. */
export const staleOnPage = 25

/** The day before which a check is too long ago. */
export function staleBefore(today: Temporal.PlainDate, months: number): Temporal.PlainDate {
  return today.subtract({ months })
}
