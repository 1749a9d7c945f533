import { describe, expect, it } from 'vitest'
import { catalogueIn, digestOf } from './catalogues.ts'
import { translated } from './rules.ts'
import { sayIn } from './say.ts'

const placesIn = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].toSorted()
const catalogues = translated.map((code) => [code, catalogueIn(code)] as const)
const english = Object.keys(catalogues[0]?.[1].messages ?? {}).toSorted()

describe('A language', () => {
  it.each(catalogues)('%s says everything that the others say', (_code, { messages }) => {
    expect(Object.keys(messages).toSorted()).toEqual(english)
  })

  it.each(catalogues)('%s keeps every value where the English has one', (code, { messages }) => {
    for (const [text, translation] of Object.entries(messages)) {
      expect([text, placesIn(translation)]).toEqual([text, placesIn(text)])
      expect(() => sayIn(code).parts(text, Object.fromEntries(placesIn(text).map((name) => [name, 1])))).not.toThrow()
    }
  })

  it('says a day, and what is near, in its own words', () => {
    const today = Temporal.PlainDate.from('2026-01-05')

    expect(sayIn('en').day(today)).toBe('5 January 2026')
    expect(sayIn('pl').day(today)).toBe('5 stycznia 2026')
    expect(sayIn('cy').dayInWords(today.add({ days: 1 }), today)).toBe('yfory')
    expect(sayIn('ar').day(today)).toContain('2026')
    expect(sayIn('en').dayInWords(today.add({ days: 2 }), today)).toBe('Wednesday 7 January 2026')
  })

  it('counts by its own plural rules', () => {
    const text = '{n, plural, one {# message} other {# messages}}'

    expect([1, 2].map((n) => sayIn('en')(text, { n }))).toEqual(['1 message', '2 messages'])
  })

  it('says in English what nobody has translated', () => {
    expect(sayIn('pl')('A sentence that nobody has translated')).toBe('A sentence that nobody has translated')
  })

  it('is signed for the very texts it holds, or it is a draft', () => {
    expect(digestOf({ a: 'x', b: 'y' })).toBe(digestOf({ b: 'y', a: 'x' }))
    expect(digestOf({ a: 'x', b: 'y' })).not.toBe(digestOf({ a: 'x', b: 'z' }))
  })
})
