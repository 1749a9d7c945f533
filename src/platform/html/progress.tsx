import { clock, inWords } from '#platform/dates.ts'
import { ButtonForm } from './buttons.tsx'
import { WarningCallout } from './content.tsx'

type ProgressProps = Readonly<{
  /** What is being done. */
  label: string
  done: number
  of: number
  /** How far it is, in words. */
  words: string
  /** This page's own address, to look again where no script runs. */
  href: string
}>

/**
 * How far work in the background has come. Where script runs it moves by itself and leads on when the work is done;
 * elsewhere a link looks again. The work does not need the page.
 */
export const Progress = ({ label, done, of, words, href }: ProgressProps) => (
  <div className="ww-progress" data-refresh>
    <label className="nhsuk-label" htmlFor="progress">
      {label}
    </label>
    <progress className="ww-progress__bar" id="progress" value={done} max={Math.max(of, 1)} />
    <p className="ww-progress__words" data-refresh-words>
      {words}
    </p>
    <p className="nhsuk-u-visually-hidden" data-refresh-heard aria-live="polite" />
    <p data-refresh-link>
      <a href={href}>See how far it is now</a>
    </p>
  </div>
)

/** Why work in the background stands still, where that is known, and when it is tried again. */
export type Standstill = Readonly<{
  reason: string | undefined
  again: Temporal.Instant | undefined
  since: Temporal.Instant
}>

/** Says that work in the background stands still, and lets it go on. */
export const StandsStill = ({
  stands: { reason, again, since },
  now,
  action,
}: Readonly<{ stands: Standstill; now: Temporal.Instant; action: string }>) => (
  <WarningCallout heading="It stands still">
    <p>
      Nothing has moved since {clock(since)}. {withoutStop(reason) ?? 'The server may have been switched off meanwhile'}
      . {again ? `It is tried again ${inWords(again, now)}.` : ''}
    </p>
    <ButtonForm action={action} secondary small>
      Go on now
    </ButtonForm>
  </WarningCallout>
)

function withoutStop(sentence: string | undefined): string | undefined {
  return sentence?.replace(/\.$/, '')
}
