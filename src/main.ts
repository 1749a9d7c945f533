import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import {
  type Command,
  CommandProblem,
  type Commands,
  type Given,
  numberOption,
  runCommand,
} from '#platform/command/command.ts'
import { openRunning, type Running } from '#platform/database/running.ts'
import { schemaProblems, writeSchema } from '#platform/database/schema.ts'
import { scratchDatabase } from '#platform/database/scratch.ts'
import { listAuthors } from '#registers/membership/store.ts'
import { findKept } from '#journey/winding-up/store.ts'
import { exportCommands, type ExportParts } from '#platform/export/commands.ts'
import { listen } from '#platform/http/listening.ts'
import { stylesheetProblems, writeStylesheet } from '#platform/html/stylesheet.ts'
import { languageCommands } from '#platform/language/commands.ts'
import { journalCommands } from '#platform/journal/commands.ts'
import { startWorkers } from '#platform/jobs/worker.ts'
import { openLog } from '#platform/log.ts'
import { readSettings, type Settings, SettingsProblem } from '#platform/settings.ts'
import { listEveryArea } from '#registers/areas/store.ts'
import { populate } from '#exchange/population/import.ts'
import { importCommands, placeCommands } from './importing.ts'
import { clientCommands } from './client-creating.ts'
import { setUp, setUpOptions } from './setting-up.ts'
import { buildProduct, prepareDatabase } from './app.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const commands: Commands = {
  serve: {
    summary: 'Start the product (what npm start does)',
    usage: '',
    run: () => serve(),
  },
  migrate: {
    summary: 'Bring the database to this version',
    usage: '',
    run: () => withDatabase(async () => say('The database is at this version.')),
  },
  setup: {
    summary: 'Begin real use: the first area and its administrator',
    usage:
      '--area CODE --name NAME --organisation NAME --administrator NAME --email ADDRESS [--kind board] [--board CODE ...]',
    details: [
      'Makes the area, the organisation that receives referrals and the administrator, and prints a link. Whoever opens it',
      'signs in, with whichever account they have, and is the administrator, who invites everybody else. The link works once',
      'and for seven days; an account of which the provider has verified the address given needs no link. Run it again with',
      '--area alone for a new link, until the administrator has signed in. --board, as often as needed, names a board whose',
      'people the area serves, by its ODS code. --kind says what the organisation is: board or council (controller of the',
      'records), or provider (processor).',
    ].join('\n'),
    options: setUpOptions,
    run: (given) =>
      withDatabase(async ({ databases }, { origin }) =>
        say(await setUp({ databases, origin, now: Temporal.Now.instant() }, given)),
      ),
  },
  ...clientCommands((work) => withDatabase(async ({ databases }, { origin }) => say(await work(databases, origin)))),
  population: {
    summary: 'Fill the database with made-up areas and people',
    usage: '[--areas 15] [--people 200000] [--seed 1]',
    details: 'The same seed gives the same people. Refused in production: made-up people never stand beside real ones.',
    options: { areas: { type: 'string' }, people: { type: 'string' }, seed: { type: 'string' } },
    run: (given) => fillPopulation(given),
  },
  ...importCommands((work) =>
    withDatabase(({ databases }) =>
      work({ databases, now: () => Temporal.Now.instant(), say, progress: showProgress }).finally(endProgress),
    ),
  ),
  ...placeCommands(
    (work) =>
      withDatabase(async ({ homes }) => {
        for (const { directUrl } of homes) await work(directUrl).finally(endProgress)
      }),
    { say, progress: showProgress },
  ),
  schema: checkedIn('the schema dump and the types made from it', {
    problems: () => scratchDatabase(settings(), schemaProblems),
    write: () => scratchDatabase(settings(), writeSchema),
  }),
  ...journalCommands(withAreas),
  ...exportCommands(withAreas),
  ...languageCommands,
  stylesheet: checkedIn('the stylesheet', { problems: stylesheetProblems, write: writeStylesheet }),
}

/** Runs what asks which areas there are. */
async function withAreas(work: (parts: ExportParts) => Promise<void>): Promise<void> {
  await withDatabase(async ({ databases }) => {
    const areas = async () => (await listEveryArea(databases.everywhere)).map(({ area }) => area)
    const asked = { keptBy: findKept, membersOf: listAuthors }
    await work({ databases, areas, ...asked, now: () => Temporal.Now.instant(), say })
  })
}

/** A command that writes a checked-in file, or with --check says what differs. */
function checkedIn(what: string, work: { problems: () => Promise<string[]>; write: () => Promise<void> }): Command {
  return {
    summary: `Write ${what}, or compare with --check`,
    usage: '[--check]',
    options: { check: { type: 'boolean' } },
    run: async ({ options }) => {
      if (options['check'] !== true) return work.write()
      const problems = await work.problems()
      if (problems.length > 0)
        throw new CommandProblem(`${problems.join(' ')} Run the same command without --check and look at what changed.`)
    },
  }
}

