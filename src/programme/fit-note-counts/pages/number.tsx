import type { ReactNode } from 'react'
import { hidden, type Shown } from '#programme/masking/rules.ts'

type NumberProps = Readonly<{
  number: Shown | undefined
  href?: string | undefined
  what?: string | readonly [one: string, many: string]
}>

/** A number of requests, which opens them for those who may see people; a dash where there is nothing to count. */
export const Number = ({ number, href, what }: NumberProps): ReactNode => {
  if (number === undefined) return '–'
  if (number === hidden)
    return (
      <>
        <span aria-hidden="true">{hidden}</span>
        <span className="nhsuk-u-visually-hidden">hidden</span>
      </>
    )
  if (href === undefined || number === 0) return number.toLocaleString('en-GB')
  return (
    <a href={href}>
      {number.toLocaleString('en-GB')}
      <span className="nhsuk-u-visually-hidden"> {typeof what === 'object' ? what[number === 1 ? 0 : 1] : what}</span>
    </a>
  )
}
