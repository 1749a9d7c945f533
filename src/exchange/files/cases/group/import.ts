import { CommandProblem } from '#platform/command/command.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, type Holidays } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import type { By } from '#platform/journal/journal.ts'
import { type AreaSettings, settingsOn } from '#registers/areas/rules.ts'
import { findArea, listDecisions } from '#registers/areas/store.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import type { Times } from '#journey/invitation/rules.ts'
import { type Dealt, idFrom } from '#exchange/files/batch/import.ts'
import { listTaken } from '#exchange/files/batch/store.ts'
import { type Reading, readingOf, rowOf } from '#exchange/files/cells/rules.ts'
import { type Chosen, layoutOf } from '#exchange/files/columns/rules.ts'
import { decideCases, type Dossier } from '#exchange/files/cases/deciding/rules.ts'
import { whoIs } from '#exchange/files/cases/person/rules.ts'
import { keyOfGoal } from '#exchange/files/cases/plans/rules.ts'
import { linksOf, type SheetName, sheets } from '#exchange/files/cases/sheets/rules.ts'
import type { There } from '#exchange/files/cases/case/rules.ts'
import { type Staff, staffOf } from '#exchange/files/cases/colleagues/rules.ts'
import { type KnownBefore, linesIn, nameOf, type Parsed, verdictsOf } from '#exchange/files/cases/verdicts/rules.ts'
import { listPeopleWithOpen, listCasesThere, listTimesTaken } from './store.ts'

/** What is needed to deal with any row of a folder. */
export type Ground = Readonly<{
  area: string
  source: string
  now: Temporal.Instant
  today: Temporal.PlainDate
  by: (By & { membership: string }) | undefined
  holder: string
  staff: Staff
  settingsOn: (day: Temporal.PlainDate) => AreaSettings
  holidays: Holidays
  readings: ReadonlyMap<SheetName, Reading<string>>
  /** In a dry run, when colleagues are taken by the rows that were looked at before: nothing is written of them. */
  promised: Map<string, Times[]> | undefined
}>

type Given = Pick<Ground, 'area' | 'source' | 'now' | 'by'> &
  Readonly<{
    headings: ReadonlyMap<SheetName, readonly string[]>
    /** For which columns they stand, where somebody chose otherwise than by what they are called. */
    chosen?: ReadonlyMap<string, Chosen<string>>
    dryRun?: boolean
  }>

/** What the area says about cases that come in, and who works there. */
export async function findGround(db: Db, { headings, chosen, dryRun, ...given }: Given): Promise<Ground> {
  const { area, now } = given
  const today = dayOf(now)
  if (!(await findArea(db, area))) throw new CommandProblem(`There is no area “${area}”.`)
  const [decisions, holidays, members] = await Promise.all([
    listDecisions(db, area),
    findHolidays(db),
    listMembers(db, area, today),
  ])
  const holder = settingsOn(decisions, today).receivingOrganisation
  if (holder === null)
    throw new CommandProblem(`Area ${area} has not said who receives new referrals: choose it in the area's settings.`)
  const readings = new Map(
    [...headings].map(
      ([name, own]) => [name, readingOf(layoutOf(own, sheets[name].columns, chosen?.get(name)), today)] as const,
    ),
  )
  const known = new Map<string, AreaSettings>()
  const settings = (day: Temporal.PlainDate) => {
    const found = known.get(day.toString()) ?? settingsOn(decisions, day)
    known.set(day.toString(), found)
    return found
  }
  const promised = dryRun ? new Map<string, Times[]>() : undefined
  return { ...given, today, holder, holidays, readings, settingsOn: settings, staff: staffOf(members), promised }
}

/** A line as it was kept, with what ties it to others. */
export type KeptLine = Readonly<{
  sheet: SheetName
  number: number
  cells: readonly string[]
  key: string | null
  parent: string | null
}>

/** What ties a line to the lines of other files, as digests. */
export function tiesOf({ area, source, readings }: Ground, sheet: SheetName, cells: readonly string[]) {
  const reading = readings.get(sheet)
  const { own, parent } = reading ? linksOf(sheet, rowOf(reading, cells), source) : { own: null, parent: null }
  return { key: own && idFrom(area, own), parent: parent && idFrom(area, parent) }
}

/** What comes of some lines that belong together, and what is to be taken. */
export type Decided = Readonly<{
  dealt: readonly Dealt[]
  people: readonly Readonly<{ line: Extract<Parsed, { sheet: 'people' }>; person: string }>[]
  dossiers: readonly Dossier[]
}>

