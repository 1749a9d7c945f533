import { longDay } from '#platform/dates.ts'

/** Ways to reach somebody. */
export const meansKinds = {
  mobile: { label: 'Mobile phone' },
  telephone: { label: 'Other phone' },
  email: { label: 'Email' },
  post: { label: 'Post' },
} as const

export type MeansKind = keyof typeof meansKinds

/** The four groups of the Accessible Information Standard (DAPB1605), and what else lets somebody take part. */
export const accessGroups = {
  'contact-method': { label: 'How we get in touch' },
  'information-format': { label: 'How we give information' },
  'communication-professional': { label: 'Somebody who helps us to talk' },
  'communication-support': { label: 'What helps them to communicate' },
  adjustment: { label: 'When and where we meet' },
} as const

export type AccessGroup = keyof typeof accessGroups

/** What somebody may need so that they can take part, each in its group of the standard. */
export const accessNeeds = {
  'text-only': { label: 'Contact by text or email only', group: 'contact-method' },
  'telephone-only': { label: 'Contact by telephone only', group: 'contact-method' },
  'letter-only': { label: 'Contact by letter only', group: 'contact-method' },
  'text-relay': { label: 'Calls through Relay UK (text relay)', group: 'contact-method' },
  'easy-read': { label: 'Easy read', group: 'information-format' },
  'large-print': { label: 'Large print', group: 'information-format' },
  braille: { label: 'Braille', group: 'information-format' },
  audio: { label: 'Audio', group: 'information-format' },
  'bsl-video': { label: 'British Sign Language video', group: 'information-format' },
  bsl: { label: 'British Sign Language interpreter', group: 'communication-professional' },
  'lip-speaker': { label: 'Lip speaker', group: 'communication-professional' },
  deafblind: { label: 'Deafblind manual interpreter', group: 'communication-professional' },
  'speech-to-text': { label: 'Speech-to-text reporter', group: 'communication-professional' },
  advocate: { label: 'Somebody with me (advocate, friend)', group: 'communication-professional' },
  'hearing-aid': { label: 'Uses a hearing aid or hearing loop', group: 'communication-support' },
  'lip-reading': { label: 'Reads lips', group: 'communication-support' },
  'communication-aid': { label: 'Uses a communication aid', group: 'communication-support' },
  'longer-appointment': { label: 'Longer appointments', group: 'adjustment' },
  'step-free': { label: 'Step-free access', group: 'adjustment' },
  'quiet-room': { label: 'A quiet place', group: 'adjustment' },
  other: { label: 'Something else', group: 'adjustment' },
} as const satisfies Record<string, { label: string; group: AccessGroup }>

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

/** How a newcomer stands in the register. */
export function personRow(newcomer: Newcomer) {
  return {
    given_name: newcomer.givenName,
    family_name: newcomer.familyName,
    preferred_name: newcomer.preferredName ?? null,
    pronouns: newcomer.pronouns ?? null,
    born_on: newcomer.bornOn,
    nhs_number: newcomer.nhsNumber ?? null,
    address: newcomer.address ?? null,
    postcode: newcomer.postcode ?? null,
    no_fixed_address: newcomer.noFixedAddress ?? false,
    council: newcomer.council ?? null,
    gp_practice: newcomer.gpPractice ?? null,
    gp_practice_code: newcomer.gpPracticeCode ?? null,
    jobcentre: newcomer.jobcentre ?? null,
    language: newcomer.language ?? null,
    interpreter: newcomer.interpreter ?? null,
    access_needs: [...(newcomer.accessNeeds ?? [])],
    access_note: newcomer.accessNote ?? null,
    safe_note: newcomer.safeNote ?? null,
    best_time: newcomer.bestTime ?? null,
    access_reviewed_on: null,
    access_consent: null,
    access_conditions: [],
    restricted_reason: null,
    restricted_note: null,
    died_on: null,
    merged_into: null,
  }
}

