import { CommandProblem } from '#platform/command/command.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays, dayOf, type Holidays, isBefore, startOfDay } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { type By, writeEntries } from '#platform/journal/journal.ts'
import { type DatedSetting, settingsOn } from '#registers/areas/rules.ts'
import { findArea, listDecisions } from '#registers/areas/store.ts'
import { takePeople } from '#registers/people/import.ts'
import { takeAnswers } from '#registers/permissions/import.ts'
import { findHolidays } from '#registers/places/store.ts'
import { type Trailblazer } from '#registers/trailblazer/rules.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { takeEpisodes } from '#journey/episode/import.ts'
import { practiceAsked } from '#journey/fit-note-referral/rules.ts'
import { takeRequests } from '#journey/fit-note-request/import.ts'
import { takeReferrals } from '#journey/referral/import.ts'
import { agreedHow, type Clocks, clocksFrom, clocksOfHistory } from '#journey/referral/rules.ts'
import { type Dealt, holdRows, idFrom, saveRows } from '#exchange/files/batch/import.ts'
import { listDealt, listTaken } from '#exchange/files/batch/store.ts'
import type { Reading } from '#exchange/files/cells/rules.ts'
import { whoOf } from '#exchange/files/persons/rules.ts'
import type { Line } from '#exchange/files/reading/import.ts'
import { keyOf, type ReadReferral, readRow, type ReferralKey, takenForAnother } from './rules.ts'

/** What the one file of referrals is called among the files of a batch. */
export const sheetName = 'referrals'

/** What is needed to deal with any row of a file. */
export type Ground = Readonly<{
  area: string
  source: string
  now: Temporal.Instant
  by: (By & { membership: string }) | undefined
  reading: Reading<ReferralKey>
  holder: string
  decisions: readonly DatedSetting[]
  holidays: Holidays
  trailblazer: Trailblazer
  /** What follows from a day of arrival, once it was counted. */
  arrivals: Map<string, Arrival>
}>

/** What the area says about referrals that come in. */
export async function findGround(
  db: Db,
  given: Pick<Ground, 'area' | 'source' | 'now' | 'by' | 'reading'>,
): Promise<Ground> {
  const { area, source, now, by, reading } = given
  if (!(await findArea(db, area))) throw new CommandProblem(`There is no area “${area}”.`)
  const [decisions, holidays, trailblazer] = await Promise.all([
    listDecisions(db, area),
    findHolidays(db),
    findTrailblazer(db, area, dayOf(now)),
  ])
  const holder = settingsOn(decisions, dayOf(now)).receivingOrganisation
  if (holder === null)
    throw new CommandProblem(`Area ${area} has not said who receives new referrals: choose it in the area's settings.`)
  return { area, source, now, by, reading, holder, decisions, holidays, trailblazer, arrivals: new Map() }
}

type Reached = Readonly<{ number: number }>
/** A row that was read, with what knows it and its person again. */
export type Known = Reached &
  Readonly<{ ok: true; key: string; who: string; referral: ReadReferral } | { ok: false; reasons: readonly string[] }>

/** Reads rows of a file, before the database is asked about them. */
export function readLines({ reading, area, source }: Ground, lines: readonly Line[]): Known[] {
  return lines.map(({ number, cells }) => {
    const row = readRow(reading, cells)
    if (!row.ok) return { number, ...row }
    const { referral } = row
    const [key, who] = [idFrom(area, keyOf(referral, source)), idFrom(area, whoOf(referral.newcomer))]
    return { number, ok: true, key, who, referral }
  })
}

/** Takes what waits of a group of rows, and writes down what came of each. */
export async function takeGroup(db: Db, ground: Ground, batch: string, group: readonly Known[]): Promise<void> {
  const { area } = ground
  const some = { area, batch, sheet: sheetName, numbers: group.map(({ number }) => number) }
  await holdRows(db, some)
  const before = await listDealt(db, some)
  const waiting = group.filter(({ number }) => !before.has(number))
  if (waiting.length === 0) return
  const dealt = await decide(db, ground, waiting, new Map())
  const decided = dealt.map(({ referral, ...row }) => ({ row, made: referral && identified(ground, referral) }))
  const taken = decided.flatMap(({ made }) => made ?? [])
  const rows = decided.map(({ row, made }) => ({ ...row, made: made?.id ?? null }))
  await Promise.all([...(taken.length > 0 ? take(db, ground, batch, taken) : []), saveRows(db, area, batch, rows)])
}

type Read = Omit<Dealt, 'made'> & Readonly<{ referral?: ReadReferral }>

