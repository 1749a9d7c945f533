import { dayOf } from '#platform/dates.ts'
import {
  type Entries,
  entryOf,
  nameOf,
  no,
  ok,
  organization,
  type Read,
  readAs,
  type Refusal,
  refusal,
} from '#platform/fhir/rules.ts'
import {
  type Called,
  type Concept,
  document,
  type Document,
  type Reference,
  scan,
  writer,
} from '#platform/fhir/note-shapes/rules.ts'
import {
  type Advice,
  advices,
  type NoteOutcome,
  outcomes,
  type Profession,
  type Span,
} from '#journey/fit-note/rules.ts'

/** What a fit note says, as far as what was sent says it. */
export type Said = Readonly<{
  assessed?: Temporal.PlainDate
  stated?: Temporal.PlainDate
  from?: Temporal.PlainDate
  /** Null where it has no end. */
  until?: Temporal.PlainDate | null
  outcome?: NoteOutcome
  advice?: readonly Advice[]
  comments?: string
  condition?: string
  since?: Temporal.PlainDate
  again?: boolean
  issuer?: string
  profession?: Profession
  practice?: string
}>

/** A resource of a fit note: what it says, what it is called, whom it is about, and for which requests it came. */
export type SaidIn = Readonly<{
  said: Said
  called: Called | undefined
  subject: string | undefined
  requests: readonly string[]
}>

export const snomed = 'http://snomed.info/sct'

/** By which codes of SNOMED CT a document is a fit note (Med3). */
export const noteCodes = ['775241000000108', '1331000000103', '1321000000100', '18381000000107'] as const

/** Which of SNOMED CT's occupations are those that may issue a fit note. */
export const professionCodes: Readonly<Record<string, Profession>> = {
  ...{ '158965000': 'doctor', '224535009': 'nurse', '80546007': 'occupational-therapist' },
  ...{ '46255001': 'pharmacist', '36682004': 'physiotherapist' },
}

/** The codes of SNOMED CT in a concept. */
const snomedIn = (coded: Concept | undefined): string[] =>
  (coded?.coding ?? []).flatMap(({ system, code }) => (system === snomed && code !== undefined ? [code] : []))

// Checked: the keys of a code list are its codes.
const listed = <Code extends string>(list: Readonly<Record<Code, object>>) => Object.entries(list) as [Code, object][]

/** What a note says by this code; undefined where it is none of these. */
export const outcomeOf = (code: string) =>
  listed(outcomes).find(([, known]) => 'snomed' in known && known.snomed === code)?.[0]

/** What is ticked by this code; undefined where it is none of these. */
export const adviceOf = (code: string) =>
  listed(advices).find(([, known]) => 'snomed' in known && known.snomed === code)?.[0]

const at = (field: string) => `DocumentReference.${field}`
const wrong = (field: string, sentence: string): Refusal => refusal('value', sentence, at(field))

/** The day that a moment of FHIR is on; undefined where it names none. */
export function dayIn(moment: string | undefined): Temporal.PlainDate | undefined {
  try {
    if (moment === undefined) return undefined
    return moment.includes('T') ? dayOf(Temporal.Instant.from(moment)) : wholeDay(moment)
  } catch {
    return undefined
  }
}

// "2026-01" names no day, and is none to Temporal either.
const wholeDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : undefined

/** The days that a fit note covers which a records system shows; undefined where it is none, or does not hold. */
export function daysCovered(given: unknown): Span | undefined {
  const read = readAs(document, given, 'DocumentReference')
  if (!read.ok || read.value.status !== 'current' || !isCodedNote(read.value)) return undefined
  const { start, end } = read.value.context?.period ?? {}
  const [fromOn, untilOn] = [dayIn(start), dayIn(end)]
  if (!fromOn || (end !== undefined && !untilOn)) return undefined
  return { fromOn, untilOn: untilOn ?? null }
}

const isCodedNote = ({ type }: Document): boolean =>
  snomedIn(type).some((code) => noteCodes.some((known) => known === code))

