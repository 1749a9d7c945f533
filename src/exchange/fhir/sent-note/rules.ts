import { holdsOn } from '#platform/dates.ts'
import { no, ok, ofKind, type Read, type Refusal, refusal } from '#platform/fhir/rules.ts'
import type { SentEntries, SentReferral } from '#platform/fhir/transaction/rules.ts'
import { danglingProblems } from '#platform/fhir/uk-core/rules.ts'
import { type NoteOutcome, noteProblems, type Advice, type Profession } from '#journey/fit-note/rules.ts'
import type { Answers } from '#journey/referral/rules.ts'
import { readAnswers } from '#exchange/fhir/note-answers/rules.ts'
import { readDocument, type Said, type SaidIn } from '#exchange/fhir/note-document/rules.ts'

/** A fit note as it was sent, in the fields that the record keeps. */
export type NoteFields = Readonly<{
  assessed_on: Temporal.PlainDate
  stated_on: Temporal.PlainDate
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  outcome: NoteOutcome
  advice: Advice[]
  comments: string | null
  condition: string | null
  condition_since: Temporal.PlainDate | null
  assess_again: boolean | null
  issuer: string
  profession: Profession
  organisation: string | null
}>

/** What its sender calls something. */
export type Called = Readonly<{ system: string; value: string }>

/** A fit note that was sent, what it is called, whom it is said to be about and for which requests. */
export type SentNote = Readonly<{
  called: Called
  fields: NoteFields
  subjects: readonly string[]
  requests: readonly string[]
  /** Whether one that was taken before by this name is the answer, whatever stands in this one. */
  ifNone: boolean
}>

/** A fit note that came, as which system sent it, for which of its requests and whom that is about. */
export type ComingNote = Readonly<{
  area: string
  client: string
  organisation: string
  note: SentNote
  request: string
  person: string
  now: Temporal.Instant
}>

/** The two kinds of resources that carry a fit note. */
export const noteKinds = ['DocumentReference', 'QuestionnaireResponse'] as const

const besides = ['Practitioner', 'PractitionerRole', 'Organization']

/** Which of the two kinds stand in a transaction. */
export const noteKindsIn = (entries: SentEntries) => noteKinds.filter((kind) => ofKind(entries, kind).length > 0)

/** Whether a transaction brings a fit note and no referral with it. */
export const isNoteAlone = (entries: SentEntries): boolean =>
  noteKindsIn(entries).length > 0 &&
  entries.every(({ resource: { resourceType: kind } }) => [...noteKinds, ...besides].some((one) => one === kind))

type Reading = Readonly<{ fhirAt: string; today: Temporal.PlainDate }>

/** Reads the fit note of a transaction; undefined where it brings none. */
export function readNote(entries: SentEntries, { fhirAt, today }: Reading): Read<SentNote | undefined> {
  const [documents, answers] = noteKinds.map((kind) => ofKind(entries, kind))
  if (!documents?.length && !answers?.length) return ok(undefined)
  const many = [documents, answers].some((all = []) => all.length > 1)
  if (many) return no(refusal('invariant', 'A transaction brings one fit note', 'Bundle.entry'))
  const document = documents?.[0] && readDocument(documents[0], entries)
  const answered = answers?.[0] && readAnswers(answers[0], fhirAt)
  const wrong = [document, answered].flatMap((one) => (one && !one.ok ? one.refusals : []))
  if (wrong.length > 0) return no(...wrong)
  const parts = [answered, document].flatMap((one) => (one?.ok ? [one.value] : []))
  const fields = fieldsOf(parts, today)
  const name = calledIn(parts)
  const problems = [...danglingProblems(entries), ...onceProblems(entries, name.ok ? name.value : undefined)]
  if (problems.length > 0) return no(...problems)
  if (!fields.ok) return fields
  if (!name.ok) return name
  return ok({
    ...{ called: name.value, fields: fields.value, ifNone: onceIn(entries).length > 0 },
    subjects: parts.flatMap(({ subject }) => subject ?? []),
    requests: [...new Set(parts.flatMap(({ requests }) => requests))],
  })
}

const onceIn = (entries: SentEntries) =>
  entries
    .filter(({ resource }) => noteKinds.some((kind) => kind === resource.resourceType))
    .flatMap(({ request }) => request.ifNoneExist ?? [])

function onceProblems(entries: SentEntries, name: Called | undefined): Refusal[] {
  const fits = onceIn(entries).every((once) => name && once === `identifier=${name.system}|${name.value}`)
  return fits ? [] : [refusal('value', 'ifNoneExist has to be the identifier of the fit note', 'Bundle.entry.request')]
}

const numberOfPeople = 'https://fhir.nhs.uk/Id/nhs-number'

/** What the note is called: by both resources the same. */
function calledIn(parts: readonly SaidIn[]): Read<Called> {
  const names = parts.flatMap(({ called }) => called ?? [])
  const [first] = names
  const place = 'Bundle.entry.resource.identifier'
  if (!first || first.system === numberOfPeople)
    return no(refusal('required', 'Give the fit note an identifier of its own', place))
  const isSame = names.every(({ system, value }) => system === first.system && value === first.value)
  return isSame
    ? ok({ system: first.system, value: first.value })
    : no(refusal('invariant', 'The two resources of a fit note have one identifier', place))
}

const nameOfField: Readonly<Record<string, string>> = { until: 'the last day', from: 'the first day' }

