import type { ReactNode } from 'react'
import { Context } from './buttons.tsx'
import { Tag, type TagColour } from './content.tsx'
import { directionOf } from '#platform/language/rules.ts'
import { useSay } from './say.tsx'
import { useShell } from './shell.tsx'

export type SummaryRow = Readonly<{
  label: string
  value: ReactNode
  /** Where this answer is changed; `what` is heard after "Change" and is the label unless given. */
  change?: Readonly<{ href: string; label?: string; what?: string }> | undefined
}>

type SummaryListProps = Readonly<{ rows: readonly SummaryRow[]; missing?: string; compact?: boolean }>

/** Questions and their answers: check your answers, or a record at a glance. */
export function SummaryList({ rows, missing = 'Not given', compact }: SummaryListProps) {
  const say = useSay()
  return (
    <dl className={compact ? 'nhsuk-summary-list ww-compact' : 'nhsuk-summary-list'}>
      {rows.map(({ label, value, change }) => (
        <div key={label} className="nhsuk-summary-list__row">
          <dt className="nhsuk-summary-list__key">
            <Alone>{say(label)}</Alone>
          </dt>
          <dd className="nhsuk-summary-list__value">
            {isMissing(value) ? <span className="ww-missing">{say(missing)}</span> : <Alone>{beginning(value)}</Alone>}
          </dd>
          {change ? (
            <dd className="nhsuk-summary-list__actions">
              <a href={change.href}>
                {say(change.label ?? 'Change')}
                <Context>{change.what ?? say(label).toLowerCase()}</Context>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  )
}

/** A name, number or reference among words that are written from the right keeps its own order. */
function Alone({ children }: { children: ReactNode }) {
  const { language } = useShell()
  return typeof children === 'string' && directionOf(language) ? <bdi>{children}</bdi> : children
}

/** A time in words ("today 10:30") begins with a capital where nothing stands before it. */
export function beginning(value: ReactNode): ReactNode {
  if (typeof value !== 'string' || !/^(today|tomorrow|yesterday)\b/.test(value)) return value
  return value[0]?.toUpperCase() + value.slice(1)
}

function isMissing(value: ReactNode): boolean {
  return value === undefined || value === null || value === ''
}

type Linked = Readonly<{ href: string; label: string }>

/** Where one can go on, one below the other. */
export const LinkList = ({ links }: Readonly<{ links: readonly Linked[] }>) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {links.map(({ href, label }) => (
      <li key={href}>
        <a href={href}>{label}</a>
      </li>
    ))}
  </ul>
)

export type Fact = Readonly<{
  label: string
  value: ReactNode
  note?: string | undefined
  /** Where it is changed or read whole. */
  href?: string | undefined
  /** Must not be overlooked. */
  loud?: boolean
}>

/** A few facts side by side that stand above everything else of a record. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl className="ww-facts">
    {facts.map(({ label, value, note, href, loud }) => (
      <div key={label} className={loud ? 'ww-fact ww-fact--loud' : 'ww-fact'}>
        <dt className="ww-fact__label">{href ? <a href={href}>{label}</a> : label}</dt>
        <dd className="ww-fact__value">{value}</dd>
        {note === undefined ? null : <dd className="ww-fact__note">{note}</dd>}
      </div>
    ))}
  </dl>
)

export type Happening = Readonly<{
  /** Unique on its page, where it is also the place an address with # leads to. */
  key: string
  what: ReactNode
  /** In words: "yesterday 10:30, 4 March 2026". */
  when: string
  /** The moment as a machine reads it. */
  moment?: string
  by?: string | undefined
  text?: ReactNode
  tag?: Readonly<{ label: string; colour?: TagColour }> | undefined
  actions?: ReactNode
}>

/** What happened, the newest first. */
export const Timeline = ({ happenings, empty }: { happenings: readonly Happening[]; empty: string }) =>
  happenings.length === 0 ? (
    <p className="ww-empty">{empty}</p>
  ) : (
    <ol className="ww-timeline">
      {happenings.map(({ key, ...happening }) => (
        <li key={key} id={key} className="ww-timeline__item">
          <OneHappening {...happening} />
        </li>
      ))}
    </ol>
  )

function OneHappening({ what, when, moment, by, text, tag, actions }: Omit<Happening, 'key'>) {
  return (
    <>
      <p className="ww-timeline__what">
        {what} {tag ? <Tag {...(tag.colour ? { colour: tag.colour } : {})}>{tag.label}</Tag> : null}
      </p>
      <p className="ww-timeline__when">
        <time dateTime={moment}>{beginning(when)}</time>
        {by === undefined ? null : `, ${by}`}
      </p>
      {text ? <div className="ww-timeline__text">{text}</div> : null}
      {actions ? <div className="ww-timeline__actions">{actions}</div> : null}
    </>
  )
}

export type Part = Readonly<{
  href: string
  label: string
  current?: boolean
  state?: string | undefined
  done?: boolean
}>

/** The parts of a long page or record, beside it; any of them in any order. */
export const SideList = ({ label, parts }: { label: string; parts: readonly Part[] }) => (
  <nav className="ww-side-list" aria-label={label}>
    <ul>
      {parts.map(({ href, label: part, current, state, done }) => (
        <li key={href}>
          <a href={href} aria-current={current ? 'page' : undefined}>
            <span>{part}</span>
            {state === undefined ? null : (
              <span className={done ? 'ww-side-list__done' : 'ww-side-list__state'}>{state}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

export type FigureProps = Readonly<{
  number: number | string
  label: string
  /** The list of people or things the number counts. */
  href: string
  note?: ReactNode
  tone?: 'plain' | 'alert' | 'good'
}>

/** A number that opens the list it counts. */
export const Figure = ({ number, label, href, note, tone = 'plain' }: FigureProps) => (
  <li className={`ww-figure ww-figure--${tone}`}>
    <a className="ww-figure__link" href={href}>
      <span className="ww-figure__number">{number}</span> <span className="ww-figure__label">{label}</span>
    </a>
    {note === undefined ? null : <span className="ww-figure__note">{note}</span>}
  </li>
)

/** Numbers side by side. */
export const Figures = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className="ww-figures" aria-label={label}>
    {children}
  </ul>
)
