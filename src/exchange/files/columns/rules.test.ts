import { describe, expect, it } from 'vitest'
import {
  aDay,
  type Column,
  columnOf,
  type Columns,
  columnsOf,
  columnTwice,
  headingProblem,
  layoutOf,
  missingColumns,
} from './rules.ts'

const known: Columns<'given' | 'family' | 'born' | 'phone' | 'email'> = {
  columns: {
    given: { label: 'First name', also: ['Forename'], about: 'Needed' },
    family: { label: 'Last name', also: ['Surname'], about: 'Needed' },
    born: { label: 'Date of birth', also: ['DOB', 'D.O.B.'], about: aDay },
    phone: { label: 'Phone', also: ['Tel no'], about: 'A phone number' },
    email: { label: 'Email', also: ['E-mail'], about: 'An email address' },
  },
  needed: [
    { oneOf: ['given'], called: 'First name' },
    { oneOf: ['born'], called: 'Date of birth' },
    { oneOf: ['phone', 'email'], called: 'one of Phone or Email' },
  ],
}

const enough = ['Forename', 'SURNAME', 'D.O.B.', 'Tel no']

describe('The headings of a file', () => {
  it('are known in whatever letters, spaces and punctuation they are written', () => {
    expect(columnOf(' date-of_BIRTH ', known)).toBe('born')
    expect(columnOf('Tel. No.', known)).toBe('phone')
    expect(headingProblem(enough, known)).toBeUndefined()
  })

  it('mean one column each, under every name they may have', () => {
    for (const [key, { label, also }] of Object.entries<Column>(known.columns))
      for (const name of [label, ...also]) expect([name, columnOf(name, known)]).toEqual([name, key])
  })

  it('that are missing are named, all of them', () => {
    expect(headingProblem(['Forename', 'Surname', 'Shoe size'], known)).toBe(
      'The file has no column for: Date of birth; one of Phone or Email.',
    )
  })

  it('that mean the same are named rather than one of them being dropped', () => {
    expect(headingProblem([...enough, 'DOB'], known)).toBe(
      '“D.O.B.” and “DOB” both mean Date of birth: give one of them another name.',
    )
  })

  it('that mean nothing to us are said', () => {
    expect(layoutOf([...enough, 'Shoe size', ''], known).unread).toEqual(['Shoe size'])
    expect(columnsOf(['Forename', 'Shoe size'], known)).toEqual(['given', undefined])
  })

  it('stand for what somebody chose, whatever they are called', () => {
    const headings = ['Who', 'Forename', 'Shoe size']
    const layout = layoutOf(headings, known, ['given', undefined, undefined])

    expect([layout.at('given'), layout.called('given')]).toEqual([0, 'Who'])
    expect(layout.unread).toEqual(['Forename', 'Shoe size'])
    expect(missingColumns(['given', 'born'], known)).toEqual(['one of Phone or Email'])
    expect(columnTwice(['born', 'phone', 'born'], known)).toEqual({ place: 2, column: 'Date of birth' })
    expect(columnTwice(['born', undefined, undefined], known)).toBeUndefined()
  })
})