/** Both resources say the same, or one of them is wrong and nobody here can know which. */
function differing(parts: readonly SaidIn[]): Refusal[] {
  const [one, other] = parts.map(({ said }): Readonly<Record<string, unknown>> => said)
  if (!one || !other) return []
  return Object.keys(one)
    .filter((field) => field in other && String(one[field]) !== String(other[field]))
    .map((field) =>
      refusal('invariant', `The two resources say different things: ${nameOfField[field] ?? field}`, 'Bundle.entry'),
    )
}

function fieldsOf(parts: readonly SaidIn[], today: Temporal.PlainDate): Read<NoteFields> {
  const different = differing(parts)
  if (different.length > 0) return no(...different)
  const said = parts.reduceRight<Said>((whole, part) => ({ ...whole, ...part.said }), {})
  const { stated, from, until, outcome, issuer, profession } = said
  // A document has no place for the day of the assessment: one by itself says that it was written on that day.
  const assessed = said.assessed ?? stated
  if (!assessed || !stated || !from || until === undefined || !outcome || !issuer || !profession)
    return no(...missingIn({ stated, from, outcome, issuer, profession }))
  const { comments = null, condition = null, since = null, again = null, practice = null } = said
  const advice = [...(said.advice ?? [])]
  const problems = [
    ...problemsOf({ ...{ assessed, stated, from, until, outcome, advice, since, again, profession } }, today),
    ...longProblems({ comments, issuer, practice }),
  ]
  if (problems.length > 0) return no(...problems)
  return ok({
    ...{ assessed_on: assessed, stated_on: stated, from_on: from, until_on: until, outcome, advice, comments },
    ...{ condition, condition_since: since, assess_again: again, issuer, profession, organisation: practice },
  })
}

const places: Readonly<Record<string, readonly [string, string]>> = {
  stated: ['content.attachment.creation', 'the day on which it was written'],
  from: ['context.period.start', 'the first day that it covers'],
  outcome: ['context.event', 'what it says, as a code of SNOMED CT'],
  issuer: ['author', 'who issued it, by name'],
  profession: ['author', 'the profession of who issued it, as a code of SNOMED CT'],
}

const missingIn = (needed: Readonly<Record<string, unknown>>): Refusal[] =>
  Object.entries(needed).flatMap(([field, value]) => {
    const [place, what] = places[field] ?? ['', field]
    return value === undefined
      ? [refusal('required', `The note does not say ${what}`, `DocumentReference.${place}`)]
      : []
  })

type Judged = Readonly<{ outcome: NoteOutcome; advice: readonly Advice[]; profession: Profession }> &
  Readonly<{ assessed: Temporal.PlainDate; stated: Temporal.PlainDate; from: Temporal.PlainDate }> &
  Readonly<{ until: Temporal.PlainDate | null; since: Temporal.PlainDate | null; again: boolean | null }>

/** The rules of the page on which a note is written down. */
function problemsOf({ again, until, ...judged }: Judged, today: Temporal.PlainDate): Refusal[] {
  const yesNo = again === null ? null : again ? 'yes' : 'no'
  const given = {
    ...judged,
    kind: 'med3',
    until,
    weeks: null,
    open: until === null,
    again: yesNo,
    review: null,
  } as const
  return noteProblems(given, today).map(({ message }) => refusal('invariant', message, 'Bundle.entry'))
}

const most = { comments: 1000, issuer: 200, practice: 200 } as const

const longProblems = (texts: Readonly<Record<keyof typeof most, string | null>>): Refusal[] =>
  Object.entries(most).flatMap(([field, longest]) => {
    const text = Object.entries(texts).find(([name]) => name === field)?.[1]
    return text && text.length > longest
      ? [refusal('too-long', `${field} has at most ${longest} characters`, 'Bundle.entry')]
      : []
  })

/** What a referral says of the note that came with it. */
export function answersFrom(fields: NoteFields | undefined, today: Temporal.PlainDate): Partial<Answers> {
  if (!fields || !holdsOn({ fromOn: fields.from_on, untilOn: fields.until_on }, today)) return {}
  return { fitNote: 'yes', fitNoteEndsOn: fields.until_on }
}

/** What of a note is free text: it stands in the chain of the journal as a digest. */
export const wordsOf = ({ comments, condition }: NoteFields): string =>
  [comments, condition].filter((one) => one !== null).join('\n')

/** Where a fit note says for which request it is and about whom, both are those that it came with. */
export function pointsAt(note: SentNote | undefined, { entries, request }: SentReferral): Read<undefined> {
  const own = entries.find(({ resource }) => resource.resourceType === 'ServiceRequest')?.fullUrl
  const strays = (note?.requests ?? []).some((one) => one !== own)
  if (strays) return no(refusal('invariant', 'A fit note that comes with a referral is for that one', 'Bundle.entry'))
  return isAbout(note, request.subject.reference)
}

/** The one request for which a fit note comes that was sent by itself. */
export function requestOf({ requests }: SentNote): Read<string> {
  const [only, ...more] = requests
  const [, id] = /^ServiceRequest\/([0-9a-f-]{36})$/.exec(only ?? '') ?? []
  return id === undefined || more.length > 0
    ? no(
        refusal('required', `A fit note by itself names one request as ServiceRequest/id: ${wherever}`, 'Bundle.entry'),
      )
    : ok(id)
}

const wherever = 'QuestionnaireResponse.basedOn, or DocumentReference.context.related'

/** Whom a fit note says it is about is the Patient of its request. */
export function isAbout(note: SentNote | undefined, patient: string | undefined): Read<undefined> {
  const strays = (note?.subjects ?? []).some((one) => one !== patient)
  return strays
    ? no(refusal('invariant', 'The subject of a fit note is the Patient of its request', 'Bundle.entry'))
    : ok(undefined)
}
