import type { Problem } from '#platform/form/rules.ts'

type Choice = Readonly<{ label: string }>
/** What a number means, by the lowest number of each band. */
type Bands = Readonly<Record<number, string>>

/** One question of an instrument: what is asked, what may be answered, and what a number means where that is agreed. */
export type Item = Readonly<{ text: string; answers: Readonly<Record<string, Choice>>; bands?: Bands }>

/** How the items of an instrument make one score. */
type Total = Readonly<{
  bands: Bands
  /** Up to so many open items take the mean of the others, as is usual for the PHQ-9; more, and there is no score. */
  mostMissing: number
}>

/** A questionnaire in one version of its wording. */
export type Instrument = Readonly<{
  label: string
  version: number
  lede: string
  /** Where the wording comes from and under which licence it may be shown. */
  source: string
  items: Readonly<Record<string, Item>>
  total?: Total
  /** The item of which any answer above nought asks for somebody the same day. */
  alert?: string
  /** Asked only where the area has switched it on. */
  optional?: true
}>

function ruler(lowest: string, highest: string): Item['answers'] {
  const labels = Array.from({ length: 11 }, (_, number): [string, Choice] => [`${number}`, { label: `${number}` }])
  return { ...Object.fromEntries(labels), 0: { label: `0 ${lowest}` }, 10: { label: `10 ${highest}` } }
}

const completely = ruler('not at all', 'completely')
const wellBeing = {
  answers: completely,
  bands: { 0: 'low', 5: 'medium', 7: 'high', 9: 'very high' },
}
const anxiety = { 0: 'very low', 2: 'low', 4: 'medium', 6: 'high' }
const lately = {
  0: { label: 'Not at all' },
  1: { label: 'Several days' },
  2: { label: 'More than half the days' },
  3: { label: 'Nearly every day' },
}
const phqFamily = 'Pfizer; free to use and copy without permission'
const twoWeeks = 'Over the last 2 weeks, how often have you been bothered by any of the following problems?'

const problemsOf = (texts: readonly string[]): Readonly<Record<string, Item>> =>
  Object.fromEntries(texts.map((text, index): [string, Item] => [`item-${index + 1}`, { text, answers: lately }]))

/** Every instrument that may be asked. A change of wording is a new version, so that answers keep the words they were given to. */
export const instruments = {
  ons4: {
    label: 'Personal well-being (ONS4)',
    version: 1,
    lede: 'There are no right or wrong answers. 0 is “not at all” and 10 is “completely”.',
    source: 'Office for National Statistics, harmonised standard for personal well-being; Open Government Licence v3.0',
    items: {
      satisfied: { ...wellBeing, text: 'Overall, how satisfied are you with your life nowadays?' },
      worthwhile: {
        ...wellBeing,
        text: 'Overall, to what extent do you feel that the things you do in your life are worthwhile?',
      },
      happy: { ...wellBeing, text: 'Overall, how happy did you feel yesterday?' },
      anxious: {
        text: 'On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, overall, how anxious did you feel yesterday?',
        answers: completely,
        bands: anxiety,
      },
    },
  },
  'work-ability': {
    label: 'Work ability today',
    version: 1,
    lede: 'A question of our own, to see with you how things go.',
    source: 'A ruler of this service; not a validated questionnaire',
    items: {
      today: {
        text: 'How well could you work today, in the job you have or would like?',
        answers: ruler('not at all', 'as well as I ever could'),
      },
    },
  },
  rulers: {
    label: 'Importance and confidence',
    version: 1,
    lede: 'Two questions of our own, to talk about: why not lower, and what would make it higher?',
    source: 'Rulers of this service, as used in motivational interviewing; not a validated questionnaire',
    items: {
      importance: {
        text: 'How important is it to you to be in work, or to stay in it?',
        answers: ruler('not important', 'very important'),
      },
      confidence: {
        text: 'How confident are you that you can?',
        answers: ruler('not confident', 'very confident'),
      },
    },
  },
  'long-lasting-condition': {
    label: 'Long-lasting condition and day-to-day activities',
    version: 1,
    lede: 'These two questions together say whether the Equality Act calls it a disability. You may leave them out.',
    source:
      'Government Statistical Service, harmonised standards for long-lasting health conditions and activity restriction; Open Government Licence v3.0',
    items: {
      lasting: {
        text: 'Do you have any physical or mental health conditions or illnesses lasting or expected to last 12 months or more?',
        answers: { yes: { label: 'Yes' }, no: { label: 'No' }, 'not-said': { label: 'Prefer not to say' } },
      },
      restricting: {
        text: 'Do any of your conditions or illnesses reduce your ability to carry out day-to-day activities?',
        answers: {
          'a-lot': { label: 'Yes, a lot' },
          'a-little': { label: 'Yes, a little' },
          'not-at-all': { label: 'Not at all' },
          'not-said': { label: 'Prefer not to say' },
        },
      },
    },
  },
  'phq-9': {
    label: 'PHQ-9 (low mood)',
    version: 1,
    lede: twoWeeks,
    source: `Patient Health Questionnaire; ${phqFamily}`,
    optional: true,
    alert: 'item-9',
    items: problemsOf([
      'Little interest or pleasure in doing things',
      'Feeling down, depressed, or hopeless',
      'Trouble falling or staying asleep, or sleeping too much',
      'Feeling tired or having little energy',
      'Poor appetite or overeating',
      'Feeling bad about yourself – or that you are a failure or have let yourself or your family down',
      'Trouble concentrating on things, such as reading the newspaper or watching television',
      'Moving or speaking so slowly that other people could have noticed. Or the opposite – being so fidgety or restless that you have been moving around a lot more than usual',
      'Thoughts that you would be better off dead, or of hurting yourself in some way',
    ]),
    total: {
      mostMissing: 2,
      bands: { 0: 'minimal', 5: 'mild', 10: 'moderate', 15: 'moderately severe', 20: 'severe' },
    },
  },
  'gad-7': {
    label: 'GAD-7 (anxiety)',
    version: 1,
    lede: twoWeeks,
    source: `Generalised Anxiety Disorder scale; ${phqFamily}`,
    optional: true,
    items: problemsOf([
      'Feeling nervous, anxious or on edge',
      'Not being able to stop or control worrying',
      'Worrying too much about different things',
      'Trouble relaxing',
      'Being so restless that it is hard to sit still',
      'Becoming easily annoyed or irritable',
      'Feeling afraid as if something awful might happen',
    ]),
    total: {
      mostMissing: 1,
      bands: { 0: 'minimal', 5: 'mild', 10: 'moderate', 15: 'severe' },
    },
  },
} as const satisfies Readonly<Record<string, Instrument>>

