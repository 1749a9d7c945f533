import type { ReactNode } from 'react'
import type { Item } from '#programme/counting/rules.ts'
import { hidden, type Shown } from '#programme/masking/rules.ts'
import type { Part } from '#programme/monitoring/rules.ts'

/** The list behind a number, for those who may open it. */
export type Opens = (item: Item, ...parts: readonly Part[]) => string | undefined

type NumberProps = Readonly<{ number: Shown; href: string | undefined; what: string }>

/** A number of a month, which opens the people behind it. */
export const Number = ({ number, href, what }: NumberProps): ReactNode => {
  if (number === hidden) return <Hidden />
  if (href === undefined || number === 0) return number.toLocaleString('en-GB')
  return (
    <a href={href}>
      {number.toLocaleString('en-GB')}
      <span className="nhsuk-u-visually-hidden"> {what}</span>
    </a>
  )
}

/** A number, a mean or some days that open nothing. */
export const Plain = ({ value }: { value: Shown | undefined }): ReactNode => {
  if (value === undefined) return '–'
  return value === hidden ? <Hidden /> : value.toLocaleString('en-GB')
}

/** A share in per cent. */
export const Share = ({ share }: { share: Shown | undefined }): ReactNode => {
  if (share === undefined) return '–'
  return share === hidden ? <Hidden /> : `${share}%`
}

const Hidden = () => (
  <>
    <span aria-hidden="true">{hidden}</span>
    <span className="nhsuk-u-visually-hidden">hidden</span>
  </>
)
