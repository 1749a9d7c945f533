import { clock, dayOf, longDay } from '#platform/dates.ts'
import type { Entry } from '#journey/copy/drafting/rules.ts'
import type { Answers } from '#exchange/mailbox/referral-form/rules.ts'

/** How many forms are shown at most: who has to read more narrows it down. */
export const most = 50

/** The words by which a form is looked for, each of which has to stand in it; undefined where they would find nearly all. */
export function wordsIn(typed: string): readonly string[] | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
  return words.some((word) => (word.match(/[\p{L}\d]/gu)?.length ?? 0) >= 2) ? words : undefined
}

/** A form that was found, and what became of it. */
export type Sent = Readonly<{
  id: string
  answers: Answers | null
  fromName: string | null
  fromAddress: string | null
  cameAt: Temporal.Instant
  subject: string | null
  text: string | null
  form: string | null
  files: readonly string[]
}>

/** A form as it stands in the copy that its person gets, in the words in which it came. */
export function sentEntry({ id, fromName, fromAddress, cameAt, subject, text, form, files }: Sent): Entry {
  const words = [subject, form, text === form ? null : text]
  const named = files.map((name) => `Came with it: ${name}`)
  return {
    ...{ key: `mail-${id}`, what: 'The form that came by email, and the message with it' },
    ...{ when: `${longDay(dayOf(cameAt))}, ${clock(cameAt)}`, by: fromName ?? fromAddress },
    text: [...words.filter((one): one is string => Boolean(one)), ...named],
  }
}
