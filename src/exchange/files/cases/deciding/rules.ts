import { dayOf } from '#platform/dates.ts'
import type { Standing } from '#journey/episode/rules.ts'
import { type TakenStep, unfold, type Unfolded } from '#exchange/files/cases/history/rules.ts'
import * as happened from '#exchange/files/cases/happened/rules.ts'
import { timesOf, type Told } from '#exchange/files/cases/happened/rules.ts'
import type { Reads } from '#exchange/files/cases/sheets/rules.ts'
import {
  appointmentsOf,
  beginningOf,
  contactsOf,
  type Deciding,
  type Done,
  planOf,
  type Case,
  supportOf,
  toldIn,
} from '#exchange/files/cases/case/rules.ts'
import { linesIn, nameOf, type Parsed, type ParsedIn, type Verdicts } from '#exchange/files/cases/verdicts/rules.ts'

/** Everything that is taken of one case. */
export type Dossier = Readonly<{
  episode: string
  person: string
  provider: string
  own: Told<Reads['episodes']> | undefined
  before: Standing | undefined
  standing: Standing
  steps: readonly TakenStep[]
  goals: readonly Told<Reads['goals']>[]
  actions: readonly (Told<Reads['actions']> & Readonly<{ goal: string }>)[]
  contacts: readonly Done<'contacts'>[]
  appointments: readonly Done<'appointments'>[]
  support: readonly Done<'support'>[]
  completion: Told<Reads['outcomes']> | undefined
  followUps: readonly Told<Reads['follow-ups']>[]
}>

/** Decides about all rows of some people, and gives what is taken of each case. */
export function decideCases(lines: readonly Parsed[], deciding: Deciding): Dossier[] {
  const { verdicts } = deciding
  for (const line of linesIn(lines, 'people')) if (!verdicts.settle(line)) verdicts.take(line)
  const waiting = linesIn(lines, 'episodes').filter((line) => !verdicts.settle(line))
  const children = childrenOf(lines, verdicts)
  const fresh = waiting.flatMap((line) => freshCase(line, children.get(line.own ?? '') ?? [], deciding) ?? [])
  const dossiers = fresh.toSorted(byArrival).flatMap((theCase) => dossierOf(theCase, deciding) ?? [])
  const added = [...children.values()].flatMap((rows) => caseThere(rows, deciding) ?? [])
  return [...dossiers, ...added.flatMap((theCase) => dossierOf(theCase, deciding) ?? [])]
}

function byArrival(one: Case, other: Case): number {
  return Temporal.Instant.compare(one.came, other.came)
}

/** The rows that belong to cases and stand by themselves, by the case they name. */
function childrenOf(lines: readonly Parsed[], verdicts: Verdicts): ReadonlyMap<string, readonly Parsed[]> {
  const children = new Map<string, Parsed[]>()
  for (const line of lines) {
    if (line.sheet === 'people' || line.sheet === 'episodes' || verdicts.settle(line)) continue
    children.set(line.parent ?? '', [...(children.get(line.parent ?? '') ?? []), line])
  }
  return children
}

function freshCase(
  line: ParsedIn<'episodes'>,
  rows: readonly Parsed[],
  { verdicts, around }: Deciding,
): Case | undefined {
  const parent = verdicts.parentOf(line)
  if ('why' in parent || !line.read) {
    verdicts.refuse(line, 'why' in parent ? parent.why : '')
    return undefined
  }
  const own = { row: nameOf(line), read: line.read, made: line.made }
  const came = happened.receivedAt(line.read, around)
  const coach = line.read.coach?.id ?? null
  return { episode: line.made, person: parent.made, line, own, before: undefined, rows, coach, came }
}

/** The case that was here before, to which rows add; where there is none, they are returned. */
function caseThere(rows: readonly Parsed[], { verdicts, there }: Deciding): Case | undefined {
  const waiting = rows.filter((line) => verdicts.of(line) === undefined)
  const [first] = waiting
  if (!first) return undefined
  const parent = verdicts.parentOf(first)
  const found = 'why' in parent ? undefined : there.cases.get(parent.made)
  if (!found) {
    const why = 'why' in parent ? parent.why : 'The case is no longer here.'
    for (const line of waiting) verdicts.refuse(line, why)
    return undefined
  }
  const { episode, person, standing: before } = found
  const { coach, received_at: came } = before
  return { episode, person, line: undefined, own: undefined, before, rows: waiting, coach, came }
}

