import { compared } from '#exchange/files/codes/rules.ts'

/** A column of a file of referrals: what it is called, what else areas call it, and what may stand in it. */
type Column = Readonly<{ label: string; also: readonly string[]; about: string }>

const day = 'A day, the day first: 27/03/2026, 2026-03-27, 27 Mar 26 or the number Excel keeps'

/** Everything that is read of a referral in a file. */
export const columns = {
  reference: {
    label: 'Reference',
    also: ['Referral reference', 'Ref', 'Referral ID', 'Ref no', 'Reference number', 'ID', 'Case number', 'Client ID'],
    about: 'What the sending system calls this referral. Without it a row is known by name, date of birth and day',
  },
  givenName: {
    label: 'First name',
    also: ['Given name', 'Forename', 'Christian name', 'First names', 'Forenames', 'Client first name'],
    about: 'Needed, unless there is a name in one cell',
  },
  familyName: {
    label: 'Last name',
    also: ['Family name', 'Surname', 'Second name', 'Client surname', 'Client last name'],
    about: 'Needed, unless there is a name in one cell',
  },
  name: {
    label: 'Name',
    also: ['Full name', 'Client name', 'Patient name', 'Participant name', 'Client', 'Participant'],
    about: 'Only where first and last name have no cells of their own: “Marsh, Robin” or two words, “Robin Marsh”',
  },
  preferredName: { label: 'Preferred name', also: ['Known as', 'Likes to be called'], about: 'Any words' },
  bornOn: {
    label: 'Date of birth',
    also: ['DOB', 'D.O.B.', 'Birth date', 'Born', 'Birthday'],
    about: `Needed. ${day}`,
  },
  nhsNumber: { label: 'NHS number', also: ['NHS no', 'NHS num', 'NHS'], about: 'Ten digits, checked' },
  mobile: { label: 'Mobile', also: ['Mobile phone', 'Mobile number', 'Mob', 'Cell'], about: 'A phone number' },
  phone: {
    label: 'Phone',
    also: [
      'Telephone',
      'Phone number',
      'Tel',
      'Tel no',
      'Telephone number',
      'Contact number',
      'Home phone',
      'Landline',
    ],
    about: 'A phone number. A phone, an email or a postal address is needed',
  },
  email: { label: 'Email', also: ['E-mail', 'Email address', 'E-mail address', 'Mail'], about: 'An email address' },
  address: { label: 'Address', also: ['Postal address', 'Home address', 'Full address'], about: 'Any words' },
  postcode: {
    label: 'Postcode',
    also: ['Post code', 'Postal code', 'Home postcode', 'Zip'],
    about: 'A whole postcode. A postcode, a GP practice or “no fixed address” is needed',
  },
  noFixedAddress: { label: 'No fixed address', also: ['NFA', 'Homeless', 'No fixed abode'], about: 'Yes or no' },
  gpPractice: {
    label: 'GP practice',
    also: ['GP surgery', 'Practice', 'Surgery', 'GP practice name', 'Registered GP', 'Practice name'],
    about: 'Its name',
  },
  safe: {
    label: 'Safe ways',
    also: ['Safe to contact by', 'Safe contact', 'Contact by', 'Contact preference', 'Preferred contact'],
    about: 'Call, voicemail, text, email, post: one or several. When empty, only a call without a message is safe',
  },
  safeNote: { label: 'Safety note', also: ['Contact notes', 'Safe contact notes'], about: 'Any words' },
  bestTime: { label: 'Best time', also: ['Best time to call', 'When to call'], about: 'Any words' },
  language: { label: 'Language', also: ['First language', 'Main language', 'Preferred language'], about: 'Any words' },
  interpreter: { label: 'Interpreter', also: ['Interpreter needed', 'Interpreter language'], about: 'Any words' },
  accessNote: {
    label: 'Access needs',
    also: ['Adjustments needed', 'Additional needs', 'Access requirements'],
    about: 'Any words',
  },
  route: {
    label: 'Route',
    also: ['Referral route', 'Referral source', 'Source', 'Referred by', 'Source of referral', 'Referrer type'],
    about: 'Needed. Who referred',
  },
  channel: {
    label: 'Channel',
    also: ['How received', 'Method of referral', 'Referral method', 'Received by'],
    about: 'How it came. When empty, from another system',
  },
  receivedOn: {
    label: 'Received on',
    also: [
      'Received',
      'Date received',
      'Referral date',
      'Date of referral',
      'Referred on',
      'Date referred',
      'Received date',
    ],
    about: `Needed. The clocks run from it. ${day}`,
  },
  agreement: {
    label: 'Agreed',
    also: ['Consent', 'Person agrees', 'Consent to referral', 'Consented', 'Agreement', 'Consent given'],
    about:
      'Whether the person agrees. Needed, except where somebody referred themselves. Not asked: held until they are',
  },
  referrerName: { label: 'Referrer name', also: ['Referrer', 'Name of referrer'], about: 'Any words' },
  referrerOrganisation: {
    label: 'Referrer organisation',
    also: ['Referring organisation', 'Referring organization', 'Organisation', 'Organization', 'Referring practice'],
    about: 'Any words',
  },
  referrerEmail: {
    label: 'Referrer email',
    also: ['Referrer email address', 'Email of referrer'],
    about: 'An email address',
  },
  reason: {
    label: 'Reason',
    also: ['Reason for referral', 'Referral reason', 'Notes', 'Comments', 'Details'],
    about: 'Any words',
  },
  workStatus: {
    label: 'Work status',
    also: ['Employment status', 'Employment', 'Working status', 'Job status'],
    about: 'How they stand to work',
  },
  mainBarrier: {
    label: 'Main barrier',
    also: ['Barrier', 'Main difficulty', 'Main issue'],
    about: 'Where the main difficulty lies',
  },
  fitNote: {
    label: 'Fit note',
    also: ['Has fit note', 'Fitnote', 'Sick note', 'Current fit note'],
    about: 'Whether they have one',
  },
  fitNoteEndsOn: {
    label: 'Fit note ends on',
    also: ['Fit note end date', 'Fit note until', 'Fit note expiry', 'Fit note expires'],
    about: day,
  },
  howHeard: {
    label: 'How they heard',
    also: ['How did you hear', 'How heard', 'Heard of us', 'How did you hear about us', 'Heard about us from'],
    about: 'How they came to hear of the service',
  },
} as const satisfies Readonly<Record<string, Column>>

