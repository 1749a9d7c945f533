import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** Why somebody's record is erased when they ask for it (UK GDPR article 17(1)). */
export const groundsToErase = {
  'not-needed': { label: 'We need it no longer', hint: 'Article 17(1)(a)' },
  withdrawn: { label: 'We held it by their consent, and they took it back', hint: 'Article 17(1)(b)' },
  objected: { label: 'They object, and nothing weighs more', hint: 'Article 17(1)(c)' },
  unlawful: { label: 'We should never have held it', hint: 'Article 17(1)(d)' },
} as const

/** Why it is kept although somebody asked (UK GDPR article 17(3), 12(6)). */
export const groundsToKeep = {
  task: { label: 'We need it for our public task', hint: 'Article 17(3)(b)' },
  health: { label: 'Health records are kept for so long in the public interest', hint: 'Article 17(3)(c)' },
  claims: { label: 'It may be needed for a legal claim', hint: 'Article 17(3)(e)' },
  unsure: { label: 'We cannot be sure that it is them who asks', hint: 'Article 12(6): ask for what makes it sure' },
} as const

export type GroundToErase = keyof typeof groundsToErase
export type GroundToKeep = keyof typeof groundsToKeep
export type Ground = GroundToErase | GroundToKeep

export const grounds: Readonly<Record<Ground, Readonly<{ label: string; hint: string }>>> = {
  ...groundsToErase,
  ...groundsToKeep,
}

/** What may be decided. */
export const decisions = {
  erase: { label: 'Erase everything about them' },
  keep: { label: 'Keep the record' },
} as const

export type Decision = keyof typeof decisions

/** The ground of a decision, and what is missing where there is none. */
export function groundOf(
  given: Readonly<{ decision: Decision; erases: GroundToErase | null; keeps: GroundToKeep | null }>,
): Readonly<{ ground: Ground }> | Readonly<{ problem: Problem }> {
  const ground = given.decision === 'erase' ? given.erases : given.keeps
  if (ground !== null) return { ground }
  return {
    problem: {
      field: given.decision === 'erase' ? 'erases' : 'keeps',
      message: 'Select on which ground you decide so',
    },
  }
}

/** What stands in the way of erasing somebody who asked, or who is old enough, now. */
export type InTheWay = Readonly<{ held: string | null; open: boolean; merged: boolean }>

/** Why a record cannot be erased now, in words. Empty when it can. */
export function reasonsNotToErase({ held, open, merged }: InTheWay): string[] {
  const reasons: readonly (string | false)[] = [
    held !== null && `The record is held back: ${held}`,
    open && 'Support has not ended: end it first',
    merged && 'This record was merged into another: erase that one',
  ]
  return reasons.filter((reason) => reason !== false)
}

/** By when somebody has their answer: one calendar month (UK GDPR article 12(3)). */
export function answerBy(askedOn: Temporal.PlainDate): Temporal.PlainDate {
  return askedOn.add({ months: 1 })
}

/** What is wrong with the day on which somebody asked. */
export function askedProblems(askedOn: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  return isBefore(today, askedOn) ? [{ field: 'askedOn', message: 'Enter today or a day that has passed' }] : []
}

/** How many people one erasure erases at most, and how many of them in one transaction. */
export const mostAtOnce = 200
export const inOneStep = 5
