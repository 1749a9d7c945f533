import { dayOf } from '#platform/dates.ts'
import { codeIn, no, ok, type Read, readAs, type Refusal, type Resource } from '#platform/fhir/rules.ts'
import { answeredTask, type AnsweredTask as Sent } from '#platform/fhir/task-shapes/rules.ts'
import type { State } from '#journey/onward/rules.ts'
import { keptOf, problemsWithSaid, type Said, sayableNow, type Saying } from '#journey/onward-answer/rules.ts'
import { codesAt, isCodeOf, type ListName } from '#exchange/fhir/answer-codes/rules.ts'
import type { AskedTask, OwnWord } from '#exchange/fhir/asked-task/rules.ts'

/** The request that is answered, as its service reads it at this moment. */
export type Stands = Readonly<{ task: AskedTask; state: State; own: readonly OwnWord[]; fhirAt: string }>

/** A Task that came back, and what it says of the request: an answer, that it was received, or nothing that is not known. */
export type TaskAnswer = Readonly<{ sent: Sent; says: Said | 'received' | 'nothing' }>

/** How each answer is said in a Task. */
const ways: Readonly<Record<Saying, string>> = {
  accepted: 'accepted, with the output expected where it is known',
  waiting: 'accepted with the businessStatus waiting, and the outputs place and expected where they are known',
  declined: 'rejected with a statusReason, and a note where that is other',
  started: 'in-progress with executionPeriod.start',
  attended: 'in-progress with the outputs sessions and last',
  ended: 'completed with executionPeriod.end and the output outcome',
}

/** What can be said of a request while it stands here, for whoever said something else. */
export const whatCanFollow = (state: State): string =>
  `The status can be: ${sayableNow(state)
    .map((saying) => ways[saying])
    .join('; ')}`

// Which parts of an answer belong to which.
const outputsOf = {
  ...{ accepted: ['expected'], waiting: ['place', 'expected'], declined: [], started: [] },
  ...{ attended: ['sessions', 'last'], ended: ['outcome'] },
} as const satisfies Record<Saying, readonly string[]>

const unfit = (sentence: string, expression: string): Refusal => ({ status: 422, code: 'value', sentence, expression })

/** Reads what a Task that came back says of the request; of what it does not change nothing is looked at yet. */
export function readTaskAnswer(resource: Resource, stands: Stands): Read<TaskAnswer> {
  const read = readAs(answeredTask, resource, 'Task')
  if (!read.ok) return read
  const sent = read.value
  if (sent.id !== stands.task.id) return no(unfit('The id is another than in the address', 'Task.id'))
  const changed = answerParts.filter((part) => !isTheSame(resource, stands.task, part))
  if (changed.length === 0) return ok({ sent, says: 'nothing' })
  const isReceived = sent.status === 'received' || sent.status === 'requested'
  if (isReceived && changed.length === 1 && changed[0] === 'status') return ok({ sent, says: 'received' })
  const saying = sayingOf(sent, stands.fhirAt)
  if (saying === undefined) return no(unfit(whatCanFollow(stands.state), 'Task.status'))
  const problems = [...codeProblems(sent, stands.fhirAt), ...sizeProblems(sent)]
  return problems.length > 0 ? no(...problems) : ok({ sent, says: saidIn(sent, saying, stands) })
}

/** The parts of a Task by which a service answers. */
const answerParts = ['status', 'businessStatus', 'statusReason', 'executionPeriod', 'output', 'note'] as const

/** Whether a part by which a service answers says what stands: only a note that is left out says so too. */
const isTheSame = (sent: Parts, task: AskedTask, name: (typeof answerParts)[number]): boolean =>
  (name === 'note' && sent[name] === undefined) || asText(sent[name]) === asText(task[name])

const codesIn = (sent: Sent, fhirAt: string) =>
  sent.output.map(({ type }) => codeIn(type, codesAt(fhirAt, 'answer-part')) ?? '')

function sayingOf(sent: Sent, fhirAt: string): Saying | undefined {
  const { status, businessStatus } = sent
  if (status === 'accepted')
    return codeIn(businessStatus, codesAt(fhirAt, 'request-standing')) === 'waiting' ? 'waiting' : 'accepted'
  const isAttended = codesIn(sent, fhirAt).some((code) => code === 'sessions' || code === 'last')
  if (status === 'in-progress') return isAttended ? 'attended' : 'started'
  if (status === 'rejected') return 'declined'
  return status === 'completed' ? 'ended' : undefined
}

