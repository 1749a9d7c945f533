import { counting, type Said, withoutWhatEnded } from '#registers/own-word/rules.ts'
import { type Allowance, disclosure, outlastsLeaving } from '#registers/permissions/rules.ts'
import type { Permission, Recipient, Switch } from '#registers/permissions/rules.ts'

/** Under which switch somebody hears more than that a referral arrived, since when, and whether as far as a summary. */
export type Under = Readonly<{ switch: Switch; at: Temporal.Instant | null; summary: boolean }>

/** Whoever may hear of a referral. */
export type Hearer = Pick<Recipient, 'switch' | 'name'>

/** An answer to the switch of whoever hears, or to taking part at all. */
export type Answer = Permission & Said & Readonly<{ switch: string; recipient: string }>

/**
 * What somebody may hear by answers about them with the newest first, as `mayDisclose` says it of one: how it stands, and
 * whether a summary of the support; undefined where no more than that it arrived.
 */
export function heardBy(hearer: Hearer, answers: readonly Answer[]): Under | undefined {
  const may = (purpose: Allowance) => {
    const standing = outlastsLeaving(hearer.switch, purpose) ? answers : withoutWhatEnded(answers)
    const newest = counting(standing.filter((one) => one.switch === hearer.switch))
    const said = disclosure(hearer, purpose, newest)
    return { ...said, at: newest?.at ?? null }
  }
  const [status, summary] = [may('status'), may('summary')]
  return status.allowed ? { switch: hearer.switch, at: status.at, summary: summary.allowed } : undefined
}
