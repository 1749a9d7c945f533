import { existsSync, readFileSync, statSync } from 'node:fs'
import { type Command, CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import type { Databases } from '#platform/database/router.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { addPack } from '#registers/instruments/store.ts'
import { packable, readPack } from '#registers/packs/rules.ts'

type Desk = Readonly<{ databases: Databases; now: () => Temporal.Instant; say: (text: string) => void }>

/** The command by which an area adds a questionnaire that it holds a licence for. */
export function licenceCommands(within: (work: (desk: Desk) => Promise<void>) => Promise<void>): Commands {
  const options = { area: { type: 'string' }, instrument: { type: 'string' } } as const
  const who = { licence: { type: 'string' }, by: { type: 'string' } } as const
  const command: Command = {
    summary: 'Add a questionnaire that an area holds a licence for, switched off',
    usage: 'FILE.json --area CODE --instrument CODE --licence REFERENCE --by NAME',
    words: true,
    details: [
      'FILE.json is a FHIR R4 Questionnaire. A file with a fault is not kept, and each fault names its question. Somebody',
      'of the area switches it on afterwards. --licence is its number, from whom and until when; --by is your name.',
      '',
      'The instruments:',
      ...Object.entries(packable).map(([code, { label }]) => `  ${code.padEnd(10)} ${label}`),
    ].join('\n'),
    options: { ...options, ...who },
    run: (given) => within((desk) => bringIn(desk, given)),
  }
  return { 'import questionnaire': command }
}

const usual = 'import questionnaire FILE.json --area CODE --instrument CODE --licence REFERENCE --by NAME'

async function bringIn({ databases, now, say }: Desk, { options, words }: Given): Promise<void> {
  const [file, ...more] = words
  if (!file || more.length > 0) throw new CommandProblem(`Name one file: ${usual}`)
  const [area, code, licence, name] = ['area', 'instrument', 'licence', 'by'].map((option) => wordIn(options, option))
  if (!area || !code || !licence || !name) throw new CommandProblem(`Say all of it: ${usual}`)
  if (!/^[a-z0-9-]{2,40}$/.test(area)) throw new CommandProblem(`Name the area by its code: ${usual}`)
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandProblem(`There is no file ${file}.`)
  const read = readPack(readFileSync(file, 'utf8'), code)
  if (!read.ok)
    throw new CommandProblem(['The file was not kept:', ...read.faults.map((one) => `  ${one}.`)].join('\n'))
  const [id, at] = [newId(), now()]
  const added = await databases.databaseFor(area).transaction(async (db) => {
    const isNew = await addPack(db, { area, id, code, content: read.content, licence, by: { name }, at })
    const happening = { what: 'instruments.added', kind: 'act', subject: id, codes: { instrument: code } } as const
    if (isNew) writeEntry(db, { area, by: undefined, at, happening })
    return isNew
  })
  if (!added) throw new CommandProblem(`${area} has this version already, or there is no such area.`)
  say(`${packable[code]?.label ?? code} is added to ${area}, switched off. Switch it on under Area, Questionnaires.`)
}

function wordIn(options: Given['options'], name: string): string | undefined {
  const given = options[name]
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : undefined
}
