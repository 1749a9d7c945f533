import { dayInWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { WarningCallout } from '#platform/html/content.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Duty, dutyOn, withoutLead } from '#registers/safety-arrangement/rules.ts'

type DutyProps = FormState &
  Readonly<{
    id: string
    organisation: string
    duties: readonly Duty[]
    members: Readonly<Record<string, Readonly<{ label: string }>>>
    today: Temporal.PlainDate
    /** Whether this reader may name somebody. */
    names: boolean
  }>

/** Who leads on duty, who steps in, and naming them for the days to come. */
export const DutyPage = ({ id, organisation, duties, members, today, names, problems, typed }: DutyProps) => {
  const now = dutyOn(duties, today)
  return (
    <Page
      title="Duty lead"
      caption={organisation}
      back={{ href: '/concerns', label: 'Back to the concerns' }}
      problems={problems}
      width="reading"
    >
      {now ? (
        <SummaryList
          rows={[
            { label: 'Leads today', value: now.leadName },
            { label: 'Steps in', value: now.deputyName ?? 'Nobody: after the lead the manager is told' },
          ]}
        />
      ) : (
        <WarningCallout heading="Nobody is named to lead on duty today">
          <p>
            {withoutLead}
            {names ? ' Name somebody below.' : ''}
          </p>
        </WarningCallout>
      )}
      <Table
        caption="Today and after"
        captionSize="m"
        columns={columns(today, names)}
        rows={duties}
        rowKey={(duty) => duty.id}
        empty="Days appear here once somebody is named for them."
      />
      {names ? <NameSomebody {...{ id, members, today, problems, typed }} /> : null}
    </Page>
  )
}

const columns = (today: Temporal.PlainDate, names: boolean): readonly Column<Duty>[] => [
  { key: 'days', label: 'Days', names: true, cell: (duty) => daysInWords(duty, today) },
  { key: 'lead', label: 'Leads', cell: ({ leadName }) => leadName },
  { key: 'deputy', label: 'Steps in', cell: ({ deputyName }) => deputyName ?? 'Nobody' },
  ...(names
    ? [
        {
          key: 'back',
          label: 'Change',
          cell: (duty: Duty) => (
            <ButtonForm
              action={`/duty/${duty.id}/withdrawal`}
              asLink
              context={`${duty.leadName}, ${daysInWords(duty, today)}`}
            >
              Take back
            </ButtonForm>
          ),
        },
      ]
    : []),
]

function daysInWords({ fromOn, untilOn }: Duty, today: Temporal.PlainDate): string {
  const last = untilOn.subtract({ days: 1 })
  return last.equals(fromOn) ? dayInWords(fromOn, today) : `${shortDay(fromOn)} to ${shortDay(last)}`
}

const NameSomebody = ({
  id,
  members,
  today,
  problems,
  typed,
}: Omit<DutyProps, 'organisation' | 'duties' | 'names'>) => (
  <>
    <h2 className="nhsuk-heading-m">Name somebody</h2>
    <p>Where two were named for a day, the one named last leads.</p>
    <Form action="/duty" fields={{ id }} {...{ problems, typed }}>
      <SelectFrom name="lead" label="Who leads?" list={members} />
      <SelectFrom name="deputy" label="Who steps in? (optional)" list={members} empty="Nobody" />
      <DateField name="from" label="First day" value={today.toString()} />
      <DateField name="last" label="Last day" value={today.toString()} />
      <Button>Name them</Button>
    </Form>
  </>
)
