import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { CommandProblem } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, type Holidays, startOfDay } from '#platform/dates.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { type DatedSetting, settingsOn } from '#registers/areas/rules.ts'
import { findArea, listDecisions } from '#registers/areas/store.ts'
import { takePeople } from '#registers/people/import.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import { findHolidays } from '#registers/places/store.ts'
import { takeEpisodes } from '#journey/episode/import.ts'
import { takeReferrals } from '#journey/referral/import.ts'
import { agreedHow, clocksFrom } from '#journey/referral/rules.ts'
import { headingProblem, type Layout, layoutOf } from '#exchange/files/columns/rules.ts'
import { countLines, type Line, linesOf, openSheet, type Sheet, writeReturned } from '#exchange/files/reading/import.ts'
import { keyOf, type ReadReferral, readRow, takenForAnother, whoOf } from './rules.ts'
import {
  beginBatch,
  type Dealt,
  findBatch,
  finishBatch,
  holdBatchStill,
  listRefused,
  listTaken,
  saveRows,
} from './store.ts'

/** A file of referrals that is to be brought into an area. */
export type Importing = Readonly<{
  area: string
  file: string
  /** Which system the file's references come from, where two number their rows alike. */
  source: string
  /** Reads and counts everything, and takes nothing. */
  dryRun: boolean
  /** Where the returned rows are written, with their reasons. */
  refusedFile: string
  now: Temporal.Instant
  progress: (done: number, of: number) => void
}>

/** Every row of the file, by what came of it. */
export type Reconciliation = Readonly<{
  rows: number
  taken: number
  already: number
  refused: number
  /** How many rows an earlier run had dealt with before it broke off. */
  before: number
  unread: readonly string[]
}>

const atOnce = 200

/** Brings a file of referrals in. Every row is taken, was here already, or is returned with its reasons. */
export async function importReferrals(databases: Databases, importing: Importing): Promise<Reconciliation> {
  const { area, file, dryRun, refusedFile } = importing
  if (resolve(file) === resolve(refusedFile))
    throw new CommandProblem('The returned rows need a file of their own: name another with --refused.')
  const sheet = await openSheet(file)
  const layout = layoutOf(sheet.headings)
  const problem = headingProblem(layout)
  if (problem) throw new CommandProblem(problem)
  const database = databases.databaseFor(area)
  const ground = await database.transaction((db) => findGround(db, importing, layout))
  const rows = await countLines(sheet)
  const run = dryRun ? tryRows : takeRows
  const { refusals, ...counted } = await run(database, sheet, { ...ground, rows })
  if (refusals.size > 0) await writeReturned(sheet, refusals, refusedFile)
  const { taken, already, before } = counted
  const reconciled = { rows, taken, already, refused: refusals.size, before, unread: layout.unread }
  if (taken + already + refusals.size !== rows) throw new Error('A row of the file is not accounted for')
  return reconciled
}

/** What is needed to deal with any row of the file. */
type Ground = Importing &
  Readonly<{ layout: Layout; holder: string; decisions: readonly DatedSetting[] }> &
  Readonly<{ holidays: Holidays }>
type Counted = Readonly<{ taken: number; already: number; before: number }> &
  Readonly<{ refusals: ReadonlyMap<number, readonly string[]> }>
type Database = ReturnType<Databases['databaseFor']>

async function findGround(db: Db, importing: Importing, layout: Layout): Promise<Ground> {
  const { area, now } = importing
  if (!(await findArea(db, area))) throw new CommandProblem(`There is no area “${area}”.`)
  const [decisions, holidays] = await Promise.all([listDecisions(db, area), findHolidays(db)])
  const holder = settingsOn(decisions, dayOf(now)).receivingOrganisation
  if (holder === null)
    throw new CommandProblem(`Area ${area} has not said who receives new referrals: choose it in the area's settings.`)
  return { ...importing, layout, holder, decisions, holidays }
}

async function tryRows(database: Database, sheet: Sheet, ground: Ground & { rows: number }): Promise<Counted> {
  const seen = new Map<string, string>()
  const counted = { taken: 0, already: 0, before: 0, refusals: new Map<number, readonly string[]>() }
  let done = 0
  for await (const lines of inGroups(linesOf(sheet))) {
    const dealt = await database.transaction((db) => dealWith(db, ground, lines, seen))
    for (const { number, outcome, reasons } of dealt) {
      if (outcome === 'refused') counted.refusals.set(number, reasons)
      else counted[outcome] += 1
    }
    done += lines.length
    ground.progress(done, ground.rows)
  }
  return counted
}

async function takeRows(database: Database, sheet: Sheet, ground: Ground & { rows: number }): Promise<Counted> {
  const { area, file, source, now, rows } = ground
  const beginning = { area, name: basename(file), source, digest: sheet.digest, rows, by: null, now }
  const batch = await database.transaction((db) => beginBatch(db, beginning))
  const start = await database.transaction((db) => findBatch(db, area, batch))
  let done = 0
  for await (const lines of inGroups(linesOf(sheet))) {
    done += lines.length
    if ((lines.at(-1)?.number ?? 0) > start.reached)
      await database.transaction((db) => takeGroup(db, ground, batch, lines))
    ground.progress(done, rows)
  }
  return database.transaction(async (db) => {
    await finishBatch(db, area, batch, now)
    const { taken, already } = await findBatch(db, area, batch)
    const before = start.taken + start.already + start.refused
    return { taken, already, before, refusals: await listRefused(db, area, batch) }
  })
}

