import { type Answer, type Item, noteAnswers } from '#platform/fhir/note-shapes/rules.ts'
import { no, ok, type Read, readAs, type Refusal, refusal } from '#platform/fhir/rules.ts'
import { adviceOn, advices, issuersOf, outcomes, type Profession, professions } from '#journey/fit-note/rules.ts'
import {
  adviceOf,
  dayIn,
  outcomeOf,
  professionCodes,
  type Said,
  type SaidIn,
  snomed,
} from '#exchange/fhir/note-document/rules.ts'

type Option = Readonly<{ code: string; display: string }>
type Question = Readonly<{
  text: string
  type: 'date' | 'string' | 'text' | 'boolean' | 'choice'
  required?: boolean
  repeats?: boolean
  most?: number
  options?: readonly Option[]
}>

/** The code of SNOMED CT by which a profession is answered; empty where it has none. */
export const professionCodeOf = (profession: Profession): string =>
  Object.entries(professionCodes).find(([, known]) => known === profession)?.[0] ?? ''

const outcomeOptions = Object.values(outcomes).map(({ label, snomed: code }) => ({ code, display: label }))
const adviceOptions = adviceOn.med3.flatMap((one) => {
  const known = advices[one]
  return 'snomed' in known ? [{ code: known.snomed, display: known.label }] : []
})
const professionOptions = issuersOf.med3.map((one) => ({
  code: professionCodeOf(one),
  display: professions[one].label,
}))

/** What a fit note is asked for, by linkId: the boxes of the form (Med3), as the service keeps them. */
const questions = {
  assessed: { text: 'The day of the assessment', type: 'date', required: true },
  condition: { text: 'The condition', type: 'string', most: 200 },
  since: { text: 'Since when they have had it', type: 'date' },
  outcome: { text: 'What the note says', type: 'choice', required: true, options: outcomeOptions },
  advice: { text: 'What may help, where they may be fit', type: 'choice', repeats: true, options: adviceOptions },
  comments: { text: 'Comments on what the condition does', type: 'text', most: 1000 },
  from: { text: 'The first day that it covers', type: 'date', required: true },
  until: { text: 'The last day that it covers', type: 'date' },
  'no-end': { text: 'Whether it has no end', type: 'boolean' },
  again: { text: 'Whether they will be assessed again', type: 'boolean' },
  issuer: { text: 'The name of who issued it', type: 'string', required: true, most: 200 },
  profession: { text: 'Their profession', type: 'choice', required: true, options: professionOptions },
  practice: { text: 'The practice or hospital', type: 'string', most: 200 },
  stated: { text: 'The day on which it was written', type: 'date', required: true },
} as const satisfies Readonly<Record<string, Question>>

type LinkId = keyof typeof questions

/** Under which address the questions are known: they can be read there. */
export const questionnaireAt = (fhirAt: string) => `${fhirAt}/Questionnaire/fit-note`

/** The questions as FHIR has them, for whoever builds a system that answers them. */
export const questionnaireOf = (fhirAt: string, since: string) => ({
  ...{ resourceType: 'Questionnaire', id: 'fit-note', url: questionnaireAt(fhirAt), status: 'active', date: since },
  meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Questionnaire'] },
  ...{ title: 'Fit note', subjectType: ['Patient'] },
  description: 'What a fit note (Med3) says, as WorkWell keeps it. The note itself is issued by whoever certifies.',
  item: Object.entries<Question>(questions).map(([linkId, { text, type, required, repeats, most, options }]) => ({
    ...{ linkId, text, type, required: required ?? false, repeats: repeats ?? false },
    ...(most === undefined ? {} : { maxLength: most }),
    ...(options && { answerOption: options.map((option) => ({ valueCoding: { system: snomed, ...option } })) }),
  })),
})

const at = (place: number) => `QuestionnaireResponse.item[${place}]`
const isAsked = (linkId: string): linkId is LinkId => Object.hasOwn(questions, linkId)

