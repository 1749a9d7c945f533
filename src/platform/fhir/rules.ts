import { z } from 'zod'

/** How a message is written: both are asked for by the standards of the NHS. */
export const formats = {
  json: { type: 'application/fhir+json' },
  xml: { type: 'application/fhir+xml' },
} as const

export type Format = keyof typeof formats

const formatOf: Readonly<Record<string, Format>> = {
  ...{ json: 'json', 'application/json': 'json', 'application/fhir+json': 'json', 'text/json': 'json' },
  ...{ xml: 'xml', 'application/xml': 'xml', 'application/fhir+xml': 'xml', 'text/xml': 'xml' },
  ...{ '*/*': 'json', 'application/*': 'json' },
}

const named = (type: string): Format | undefined => formatOf[type.split(';')[0]?.trim().toLowerCase() ?? '']

/** What somebody wants to read: `_format` before the header (FHIR R4, 3.1.0.1.11); undefined where it is neither. */
export function formatAsked(asked: Readonly<{ accept?: string | undefined; format?: string | undefined }>) {
  // A plus in an address is a space once it is read.
  if (asked.format !== undefined) return named(asked.format.replaceAll(' ', '+'))
  if (asked.accept === undefined || asked.accept.trim() === '') return 'json'
  return asked.accept
    .split(',')
    .map(named)
    .find((format) => format !== undefined)
}

/** What a message that came is written in; undefined where we cannot read it. */
export function formatSent(contentType: string | undefined): Format | undefined {
  return contentType === undefined || /^\*|\/\*/.test(contentType) ? undefined : named(contentType)
}

/** What was wrong, as FHIR has it (issue-type): never with anything of the person it is about. */
export type IssueCode =
  | ('required' | 'value' | 'invalid' | 'invariant' | 'structure' | 'extension' | 'too-long')
  | ('login' | 'forbidden' | 'not-found' | 'not-supported' | 'duplicate' | 'conflict')
  | ('timeout' | 'throttled' | 'transient' | 'exception')

/** A resource with whatever stands in it. */
export const anyResource = z.looseObject({ resourceType: z.string().min(1).max(64) })

export type Resource = z.infer<typeof anyResource>

const words = z.string().max(20_000)
const uri = z.string().max(2_000)

const coding = z.looseObject({ system: uri.optional(), code: words.optional(), display: words.optional() })
export const concept = z.looseObject({ coding: z.array(coding).optional(), text: words.optional() })
export const reference = z.looseObject({ reference: uri.optional(), display: words.optional() })
export const meta = z.looseObject({
  ...{ versionId: z.string().min(1).optional(), lastUpdated: z.iso.datetime({ offset: true }).optional() },
})
const extension = z.looseObject({
  ...{ url: uri, valueCodeableConcept: concept.optional(), valuePositiveInt: z.number().int().optional() },
})
const identifier = z.looseObject({
  ...{ system: uri.optional(), value: words.optional(), extension: z.array(extension).optional() },
})
const telecom = z.looseObject({
  ...{ system: z.string().optional(), value: words.optional(), rank: z.number().int().optional() },
})
const humanName = z.looseObject({
  ...{ use: z.string().optional(), text: words.optional(), family: words.optional() },
  ...{ given: z.array(words).optional(), prefix: z.array(words).optional() },
})
const address = z.looseObject({
  ...{ use: z.string().optional(), text: words.optional(), line: z.array(words).optional() },
  ...{ city: words.optional(), district: words.optional(), postalCode: words.optional() },
})
const contact = z.looseObject({ extension: z.array(extension).optional(), telecom: z.array(telecom).optional() })

/** A person as other systems describe them: as much as the service reads. */
export const patient = z.looseObject({
  resourceType: z.literal('Patient'),
  identifier: z.array(identifier).optional(),
  name: z.array(humanName).optional(),
  birthDate: z.iso.date('A whole date of birth is needed').optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  address: z.array(address).optional(),
  telecom: z.array(telecom).optional(),
  contact: z.array(contact).optional(),
  communication: z.array(z.looseObject({ language: concept, preferred: z.boolean().optional() })).optional(),
  generalPractitioner: z.array(reference).optional(),
})

export type Patient = z.infer<typeof patient>

