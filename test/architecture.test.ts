import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asSentence } from './architecture/fault.ts'
import { readMigrations } from './architecture/migrations.ts'
import { order, schemaOf } from './architecture/order.ts'
import { partOf } from './architecture/parts.ts'
import { planted } from './architecture/planted.ts'
import { type RuleName, rules } from './architecture/rules.ts'
import { notSeen, seenIn } from './architecture/rules/seen.ts'
import { schemasTwice } from './architecture/rules/tables.ts'
import { soundFiles } from './architecture/sound.ts'
import { look, readFiles, type Tree } from './architecture/tree.ts'

const root = resolve(import.meta.dirname, '..')
const tree = look(readFiles(root))
const sound = Object.entries(soundFiles)

const all: readonly RuleName[] = Object.keys(rules).filter((name): name is RuleName => name in rules)
const found = (seen: Tree) =>
  all.flatMap((rule) => rules[rule].check(seen).map(({ path, line }) => ({ rule, at: `${path}:${line}` })))

describe('the product keeps its architecture', () => {
  for (const { sentence, check } of Object.values(rules)) {
    it(sentence, () => {
      expect(check(tree).map(asSentence)).toEqual([])
    })
  }

  it('the checks saw the product', () => {
    expect(notSeen(tree).map(asSentence), `seen: ${JSON.stringify(seenIn(tree))}`).toEqual([])
  })

  it('the order names each slice once, and no two slices share a schema', () => {
    expect(new Set(order).size).toBe(order.length)
    expect(schemasTwice()).toEqual([])
  })

  it.each(Object.entries(partOf))('%s has no tables of its own and stands after its whole, %s', (part, whole) => {
    const made = [...readMigrations(root).values()].join('\n')

    expect(order.findIndex((name) => name === part)).toBeGreaterThan(order.findIndex((name) => name === whole))
    expect(made).not.toMatch(new RegExp(`create (schema ${schemaOf(part)};|table ${schemaOf(part)}\\.)`))
  })
})

describe('the checks were seen to fail', () => {
  it('a product in which everything is where it belongs has no fault', () => {
    expect(found(look(new Map(sound)))).toEqual([])
  })

  for (const { name, rule, at, text, beside } of planted) {
    it(`${rule} finds ${name}`, () => {
      const [path = ''] = at.split(':')
      const faulty = look(new Map([...sound, ...Object.entries(beside ?? {}), [path, text]]))
      expect(found(faulty)).toEqual([{ rule, at }])
    })
  }

  it('every rule has a fault planted for it', () => {
    expect(all.filter((rule) => !planted.some((one) => one.rule === rule))).toEqual([])
  })

  it('an empty tree is not taken for a sound one', () => {
    expect(notSeen(look(new Map())).map(({ what }) => what)).toContain('shows 0 files where at least 25 must be')
  })

  it('a store in which no SQL can be seen is not taken for a sound one', () => {
    const blind = look(
      new Map([...sound, ['src/journey/contact/store.ts', 'export const findContact = () => undefined\n']]),
    )
    expect(notSeen(blind).map(({ path }) => path)).toContain('src/journey/contact/store.ts')
  })

  it('text that cannot be parsed stops the check', () => {
    expect(() => look(new Map([['src/app.ts', 'const = 1']]))).toThrow('src/app.ts cannot be parsed')
  })
})
