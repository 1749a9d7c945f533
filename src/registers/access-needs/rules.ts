import { accessGroups, accessNeeds } from '#registers/people/rules.ts'

/** The groups of the standard, with what else the national flag has a group for. */
export const needGroups = {
  ...accessGroups,
  'communication-other': { label: 'More about communicating' },
} as const

export type NeedGroup = keyof typeof needGroups
type Need = Readonly<{ label: string; group: NeedGroup }>

const contact = { group: 'contact-method' } as const
const format = { group: 'information-format' } as const
const professional = { group: 'communication-professional' } as const
const support = { group: 'communication-support' } as const
const other = { group: 'communication-other' } as const
const adjustment = { group: 'adjustment' } as const

/** What fewer people need: asked by staff behind a fold, after what most ask for. */
export const furtherNeeds = {
  'no-phone': { ...contact, label: 'Cannot use the phone' },
  'email-only': { ...contact, label: 'Contact by email only' },
  'through-carer': { ...contact, label: 'Contact through somebody who cares for them' },
  'audible-alert': { ...contact, label: 'An alert they can hear' },
  'tactile-alert': { ...contact, label: 'An alert they can feel' },
  'visual-alert': { ...contact, label: 'An alert they can see' },
  'large-print-24': { ...format, label: 'Large print, 24 point' },
  'large-print-28': { ...format, label: 'Large print, 28 point' },
  'braille-1': { ...format, label: 'Braille, uncontracted (grade 1)' },
  'braille-2': { ...format, label: 'Braille, contracted (grade 2)' },
  moon: { ...format, label: 'Moon' },
  'makaton-print': { ...format, label: 'Makaton symbols' },
  'aphasia-format': { ...format, label: 'Written for somebody with aphasia' },
  'by-email': { ...format, label: 'By email' },
  download: { ...format, label: 'As a file to download' },
  'audio-disc': { ...format, label: 'Audio on a compact disc' },
  'audio-tape': { ...format, label: 'Audio on a cassette' },
  verbally: { ...format, label: 'Told to them' },
  'read-out': { ...format, label: 'Read out by somebody else' },
  'hands-on-signing': { ...professional, label: 'Hands-on signing interpreter' },
  'makaton-signer': { ...professional, label: 'Makaton interpreter' },
  'signed-english': { ...professional, label: 'Sign Supported English interpreter' },
  'visual-frame': { ...professional, label: 'Visual frame signing interpreter' },
  'block-alphabet': { ...professional, label: 'Deafblind block alphabet interpreter' },
  haptic: { ...professional, label: 'Deafblind haptic interpreter' },
  'communicator-guide': { ...professional, label: 'Deafblind communicator guide' },
  'note-taker': { ...professional, label: 'Manual note taker' },
  'sighted-guide': { ...professional, label: 'Sighted guide' },
  'speech-therapist': { ...professional, label: 'Speech and language therapist' },
  'prefers-bsl': { ...support, label: 'Prefers British Sign Language' },
  'prefers-writing': { ...support, label: 'Prefers to write' },
  aphasia: { ...support, label: 'Aphasia-friendly communication' },
  expressive: { ...support, label: 'Help to say what they mean' },
  receptive: { ...support, label: 'Help to understand what is said' },
  makaton: { ...support, label: 'Uses Makaton' },
  'hearing-loop': { ...support, label: 'Uses a hearing loop' },
  gestures: { ...support, label: 'Uses gestures' },
  photographs: { ...support, label: 'Uses photographs' },
  symbols: { ...support, label: 'Uses symbols' },
  'voice-amplifier': { ...support, label: 'Uses a voice amplifier' },
  'communication-passport': { ...support, label: 'Has a communication passport' },
  reminders: { ...other, label: 'Reminders of appointments' },
  'carer-present': { ...other, label: 'Somebody who cares for them has to be there' },
  'discuss-with-carer': { ...other, label: 'Talk with whoever cares for them first' },
  slower: { ...other, label: 'More time to take things in' },
  'help-communicating': { ...other, label: 'Help with communicating' },
  'healthcare-passport': { ...other, label: 'Has a healthcare passport' },
  wheelchair: { ...adjustment, label: 'Wheelchair access' },
  'home-visit': { ...adjustment, label: 'Visits at home' },
  'first-appointment': { ...adjustment, label: 'The first appointment of the day' },
  'last-appointment': { ...adjustment, label: 'The last appointment of the day' },
  'short-wait': { ...adjustment, label: 'As little waiting as possible' },
  'see-place-first': { ...adjustment, label: 'To see the place beforehand' },
  'low-light': { ...adjustment, label: 'Low light' },
  woman: { ...adjustment, label: 'To be seen by a woman' },
  man: { ...adjustment, label: 'To be seen by a man' },
  'guide-dog': { ...adjustment, label: 'Brings a guide dog' },
  'support-animal': { ...adjustment, label: 'Brings an animal for support' },
} as const satisfies Readonly<Record<string, Need>>

