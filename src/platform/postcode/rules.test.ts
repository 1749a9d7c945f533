import { describe, expect, test } from 'vitest'
import { outwardOf, writtenPostcode } from './rules.ts'

describe('postcodes', () => {
  test.each([
    ['M1 1AE', 'M1 1AE'],
    ['cr2 6xh', 'CR2 6XH'],
    ['W1A0AX', 'W1A 0AX'],
    ['  ec1a  1bb ', 'EC1A 1BB'],
    ['dn55 1pt', 'DN55 1PT'],
    ['gir 0aa', 'GIR 0AA'],
    ['B33 8TH', 'B33 8TH'],
    ['S1 2 H H', 'S1 2HH'],
  ])('“%s” is %s', (typed, written) => {
    expect(writtenPostcode(typed)).toBe(written)
  })

  test.each([
    '',
    'LS10',
    'VA1 1AA',
    'Q1 1AA',
    'AI1 1AA',
    'AZ1 1AA',
    'AA9C 9AA',
    'A9I 9AA',
    'LS1O 4YU',
    'LS10 4YV',
    'LS10 4Y',
    '1AA M1',
    'M1 1AEE',
    'Ｍ1 1AE',
    'ZZ99 3VZ',
  ])('“%s” has not the shape of a postcode', (typed) => {
    expect(writtenPostcode(typed)).toBeUndefined()
  })

  test('the first half is known from a whole postcode and from itself', () => {
    expect(['gu16 7hf', 'GU16', 'w1a', 'EC1A1BB', 'GU', '16 7HF'].map(outwardOf)).toEqual([
      'GU16',
      'GU16',
      'W1A',
      'EC1A',
      undefined,
      undefined,
    ])
  })
})