function codeProblems({ businessStatus, statusReason, output: outputs }: Sent, fhirAt: string): Refusal[] {
  const wrong = (given: Sent['statusReason'], name: ListName, expression: string) =>
    given === undefined || isCodeOf(name, codeIn(given, codesAt(fhirAt, name)))
      ? []
      : [unfit(`Give a code of ${codesAt(fhirAt, name)}`, expression)]
  const types = outputs.map(({ type }) => codeIn(type, codesAt(fhirAt, 'answer-part')))
  const isTwice = new Set(types).size < types.length
  return [
    ...wrong(businessStatus, 'request-standing', 'Task.businessStatus'),
    ...wrong(statusReason, 'decline-reason', 'Task.statusReason'),
    ...outputs.flatMap(({ type, valueCodeableConcept: value }, at) => [
      ...wrong(type, 'answer-part', `Task.output[${at}].type`),
      ...wrong(value, 'help-outcome', `Task.output[${at}].valueCodeableConcept`),
    ]),
    ...(isTwice ? [unfit('Two outputs have one type', 'Task.output')] : []),
  ]
}

// As much as the forms of people take.
const most = { place: 10_000, sessions: 1000, letters: 1000 } as const

function sizeProblems(sent: Sent): Refusal[] {
  const { output: outputs, executionPeriod: period } = sent
  const isDay = (given: string | undefined) => given === undefined || dayIn(given) !== undefined
  const notADay = (expression: string) => unfit('Give a whole day', expression)
  return [
    ...(isDay(period.start) ? [] : [notADay('Task.executionPeriod.start')]),
    ...(isDay(period.end) ? [] : [notADay('Task.executionPeriod.end')]),
    ...outputs.flatMap(({ valueDate, valuePositiveInt: number = 1 }, at) => [
      ...(isDay(valueDate) ? [] : [notADay(`Task.output[${at}].valueDate`)]),
      ...(number >= 1 && number <= most.place
        ? []
        : [unfit(`Give a number from 1 to ${most.place}`, `Task.output[${at}]`)]),
    ]),
  ]
}

/** A day, or the day in England of a moment; undefined where it is neither. */
function dayIn(given: string): Temporal.PlainDate | undefined {
  try {
    return given.includes('T') ? dayOf(Temporal.Instant.from(given)) : wholeDay(given)
  } catch {
    return undefined
  }
}

const wholeDay = (given: string) => (/^\d{4}-\d\d-\d\d$/.test(given) ? Temporal.PlainDate.from(given) : undefined)

function saidIn(sent: Sent, saying: Saying, { task, fhirAt }: Stands): Said {
  const belongs: readonly string[] = outputsOf[saying]
  const part = (code: string) => {
    const at = belongs.includes(code) ? codesIn(sent, fhirAt).indexOf(code) : -1
    return at === -1 ? undefined : sent.output[at]
  }
  const day = (given: string | undefined) => (given === undefined ? null : (dayIn(given) ?? null))
  const reason = codeIn(sent.statusReason, codesAt(fhirAt, 'decline-reason'))
  const outcome = codeIn(part('outcome')?.valueCodeableConcept, codesAt(fhirAt, 'help-outcome'))
  const known = task.note.map(asText)
  const note = sent.note.filter((one) => !known.includes(asText(one))).map(({ text }) => text.trim())
  return {
    ...{ said: saying, reason: isCodeOf('decline-reason', reason) ? reason : null },
    ...{ outcome: isCodeOf('help-outcome', outcome) ? outcome : null, expected: day(part('expected')?.valueDate) },
    ...{ started: day(sent.executionPeriod.start), ended: day(sent.executionPeriod.end) },
    ...{ last: day(part('last')?.valueDate), place: part('place')?.valuePositiveInt ?? null },
    ...{ sessions: part('sessions')?.valuePositiveInt ?? null, note: note.join('\n') || null },
  }
}

