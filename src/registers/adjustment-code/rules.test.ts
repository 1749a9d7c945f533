import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allNeeds } from '#registers/access-needs/rules.ts'
import { adjustmentBundle, codedNeeds, metBy, needCodes } from './rules.ts'

const rows = readFileSync('data/reasonable-adjustments.csv', 'utf8').trim().split('\n').slice(1)
const national = new Set(rows.map((row) => row.split(',').slice(0, 2).join(' ')))

describe('The flag of what somebody needs', () => {
  it('gives each code to a need we ask, and each stands in the national list in the same group', () => {
    expect(Object.keys(needCodes).filter((need) => !(need in allNeeds))).toEqual([])
    const wrong = codedNeeds(Object.keys(needCodes)).filter(({ category, code }) => {
      const group = category.startsWith('adjustments-') ? 'adjustments' : category
      return !national.has(`${group} ${code ?? ''}`)
    })
    expect(wrong).toEqual([])
  })

  it('is one flag that names the others, in words where there is no code', () => {
    const needs = ['large-print', 'aphasia-format']
    const about = { person: 'one', nhsNumber: '9000000009', note: null, reviewedOn: null }
    const { entry } = adjustmentBundle({ ...about, needs })

    expect(entry).toHaveLength(3)
    expect(JSON.stringify(entry[0])).toContain('"reference":"Flag/large-print"')
    expect(JSON.stringify(entry[1])).toContain('"code":"957331000000109"')
    expect(JSON.stringify(entry[2])).not.toContain('snomed')
    expect(metBy('large-print')).toBe('Letters are printed in 20 point')
  })
})
