import type { State } from '#exchange/files/batch/rules.ts'

/** Why a batch cannot be taken back now, in words; undefined when it can. */
export function whyNotUndone(state: State): string | undefined {
  if (state === 'under-way')
    return 'It is still being brought in. Wait until it is finished; if it broke off, bring the same files in again first.'
  return undefined
}

// By the first word of what the journal says.
const kindsOfWork: Readonly<Record<string, string>> = {
  action: 'an action was changed',
  agreement: 'a plan was agreed',
  allocation: 'they were given to a coach',
  appointment: 'an appointment was booked or changed',
  assessment: 'a first conversation was written down',
  completion: 'their plan was completed',
  concern: 'a concern was written down',
  contact: 'a contact was logged',
  death: 'it was recorded that they have died',
  details: 'their details were changed',
  eligibility: 'somebody decided about their referral',
  ending: 'their support was ended',
  equality: 'equality questions were answered',
  episode: 'a later folder added to their case, or brought another: take that one back first',
  'follow-up': 'they were followed up',
  goal: 'a goal was changed',
  handover: 'they were handed over',
  likeness: 'their record was made one with another, or not',
  link: 'they answered by a link',
  means: 'how to reach them was changed',
  message: 'a message was written to them',
  pause: 'support was paused or went on',
  permissions: 'they said yes or no to something',
  plan: 'their plan was changed',
  questionnaires: 'a questionnaire was answered',
  referral: 'their referral was answered or corrected',
  restriction: 'their record was restricted',
  review: 'their plan was reviewed',
  support: 'support was written down',
}

/** What somebody did with a record since it was brought in, so that it stays. */
export function workInWords(why: string): string {
  return kindsOfWork[why.split('.')[0] ?? ''] ?? 'something was added to their record'
}

/** What stands for work that the database found and the journal does not name. */
export const somethingAdded = 'record.added-to'

/** What was done with people who stay, in words, and with how many of them; the most frequent first. */
export function workCounted(worked: readonly Readonly<{ why: string }>[]) {
  const counted = new Map<string, number>()
  for (const { why } of worked) {
    const words = workInWords(why)
    counted.set(words, (counted.get(words) ?? 0) + 1)
  }
  return [...counted].map(([words, people]) => ({ words, people })).toSorted((one, other) => other.people - one.people)
}
