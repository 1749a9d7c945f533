import { z } from 'zod'
import {
  anyResource,
  bundleEntry,
  concept,
  type Entries,
  no,
  ok,
  only,
  type Patient,
  patient,
  type Read,
  readAs,
  reference,
  refusal,
  type Refusal,
  type Resource,
} from '#platform/fhir/rules.ts'
import { limits } from '#platform/machine/limits/rules.ts'
import { danglingProblems } from '#platform/fhir/uk-core/rules.ts'

const words = z.string().max(20_000)
const moment = z.iso.datetime({ offset: true, error: 'must be a moment with its offset' })

const sentEntry = bundleEntry.extend({
  resource: anyResource,
  request: z.looseObject({ method: z.string(), url: z.string().max(200), ifNoneExist: z.string().max(800).optional() }),
})
const bundleShape = z.looseObject({
  ...{ resourceType: z.literal('Bundle'), type: z.string(), entry: z.array(sentEntry).min(1).max(limits.entries) },
})

const identifier = z.looseObject({ system: z.string().min(1).max(500), value: z.string().min(1).max(200) })
const requestShape = z.looseObject({
  ...{ status: z.string(), intent: z.string(), identifier: z.array(identifier).min(1), subject: reference },
  ...{ authoredOn: moment.optional(), requester: reference.optional(), reasonCode: z.array(concept).optional() },
  ...{ note: z.array(z.looseObject({ text: words })).optional(), patientInstruction: words.optional() },
})
const taskShape = z.looseObject({ status: z.string(), intent: z.string(), focus: reference.optional() })

type Sent = z.infer<typeof sentEntry>

/** What stands in a transaction, with how each resource was sent. */
export type SentEntries = readonly Sent[]

/** A referral as another system sends it in one transaction: whom it is about, what is asked, and what goes with it. */
export type SentReferral = Readonly<{
  patient: Patient
  request: z.infer<typeof requestShape>
  /** What its sender calls it, by which it is taken once. */
  identifier: Readonly<{ system: string; value: string }>
  /** Whether they ask to be told how it goes on. */
  hasTask: boolean
  /** Whether one that was taken before is the answer, whatever stands in this one (FHIR R4, 3.1.0.8.1). */
  ifNone: boolean
  entries: Entries
}>

/** What a referral may hold; anything else would be lost without a word, and so is refused. */
const taken = [
  ...['Patient', 'ServiceRequest', 'Task', 'Consent', 'Organization', 'Practitioner', 'PractitionerRole', 'Condition'],
  ...['DocumentReference', 'QuestionnaireResponse'],
]
const numberOfPeople = 'https://fhir.nhs.uk/Id/nhs-number'

/** Reads what a transaction holds: every resource of it as it can be taken here, each by a POST to its kind. */
export function readEntries(resource: Resource): Read<SentEntries> {
  const sent = resource['entry']
  if (Array.isArray(sent) && sent.length > limits.entries)
    return no(refusal('too-long', `Bundle.entry has at most ${limits.entries} entries`, 'Bundle.entry'))
  const read = readAs(bundleShape, resource, 'Bundle')
  if (!read.ok) return read
  const { entry: entries, type } = read.value
  if (type !== 'transaction') return no(refusal('not-supported', 'Send a Bundle of type transaction', 'Bundle.type'))
  const isTwice = new Set(entries.map(({ fullUrl }) => fullUrl)).size < entries.length
  const wrong = [
    ...entries.flatMap(entryProblems),
    ...(isTwice ? [refusal('invariant', 'Two entries have one fullUrl', 'Bundle.entry')] : []),
  ]
  return wrong.length > 0 ? no(...wrong) : ok(entries)
}

