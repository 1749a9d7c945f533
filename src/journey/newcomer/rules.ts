import { ageOn, isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { mayBeReachedBy } from '#registers/access-needs/rules.ts'
import { isConfirmed } from '#registers/means/rules.ts'
import { type GivenMeans, type Newcomer, nhsNumber } from '#registers/people/rules.ts'

/** What we may do to reach somebody without putting them at risk. */
export const safeWays = {
  call: { label: 'Call' },
  voicemail: { label: 'Leave a voicemail' },
  text: { label: 'Send a text message' },
  email: { label: 'Send an email' },
  post: { label: 'Write a letter' },
} as const

export type SafeWay = keyof typeof safeWays

export type Reach = Readonly<{
  phone: string | null
  email: string | null
  address: string | null
  safe: readonly SafeWay[]
}>

/**
 * The ways to reach somebody, with what is safe. Where nobody said what is safe, only a call without a message is, or
 * the one other way there is. A phone that may be called but not texted is kept as a phone that takes no texts.
 */
export function meansFrom({ phone, email, address, safe }: Reach): GivenMeans[] {
  const isSafe = (ways: readonly SafeWay[], otherwise: boolean) =>
    safe.length === 0 ? otherwise : ways.some((way) => safe.includes(way))
  const given: GivenMeans[] = []
  if (phone) {
    const kind = safe.includes('text') ? 'mobile' : 'telephone'
    given.push({ kind, value: phone, safe: isSafe(['call', 'text'], true), voicemailSafe: safe.includes('voicemail') })
  }
  if (email) given.push({ kind: 'email', value: email, safe: isSafe(['email'], !phone) })
  if (address) given.push({ kind: 'post', value: address, safe: isSafe(['post'], !phone && !email) })
  const first = given.find((means) => means.safe)
  return given.map((means) => ({ ...means, wanted: true, preferred: means === first }))
}

export type GivenPerson = Omit<Newcomer, 'means' | 'bornOn'> & Reach & Readonly<{ bornOn: Temporal.PlainDate }>

/** Who is referred, as the register of people takes it. */
export function newcomerFrom({ phone, email, safe, ...given }: GivenPerson): Newcomer {
  const texted = phone !== null && safe.length > 0 && !safe.includes('call') ? ['text-only'] : []
  const postcode = given.postcode ? (writtenPostcode(given.postcode) ?? null) : null
  const address = given.address && [given.address, postcode].filter(Boolean).join(', ')
  return {
    ...given,
    nhsNumber: given.nhsNumber ? (nhsNumber(given.nhsNumber) ?? null) : null,
    postcode,
    accessNeeds: [...new Set([...(given.accessNeeds ?? []), ...texted])],
    means: meansFrom({ phone, email, address: address ?? null, safe }),
  }
}

export type SafeAddress = Readonly<{ channel: 'email' | 'text' | 'letter'; address: string }>

type Known = Readonly<{ kind: string; value: string; wanted: boolean; safe: boolean; preferred: boolean }> &
  Readonly<{ unconfirmed_at?: Temporal.Instant | null }>

const writtenBy = [
  ['mobile', 'text'],
  ['email', 'email'],
  ['post', 'letter'],
] as const

/** Where words can be sent to somebody safely and as they wish, the quickest way first; undefined when nowhere. */
export function safeAddress(means: readonly Known[], accessNeeds: readonly string[]): SafeAddress | undefined {
  const open = writtenBy.filter(([, channel]) => mayBeReachedBy(channel, accessNeeds))
  const found = open.flatMap(([kind, channel]) =>
    means
      .filter((one) => one.kind === kind && one.safe && one.wanted && isConfirmed(one))
      .map((one) => ({ ...one, channel })),
  )
  const chosen = found.find(({ preferred, kind }) => preferred && kind !== 'post') ?? found[0]
  return chosen && { channel: chosen.channel, address: chosen.value }
}

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is wrong with an email address. */
export const emailProblems = (email: string, field = 'email'): Problem[] =>
  /^\S+@\S+\.\S+$/.test(email) ? [] : [problem(field, 'Enter an email address like name@example.org')]

/** What stands in the way of reaching somebody: one way is needed, and what was ticked has to be there. */
export function reachProblems({ phone, email, address, safe }: Reach): Problem[] {
  const digits = phone?.replaceAll(/[\s()+-]/g, '')
  const wantsPhone = ['call', 'voicemail', 'text'].some((way) => safe.some((one) => one === way))
  return [
    ...(!phone && !email && !address
      ? [problem('phone', 'Enter a phone number, an email address or a postal address')]
      : []),
    ...(digits && !/^\d{10,15}$/.test(digits) ? [problem('phone', 'Enter a phone number like 01632 960 001')] : []),
    ...(email ? emailProblems(email) : []),
    ...(wantsPhone && !phone ? [problem('phone', 'Enter the phone number that may be used')] : []),
    ...(safe.includes('email') && !email ? [problem('email', 'Enter the email address that may be used')] : []),
    ...(safe.includes('post') && !address ? [problem('address', 'Enter the address that may be written to')] : []),
  ]
}

/** What stands in the way of knowing where somebody belongs. */
export function placeProblems(
  given: Readonly<{ postcode: string | null; gpPractice: string | null; noFixedAddress: boolean }>,
): Problem[] {
  if (given.postcode && !writtenPostcode(given.postcode))
    return [problem('postcode', 'Enter a full postcode, like LS1 4AP')]
  if (given.postcode || given.gpPractice || given.noFixedAddress) return []
  return [problem('postcode', 'Enter a postcode or the name of a GP practice')]
}

/** What is wrong with a date of birth. Whether somebody is old enough is the area's rule, not the form's. */
export function birthProblems(bornOn: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] {
  if (!isBefore(bornOn, today)) return [problem('bornOn', 'Date of birth must be in the past')]
  return ageOn(bornOn, today) > 120 ? [problem('bornOn', 'Check the year of birth')] : []
}

/** What is wrong with a number that is not an NHS number. */
export function nhsNumberProblems(given: string | null): Problem[] {
  return given && !nhsNumber(given)
    ? [problem('nhsNumber', 'Enter a real NHS number, 10 digits, or leave it empty')]
    : []
}

type Checkable = Reach &
  Readonly<{
    bornOn: Temporal.PlainDate
    postcode: string | null
    gpPractice: string | null
    noFixedAddress: boolean
    nhsNumber: string | null
  }>

/** Everything that stands in the way of registering somebody as they were described. */
export function newcomerProblems(given: Checkable, today: Temporal.PlainDate): Problem[] {
  return [
    ...birthProblems(given.bornOn, today),
    ...reachProblems(given),
    ...placeProblems(given),
    ...nhsNumberProblems(given.nhsNumber),
  ]
}