/** A death: the day, or only the day on which the service learnt of it. */
export type Death = Readonly<{ on: Temporal.PlainDate; dayKnown: boolean }>

/** That somebody has died, with the day where it is known. */
export function deathInWords({ died_on, death_day_known }: Pick<Person, 'died_on' | 'death_day_known'>): string {
  return died_on && death_day_known ? `died on ${longDay(died_on)}` : 'has died, on a day that is not known'
}

/** How a way to reach somebody stands in the register. What nobody said is wanted and safe, but never a voicemail. */
export function meansRow(means: GivenMeans) {
  return {
    kind: means.kind,
    value: means.value,
    wanted: means.wanted ?? true,
    safe: means.safe ?? true,
    voicemail_safe: means.voicemailSafe ?? false,
    preferred: means.preferred ?? false,
  }
}

/** Who gave a way to reach somebody. What others wrote down may be their own, so that it opens nothing. */
export const givers = {
  person: { label: 'Given by themselves' },
  team: { label: 'Added by the team' },
  other: { label: 'Given by somebody else' },
} as const

export type Giver = keyof typeof givers

/** By whom it is known that a way is the person's own, for which record and since when; without a member they showed it. */
export type Shown = Readonly<{
  theirs_at: Temporal.Instant
  theirs_of: string
  theirs_by: string | null
}>

/** A way as it is added; one that the person gave themselves is theirs only once they have shown so. */
export type MeansRow = ReturnType<typeof meansRow> &
  Readonly<{ unconfirmed_at?: Temporal.Instant; given_by?: Giver }> &
  Partial<Shown>

/** Who gave the ways that come with a newcomer: what they gave themselves is theirs for the record that it made, and only there. */
export function cameFrom(
  giver: Giver,
  person: string,
  at: Temporal.Instant,
): Pick<MeansRow, 'given_by'> & Partial<Shown> {
  return giver === 'person'
    ? { given_by: giver, theirs_at: at, theirs_of: person, theirs_by: null }
    : { given_by: giver }
}

/** The parts in which a record is changed, each with a version of its own. */
export const parts = {
  names: { label: 'Who they are' },
  home: { label: 'Where they live' },
  language: { label: 'Language' },
  access: { label: 'What they need to take part' },
  safety: { label: 'Reaching them safely' },
} as const

export type Part = keyof typeof parts

/** The ten digits of an NHS number, or undefined when it cannot be one (modulus 11; NHS Data Dictionary). */
export function nhsNumber(given: string): string | undefined {
  const digits = given.replaceAll(/[\s-]/g, '')
  // Ten noughts pass the arithmetic and are nobody's number.
  if (!/^\d{10}$/.test(digits) || /^0+$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const remainder = 11 - (sum % 11)
  const check = remainder === 11 ? 0 : remainder
  return check === Number(digits[9]) ? digits : undefined
}

/** An NHS number as it is read out: 3, 3 and 4 digits. */
export function spokenNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
}

export type Person = Readonly<
  Omit<
    ReturnType<typeof personRow>,
    'died_on' | 'merged_into' | `access_${'reviewed_on' | 'consent' | 'conditions'}` | `restricted_${'reason' | 'note'}`
  > &
    Record<`${Part}_version`, number> & {
      id: string
      access_reviewed_on: Temporal.PlainDate | null
      access_consent: string | null
      access_conditions: string[]
      died_on: Temporal.PlainDate | null
      death_day_known: boolean
      merged_into: string | null
      restricted: boolean
      version: number
    }
>

/**
 * Whether address, postcode, practice and ways to reach somebody are hidden outside the pages that exist for them: on
 * lists, in searches, exports and letters. So it is for every restricted record: some people were referred without any
 * of it, so that nobody could give away where they are (DWP guidance on public protection cases).
 */
export function hidesContact(person: Readonly<{ restricted: boolean }>): boolean {
  return person.restricted
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
