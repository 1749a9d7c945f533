import { type Command, CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { columnsInWords } from '#exchange/files/columns/rules.ts'
import { importReferrals } from '#exchange/files/from-disk/import.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'

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
  }
}

function referrals(run: Command['run']): Command {
  return {
    summary: 'Bring in a file of referrals that another system exported',
    usage: 'FILE.csv --area CODE [--dry-run] [--refused FILE] [--source NAME]',
    details: [
      'Every row is taken, was here already, or is written to the file of returned rows with its reasons. --dry-run reads',
      'and counts without taking anything. A run that broke off goes on where it stopped; a file taken before gives nothing',
      'new. --source names the system whose references these are, where two systems number their rows alike.',
      '',
      'The columns, by any of their names, in any order; more in docs/importing.md:',
      ...columnsInWords(referralColumns).map((column) => `  ${column}`),
    ].join('\n'),
    options: {
      area: { type: 'string' },
      'dry-run': { type: 'boolean' },
      refused: { type: 'string' },
      source: { type: 'string' },
    },
    run,
  }
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

function areaIn({ area }: Given['options'], command: string): string {
  if (typeof area === 'string' && /^[a-z0-9-]{2,40}$/.test(area)) return area
  throw new CommandProblem(`Name the area by its code: ${command} --area CODE`)
}
