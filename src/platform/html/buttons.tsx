import type { ReactNode } from 'react'
import { Form, type Sent } from './form.tsx'
import { said, useSay } from './say.tsx'
import { versionField } from './shell.tsx'

type Look = Readonly<{ secondary?: boolean; warning?: boolean; small?: boolean }>

type ButtonProps = Look &
  Readonly<{
    children: ReactNode
    name?: string
    value?: string
    /** Another address for this button than the form's own. */
    action?: string
    /** What a reader who hears the page needs besides the visible words. */
    context?: string
  }>

/** Sends the form. */
export function Button({ children, name, value, action, context, ...look }: ButtonProps) {
  const say = useSay()
  return (
    <button type="submit" className={buttonClass(look)} name={name} value={value} formAction={action}>
      {said(say, children)}
      <Context>{context}</Context>
    </button>
  )
}

type LinkButtonProps = Look & Readonly<{ href: string; children: ReactNode; context?: string }>

/** Goes to another page, for the one next step of a page. */
export function LinkButton({ href, children, context, ...look }: LinkButtonProps) {
  const say = useSay()
  return (
    <a href={href} className={buttonClass(look)} draggable={false}>
      {said(say, children)}
      <Context>{context}</Context>
    </a>
  )
}

/** Buttons that belong together. */
export const ButtonGroup = ({ children }: { children: ReactNode }) => (
  <div className="nhsuk-button-group">{children}</div>
)

type ButtonFormProps = Look &
  Readonly<{
    action: string
    children: string
    context?: string
    fields?: Sent | undefined
    /** The version of what it acts on, as its reader saw it. */
    version?: string | number
    /** Looks like a link, for a row or a sentence. */
    asLink?: boolean
  }>

/** One act with nothing to fill in, such as "Mark as done" in a row. */
export function ButtonForm({ action, children, context, fields, version, asLink, ...look }: ButtonFormProps) {
  const say = useSay()
  return (
    <Form
      action={action}
      className="ww-button-form"
      fields={{ ...fields, ...(version === undefined ? {} : { [versionField]: `${version}` }) }}
    >
      <button type="submit" className={asLink ? 'ww-link-button' : buttonClass(look)}>
        {say(children)}
        <Context>{context}</Context>
      </button>
    </Form>
  )
}

/** Words only heard, that make a repeated link or button clear by itself. */
export function Context({ children }: { children: string | undefined }) {
  const say = useSay()
  return children === undefined ? null : <span className="nhsuk-u-visually-hidden"> {say(children)}</span>
}

function buttonClass({ secondary, warning, small }: Look): string {
  return [
    'nhsuk-button',
    secondary && 'nhsuk-button--secondary',
    warning && 'nhsuk-button--warning',
    small && 'nhsuk-button--small',
  ]
    .filter(Boolean)
    .join(' ')
}
