import type { Problem } from '#platform/form/rules.ts'
import { givers, type MeansKind, meansKinds } from '#registers/people/rules.ts'

/** A way to reach somebody as the register has it. */
export type Means = Readonly<{
  id: string
  /** The record it was written on, which after a merge may be another of the same person. */
  person: string
  kind: string
  value: string
  wanted: boolean
  safe: boolean
  voicemail_safe: boolean
  preferred: boolean
  /** When a message to it did not arrive; null once one did. */
  failed_at: Temporal.Instant | null
  /** Since when the person has given it and not shown that it is theirs; null for every other. */
  unconfirmed_at: Temporal.Instant | null
  /** Who gave it, and whether it is known to be their own. */
  given_by: string
  theirs: boolean
  version: number
}>

/** What a way is called. A mobile number on which no text is safe is kept as a phone, and is a mobile all the same. */
export function kindInWords({ kind, value }: Pick<Means, 'kind' | 'value'>): string {
  if (kind === 'telephone' && isMobileNumber(value)) return `${meansKinds.mobile.label}, no texts`
  return Object.entries(meansKinds).find(([code]) => code === kind)?.[1].label ?? kind
}

/** Whether this is a number of a mobile phone, however it is written. */
export function isMobileNumber(value: string): boolean {
  return /^(0|44|0044)?7\d{9}$/.test(value.replaceAll(/[\s()+-]/g, ''))
}

/** Whether one speaks over this way, so that a voicemail may be left. */
export function isPhone(kind: string): boolean {
  return kind === 'mobile' || kind === 'telephone'
}

/** What may be done with a way to reach somebody, in words. */
export function useInWords({
  kind,
  wanted,
  safe,
  voicemail_safe,
  preferred,
  unconfirmed_at,
}: Pick<Means, 'kind' | 'wanted' | 'safe' | 'voicemail_safe' | 'preferred'> &
  Partial<Pick<Means, 'unconfirmed_at'>>): string {
  if (!safe) return 'Not safe: do not use'
  if (!wanted) return 'Not wanted: do not use'
  if (unconfirmed_at) return 'They have not shown yet that it is theirs: nothing is sent to it'
  const voicemail = voicemail_safe ? ', voicemail is safe' : ', no voicemail'
  return `${preferred ? 'Preferred' : 'May be used'}${isPhone(kind) ? voicemail : ''}`
}

/** Whether words may be sent to a way: a number or address that a person gave and has not shown to be theirs may be a stranger’s. */
export const isConfirmed = (way: Readonly<{ unconfirmed_at?: Temporal.Instant | null }>): boolean => !way.unconfirmed_at

/** Who gave a way, in words. */
export function giverInWords(by: string): string {
  return Object.entries(givers).find(([code]) => code === by)?.[1].label ?? by
}

/** Whether two ways are one and the same number or address. */
export const isSameWay = (one: Pick<Means, 'kind' | 'value'>, other: Pick<Means, 'kind' | 'value'>): boolean =>
  one.kind === other.kind && plainly(one) === plainly(other)

function plainly({ kind, value }: Pick<Means, 'kind' | 'value'>): string {
  return isPhone(kind) ? value.replaceAll(/\D/g, '').slice(-10) : value.toLowerCase()
}

type Standing = Means & Readonly<{ /** Whether it stands on the record that is kept. */ kept: boolean }>

/**
 * The ways of somebody, each once, on however many of their records it stands: what one record says against a way holds,
 * what came with a record that is not kept is not preferred before it is known to be theirs, and the kept record's comes first.
 */
export function eachOnce<Way extends Standing>(ways: readonly Way[]): Way[] {
  const inOrder = ways.toSorted((one, other) => Number(other.kept) - Number(one.kept))
  const first = inOrder.filter((one, place) => inOrder.findIndex((other) => isSameWay(one, other)) === place)
  const folded = first.map((one) =>
    foldedInto(
      one,
      ways.filter((other) => isSameWay(one, other)),
    ),
  )
  return folded.toSorted((one, other) => Number(other.preferred) - Number(one.preferred))
}

function foldedInto<Way extends Standing>(one: Way, same: readonly Way[]): Way {
  const [safe, wanted] = [same.every((way) => way.safe), same.every((way) => way.wanted)]
  const voicemail_safe = safe && same.every((way) => way.voicemail_safe)
  const preferred = safe && wanted && same.some((way) => way.preferred && (way.kept || way.theirs))
  return { ...one, safe, wanted, voicemail_safe, preferred, theirs: same.some(({ theirs }) => theirs) }
}

/** A postal address on one line. */
export function onOneLine(value: string): string {
  return value.split(/\s*\n\s*/).join(', ')
}

/** Why nothing may go out by a way to reach somebody, from what their records say of it; undefined when it may. */
export function reasonNotToUse(ways: readonly Readonly<{ wanted: boolean; safe: boolean }>[]): string | undefined {
  if (ways.length === 0) return closedWays.ended
  if (ways.some(({ safe }) => !safe)) return closedWays.unsafe
  if (ways.some(({ wanted }) => !wanted)) return closedWays.unwanted
  return undefined
}

/** What decides whether a message may go to a person by one way: as it stands at the moment of sending. */
export type Reachable = Readonly<{
  died: boolean
  /** The newest answer to being contacted; undefined when it was never asked. */
  wantsContact: boolean | undefined
  /** The ways in force that the message would use: none when the address is no longer one of the person's. */
  ways: readonly Readonly<{ wanted: boolean; safe: boolean }>[]
}>

/** Why no message may go to a person by this way; undefined when it may. */
export function reasonNotToContact({ died, wantsContact, ways }: Reachable): string | undefined {
  if (died) return 'The person has died'
  if (wantsContact === false) return 'The person does not want to be contacted'
  return reasonNotToUse(ways)
}

const closedWays = {
  unknown: 'Nobody has said yet that this is theirs: ask them, and say so under “How to reach them”',
  ended: 'This is no longer a way to reach the person',
  unsafe: 'It is not safe to reach the person this way',
  unwanted: 'The person does not want to be reached this way',
} as const

/** Why what is for the person alone does not go to a way that somebody else wrote down. */
export const notKnownAsTheirs = closedWays.unknown

/** Whether something did not go out because of the way by which it was to go, and not because of what it says. */
export const isAboutWay = (reason: string): boolean => Object.values(closedWays).some((one) => one === reason)

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is wrong with a way to reach somebody. */
export function meansProblems(kind: MeansKind, value: string | null): Problem[] {
  const say = (message: string) => [problem(kind, message)]
  if (value === null) return say(missing[kind])
  if (kind === 'email') return /^\S+@\S+\.\S+$/.test(value) ? [] : say('Enter an email address like name@example.org')
  if (kind === 'post') return []
  const digits = value.replaceAll(/[\s()+-]/g, '')
  if (!/^\d{10,15}$/.test(digits)) return say('Enter a phone number like 01632 960 001')
  return kind === 'mobile' && !isMobileNumber(value) ? say('Enter a mobile number like 07700 900 982') : []
}

const missing: Readonly<Record<MeansKind, string>> = {
  mobile: 'Enter the mobile number',
  telephone: 'Enter the phone number',
  email: 'Enter the email address',
  post: 'Enter the postal address',
}
