import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'

type Names = Readonly<Record<string, { label: string }>>

export type SharingRow = Readonly<{
  id: string
  holderName: string
  partnerName: string
  reason: string
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
}>

type SharingProps = FormState &
  Readonly<{ id: string; arrangements: readonly SharingRow[]; organisations: Names; today: Temporal.PlainDate }>

/** Who may see whose people, and until when. */
export const Sharing = ({ id, arrangements, organisations, today, problems, typed }: SharingProps) => (
  <Page
    title="Sharing arrangements"
    lede="The workers of an organisation see the people it holds. An arrangement lets the workers of a partner see them too, from a day and until another."
    problems={problems}
  >
    <Table
      caption="Arrangements"
      rows={arrangements}
      rowKey={(row) => row.id}
      columns={[
        { key: 'holder', label: 'People held by', names: true, cell: ({ holderName }) => holderName },
        { key: 'partner', label: 'May be seen by', cell: ({ partnerName }) => partnerName },
        { key: 'reason', label: 'Why', cell: ({ reason }) => reason },
        { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => longDay(from_on) },
        {
          key: 'until',
          label: 'Until',
          nowrap: true,
          cell: ({ id: row, until_on, partnerName }) =>
            until_on ? (
              longDay(until_on)
            ) : (
              <ButtonForm action={`/sharing/${row}/end`} small secondary context={`what ${partnerName} may see`}>
                End today
              </ButtonForm>
            ),
        },
      ]}
      empty="No organisation here may see another's people."
    />
    <h2 className="nhsuk-heading-m">Add an arrangement</h2>
    <Form action={`/sharing/${id}`} problems={problems} typed={typed}>
      <SelectFrom name="holder" label="People held by" list={organisations} />
      <SelectFrom name="partner" label="May be seen by the workers of" list={organisations} />
      <TextField name="reason" label="Why" hint="For example: they cover each other's absences" />
      <DateField name="from" label="From" value={today.toString()} />
      <DateField name="until" label="Until (optional)" />
      <Button>Add the arrangement</Button>
    </Form>
  </Page>
)