/** Everything somebody may need so that they can take part. */
export const allNeeds = { ...accessNeeds, ...furtherNeeds } as const

/** A need in words; one that an older list had stays as it was written. */
export function needInWords(code: string): string {
  const known: Readonly<Record<string, Need>> = allNeeds
  return known[code]?.label ?? code
}

/** How somebody is reached. */
export type ReachedBy = 'call' | 'text' | 'email' | 'letter' | 'video' | 'in-person'

// What a need leaves open; those that are not here close nothing.
const leftOpen: Readonly<Record<string, readonly ReachedBy[]>> = {
  'text-only': ['text', 'email', 'video', 'in-person'],
  'email-only': ['email', 'video', 'in-person'],
  'letter-only': ['letter', 'in-person'],
  'telephone-only': ['call', 'video', 'in-person'],
  'no-phone': ['text', 'email', 'letter', 'video', 'in-person'],
}

/** Whether somebody with these needs may be reached this way. */
export function mayBeReachedBy(way: ReachedBy, needs: readonly string[]): boolean {
  return needs.every((need) => leftOpen[need]?.includes(way) !== false)
}

/** What to know before somebody with these needs is rung; nothing where they are rung like anybody else. */
export function beforeCalling(needs: readonly string[]): string | undefined {
  if (!mayBeReachedBy('call', needs)) return 'Not by phone'
  if (needs.includes('text-relay')) return 'Ring through Relay UK: dial 18001 before the number'
  return needs.includes('through-carer') ? 'Through whoever cares for them' : undefined
}

const points = [
  ['large-print-28', 28],
  ['large-print-24', 24],
  ['large-print', 20],
] as const

// What our printer cannot do: it is made by somebody, and posted in place of what we print.
const made = [
  ...(['easy-read', 'braille', 'braille-1', 'braille-2', 'moon', 'makaton-print', 'aphasia-format'] as const),
  ...(['audio', 'audio-disc', 'audio-tape', 'bsl-video', 'verbally', 'read-out'] as const),
] as const

/** How a letter to somebody is made: printed in so many points, or by somebody in another format. */
export type LetterFormat = Readonly<{ points: 20 | 24 | 28 | undefined; made: readonly string[] }>

/** The format in which somebody with these needs gets a letter. */
export function letterFormat(needs: readonly string[]): LetterFormat {
  return {
    points: points.find(([need]) => needs.includes(need))?.[1],
    made: made.filter((need) => needs.includes(need)).map((need) => allNeeds[need].label),
  }
}

/** Whether a letter has to go through our own hands: whoever carries letters for us prints all of them alike. */
export function needsOwnLetter(needs: readonly string[]): boolean {
  const { points: size, made: others } = letterFormat(needs)
  return size !== undefined || others.length > 0
}

/** Whether somebody agrees that other health and care services see what they need. */
export const sharingAnswers = {
  yes: { label: 'Yes, they agree' },
  no: { label: 'No' },
} as const

/** What needs have to do with, in the words of the national flag (code system England-ConditionCodeRA). */
export const conditions = {
  vision: { label: 'Seeing' },
  hearing: { label: 'Hearing' },
  mobility: { label: 'Walking or climbing stairs' },
  dexterity: { label: 'Lifting, carrying or using the hands' },
  learning: { label: 'Learning, understanding or concentrating' },
  memory: { label: 'Memory' },
  'mental-health': { label: 'Mental health' },
  stamina: { label: 'Stamina, breathing or fatigue' },
  social: { label: 'Being with other people, for example autism or ADHD' },
  other: { label: 'Something else' },
  'patient-would-prefer-not-to-say': { label: 'They would prefer not to say' },
} as const

/** One of these in words. */
export function conditionInWords(code: string): string {
  const known: Readonly<Record<string, Readonly<{ label: string }>>> = conditions
  return known[code]?.label ?? code
}

/** Whether needs may be passed on, in words. */
export function sharingInWords(answer: string | null): string {
  if (answer === null) return 'Not asked yet'
  return answer === 'yes' ? sharingAnswers.yes.label : sharingAnswers.no.label
}
