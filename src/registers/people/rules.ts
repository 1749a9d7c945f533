/** Ways to reach somebody. */
export const meansKinds = {
  mobile: { label: 'Mobile phone' },
  telephone: { label: 'Other phone' },
  email: { label: 'Email' },
  post: { label: 'Post' },
} as const

export type MeansKind = keyof typeof meansKinds

/** What somebody may need so that they can take part (the groups of the Accessible Information Standard, DAPB1605). */
export const accessNeeds = {
  'easy-read': { label: 'Easy read' },
  'large-print': { label: 'Large print' },
  braille: { label: 'Braille' },
  audio: { label: 'Audio' },
  'text-only': { label: 'Contact by text or email only' },
  'telephone-only': { label: 'Contact by telephone only' },
  bsl: { label: 'British Sign Language interpreter' },
  'lip-speaker': { label: 'Lip-reading or lip speaker' },
  advocate: { label: 'Somebody with me (advocate, friend)' },
  'longer-appointment': { label: 'Longer appointments' },
  'step-free': { label: 'Step-free access' },
  'quiet-room': { label: 'A quiet place' },
  other: { label: 'Something else' },
} as const

export type AccessNeed = keyof typeof accessNeeds

/** A way to reach somebody as it is given, with whether it is wanted and safe. */
export type GivenMeans = Readonly<{
  kind: MeansKind
  value: string
  wanted?: boolean
  safe?: boolean
  voicemailSafe?: boolean
  preferred?: boolean
}>

/** What is known of a person when the service first hears of them. */
export type Newcomer = Readonly<{
  givenName: string
  familyName: string
  bornOn: Temporal.PlainDate
  preferredName?: string | null
  pronouns?: string | null
  nhsNumber?: string | null
  address?: string | null
  postcode?: string | null
  noFixedAddress?: boolean
  council?: string | null
  gpPractice?: string | null
  gpPracticeCode?: string | null
  jobcentre?: string | null
  language?: string | null
  interpreter?: string | null
  accessNeeds?: readonly string[]
  accessNote?: string | null
  safeNote?: string | null
  bestTime?: string | null
  means: readonly GivenMeans[]
}>

/** What a person is called when they are spoken to. */
export function calledName(
  person: Readonly<{ given_name: string; family_name: string; preferred_name: string | null }>,
): string {
  return `${person.preferred_name ?? person.given_name} ${person.family_name}`
}

/** The ten digits of an NHS number, or undefined when it cannot be one (modulus 11; NHS Data Dictionary). */
export function nhsNumber(given: string): string | undefined {
  const digits = given.replaceAll(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const remainder = 11 - (sum % 11)
  const check = remainder === 11 ? 0 : remainder
  return check === Number(digits[9]) ? digits : undefined
}

/** An NHS number as it is read out: 3, 3 and 4 digits. */
export function spokenNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
}

/** Why two records may be one person; undefined when nothing says so. */
export function likeness(
  one: Readonly<{
    nhs_number: string | null
    given_name: string
    family_name: string
    born_on: Temporal.PlainDate
    postcode: string | null
  }>,
  other: typeof one,
): 'nhs-number' | 'name-birth-postcode' | 'name-birth' | undefined {
  if (one.nhs_number !== null && one.nhs_number === other.nhs_number) return 'nhs-number'
  const named = key(one.given_name) === key(other.given_name) && key(one.family_name) === key(other.family_name)
  if (!named || !one.born_on.equals(other.born_on)) return undefined
  return one.postcode !== null && key(one.postcode) === key(other.postcode ?? '') ? 'name-birth-postcode' : 'name-birth'
}

function key(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}
