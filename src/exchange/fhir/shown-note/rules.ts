import { advices, outcomes } from '#journey/fit-note/rules.ts'
import { professionCodeOf, questionnaireAt } from '#exchange/fhir/note-answers/rules.ts'
import { snomed } from '#exchange/fhir/note-document/rules.ts'
import type { Called, NoteFields } from '#exchange/fhir/sent-note/rules.ts'

/** A fit note that a system sent, as it was sent: whether somebody here took it back is nothing that its sender reads. */
export type ShownNote = Readonly<{
  /** The request for which it came, and which of its notes it is. */
  request: string
  part: string
  called: Called
  takenAt: Temporal.Instant
  fields: NoteFields
}>

type Whose = Readonly<{ patient: string; fhirAt: string }>

/** A fit note as its sender reads it back: the answers to the questions, also where it was sent as a document. */
export function noteAnswersOf({ request, part, called, takenAt, fields }: ShownNote, { patient, fhirAt }: Whose) {
  const profile = 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-QuestionnaireResponse'
  return {
    ...{ resourceType: 'QuestionnaireResponse', id: `${request.replaceAll('-', '')}${part}` },
    meta: { lastUpdated: takenAt.toString({ smallestUnit: 'millisecond' }), profile: [profile] },
    ...{ identifier: called, basedOn: [{ reference: `ServiceRequest/${request}` }] },
    ...{ questionnaire: questionnaireAt(fhirAt), status: 'completed', subject: { reference: `Patient/${patient}` } },
    item: itemsOf(fields),
  } as const
}

function itemsOf(fields: NoteFields) {
  const { outcome, advice, comments, condition, issuer, profession, organisation } = fields
  const answers = {
    ...{ assessed: day(fields.assessed_on), condition: text(condition), since: day(fields.condition_since) },
    ...{ outcome: coded(codeIn(outcomes[outcome])), advice: advice.flatMap((one) => coded(codeIn(advices[one]))) },
    ...{ comments: text(comments), from: day(fields.from_on), until: day(fields.until_on) },
    ...{ 'no-end': fields.until_on === null ? [{ valueBoolean: true }] : [] },
    ...{ again: fields.assess_again === null ? [] : [{ valueBoolean: fields.assess_again }], issuer: text(issuer) },
    ...{ profession: coded(professionCodeOf(profession)), practice: text(organisation) },
    stated: day(fields.stated_on),
  }
  return Object.entries(answers).flatMap(([linkId, answer]) => (answer.length > 0 ? [{ linkId, answer }] : []))
}

const day = (on: Temporal.PlainDate | null) => (on === null ? [] : [{ valueDate: on.toString() }])
const text = (words: string | null) => (words ? [{ valueString: words }] : [])
const coded = (code: string) => (code === '' ? [] : [{ valueCoding: { system: snomed, code } }])
const codeIn = (known: Readonly<{ label: string; snomed?: string }>): string => known.snomed ?? ''
