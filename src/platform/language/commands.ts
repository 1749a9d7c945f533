import { writeFileSync } from 'node:fs'
import { CommandProblem, type Commands, type Given } from '#platform/command/command.ts'
import { catalogueFile, catalogueIn, digestOf } from './catalogues.ts'
import { type Language, languageNamed, languages, translated } from './rules.ts'

/** Lets a translator put their name to a language: until then every page in it says that it is a draft. */
export const languageCommands: Commands = {
  'language sign': {
    summary: 'Say who has checked a translation, as it stands now',
    usage: `${translated.join('|')} --by "NAME, WHAT THEY ARE"`,
    details: 'A change to any text of the language afterwards makes it a draft again.',
    options: { by: { type: 'string' } },
    words: true,
    run: sign,
  },
}

async function sign({ options, words }: Given): Promise<void> {
  const language = signable(words)
  const { by } = options
  if (typeof by !== 'string' || by.trim().length < 3) {
    throw new CommandProblem('Say who has checked the translation: --by "NAME, WHAT THEY ARE"')
  }
  const catalogue = catalogueIn(language)
  const digest = digestOf(catalogue.messages)
  const on = Temporal.Now.plainDateISO('Europe/London').toString()
  const signed = { ...catalogue, signed: { by: by.trim(), on, digest } }
  writeFileSync(catalogueFile(language), `${JSON.stringify(signed, undefined, 2)}\n`)
}

function signable([word, ...more]: readonly string[]): Language {
  const language = languageNamed(word)
  if (!language || language === 'en' || more.length > 0) {
    const known = translated.map((code) => `${code} (${languages[code].label})`).join(', ')
    throw new CommandProblem(`Name one language: ${known}.`)
  }
  return language
}