function settings(): Settings {
  return readSettings(process.env, root)
}

async function withDatabase(work: (running: Running, settings: Settings) => Promise<void>): Promise<void> {
  const chosen = settings()
  const running = await openRunning(chosen, { prepare: prepareDatabase })
  try {
    await work(running, chosen)
  } finally {
    await running.stop()
  }
}

async function fillPopulation(given: Given): Promise<void> {
  const wanted = {
    areas: numberOption(given, 'areas', 1, 15),
    people: numberOption(given, 'people', 300, 5_000_000),
    seed: numberOption(given, 'seed', 1, 1_000_000),
    now: Temporal.Now.instant(),
  }
  if (settings().environment === 'production')
    throw new CommandProblem('Made-up people are refused where WORKWELL_ENV is production.')
  await withDatabase(async ({ databases }) => {
    const there = await listEveryArea(databases.everywhere)
    if (there.length > 0)
      throw new CommandProblem(
        `Made-up people go into an empty database only, and this one has ${there.map(({ area }) => area).join(', ')}: name another by WORKWELL_HOME or DATABASE_URL.`,
      )
    const began = performance.now()
    const done = await populate(databases, wanted, showProgress)
    endProgress()
    say(`${done} made-up people in ${wanted.areas} areas, in ${Math.round(performance.now() - began) / 1000} seconds.`)
  })
}

// Somebody who has just installed the product finds an area at work, with nobody real in it.
async function fillOnFirstStart({ databases }: Running): Promise<void> {
  const areas = await listEveryArea(databases.everywhere)
  if (areas.length > 0) return
  say('First start: filling an area with made-up people.')
  await populate(databases, { areas: 1, people: 400, seed: 1, now: Temporal.Now.instant() }, () => undefined)
}

function showProgress(done: number, of: number): void {
  if (!process.stdout.isTTY) return
  const width = 40
  const full = Math.round((done / of) * width)
  process.stdout.write(`\r[${'#'.repeat(full)}${' '.repeat(width - full)}] ${done} of ${of}`)
}

function endProgress(): void {
  if (process.stdout.isTTY) process.stdout.write('\n')
}

async function serve(): Promise<void> {
  const chosen = settings()
  const log = openLog(chosen.logLevel)
  const running = await openRunning(chosen, {
    prepare: prepareDatabase,
    onLost: (cause) => log.warn({ err: cause }, 'database connection lost'),
  })
  // In this order: take nothing new, finish what was accepted, then let go of the database.
  const stops: (() => Promise<unknown>)[] = [running.stop]
  const stop = async () => {
    for (const one of stops.splice(0)) await one()
  }
  // From here on, so that whoever changes their mind during a long first start leaves nothing running.
  const told = stopWhenTold(stop)
  try {
    await begin({ chosen, log, running }, (one) => stops.unshift(one))
  } catch (cause) {
    if (told()) return
    await stop()
    throw cause
  }
}

type Beginning = Readonly<{ chosen: Settings; log: Logger; running: Running }>

/** Serves pages and works the queue; what has begun says how it is stopped again. */
async function begin(
  { chosen, log, running }: Beginning,
  begun: (stop: () => Promise<unknown>) => void,
): Promise<void> {
  const now = () => Temporal.Now.instant()
  const { databases, homes } = running
  if (chosen.environment === 'demo') await fillOnFirstStart(running)
  if (chosen.providers.length === 0 && !chosen.standIn)
    log.warn('nobody can sign in: WORKWELL_PROVIDERS names no provider')
  const product = await buildProduct({ settings: chosen, databases, now, log })
  if (chosen.worker) {
    const worker = await startWorkers({
      ...product,
      databases,
      queues: homes.map((home) => ({ directUrl: home.directUrl, areas: () => product.areasIn(home) })),
      now,
      log: (level, message) => log[level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'](message),
    })
    begun(worker.stop)
  }
  begun(() => product.fastify.close())
  const address = await listen(product.fastify, chosen)
  say(`WorkWell is ready at ${address.replace('127.0.0.1', 'localhost')}`)
}

/** Stops in good order when the process is told to; gives whether it was. */
function stopWhenTold(stop: () => Promise<void>): () => boolean {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (cause: unknown) => fail(cause),
      )
    })
  }
  return () => stopping
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(cause: unknown): never {
  const known = cause instanceof CommandProblem || cause instanceof SettingsProblem
  process.stderr.write(`${known ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.exit(1)
}

const [, , ...words] = process.argv
runCommand(commands, words.length > 0 ? words : ['serve']).then(() => undefined, fail)
