import { type FaultKind, faults, problemOf } from '#platform/json/rules.ts'
import { handbookPath, type Scope } from '#registers/clients/rules.ts'

/** A schema as JSON Schema has it: as much of it as is read here. */
export type Schema = Readonly<{
  $ref?: string
  type?: string
  format?: string
  description?: string
  enum?: readonly unknown[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  maxLength?: number
  maximum?: number
}>

/** Schemas that have a name. */
export type Named = Readonly<Record<string, Schema>>

/** Where a schema with a name stands in the document. */
export const refTo = (name: string) => `#/components/schemas/${name}`

/** A field as a reader sees it. */
export type Field = Readonly<{ name: string; kind: string; isNeeded: boolean; text: string }>

/** What is answered, as a reader sees it. */
type AnswerShown = Readonly<{ status: number; text: string; fields: readonly Field[]; example: unknown }>

/** One thing that can be asked, as a reader sees it. */
export type OperationShown = Readonly<{
  id: string
  method: string
  path: string
  title: string
  text: string
  scope: Scope | undefined
  more: readonly Scope[]
  parameters: readonly Field[]
  body: Readonly<{ fields: readonly Field[]; example: unknown }> | undefined
  answers: readonly AnswerShown[]
  faults: readonly FaultKind[]
}>

/** The fields of what is sent or answered, those within others by their whole way. */
export function fieldsIn(given: Schema, named: Named, before = ''): Field[] {
  const { properties = {}, required = [] } = pointedTo(given, named)
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${before}${key}`
    const own = { name, kind: kindOf(schema), isNeeded: required.includes(key), text: textOf(schema) }
    return [own, ...fieldsIn(schema, named, `${name}.`), ...fieldsIn(schema.items ?? {}, named, `${name}[].`)]
  })
}

const pointedTo = (schema: Schema, named: Named): Schema => named[schema.$ref?.replace(refTo(''), '') ?? ''] ?? schema

const textOf = ({ description, items }: Schema): string => [description, items?.description].filter(Boolean).join(' ')

const formatsInWords: Readonly<Record<string, string>> = {
  ...{ date: 'day (2026-01-05)', 'date-time': 'moment (2026-01-05T09:00:00Z)', uuid: 'id', uri: 'address' },
}
const kindsInWords: Readonly<Record<string, string>> = {
  ...{ string: 'text', boolean: 'true or false', integer: 'whole number' },
}

/** What a field holds, in words. */
export function kindOf({ type, format, enum: codes, items, anyOf, maxLength, maximum }: Schema): string {
  if (anyOf) return anyOf.map((one) => (one.type === 'null' ? 'null' : kindOf(one))).join(' or ')
  if (items) return `list of ${kindOf(items)}`
  if (codes) return 'code'
  const kind = formatsInWords[format ?? ''] ?? kindsInWords[type ?? ''] ?? 'object'
  const most = type === 'integer' ? maximum : maxLength
  return format === undefined && most !== undefined ? `${kind}, at most ${most}` : kind
}

/** What stands at the head of an event. */
export const headersInWords: Readonly<Record<string, string>> = {
  'webhook-id': 'The id of the event, the same at each try: take each once by it.',
  'webhook-timestamp': 'The second in which it was sent. Refuse one that is more than five minutes away from yours.',
  'webhook-signature':
    'One signature or two with a space between them, each v1a, and the signature in Base64: by Ed25519 over the id, a full stop, the second, a full stop, and the body as it came. One that fits is enough.',
}

/** What an event looks like. */
export const eventExample = {
  ...{ type: 'referral.changed', timestamp: '2026-01-07T11:20:00.000Z' },
  data: {
    id: '019b8d4a-3c00-7000-8000-4f0a2b6c8d10',
    address: 'https://workwell.example.org/api/v1/referrals/019b8d4a-3c00-7000-8000-4f0a2b6c8d10',
  },
}

/** What each kind of fault means to whoever reads of it, and what to do. */
export const faultTexts: Readonly<Record<FaultKind, string>> = {
  unreadable: 'The body is no JSON, or something after the question mark is not understood. Nothing was kept.',
  'no-token': 'Ask for a token: the one that was shown is over, or none was. The sentence is the same for every cause.',
  'not-allowed': 'The area has not allowed the system this, or the token was asked for with less.',
  'not-there': 'There is no referral of your organisation with this id, or nothing at this address.',
  'not-this-way': 'The header Allow says which methods are taken.',
  'taken-before':
    'A referral with this reference was taken before and said something else. Read it, or use another reference.',
  'too-long': 'A body has at most 1 MB.',
  'not-json': 'Send the header Content-Type: application/json, and the body as it is.',
  'not-right': 'Something in the body is not right: errors says what and where. Nothing was kept.',
  'too-often':
    'More requests in this minute than the area lets the system have. Retry-After says for how long to wait.',
  broken: 'Send the same again in a while: it is taken once.',
  'not-now': 'Send the same again in a while: it is taken once.',
}

/** What an answer looks like that says something is not done. */
export function faultExample(kind: FaultKind, origin: string) {
  const wrong = { detail: 'This has to be a day like 1979-11-30', pointer: '/person/bornOn' }
  const errors = kind === 'not-right' ? [wrong] : []
  return problemOf({ kind, detail: faultTexts[kind], errors }, `${origin}${handbookPath}`)
}

/** The status and the label of a fault, as an answer of the document. */
export const faultAnswer = (kind: FaultKind) => ({
  status: String(faults[kind].status),
  description: faults[kind].label,
})
