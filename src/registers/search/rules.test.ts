import { describe, expect, it } from 'vitest'
import { reasonNotToSearch, wantedIn } from './rules.ts'

describe('What somebody looks for', () => {
  it.each([
    ['943 476 5919', { nhsNumber: '9434765919', meansKey: '9434765919' }],
    ['07700 900123', { meansKey: '7700900123' }],
    ['+44 7700 900123', { meansKey: '7700900123' }],
    [' Sam@Example.org ', { meansKey: 'sam@example.org' }],
    ['o’neill zoë', { name: 'o’neill zoë' }],
    ['WW-2345-678', { name: 'WW-2345-678' }],
  ])('is read from %s', (typed, wanted) => {
    expect(wantedIn(typed)).toEqual(wanted)
  })

  it('is more than one letter, and a whole number', () => {
    expect(reasonNotToSearch('o')).toContain('2 letters')
    expect(reasonNotToSearch('%')).toContain('2 letters')
    expect(reasonNotToSearch('94347')).toContain('whole number')
    expect(reasonNotToSearch('Ng')).toBeUndefined()
  })
})