/** Whether the newest word of the service says the same already: an answer that is sent again changes nothing. */
export function isSaidAlready(said: Said, own: readonly OwnWord[]): boolean {
  const [newest, kept] = [own.at(-1), keptOf(said)]
  if (newest?.kind !== kept.kind || (said.note !== null && said.note !== newest.note)) return false
  const days = [newest.onDay?.toString(), kept.onDay?.toString()]
  return (
    days[0] === days[1] &&
    newest.reason === kept.reason &&
    newest.place === kept.place &&
    newest.sessions === kept.sessions
  )
}

const fieldsOf: Readonly<Record<string, string>> = {
  ...{ reason: 'statusReason', note: 'note', started: 'executionPeriod.start', ended: 'executionPeriod.end' },
  ...{ expected: 'output', sessions: 'output', last: 'output', outcome: 'output' },
}

/** What is missing or cannot be in an answer, and what it would change that nobody can: how a Task says it stands with it. */
export function problemsWithAnswer(
  resource: Resource,
  { sent, said, today }: Readonly<{ sent: Sent; said: Said; today: Temporal.PlainDate }>,
  { task, fhirAt }: Stands,
): Refusal[] {
  const missing = problemsWithSaid(said, today).map(({ field, message }) =>
    unfit(`${message}. It is said as ${ways[said.said]}`, `Task.${fieldsOf[field] ?? 'output'}`),
  )
  const isLong = (said.note?.length ?? 0) > most.letters
  const isOften = (said.sessions ?? 0) > most.sessions
  return [
    ...missing,
    ...(isLong ? [unfit(`A note has at most ${most.letters} letters`, 'Task.note')] : []),
    ...(isOften ? [unfit(`Sessions are at most ${most.sessions}`, 'Task.output')] : []),
    ...beside(sent, said.said, { task, fhirAt }),
    ...changedProblems(resource, task),
  ]
}

/** What stands beside an answer that does not belong to it may stay as it was read, and be nothing else. */
function beside(sent: Sent, saying: Saying, { task, fhirAt }: Pick<Stands, 'task' | 'fhirAt'>): Refusal[] {
  const belongs: readonly string[] = outputsOf[saying]
  const known = task.output.map(asText)
  const codes = codesIn(sent, fhirAt)
  const wrong = (is: boolean, part: string) =>
    is ? [] : [unfit(`This does not belong to the answer, which is said as ${ways[saying]}`, `Task.${part}`)]
  const { start, end } = sent.executionPeriod
  const was: Readonly<{ start?: string; end?: string }> = task.executionPeriod ?? {}
  return [
    ...wrong(saying === 'waiting' || isAsItStands(sent, task, 'businessStatus'), 'businessStatus'),
    ...wrong(saying === 'declined' || isAsItStands(sent, task, 'statusReason'), 'statusReason'),
    ...wrong(saying === 'started' || start === undefined || start === was.start, 'executionPeriod.start'),
    ...wrong(saying === 'ended' || end === undefined || end === was.end, 'executionPeriod.end'),
    ...sent.output.flatMap((one, at) =>
      wrong(belongs.includes(codes[at] ?? '') || known.includes(asText(one)), `output[${at}]`),
    ),
  ]
}

// What its sender says of it, and what only we say, is not compared.
const uncompared: readonly string[] = ['resourceType', 'id', 'meta', 'lastModified', ...answerParts]

function changedProblems(resource: Resource, task: AskedTask): Refusal[] {
  return Object.keys(resource)
    .filter((name) => !uncompared.includes(name) && !isAsItStands(resource, task, name))
    .map((name) => {
      const at = /^\w{1,60}$/.test(name) ? `Task.${name}` : 'Task'
      return unfit('This stands as it was sent, and cannot be changed: leave it out or as it was read', at)
    })
}

type Parts = Readonly<Record<string, unknown>>

/** Whether a part of a Task is left out, or says what stands. */
function isAsItStands(sent: Parts, task: AskedTask, name: string): boolean {
  const stands: Parts = task
  return sent[name] === undefined || asText(sent[name]) === asText(stands[name])
}

/** What something says, in whichever order; what is empty says nothing. */
const asText = (value: unknown): string => String(JSON.stringify(ordered(value)))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).map(([name, part]) => [name, ordered(part)] as const)
  return Object.fromEntries(
    parts.filter(([, part]) => part !== undefined).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
