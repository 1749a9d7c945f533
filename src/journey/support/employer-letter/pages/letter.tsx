import { inWords, longDay, shortDay } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, PrintLink, WarningCallout } from '#platform/html/content.tsx'
import { LetterSheet } from '#platform/html/letter.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { daysInWords, fullFrom, inHours, type LaidOut, type PhasedReturn } from '#journey/phased-return/rules.ts'
import { pointsOf, type Proposal } from '#journey/support/three-way/rules.ts'
import { AnswerForm } from './answer-form.tsx'

type LetterProps = Readonly<{
  proposal: Proposal
  /** The person by the name in the employer’s books. */
  name: string
  askedBy: string
  phased: Readonly<{ plan: PhasedReturn; weeks: readonly LaidOut[] }> | undefined
  /** Why it may not go to them; undefined where it may. */
  problem: string | undefined
  /** Whether the person has died, so that there is nobody to ask what may be said. */
  died: boolean
  to: Readonly<{ lines: readonly string[]; isKnown: boolean }>
  from: Readonly<{ name: string; phone: string | undefined }>
  /** Where the answer comes back to; null where the area has written no address down. */
  backTo: string | null
  answerBy: Temporal.PlainDate
  said: Readonly<{ subject: string | null; body: string }>
  /** The letter that went to them last. */
  newest: Readonly<{ id: string; at: Temporal.Instant }> | undefined
  mayEdit: boolean
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** What is put to an employer as a letter, with a form on which they answer, for whoever prints it. */
export const EmployerLetter = (props: LetterProps) => {
  const { proposal, name, problem } = props
  return (
    <Page
      title="Letter to the employer"
      caption={name}
      lede={
        problem
          ? undefined
          : `To ${proposal.contact}, ${proposal.organisation}. Print it, post it or hand it over, and then say so below.`
      }
      back={{ href: `/three-way/${proposal.id}`, label: 'What was put to them' }}
      actions={problem ? undefined : <PrintLink>Print this letter</PrintLink>}
      width="reading"
    >
      {problem ? <Refused {...props} why={problem} /> : <Sheets {...props} />}
    </Page>
  )
}

const Refused = ({ proposal, why, died }: LetterProps & Readonly<{ why: string }>) => (
  <WarningCallout heading="No letter may go to them">
    {died ? (
      <p>The person has died. Nothing more goes to {proposal.contact}, not even on paper.</p>
    ) : (
      <p>
        {why}. Nothing goes to them on paper either.{' '}
        <a href={`/people/${proposal.person}/employer`}>Ask the person what may be said</a> first.
      </p>
    )}
  </WarningCallout>
)

const Sheets = (props: LetterProps) => (
  <>
    <BeforePrinting {...props} />
    <Letter {...props} />
    <AnswerForm {...props} />
    <Afterwards {...props} />
  </>
)

/** What is still missing on the sheets, and where it is written down. */
const BeforePrinting = ({ proposal, to, backTo, newest, now }: LetterProps) => (
  <div className="ww-screen-only">
    {to.isKnown ? null : (
      <Inset>
        <p>
          No postal address of {proposal.contact} is written down.{' '}
          <a href={`/people/${proposal.person}/employer/${proposal.workplace}`}>Write it down</a> to post the letter.
          Without it, hand the letter over.
        </p>
      </Inset>
    )}
    {backTo === null ? (
      <Inset>
        <p>
          Your area has written down no postal address, so the form has none to be sent back to. Write yours on it by
          hand, or ask your service manager to add it under “How this area is reached”.
        </p>
      </Inset>
    ) : null}
    {newest ? (
      <Inset>
        <p>A letter went to them {inWords(newest.at, now)}.</p>
      </Inset>
    ) : null}
  </div>
)

const Letter = (props: LetterProps) => {
  const { proposal, name, askedBy, phased, to, from, said, today } = props
  return (
    <LetterSheet {...{ from, to: to.lines, today }}>
      {said.subject === null ? null : <h2 className="nhsuk-heading-m">{said.subject}</h2>}
      <p>Dear {proposal.contact}</p>
      <p>
        This letter is about <strong>{name}</strong>.
      </p>
      {paragraphsOf(said.body)}
      <h3 className="nhsuk-heading-s">What we ask you</h3>
      {paragraphsOf(proposal.asks)}
      <ol className="nhsuk-list nhsuk-list--number">
        {pointsOf(proposal).map(({ place, label }) => (
          <li key={place}>{label}</li>
        ))}
      </ol>
      <Shared {...props} />
      {phased ? <WeekByWeek {...phased} /> : null}
      <p className="ww-letter__together">
        Yours sincerely
        <br />
        <br />
        {askedBy}
        <br />
        {from.name}
      </p>
    </LetterSheet>
  )
}

const paragraphsOf = (words: string) => words.split(/\n{2,}/).map((paragraph, place) => <p key={place}>{paragraph}</p>)

const Shared = ({ proposal: { shared } }: LetterProps) =>
  shared.length === 0 ? null : (
    <>
      <h3 className="nhsuk-heading-s">What we tell you about their work</h3>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {shared.map(({ label, value }) => (
          <li key={value}>
            {label}: {value}
          </li>
        ))}
      </ul>
    </>
  )

const WeekByWeek = ({ plan, weeks }: NonNullable<LetterProps['phased']>) => (
  <section className="ww-letter__together">
    <h3 className="nhsuk-heading-s">The phased return to work</h3>
    <p>
      A proposal for coming back to the usual job ({inHours(plan.hours)} a week), beginning on {longDay(plan.beginsOn)}.
      From {longDay(fullFrom(plan))} the usual hours are worked.
    </p>
    <Table
      caption="Week by week"
      captionSize="hidden"
      columns={columns}
      rows={weeks}
      rowKey={({ number }) => `${number}`}
      empty="No weeks are laid out."
    />
  </section>
)

const columns: readonly Column<LaidOut>[] = [
  {
    key: 'week',
    label: 'Week',
    names: true,
    cell: ({ number, from, until }) => `${number}: ${shortDay(from)} to ${shortDay(until)}`,
  },
  { key: 'days', label: 'Days', cell: ({ days }) => daysInWords(days) },
  { key: 'hours', label: 'Hours', cell: ({ total }) => inHours(total) },
  { key: 'duties', label: 'Work', cell: ({ duties }) => duties ?? 'As usual' },
]

/** Saying that it has gone, and writing down what came back. */
const Afterwards = ({ proposal: { id }, newest, mayEdit }: LetterProps) =>
  mayEdit ? (
    <section className="ww-screen-only">
      <h2 className="nhsuk-heading-m">Has it gone?</h2>
      <p>Only say so once it is in the post or in their hands. It then stands on the record that they were told.</p>
      <ButtonForm
        action={`/three-way/${id}/letter`}
        fields={{ posted: newest?.id ?? '' }}
        secondary={newest !== undefined}
      >
        {newest ? 'I have sent it once more' : 'I have posted it or handed it over'}
      </ButtonForm>
      <p>
        <LinkButton href={`/three-way/${id}/answer`} secondary>
          Write down what they answered
        </LinkButton>
      </p>
    </section>
  ) : null
