/** Why somebody stands on a coach's day, the most pressing first, with the one thing that clears it. */
export const dayReasons = {
  safety: { label: 'Safety', clears: 'Look at the concern' },
  died: { label: 'Has died', clears: 'End support' },
  shut: { label: 'Without a coach', clears: 'Give them to somebody' },
  cancel: { label: 'Asks to cancel', clears: 'Read it and decide' },
  wrote: { label: 'Wrote to you', clears: 'Read and answer' },
  tried: { label: 'Did not work', clears: 'Look at the plan' },
  objected: { label: 'Said no to the team', clears: 'Read it' },
  plan: { label: 'Answered about the plan', clears: 'Read what they said' },
  overdue: { label: 'Overdue', clears: 'Log a contact' },
  today: { label: 'Today', clears: 'Log a contact' },
  result: { label: 'Appointment without a result', clears: 'Say how it went' },
  answer: { label: 'Answer to read', clears: 'Read it' },
  advice: { label: 'Asked for your advice', clears: 'Give advice' },
  link: { label: 'Asked for a new link', clears: 'See what they need' },
  offered: { label: 'Offered to others', clears: 'Look at the offer' },
  'follow-up': { label: 'Follow-up after support', clears: 'Ask how things are' },
  conversation: { label: 'Asked for a fit note', clears: 'Say what came of it' },
  note: { label: 'Fit note ends', clears: 'Say what follows' },
  action: { label: 'Due in the plan', clears: 'Say what came of it' },
  review: { label: 'Plan review', clears: 'Review the plan' },
  needs: { label: 'Needs to be asked again', clears: 'Ask what they need' },
  limit: { label: 'Near the limit', clears: 'Review the weeks' },
  waiting: { label: 'Waiting on others', clears: 'Check again' },
  quiet: { label: 'Going quiet', clears: 'Log a contact' },
  reply: { label: 'Waiting for a reply', clears: 'Log a contact' },
} as const

export type DayReason = keyof typeof dayReasons

/** What clears something that is due, where it is not a contact: what it says and where it leads. */
const dueClears: Readonly<Record<string, Readonly<{ label: string; path: string }>>> = {
  booking: { label: 'Book an appointment', path: 'appointments/new' },
  decline: { label: 'Decide what follows', path: 'ending' },
  leaving: { label: 'End support', path: 'ending' },
  appointment: { label: 'Open the appointments', path: 'appointments' },
  assessment: { label: 'Write it up', path: 'assessment' },
  plan: { label: 'Agree the plan', path: 'plan' },
  review: { label: 'Review the weeks', path: 'review' },
  completion: { label: 'Complete the plan', path: 'completion' },
  check: { label: 'Check again', path: 'pause' },
  message: { label: 'Open the messages', path: 'messages' },
}

/** A line of a coach's day; `due` is the code of what is due, where that is why. */
export type DayLine = Readonly<{
  reason: DayReason
  because: string
  on: Temporal.PlainDate | null
  due?: string
  /** Where it is cleared, where that is no page of the episode. */
  at?: string
}>

const ofPerson: readonly string[] = ['messages', 'details/access', 'fit-notes']

type Whose = Readonly<{ episode: string; person: string; follow_up_13_on: Temporal.PlainDate | null }>

/** The one thing that clears a line, and where. */
export function clearedBy({ reason, due, at: address }: DayLine, { episode, person, ...standing }: Whose) {
  const other = due !== undefined && ['overdue', 'today', 'reply'].includes(reason) ? dueClears[due] : undefined
  const at: Readonly<Record<DayReason, string>> = {
    safety: 'concerns',
    died: 'ending/death',
    shut: 'passing-on',
    cancel: 'messages',
    wrote: 'messages',
    tried: 'plan',
    objected: 'matters',
    plan: 'plan',
    overdue: 'contacts/new',
    today: 'contacts/new',
    result: 'appointments',
    'follow-up': standing.follow_up_13_on !== null ? 'follow-ups/13' : 'follow-ups/26',
    conversation: 'fit-note-requests',
    note: 'fit-notes',
    review: 'plan/reviews/new',
    action: 'plan',
    needs: 'details/access',
    limit: 'review',
    waiting: 'pause',
    quiet: 'contacts/new',
    reply: 'contacts/new',
    answer: 'contacts/new',
    advice: 'advice',
    link: 'contacts/new',
    offered: 'passing-on',
  }
  const path = other?.path ?? at[reason]
  return {
    // What was written and what they need belong to the person, over all their spells of support.
    href: address ?? (ofPerson.includes(path) ? `/people/${person}/${path}` : `/episodes/${episode}/${path}`),
    clears: other?.label ?? dayReasons[reason].clears,
  }
}
