import { pino, stdTimeFunctions, type Logger } from 'pino'

// The last wall: no route logs a body, and where an error carries one it is not written.
const neverWritten = [
  'req.headers',
  'body',
  'err.parameters',
  'err.detail',
  'err.where',
  'err.query',
  'err.cause.parameters',
  'err.cause.detail',
  '*.password',
  '*.token',
  '*.email',
  '*.phone',
]

/** The log of this copy: what happened to requests and jobs, without anything about a person. */
export function openLog(level: string): Logger {
  return pino({
    level,
    redact: { paths: neverWritten, censor: '[not written]' },
    timestamp: stdTimeFunctions.isoTime,
    base: null,
  })
}
