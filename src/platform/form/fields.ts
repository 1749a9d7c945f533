import { z } from 'zod'
import { type Checked, plainDigits, type Problem, type Typed } from './rules.ts'

/** A form's fields, each checked alone; what relates two fields is a rule, not a field. */
export type Fields = Readonly<Record<string, z.ZodType>>
export type ValueOf<F extends Fields> = { [Name in keyof F]: z.output<F[Name]> }

const single = z.preprocess((value): unknown => (Array.isArray(value) ? value.at(-1) : value), z.string().default(''))
const trimmed = single.transform((text) => text.normalize('NFC').trim())

// What may be no longer than this is a number, a code or a postcode: it can be typed in the digits of one's own script.
const oneNumber = 40
const figures = trimmed.transform(plainDigits)

// What may be no longer than this is a name, a number or a sentence, and stands on one line; what may be longer has lines of its own.
const oneLine = 200
const written = (most: number) =>
  (most > oneNumber ? trimmed : figures).transform((text) =>
    most > oneLine ? text : text.replaceAll(/\s*[\t\n\u2028\u2029]\s*/g, ' '),
  )

/** Text that must be given. */
export const text = (missing: string, most = oneLine) =>
  written(most).pipe(z.string().min(1, missing).max(most, `This must be ${most} characters or fewer`))

/** Text that may be left empty; empty is null. */
export const optionalText = (most = oneLine) =>
  written(most)
    .pipe(z.string().max(most, `This must be ${most} characters or fewer`))
    .transform((given) => given || null)

/** One code of a list that must be chosen. */
export const choice = <Code extends string>(list: Readonly<Record<Code, unknown>>, missing: string) =>
  // Checked: the keys of a code list are its codes.
  trimmed.pipe(z.enum(Object.keys(list) as [Code, ...Code[]], missing))

/** One code of a list that may be left open. */
export const optionalChoice = <Code extends string>(
  list: Readonly<Record<Code, unknown>>,
  wrong = 'Select one of the answers',
) =>
  trimmed
    .transform((given) => given || null)
    // Checked: as above.
    .pipe(z.enum(Object.keys(list) as [Code, ...Code[]], wrong).nullable())

/** Any number of codes of a list. */
export const choices = <Code extends string>(list: Readonly<Record<Code, unknown>>, wrong = 'Select from the list') =>
  z.preprocess(
    (value): unknown[] => (value === undefined || value === '' ? [] : [value].flat()),
    // Checked: as above.
    z.array(z.enum(Object.keys(list) as [Code, ...Code[]], wrong)),
  )

/** Any number of rows, by their ids. */
export const ids = (wrong = 'Choose from the list') =>
  z.preprocess((value: unknown) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.uuid(wrong)))

/** Any number of entries of a list that is kept elsewhere, by their codes or ids. */
export const codes = (wrong = 'Choose from the list') =>
  z.preprocess(
    (value: unknown) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.string().regex(/^[A-Za-z0-9-]{1,60}$/, wrong)).max(500, wrong),
  )

/** What a tick sends. */
const ticked = 'yes'

/** A tick that may be left open. */
export const tick = () => single.transform((given) => given !== '')

/** A tick that has to be made before going on. */
export const mustTick = (missing: string) => single.refine((given) => given !== '', missing)

/** A whole number between two others; empty is null. */
export const optionalWholeNumber = (
  least: number,
  most: number,
  wrong = `Enter a whole number from ${least} to ${most}`,
) =>
  figures.transform((given, context) => {
    if (given === '') return null
    const number = Number(given)
    if (/^-?\d+$/.test(given) && number >= least && number <= most) return number
    context.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })

/** A number that may have a fraction, such as 37.5; empty is null. */
export const optionalNumber = (least: number, most: number, wrong: string) =>
  figures.transform((given, context) => {
    if (given === '') return null
    const number = Number(given.replace(',', '.'))
    if (/^\d{1,6}([.,]\d{1,2})?$/.test(given) && number >= least && number <= most) return number
    context.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })

/** A whole number that must be given. */
export const wholeNumber = (least: number, most: number, wrong = `Enter a whole number from ${least} to ${most}`) =>
  optionalWholeNumber(least, most, wrong).refine((number): number is number => number !== null, wrong)

/** The id of a row, from a hidden field or a choice. */
export const id = (missing = 'Choose one from the list') => trimmed.pipe(z.uuid(missing))
export const optionalId = () =>
  trimmed.transform((given) => given || null).pipe(z.uuid('Choose one from the list').nullable())

/** The version of the record that the form was shown with. */
export const version = () => wholeNumber(0, 2 ** 31 - 1, 'Open this page again from the record')

