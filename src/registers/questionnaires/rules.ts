import type { Problem } from '#platform/form/rules.ts'
import {
  baseline,
  type Chosen,
  type Instrument,
  type InstrumentCode,
  instruments,
} from '#registers/instruments/rules.ts'
import { bandOf, scoreOf, scoringOf } from '#registers/scoring/rules.ts'

/** The instruments of a set: the baseline, or one alone; none when the area has not switched it on. */
export function askedIn(set: string, offered: readonly Instrument[]): readonly Instrument[] {
  if (set === 'baseline') return baseline.map((code) => instruments[code])
  return offered.filter(({ code }) => code === set)
}

/** Everything that may be asked in an area that has switched these on. */
export function offeredIn(switchedOn: readonly string[]): InstrumentCode[] {
  // Checked: the keys of the list are its codes.
  const codes = Object.keys(instruments) as InstrumentCode[]
  return codes.filter((code) => !('optional' in instruments[code]) || switchedOn.includes(code))
}

/** What may be asked beside the baseline, of everything that an area asks: its own questionnaires under a licence as well. */
export function besideBaseline(offered: readonly Instrument[]): Instrument[] {
  return offered.filter(({ code }) => !baseline.some((one) => one === code))
}

export type Reading = Readonly<{ score: number | null; band: string | null; missing: number; alert: boolean }>

/** The score by the instrument's own rule, and whether somebody has to talk to the person today. */
export function readingOf(instrument: Instrument, chosen: Chosen): Reading {
  const scoring = scoringOf(instrument.code)
  const given = Object.entries(instrument.items).flatMap(([item, { answers }]) => {
    const answer = answers[chosen[item] ?? '']
    return answer && (scoring === undefined || answer.value !== undefined) ? [answer.value ?? 0] : []
  })
  const missing = Object.keys(instrument.items).length - given.length
  const alert = instrument.alert !== undefined && Number(chosen[instrument.alert] ?? 0) > 0
  const score = scoring ? scoreOf(scoring, given) : null
  return { score, band: scoring && score !== null ? bandOf(scoring.bands, score) : null, missing, alert }
}

/** What an instrument is called; a code that is no longer in the list stands for itself. */
export function labelOf(code: string): string {
  return suppliedAs(code)?.label ?? scoringOf(code)?.label ?? code
}

/** The instrument of this code that comes with the product, if one does. */
export function suppliedAs(code: string): Instrument | undefined {
  return Object.entries<Instrument>(instruments).find(([known]) => known === code)?.[1]
}

/** What an answered instrument says, in words: its score, or each answer by the name of its question. */
export function resultInWords(
  code: string,
  { score, band, items }: Readonly<{ score: number | null; band: string | null; items: Chosen }>,
): string {
  if (score !== null) return band === null ? `${score}` : `${score} (${band})`
  if (scoringOf(code)) return 'No score: too many questions were left open'
  const said = Object.entries(suppliedAs(code)?.items ?? {}).flatMap(([item, { answers, bands }]) => {
    const chosen = items[item]
    if (chosen === undefined) return []
    return [`${item} ${answers[chosen]?.label ?? chosen}${bands ? ` (${bandOf(bands, Number(chosen)) ?? ''})` : ''}`]
  })
  return `${said.join(', ')}${isDisability(items) ? '. A disability in the sense of the Equality Act' : ''}`
}

/** A disability in the sense of the Equality Act 2010: lasting, and restricting; undefined when one was not answered. */
export function isDisability({ lasting, restricting }: Chosen): boolean | undefined {
  if (lasting === 'no' || restricting === 'not-at-all') return false
  if (lasting !== 'yes' || restricting === undefined || restricting === 'not-said') return undefined
  return true
}

/** Why a form on which nothing was chosen is no answer. */
export function nothingChosen(
  asked: readonly Pick<Instrument, 'code' | 'items'>[],
  chosen: readonly Chosen[],
): Problem[] {
  const [first] = asked
  if (first === undefined || chosen.some((one) => Object.keys(one).length > 0)) return []
  return [{ field: fieldOf(first.code, Object.keys(first.items)[0] ?? ''), message: 'Answer at least one question' }]
}

/** The name of an item's field on a form. */
export function fieldOf(instrument: string, item: string): string {
  return `${instrument}-${item}`
}

/** What was chosen on a form, of the answers that are offered. */
export function chosenIn(
  { code, items }: Pick<Instrument, 'code' | 'items'>,
  typed: Readonly<Record<string, string | readonly string[] | undefined>>,
): Chosen {
  const given = Object.entries(items).flatMap(([item, { answers }]): [string, string][] => {
    const answer = [typed[fieldOf(code, item)]].flat().at(-1)
    return answer && answer in answers ? [[item, answer]] : []
  })
  return Object.fromEntries(given)
}

/** One instrument as it was answered, to be kept. */
export type Answered = Readonly<{
  area: string
  person: string
  /** The spell of support it was asked for. */
  askedFor: string
  /** The form it was answered on: sending the form twice keeps one answer. */
  form: string
  instrument: string
  version: number
  /** Which wording was answered; left out for a score without answers. */
  canonical?: string
  typedIn?: boolean
  chosen: Chosen
  reading: Reading
  at: Temporal.Instant
  answeredBy: 'self' | 'staff'
  recordedBy: string | null
}>

/** One answered instrument as it is kept. */
export type Kept = Readonly<{
  id: string
  instrument: string
  version: number
  canonical: string | null
  items: Chosen
  score: number | null
  answered_at: Temporal.Instant
  answered_by: string
}>

/** Which wording was answered: as it was kept, or for an answer from before that, as it came with the product then. */
export function canonicalOf({ canonical, instrument, version }: Pick<Kept, 'canonical' | 'instrument' | 'version'>) {
  if (canonical !== null) return canonical
  const known = suppliedAs(instrument)?.canonical
  return known?.endsWith(`|${version}`) ? known : null
}

/** Answers as FHIR QuestionnaireResponses of a person who is named by their record alone. */
export function responsesOf(person: string, answers: readonly Kept[]) {
  const entry = answers.map((answer) => ({ fullUrl: `urn:uuid:${answer.id}`, resource: responseOf(person, answer) }))
  return { resourceType: 'Bundle', type: 'collection', entry }
}

function responseOf(person: string, answer: Kept) {
  const canonical = canonicalOf(answer)
  const wording = suppliedAs(answer.instrument)
  return {
    ...{ resourceType: 'QuestionnaireResponse', id: answer.id, status: 'completed' },
    ...(canonical === null ? {} : { questionnaire: canonical }),
    subject: { reference: `Patient/${person}` },
    authored: answer.answered_at.toString({ smallestUnit: 'second' }),
    ...(answer.answered_by === 'self' ? { source: { reference: `Patient/${person}` } } : {}),
    item: [
      ...Object.entries(answer.items).map(([linkId, code]) => ({
        linkId,
        answer: [{ valueCoding: codingOf(linkId, code) }],
      })),
      ...(answer.score === null
        ? []
        : [
            {
              linkId: 'score',
              text: `Score of ${labelOf(answer.instrument)}`,
              answer: [{ valueInteger: answer.score }],
            },
          ]),
    ],
  }

  function codingOf(item: string, code: string) {
    const label = wording?.items[item]?.answers[code]?.label
    return { code, ...(label === undefined ? {} : { display: label }) }
  }
}
