import type { Standing } from '#journey/episode/rules.ts'
import type { Times } from '#journey/invitation/rules.ts'
import { compared } from '#exchange/files/codes/rules.ts'
import {
  type Around,
  type Beginning,
  momentOf,
  timesOf,
  type Told,
  whyNotThen,
} from '#exchange/files/cases/happened/rules.ts'
import type { Reads, SheetName } from '#exchange/files/cases/sheets/rules.ts'
import { linesIn, nameOf, type Parsed, type ParsedIn, type Verdicts } from '#exchange/files/cases/verdicts/rules.ts'

/** A SPELL OF SUPPORT THAT WAS HERE before, to which rows may add. */
export type CaseThere = Readonly<{
  episode: string
  person: string
  standing: Standing
  goals: readonly Readonly<{ id: string; words: string }>[]
}>

/** What the area knew before these rows. */
export type There = Readonly<{
  cases: ReadonlyMap<string, CaseThere>
  /** People who have an open case; those of the rows are added. */
  open: Set<string>
  /** When colleagues are taken from now on; appointments of the rows are added. */
  taken: Map<string, Times[]>
  /** Who holds the record where nobody looks after the person yet. */
  holder: string
  /** Goals that rows of earlier files made, by their digests. */
  goals: ReadonlyMap<string, string>
}>

/** A row that is taken, with the colleague who did what it says. */
export type Done<Name extends SheetName> = Told<Reads[Name]> & Readonly<{ by: string }>

/** One case while its rows are looked at: a new one by its own row, or one that was here before. */
export type Case = Readonly<{
  episode: string
  person: string
  line: ParsedIn<'episodes'> | undefined
  own: Told<Reads['episodes']> | undefined
  before: Standing | undefined
  rows: readonly Parsed[]
  coach: string | null
  came: Temporal.Instant
}>

/** What is needed to decide about the rows of a case. */
export type Deciding = Readonly<{ verdicts: Verdicts; there: There; around: Around }>

/** The rows of one file that belong to a case and were not returned yet. */
export function toldIn<Name extends SheetName>(theCase: Case, name: Name, { verdicts }: Deciding): Told<Reads[Name]>[] {
  return linesIn(theCase.rows, name).flatMap((line) => {
    if (verdicts.of(line) !== undefined) return []
    // Checked: rows that cannot be read were settled before.
    return [{ row: nameOf(line), read: line.read as Reads[Name], made: line.made }]
  })
}

/** The contacts that can have happened, each with who tried. */
export function contactsOf(theCase: Case, deciding: Deciding): Done<'contacts'>[] {
  const { around } = deciding
  return withColleague(theCase, 'contacts', deciding, (read) => [read.by?.id, momentOf(read.on, read.time, around)])
}

/** Help that can have been given, each with who gave it. */
export function supportOf(theCase: Case, deciding: Deciding): Done<'support'>[] {
  const { around } = deciding
  return withColleague(theCase, 'support', deciding, (read) => [read.by?.id, momentOf(read.on, null, around)])
}

/** The appointments, each with the colleague; one that is to come needs a time that is free. */
export function appointmentsOf(theCase: Case, deciding: Deciding): Done<'appointments'>[] {
  const { verdicts, there, around } = deciding
  const all = withColleague(theCase, 'appointments', deciding, (read) => {
    const { startsAt } = timesOf(read)
    const toCome = Temporal.Instant.compare(startsAt, around.now) > 0
    return [read.with?.id, toCome && read.result?.kind !== 'attended' ? undefined : startsAt]
  })
  return all.filter(({ row, read, by }) => {
    const times = timesOf(read)
    if (read.result !== null || Temporal.Instant.compare(times.endsAt, around.now) <= 0) return true
    const others = there.taken.get(by) ?? []
    if (others.some((other) => overlap(times, other))) {
      refuseRow(theCase, verdicts, row, 'The colleague has another appointment then.')
      return false
    }
    there.taken.set(by, [...others, times])
    return true
  })
}

function overlap(one: Times, other: Times): boolean {
  const isBefore = (first: Temporal.Instant, second: Temporal.Instant) => Temporal.Instant.compare(first, second) < 0
  return isBefore(one.startsAt, other.endsAt) && isBefore(other.startsAt, one.endsAt)
}

type WhoAndWhen<Name extends SheetName> = (
  read: Reads[Name],
) => readonly [by: string | undefined, at: Temporal.Instant | undefined]

function withColleague<Name extends SheetName>(
  theCase: Case,
  name: Name,
  deciding: Deciding,
  whoAndWhen: WhoAndWhen<Name>,
): Done<Name>[] {
  const { verdicts, around } = deciding
  return toldIn(theCase, name, deciding).flatMap((told) => {
    const [given, at] = whoAndWhen(told.read)
    const by = given ?? theCase.coach
    const why = by === null ? 'Say who it was: the case has no coach.' : at && whyNotThen(at, theCase.came, around)
    if (why !== undefined) refuseRow(theCase, verdicts, told.row, why)
    return why !== undefined || by === null ? [] : [{ ...told, by }]
  })
}

/** Returns a row of a case with its reason. */
function refuseRow({ rows }: Case, verdicts: Verdicts, row: string, why: string): void {
  const line = rows.find((one) => nameOf(one) === row)
  if (line) verdicts.refuse(line, why)
}

/** The goals and actions of a case; an action without its goal is returned. */
export function planOf(theCase: Case, deciding: Deciding) {
  const { there, verdicts } = deciding
  const goals = toldIn(theCase, 'goals', deciding)
  const known = [
    ...goals.map(({ made, read }) => ({ id: made, words: read.words, reference: read.reference })),
    ...(there.cases.get(theCase.episode)?.goals ?? []).map((goal) => ({ ...goal, reference: null })),
  ]
  const actions = toldIn(theCase, 'actions', deciding).flatMap((told) => {
    const line = linesIn(theCase.rows, 'actions').find((one) => nameOf(one) === told.row)
    const found = goalOf(told.read, known, there.goals.get(line?.goal ?? ''))
    if ('why' in found) refuseRow(theCase, verdicts, told.row, found.why)
    return 'why' in found ? [] : [{ ...told, goal: found.id }]
  })
  return { goals, actions }
}

type KnownGoal = Readonly<{ id: string; words: string; reference: string | null }>

function goalOf(
  { goal, goalWords }: Reads['actions'],
  known: readonly KnownGoal[],
  before: string | undefined,
): Readonly<{ id: string } | { why: string }> {
  const byReference = (one: KnownGoal) => one.reference?.toLowerCase() === goal?.toLowerCase()
  const byWords = (one: KnownGoal) => compared(one.words) === compared(goalWords ?? '')
  const named = goal !== null ? known.find(byReference) : goalWords !== null ? known.find(byWords) : undefined
  const earlier = before === undefined ? undefined : known.find(({ id }) => id === before)
  const [only, ...more] = known
  const found = named ?? earlier ?? (goal === null && goalWords === null && more.length === 0 ? only : undefined)
  if (found) return { id: found.id }
  if (known.length === 0) return { why: 'The case has no goal that was taken.' }
  return { why: goal === null && goalWords === null ? 'Say which goal it is for.' : 'The case has no such goal.' }
}

/** What the beginning of a case depends on besides its own row. */
export function beginningOf(
  { own, before }: Case,
  there: There,
  met: readonly [contacts: number, all: number],
): Beginning {
  const provider = own?.read.coach?.organisation ?? before?.provider ?? there.holder
  return { provider, tried: met[0] > 0, further: met[1] > 0 }
}
