import { describe, expect, it } from 'vitest'
import { type Happening, newestOf, placeFrom, shortened, whenInWords, within, writtenPlace } from './rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const told = (id: string, moment: string): Happening => ({ id, kind: 'contact', at: at(moment), by: null, what: id })

describe('A timeline', () => {
  it('puts together what several stages tell, the newest first, and of one moment the later written first', () => {
    const contacts = [told('c', '2026-01-05T10:00:00Z'), told('a', '2026-01-03T10:00:00Z')]
    const messages = [told('b', '2026-01-03T10:00:00Z')]

    expect(newestOf([contacts, messages], 5).shown.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(newestOf([contacts, messages], 5).older).toBeUndefined()
  })

  it('goes on before the last that a page shows', () => {
    const contacts = [told('b', '2026-01-05T10:00:00Z'), told('a', '2026-01-03T10:00:00Z')]

    expect(newestOf([contacts], 1)).toMatchObject({ shown: [{ id: 'b' }], older: { id: 'b' } })
  })

  it('reads the place in an address as it was written, and nothing else', () => {
    const place = { at: at('2026-01-05T10:00:00.123456Z'), id: '01a207ae-0000-7947-82d2-9068aa52f852' }

    expect(placeFrom(writtenPlace(place))).toEqual(place)
    expect(placeFrom('yesterday')).toBeUndefined()
    expect(placeFrom(null)).toBeUndefined()
  })

  it('shows a time only where one is known', () => {
    const now = at('2026-01-05T12:00:00Z')

    expect(whenInWords({ at: at('2026-01-05T10:00:00Z') }, now)).toBe('today 10:00')
    expect(whenInWords({ at: at('2026-01-04T23:59:00Z'), dayOnly: true }, now)).toBe('yesterday')
  })

  it('cuts long words at a gap', () => {
    expect(shortened('one two three', 9)).toBe('one two …')
    expect(shortened('one two', 9)).toBe('one two')
  })

  it('keeps capitals that are not of a beginning', () => {
    expect(within('By telephone')).toBe('by telephone')
    expect(within('NHS treatment')).toBe('NHS treatment')
    expect(within('Jobcentre Plus')).toBe('Jobcentre Plus')
  })
})
