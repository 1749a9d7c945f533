import { type GivenPerson, newcomerFrom, newcomerProblems, type SafeWay } from '#journey/newcomer/rules.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import { cellIn, codeIn, codesIn, dayIn, keyFrom, nameIn, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import * as words from '#exchange/files/codes/rules.ts'
import { aDay, type Column, type Columns } from '#exchange/files/columns/rules.ts'

/** Everything that is read about a person in a file. */
export const personColumns = {
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
    about: `Needed. ${aDay}`,
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
} as const satisfies Readonly<Record<string, Column>>

export type PersonKey = keyof typeof personColumns

/** What has to be known about a person. */
export const neededOfPerson: Columns<PersonKey>['needed'] = [
  { oneOf: ['givenName', 'name'], called: 'First name' },
  { oneOf: ['familyName', 'name'], called: 'Last name' },
  { oneOf: ['bornOn'], called: 'Date of birth' },
  { oneOf: ['mobile', 'phone', 'email', 'address'], called: 'one of Mobile, Phone, Email or Address' },
  { oneOf: ['postcode', 'gpPractice', 'noFixedAddress'], called: 'one of Postcode, GP practice or No fixed address' },
]

/** Reads who a row is about; everything that stands in the way is said of the row. */
export function readPerson(row: Row<PersonKey>): Newcomer {
  const person = personIn(row)
  // Whoever prepares the file hears of everything at once, also where there is no date of birth to go by.
  const given = { ...person, bornOn: person.bornOn ?? row.past.earliest }
  for (const { field, message } of newcomerProblems(given, row.today)) say(row, asColumn(field), `${message}.`)
  return withOtherPhone(newcomerFrom(given), cellIn(row, 'mobile'), cellIn(row, 'phone'))
}

/** What knows a person again. */
export function whoOf({ givenName, familyName, bornOn }: Newcomer): string {
  return [keyFrom(givenName, familyName), bornOn].join('\n')
}

function asColumn(field: string): PersonKey {
  // Checked: what is known of a newcomer is called the same here.
  return field in personColumns ? (field as PersonKey) : 'name'
}

type Person = Omit<GivenPerson, 'bornOn'> &
  Readonly<{ bornOn: Temporal.PlainDate | null; noFixedAddress: boolean }> &
  Readonly<{ postcode: string | null; gpPractice: string | null; nhsNumber: string | null }>

function personIn(row: Row<PersonKey>): Person {
  const born = dayIn(row, 'bornOn', row.births)
  if (cellIn(row, 'bornOn') === null) say(row, 'bornOn', 'Give the date of birth.')
  const [mobile, phone] = [withItsNought(textIn(row, 'mobile', 40)), withItsNought(textIn(row, 'phone', 40))]
  return {
    ...readName(row),
    ...{ bornOn: born, phone: mobile ?? phone, safe: safeWaysIn(row) },
    ...{ preferredName: nameIn(row, 'preferredName'), nhsNumber: textIn(row, 'nhsNumber') },
    ...{ email: textIn(row, 'email'), address: textIn(row, 'address', 500), postcode: textIn(row, 'postcode') },
    gpPractice: textIn(row, 'gpPractice'),
    noFixedAddress: codeIn(row, 'noFixedAddress', words.yesWords) === 'yes',
    ...{ safeNote: textIn(row, 'safeNote', 1000), bestTime: textIn(row, 'bestTime') },
    ...{ language: textIn(row, 'language', 100), interpreter: textIn(row, 'interpreter', 100) },
    accessNote: textIn(row, 'accessNote', 500),
  }
}

function readName(row: Row<PersonKey>): Readonly<{ givenName: string; familyName: string }> {
  const [given, family, whole] = [nameIn(row, 'givenName'), nameIn(row, 'familyName'), nameIn(row, 'name')]
  if (given !== null && family !== null) return { givenName: given, familyName: family }
  const [last, first, more] = (whole ?? '').includes(',')
    ? (whole ?? '').split(',').map((part) => part.trim())
    : (whole ?? '').split(' ').toReversed()
  if (last && first && !more) return { givenName: given ?? first, familyName: family ?? last }
  if (whole !== null) say(row, 'name', 'Write it as “Marsh, Robin”, so that the last name is known.')
  else if (given === null)
    say(row, row.layout.at('givenName') === undefined ? 'name' : 'givenName', 'Give the first name.')
  if (whole === null && family === null)
    say(row, row.layout.at('familyName') === undefined ? 'name' : 'familyName', 'Give the last name.')
  return { givenName: '', familyName: '' }
}

// A spreadsheet takes a number's first nought away.
function withItsNought(phone: string | null): string | null {
  const digits = phone?.replaceAll(/[\s()-]/g, '') ?? ''
  return /^[1-37]\d{9}$/.test(digits) ? `0${digits}` : phone
}

function withOtherPhone(newcomer: Newcomer, mobile: string | null, phone: string | null): Newcomer {
  const other = mobile === null ? null : withItsNought(phone)
  const first = newcomer.means[0]
  if (other === null || !first || compareDigits(other, first.value)) return newcomer
  const second = { ...first, kind: 'telephone', value: other, preferred: false } as const
  return { ...newcomer, means: [first, second, ...newcomer.means.slice(1)] }
}

function compareDigits(one: string, other: string): boolean {
  return one.replaceAll(/\D/g, '') === other.replaceAll(/\D/g, '')
}

function safeWaysIn(row: Row<PersonKey>): SafeWay[] {
  return codesIn(row, 'safe', words.safeWords)
}