/** An organisation, or a service of one, as other systems name it. */
export const organization = z.looseObject({
  ...{ name: words.optional(), identifier: z.array(identifier).optional() },
})

/** The code of one system among several; undefined where there is none. */
export function codeIn(coded: z.infer<typeof concept> | undefined, system: string): string | undefined {
  return coded?.coding?.find((one) => one.system === system)?.code
}

/** What a concept says in words. */
export function wordsOf(coded: z.infer<typeof concept> | undefined): string | undefined {
  return coded?.text ?? coded?.coding?.find(({ display }) => display !== undefined)?.display
}

/** Where something is wrong, in the notation of FHIR: `Bundle.entry[3].resource.status`. */
function expressionOf(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (said, step) => (typeof step === 'number' ? `${said}[${step}]` : `${said}.${String(step)}`),
    root,
  )
}

/** With what a request is refused, by status. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 406 | 409 | 412 | 413 | 422 | 425 | 428 | 429 | 500 | 503

/** Why something that was sent is not taken: a sentence for whoever sent it, with nothing of the person in it. */
export type Refusal = Readonly<{ status: RefusalStatus; code: IssueCode; sentence: string; expression?: string }>

/** Something that breaks a rule of the standard. */
export const refusal = (code: IssueCode, sentence: string, expression?: string): Refusal => ({
  ...{ status: 400, code, sentence },
  ...(expression === undefined ? {} : { expression }),
})

/** What stands in a bundle: every resource with the address by which the others mean it. */
export const bundleEntry = z.looseObject({ fullUrl: z.string().max(2_000), resource: anyResource })
export type Entries = readonly z.infer<typeof bundleEntry>[]

/** What the person agreed to, and how. */
export const consentShape = z.looseObject({
  ...{ status: z.string(), category: z.array(concept).min(1), policyRule: concept.optional() },
})
export const conditionShape = z.looseObject({ code: concept.optional() })
export const taskShape = z.looseObject({ description: words.optional() })
const practitionerShape = z.looseObject({ name: z.array(humanName).optional() })

type Ok<Value> = Readonly<{ ok: true; value: Value }>
export type Read<Value> = Ok<Value> | Readonly<{ ok: false; refusals: readonly Refusal[] }>
export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value })
export const no = (...refusals: readonly Refusal[]) => ({ ok: false, refusals }) as const

/** Reads a resource as one of a kind; where it is not, with where and why. */
export function readAs<Shape extends z.ZodType>(shape: Shape, given: unknown, root: string): Read<z.infer<Shape>> {
  const read = shape.safeParse(given)
  if (read.success) return ok(read.data)
  const faults = read.error.issues.slice(0, 10).map(({ code, message, path }) => {
    const at = expressionOf(root, path)
    // Checked: it is this sentence that Zod gives where nothing stands at all.
    const isMissing = code === 'invalid_type' && message.endsWith('received undefined')
    return isMissing ? refusal('required', `${at} is missing`, at) : refusal('invalid', `${at} cannot be read`, at)
  })
  return no(...faults)
}

/** The one resource of a kind. */
export function only<Shape extends z.ZodType>(entries: Entries, kind: string, shape: Shape): Read<z.infer<Shape>> {
  const found = ofKind(entries, kind)
  if (found.length === 1) return readAs(shape, found[0], kind)
  return found.length === 0
    ? no(refusal('required', `The message has no ${kind}`, 'Bundle.entry'))
    : no(refusal('invariant', `The message has more than one ${kind}`, 'Bundle.entry'))
}

/** The resources of a kind. */
export const ofKind = (entries: Entries, kind: string) =>
  entries.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === kind)

/** The resource that a reference within the message means. */
export function entryOf(entries: Entries, to: Readonly<{ reference?: string | undefined }> | undefined) {
  return to?.reference === undefined ? undefined : entries.find(({ fullUrl }) => fullUrl === to.reference)?.resource
}

/** What somebody is called whom a reference within the message means; null where it names nobody. */
export function nameOf(entries: Entries, to: Readonly<{ reference?: string | undefined }> | undefined): string | null {
  const read = readAs(practitionerShape, entryOf(entries, to) ?? {}, 'Practitioner')
  const named = read.ok ? read.value.name?.[0] : undefined
  return (named?.text ?? [...(named?.given ?? []), named?.family].filter(Boolean).join(' ')) || null
}
