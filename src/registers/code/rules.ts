import { plainDigits, type Problem } from '#platform/form/rules.ts'
import { addressKey, type Channel, codeMark } from '#platform/notify/rules.ts'
import { isMobileNumber } from '#registers/means/rules.ts'
import type { Template } from '#registers/templates/rules.ts'

/** The kind of a message that carries a code. Its person has just asked for it, at whatever hour. */
export const codeKind = 'online.code'

/** How long a code may be used, and how often something may be tried in its place. */
export const codeLasts = { minutes: 10 } as const
const mostTries = 5

/**
 * One browser is counted for itself, so that whoever types in somebody else's number does not keep them out. What all of
 * them may ask for together keeps their phone from being flooded, and guessing hopeless: twenty codes with five tries each
 * are one ten-thousandth of all codes in a day, and the person hears of every one of them.
 */
const mostAsked = [
  { times: 3, within: { minutes: 15 }, by: 'one' },
  { times: 6, within: { hours: 24 }, by: 'one' },
  { times: 9, within: { minutes: 15 }, by: 'all' },
  { times: 20, within: { hours: 24 }, by: 'all' },
] as const

/** After this long nothing is known of a request any more. */
export const remembered = { hours: 24 } as const

/** Where a code goes: a mobile number or an e-mail address. */
export type CodeWay = Readonly<{ channel: Exclude<Channel, 'letter'>; address: string }>

/** What somebody typed, as a number or an address that a code could go to. */
export function wayTyped(typed: string): CodeWay | undefined {
  const number = plainDigits(typed)
  if (isMobileNumber(number)) return { channel: 'text', address: number }
  return /^\S+@\S+\.\S+$/.test(typed) ? { channel: 'email', address: typed } : undefined
}

/** By what a number or an address is known again, however it is typed. */
export const keyOf = ({ channel, address }: CodeWay): string => addressKey(channel, address)

/** That a code was asked for to a place, and whether this browser did. */
export type AskedFor = Readonly<{ at: Temporal.Instant; own: boolean }>

/** Whether somebody may ask for one more code to a place for which codes were asked. */
export function mayAsk(asked: readonly AskedFor[], now: Temporal.Instant): boolean {
  return mostAsked.every(({ times, within, by }) => {
    const lately = asked.filter(({ at }) => Temporal.Instant.compare(at, now.subtract(within)) > 0)
    return lately.filter(({ own }) => by === 'all' || own).length < times
  })
}

/** A request for a code, as its browser comes back with one. */
export type Waiting = Readonly<{
  id: string
  channel: Exclude<Channel, 'letter'>
  address: string
  returnPath: string | null
  expiresAt: Temporal.Instant
  tries: number
  confirmedAt: Temporal.Instant | null
  usedAt: Temporal.Instant | null
}>

/** Whether a code may still be tried. */
export function mayTry({ expiresAt, tries, usedAt }: Waiting, now: Temporal.Instant): boolean {
  return usedAt === null && tries < mostTries && Temporal.Instant.compare(now, expiresAt) < 0
}

/** From where somebody may have come to the way in, where it has to say more than usual. */
export const cameFrom = {
  account: { label: 'With an account elsewhere that is nobody’s yet' },
  refused: { label: 'With an account elsewhere whose owner was not checked enough' },
} as const

export type CameFrom = keyof typeof cameFrom

/** The digits that somebody typed, without what they put between them. */
export const digitsOf = (typed: string): string => typed.replaceAll(/[\s-]/g, '')

/** What is wrong with a code before it is compared. */
export function codeProblems(digits: string): Problem[] {
  return /^\d{6}$/.test(digits) ? [] : [{ field: 'code', message: 'Enter the 6 numbers of the code' }]
}

/** The message, which tells whoever else sees the phone nothing: neither who writes nor what about. */
export const codeTemplate: Template = {
  ...{ code: 'sign-in-code', kind: codeKind, title: 'A code to sign in or to confirm a number' },
  when: 'At once, when somebody asks for it.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    code: { label: 'The six numbers', example: '123456', needed: 'nobody can sign in without the code' },
  },
  own: {
    subject: 'Your code',
    body: `Your code is ${codeMark}. You can use it for ${codeLasts.minutes} minutes. Do not tell it to anybody.`,
  },
}

/** Somebody whom a number or an address may be used for. */
export type Candidate = Readonly<{ person: string; bornOn: Temporal.PlainDate }>

/** Whose code it was: the only one, or of several who share a phone the one who was born on this day. */
export function whoseCode(
  candidates: readonly Candidate[],
  bornOn: Temporal.PlainDate | undefined,
): Candidate | undefined {
  const meant = bornOn ? candidates.filter((one) => one.bornOn.equals(bornOn)) : candidates
  return meant.length === 1 ? meant[0] : undefined
}
