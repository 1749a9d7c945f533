import { inWords, longDay, shortDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { EmptyState, Inset, PrintLink, Tag } from '#platform/html/content.tsx'
import { Handout } from '#platform/html/handout.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  daysInWords,
  fullFrom,
  inHours,
  inPounds,
  type LaidOut,
  notDueInWords,
  type PhasedReturn,
  rateInWords,
  remarksOn,
  rulesOf,
  type SickPayInWeek,
} from '#journey/phased-return/rules.ts'

type Kept = PhasedReturn & Readonly<{ at: Temporal.Instant; by: string | null }>
export type ShownProps = Readonly<{
  episode: string
  person: Readonly<{ id: string; name: string }>
  plan: Kept | undefined
  weeks: readonly LaidOut[]
  earlier: readonly Kept[]
  mayEdit: boolean
  now: Temporal.Instant
}>

/** A phased return week by week, with what each week may pay as a guide. */
export const PhasedReturnPage = (props: ShownProps) => {
  const { person, episode, plan, mayEdit } = props
  return (
    <Page
      title="Phased return to work"
      caption={person.name}
      back={{ href: `/episodes/${episode}/plan`, label: 'Back to the plan' }}
      actions={
        plan ? (
          <LinkButton href={`/episodes/${episode}/phased-return/for-the-employer`} small secondary>
            Print for the employer
          </LinkButton>
        ) : undefined
      }
    >
      {plan ? (
        <Laid {...props} plan={plan} />
      ) : (
        <EmptyState
          heading="No phased return is laid out"
          action={mayEdit ? <LayOut episode={episode}>Lay one out</LayOut> : undefined}
        >
          Week by week: on which days they work, for how long and at what, until the usual hours. It is a proposal to
          agree with them and their employer.
        </EmptyState>
      )}
    </Page>
  )
}

const LayOut = ({ episode, children }: Readonly<{ episode: string; children: string }>) => (
  <p className="ww-screen-only">
    <LinkButton href={`/episodes/${episode}/phased-return/new`}>{children}</LinkButton>
  </p>
)

const Laid = ({ plan, weeks, earlier, episode, mayEdit, now }: ShownProps & Readonly<{ plan: Kept }>) => (
  <>
    <SummaryList
      compact
      rows={[
        { label: 'Begins', value: longDay(plan.beginsOn) },
        { label: 'Usual hours from', value: longDay(fullFrom(plan)) },
        { label: 'Usual job', value: `${daysInWords(plan.days)}, ${inHours(plan.hours)} a week` },
        { label: 'Usual pay', value: plan.weeklyPay === null ? null : `${inPounds(plan.weeklyPay)} a week` },
        { label: 'Off since', value: plan.offSince && longDay(plan.offSince) },
        { label: 'Laid out', value: [inWords(plan.at, now), plan.by].filter(Boolean).join(', ') },
      ]}
    />
    {remarksOn(plan).map((remark) => (
      <p key={remark}>
        <Tag colour="yellow">Look again</Tag> {remark}
      </p>
    ))}
    <Table
      caption="Week by week"
      columns={[...hourColumns, ...payColumns]}
      rows={weeks}
      rowKey={({ number }) => `${number}`}
      empty="No weeks are laid out."
    />
    <Guide plan={plan} weeks={weeks} />
    {mayEdit ? <LayOut episode={episode}>Change it</LayOut> : null}
    {earlier.length > 0 ? <Earlier {...{ episode, earlier, now }} /> : null}
  </>
)

const hourColumns: readonly Column<LaidOut>[] = [
  {
    key: 'week',
    label: 'Week',
    names: true,
    cell: ({ number, from, until }) => (
      <>
        Week {number}
        <br />
        <span className="nhsuk-hint">
          {shortDay(from)} to {shortDay(until)}
        </span>
      </>
    ),
  },
  { key: 'days', label: 'Days', cell: ({ days }) => daysInWords(days) },
  {
    key: 'hours',
    label: 'Hours',
    cell: ({ hours, total, days }) =>
      days.length === 0 ? 'None' : days.length === 1 ? inHours(total) : `${inHours(hours)} a day, ${inHours(total)}`,
  },
  { key: 'duties', label: 'Work', cell: ({ duties }) => duties ?? 'As usual' },
  { key: 'review', label: 'At the end', cell: ({ review }) => (review ? 'Look at it together' : 'Go on') },
]

