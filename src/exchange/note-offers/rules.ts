import { isBefore, longDay } from '#platform/dates.ts'
import { lastNoteOf, type Span, spellsOf } from '#journey/fit-note/rules.ts'
import { noteCodes, snomed } from '#exchange/fhir/note-document/rules.ts'
import { masked, type Shown } from '#programme/masking/rules.ts'

/** Where records systems look for what there is, and what they then ask. */
export const servicesAt = '/cds-services'

/** The one thing that is offered. */
export const offerId = 'second-fit-note'

const clientToken = '{{context.patientId}}'
const types = noteCodes.map((code) => `${snomed}|${code}`).join(',')

/** What is offered, as CDS Hooks 2.0 has it told: nothing of the patient is asked for but the fit notes. */
export const discovery = {
  services: [
    {
      ...{ hook: 'patient-view', id: offerId, title: 'WorkWell beside a fit note' },
      description:
        'When the record of somebody is opened who has a second fit note in a row, or one of more than four weeks: says that a coach for work and health can help, and opens the form to refer them.',
      prefetch: {
        notes: `DocumentReference?patient=${clientToken}&type=${types}&status=current&_sort=-date&_count=50`,
      },
      usageRequirements: 'The area has to have switched it on, and the system has to be registered there.',
    },
  ],
} as const

/** Why WorkWell is offered: a second fit note in a row, or one of more than four weeks. */
export type Why = 'second' | 'long'

// Our own figure, after the four weeks of absence of Fit for Work (2015 to 2018).
const longDays = 28

/** Notes that ended longer ago than this are of another time. Notes are counted as in a row with as many days between. */
const over = 7

/** Whether WorkWell is offered beside these notes, and why; undefined where it is not. */
export function offerFor(notes: readonly Span[], today: Temporal.PlainDate): Why | undefined {
  const each = [
    ...new Map(notes.map((one) => [`${one.fromOn.toString()} ${one.untilOn?.toString() ?? ''}`, one])).values(),
  ]
  const [spell = []] = spellsOf(each)
  const last = lastNoteOf(spell)
  const first = spell.at(-1)
  if (!last || !first || isOver(last, today)) return undefined
  if (spell.length > 1) return 'second'
  const after = first.fromOn.add({ days: longDays })
  return isBefore(first.untilOn ?? today, after) ? undefined : 'long'
}

const isOver = ({ untilOn }: Span, today: Temporal.PlainDate): boolean =>
  untilOn !== null && isBefore(untilOn.add({ days: over }), today)

/** What a practice says where it does not take an offer up. */
const reasons = {
  offered: { label: 'Already offered, or already referred' },
  declined: { label: 'The patient does not want it' },
  'not-work': { label: 'Work is not the question' },
  'other-help': { label: 'Other help is in place' },
  'too-ill': { label: 'Too ill for it now' },
  other: { label: 'Something else' },
} as const

export type Reason = keyof typeof reasons

// Checked: the keys of a list are its codes.
const reasonCodes = Object.keys(reasons) as Reason[]

/** One of our reasons by its code; what we do not know is something else, and no reason is none. */
export const reasonOf = (code: string | undefined): Reason | null =>
  code === undefined ? null : (reasonCodes.find((one) => one === code) ?? 'other')

const summaries: Readonly<Record<Why, string>> = {
  second: 'A second fit note in a row: a WorkWell coach can help with work and health',
  long: 'A fit note of more than four weeks: a WorkWell coach can help with work and health',
}

const detail = [
  'WorkWell is free help with staying in work or getting back to it. The patient works with a coach, who speaks with their employer if they wish. It goes beside a fit note and does not replace one: only a clinician issues it.',
  'Ask the patient before you refer them.',
].join('\n\n')

type Card = Readonly<{ id: string; suggestion: string; why: Why; area: string; areaName: string; origin: string }>

/** The card that the records system shows. No address in it says anything of the patient. */
export function cardOf({ id, suggestion, why, area, areaName, origin }: Card) {
  return {
    ...{ uuid: id, summary: summaries[why], detail, indicator: 'info' },
    source: { label: areaName, url: origin },
    suggestions: [{ label: 'I have spoken with the patient about WorkWell', uuid: suggestion, isRecommended: true }],
    selectionBehavior: 'at-most-one',
    links: [{ label: 'Refer the patient to WorkWell', url: `${origin}/in/${area}/refer`, type: 'absolute' }],
    overrideReasons: reasonCodes.map((code) => ({
      ...{ code, system: `${origin}${servicesAt}/reasons`, display: reasons[code].label },
    })),
  } as const
}

/** What became of an offer, as a number stands for it. */
export const outcomes = {
  accepted: { label: 'Spoken about' },
  overridden: { label: 'Set aside' },
  none: { label: 'No answer' },
} as const

type Outcome = keyof typeof outcomes

/** Offers that are alike: shown by one organisation, with the same answer. */
export type Counted = Readonly<{
  organisation: string
  name: string
  outcome: Outcome
  reason: Reason | null
  count: number
}>

type Line = Readonly<{ key: string; name: string }> & Readonly<Record<Outcome | 'all', Shown>>

/** What may be said of offers: by practice, and why they were set aside; small numbers hidden. */
export type Told = Readonly<{
  all: Shown
  practices: readonly Line[]
  reasons: readonly { label: string; count: Shown }[]
}>

// Checked: the keys of a list are its codes.
const outcomeCodes = Object.keys(outcomes) as Outcome[]
const unsaid = 'No reason'

/** The offers of a period as they may be shown. */
export function toldOf(counted: readonly Counted[], below: number): Told {
  const practices = [...new Map(counted.map(({ organisation, name }) => [organisation, name]))]
  const sum = (fits: (one: Counted) => boolean) => counted.reduce((all, one) => (fits(one) ? all + one.count : all), 0)
  const byPractice = practices.flatMap(([row]) =>
    outcomeCodes.map((column) => ({
      ...{ row, column, count: sum((one) => one.organisation === row && one.outcome === column) },
    })),
  )
  const aside = [...reasonCodes, null]
  const byReason = [
    ...aside.map((reason) => ({
      ...{ row: reason ?? unsaid, column: '' },
      count: sum((one) => one.outcome === 'overridden' && one.reason === reason),
    })),
    { row: 'not set aside', column: '', count: sum((one) => one.outcome !== 'overridden') },
  ]
  const groups = [
    { code: 'practice', cells: byPractice },
    { code: 'reason', cells: byReason },
  ]
  const shown = masked({ count: sum(() => true), groups }, { below })
  const line = (name: string, row: string) => ({
    ...{ key: row, name, all: row === '' ? shown.whole : shown.number('practice', row) },
    ...{ accepted: shown.number('practice', row, 'accepted'), none: shown.number('practice', row, 'none') },
    overridden: shown.number('practice', row, 'overridden'),
  })
  return {
    all: shown.whole,
    practices: [...practices.map(([row, name]) => line(name, row)), line('All', '')],
    reasons: aside.map((reason) => ({
      label: reason === null ? unsaid : reasons[reason].label,
      count: shown.number('reason', reason ?? unsaid),
    })),
  }
}

/** After so many days a card is counted and deleted, and what becomes of it is heard no more: our own assumption. */
export const keepDays = 90

/** From which day on the page counts: the first of the month, eleven months ago. */
export const countedSince = (today: Temporal.PlainDate): Temporal.PlainDate =>
  today.with({ day: 1 }).subtract({ months: 11 })

/** "since 1 February 2025". */
export const sinceInWords = (today: Temporal.PlainDate): string => `since ${longDay(countedSince(today))}`
