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