/** Decides about each row; `seen` are the rows of this run that are not in the database yet. */
export async function decide(
  db: Db,
  ground: Ground,
  read: readonly Known[],
  seen: Map<string, string>,
): Promise<Read[]> {
  const known = await listTaken(
    db,
    ground.area,
    read.flatMap((row) => (row.ok ? row.key : [])),
  )
  return read.map((row): Read => {
    const of = { sheet: sheetName, number: row.number }
    if (!row.ok) return { ...of, key: null, who: null, outcome: 'refused', reasons: row.reasons }
    const { key, who, referral } = row
    const before = known.get(key)?.who ?? seen.get(key)
    if (before === undefined) seen.set(key, who)
    if (before === undefined) return { ...of, key, who, outcome: 'taken', reasons: [], referral }
    if (before === who) return { ...of, key, who, outcome: 'already', reasons: [] }
    return { ...of, key, who, outcome: 'refused', reasons: [takenForAnother(ground.reading)] }
  })
}

type Identified = ReadReferral & Arrival & Readonly<{ id: string; person: string; episode: string | null }>

function identified(ground: Ground, referral: ReadReferral): Identified {
  const { agreement, receivedOn } = referral
  const episode = agreement === 'not-asked' ? null : newId()
  return { ...referral, ...arrivalOn(ground, receivedOn), id: newId(), person: newId(), episode }
}

function take(db: Db, ground: Ground, batch: string, taken: readonly Identified[]): Promise<void>[] {
  const { area, holder, now, by } = ground
  const people = taken.map(({ person, newcomer }) => ({ id: person, newcomer, holder, registeredAt: now }))
  const begun = taken.flatMap((one) => (one.episode === null ? [] : [{ ...one, episode: one.episode }]))
  const episodes = begun.map(({ id, episode, person, route, clocks, receivedAt }) => {
    const step = { kind: 'received', route, provider: holder, ...clocks } as const
    const steps = [{ step, at: receivedAt, recordedAt: now, by: null, factRow: id }]
    return { id: episode, person, imported: true, steps }
  })
  const answers = begun.map(({ person, agreement, channel, receivedAt: at }) => {
    const how = agreedHow(agreement, channel)
    return { person, switch: 'contact', given: true, how, at, by: null, wordingVersion: 'none-of-ours' } as const
  })
  const referrals = taken.map((one) => ({ ...one, holder }))
  const on = taken.map(({ person, id }) => ({ person, subject: id, codes: { batch } }))
  // Sent one after the other without waiting: each finds what the one before has written.
  return [
    takePeople(db, { area, batch, synthetic: false }, people),
    takeEpisodes(db, { area, batch }, episodes),
    takeReferrals(db, { area, by: by?.membership ?? null, now }, referrals),
    takeRequests(
      db,
      { area, by: by?.membership ?? null, at: now },
      begun.flatMap((one) => requestOf(ground, one)),
    ),
    takeAnswers(db, { area, batch }, answers),
    writeEntries(db, { area, by, what: 'referral.imported', on, at: now }),
  ]
}

/** That somebody asked for a fit note, where the area speaks with whoever does: by the clock that still runs, or anew. */
function requestOf({ trailblazer, holidays, reading: { today } }: Ground, referral: Identified) {
  const { id, person, route, receivedOn, answers, referrer, newcomer } = referral
  if (!trailblazer.trailblazer || !answers.askedFitNote) return []
  const from = (day: Temporal.PlainDate) => addWorkingDays(day, trailblazer.conversationWorkingDays, holidays)
  const { practice, email } = practiceAsked({
    ...{ route, gpPractice: newcomer.gpPractice ?? null },
    ...{ referrerOrganisation: referrer.organisation, referrerEmail: referrer.email },
  })
  const hold_by = isBefore(from(receivedOn), today) ? from(today) : from(receivedOn)
  const note_ends_on = answers.fitNote === 'yes' ? answers.fitNoteEndsOn : null
  const said = { asked_on: receivedOn, says: null, note_ends_on, hold_by }
  return [{ id, person, came: 'referral' as const, practice: practice ?? 'Not said', email, ...said }]
}

type Arrival = Readonly<{ receivedAt: Temporal.Instant; clocks: Clocks }>

function arrivalOn(
  { arrivals, decisions, holidays, now, reading: { today } }: Ground,
  day: Temporal.PlainDate,
): Arrival {
  const known = arrivals.get(day.toString())
  if (known) return known
  const from = (on: Temporal.PlainDate) => clocksFrom(on, settingsOn(decisions, on), holidays)
  const clocks = clocksOfHistory(from(day), from(today), today)
  const arrival = { receivedAt: day.equals(today) ? now : startOfDay(day), clocks }
  arrivals.set(day.toString(), arrival)
  return arrival
}
