import gad7 from '#data/questionnaires/gad-7.json' with { type: 'json' }
import longLasting from '#data/questionnaires/long-lasting-condition.json' with { type: 'json' }
import ons4 from '#data/questionnaires/ons4.json' with { type: 'json' }
import phq9 from '#data/questionnaires/phq-9.json' with { type: 'json' }
import rulers from '#data/questionnaires/rulers.json' with { type: 'json' }
import workAbility from '#data/questionnaires/work-ability.json' with { type: 'json' }
import type { Bands } from '#registers/scoring/rules.ts'

type Coding = Readonly<{
  code: string
  display: string
  extension?: readonly Readonly<{ url: string; valueDecimal?: number }>[]
}>
type QuestionnaireItem = Readonly<{
  linkId: string
  text: string
  type: string
  answerOption?: readonly Readonly<{ valueCoding: Coding }>[]
}>

/** A FHIR R4 Questionnaire, as far as we ask anything of it. */
export type Questionnaire = Readonly<{
  resourceType: string
  url: string
  version: string
  title: string
  status: string
  copyright: string
  effectivePeriod?: Readonly<{ start?: string; end?: string }>
  item: readonly QuestionnaireItem[]
  contained?: readonly ConceptMap[]
}>

/** One answer that may be chosen; those that count carry a number. */
export type Choice = Readonly<{ label: string; value?: number }>

/** One question of an instrument: what is asked, what may be answered, and what a number means where that is agreed. */
export type Item = Readonly<{ text: string; answers: Readonly<Record<string, Choice>>; bands?: Bands }>

/** A questionnaire in one version of its wording. */
export type Instrument = Readonly<{
  code: string
  label: string
  version: number
  /** Which wording it is, as other systems name it: its address and its version. */
  canonical: string
  lede: string
  /** Where the wording comes from and under which licence it may be shown. */
  source: string
  items: Readonly<Record<string, Item>>
  /** The item of which any answer above nought asks for somebody the same day. */
  alert?: string
  /** Asked only where the area has switched it on. */
  optional?: true
}>

/** Where FHIR keeps how much an answer counts. */
export const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'

/** How much an answer counts; undefined where it does not, as "does not apply". */
function ordinalOf({ extension = [] }: Coding): number | undefined {
  return extension.find(({ url }) => url === ordinal)?.valueDecimal
}

/** The instrument that a FHIR Questionnaire describes; what is only shown stands above the questions. */
function instrumentOf(
  { url, version, title, copyright, item }: Questionnaire,
  about: Pick<Instrument, 'code' | 'version'> & Partial<Pick<Instrument, 'alert' | 'optional'>>,
  bands: Readonly<Record<string, Bands>> = {},
): Instrument {
  const asked = item.filter(({ type }) => type !== 'display')
  const shown = item.filter(({ type }) => type === 'display')
  const items = asked.map(({ linkId, text, answerOption = [] }): [string, Item] => {
    const band = bands[linkId]
    const answers = Object.fromEntries(answerOption.map(({ valueCoding }) => answerOf(valueCoding)))
    return [linkId, { text, answers, ...(band ? { bands: band } : {}) }]
  })
  return {
    ...{ ...about, label: title, canonical: `${url}|${version}`, source: copyright },
    ...{ lede: shown.map(({ text }) => text).join(' '), items: Object.fromEntries(items) },
  }
}

/** A questionnaire that an area added, as it is asked. */
export function asAsked({
  content,
  code,
  version,
}: Readonly<{ content: Questionnaire; code: string; version: number }>): Instrument {
  return instrumentOf(content, { code, version, optional: true })
}

function answerOf(coding: Coding): [string, Choice] {
  const value = ordinalOf(coding)
  return [coding.code, { label: coding.display, ...(value === undefined ? {} : { value }) }]
}

const wellBeing = { 0: 'low', 5: 'medium', 7: 'high', 9: 'very high' }
const anxious = { 0: 'very low', 2: 'low', 4: 'medium', 6: 'high' }
const first = <Code extends string>(code: Code) => ({ code, version: 1 })

/** Every instrument that comes with the product. A change of wording is a new file with a new version. */
export const instruments = {
  ons4: instrumentOf(ons4, first('ons4'), { satisfied: wellBeing, worthwhile: wellBeing, happy: wellBeing, anxious }),
  'work-ability': instrumentOf(workAbility, first('work-ability')),
  rulers: instrumentOf(rulers, first('rulers')),
  'long-lasting-condition': instrumentOf(longLasting, first('long-lasting-condition')),
  'phq-9': instrumentOf(phq9, { ...first('phq-9'), alert: 'item-9', optional: true }),
  'gad-7': instrumentOf(gad7, { ...first('gad-7'), optional: true }),
} as const satisfies Readonly<Record<string, Instrument>>

export type InstrumentCode = keyof typeof instruments

/** What is asked in every first conversation and again at the end. */
export const baseline: readonly InstrumentCode[] = ['ons4', 'work-ability', 'rulers', 'long-lasting-condition']

/** What was chosen, item by item; items left open are not there. */
export type Chosen = Readonly<Record<string, string>>

/** A FHIR ConceptMap from the questions and answers of one version to those of the next. */
export type ConceptMap = Readonly<{
  resourceType: string
  sourceCanonical: string
  targetCanonical: string
  group: readonly Readonly<{
    element: readonly Readonly<{ code: string; target: readonly Readonly<{ code: string }>[] }>[]
  }>[]
}>

/**
 * What was chosen in one version, as it would have been in the version it is mapped to. An element names a question, or a
 * question and an answer (`mood/2`); a question without an element of its own has no counterpart and is left open.
 */
function mappedBy({ group }: ConceptMap, chosen: Chosen): Chosen {
  const elements = new Map(group.flatMap(({ element }) => element.map(({ code, target }) => [code, target[0]?.code])))
  const mapped = Object.entries(chosen).flatMap(([item, answer]): [string, string][] => {
    const exactly = elements.get(`${item}/${answer}`)?.split('/')
    if (exactly) return exactly[0] && exactly[1] ? [[exactly[0], exactly[1]]] : []
    const to = elements.get(item)
    return to === undefined ? [] : [[to, answer]]
  })
  return Object.fromEntries(mapped)
}

/** What was chosen in one wording, as it would be in another, over as many declared maps as lie between; undefined without. */
export function inWordsOf(
  chosen: Chosen,
  { from, to, maps }: Readonly<{ from: string; to: string; maps: readonly ConceptMap[] }>,
): Chosen | undefined {
  if (from === to) return chosen
  const rest = maps.filter(({ sourceCanonical }) => sourceCanonical !== from)
  for (const map of maps.filter(({ sourceCanonical }) => sourceCanonical === from)) {
    const reached = inWordsOf(mappedBy(map, chosen), { from: map.targetCanonical, to, maps: rest })
    if (reached) return reached
  }
  return undefined
}
