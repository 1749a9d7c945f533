import type { ReactNode } from 'react'
import { PrintLink } from './content.tsx'

type BesideProps = Readonly<{ beside: ReactNode; children: ReactNode; side?: 'left' | 'right'; sticky?: boolean }>

/** Something narrow beside the main part: a side list on the left, a plan at a glance on the right. On a phone what is on the left comes first. */
export function Beside({ beside, children, side = 'right', sticky }: BesideProps) {
  const main = <div className="ww-beside__main">{children}</div>
  const narrow = <div className={sticky ? 'ww-beside__side ww-beside__side--sticky' : 'ww-beside__side'}>{beside}</div>
  return (
    <div className={`ww-beside ww-beside--${side}`}>
      {side === 'left' ? narrow : main}
      {side === 'left' ? main : narrow}
    </div>
  )
}

/** Cards next to each other where there is room. */
export const CardGrid = ({ children }: { children: ReactNode }) => <div className="ww-grid">{children}</div>

/** Cards of unequal length one under the other, in columns where there is room. */
export const CardColumns = ({ children }: { children: ReactNode }) => <div className="ww-columns">{children}</div>

type ListBarProps = Readonly<{ count: string; download?: string; print?: boolean; children?: ReactNode }>

/** What stands above a list: how many there are, and taking it away as a file or on paper. */
export const ListBar = ({ count, download, print, children }: ListBarProps) => (
  <div className="ww-list-bar">
    <p className="ww-list-bar__count">{count}</p>
    {children}
    {download === undefined ? null : <a href={download}>Download as a spreadsheet (CSV)</a>}
    {print ? <PrintLink>Print this list</PrintLink> : null}
  </div>
)

type FilterFormProps = Readonly<{
  /** The address of the list. Filters stand in it, so never put anything about one person in a filter. */
  action: string
  children: ReactNode
  /** Where the list is shown whole again, given when a filter is on. */
  clear?: string | undefined
  /** The sorting to keep. */
  fields?: Readonly<Record<string, string>>
  label?: string
}>

/** Narrows a list down. */
export const FilterForm = ({ action, children, clear, fields = {}, label = 'Filter this list' }: FilterFormProps) => (
  <search>
    <form className="ww-filter" action={action} method="get" aria-label={label}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="ww-filter__fields">{children}</div>
      <div className="ww-filter__actions">
        <button type="submit" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small">
          Show
        </button>
        {clear === undefined ? null : <a href={clear}>Clear filters</a>}
      </div>
    </form>
  </search>
)
