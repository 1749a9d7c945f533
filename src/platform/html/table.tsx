import type { ReactNode } from 'react'
import { EmptyState } from './content.tsx'
import { fieldId } from './field.tsx'
import { beginning } from './lists.tsx'

export type Direction = 'ascending' | 'descending'

export type Column<Row> = Readonly<{
  /** Unique in the table; what sorting calls this column. */
  key: string
  label: string
  cell: (row: Row) => ReactNode
  /** The cell that names its row, usually the person with a link to their record. */
  names?: boolean
  numeric?: boolean
  sortable?: boolean
  /** Keeps a date or a phone number on one line. */
  nowrap?: boolean
  /** Whole sentences: on a phone they stand below their label and begin at the left. */
  prose?: boolean
}>

export type Sorting = Readonly<{
  by: string | undefined
  direction: Direction
  /** The address of this list sorted another way. */
  href: (by: string, direction: Direction) => string
}>

export type Choosing<Row> = Readonly<{
  name: string
  value: (row: Row) => string
  /** What a reader who hears the page is told is being chosen. */
  label: (row: Row) => string
  chosen?: readonly string[]
}>

export type TableProps<Row> = Readonly<{
  caption: string
  /** Shown larger where the caption is the heading of a part of the page; hidden where a heading already says it. */
  captionSize?: 's' | 'm' | 'hidden'
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** What will appear here and how, shown instead of a table without rows. */
  empty: ReactNode
  sort?: Sorting
  choose?: Choosing<Row>
  /** On a phone: a card for each row, or a region that scrolls sideways where columns are compared. */
  narrow?: 'cards' | 'scroll'
}>

/** A list of people or things, as staff work through it. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionSize = 's', rows, empty, narrow = 'cards' } = props
  if (rows.length === 0)
    return <EmptyState heading={captionSize === 'hidden' ? undefined : caption}>{empty}</EmptyState>
  if (narrow === 'cards') return <Rows {...props} className="ww-table ww-table--cards" />
  return (
    <div className="ww-scroll" role="region" aria-label={caption} tabIndex={0}>
      <Rows {...props} className="ww-table" />
    </div>
  )
}

function Rows<Row>(props: TableProps<Row> & { className: string }) {
  const { caption, captionSize = 's', columns, rows, rowKey, sort, choose, className } = props
  const hidden = captionSize === 'hidden'
  return (
    // The roles say what the elements are, because a browser forgets it when a narrow page shows rows as cards.
    <table role="table" className={className} data-choose={choose && ''}>
      <caption className={hidden ? 'nhsuk-u-visually-hidden' : `ww-table__caption ww-table__caption--${captionSize}`}>
        {caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {choose ? <ChooseAll /> : null}
          {columns.map((column) => (
            <Heading key={column.key} column={column} sort={column.sortable ? sort : undefined} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, place) => (
          <tr key={rowKey(row)} role="row">
            {choose ? <ChooseRow row={row} choose={choose} first={place === 0} /> : null}
            {columns.map((column) => cellOf(column, row))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Heading<Row>({ column, sort }: { column: Column<Row>; sort: Sorting | undefined }) {
  const sorted = sort?.by === column.key ? sort.direction : undefined
  return (
    <th role="columnheader" scope="col" className={classOf(column)} aria-sort={sort && (sorted ?? 'none')}>
      {sort ? (
        <a className="ww-sort" href={sort.href(column.key, sorted === 'ascending' ? 'descending' : 'ascending')}>
          {column.label}
        </a>
      ) : (
        column.label
      )}
    </th>
  )
}

// Called and not mounted as a component: a list has a thousand cells, and each component costs as much as its cell.
function cellOf<Row>(column: Column<Row>, row: Row) {
  if (column.names) {
    return (
      <th key={column.key} role="rowheader" scope="row" className={classOf(column)}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td key={column.key} role="cell" className={classOf(column)} data-label={column.label}>
      {beginning(column.cell(row))}
    </td>
  )
}

const ChooseAll = () => (
  <th role="columnheader" scope="col" className="ww-choose">
    <span className="nhsuk-u-visually-hidden">Choose</span>
    <input type="checkbox" aria-label="Choose all rows on this page" data-choose-all hidden />
  </th>
)

function ChooseRow<Row>({ row, choose, first }: { row: Row; choose: Choosing<Row>; first: boolean }) {
  const value = choose.value(row)
  return (
    <td role="cell" className="ww-choose">
      <input
        type="checkbox"
        // Where an error summary leads when nothing was chosen.
        id={first ? fieldId(choose.name) : undefined}
        name={choose.name}
        value={value}
        defaultChecked={choose.chosen?.includes(value)}
        aria-label={choose.label(row)}
      />
    </td>
  )
}

/** Says how many rows are chosen, where script runs; stands in the form beside the button that acts on them. */
export const ChosenCount = ({ one, many }: { one: string; many: string }) => (
  <p className="ww-chosen" data-chosen-count data-one={one} data-many={many} aria-live="polite" />
)

function classOf<Row>({ numeric, nowrap, prose }: Column<Row>): string | undefined {
  return [numeric && 'ww-numeric', nowrap && 'ww-nowrap', prose && 'ww-prose'].filter(Boolean).join(' ') || undefined
}