/** Decides about lines that belong together: every line of these people. */
export async function decideLines(db: Db, ground: Ground, lines: readonly KeptLine[]): Promise<Decided> {
  const parsed = lines.flatMap((line) => parse(ground, line) ?? [])
  const { known, there } = await findThere(db, ground, parsed)
  const verdicts = verdictsOf(parsed, known)
  const dossiers = decideCases(parsed, { verdicts, there, around: ground })
  const all = verdicts.all()
  const dealt = parsed.map((line): Dealt => {
    const { outcome, reasons, made } = all.get(nameOf(line)) ?? {
      outcome: 'refused',
      reasons: ['It was not read.'],
      made: null,
    }
    const { sheet, number, key, who } = line
    const known = outcome !== 'refused'
    return {
      sheet,
      number,
      key: known ? key : null,
      who: known ? who : null,
      made: outcome === 'taken' ? made : null,
      outcome,
      reasons,
    }
  })
  const people = linesIn(parsed, 'people').flatMap((line) =>
    all.get(nameOf(line))?.outcome === 'taken' ? [{ line, person: line.made }] : [],
  )
  return { dealt, people, dossiers }
}

function parse(ground: Ground, { sheet, number, cells, key: own, parent }: KeptLine): Parsed | undefined {
  const reading = ground.readings.get(sheet)
  if (!reading) return undefined
  const row = rowOf(reading, cells)
  const read = sheets[sheet].read(row, ground.staff)
  const known = knownBy(ground, { sheet, read, parent })
  // Checked: what is read of a file is of that file.
  return { sheet, number, made: newId(), read, reasons: row.reasons, own, parent, ...known } as Parsed
}

type Readable = Pick<Parsed, 'sheet' | 'read' | 'parent'>

function knownBy({ area, source }: Ground, { sheet, read, parent }: Readable) {
  if (read === undefined) return { key: null, who: null, goal: null }
  // Checked: as above.
  const keyOf = sheets[sheet].keyOf as (row: typeof read, source: string) => string
  const key = idFrom(area, keyOf(read, source))
  const who = sheet === 'people' && 'newcomer' in read ? idFrom(area, whoIs(read)) : parent
  return { key, who, goal: goalOf(read, source, area) }
}

function goalOf(read: NonNullable<Parsed['read']>, source: string, area: string): string | null {
  if (!('goalWords' in read) || (read.goal === null && read.goalWords === null)) return null
  const { episode, goal: reference, goalWords } = read
  const goal = {
    episode,
    reference,
    words: goalWords ?? '',
    whose: 'person',
    addedOn: null,
    targetOn: null,
    result: null,
  } as const
  return idFrom(area, keyOfGoal(goal, source))
}

type Found = Readonly<{ known: KnownBefore; there: There }>

async function findThere(db: Db, { area, now, holder, promised }: Ground, lines: readonly Parsed[]): Promise<Found> {
  const keys = new Set(
    lines.flatMap(({ key, own, parent, goal }) => [key, own, parent, goal].filter((one) => one !== null)),
  )
  const known = await listTaken(db, area, [...keys])
  const made = (key: string | null) => known.get(key ?? '')?.made ?? []
  const goals = new Map([...known].map(([key, one]) => [key, one.made]))
  const people = lines.flatMap(({ sheet, parent }) => (sheet === 'episodes' ? made(parent) : []))
  const cases = await listCasesThere(db, area, [
    ...new Set(lines.flatMap(({ sheet, parent }) => (sheet === 'people' || sheet === 'episodes' ? [] : made(parent)))),
  ])
  const colleagues = new Set([
    ...lines.flatMap(({ read }) =>
      read && 'with' in read ? (read.with?.id ?? []) : read && 'coach' in read ? (read.coach?.id ?? []) : [],
    ),
    ...cases.flatMap(({ standing }) => standing.coach ?? []),
  ])
  const taken = promised ?? new Map<string, Times[]>()
  const asked = [...colleagues].filter((member) => !taken.has(member))
  for (const [member, times] of await listTimesTaken(db, area, asked, now)) taken.set(member, times)
  return {
    known,
    there: {
      ...{ holder, goals, cases: new Map(cases.map((one) => [one.episode, one])) },
      open: new Set(await listPeopleWithOpen(db, area, people)),
      taken,
    },
  }
}