async function takeGroup(db: Db, ground: Ground, batch: string, lines: readonly Line[]): Promise<void> {
  const { area, now } = ground
  const reached = await holdBatchStill(db, area, batch)
  const waiting = lines.filter(({ number }) => number > reached)
  if (waiting.length === 0) return
  const dealt = await dealWith(db, ground, waiting, new Map())
  const taken = dealt.flatMap(({ outcome, referral, key }) =>
    outcome === 'taken' && referral && key ? [identified(ground, referral, key)] : [],
  )
  if (taken.length > 0) await take(db, ground, batch, taken)
  await saveRows(
    db,
    area,
    batch,
    dealt.map(({ referral: _, ...row }) => row),
  )
  const codes = { rows: dealt.length, referrals: taken.map(({ id }) => id) }
  await writeEntry(db, {
    area,
    by: undefined,
    happening: { kind: 'act', what: 'referrals.imported', subject: batch, codes },
    at: now,
  })
}

type Read = Dealt & Readonly<{ referral?: ReadReferral }>

/** Decides about each row; `seen` are the rows of this run that are not in the database yet. */
async function dealWith(db: Db, ground: Ground, lines: readonly Line[], seen: Map<string, string>): Promise<Read[]> {
  const { layout, now, area, source } = ground
  const today = dayOf(now)
  const read = lines.map(({ number, cells }) => {
    const row = readRow(layout, cells, today)
    if (!row.ok) return { number, ...row }
    const { referral } = row
    return { number, ...row, key: idFrom(area, keyOf(referral, source)), who: idFrom(area, whoOf(referral)) }
  })
  const keys = read.flatMap((row) => (row.ok ? row.key : []))
  const known = await listTaken(db, area, keys)
  return read.map((row): Read => {
    const { number } = row
    if (!row.ok) return { number, key: null, who: null, outcome: 'refused', reasons: row.reasons }
    const { key, who, referral } = row
    const before = known.get(key) ?? seen.get(key)
    if (before === undefined) seen.set(key, who)
    if (before === undefined) return { number, key, who, outcome: 'taken', reasons: [], referral }
    if (before === who) return { number, key, who, outcome: 'already', reasons: [] }
    return { number, key, who, outcome: 'refused', reasons: [takenForAnother({ layout })] }
  })
}

type Identified = ReadReferral &
  Readonly<{ id: string; person: string; episode: string | null; receivedAt: Temporal.Instant }>

// The ids come from the row itself: whatever else goes wrong, the same row never makes a second person.
function identified({ area, now }: Ground, referral: ReadReferral, key: string): Identified {
  const { agreement, receivedOn } = referral
  return {
    ...referral,
    ...{ id: idFrom(area, `referral ${key}`), person: idFrom(area, `person ${key}`) },
    episode: agreement === 'not-asked' ? null : idFrom(area, `episode ${key}`),
    receivedAt: receivedOn.equals(dayOf(now)) ? now : startOfDay(receivedOn),
  }
}

async function take(db: Db, ground: Ground, batch: string, taken: readonly Identified[]): Promise<void> {
  const { area, holder, now } = ground
  const people = taken.map(({ person, newcomer }) => ({ id: person, newcomer, holder, registeredAt: now }))
  await takePeople(db, { area, batch, synthetic: false }, people)
  const begun = taken.flatMap((one) => (one.episode === null ? [] : [{ ...one, episode: one.episode }]))
  const episodes = begun.map(({ id, episode, person, route, receivedOn, receivedAt }) => {
    const clocks = clocksFrom(receivedOn, settingsOn(ground.decisions, receivedOn), ground.holidays)
    const step = { kind: 'received', route, provider: holder, ...clocks } as const
    const steps = [{ step, at: receivedAt, recordedAt: now, by: null, factRow: id }]
    return { id: episode, person, imported: true, steps }
  })
  if (episodes.length > 0) await takeEpisodes(db, { area, batch }, episodes)
  await takeReferrals(
    db,
    { area, by: null, now },
    taken.map((one) => ({ ...one, holder })),
  )
  const contact = { area, switch: 'contact', given: true, lawfulBasis: 'public-task', by: null } as const
  await Promise.all(
    begun.map(({ person, agreement, channel, receivedAt }) =>
      recordPermission(db, { ...contact, person, how: agreedHow(agreement, channel), at: receivedAt }),
    ),
  )
}

/** The same id for the same words, in this area and no other. */
function idFrom(area: string, words: string): string {
  const hex = createHash('sha256').update(`${area}\n${words}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

async function* inGroups(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let group: Line[] = []
  for await (const line of lines) {
    group.push(line)
    if (group.length < atOnce) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
