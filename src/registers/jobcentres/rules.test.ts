import { describe, expect, it } from 'vitest'
import { codeFor, officesIn } from './rules.ts'

const from = Temporal.PlainDate.from('2026-01-05')
const read = (...lines: string[]) =>
  officesIn(
    lines.map((line) => line.split(',')),
    from,
  )

describe('A list of Jobcentres', () => {
  it('is read by the names of its columns, in any order', () => {
    const { offices, refused } = read('Postcode,Office name,Code,Open', 'ls1 4ap,Leeds Park Place,lds,1/4/2025')

    expect(refused).toEqual([])
    expect(offices).toMatchObject([{ code: 'LDS', name: 'Leeds Park Place', postcode: 'LS14AP', district: null }])
    expect(offices[0]?.fromOn.toString()).toBe('2025-04-01')
  })

  it('takes the day that was entered where it has none, and makes a code from the name', () => {
    const { offices } = read('Name', 'Bolton (Great Moor)')

    expect(offices).toMatchObject([{ code: 'BOLTON-GREAT-MOOR', fromOn: from, untilOn: null }])
    expect(codeFor('Ynys Môn')).toBe('YNYS-MON')
  })

  it('gives a row back with its reason, and takes the others', () => {
    const { offices, refused } = read(
      ...['Name,Code,Postcode,From', 'Leeds,LDS,,', ',XXX,,', 'Hull,HUL,nowhere,', 'York,YRK,,31/31/2026'],
      'Leeds again,LDS,,',
    )

    expect(offices.map(({ code }) => code)).toEqual(['LDS'])
    expect(refused).toEqual([
      { line: 3, why: 'The name of the Jobcentre is missing or too long.' },
      { line: 4, why: '“nowhere” is not a postcode.' },
      { line: 5, why: 'A date cannot be read: write it as 27/3/2026 or 2026-03-27.' },
      { line: 6, why: 'The list has LDS twice.' },
    ])
  })

  it('says what is missing where no column names the offices', () => {
    expect(read('Town,Street', 'Leeds,Park Place').refused[0]?.why).toContain('“Name”')
  })
})
