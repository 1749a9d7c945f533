import { describe, expect, it } from 'vitest'
import { columnOf, columns, headingProblem, layoutOf } from './rules.ts'

const enough = ['Forename', 'SURNAME', 'D.O.B.', 'Referral source', 'Date of referral', 'Tel no', 'Post code']

describe('The headings of a file', () => {
  it('are known in whatever letters, spaces and punctuation they are written', () => {
    expect(columnOf(' date-of_BIRTH ')).toBe('bornOn')
    expect(columnOf('Tel. No.')).toBe('phone')
    expect(headingProblem(layoutOf(enough))).toBeUndefined()
  })

  it('mean one column each, under every name they may have', () => {
    for (const [key, { label, also }] of Object.entries(columns))
      for (const name of [label, ...also]) expect([name, columnOf(name)]).toEqual([name, key])
  })

  it('that are missing are named, all of them', () => {
    expect(headingProblem(layoutOf(['Forename', 'Surname', 'Telephone']))).toBe(
      'The file has no column for: Date of birth; Route; Received on; one of Postcode, GP practice or No fixed address.',
    )
  })

  it('that mean the same are named rather than one of them being dropped', () => {
    expect(headingProblem(layoutOf([...enough, 'DOB']))).toBe(
      '“D.O.B.” and “DOB” both mean Date of birth: give one of them another name.',
    )
  })

  it('that mean nothing to us are said', () => {
    expect(layoutOf([...enough, 'Shoe size', '']).unread).toEqual(['Shoe size'])
  })
})