function dossierOf(theCase: Case, deciding: Deciding): Dossier | undefined {
  const { verdicts, there, around } = deciding
  const rows = {
    ...{ contacts: contactsOf(theCase, deciding), appointments: appointmentsOf(theCase, deciding) },
    ...{ support: supportOf(theCase, deciding), completions: toldIn(theCase, 'outcomes', deciding) },
    followUps: toldIn(theCase, 'follow-ups', deciding),
  }
  const { contacts, appointments } = rows
  const beginning = beginningOf(theCase, there, [contacts.length, contacts.length + appointments.length])
  const told = unfold(theCase.before, [
    ...(theCase.own ? happened.caseHappened(theCase.own, beginning, around) : []),
    ...contacts.map((one) => happened.contactHappened(one, one.by, around)),
    ...appointments.flatMap((one) => happened.appointmentHappened(one, one.by, around)),
    ...rows.support.map((one) => happened.supportHappened(one, one.by, around)),
    ...rows.completions.map((one) => happened.completionHappened(one, theCase.coach, around)),
    ...rows.followUps.map((one) => happened.followUpHappened(one, theCase.coach, around)),
  ])
  const { standing } = told
  if (!standing || refusedWhole(theCase, told, deciding)) return undefined
  for (const row of theCase.rows) refuseMisfit(row, told, verdicts)
  const fits = <One extends Readonly<{ row: string }>>(ones: readonly One[]) =>
    ones.filter(({ row }) => !told.misfits.has(row))
  const kept = { contacts: fits(contacts), appointments: fits(appointments), support: fits(rows.support) }
  const [completion] = fits(rows.completions)
  const plan = planOf(theCase, deciding)
  const fact = told.steps.at(-1)?.factRow ?? null
  const after = { ...told, ...continued(theCase, { standing, appointments: kept.appointments, fact }, deciding) }
  for (const row of [...(theCase.line ? [theCase.line] : []), ...theCase.rows])
    if (!verdicts.of(row)) verdicts.take(row)
  const { episode, person, own, before } = theCase
  const steps = [...told.steps, ...after.more]
  const of = { episode, person, own, before, provider: beginning.provider, standing: after.standing, steps }
  return { ...of, ...kept, ...plan, completion, followUps: fits(rows.followUps) }
}

/** Whether the case itself is returned: its own row does not fit, or the person has another open one. */
function refusedWhole({ line, rows, person }: Case, told: Unfolded, { verdicts, there }: Deciding): boolean {
  if (!line) return false
  const isOpen = told.standing?.ended_at === null
  const another = 'The person has another open case: end one of them, or give it the day it ended.'
  const why = told.misfits.get(nameOf(line)) ?? (isOpen && there.open.has(person) ? another : undefined)
  if (isOpen && why === undefined) there.open.add(person)
  if (why === undefined) return false
  for (const row of rows) verdicts.refuse(row, `The case “${line.read?.reference ?? ''}” was returned: ${why}`)
  verdicts.refuse(line, why)
  return true
}

function refuseMisfit(row: Parsed, { misfits }: Unfolded, verdicts: Verdicts): void {
  const why = misfits.get(nameOf(row))
  if (why !== undefined) verdicts.refuse(row, why)
}

type Come = Readonly<{
  standing: Standing
  appointments: readonly Done<'appointments'>[]
  /** The last row that was added: what follows from it is taken back with it. */
  fact: string | null
}>

/** What follows from the day of the import on: what is due next, and what is no longer asked. */
function continued({ own, before }: Case, { standing, appointments, fact }: Come, { around }: Deciding) {
  const firstTried = before?.first_tried_at === null && standing.first_tried_at !== null
  const completed = before !== undefined && before.ended_at === null && standing.stage === 'aftercare'
  if (!own && !firstTried && !completed) return { standing, more: [] }
  const toCome = appointments.filter(({ read }) => read.result === null).map(({ read }) => timesOf(read).startsAt)
  const [first] = toCome
    .filter((at) => Temporal.Instant.compare(at, around.now) > 0)
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
  const next = {
    ...{ nextOn: own?.read.nextOn ?? null, lookAgainOn: own?.read.pause?.check ?? null },
    appointmentOn: first ? dayOf(first) : null,
  }
  const at = around.now
  const steps = happened.stepsFromHere(standing, next, around)
  const happenings = steps.map(
    (step) => ({ row: '', rank: 'followed', at, steps: () => [step], by: null, fact: own ? null : fact }) as const,
  )
  const unfolded = unfold(standing, happenings)
  return { standing: unfolded.standing ?? standing, more: unfolded.steps }
}