export type InstrumentCode = keyof typeof instruments

/** What is asked in every first conversation and again at the end. */
export const baseline: readonly InstrumentCode[] = ['ons4', 'work-ability', 'rulers', 'long-lasting-condition']

/** The instruments of a set: the baseline, or one alone; none when the area has not switched it on. */
export function askedIn(set: string, switchedOn: readonly string[]): readonly InstrumentCode[] {
  if (set === 'baseline') return baseline
  return offeredIn(switchedOn).filter((code) => code === set)
}

/** Everything that may be asked in an area that has switched these on. */
export function offeredIn(switchedOn: readonly string[]): InstrumentCode[] {
  // Checked: the keys of the list are its codes.
  const codes = Object.keys(instruments) as InstrumentCode[]
  return codes.filter((code) => !('optional' in instruments[code]) || switchedOn.includes(code))
}

/** What was chosen, item by item; items left open are not there. */
export type Chosen = Readonly<Record<string, string>>
export type Reading = Readonly<{ score: number | null; band: string | null; missing: number; alert: boolean }>

/** The score by the instrument's own rule, and whether somebody has to talk to the person today. */
export function readingOf(instrument: Instrument, chosen: Chosen): Reading {
  const given = Object.keys(instrument.items).flatMap((item) => chosen[item] ?? [])
  const missing = Object.keys(instrument.items).length - given.length
  const alert = instrument.alert !== undefined && Number(chosen[instrument.alert] ?? 0) > 0
  const { total } = instrument
  if (!total || missing > total.mostMissing) return { score: null, band: null, missing, alert }
  const sum = given.reduce((so, answer) => so + Number(answer), 0)
  const score = Math.round((sum / given.length) * (given.length + missing))
  return { score, band: bandOf(total.bands, score), missing, alert }
}

/** The band in which a number lies. */
export function bandOf(bands: Bands, number: number): string | null {
  return Object.entries(bands).findLast(([from]) => Number(from) <= number)?.[1] ?? null
}

/** What an instrument is called; a code that is no longer in the list stands for itself. */
export function labelOf(code: string): string {
  return Object.entries<Instrument>(instruments).find(([known]) => known === code)?.[1].label ?? code
}

/** What an answered instrument says, in words: its score, or each answer by the name of its question. */
export function resultInWords(
  code: string,
  { score, band, items }: Readonly<{ score: number | null; band: string | null; items: Chosen }>,
): string {
  const instrument = Object.entries<Instrument>(instruments).find(([known]) => known === code)?.[1]
  if (score !== null) return `${score} (${band ?? ''})`
  if (!instrument || instrument.total) return 'No score: too many questions were left open'
  const said = Object.entries(instrument.items).flatMap(([item, { answers, bands }]) => {
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
export function nothingChosen(asked: readonly InstrumentCode[], chosen: readonly Chosen[]): Problem[] {
  const [first] = asked
  if (first === undefined || chosen.some((one) => Object.keys(one).length > 0)) return []
  return [
    { field: fieldOf(first, Object.keys(instruments[first].items)[0] ?? ''), message: 'Answer at least one question' },
  ]
}

/** The name of an item's field on a form. */
export function fieldOf(instrument: InstrumentCode, item: string): string {
  return `${instrument}-${item}`
}
