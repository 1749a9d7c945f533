import { longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import type { Fact } from '#registers/fact/rules.ts'

/**
 * What a service may be sent of somebody, part by part, in the order in which it is read. The first two are what the
 * request is; every other is left out unless it is ticked. What is about health goes only with a yes of its own.
 */
export const parts = {
  name: { label: 'Name' },
  wanted: { label: 'What is wanted from the service' },
  phone: { label: 'Phone number' },
  email: { label: 'Email address' },
  safely: { label: 'How to get in touch safely' },
  born: { label: 'Date of birth' },
  language: { label: 'Language' },
  access: { label: 'What is needed to take part' },
  entry: { label: 'Rules for joining that are met' },
  barrier: { label: 'What stands in the way' },
  health: { label: 'About health' },
} as const

export type PartCode = keyof typeof parts

// By which fact a person lets a service see each of them; without one, the yes to the referral itself carries it.
const rests: Readonly<Partial<Record<PartCode, Fact>>> = {
  ...{ phone: 'phone', email: 'email', safely: 'phone', born: 'born', language: 'language', access: 'access' },
  barrier: 'help',
}

// Checked: the keys of the code list are its codes.
const partCodes = Object.keys(parts) as PartCode[]

/** What the coach ticks or leaves out; what they write themselves is in when it is written. */
export const tickable = {
  phone: parts.phone,
  email: parts.email,
  safely: parts.safely,
  born: parts.born,
  language: parts.language,
  access: parts.access,
  entry: parts.entry,
} as const

export type Tickable = keyof typeof tickable

/** The parts that tell where somebody can be found: hidden as long as their record is restricted. */
const whereTheyAre: readonly PartCode[] = ['phone', 'email', 'safely']

/** One part of what would be sent, exactly as it is read. */
export type Part = Readonly<{ part: PartCode; label: string; value: string }>

/** What a packet needs to know of a person. What gives a restricted person away is not known here. */
export type Whose = Readonly<{
  name: string
  bornOn: Temporal.PlainDate
  language: string | null
  interpreter: string | null
  /** In words. */
  needs: readonly string[]
  accessNote: string | null
  phone: string | undefined
  email: string | undefined
  safeNote: string | null
  bestTime: string | null
  /** The entry rules of an intensive programme that they meet, in words; undefined for every other service. */
  entry?: string | undefined
}>

/** The value of each part that can be ticked; undefined where there is nothing to send. */
export function valuesOf(whose: Whose): Readonly<Record<Tickable, string | undefined>> {
  const { language, interpreter, needs, accessNote, safeNote, bestTime } = whose
  const isReached = whose.phone !== undefined || whose.email !== undefined
  const safely = [safeNote, bestTime && `Best time: ${bestTime}`].filter(Boolean).join('. ')
  return {
    ...{ phone: whose.phone, email: whose.email, born: longDay(whose.bornOn) },
    safely: isReached && safely !== '' ? safely : undefined,
    language:
      [language, interpreter && `with an interpreter for ${interpreter}`].filter(Boolean).join(', ') || undefined,
    access: [...needs, accessNote].filter(Boolean).join(', ') || undefined,
    entry: whose.entry,
  }
}

/** What the coach chose: the ticks, and what they wrote with the person. */
export type Chosen = Readonly<{
  wanted: string
  ticked: readonly Tickable[]
  barrier: string | null
  health: string | null
}>

/** Exactly what would be sent, part by part. */
export function packetOf(whose: Whose, { wanted, ticked, barrier, health }: Chosen): Part[] {
  const values = valuesOf(whose)
  const written: Readonly<Partial<Record<PartCode, string | null>>> = { name: whose.name, wanted, barrier, health }
  return partCodes.flatMap((part) => {
    const value = isTickable(part) ? (ticked.includes(part) ? values[part] : undefined) : written[part]
    return value ? [{ part, label: parts[part].label, value }] : []
  })
}

const isTickable = (part: PartCode): part is Tickable => part in tickable

/** What is missing or too much in what a coach chose. */
export function problemsWithChosen({ ticked }: Pick<Chosen, 'ticked'>): Problem[] {
  const reached = ticked.includes('phone') || ticked.includes('email')
  return ticked.includes('safely') && !reached
    ? [{ field: 'ticked', message: 'Tick a phone number or email address too: how to reach them safely belongs to it' }]
    : []
}

/** Whether it would tell something about their health. */
const tellsHealth = (packet: readonly Part[]): boolean => packet.some(({ part }) => part === 'health')

/** What the participant may leave out: everything but that they ask, and for what. */
const mayBeLeftOut = (packet: readonly Part[]): Part[] =>
  packet.filter(({ part }) => part !== 'name' && part !== 'wanted' && part !== 'health')

/** The same as choices, with what stands there where somebody else reads it out; and whether health needs a yes by itself. */
export function leavingOut(packet: readonly Part[], { withValues = false } = {}) {
  const parts: Record<string, Readonly<{ label: string; hint?: string }>> = {}
  for (const { part, label, value } of mayBeLeftOut(packet))
    parts[part] = withValues ? { label, hint: value } : { label }
  return { parts, tellsHealth: tellsHealth(packet) }
}

/** The parts that somebody said yes to: all but those they left out, and their health only where they said so. */
export function agreedParts(
  packet: readonly Part[],
  { leftOut, health }: Readonly<{ leftOut: readonly string[]; health: boolean }>,
): PartCode[] {
  const kept = packet.map(({ part }) => part).filter((part) => (part === 'health' ? health : !leftOut.includes(part)))
  const reached = kept.includes('phone') || kept.includes('email')
  return kept.filter((part) => part !== 'safely' || reached)
}

/** What of a packet is sent or shown: the parts that were agreed, without where a restricted person can be found. */
export function sentOf(
  packet: readonly Part[],
  { agreed, restricted }: Readonly<{ agreed: readonly string[]; restricted: boolean }>,
): Part[] {
  return packet.filter(({ part }) => agreed.includes(part) && !(restricted && whereTheyAre.includes(part)))
}

/** The facts of a permission that these parts rest on. */
export function factsOf(agreed: readonly PartCode[]): Fact[] {
  return [...new Set(agreed.flatMap((part) => rests[part] ?? []))]
}
