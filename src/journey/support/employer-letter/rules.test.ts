import { describe, expect, it } from 'vitest'
import { linesTo } from './rules.ts'

const jo = { contact: 'Jo Ray', organisation: 'Hillside Bakery' }

describe('A letter to an employer', () => {
  it('is addressed to somebody at their employer, and names nobody twice', () => {
    expect(linesTo({ ...jo, postal: '4 Mill Lane\nLeeds\nLS1 1AA' })).toEqual([
      ...['Jo Ray', 'Hillside Bakery', '4 Mill Lane', 'Leeds', 'LS1 1AA'],
    ])
    expect(linesTo({ ...jo, postal: 'Hillside bakery, 4 Mill Lane' })).toEqual([
      ...['Jo Ray', 'Hillside bakery', '4 Mill Lane'],
    ])
  })

  it('names them alone where it is handed over', () => {
    expect(linesTo({ ...jo, postal: null })).toEqual(['Jo Ray', 'Hillside Bakery'])
  })
})