const dayParts = z.object({ day: z.string(), month: z.string(), year: z.string() })

/** A day given as day, month and year; empty is null. */
export const optionalDay = (wrong = 'Enter a real date, for example 27 3 2026') =>
  z.preprocess(
    (value) => value ?? { day: '', month: '', year: '' },
    dayParts.transform(({ day, month, year }, context) => {
      if (`${day}${month}${year}`.trim() === '') return null
      const found = realDay(plainDigits(day).trim(), plainDigits(month).trim(), plainDigits(year).trim())
      if (found) return found
      context.addIssue({ code: 'custom', message: wrong })
      return z.NEVER
    }),
  )

/** A day that must be given. */
export const day = (missing: string, wrong?: string) =>
  optionalDay(wrong).refine((found): found is Temporal.PlainDate => found !== null, missing)

/** A time of the day as people write it, 9:15 or 9.15, read as 09:15; empty is null. */
export const optionalTime = (wrong = 'Enter a time like 14:30') =>
  figures.transform((given, context) => {
    if (given === '') return null
    const [, hour, minute] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(given) ?? []
    if (hour && minute) return `${hour.padStart(2, '0')}:${minute}`
    context.addIssue({ code: 'custom', message: wrong })
    return z.NEVER
  })

/** A time that must be given. */
export const time = (missing: string, wrong?: string) =>
  optionalTime(wrong).refine((found): found is string => found !== null, missing)

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function realDay(day: string, month: string, year: string): Temporal.PlainDate | undefined {
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const numbers = { year: Number(year), month: named || Number(month), day: Number(day) }
  if (!/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(year) || numbers.year < 1900) return undefined
  try {
    return Temporal.PlainDate.from(numbers, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** Looks at every field of a submitted form; nothing that was typed is lost. */
export function check<F extends Fields>(fields: F, body: unknown): Checked<ValueOf<F>> {
  const all = textsIn(body)
  const given = withDays(all)
  // The version stays: it says on what somebody typed, however often the form is shown again.
  const typed = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'csrf'))
  const problems: Problem[] = []
  const value: Record<string, unknown> = {}
  for (const [field, shape] of Object.entries(fields)) {
    const read = shape.safeParse(given[field])
    if (read.success) value[field] = read.data
    else problems.push({ field, message: read.error.issues[0]?.message ?? 'Check this answer' })
  }
  // Checked: every field was parsed by the schema that ValueOf reads.
  return problems.length > 0
    ? { ok: false, typed, problems }
    : { ok: true, value: value as ValueOf<F>, typed, problems: [] }
}

/** The same fields in an address, which may be old or cut off: what cannot be read there is as if it were not said. */
export function leniently<F extends Fields>(fields: F): F {
  const each = Object.entries(fields).map(([name, field]): [string, z.ZodType] => [
    name,
    field.catch(field.parse(undefined)),
  ])
  const lenient: Fields = Object.fromEntries(each)
  // Checked: each reads what its field reads, and for anything else what that reads of nothing.
  return lenient as F
}

/** What somebody wrote in their own words, without what was chosen, ticked, counted or named by the page. */
export function wordsWritten(fields: Fields, typed: Typed): string[] {
  const open = Object.entries(fields).flatMap(([name, shape]) => (shape.safeParse('a b').success ? [name] : []))
  const written = open.flatMap((name) => typed[name] ?? []).map((one) => one.trim())
  return written.filter((one) => one !== '' && one !== ticked)
}

function textsIn(body: unknown): Typed {
  const entries: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      if (!isTyped(value)) return []
      return [[name, typeof value === 'string' ? readable(value) : value.map(readable)]]
    }),
  )
}

/** The text without characters that no keyboard writes (PostgreSQL keeps no NUL), and its lines ended in one way. */
function readable(text: string): string {
  return text.replaceAll(/\r\n?|\u0085/g, '\n').replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

function isTyped(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
}

function withDays(typed: Typed): Record<string, unknown> {
  const days = Object.keys(typed)
    .filter((name) => name.endsWith('-day'))
    .map((name) => name.slice(0, -4))
  const part = (name: string) => [typed[name]].flat().at(-1) ?? ''
  const joined = days.map((name): [string, object] => [
    name,
    { day: part(`${name}-day`), month: part(`${name}-month`), year: part(`${name}-year`) },
  ])
  return { ...typed, ...Object.fromEntries(joined) }
}

/** What relates several fields, looked at even where others of the form are missing, so that everything is said at once. */
export function related<F extends Fields>(fields: F, typed: Typed, rule: (value: ValueOf<F>) => Problem[]): Problem[] {
  const read = check(fields, typed)
  return read.ok ? rule(read.value) : []
}
