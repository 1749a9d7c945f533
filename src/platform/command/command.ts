import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

/** What was asked on the command line cannot be done, said in one sentence. */
export class CommandProblem extends Error {}

/** What a command was given: its options by name and the words after them. */
export type Given = Readonly<{
  options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  words: readonly string[]
}>

/** One thing the command line can do. */
export type Command = Readonly<{
  summary: string
  usage: string
  details?: string
  options?: ParseArgsOptionsConfig
  /** Takes words after its options, such as the name of a file; a word too many is a mistake where it does not. */
  words?: true
  run(given: Given): Promise<void>
}>

export type Commands = Readonly<Record<string, Command>>

/** Finds the command in the words and runs it; anything unclear is one sentence and a non-zero exit. */
export async function runCommand(commands: Commands, words: readonly string[]): Promise<void> {
  const [first = '--help'] = words
  if (first === '--help' || first === '-h' || first === 'help') return print(overview(commands))
  const found = Object.entries(commands).find(([name]) => name === words.slice(0, name.split(' ').length).join(' '))
  if (!found) throw new CommandProblem(`There is no command "${first}". See: npm run workwell -- --help`)
  const [name, command] = found
  const rest = words.slice(name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) return print(explained(name, command))
  const asked = given(name, command, rest)
  const [extra] = command.words ? [] : asked.words
  if (extra !== undefined)
    throw new CommandProblem(
      `${name} does not know what to do with "${extra}". See: npm run workwell -- ${name} --help`,
    )
  await command.run(asked)
}

function given(name: string, command: Command, rest: readonly string[]): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: command.options ?? {},
      allowPositionals: true,
    })
    // Checked: text, whether it was given, or a list of texts is all that an option can be declared as.
    return { options: values as Given['options'], words: positionals }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('.')[0] : String(cause)
    throw new CommandProblem(`${reason}. See: npm run workwell -- ${name} --help`, { cause })
  }
}

/** A whole number given as an option, or the usual one. */
export function numberOption({ options }: Given, name: string, usual: number, most: number): number {
  const text = options[name]
  if (text === undefined) return usual
  const number = Number(text)
  if (!/^\d+$/.test(String(text)) || number < 1 || number > most) {
    throw new CommandProblem(`--${name} must be a whole number from 1 to ${most}.`)
  }
  return number
}

function overview(commands: Commands): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return ['WorkWell', '', ...lines, '', 'Each takes --help.', ''].join('\n')
}

function explained(name: string, { summary, usage, details }: Command): string {
  return [summary, '', `  npm run workwell -- ${name} ${usage}`.trimEnd(), ...(details ? ['', details] : []), ''].join(
    '\n',
  )
}

function print(text: string): void {
  process.stdout.write(text)
}
