import { describe, expect, it } from 'vitest'
import { breakdownCodes, crossingCodes, crossings } from '#programme/breakdown/rules.ts'
import { lastedColumns, listAddress, placeColumns, sections, workColumns } from './rules.ts'

describe('The page', () => {
  it('shows every breakdown in one place', () => {
    const shown = [
      ...Object.values(sections).flatMap(({ breakdowns }) => [...breakdowns]),
      ...Object.values(placeColumns).flatMap(({ columns }) => Object.keys(columns)),
      ...Object.keys({ ...workColumns, ...lastedColumns }),
      ...crossingCodes.flatMap((code) => [crossings[code].rows, crossings[code].columns]),
      ...['measured-start', 'measured-end'],
    ]
    expect(shown.toSorted()).toEqual(breakdownCodes.toSorted())
  })

  it('opens the cell of a table by both of its breakdowns', () => {
    const part = (breakdown: 'end-reason' | 'end-when', cell: string) => ({ breakdown, cell, without: false })
    expect(listAddress('2026-01', 'ended-early', [part('end-reason', 'moved'), part('end-when', 'after')])).toBe(
      '/monitoring/lists?month=2026-01&item=ended-early&by=end-reason&is=moved&and=end-when&being=after',
    )
  })
})
