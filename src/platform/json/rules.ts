import { z } from 'zod'

/** What can stand in the way of something that another system asks, with the status it is answered with. */
export const faults = {
  unreadable: { status: 400, label: 'The request cannot be read' },
  'no-token': { status: 401, label: 'No token that holds' },
  'not-allowed': { status: 403, label: 'The token does not allow this' },
  'not-there': { status: 404, label: 'Not there, or not yours' },
  'not-this-way': { status: 405, label: 'Not by this method' },
  'taken-before': { status: 409, label: 'Taken before, in other words' },
  'too-long': { status: 413, label: 'Too long' },
  'not-json': { status: 415, label: 'Not JSON' },
  'not-right': { status: 422, label: 'Something in it is not right' },
  'too-often': { status: 429, label: 'Too often in this minute' },
  broken: { status: 500, label: 'Something went wrong here' },
  'not-now': { status: 503, label: 'Not now' },
} as const satisfies Readonly<Record<string, Readonly<{ status: number; label: string }>>>

export type FaultKind = keyof typeof faults

/** One thing that is wrong: a sentence, and where it stands in the body (RFC 6901) or which parameter it is. */
export type Wrong = Readonly<{ detail: string; pointer?: string; parameter?: string }>

/** Why something is not done: never with anything of the person it is about. */
export type Fault = Readonly<{ kind: FaultKind; detail: string; errors?: readonly Wrong[] }>

/** The part of a page on which a kind of fault is described. */
export const anchorOf = (kind: FaultKind): string => `fault-${kind}`

/** A fault as it is answered: Problem Details for HTTP APIs (RFC 9457). `described` is the page that describes them. */
export function problemOf({ kind, detail, errors }: Fault, described: string) {
  const { status, label: title } = faults[kind]
  return {
    ...{ type: `${described}#${anchorOf(kind)}`, title, status, detail },
    ...(errors === undefined || errors.length === 0 ? {} : { errors: errors.map(writtenOf) }),
  }
}

// A pointer in an answer is written as the fragment of an address.
const writtenOf = ({ pointer, ...wrong }: Wrong) =>
  pointer === undefined ? wrong : { ...wrong, pointer: `#${pointer}` }

/** Where something stands in a body. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What came, read by a schema, or each thing that is wrong with it. */
export type ReadJson<Value> =
  Readonly<{ ok: true; value: Value }> | Readonly<{ ok: false; wrong: readonly (Wrong & { at: string })[] }>

/** Reads what came by its schema. What is wrong is said in words, and nothing of what came is said back. */
export function readJson<Value>(schema: z.ZodType<Value>, given: unknown): ReadJson<Value> {
  const read = schema.safeParse(given, { error: (issue) => sentenceOf(issue) })
  if (read.success) return { ok: true, value: read.data }
  const wrong = read.error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 20).map(nameable) : []
    const paths = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path]
    return paths.map((path) => ({ detail: issue.message, at: String(path.at(-1) ?? ''), pointer: pointerTo(path) }))
  })
  return { ok: false, wrong }
}

// What came as a name is not said back but where it can be one.
const nameable = (name: string): string => (/^[\w.:-]{1,40}$/.test(name) ? name : '?')

type Issue = Parameters<z.core.$ZodErrorMap>[0]

function sentenceOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value')
    return issue.input === undefined ? 'This is missing' : `This has to be ${wantedBy(issue)}`
  if (issue.code === 'unrecognized_keys') return 'There is no field of this name here: it would not be read'
  if (issue.code === 'too_big') return `This has at most ${issue.maximum}${unitOf(issue.origin)}`
  if (issue.code === 'too_small') return `This has at least ${issue.minimum}${unitOf(issue.origin)}`
  if (issue.code !== 'invalid_format') return undefined
  return formats[issue.format] ?? 'This is not written as it has to be'
}

function wantedBy(issue: Extract<Issue, { code: 'invalid_type' | 'invalid_value' }>): string {
  return issue.code === 'invalid_value'
    ? `one of: ${issue.values.map(String).join(', ')}`
    : (kinds[issue.expected] ?? issue.expected)
}

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '')

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'text', boolean: 'true or false', object: 'an object', array: 'a list', number: 'a number' },
  int: 'a whole number',
}
const formats: Readonly<Record<string, string>> = {
  date: 'This has to be a day like 1979-11-30',
  datetime: 'This has to be a moment with its offset like 2026-01-05T09:00:00Z',
  uuid: 'This has to be an id as we gave it',
}
