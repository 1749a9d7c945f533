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
  | ('required' | 'value' | 'invalid' | 'invariant' | 'structure' | 'too-long')
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
export const humanName = z.looseObject({
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
export function expressionOf(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (said, step) => (typeof step === 'number' ? `${said}[${step}]` : `${said}.${String(step)}`),
    root,
  )
}
