import { ageOn, isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { conditionInWords, needInWords, sharingInWords } from '#registers/access-needs/rules.ts'
import { calledName, meansKinds, nhsNumber, type Part, parts, type Person } from '#registers/people/rules.ts'

/** What can be changed of a person, as it stands in the register, with what it is called on pages. */
export const answers = {
  given_name: { label: 'First name' },
  family_name: { label: 'Last name' },
  preferred_name: { label: 'Likes to be called' },
  pronouns: { label: 'Pronouns' },
  born_on: { label: 'Date of birth' },
  nhs_number: { label: 'NHS number' },
  address: { label: 'Address' },
  postcode: { label: 'Postcode' },
  no_fixed_address: { label: 'No fixed address' },
  council: { label: 'Council' },
  gp_practice: { label: 'GP practice' },
  gp_practice_code: { label: 'GP practice code' },
  jobcentre: { label: 'Jobcentre' },
  language: { label: 'Language' },
  interpreter: { label: 'Interpreter' },
  access_needs: { label: 'Needs to take part' },
  access_note: { label: 'More about what they need' },
  access_conditions: { label: 'What their needs have to do with' },
  access_consent: { label: 'Other services may see their needs' },
  safe_note: { label: 'To reach them safely' },
  best_time: { label: 'Best time to reach them' },
} as const

export type Answer = keyof typeof answers

/** The answers of each part, which is changed as a whole. */
export const partAnswers: Readonly<Record<Part, readonly Answer[]>> = {
  names: ['given_name', 'family_name', 'preferred_name', 'pronouns', 'born_on', 'nhs_number'],
  home: ['address', 'postcode', 'no_fixed_address', 'council', 'gp_practice', 'gp_practice_code', 'jobcentre'],
  language: ['language', 'interpreter'],
  access: ['access_needs', 'access_note', 'access_conditions', 'access_consent'],
  safety: ['safe_note', 'best_time'],
}

export type Answers = Readonly<Partial<Pick<Person, Answer>>>

/** Which answers of a form differ from the record. */
export function changedAnswers(record: Answers, given: Answers): Answer[] {
  return answersIn(given).filter((name) => plain(record[name]) !== plain(given[name]))
}

function answersIn(given: Answers): Answer[] {
  // Checked: a row of answers has no other columns than these.
  return Object.keys(given).filter((name) => name in answers) as Answer[]
}

const plain = (value: Answers[Answer]): string => (Array.isArray(value) ? value.toSorted().join() : `${value ?? ''}`)

/** An answer in words, for a page that shows two of them beside each other. */
export function answerInWords(name: Answer, given: Answers, councils: ReadonlyMap<string, string>): string {
  const value = given[name]
  if (name === 'access_consent') return sharingInWords(given.access_consent ?? null)
  if (name === 'access_conditions') return given.access_conditions?.map(conditionInWords).join(', ') || 'Not said'
  if (value === null || value === undefined || value === '') return 'Not given'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value !== 'string') return 'year' in value ? longDay(value) : value.map(needInWords).join(', ') || 'None'
  return name === 'council' ? (councils.get(value) ?? value) : value
}

const problem = (field: string, message: string): Problem => ({ field, message })

/** What is wrong with who somebody is said to be. How old somebody must be is the area's rule, not the form's. */
export function nameProblems(
  given: Readonly<{ bornOn: Temporal.PlainDate; nhsNumber: string | null }>,
  today: Temporal.PlainDate,
) {
  return [
    ...(isBefore(given.bornOn, today) ? [] : [problem('bornOn', 'Date of birth must be in the past')]),
    ...(ageOn(given.bornOn, today) > 120 ? [problem('bornOn', 'Check the year of birth')] : []),
    ...(given.nhsNumber !== null && nhsNumber(given.nhsNumber) === undefined
      ? [problem('nhsNumber', 'Check the NHS number: it has 10 digits, and one of these is not right')]
      : []),
  ]
}

/** Said of a GP practice that is none of those which the register knows by what was typed. */
export const notListed = 'none'

/** What is wrong with where somebody is said to live. */
export function homeProblems(given: Readonly<{ postcode: string | null; gpPracticeCode: string | null }>): Problem[] {
  const code = given.gpPracticeCode === notListed ? null : given.gpPracticeCode
  return [
    ...(given.postcode !== null && writtenPostcode(given.postcode) === undefined
      ? [problem('postcode', 'Enter a full postcode, like LS1 4AP')]
      : []),
    ...(code !== null && !/^[A-Za-z]\d{5}$/.test(code)
      ? [problem('gpPracticeCode', 'Enter a practice code like A81001, or leave it empty')]
      : []),
  ]
}

