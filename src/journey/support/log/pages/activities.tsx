import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type ActivityKind, activityKinds, timeInWords } from '#journey/support/log/rules.ts'

type Row = Readonly<{
  id: string
  kind: ActivityKind
  minutes: number
  happened_on: Temporal.PlainDate
  note: string | null
}>

type ActivitiesProps = FormState &
  Readonly<{ id: string; activities: readonly Row[]; today: Temporal.PlainDate; since: Temporal.PlainDate }>

/** One's own work that is not about one person: a short form, and what was written down lately. */
export const Activities = ({ id, activities, today, since, problems, typed }: ActivitiesProps) => (
  <Page title="Other work" lede="Your work that is not about one person." problems={problems} width="reading">
    <Form action="/activities" fields={{ id }} problems={problems} typed={typed}>
      <SelectFrom name="kind" label="What was it?" list={activityKinds} />
      <TextField name="minutes" label="How long did it take?" suffix="minutes" width={3} inputMode="numeric" />
      <DateField name="on" label="On which day?" value={today.toString()} />
      <TextField name="note" label="Note" hint="You can leave this empty. Write nothing about anybody you support." />
      <Button>Save</Button>
    </Form>
    <Table
      caption={`Since ${dayInWords(since, today)}`}
      captionSize="m"
      rows={activities}
      rowKey={(row) => row.id}
      columns={columns(today)}
      empty="What you write down appears here."
    />
  </Page>
)

function columns(today: Temporal.PlainDate): readonly Column<Row>[] {
  return [
    { key: 'kind', label: 'What', names: true, cell: ({ kind }) => activityKinds[kind].label },
    { key: 'on', label: 'Day', cell: ({ happened_on: on }) => dayInWords(on, today) },
    { key: 'time', label: 'Time', nowrap: true, cell: ({ minutes }) => timeInWords(minutes) },
    { key: 'note', label: 'Note', cell: ({ note }) => note },
    {
      key: 'back',
      label: 'Change',
      nowrap: true,
      cell: ({ id, kind }) => (
        <ButtonForm action={`/activities/${id}/withdrawal`} asLink context={activityKinds[kind].label.toLowerCase()}>
          Take back
        </ButtonForm>
      ),
    },
  ]
}
