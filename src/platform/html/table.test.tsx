import { describe, expect, it } from 'vitest'
import { PageNumbers } from './pagination.tsx'
import { shown, waitingColumns } from './samples.tsx'
import { type Sorting, Table } from './table.tsx'

const people = [
  { name: 'Priya', days: 3 },
  { name: 'Tom', days: 9 },
]
const waiting = {
  caption: 'Waiting',
  columns: waitingColumns,
  rowKey: (row: { name: string }) => row.name,
  empty: 'People appear here.',
}
const sort: Sorting = {
  by: 'days',
  direction: 'ascending',
  href: (by, direction) => `?sort=${by}&direction=${direction}`,
}

describe('a list', () => {
  it('that is empty says what will appear there', () => {
    const html = shown(<Table {...waiting} rows={[]} />)
    expect(html).toContain('People appear here.')
    expect(html).not.toContain('<table')
  })

  it('says what it is sorted by and turns the other way from there', () => {
    const html = shown(<Table {...waiting} rows={people} sort={sort} />)
    expect(html).toMatch(/aria-sort="ascending"><a[^>]* href="\?sort=days&amp;direction=descending"/)
    expect(html).toMatch(/aria-sort="none"><a[^>]* href="\?sort=name&amp;direction=ascending"/)
  })

  it('names each row by its person and each cell by its heading, also on a phone', () => {
    const html = shown(<Table {...waiting} rows={people} />)
    expect(html.match(/<th role="rowheader" scope="row"/g)).toHaveLength(2)
    expect(html).toContain('data-label="Days waiting">3</td>')
  })

  it('whose columns are compared scrolls sideways and can be reached by keyboard', () => {
    expect(shown(<Table {...waiting} rows={people} narrow="scroll" />)).toContain(
      'role="region" aria-label="Waiting" tabindex="0"',
    )
  })

  it('lets people be chosen by name', () => {
    const choose = {
      name: 'person',
      value: (row: { name: string }) => row.name,
      label: (row: { name: string }) => `Choose ${row.name}`,
      chosen: ['Tom'],
    }
    const html = shown(<Table {...waiting} rows={people} choose={choose} />)
    expect(html).toContain('aria-label="Choose Priya" name="person" value="Priya"')
    expect(html).toMatch(/aria-label="Choose Tom"[^>]* checked=""/)
  })

  it('that is long shows its first and last page and those around this one', () => {
    const html = shown(<PageNumbers page={6} pages={12} href={(page) => `?page=${page}`} />)
    expect([...html.matchAll(/aria-label="Page (\d+)"/g)].map(([, page]) => page)).toEqual(['1', '5', '6', '7', '12'])
    expect(html).toMatch(/aria-label="Page 6" aria-current="page"/)
  })
})
