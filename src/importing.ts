import { existsSync, statSync } from 'node:fs'
import { type Command, CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { dayOf, shortDay } from '#platform/dates.ts'
import { importPostcodes, importPractices } from '#registers/places/import.ts'
import { stages } from '#journey/episode/rules.ts'
import { kinds, stateOf, states } from '#exchange/files/batch/rules.ts'
import { listBatches } from '#exchange/files/batch/store.ts'
import { columnsInWords } from '#exchange/files/columns/rules.ts'
import { importEpisodes, importReferrals } from '#exchange/files/from-disk/import.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'
import { sheetNames, sheets } from '#exchange/files/cases/sheets/rules.ts'
import { takeBackBatch } from '#exchange/files/undoing/import.ts'
import { workInWords } from '#exchange/files/undoing/rules.ts'
import { licenceCommands } from './licensing.ts'

/** What the commands that bring files in are given: the open databases, the time, and where words and progress go. */
export type Desk = Readonly<{
  databases: Databases
  now: () => Temporal.Instant
  say: (text: string) => void
  progress: (done: number, of: number) => void
}>

/** The commands by which an area brings in what another system exported. */
export function importCommands(within: (work: (desk: Desk) => Promise<void>) => Promise<void>): Commands {
  return {
    'import referrals': referrals((given) => within((desk) => bringReferralsIn(desk, given))),
    'import episodes': episodes((given) => within((desk) => bringEpisodesIn(desk, given))),
    ...licenceCommands(within),
    'import batches': {
      summary: 'List the files that were brought in, with what came of them',
      usage: '--area CODE',
      options: { area: { type: 'string' } },
      run: (given) => within((desk) => sayBatches(desk, given)),
    },
    'import undo': {
      summary: 'Take back what a batch brought, as long as nobody has worked on it',
      usage: 'BATCH --area CODE',
      words: true,
      details: [
        'Who was worked on since stays, and is named by the reference of the referral with what was done. Safe to run',
        'again: what is gone stays gone, and who stayed is looked at anew. The rows may be brought in again afterwards.',
      ].join('\n'),
      options: { area: { type: 'string' } },
      run: (given) => within((desk) => undoBatch(desk, given)),
    },
  }
}

/** Brings the publishers' own files of postcodes and GP practices into every database, with the owner's rights. */
export function placeCommands(
  into: (work: (owner: string) => Promise<void>) => Promise<void>,
  desk: Pick<Desk, 'say' | 'progress'>,
): Commands {
  const loading =
    (name: string, load: typeof importPostcodes): Command['run'] =>
    async ({ words }) => {
      const [file, ...more] = words
      if (!file || more.length > 0) throw new CommandProblem(`Name one file: import ${name} FILE.csv`)
      if (!existsSync(file)) throw new CommandProblem(`There is no file ${file}.`)
      if (!statSync(file).isFile()) throw new CommandProblem(`${file} is a folder: name the file in it.`)
      const loaded: Loaded[] = []
      await into(async (owner) => {
        loaded.push(await loadOrSay(() => load(owner, file, desk.progress)))
      })
      for (const one of loaded) sayLoaded(desk.say, name, one)
    }
  return {
    'import postcodes': {
      summary: 'Bring in the postcode directory, in the place of the one before',
      usage: 'FILE.csv',
      words: true,
      details: [
        'The ONS Postcode Directory or the National Statistics Postcode Lookup, as the Office for National Statistics',
        'publishes it (the large CSV in the folder Data). Columns are known by name, whichever year they carry.',
      ].join('\n'),
      run: loading('postcodes', importPostcodes),
    },
    'import practices': {
      summary: 'Bring in the list of GP practices, in the place of the one before',
      usage: 'FILE.csv',
      words: true,
      details: 'epraccur.csv as the NHS Organisation Data Service publishes it, without headings.',
      run: loading('practices', importPractices),
    },
  }
}

async function loadOrSay(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load()
  } catch (cause) {
    if (cause instanceof TypeError) throw new CommandProblem(`${cause.message}.`)
    throw cause
  }
}

type Loaded = Awaited<ReturnType<typeof importPostcodes>>

function sayLoaded(say: Desk['say'], name: string, { taken, refused, reasons, unknown }: Loaded): void {
  say(`${taken.toLocaleString('en-GB')} ${name} taken, ${refused.toLocaleString('en-GB')} rows left out.`)
  for (const reason of reasons) say(`    left out: ${reason}`)
  for (const code of unknown.slice(0, 20)) say(`    the register does not know ${code}`)
}

const importOptions = {
  area: { type: 'string' },
  'dry-run': { type: 'boolean' },
  refused: { type: 'string' },
  source: { type: 'string' },
} as const

function referrals(run: Command['run']): Command {
  return {
    summary: 'Bring in a file of referrals that another system exported',
    usage: 'FILE.csv --area CODE [--dry-run] [--refused FILE] [--source NAME]',
    words: true,
    details: [
      'Every row is taken, was here already, or is written to the file of returned rows with its reasons. --dry-run reads',
      'and counts without taking anything. A run that broke off goes on where it stopped; a file taken before gives nothing',
      'new. --source names the system whose references these are, where two systems number their rows alike.',
      '',
      'The columns, by any of their names, in any order; more in docs/importing.md:',
      ...columnsInWords(referralColumns).map((column) => `  ${column}`),
    ].join('\n'),
    options: importOptions,
    run,
  }
}