const payColumns: readonly Column<LaidOut>[] = [
  {
    key: 'pay',
    label: 'Pay for hours worked (guide)',
    cell: ({ pay }) => (pay === null ? 'Not known' : inPounds(pay)),
  },
  {
    key: 'sick',
    label: 'Statutory Sick Pay (guide)',
    prose: true,
    cell: ({ sick }) => (sick === null ? 'Cannot be told' : <SickPay sick={sick} />),
  },
]

const SickPay = ({ sick: { days, amount, notDue } }: Readonly<{ sick: SickPayInWeek }>) => (
  <>
    {days === 0 ? 'None' : `${inPounds(amount)} for ${days} ${days === 1 ? 'day' : 'days'}`}
    {notDue.map((one) => (
      <span key={one.why} className="nhsuk-hint ww-under">
        {notDueInWords(one)}
      </span>
    ))}
  </>
)

const Guide = ({ plan, weeks }: Readonly<{ plan: PhasedReturn; weeks: readonly LaidOut[] }>) => (
  <Inset>
    <p>
      <strong>The pay is a guide.</strong> The employer’s payroll decides, many employers pay more than the statutory
      amount, and benefits or holiday may change it. Sick pay is for days on which they usually work and cannot yet.
    </p>
    {plan.offSince === null ? <p>Enter since when they are off to see what sick pay may be due.</p> : null}
    {plan.weeklyPay === null ? (
      <p>Without their usual pay the flat rate is shown. It is less for people who earn little.</p>
    ) : null}
    {plan.offSince !== null && weeks.some(({ sick }) => sick === null) ? (
      <p>No rates are held here that reach back to some of these weeks, so sick pay cannot be told for them.</p>
    ) : null}
    <Rates weeks={weeks} />
  </Inset>
)

const Rates = ({ weeks }: Readonly<{ weeks: readonly LaidOut[] }>) => {
  const rules = rulesOf(weeks)
  if (rules.length === 0) return null
  return (
    <>
      <p>Rates of Statutory Sick Pay in these weeks:</p>
      <ul>
        {rules.map((rule) => (
          <li key={rule.fromOn.toString()}>{rateInWords(rule)}</li>
        ))}
      </ul>
    </>
  )
}

const Earlier = ({ episode, earlier, now }: Pick<ShownProps, 'episode' | 'earlier' | 'now'>) => (
  <section className="ww-screen-only">
    <h2 className="nhsuk-heading-m">Earlier versions</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {earlier.map(({ id, number, at, by }) => (
        <li key={id}>
          <a href={`/episodes/${episode}/phased-return?version=${number}`}>Version {number}</a>, {inWords(at, now)}
          {by === null ? '' : `, ${by}`}
        </li>
      ))}
    </ul>
  </section>
)

type EmployersProps = Readonly<{
  episode: string
  person: Readonly<{ name: string }>
  plan: PhasedReturn
  weeks: readonly LaidOut[]
  /** Those the person agreed may be told. */
  employers: readonly string[]
}>

/** What an employer is given of it on paper: days, hours and work, and nothing about health or pay. */
export const ForTheEmployer = ({ episode, person, plan, weeks, employers }: EmployersProps) => (
  <Handout>
    <Page
      title="Phased return to work"
      caption={person.name}
      back={{ href: `/episodes/${episode}/phased-return` }}
      actions={<PrintLink>Print this page</PrintLink>}
    >
      <div className="ww-screen-only">
        <Inset>
          <p>
            {employers.length > 0
              ? `They agreed that ${employers.join(', ')} may be told by us.`
              : 'Give this to the person: they have not agreed that we tell their employer anything.'}{' '}
            It says nothing about health or pay.
          </p>
        </Inset>
      </div>
      <p>
        A proposal for the return of {person.name} to their usual job ({inHours(plan.hours)} a week), beginning on{' '}
        {longDay(plan.beginsOn)}. From {longDay(fullFrom(plan))} they work their usual hours.
      </p>
      <Table
        caption="Week by week"
        columns={hourColumns}
        rows={weeks}
        rowKey={({ number }) => `${number}`}
        empty="No weeks are laid out."
      />
      <p>
        If a week turns out to be too much or too little, please say so to {person.name} and look at the next weeks
        together.
      </p>
      <p>Agreed by the employee: ______________________ On: ______________</p>
      <p>Agreed by the employer: ______________________ On: ______________</p>
    </Page>
  </Handout>
)
