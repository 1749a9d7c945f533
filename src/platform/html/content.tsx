import { Tag as DesignTag, Details as Fold } from 'nhsuk-react-components'
import { Fragment, type ReactNode } from 'react'
import { type Drawing, Picture } from './picture.tsx'
import { Said, said, useSay } from './say.tsx'
import { useShell } from './shell.tsx'

type Children = Readonly<{ children: ReactNode }>

export type TagColour =
  'grey' | 'green' | 'aqua-green' | 'blue' | 'purple' | 'pink' | 'red' | 'orange' | 'yellow' | 'white'

/** A state in a word or two; the colour only repeats what the words say. */
export const Tag = ({ children, colour }: Children & { colour?: TagColour }) => (
  <DesignTag {...(colour ? { modifier: colour } : {})}>{children}</DesignTag>
)

/** Something the reader should notice among the rest of the text. */
export function Inset({ children }: Children) {
  const say = useSay()
  return (
    <div className="nhsuk-inset-text">
      <span className="nhsuk-u-visually-hidden">{say('Information: ')}</span>
      {children}
    </div>
  )
}

/** What somebody wrote and what could not be kept, so that they can copy it and use it elsewhere. */
export const NotKept = ({ words }: Readonly<{ words: readonly string[] }>) => (
  <Inset>
    <p>
      <strong>
        <Said text="What you wrote, which was not saved" />
      </strong>
    </p>
    {words
      .filter((one) => one !== '')
      .map((one, place) => (
        <p key={place} className="ww-words">
          {one}
        </p>
      ))}
  </Inset>
)

/** Where a form cannot be taken any more: what was written in it all the same. */
export const WhatWasWritten = () => {
  const { written = [] } = useShell()
  return written.length === 0 ? null : <NotKept words={written} />
}

/** Folded away until asked for: what fewer than half of the readers need. */
export function Details({ summary, children, open }: Children & { summary: ReactNode; open?: boolean }) {
  const say = useSay()
  return (
    <Fold open={open}>
      <Fold.Summary>{said(say, summary)}</Fold.Summary>
      <Fold.Text>{children}</Fold.Text>
    </Fold>
  )
}

/** Short claims that hold, one below the other. */
export const TickList = ({ children }: Children) => (
  <ul role="list" className="ww-ticks">
    {children}
  </ul>
)

/** What happens, in the order in which it happens. */
export const Steps = ({ children }: Children) => (
  <ol role="list" className="ww-steps">
    {children}
  </ol>
)

type HeadingLevel = Readonly<{ level?: 2 | 3 | 4 }>

/** A part of a page that stands by itself: a plan at a glance, an appointment. */
export function Card({ heading, level = 2, actions, tag, picture, tone = 'plain', children }: CardProps) {
  const say = useSay()
  return (
    <section className={`ww-card ww-card--${tone}`}>
      {heading ? (
        <div className="ww-card__top">
          {picture ? <Picture of={picture} /> : null}
          <Level level={level} className="ww-card__heading">
            {said(say, heading)}
          </Level>
          {tag}
          {actions ? <div className="ww-card__actions">{actions}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  )
}

type CardProps = Children &
  HeadingLevel &
  Readonly<{
    heading?: ReactNode
    actions?: ReactNode
    tag?: ReactNode
    picture?: Drawing
    tone?: 'plain' | 'accent' | 'alert' | 'quiet'
  }>

/** Something that must be read before going on, such as a safe-contact rule. */
export function WarningCallout({ heading, level = 2, children }: Children & HeadingLevel & { heading: string }) {
  const say = useSay()
  return (
    <section className="ww-warning">
      <Level level={level} className="ww-warning__heading">
        <span className="nhsuk-u-visually-hidden">{say('Important: ')}</span>
        {say(heading)}
      </Level>
      {children}
    </section>
  )
}

/** That something was finished: a referral sent, an appointment booked. Its heading is the page's. */
export function Panel({ heading, children }: Readonly<{ heading: ReactNode; children?: ReactNode }>) {
  const say = useSay()
  return (
    <div className="ww-panel">
      <h1 className="ww-panel__heading">{said(say, heading)}</h1>
      {children ? <div className="ww-panel__body">{children}</div> : null}
    </div>
  )
}

/** What will appear here and how, where there is nothing yet. */
export function EmptyState({ heading, children, action }: Children & { heading?: ReactNode; action?: ReactNode }) {
  const say = useSay()
  return (
    <div className="ww-empty">
      {heading ? <p className="ww-empty__heading">{said(say, heading)}</p> : null}
      <p>{said(say, children)}</p>
      {action}
    </div>
  )
}

/** Prints the page; shown only where script runs, since a browser can always print. */
export function PrintLink({ children = 'Print this page' }: { children?: string }) {
  const say = useSay()
  return (
    <button type="button" className="ww-link-button ww-print" data-print hidden>
      {say(children)}
    </button>
  )
}

/** An address to pass on, with a button that copies it where script runs. */
export function CopyLink({ label, address, id = 'link-to-copy' }: { label: string; address: string; id?: string }) {
  const say = useSay()
  return (
    <div className="ww-copy">
      <label className="nhsuk-label" htmlFor={id}>
        {say(label)}
      </label>
      <input className="nhsuk-input" id={id} readOnly value={address} />
      <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-copy={id} hidden>
        {say('Copy')}
      </button>
      <span
        className="ww-copy__done"
        aria-live="polite"
        data-copied={say('Copied')}
        data-by-hand={say('Press Ctrl and C to copy')}
      />
    </div>
  )
}

function Level({ level, className, children }: Children & { level: 2 | 3 | 4; className: string }) {
  const Element = `h${level}` as const
  return <Element className={className}>{children}</Element>
}

type Mark = Readonly<{ label: string; colour: TagColour }>

/** Words with what has to be known of them. */
export const Marked = ({ text, marks }: Readonly<{ text: string; marks: readonly Mark[] }>) => (
  <>
    {text}{' '}
    {marks.map(({ label, colour }) => (
      <Fragment key={label}>
        <Tag colour={colour}>{label}</Tag>{' '}
      </Fragment>
    ))}
  </>
)

type Warning = Readonly<{ heading: string; text: string; link?: Readonly<{ href: string; label: string }> }>

/** What must be read before going on. */
export const Warnings = ({ warnings }: Readonly<{ warnings: readonly Warning[] }>) =>
  warnings.map(({ heading, text, link }) => (
    <WarningCallout key={heading} heading={heading}>
      <p>
        {text} {link ? <a href={link.href}>{link.label}</a> : null}
      </p>
    </WarningCallout>
  ))
