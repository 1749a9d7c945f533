import { readFileSync } from 'node:fs'
import { CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { breakInWords, headIn, headLine, type Head } from './seal-rules.ts'
import { findHead } from './sealer.ts'
import { verify } from './verify.ts'

/** What the commands run on: the open databases and the areas there are. */
export type JournalParts = Readonly<{
  databases: Databases
  areas: () => Promise<readonly string[]>
  now: () => Temporal.Instant
  say: (line: string) => void
}>

type With = (work: (parts: JournalParts) => Promise<void>) => Promise<void>

/** Proves from the command line that nobody changed the journal, and hands out the heads that prove it later. */
export function journalCommands(withParts: With): Commands {
  return {
    'journal verify': {
      summary: 'Look through the journal for entries that were changed, taken away or added',
      usage: '[--area CODE] [--heads FILE]',
      details: '--heads compares with the heads that "journal heads" gave out earlier and that were kept elsewhere.',
      options: { area: { type: 'string' }, heads: { type: 'string' } },
      run: (given) => withParts((parts) => verifyAreas(parts, given)),
    },
    'journal heads': {
      summary: 'Say the newest seal of each area, to be kept outside the database',
      usage: '[--area CODE]',
      options: { area: { type: 'string' } },
      run: (given) => withParts((parts) => sayHeads(parts, given)),
    },
  }
}

async function verifyAreas(parts: JournalParts, given: Given): Promise<void> {
  const heads = headsFrom(given.options['heads'])
  for (const area of await chosenAreas(parts, given)) {
    const found = await parts.databases.databaseFor(area).transaction((db) => verify(db, area, heads))
    if (found.firstBreak) throw new CommandProblem(breakInWords(area, found.firstBreak))
    const minutes = found.oldestUnsealedAt && Math.round(found.oldestUnsealedAt.until(parts.now()).total('minutes'))
    const waiting = minutes === undefined ? 'none waits' : `${found.unsealed} wait, the oldest for ${minutes} minutes`
    parts.say(`${area}: ${found.entries} entries in ${found.seals} seals, unbroken; ${waiting}.`)
  }
}

async function sayHeads(parts: JournalParts, given: Given): Promise<void> {
  for (const area of await chosenAreas(parts, given)) {
    const head = await parts.databases.databaseFor(area).transaction((db) => findHead(db, area))
    if (head) parts.say(headLine(head))
  }
}

async function chosenAreas({ areas }: JournalParts, { options }: Given): Promise<readonly string[]> {
  const all = await areas()
  const wanted = options['area']
  if (wanted === undefined) return all
  if (!all.some((area) => area === wanted)) throw new CommandProblem(`There is no area "${String(wanted)}".`)
  return all.filter((area) => area === wanted)
}

function headsFrom(file: unknown): readonly Head[] {
  if (typeof file !== 'string') return []
  const lines = readLines(file).filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    const head = headIn(line)
    if (!head) throw new CommandProblem(`Line ${index + 1} of ${file} is not a head as "journal heads" writes it.`)
    return head
  })
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (cause) {
    throw new CommandProblem(`The file ${file} cannot be read.`, { cause })
  }
}
