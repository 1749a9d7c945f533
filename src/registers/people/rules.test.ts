import { describe, expect, it } from 'vitest'
import { nhsNumber, spokenNhsNumber } from './rules.ts'

// Modulus 11 as the NHS Data Dictionary has it; synthetic and public example numbers only.
const right = [
  ['9000000009', '9000000009'],
  ['9000000025', '9000000025'],
  ['9449304424', '9449304424'],
  ['9658218873', '9658218873'],
  ['4010232137', '4010232137'],
  ['9912003888', '9912003888'],
  ['9434765919', '9434765919'],
  ['900-000-0009', '9000000009'],
  ['900 000 0009', '9000000009'],
  // The remainder is nought: a check digit of 11 is written 0.
  ['9000612330', '9000612330'],
] as const

const wrong = [
  ['9000000008', 'a wrong check digit'],
  ['90000000090', 'eleven digits'],
  ['', 'nothing'],
  ['１２３４５６７８９０', 'full-width digits'],
  ['1012345670', 'nine digits to which no check digit belongs'],
  ['1197530720', 'nine digits to which no check digit belongs'],
  ['1222222060', 'nine digits to which no check digit belongs'],
  ['9494304424', 'two digits changed round'],
  ['9449034424', 'two digits changed round'],
  ['9449304244', 'two digits changed round'],
  ['0000000000', 'ten noughts'],
] as const

describe('An NHS number', () => {
  it.each(right)('is read from %s', (given, digits) => {
    expect(nhsNumber(given)).toBe(digits)
  })

  it.each(wrong)('is not %s: %s', (given) => {
    expect(nhsNumber(given)).toBeUndefined()
  })

  it('is read out in three, three and four digits', () => {
    expect(spokenNhsNumber('9434765919')).toBe('943 476 5919')
  })
})