/** The day on which what somebody needs is to be asked again: a year after the last time (DAPB1605, its sixth step). */
export function reviewDueOn(reviewedOn: Temporal.PlainDate | null): Temporal.PlainDate | undefined {
  return reviewedOn?.add({ months: 12 })
}

/** Whether it is time to ask again what somebody needs. */
export function isReviewDue(
  person: Pick<Person, 'access_needs' | 'access_note' | 'access_reviewed_on'>,
  today: Temporal.PlainDate,
): boolean {
  const due = reviewDueOn(person.access_reviewed_on)
  if (due !== undefined) return !isBefore(today, due)
  return person.access_needs.length > 0 || person.access_note !== null
}

/** What was done to the details of a person, as the journal calls it. */
export const changes = {
  'details.changed': { label: 'Details changed' },
  'details.reviewed': { label: 'Needs looked at again, nothing changed' },
  'means.added': { label: 'A way to reach them added' },
  'means.changed': { label: 'A way to reach them changed' },
  'means.told': { label: 'A way to reach them said to be theirs, by them' },
  'means.ended': { label: 'A way to reach them ended' },
  'means.ended-unsaid': { label: 'A way to reach them ended, and nothing was sent there' },
  'death.recorded': { label: 'Recorded that they have died' },
  'death.withdrawn': { label: 'Taken back that they have died' },
  'equality.answered': { label: 'Equality questions answered' },
  'restriction.set': { label: 'Record restricted' },
  'restriction.changed': { label: 'Restriction changed' },
  'restriction.lifted': { label: 'Restriction lifted' },
  'restriction.opened': { label: 'Opened with a reason' },
  'likeness.decided': { label: 'Decided about a possible duplicate' },
  'likeness.undone': { label: 'Decision about a possible duplicate taken back' },
} as const

export type Change = keyof typeof changes

/** One change: what was changed is said by the names of the answers; the answers themselves are not kept there. */
export type Changed = Readonly<{
  id: string
  what: Change
  at: Temporal.Instant
  by: string | null
  part: string | null
  fields: readonly string[]
}>

/** What was changed, in words. */
export function changeInWords({ what, part, fields }: Changed): string {
  const kind = Object.entries(meansKinds).find(([code]) => code === part)?.[1].label
  const where = Object.entries(parts).find(([code]) => code === part)?.[1].label ?? kind
  const named = Object.entries(answers).flatMap(([name, { label }]) =>
    fields.includes(name) ? [label.toLowerCase()] : [],
  )
  const heading = where === undefined ? changes[what].label : `${changes[what].label}: ${where.toLowerCase()}`
  return named.length === 0 ? heading : `${heading} (${named.join(', ')})`
}

type Known = Readonly<{ kind: string; safe: boolean; wanted: boolean; voicemail_safe: boolean }>

/** What whoever opens the record must know before anything else. */
export function bannerOf(person: Person, means: readonly Known[], today: Temporal.PlainDate) {
  return {
    name: calledName(person),
    pronouns: person.pronouns,
    age: ageOn(person.born_on, person.died_on ?? today),
    accessNeeds: person.access_needs.map(needInWords),
    accessNote: person.access_note,
    accessReviewDue: isReviewDue(person, today),
    safeContact: safeContactIn(means, { safeNote: person.safe_note, bestTime: person.best_time }),
    restricted: person.restricted,
    interpreter: person.interpreter,
    diedOn: person.died_on,
  }
}

/** What is said of somebody, one sentence after the other, where whoever wrote one may have ended it themselves. */
export function inSentences(said: readonly string[]): string {
  return said.map((one) => one.trim().replace(/(?<![.!?])$/, '.')).join(' ')
}

type Said = Readonly<{ safeNote: string | null; bestTime: string | null }>

/** How somebody is reached safely: the ways not to use, what they said about it, and when it suits them. */
export function safeContactIn(means: readonly Known[], { safeNote, bestTime }: Said): string[] {
  return [...unsafeWays(means), ...[safeNote, bestTime && `Best time: ${bestTime}`].flatMap((said) => said || [])]
}

function unsafeWays(means: readonly Known[]): string[] {
  const ways = Object.entries(meansKinds).flatMap(([kind, { label }]) => {
    const these = means.filter((one) => one.kind === kind)
    if (these.length === 0) return []
    if (!these.some(({ safe }) => safe)) return [`${label}: not safe`]
    return these.some(({ safe, wanted }) => safe && wanted) ? [] : [`${label}: not wanted`]
  })
  const phones = means.filter(({ kind, safe }) => safe && (kind === 'mobile' || kind === 'telephone'))
  const silent = phones.length > 0 && !phones.some(({ voicemail_safe }) => voicemail_safe)
  return silent ? [...ways, 'No voicemail'] : ways
}
