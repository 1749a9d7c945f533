import { isBefore, longDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'

/** What a clinician writes for a patient's work. The product records one and never issues one. */
export const noteKinds = {
  med3: { label: 'Fit note', hint: 'Statement of fitness for work, also called a Med3 or sick note' },
  'ahp-report': {
    label: 'AHP Health and Work Report',
    hint: 'From a physiotherapist, an occupational therapist, a podiatrist or another allied health professional',
  },
} as const

export type NoteKind = keyof typeof noteKinds

/** There is no "fit for work": a note says that somebody is not fit, or may be with the advice it gives (gov.uk, fit note guidance). */
export const outcomes = {
  'not-fit': { label: 'Not fit for work', snomed: '160910001' },
  'may-be-fit': { label: 'May be fit for work, taking account of advice', snomed: '225891002' },
} as const

export type NoteOutcome = keyof typeof outcomes

/** What would help at work, as the boxes of the two forms have it; any number may be ticked. */
export const advices = {
  'phased-return': { label: 'A phased return to work', snomed: '775281000000100' },
  'altered-hours': { label: 'Altered hours', snomed: '775301000000104' },
  'amended-duties': { label: 'Amended duties', snomed: '775321000000108' },
  adaptations: { label: 'Workplace adaptations', snomed: '775351000000103' },
  'workplace-assessment': { label: 'A workplace assessment' },
} as const

export type Advice = keyof typeof advices

const onBoth = ['phased-return', 'altered-hours', 'amended-duties'] as const

/** The boxes that each form has. */
export const adviceOn: Readonly<Record<NoteKind, readonly Advice[]>> = {
  med3: [...onBoth, 'adaptations'],
  'ahp-report': [...onBoth, 'workplace-assessment'],
}

/** Who may issue one: a fit note only these five (since 1 July 2022), a report any allied health professional. */
export const professions = {
  doctor: { label: 'Doctor' },
  nurse: { label: 'Registered nurse' },
  'occupational-therapist': { label: 'Occupational therapist' },
  pharmacist: { label: 'Pharmacist' },
  physiotherapist: { label: 'Physiotherapist' },
  podiatrist: { label: 'Podiatrist' },
  'other-ahp': { label: 'Another allied health professional' },
} as const

export type Profession = keyof typeof professions

export const issuersOf: Readonly<Record<NoteKind, readonly Profession[]>> = {
  med3: ['doctor', 'nurse', 'occupational-therapist', 'pharmacist', 'physiotherapist'],
  'ahp-report': ['physiotherapist', 'occupational-therapist', 'podiatrist', 'other-ahp'],
}

/** How many lines of difficulties a report has room for. */
export const difficultyPlaces = [1, 2, 3, 4] as const

/** Answers that may be left open. */
export const yesNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

/** What may follow once a note has ended. */
export const follows = {
  back: { label: 'They are back at work, or go back' },
  another: { label: 'They asked for another note, or will' },
  none: { label: 'They need no note now', hint: 'For example because they are out of work' },
  unknown: { label: 'Not known yet' },
} as const

export type Follows = keyof typeof follows

/** The days for which a note holds; without an end it holds until another is issued. */
export type Span = Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate | null }>

/** How many days before its end a note is spoken of. */
export const endingDays = 7

type Given = Readonly<{
  kind: NoteKind
  assessed: Temporal.PlainDate
  stated: Temporal.PlainDate
  from: Temporal.PlainDate
  until: Temporal.PlainDate | null
  weeks: number | null
  open: boolean
  profession: Profession
  outcome: NoteOutcome
  advice: readonly Advice[]
  since: Temporal.PlainDate | null
  again: 'yes' | 'no' | null
  review: Temporal.PlainDate | null
}>

/** The last day of a note, as it was entered: a day, or a number of weeks counted from its first; null when it has no end. */
export function lastDayOf({ from, until, weeks, open }: Pick<Given, 'from' | 'until' | 'weeks' | 'open'>) {
  if (open) return null
  return until ?? (weeks === null ? null : from.add({ weeks }).subtract({ days: 1 }))
}

/** What is wrong with a note as it was entered, if anything. */
export function noteProblems(given: Given, today: Temporal.PlainDate): Problem[] {
  const { kind, assessed, stated, from, until, weeks, open, profession, outcome, advice, since, again, review } = given
  const ends = [until !== null, weeks !== null, open].filter(Boolean).length
  const last = lastDayOf(given)
  const found: (Problem | false)[] = [
    isBefore(today, stated) && { field: 'stated', message: 'The note is dated in the future' },
    isBefore(stated, assessed) && { field: 'assessed', message: 'The assessment is later than the note itself' },
    ends === 0 && { field: 'until', message: 'Enter the last day, or for how many weeks, or that it has no end' },
    ends > 1 && { field: 'until', message: 'Give the end in one way only: a day, weeks, or no end' },
    last !== null && isBefore(last, from) && { field: 'until', message: 'The last day is before the first' },
    !issuersOf[kind].includes(profession) && { field: 'profession', message: professionMessages[kind] },
    outcome === 'not-fit' &&
      advice.length > 0 && { field: 'advice', message: 'Boxes are ticked only where somebody may be fit for work' },
    since !== null && isBefore(assessed, since) && { field: 'since', message: 'This is after the assessment' },
    review !== null && isBefore(review, assessed) && { field: 'review', message: 'This is before the assessment' },
    review !== null && again === 'no' && { field: 'review', message: 'It says that they need not be assessed again' },
  ]
  return found.filter((problem) => problem !== false)
}

