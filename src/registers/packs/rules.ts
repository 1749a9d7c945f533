import { asAsked, instruments, type Item, ordinal, type Questionnaire } from '#registers/instruments/rules.ts'
import { type Scoring, scorings } from '#registers/scoring/rules.ts'

type Scored = Scoring & Required<Pick<Scoring, 'items'>>

/** Instruments that may be brought in under a licence: their score is known here, and their wording is not shipped. */
export const packable: Readonly<Record<string, Readonly<{ label: string; scoring: Scored }>>> = Object.fromEntries(
  Object.entries<Scoring>(scorings).flatMap(([code, scoring]) => {
    const { items } = scoring
    return items && !(code in instruments) ? [[code, { label: scoring.label, scoring: { ...scoring, items } }]] : []
  }),
)

/** A file that may be kept, or everything that is wrong with it in sentences that say what to do. */
export type ReadPack =
  Readonly<{ ok: true; content: Questionnaire }> | Readonly<{ ok: false; faults: readonly string[] }>

type Loose = Readonly<Record<string, unknown>>

// Only what is listed is taken to be there; everything else is asked about first.
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listIn = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const mostFaults = 20

/** Reads a FHIR Questionnaire for an instrument, and says of each question what is wrong with it. */
export function readPack(text: string, code: string): ReadPack {
  const known = packable[code]
  if (!known) return { ok: false, faults: ['There is no such questionnaire to bring in'] }
  const file = parsed(text)
  if (!isObject(file)) return { ok: false, faults: ['The file is not JSON: export the questionnaire as FHIR JSON'] }
  if (file['resourceType'] !== 'Questionnaire')
    return { ok: false, faults: ['The file is no FHIR Questionnaire: its “resourceType” must be “Questionnaire”'] }
  const faults = [...headFaults(file), ...itemFaults(file, known.scoring)]
  if (faults.length > 0) return { ok: false, faults: faults.slice(0, mostFaults) }
  // Checked: every part that we ask anything of was looked at above.
  const content = file as unknown as Questionnaire
  const mapping = mapFaults(content, code)
  return mapping.length > 0 ? { ok: false, faults: mapping.slice(0, mostFaults) } : { ok: true, content }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

const needed = {
  url: 'the address that names it',
  version: 'which version it is',
  title: 'what it is called',
  copyright: 'whose wording it is; it is shown below the questions',
} as const

function headFaults(file: Loose): string[] {
  const missing = Object.entries(needed).filter(([name]) => textIn(file[name]) === '')
  const { effectivePeriod: period } = file
  const days = isObject(period) ? [period['start'], period['end']].filter((day) => day !== undefined) : []
  return [
    ...missing.map(([name, why]) => `“${name}” is missing: ${why}`),
    ...(textIn(file['url']).includes('|') ? ['“url” must not hold a “|”: the version has a place of its own'] : []),
    ...(file['status'] === 'active' ? [] : ['“status” must be “active”: a draft or a retired version is not asked']),
    ...days
      .filter((day) => !/^\d{4}-\d{2}-\d{2}$/.test(textIn(day)))
      .map((day) => `“effectivePeriod” has ${JSON.stringify(day)}, which is no day like 2026-01-31`),
  ]
}

function itemFaults(file: Loose, { items: { count, least, most } }: Scored): string[] {
  const items = listIn(file['item'])
  const asked = items.filter(({ type }) => type !== 'display')
  const names = asked.map(({ linkId }) => textIn(linkId))
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place)
  return [
    ...(asked.length === count ? [] : [`The file has ${asked.length} questions, and the score needs ${count}`]),
    ...(twice === undefined ? [] : [`Item “${twice}” is there twice: each “linkId” may stand once`]),
    ...items.flatMap((item, place) =>
      oneItem(item, { least, most }).map((fault) => `Item “${textIn(item['linkId']) || place + 1}”: ${fault}`),
    ),
  ]
}

function oneItem(item: Loose, between: Readonly<{ least: number; most: number }>): string[] {
  const { linkId, text, type } = item
  const name = /^[\w.-]{1,60}$/.test(textIn(linkId)) ? [] : ['its “linkId” must be letters, digits, “.”, “-” and “_”']
  const words = textIn(text) === '' ? ['its “text” is missing'] : []
  if (type === 'display') return words
  if (type === 'group') return ['it is a group: list its questions one after the other, without the group']
  if (type !== 'choice') return [...name, ...words, `its “type” is ${JSON.stringify(type)}, and must be “choice”`]
  if (item['enableWhen'] !== undefined)
    return ['it is asked only under a condition (“enableWhen”), which is not done here']
  return [...name, ...words, ...answerFaults(item, between)]
}

function answerFaults(item: Loose, { least, most }: Readonly<{ least: number; most: number }>): string[] {
  const options = listIn(item['answerOption']).map(({ valueCoding }) => (isObject(valueCoding) ? valueCoding : {}))
  if (options.length < 2) return ['it needs two answers at least (“answerOption” with “valueCoding”)']
  const codes = options.map(({ code }) => textIn(code))
  const numbers = options.flatMap(numberOf)
  const wrong = numbers.filter((number) => number < least || number > most || !Number.isInteger(number))
  return [
    ...(codes.every((code) => /^[\w.-]{1,40}$/.test(code)) ? [] : ['each answer needs a “code” without spaces']),
    ...(new Set(codes).size === codes.length ? [] : ['two of its answers have the same “code”']),
    ...(options.every(({ display }) => textIn(display) !== '') ? [] : ['each answer needs a “display”']),
    ...(wrong.length > 0 ? [`an answer counts ${wrong[0]}, and may count from ${least} to ${most}`] : []),
    ...(Math.min(...numbers) === least && Math.max(...numbers) === most
      ? []
      : [`its answers must count from ${least} to ${most} (“ordinalValue”); one that does not apply has none`]),
  ]
}

function numberOf({ extension }: Loose): number[] {
  const counts = listIn(extension).find(({ url }) => url === ordinal)
  const number = counts?.['valueDecimal']
  return typeof number === 'number' ? [number] : []
}

function mapFaults(content: Questionnaire, code: string): string[] {
  const instrument = asAsked({ content, code, version: 1 })
  const contained: readonly unknown[] = Array.isArray(content.contained) ? content.contained : []
  return contained.flatMap((map, place) =>
    isObject(map) && map['resourceType'] === 'ConceptMap'
      ? oneMap(map, instrument).map((fault) => `Map ${place + 1}: ${fault}`)
      : [`Contained resource ${place + 1} is no ConceptMap: only maps from earlier versions are taken`],
  )
}

type Target = Readonly<{ canonical: string; items: Readonly<Record<string, Item>> }>

function oneMap(map: Loose, { canonical, items }: Target): string[] {
  const elements = listIn(map['group']).flatMap(({ element }) => listIn(element))
  return [
    ...(textIn(map['sourceCanonical']).includes('|')
      ? []
      : ['“sourceCanonical” must name the earlier version, as address|version']),
    ...(map['targetCanonical'] === canonical
      ? []
      : [`“targetCanonical” must be ${canonical}, the version of this file`]),
    ...(elements.length > 0 ? [] : ['it has no elements']),
    ...elements.flatMap((element) => {
      const [target] = listIn(element['target'])
      const [item = '', answer] = textIn(target?.['code']).split('/')
      const asked = items[item]
      if (asked && (answer === undefined || answer in asked.answers)) return []
      return [`“${textIn(element['code'])}” leads to “${textIn(target?.['code'])}”, which this version does not have`]
    }),
  ]
}
