import type { ReactNode } from 'react'
import { Tag, type TagColour } from './content.tsx'
import { Said, useSay } from './say.tsx'

/** Whether one thing about what was found fits its reader. */
export type Fit = Readonly<{ verdict: 'yes' | 'no' | 'ask'; words: string }>

export type HitProps = Readonly<{
  /** Unique on its page. */
  key: string
  href: string
  heading: ReactNode
  tag?: Readonly<{ label: string; colour?: TagColour }> | undefined
  /** One line under the heading: who, what kind. */
  under?: ReactNode
  text?: ReactNode
  facts: readonly Readonly<{ label: string; value: ReactNode }>[]
  fits?: readonly Fit[] | undefined
  /** Why it stands here. */
  reason?: ReactNode
  actions?: ReactNode
}>

/** What a search found, best first, each with its reason: a list of headings that can be gone through by keyboard. */
export const HitList = ({
  label,
  hits,
  start = 1,
}: Readonly<{ label: string; hits: readonly HitProps[]; start?: number }>) => (
  <ol className="ww-hits" aria-label={label} start={start}>
    {hits.map(({ key, ...hit }) => (
      <li key={key} className="ww-hit">
        <OneHit {...hit} />
      </li>
    ))}
  </ol>
)

function OneHit({ href, heading, tag, under, text, facts, fits = [], reason, actions }: Omit<HitProps, 'key'>) {
  const say = useSay()
  return (
    <>
      <h2 className="ww-hit__heading">
        <a href={href}>{heading}</a>
        {tag ? (
          <>
            {' '}
            <Tag {...(tag.colour ? { colour: tag.colour } : {})}>{say(tag.label)}</Tag>
          </>
        ) : null}
      </h2>
      {under ? <p className="ww-hit__under">{under}</p> : null}
      {text ? <p className="ww-hit__text">{text}</p> : null}
      <dl className="ww-hit__facts">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {fits.length > 0 ? <Fits fits={fits} /> : null}
      {reason ? <p className="ww-hit__reason">{reason}</p> : null}
      {actions ? <div className="ww-hit__actions">{actions}</div> : null}
    </>
  )
}

const signs = {
  yes: { sign: '✓', label: 'Fits:' },
  no: { sign: '✗', label: 'Does not fit:' },
  ask: { sign: '?', label: 'Ask:' },
} as const

/** What fits, what does not, and what is to be asked: by sign and by word, never by colour alone. */
const Fits = ({ fits }: Readonly<{ fits: readonly Fit[] }>) => (
  <ul className="ww-fits">
    {fits.map(({ verdict, words }) => (
      <li key={words} className={`ww-fits__${verdict}`}>
        <span className="ww-fits__sign" aria-hidden="true">
          {signs[verdict].sign}
        </span>{' '}
        <span className={verdict === 'ask' ? undefined : 'nhsuk-u-visually-hidden'}>
          <Said text={signs[verdict].label} />
        </span>{' '}
        {words}
      </li>
    ))}
  </ul>
)
