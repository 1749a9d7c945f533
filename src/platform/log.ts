import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

// The last wall: no route logs a body or a header.
const neverWritten = ['req.headers', 'body', '*.password', '*.token', '*.email', '*.phone']

/** The log of this copy: what happened to requests and jobs, without anything about a person. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const choices = {
    level,
    redact: { paths: neverWritten, censor: '[not written]' },
    serializers: { err: writtenError },
    timestamp: stdTimeFunctions.isoTime,
    base: null,
  }
  return to === undefined ? pino(choices) : pino(choices, to)
}

/** As much of an error as is written: never what it was given, which may be about a person. */
function writtenError(cause: unknown): Readonly<Record<string, unknown>> {
  const { message, stack, code, constraint, table, cause: deeper, errors } = partsOf(cause)
  const within: unknown = Array.isArray(errors) ? errors[0] : deeper
  return {
    type: word(nameOf(cause)) ?? 'Error',
    ...present({ code: word(code), constraint: word(constraint), table: word(table) }),
    message: repeatsWhatItWasGiven(cause, code) ? '[not written]' : firstLine(message),
    stack: framesOf(stack),
    ...(within instanceof Error ? { cause: writtenError(within) } : {}),
  }
}

type Parts = Readonly<Record<'message' | 'stack' | 'code' | 'constraint' | 'table' | 'cause' | 'errors', unknown>>

function partsOf(cause: unknown): Parts {
  const { message, stack, cause: deeper } = cause instanceof Error ? cause : new Error('Something that is no error')
  // Checked: only whether it has these parts is looked at, and each is looked at again before it is written.
  return { ...(cause as Parts), message, stack, cause: deeper }
}

// What cannot be read is repeated in the words of these: by the language (a day, JSON), by zod, by PostgreSQL (class 22).
function repeatsWhatItWasGiven(cause: unknown, code: unknown): boolean {
  return /^(SyntaxError|RangeError|URIError|ZodError)$/.test(nameOf(cause)) || /^22/.test(String(code))
}

const nameOf = (cause: unknown) => (cause instanceof Error ? cause.constructor.name.replace(/^\$/, '') : '')
const word = (value: unknown) => (typeof value === 'string' && /^[\w.$-]{1,80}$/.test(value) ? value : undefined)
const firstLine = (message: unknown) => String(message).split('\n')[0]
const framesOf = (stack: unknown) =>
  String(stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
const present = (parts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