function episodes(run: Command['run']): Command {
  return {
    summary: 'Bring in a folder with the open cases of an area: people, cases, plans, contacts',
    usage: 'FOLDER --area CODE [--dry-run] [--refused FOLDER] [--source NAME]',
    words: true,
    details: [
      `The folder has some or all of these files: ${sheetNames.map((name) => `${name}.csv`).join(', ')}.`,
      'Every row of every file is taken, was here already, or is written to a folder of returned rows with its reasons; a',
      'row whose person or case is returned is returned with it. --dry-run reads and counts without taking anything. A run',
      'that broke off goes on where it stopped; a folder taken before gives nothing new.',
      '',
      'The columns, by any of their names, in any order; more in docs/importing-episodes.md:',
      ...sheetNames.flatMap((name) => [
        '',
        `${name}.csv`,
        ...columnsInWords(sheets[name].columns).map((column) => `  ${column}`),
      ]),
    ].join('\n'),
    options: importOptions,
    run,
  }
}

async function bringEpisodesIn({ databases, now, say, progress }: Desk, { options, words }: Given): Promise<void> {
  const [folder, ...more] = words
  const { source, refused } = options
  if (!folder || more.length > 0) throw new CommandProblem('Name one folder: import episodes FOLDER --area CODE')
  const area = areaIn(options, 'import episodes FOLDER')
  const refusedFolder = typeof refused === 'string' ? refused : `${folder.replace(/\/+$/, '')}.returned`
  const dryRun = options['dry-run'] === true
  const came = await importEpisodes(databases, {
    ...{ area, folder, dryRun, refusedFolder, source: typeof source === 'string' ? source : '' },
    ...{ now: now(), progress },
  })
  for (const { called, rows, taken, already, refused: returned, unread } of came.files) {
    const counted = `${rows} rows = ${taken} ${dryRun ? 'to be taken' : 'taken'} + ${already} here already + ${returned} returned`
    say(`${`${called}:`.padEnd(14)} ${counted}`)
    if (unread.length > 0) say(`${''.padEnd(14)} columns that were not read: ${unread.join(', ')}`)
  }
  if (came.unknown.length > 0) say(`Files that were not read: ${came.unknown.join(', ')}`)
  const byStage = new Map<string, number>(came.stages)
  if (byStage.size > 0) say(`Cases ${dryRun ? 'that would be taken' : 'that were taken'}, by where they stand:`)
  // In the order of the journey.
  for (const [stage, { label }] of Object.entries(stages)) {
    const count = byStage.get(stage)
    if (count) say(`${''.padEnd(14)} ${label}: ${count}`)
  }
  if (came.before > 0) say(`An earlier run had dealt with ${came.before} rows before it broke off.`)
  if (came.files.some(({ refused: returned }) => returned > 0))
    say(`The returned rows and their reasons: ${refusedFolder}`)
  say(dryRun ? 'Nothing was taken: this was a dry run.' : `Batch ${came.batch}`)
}

async function bringReferralsIn({ databases, now, say, progress }: Desk, { options, words }: Given): Promise<void> {
  const [file, ...more] = words
  const { source, refused } = options
  if (!file || more.length > 0) throw new CommandProblem('Name one file: import referrals FILE.csv --area CODE')
  const area = areaIn(options, 'import referrals FILE.csv')
  const refusedFile = typeof refused === 'string' ? refused : `${file.replace(/\.\w+$/, '')}.returned.csv`
  const dryRun = options['dry-run'] === true
  const came = await importReferrals(databases, {
    ...{ area, file, dryRun, refusedFile, source: typeof source === 'string' ? source : '' },
    ...{ now: now(), progress },
  })
  say(
    `${file}: ${came.rows} rows = ${came.taken} ${dryRun ? 'to be taken' : 'taken'} + ${came.already} here already + ${came.refused} returned`,
  )
  if (came.before > 0) say(`An earlier run had dealt with ${came.before} of them before it broke off.`)
  if (came.unread.length > 0) say(`Columns that were not read: ${came.unread.join(', ')}`)
  if (came.refused > 0) say(`The returned rows and their reasons: ${refusedFile}`)
  say(dryRun ? 'Nothing was taken: this was a dry run.' : `Batch ${came.batch}`)
}

async function sayBatches({ databases, say }: Desk, { options }: Given): Promise<void> {
  const area = areaIn(options, 'import batches')
  const found = await databases.databaseFor(area).transaction((db) => listBatches(db, area, 500))
  if (found.length === 0) return say(`Nothing was brought into area ${area} yet.`)
  for (const batch of found) {
    const { id, kind, name, rows, taken, already, refused, started_at, byName } = batch
    const counted = `${rows} rows = ${taken} taken + ${already} here already + ${refused} returned`
    const who = byName === null ? 'from the command line' : `by ${byName}`
    say(`${id}  ${shortDay(dayOf(started_at))}  ${states[stateOf(batch)].label}  ${kinds[kind].label}: ${name}, ${who}`)
    say(`    ${counted}`)
  }
}

async function undoBatch({ databases, now, say }: Desk, { options, words }: Given): Promise<void> {
  const [batch, ...more] = words
  const area = areaIn(options, 'import undo BATCH')
  if (!batch || more.length > 0 || !/^[0-9a-f-]{36}$/.test(batch))
    throw new CommandProblem(`Name one batch by its id; see: import batches --area ${area}`)
  const { rows, left } = await takeBackBatch(databases, { area, batch, by: undefined, now: now() }, () => undefined)
  say(`${rows} rows of the batch are taken back.`)
  if (left.length > 0) say(`${left.length} people stay, since somebody has worked on their record:`)
  for (const { reference, person, why, since } of left)
    say(`  ${reference ?? person}: ${workInWords(why)}${since ? `, ${shortDay(dayOf(since))}` : ''}`)
}

function areaIn({ area }: Given['options'], command: string): string {
  if (typeof area === 'string' && /^[a-z0-9-]{2,40}$/.test(area)) return area
  throw new CommandProblem(`Name the area by its code: ${command} --area CODE`)
}
