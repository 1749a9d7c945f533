import { describe, expect, it } from 'vitest'
import { type Instrument, instruments } from '#registers/instruments/rules.ts'
import { keptHere, saysWho } from './rules.ts'

// A pack of this area with the wording of another, where it is the third that was added.
const licensed: Instrument = {
  ...{ code: 'wsas', label: 'WSAS', version: 3, canonical: 'urn:example:wsas|1', lede: '', source: '', optional: true },
  items: { 'home-1': { text: 'Made up', answers: { 6: { label: '6', value: 6 } } } },
}
const given = {
  ...{ instrument: 'wsas', version: 1, canonical: 'urn:example:wsas|1', typedIn: false, score: 21 },
  items: { 'home-1': '6', 'social-1': '6' },
}

describe('An answer that was given in another area', () => {
  it('is kept whole where this area asks the same wording, under the number it has here', () => {
    expect(keptHere(given, [licensed])).toMatchObject({ version: 3, chosen: given.items, typedIn: false })
  })

  it('leaves its answers behind where the licence is not held here: its score alone is kept', () => {
    const alone = { version: 0, canonical: null, typedIn: true, chosen: {}, score: 21 }

    expect(keptHere(given, [])).toMatchObject(alone)
    expect(keptHere({ ...given, canonical: 'urn:example:wsas|2' }, [licensed])).toMatchObject(alone)
    expect(keptHere({ ...given, typedIn: true }, [licensed])).toMatchObject(alone)
  })

  it('is kept whole in any version of a wording that comes with the product', () => {
    const today = { instrument: 'work-ability', version: 1, canonical: null, typedIn: false, score: null }
    const asked = [instruments['work-ability']]

    expect(keptHere({ ...today, items: { today: '4' } }, asked)).toMatchObject({ chosen: { today: '4' }, version: 1 })
  })

  it('is not kept where neither its wording nor its scale is known here', () => {
    expect(keptHere({ ...given, instrument: 'something-else' }, [licensed])).toBeUndefined()
    expect(keptHere({ ...given, score: null }, [])).toBeUndefined()
  })
})

describe('A reason that another area reads', () => {
  const may = { given_name: 'May', family_name: 'Will-Ó Briain', preferred_name: null }

  it('says who somebody is by any of their names, however they are written', () => {
    expect(saysWho('Asked by May.', may)).toBe(true)
    expect(saysWho('near the o briain family', may)).toBe(true)
    expect(saysWho('Mayfair is where they go', may)).toBe(false)
  })

  it('may have a word in it that is also a name', () => {
    expect(saysWho('They will move in spring and may need a lift', may)).toBe(false)
  })
})
