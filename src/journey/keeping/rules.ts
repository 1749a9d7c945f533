import { isBefore, longDay } from '#platform/dates.ts'

/** One kind of record, how long it is usually kept, and where that number comes from. */
type UsualRule = Readonly<{ label: string; after: string; years: number; source: string | null }>

/**
 * How long each kind of record is kept until an area decides otherwise. Where no source was read that gives a number, the
 * number is ours alone, the page says so, and the area’s records manager decides.
 */
export const usualRules = {
  supported: {
    label: 'Somebody we supported',
    after: 'the last entry on their record',
    years: 8,
    source:
      'NHS Records Management Code of Practice, updated 7 August 2023, Appendix II: adult health records that no other line covers',
  },
  'not-supported': {
    label: 'Somebody we did not take on',
    after: 'the last entry on their record',
    years: 2,
    source: null,
  },
  concern: {
    label: 'Somebody about whom a safety concern was written down',
    after: 'the last entry on their record',
    years: 8,
    source: null,
  },
  died: { label: 'Somebody who has died', after: 'the day they died', years: 8, source: null },
} as const satisfies Readonly<Record<string, UsualRule>>

export type RecordKind = keyof typeof usualRules

// Checked: the keys of the list are its codes.
export const recordKinds = Object.keys(usualRules) as RecordKind[]

/** One decision of an area about how long a kind of record is kept. */
export type DatedRule = Readonly<{
  kind: string
  years: number
  from_on: Temporal.PlainDate
  source: string | null
  set_at: Temporal.Instant
}>

/** How long a kind of record is kept, and on whose word. */
export type KeepingRule = Readonly<{ years: number; source: string | null; decided: boolean }>
export type KeepingRules = Readonly<Record<RecordKind, KeepingRule>>

/** The rules in force on a day: the latest that the area set whose day has come, otherwise what is usual. */
export function rulesOn(decided: readonly DatedRule[], on: Temporal.PlainDate): KeepingRules {
  const found = recordKinds.map((kind) => {
    const [newest] = decided
      .filter((rule) => rule.kind === kind && !isBefore(on, rule.from_on))
      .toSorted(
        (one, other) =>
          Temporal.PlainDate.compare(other.from_on, one.from_on) || Temporal.Instant.compare(other.set_at, one.set_at),
      )
    const { years, source } = usualRules[kind]
    return [kind, newest ? { ...newest, decided: true } : { years, source, decided: false }]
  })
  // Checked: one for each kind.
  return Object.fromEntries(found) as KeepingRules
}

/** The fewest years anything is kept: nobody younger needs to be looked at. */
export function fewestYears(rules: KeepingRules): number {
  return Math.min(...recordKinds.map((kind) => rules[kind].years))
}

/** What decides how long the record of somebody is kept. */
export type Kept = Readonly<{
  lastEntryOn: Temporal.PlainDate
  diedOn: Temporal.PlainDate | null
  /** Whether support began at any time. */
  supported: boolean
  hasConcern: boolean
  /** Where an episode is not over yet, or a follow-up is still to come. */
  open: 'support' | 'follow-up' | null
  /** Why the record is held back, if it is. */
  held: string | null
  /** Somebody asked for something about their record and waits for the answer. */
  asked: boolean
}>

/** Whether a record may be erased now because of its age, and otherwise every reason why not. */
export type Verdict = Readonly<{ keptUntil: Temporal.PlainDate; because: RecordKind; reasons: readonly string[] }>

/** What the rules say of one record. Of several rules that fit, the one that keeps it longest holds. */
export function verdictOn(kept: Kept, rules: KeepingRules, today: Temporal.PlainDate): Verdict {
  const longest = kindsOf(kept)
    .map((kind) => ({ because: kind, keptUntil: beginningOf(kept, kind).add({ years: rules[kind].years }) }))
    .toSorted((one, other) => Temporal.PlainDate.compare(other.keptUntil, one.keptUntil))
  const [first = { because: 'supported', keptUntil: kept.lastEntryOn }] = longest
  const { because, keptUntil } = first
  const reasons: readonly (string | false)[] = [
    kept.open === 'support' && 'Support has not ended',
    kept.open === 'follow-up' && 'A follow-up is still to come',
    kept.held !== null && `Held back: ${kept.held}`,
    kept.asked && 'They asked for something about their record and have no answer yet',
    kept.open === null &&
      isBefore(today, keptUntil) &&
      `${usualRules[because].label}: kept until ${longDay(keptUntil)}`,
  ]
  return { because, keptUntil, reasons: reasons.filter((reason) => reason !== false) }
}

/** For how many years something is kept, in words. */
export const yearsInWords = (years: number): string => (years === 1 ? '1 year' : `${years} years`)

/** By which rule a record was kept, and until when, in a line. */
export function inWords({ because, keptUntil }: Pick<Verdict, 'because' | 'keptUntil'>): string {
  return `${usualRules[because].label}: kept until ${longDay(keptUntil)}`
}

function kindsOf({ supported, hasConcern, diedOn }: Kept): RecordKind[] {
  return [
    supported ? 'supported' : 'not-supported',
    ...(hasConcern ? (['concern'] as const) : []),
    ...(diedOn === null ? [] : (['died'] as const)),
  ]
}

function beginningOf({ lastEntryOn, diedOn }: Kept, kind: RecordKind): Temporal.PlainDate {
  return kind === 'died' && diedOn !== null ? diedOn : lastEntryOn
}

/** Why new years for a kind of record cannot be set: less than a source says is refused without naming another. */
export function ruleProblems(
  { years, source, fromOn }: Readonly<{ years: number; source: string | null; fromOn: Temporal.PlainDate }>,
  { now, today }: Readonly<{ now: KeepingRule; today: Temporal.PlainDate }>,
) {
  return [
    ...(isBefore(fromOn, today) ? [{ field: 'fromOn', message: 'Enter today or a later day' }] : []),
    ...(now.source !== null && years < now.years && source === null
      ? [
          {
            field: 'source',
            message: `${yearsInWords(now.years)} ${now.years === 1 ? 'comes' : 'come'} from a source. To keep it for less, say which source allows it`,
          },
        ]
      : []),
  ]
}