/** Reads a fit note from a document that is coded as one. The document itself is not taken. */
export function readDocument(given: unknown, entries: Entries): Read<SaidIn> {
  const read = readAs(document, given, 'DocumentReference')
  if (!read.ok) return read
  const sent = read.value
  const said = saidIn(sent, entries)
  const problems = [...kindProblems(sent), ...scanProblems(sent), ...codeProblems(sent)]
  if (problems.length > 0) return no(...problems)
  return ok({
    ...{ said, called: sent.masterIdentifier ?? sent.identifier?.[0] },
    subject: sent.subject?.reference,
    requests: (sent.context?.related ?? []).flatMap(({ reference: to }) => to ?? []),
  })
}

function kindProblems(sent: Document): Refusal[] {
  const { status, docStatus = 'final', context } = sent
  const { start, end } = context?.period ?? {}
  return [
    ...(isCodedNote(sent)
      ? []
      : [wrong('type', `The document is coded as a fit note by none of ${noteCodes.join(', ')}`)]),
    ...(status === 'current' ? [] : [wrong('status', 'A fit note that is sent is current')]),
    ...(['final', 'amended'].includes(docStatus) ? [] : [wrong('docStatus', 'A fit note that is sent is final')]),
    ...(dayIn(start) ? [] : [wrong('context.period.start', 'Send the first day that the note covers')]),
    ...(end === undefined || dayIn(end) ? [] : [wrong('context.period.end', 'Send the last day as a whole day')]),
  ]
}

function scanProblems({ content }: Document): Refusal[] {
  const isScan = content.some(({ attachment: { data, url } }) => data !== undefined || url !== undefined)
  const sentence =
    'The scan of a fit note is not taken, since there is no room for it here. Send what the note says, and the attachment without data and url'
  return isScan ? [refusal('not-supported', sentence, at('content.attachment'))] : []
}

function codeProblems({ context }: Document): Refusal[] {
  const codes = (context?.event ?? []).flatMap((one) => snomedIn(one))
  const unknown = codes.some((code) => outcomeOf(code) === undefined && adviceOf(code) === undefined)
  const outcomesSaid = new Set(codes.map(outcomeOf).filter((one) => one !== undefined))
  return [
    ...(unknown ? [wrong('context.event', 'A code here is none of what a fit note says, nor of what it advises')] : []),
    ...(outcomesSaid.size > 1 ? [wrong('context.event', 'A note says one of two things, and not both')] : []),
  ]
}

function saidIn(sent: Document, entries: Entries): Said {
  const { author, description, content, context } = sent
  const codes = (context?.event ?? []).flatMap((one) => snomedIn(one))
  const [outcome] = codes.flatMap((code) => outcomeOf(code) ?? [])
  const advice = [...new Set(codes.flatMap((code) => adviceOf(code) ?? []))]
  const [from, end] = [dayIn(context?.period?.start), dayIn(context?.period?.end)]
  const attachment = readAs(scan, content[0]?.attachment, at('content.attachment'))
  const stated = dayIn(attachment.ok ? attachment.value.creation : undefined)
  return {
    ...(from && { from, until: end ?? null }),
    ...(stated && { stated }),
    ...(outcome && { outcome, advice }),
    ...(description === undefined ? {} : { comments: description }),
    ...authorIn(entries, author?.[0]),
  }
}

/** Who wrote a note: a Practitioner with a qualification, or the PractitionerRole in which they did. */
function authorIn(entries: Entries, to: Reference | undefined): Said {
  const read = readAs(writer, entryOf(entries, to) ?? {}, 'Practitioner')
  if (!read.ok) return {}
  const { practitioner, organization: at, code = [], qualification = [] } = read.value
  const codes = [...code, ...qualification.map((one) => one.code)].flatMap(snomedIn)
  const profession = codes.map((one) => professionCodes[one]).find((one) => one !== undefined)
  const issuer = nameOf(entries, practitioner ?? to)
  const place = readAs(organization, entryOf(entries, at) ?? {}, 'Organization')
  const practice = place.ok ? place.value.name : undefined
  return { ...(issuer === null ? {} : { issuer }), ...(profession && { profession }), ...(practice && { practice }) }
}
