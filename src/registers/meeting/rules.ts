import type { Problem } from '#platform/form/rules.ts'

/** How an area meets people, with what holds until it decides otherwise; no source gives any of it, so all are our own. */
export type Meeting = Readonly<{
  /** Minutes that an appointment lasts, by what it is for. */
  firstMinutes: number
  supportMinutes: number
  reviewMinutes: number
  otherMinutes: number
  /** Minutes that stay free between two appointments, to write up and to breathe. */
  gapMinutes: number
  /** A person chooses no time that begins sooner than this many hours from now. */
  soonestHours: number
  /** How many days ahead people choose from. */
  aheadDays: number
  /** Days before an appointment on which it is said again; nought is not at all. */
  firstReminderDays: number
  secondReminderDays: number
  /** Fewer free times than this within so many working days is too few. */
  fewestFree: number
  fewestFreeWithinDays: number
  /** The room of video calls where a coach has no other. */
  videoLink: string | null
}>

export const usualMeeting: Meeting = {
  firstMinutes: 60,
  supportMinutes: 45,
  reviewMinutes: 45,
  otherMinutes: 30,
  gapMinutes: 15,
  soonestHours: 24,
  aheadDays: 28,
  // Two reminders cut missed appointments by a quarter (Psychiatric Services 201100211).
  firstReminderDays: 7,
  secondReminderDays: 3,
  fewestFree: 5,
  fewestFreeWithinDays: 5,
  videoLink: null,
}

/** How each number is asked for, part by part of the page on which an area decides. */
export const meetingParts = [
  {
    heading: 'How long appointments are',
    numbers: {
      firstMinutes: { label: 'First conversation', suffix: 'minutes', least: 10, most: 240 },
      supportMinutes: { label: 'Support', suffix: 'minutes', least: 10, most: 240 },
      reviewMinutes: { label: 'Review of the plan', suffix: 'minutes', least: 10, most: 240 },
      otherMinutes: { label: 'Something else', suffix: 'minutes', least: 10, most: 240 },
      gapMinutes: { label: 'Kept free between two appointments', suffix: 'minutes', least: 0, most: 120 },
    },
  },
  {
    heading: 'When people can choose a time',
    numbers: {
      soonestHours: { label: 'Not sooner than', suffix: 'hours from now', least: 1, most: 240 },
      aheadDays: { label: 'Up to', suffix: 'days ahead', least: 3, most: 120 },
    },
  },
  {
    heading: 'Reminders',
    numbers: {
      firstReminderDays: { label: 'First reminder', suffix: 'days before', least: 0, most: 28 },
      secondReminderDays: { label: 'Second reminder', suffix: 'days before', least: 0, most: 28 },
    },
  },
  {
    heading: 'When free times are too few',
    numbers: {
      fewestFree: { label: 'Tell managers when there are fewer than', suffix: 'free times', least: 0, most: 500 },
      fewestFreeWithinDays: { label: 'Counted over the next', suffix: 'working days', least: 1, most: 30 },
    },
  },
] as const

export type MeetingNumber = Exclude<keyof Meeting, 'videoLink'>

type Words = Readonly<{ label: string; suffix: string; least: number; most: number }>
type Asked = Words & Readonly<{ name: MeetingNumber }>

/** Every number with its words, in the order of the page. */
export const meetingNumbers: readonly Asked[] = meetingParts.flatMap(({ numbers }) => {
  const each: readonly [string, Words][] = Object.entries<Words>(numbers)
  // Checked: the keys of the numbers are names of settings.
  return each.map(([name, words]) => ({ ...words, name: name as MeetingNumber }))
})

/** What is wrong with how an area wants to meet people. */
export function meetingProblems({ firstReminderDays: first, secondReminderDays: second, videoLink }: Meeting) {
  const problems: (Problem | false)[] = [
    second > 0 &&
      first > 0 &&
      second >= first && {
        field: 'secondReminderDays',
        message: 'The second reminder must come fewer days before than the first',
      },
    videoLink !== null && !isWebAddress(videoLink) && { field: 'videoLink', message: webAddressOnly },
  ]
  return problems.filter((problem): problem is Problem => problem !== false)
}

/** What somebody reads who gave something else for the link of a video call. */
export const webAddressOnly = 'Enter a whole link that begins with https://'

/** Whether this is the address of a page that can be opened safely. */
export function isWebAddress(text: string): boolean {
  return /^https:\/\/[^\s"<>]+\.[^\s"<>]+$/.test(text)
}

/** What a decision is called in the history: "Support, minutes". */
export function decidedName(name: string): string {
  if (name === 'videoLink') return 'Link of video calls'
  const asked = meetingNumbers.find((one) => one.name === name)
  return asked ? `${asked.label}: ${asked.suffix}` : name
}
