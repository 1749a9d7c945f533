import { longDay } from '#platform/dates.ts'
import type { Allowance } from '#registers/permissions/rules.ts'
import type { Result } from '#journey/fit-note-request/rules.ts'

/** What a practice hears of: that a clinician is needed, and that the conversation was not taken up. */
export type Told = Exclude<Result, 'supported'>

/** Whether a practice hears of such a result. Support that was agreed stays between the person and us. */
export const isTold = (what: Result): what is Told => what !== 'supported'

/** How much the person has to allow their practice to be told, for each. */
export const needed: Readonly<Record<Told, Allowance>> = { clinician: 'summary', declined: 'status' }

/** That there is nowhere to write to. */
export const noAddress = 'No email address of the practice is written down'

type Said = Readonly<{ what: Told; askedOn: Temporal.PlainDate; words: string | null }>

/** What the practice reads behind the link. Why somebody did not want the conversation is never passed on. */
export function wordsTo({ what, askedOn, words }: Said): string {
  const asked = `The person named below asked you for a fit note on ${longDay(askedOn)}.`
  const parts =
    what === 'clinician'
      ? [
          `${asked} We have spoken with them about work and health.`,
          `A clinician needs to assess them: ${words ?? ''}`,
          'Only the clinician says whether they are fit for work and whether there is a fit note: we do neither. Will you assess them?',
        ]
      : [
          `${asked} We offered them a conversation about work and health. It was not taken up.`,
          'This says nothing about whether they are fit for work. Please go on as you would without us. Will you let us know that you have read this?',
        ]
  return parts.join('\n\n')
}

const sayings: Readonly<Record<Told, string>> = {
  clinician: 'goes back to a clinician',
  declined: 'was not taken up',
}

/** What a practice will hear, in a line that the coach reads before saving. */
export function hearsInWords(what: Told, why: string | undefined): string {
  if (why !== undefined) return `If it ${sayings[what]}, the practice is not told: ${within(why)}.`
  return what === 'clinician'
    ? `If it ${sayings[what]}, the practice gets a link. Behind it stand their name, date of birth and your words below.`
    : `If it ${sayings[what]}, the practice gets a link. Behind it stand their name, date of birth and that it was not taken up, without a reason.`
}

const within = (why: string): string => why.charAt(0).toLowerCase() + why.slice(1)
