import type { ReactNode } from 'react'
import { longDay } from '#platform/dates.ts'

export type LetterSheetProps = Readonly<{
  from: Readonly<{ name: string; phone: string | undefined }>
  /** The lines of the address; none where the letter is handed over. */
  to: readonly string[]
  today: Temporal.PlainDate
  className?: string
  /** What stands above everything else, for whoever prints it. */
  note?: ReactNode
  children: ReactNode
}>

/** A letter as it goes into an envelope: who writes, to whom in the place of its window, and when. */
export const LetterSheet = ({ from, to, today, className, note, children }: LetterSheetProps) => (
  <article className={['ww-letter', className].filter(Boolean).join(' ')}>
    {note}
    <p className="ww-letter__from">
      <strong>{from.name}</strong>
      {from.phone === undefined ? null : (
        <>
          <br />
          {from.phone}
        </>
      )}
    </p>
    <address className="ww-letter__to">
      <Lines of={to} />
    </address>
    <p>{longDay(today)}</p>
    {children}
  </article>
)

/** The lines of an address, one under the other. */
export const Lines = ({ of }: Readonly<{ of: readonly string[] }>) =>
  of.map((line, place) => (
    <span key={place}>
      {line}
      <br />
    </span>
  ))