export type ColumnKey = keyof typeof columns

// Checked: the keys of the list are its columns.
const keys = Object.keys(columns) as ColumnKey[]

/** Which of these must be there, as whoever exports the file would say it. */
const needed: readonly Readonly<{ oneOf: readonly ColumnKey[]; called: string }>[] = [
  { oneOf: ['givenName', 'name'], called: 'First name' },
  { oneOf: ['familyName', 'name'], called: 'Last name' },
  { oneOf: ['bornOn'], called: 'Date of birth' },
  { oneOf: ['route'], called: 'Route' },
  { oneOf: ['receivedOn'], called: 'Received on' },
  { oneOf: ['mobile', 'phone', 'email', 'address'], called: 'one of Mobile, Phone, Email or Address' },
  { oneOf: ['postcode', 'gpPractice', 'noFixedAddress'], called: 'one of Postcode, GP practice or No fixed address' },
]

/** Where each column stands in a file, by what its headings are called. */
export type Layout = Readonly<{
  at: ReadonlyMap<ColumnKey, number>
  headings: readonly string[]
  /** Headings that mean nothing to us; their cells are left in the file. */
  unread: readonly string[]
}>

/** Which column a heading stands for, in whatever letters, spaces and punctuation it is written. */
export function columnOf(heading: string): ColumnKey | undefined {
  return byHeading.get(compared(heading))
}

const byHeading = new Map(
  keys.flatMap((key) =>
    [columns[key].label, ...columns[key].also].map((way): [string, ColumnKey] => [compared(way), key]),
  ),
)

/** The layout of a file by its headings. */
export function layoutOf(headings: readonly string[]): Layout {
  const found = headings.map((heading) => columnOf(heading))
  return {
    at: new Map(keys.flatMap((key) => (found.includes(key) ? [[key, found.indexOf(key)]] : []))),
    headings,
    unread: headings.filter((heading, place) => heading.trim() !== '' && found[place] === undefined),
  }
}

/** Why a file with these headings cannot be brought in; undefined when it can. */
export function headingProblem({ at, headings }: Layout): string | undefined {
  const missing = needed.filter(({ oneOf }) => !oneOf.some((key) => at.has(key))).map(({ called }) => called)
  if (missing.length > 0) return `The file has no column for: ${missing.join('; ')}.`
  const twice = keys.find((key) => headings.filter((heading) => columnOf(heading) === key).length > 1)
  if (twice === undefined) return undefined
  const same = headings.filter((heading) => columnOf(heading) === twice)
  return `${same.map((heading) => `“${heading}”`).join(' and ')} both mean ${columns[twice].label}: give one of them another name.`
}

/** Every column with its other names and what may stand in it, for those who prepare a file. */
export function columnsInWords(): string[] {
  return keys.map((key) => `${columns[key].label}: ${columns[key].about}. Also: ${columns[key].also.join(', ')}.`)
}
