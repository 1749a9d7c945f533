import { fileURLToPath } from 'node:url'
import { type Command, CommandProblem, type Commands, runCommand } from '#platform/command/command.ts'
import { openRunning, type Running } from '#platform/database/running.ts'
import { schemaProblems, writeSchema } from '#platform/database/schema.ts'
import { scratchDatabase } from '#platform/database/scratch.ts'
import { stylesheetProblems, writeStylesheet } from '#platform/html/stylesheet.ts'
import { journalCommands } from '#platform/journal/commands.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { openLog } from '#platform/log.ts'
import { readSettings, type Settings, SettingsProblem } from '#platform/settings.ts'
import { listAreas } from '#registers/areas/store.ts'
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
  schema: checkedIn('the schema dump and the types made from it', {
    problems: () => scratchDatabase(settings(), schemaProblems),
    write: () => scratchDatabase(settings(), writeSchema),
  }),
  ...journalCommands((work) =>
    withDatabase(async ({ databases }) => {
      const areas = async () => (await databases.national(listAreas)).map(({ area }) => area)
      await work({ databases, areas, now: () => Temporal.Now.instant(), say })
    }),
  ),
  stylesheet: checkedIn('the stylesheet', { problems: stylesheetProblems, write: writeStylesheet }),
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

async function serve(): Promise<void> {
  const chosen = settings()
  const log = openLog(chosen.logLevel)
  const running = await openRunning(chosen, {
    prepare: prepareDatabase,
    onLost: (cause) => log.warn({ err: cause }, 'database connection lost'),
  })
  const now = () => Temporal.Now.instant()
  const product = await buildProduct({ settings: chosen, databases: running.databases, now, log })
  const worker = chosen.worker
    ? await startWorker({
        ...product,
        databases: running.databases,
        directUrl: running.ownerUrl,
        now,
        log: (level, message) => log[level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'](message),
      })
    : undefined
  const address = await product.fastify.listen({ port: chosen.port, host: chosen.host })
  say(`WorkWell is ready at ${address.replace('127.0.0.1', 'localhost')}`)
  stopOnce(async () => {
    // In this order: take nothing new, finish what was accepted, then let go of the database.
    await product.fastify.close()
    await worker?.stop()
    await running.stop()
  })
}

function stopOnce(stop: () => Promise<void>): void {
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