/** Reads a referral from what a transaction holds. */
export function readReferral(entries: SentEntries): Read<SentReferral> {
  const [about, request] = [only(entries, 'Patient', patient), only(entries, 'ServiceRequest', requestShape)]
  if (!about.ok) return about
  if (!request.ok) return request
  const tasks = entries.filter((one) => one.resource.resourceType === 'Task')
  const problems = [
    ...requestProblems(request.value),
    ...pointProblems(entries, request.value),
    ...taskProblems(entries, tasks),
  ]
  if (problems.length > 0) return no(...problems)
  const [called] = request.value.identifier
  if (called === undefined || called.system === numberOfPeople)
    return no(refusal('value', 'Give the request an identifier of its own', 'ServiceRequest.identifier'))
  const ifNone = entries.find((one) => one.resource.resourceType === 'ServiceRequest')?.request.ifNoneExist
  if (ifNone !== undefined && ifNone !== `identifier=${called.system}|${called.value}`)
    return no(refusal('value', 'ifNoneExist has to be the identifier of the ServiceRequest', 'Bundle.entry.request'))
  return ok({
    ...{ patient: about.value, request: request.value, hasTask: tasks.length > 0 },
    ...{ identifier: { system: called.system, value: called.value }, ifNone: ifNone !== undefined, entries },
  })
}

const takenBack = z.looseObject({
  ...{ resourceType: z.literal('ServiceRequest'), id: z.string(), status: z.enum(['revoked', 'entered-in-error']) },
  note: z.array(z.looseObject({ text: words })).optional(),
})

/** Reads that a request is taken back, and why: of what was sent before nothing can be changed. */
export function readTakenBack(resource: Resource, id: string): Read<Readonly<{ why: string | null }>> {
  const read = readAs(takenBack, resource, 'ServiceRequest')
  if (!read.ok) return no(...read.refusals, takenBackOnly)
  if (read.value.id !== id) return no(refusal('value', 'The id is another than in the address', 'ServiceRequest.id'))
  return ok({ why: read.value.note?.map(({ text }) => text).join('\n') || null })
}

const takenBackOnly = refusal(
  'not-supported',
  'A request can be taken back (revoked or entered-in-error) and not otherwise changed',
  'ServiceRequest.status',
)

type Asked = z.infer<typeof requestShape>

function entryProblems({ resource: { resourceType: kind }, request }: Sent, at: number): Refusal[] {
  const place = `Bundle.entry[${at}]`
  if (!taken.includes(kind)) return [refusal('not-supported', `A referral holds no ${kind} here`, `${place}.resource`)]
  return request.method === 'POST' && request.url === kind
    ? []
    : [refusal('not-supported', `Send ${kind} by POST to ${kind}`, `${place}.request`)]
}

// FHIR R4: RequestIntent, of which these ask for something to be done.
const intents = ['proposal', 'plan', 'order', 'original-order']

function requestProblems({ status, intent }: Asked): Refusal[] {
  return [
    ...(status === 'active' ? [] : [refusal('invariant', 'A new referral is active', 'ServiceRequest.status')]),
    ...(intents.includes(intent)
      ? []
      : [refusal('value', 'The intent is one of proposal, plan, order or original-order', 'ServiceRequest.intent')]),
  ]
}

function pointProblems(entries: readonly Sent[], { subject }: Asked): Refusal[] {
  const isAbout = entries.find((one) => one.fullUrl === subject.reference)?.resource.resourceType === 'Patient'
  const wrong = refusal('invariant', 'The subject is the Patient of the Bundle', 'ServiceRequest.subject')
  return [...(isAbout ? [] : [wrong]), ...danglingProblems(entries)]
}

function taskProblems(entries: readonly Sent[], tasks: readonly Sent[]): Refusal[] {
  if (tasks.length === 0) return []
  const task = only(entries, 'Task', taskShape)
  if (!task.ok) return [...task.refusals]
  const { status, focus } = task.value
  const on = entries.find((one) => one.fullUrl === focus?.reference)?.resource.resourceType
  return [
    ...(status === 'requested' ? [] : [refusal('invariant', 'A new Task is requested', 'Task.status')]),
    ...(on === 'ServiceRequest' ? [] : [refusal('invariant', 'The focus is the ServiceRequest', 'Task.focus')]),
  ]
}