const professionMessages: Readonly<Record<NoteKind, string>> = {
  med3: 'A fit note comes from a doctor, nurse, occupational therapist, pharmacist or physiotherapist',
  'ahp-report': 'A report comes from an allied health professional',
}

/**
 * Whether a note is longer than may be issued: at most three months while a condition is in its first six (gov.uk,
 * guidance for healthcare professionals). It is said and never refused: what was issued is written down as it is.
 */
export function isTooLong({ fromOn, untilOn }: Span, since: Temporal.PlainDate): boolean {
  if (isBefore(lastDayWithin(since, 6), fromOn)) return false
  return untilOn === null || isBefore(lastDayWithin(fromOn, 3), untilOn)
}

/** The last day of so many months: that before the same date of the month, or the end of a month that has no such date. */
function lastDayWithin(first: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const after = first.add({ months })
  return after.day === first.day ? after.subtract({ days: 1 }) : after
}

/** Whether a day of an absence has to be covered by a note: the first seven days people certify themselves. */
export function isNoteNeeded(absentSince: Temporal.PlainDate, on: Temporal.PlainDate): boolean {
  return !isBefore(on, absentSince.add({ days: 7 }))
}

/**
 * Puts notes together that follow each other with no more than seven days between, as the published fit note figures
 * count them; each spell the latest first.
 */
export function spellsOf<Note extends Span>(notes: readonly Note[]): Note[][] {
  const spells: Note[][] = []
  let last: Temporal.PlainDate | null | undefined
  for (const note of notes.toSorted((one, other) => Temporal.PlainDate.compare(one.fromOn, other.fromOn))) {
    const goesOn = last === null || (last !== undefined && !isBefore(last.add({ days: 8 }), note.fromOn))
    if (goesOn) spells.at(-1)?.unshift(note)
    else spells.push([note])
    last = last === null || note.untilOn === null ? null : laterOf(last, note.untilOn)
  }
  return spells.toReversed()
}

/**
 * What stands out in a person's notes, spell by spell: notes that are longer than may be issued. A note that does not say
 * since when takes the earliest day that is known of its spell: one that another note says, or on which its first begins.
 */
export function warningsFor(spells: readonly (readonly (Span & Readonly<{ since: Temporal.PlainDate | null }>)[])[]) {
  return spells.flatMap((spell) => {
    const known = spell.flatMap(({ since, fromOn }) => (since === null ? [fromOn] : [since, fromOn]))
    const [first] = known.toSorted((one, other) => Temporal.PlainDate.compare(one, other))
    return spell.flatMap((note) => {
      const since = note.since ?? first
      if (!since || !isTooLong(note, since)) return []
      return [{ heading: 'Longer than three months', text: `The note ${spanInWords(note)} ${tooLong}` }]
    })
  })
}

const tooLong =
  'is longer than three months, within the first six months of the condition. A note may not be issued for that long: check the dates with the person, and tell whoever issued it if they are right.'

function laterOf(one: Temporal.PlainDate | undefined, other: Temporal.PlainDate): Temporal.PlainDate {
  return one && isBefore(other, one) ? one : other
}

/** The note that holds longest, which says what is needed now: one without an end before all others. */
export function lastNoteOf<Note extends Span>(notes: readonly Note[]): Note | undefined {
  return notes
    .toSorted(
      (one, other) => compareEnds(one.untilOn, other.untilOn) || Temporal.PlainDate.compare(one.fromOn, other.fromOn),
    )
    .at(-1)
}

function compareEnds(one: Temporal.PlainDate | null, other: Temporal.PlainDate | null): number {
  if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0)
  return Temporal.PlainDate.compare(one, other)
}

export const noteStates = {
  holds: { label: 'Holds now', colour: 'blue' },
  ending: { label: 'Ends soon', colour: 'orange' },
  over: { label: 'Over', colour: 'grey' },
  'to-come': { label: 'To come', colour: 'blue' },
} as const

/** Where a note stands on a day. */
export function noteStateOn({ fromOn, untilOn }: Span, today: Temporal.PlainDate): keyof typeof noteStates {
  if (isBefore(today, fromOn)) return 'to-come'
  if (untilOn === null) return 'holds'
  if (isBefore(untilOn, today)) return 'over'
  return isBefore(today.add({ days: endingDays }), untilOn) ? 'holds' : 'ending'
}

/** "from 5 January 2026 to 1 February 2026", or without an end. */
export function spanInWords({ fromOn, untilOn }: Span): string {
  return `from ${longDay(fromOn)} ${untilOn === null ? 'without an end' : `to ${longDay(untilOn)}`}`
}

/** What is wrong with what follows, as it was entered. */
export function followProblems(
  { what, ask }: Readonly<{ what: Follows; ask: Temporal.PlainDate | null }>,
  today: Temporal.PlainDate,
): Problem[] {
  if (ask === null)
    return what === 'another' || what === 'unknown'
      ? [{ field: 'ask', message: 'Enter the day on which you ask again' }]
      : []
  return isBefore(today, ask) ? [] : [{ field: 'ask', message: 'Enter a day to come' }]
}