/** Reads a fit note from the answers to its questions. */
export function readAnswers(given: unknown, fhirAt: string): Read<SaidIn> {
  const read = readAs(noteAnswers, given, 'QuestionnaireResponse')
  if (!read.ok) return read
  const { status, questionnaire, identifier, subject, basedOn = [], item: items } = read.value
  const problems = [
    ...(questionnaire?.split('|')[0] === questionnaireAt(fhirAt)
      ? []
      : [
          refusal(
            'value',
            `The questions are those of ${questionnaireAt(fhirAt)}`,
            'QuestionnaireResponse.questionnaire',
          ),
        ]),
    ...(['completed', 'amended'].includes(status)
      ? []
      : [refusal('value', 'Answers that are sent are completed', 'QuestionnaireResponse.status')]),
    ...items.flatMap(itemProblems),
    ...missingProblems(items),
  ]
  if (problems.length > 0) return no(...problems)
  return ok({
    ...{ said: saidIn(items), called: identifier, subject: subject?.reference },
    requests: basedOn.flatMap(({ reference: to }) => to ?? []),
  })
}

function itemProblems(item: Item, place: number, all: readonly Item[]): Refusal[] {
  const { linkId, answer: answers = [] } = item
  if (!isAsked(linkId)) return [refusal('value', 'There is no question with this linkId', at(place))]
  if (item['item'] !== undefined) return [refusal('value', 'A question holds no other questions', at(place))]
  const question: Question = questions[linkId]
  const isTwice = all.findIndex((one) => one.linkId === linkId) !== place
  if (isTwice || (answers.length > 1 && question.repeats !== true))
    return [refusal('value', `${linkId} has one answer`, at(place))]
  return answers.some((one) => !fits(question, one))
    ? [refusal('value', `${linkId} is answered by ${inWords(question)}`, at(place))]
    : []
}

function missingProblems(items: readonly Item[]): Refusal[] {
  const answered = (linkId: string) => items.some((one) => one.linkId === linkId && (one.answer ?? []).length > 0)
  const missing = Object.entries<Question>(questions).filter(([linkId, one]) => one.required && !answered(linkId))
  const hasNoEnd = items.some(({ linkId, answer: given }) => linkId === 'no-end' && given?.[0]?.valueBoolean === true)
  return [
    ...missing.map(([linkId]) => refusal('required', `${linkId} is not answered`, 'QuestionnaireResponse.item')),
    ...(answered('until') === hasNoEnd
      ? [refusal('value', 'Answer until with the last day, or no-end with true', 'QuestionnaireResponse.item')]
      : []),
  ]
}

function fits({ type, most, options = [] }: Question, given: Answer): boolean {
  if (type === 'date') return given.valueDate !== undefined && dayIn(given.valueDate) !== undefined
  if (type === 'boolean') return given.valueBoolean !== undefined
  if (type === 'choice')
    return given.valueCoding?.system === snomed && options.some(({ code }) => code === given.valueCoding?.code)
  return given.valueString !== undefined && given.valueString.length <= (most ?? 0)
}

function inWords({ type, most, options = [] }: Question): string {
  if (type === 'date') return 'a whole day (valueDate)'
  if (type === 'boolean') return 'yes or no (valueBoolean)'
  if (type === 'choice') return `one of SNOMED CT ${options.map(({ code }) => code).join(', ')} (valueCoding)`
  return `at most ${most} characters (valueString)`
}

function saidIn(items: readonly Item[]): Said {
  const all = (linkId: LinkId) => items.find((one) => one.linkId === linkId)?.answer ?? []
  const day = (linkId: LinkId) => dayIn(all(linkId)[0]?.valueDate)
  const text = (linkId: LinkId) => all(linkId)[0]?.valueString?.trim() || undefined
  const codes = (linkId: LinkId) => all(linkId).flatMap(({ valueCoding }) => valueCoding?.code ?? [])
  const hasNoEnd = all('no-end')[0]?.valueBoolean === true
  const said = {
    ...{ assessed: day('assessed'), stated: day('stated'), from: day('from'), since: day('since') },
    until: hasNoEnd ? null : day('until'),
    ...{ condition: text('condition'), comments: text('comments'), issuer: text('issuer'), practice: text('practice') },
    ...{ outcome: codes('outcome').map(outcomeOf)[0], again: all('again')[0]?.valueBoolean },
    advice: [...new Set(codes('advice').flatMap((code) => adviceOf(code) ?? []))],
    profession: codes('profession').map((code) => professionCodes[code])[0],
  }
  // What is not answered is not said.
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
