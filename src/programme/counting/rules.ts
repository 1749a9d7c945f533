import { startOfDay } from '#platform/dates.ts'

const cohort = (weeks: number, months: string) =>
  `Spells of support whose plan was completed in the ${months} month before this one, so that all of them were due at ${weeks} weeks and there was a month to answer.`

/** What is counted for a month, each with the rows that count. A spell of support counts in the month it happened in. */
export const items = {
  received: {
    when: 'Received',
    label: 'Referrals received',
    definition:
      'Spells of support whose first referral reached the service in the month. A second referral that joins an open spell counts once; one that is held until the person is asked counts when they agree.',
  },
  accepted: {
    when: 'Accepted',
    label: 'Referrals accepted',
    definition: 'Spells of support that were accepted in the month.',
  },
  'first-contact': {
    when: 'First tried',
    label: 'First contacts',
    definition:
      'Spells of support in which somebody first tried to reach the person in the month. Middle days: from the day of the referral.',
    timed: true,
  },
  'first-appointment': {
    when: 'First came',
    label: 'First appointments',
    definition:
      'Spells of support in which the person first came to an appointment in the month. Middle days: from the day of the referral.',
    timed: true,
  },
  started: {
    when: 'First assessed',
    label: 'Started',
    definition:
      'Spells of support in which the person was first assessed in the month. Middle days: from the day of the referral.',
    timed: true,
  },
  'plan-agreed': {
    when: 'Plan agreed',
    label: 'Plans agreed',
    definition:
      'Spells of support in which the first version of a plan was agreed in the month. Middle days: from the day of the referral.',
    timed: true,
  },
  contact: {
    when: 'Happened',
    label: 'Contacts',
    definition:
      'Tries to reach a person in the month, before and during support, one for each try. One that was taken back does not count.',
    of: 'contacts',
  },
  appointment: {
    when: 'Appointment',
    label: 'Appointments',
    definition: 'Appointments that were to begin in the month, whatever became of them, one for each appointment.',
    of: 'appointments',
  },
  completed: {
    when: 'Completed',
    label: 'Completed',
    definition:
      'Spells of support whose plan was completed in the month. A completion that was taken back does not count.',
  },
  'ended-early': {
    when: 'Ended',
    label: 'Left early',
    definition:
      'Spells of support that ended in the month without a completed plan, before or after they started, whatever the reason.',
  },
  'after-13': { when: 'Completed', label: 'Due 13 weeks after the end', definition: cohort(13, 'fourth'), earlier: 4 },
  'after-26': { when: 'Completed', label: 'Due 26 weeks after the end', definition: cohort(26, 'seventh'), earlier: 7 },
} as const satisfies Readonly<
  Record<
    string,
    {
      label: string
      /** What happened on the day that is shown in a list. */
      when: string
      definition: string
      /** What one row is, where it is not a spell of support. */
      of?: string
      /** Whether the days since the referral are asked for. */
      timed?: true
      /** How many months earlier happened what counts. */
      earlier?: number
    }
  >
>

export type Item = keyof typeof items

// Checked: the keys of a code list are its codes.
export const itemCodes = Object.keys(items) as Item[]

/** Said once for every number: history counts like the service's own work, and is told apart. */
export const importedHistory =
  'Records brought in from an earlier system count in the month in which things happened and are shown beside each number.'

/** The months that can be looked at: this one and those before it, 24 in all, the newest first. */
export function monthsBack(today: Temporal.PlainDate): Temporal.PlainYearMonth[] {
  return Array.from({ length: 24 }, (_, months) => today.toPlainYearMonth().subtract({ months }))
}

/** The month that was asked for, if it is one of those; the last whole one where none was. */
export function monthFrom(asked: string | null, today: Temporal.PlainDate): Temporal.PlainYearMonth | undefined {
  if (asked === null) return today.toPlainYearMonth().subtract({ months: 1 })
  return monthsBack(today).find((month) => month.toString() === asked)
}

/** The last day of a month: what an area decided is in force for all of a month as it was on this day. */
export function lastDayOf(month: Temporal.PlainYearMonth): Temporal.PlainDate {
  return month.toPlainDate({ day: month.daysInMonth })
}

/** The month in which happened what an item counts for this one. */
export function monthCounted(item: Item, month: Temporal.PlainYearMonth): Temporal.PlainYearMonth {
  const { earlier = 0 }: Readonly<{ label: string; earlier?: number }> = items[item]
  return month.subtract({ months: earlier })
}

/** Whether the days since the referral are asked for. */
export function isTimed(item: Item): boolean {
  return 'timed' in items[item]
}

/** From when and until when a month lasts on England's clocks. */
export function edges(month: Temporal.PlainYearMonth) {
  const moment = (first: Temporal.PlainYearMonth) => startOfDay(first.toPlainDate({ day: 1 }))
  return { from: moment(month), until: moment(month.add({ months: 1 })) }
}

/** The middle one of some numbers, each told with how often there is it; between the two middle ones of an even many. */
export function middle(often: ReadonlyMap<number, number>): number | undefined {
  const sorted = [...often].toSorted(([one], [other]) => one - other)
  const many = sorted.reduce((sum, [, times]) => sum + times, 0)
  const at = (place: number): number | undefined => {
    let passed = 0
    return sorted.find(([, times]) => (passed += times) > place)?.[0]
  }
  const [low, high] = [at(Math.floor((many - 1) / 2)), at(Math.floor(many / 2))]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
