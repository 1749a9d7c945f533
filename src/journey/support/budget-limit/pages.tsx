import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { inPounds, type Period, periodInWords, typedPounds } from './rules.ts'

/** What is committed of a period: held by requests, paid, and the most for one person. Added up, never typed. */
export type Sums = Readonly<{ held: number; paid: number; mostForOne: number }>

type Amount = Readonly<{
  period: string
  number: number
  areaPence: number
  personPence: number
  why: string | null
  at: Temporal.Instant
  by: string | null
}>
type Approver = Readonly<{
  id: string
  name: string
  pence: number
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate | null
}>

type LimitsProps = FormState &
  Readonly<{
    periods: readonly (Period & Readonly<{ sums: Sums }>)[]
    amounts: readonly Amount[]
    approvers: readonly Approver[]
    members: CodeList
    id: string
    now: Temporal.Instant
  }>

/** The limits of the intervention budget: each period with what is left, and who may approve. */
export const Limits = (props: LimitsProps) => (
  <Page
    title="Limits of the budget"
    lede="How much may be spent on help for people in a period, in the area and for one person. What is spent is added up from the requests."
    problems={props.problems}
    width="reading"
  >
    {props.periods.length === 0 ? (
      <EmptyState heading="No period has a budget yet">
        Nothing can be approved before. Begin with a period, for example a financial year.
      </EmptyState>
    ) : null}
    {props.periods.map((period) => (
      <PeriodCard key={period.id} period={period} {...props} />
    ))}
    <p>
      <a href="/budget/limits/new">Set a budget for another period</a>
    </p>
    <Approvers {...props} />
  </Page>
)

type OfPeriod = LimitsProps & Readonly<{ period: LimitsProps['periods'][number] }>

const PeriodCard = ({ period, amounts, now }: OfPeriod) => {
  const { areaPence, personPence, sums } = period
  const history = amounts.filter((one) => one.period === period.id)
  return (
    <Card
      heading={periodInWords(period)}
      actions={
        <a href={`/budget/limits/${period.id}`}>
          Change<span className="nhsuk-u-visually-hidden"> {periodInWords(period)}</span>
        </a>
      }
    >
      <SummaryList
        compact
        rows={[
          { label: 'For the area', value: inPounds(areaPence) },
          { label: 'For one person', value: inPounds(personPence) },
          { label: 'Committed', value: inPounds(sums.held) },
          { label: 'Of that paid', value: inPounds(sums.paid) },
          { label: 'Left', value: <strong>{inPounds(areaPence - sums.held)}</strong> },
        ]}
      />
      {history.length > 1 ? (
        <Details summary="How it was set">
          <ul>
            {history.map((one) => (
              <li key={one.number}>
                {inPounds(one.areaPence)}, {inPounds(one.personPence)} for one person, {inWords(one.at, now)}
                {one.by === null ? '' : `, ${one.by}`}
                {one.why === null ? '' : `: ${one.why}`}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </Card>
  )
}

const Approvers = ({ approvers, members, id, problems, typed, now }: LimitsProps) => (
  <>
    <h2 className="nhsuk-heading-m">Who may approve</h2>
    <p>
      The team approves at its meetings. Whoever is named here may approve by themselves, but never what they asked for.
    </p>
    {approvers.length === 0 ? <p>Nobody is named.</p> : null}
    <ul className="nhsuk-list">
      {approvers.map((one) => (
        <li key={one.id}>
          {one.name}, up to {inPounds(one.pence)}, from {longDay(one.fromOn)}
          {one.untilOn === null ? '' : ` to ${longDay(one.untilOn.subtract({ days: 1 }))}`}{' '}
          <ButtonForm action={`/budget/approvers/${one.id}/ending`} asLink context={one.name}>
            End this
          </ButtonForm>
        </li>
      ))}
    </ul>
    <Card heading="Name somebody">
      <Form action="/budget/approvers" fields={{ id }} problems={problems} typed={typed}>
        <SelectFrom name="member" label="Who?" list={members} empty="Choose" />
        <TextField name="upTo" label="Up to how much for one request, in pounds?" hint="For example 500" />
        <DateField name="from" label="From which day?" value={dayOf(now).toString()} />
        <DateField name="last" label="Until which day?" hint="Leave it empty where it goes on." />
        <Button>Name them</Button>
      </Form>
    </Card>
  </>
)

type PeriodProps = FormState & Readonly<{ id: string; period?: Period | undefined }>

/** Sets a budget for a period, or changes how much it is. */
export const PeriodForm = ({ id, period, ...state }: PeriodProps) => (
  <FormPage
    {...state}
    title={period ? 'Change this budget' : 'Set a budget for a period'}
    {...(period ? { caption: periodInWords(period) } : {})}
    back={{ href: '/budget/limits', label: 'Back to the limits' }}
    width="reading"
    action={period ? `/budget/limits/${period.id}` : '/budget/limits'}
    fields={{ id }}
    {...(period ? { edits: { version: period.number, now: <AsItStands {...period} /> } } : {})}
  >
    {period ? null : (
      <>
        <DateField name="from" label="First day" hint="For example 1 4 2026" />
        <DateField name="last" label="Last day" hint="For example 31 3 2027" />
      </>
    )}
    <TextField
      name="area"
      label="How much for the area, in pounds?"
      hint="For example 50,000"
      value={period && typedPounds(period.areaPence)}
    />
    <TextField
      name="person"
      label="How much at most for one person, in pounds?"
      hint="For example 1,000"
      value={period && typedPounds(period.personPence)}
    />
    {period ? <TextArea name="why" label="Why does it change?" rows={2} maximum={300} /> : null}
    <Button>Save</Button>
  </FormPage>
)

const AsItStands = ({ areaPence, personPence }: Period) => (
  <p>
    {inPounds(areaPence)} for the area, {inPounds(personPence)} for one person.
  </p>
)
