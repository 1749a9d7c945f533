import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeOf, slices } from './architecture/order.ts'
import { bannedIn } from './architecture/rules/names.ts'

type Word = Readonly<{ word: string; meaning: string; folder: string; toCome: boolean }>

const root = resolve(import.meta.dirname, '..')
const words = wordsIn(readFileSync(join(root, 'docs/words.md'), 'utf8'))

function wordsIn(page: string): Word[] {
  return [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| `([^`|]+)`(, to come)? \|$/gm)].map(
    ([, word = '', meaning = '', folder = '', toCome]) => ({ word, meaning, folder, toCome: toCome !== undefined }),
  )
}

function unexplained(folders: readonly string[], known: readonly Word[]): string[] {
  const named = new Set(known.map(({ folder }) => folder))
  return folders
    .filter((folder) => !named.has(folder))
    .map((folder) => `docs/words.md says of no word that it lives in ${folder}: add a row for it`)
}

describe('the words of the service', () => {
  it('every slice has a word in docs/words.md', () => {
    expect(unexplained(slices, words)).toEqual([])
  })

  it('every word lives in a slice or a folder of the platform', () => {
    const homeless = words.filter(({ folder }) => placeOf(`src/${folder}/rules.ts`)?.folder !== folder)
    expect(homeless).toEqual([])
  })

  it('every word says whether the folder it lives in is there or to come', () => {
    const wrong = words.filter(({ folder, toCome }) => existsSync(join(root, 'src', folder)) === toCome)
    expect(wrong).toEqual([])
  })

  it('no word is explained twice, and none is a name we do not use', () => {
    const all = words.map(({ word }) => word)
    expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([])
    expect(all.flatMap(bannedIn)).toEqual([])
  })
})

describe('the check of the words was seen to fail', () => {
  it('a slice without a word is named in a sentence', () => {
    expect(unexplained(['journey/plan', 'journey/daydream'], words)).toEqual([
      'docs/words.md says of no word that it lives in journey/daydream: add a row for it',
    ])
  })

  it('a page without a table explains nothing', () => {
    expect(unexplained(slices, wordsIn('# Words\n'))).toHaveLength(slices.length)
  })

  it.each(['planUtils', 'ErrorHandler', 'person-data.ts', 'status2', 'isNotReady', 'referralService', 'caseManager'])(
    '%s is a banned name',
    (name) => {
      expect(bannedIn(name)).not.toEqual([])
    },
  )

  it.each([
    'plan',
    'findService',
    'serviceManager',
    'Database',
    'baseline',
    'processor',
    'information',
    'LocalService',
  ])('%s is not', (name) => {
    expect(bannedIn(name)).toEqual([])
  })
})
