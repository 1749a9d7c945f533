import { longDay } from '#platform/dates.ts'
import { Lines } from '#platform/html/letter.tsx'
import { linesOf } from '#platform/notify/rules.ts'
import { answers, pointsOf, type Proposal } from '#journey/support/three-way/rules.ts'

type FormProps = Readonly<{
  proposal: Proposal
  name: string
  askedBy: string
  from: Readonly<{ phone: string | undefined }>
  backTo: string | null
  answerBy: Temporal.PlainDate
}>

/** The sheet that comes back: each thing that is asked with the three answers to tick, and who answers. */
export const AnswerForm = (props: FormProps) => (
  <article className="ww-letter">
    <h2 className="nhsuk-heading-m">Your answer</h2>
    <p>
      About <strong>{props.name}</strong>. Please tick one answer to each, sign below and send this form back by{' '}
      <strong>{longDay(props.answerBy)}</strong>.
    </p>
    <SendBack {...props} />
    <ol className="ww-letter__points">
      {pointsOf(props.proposal).map(({ place, label }) => (
        <li key={place}>
          <strong>{label}</strong>
          <Choice label={answers.agree.label} more="from (day):" />
          <Choice label={answers.suggest.label} more="namely:" />
          <Choice label={answers.cannot.label} more="because:" />
        </li>
      ))}
    </ol>
    <Line label="Anything to add" />
    <p className="nhsuk-hint">The person may read what you write.</p>
    <Line label="Your name and what you do" />
    <Line label="Signature" />
    <Line label="Date" />
  </article>
)

const SendBack = ({ backTo, askedBy, from }: FormProps) => (
  <div className="ww-letter__back ww-letter__together">
    <p>{backTo === null ? `Give it back to ${askedBy}.` : 'Send it back to:'}</p>
    {backTo === null ? null : (
      <address>
        <Lines of={[askedBy, ...linesOf(backTo)]} />
      </address>
    )}
    {from.phone === undefined ? null : <p>You can also ring us on {from.phone} and tell us your answers.</p>}
  </div>
)

const Choice = ({ label, more }: Readonly<{ label: string; more: string }>) => (
  <span className="ww-letter__choice">
    <span className="ww-letter__box" />
    <span>
      {label}, {more}
    </span>
    <span className="ww-letter__line" />
  </span>
)

const Line = ({ label }: Readonly<{ label: string }>) => (
  <p className="ww-letter__choice">
    <span>{label}:</span>
    <span className="ww-letter__line" />
  </p>
)
