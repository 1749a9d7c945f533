import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Time } from '#registers/organisations/rules.ts'

type Names = Readonly<Record<string, { label: string }>>

type SharingRow = Readonly<{
  id: string
  holderName: string
  partnerName: string
  reason: string
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  state: Time
  /** Whether its reader may end it. */
  ends: boolean
}>

type SharingProps = FormState &
  Readonly<{
    id: string
    arrangements: readonly SharingRow[]
    organisations: Names
    /** Whose people its reader may open to others. */
    holder: 'any' | Readonly<{ id: string; name: string }>
    mayAgree: boolean
    today: Temporal.PlainDate
  }>

/** Who may see whose people, and until when. */
export const Sharing = ({ mayAgree, arrangements, problems, ...form }: SharingProps) => (
  <Page
    title="Sharing arrangements"
    lede="The workers of an organisation see the people it holds. An arrangement lets the workers of a partner see them too, from a day and until another."
    problems={problems}
  >
    <Table
      caption="Arrangements"
      rows={arrangements}
      rowKey={(row) => row.id}
      columns={columns}
      empty="No organisation here may see another's people. What is agreed appears here."
    />
    {form.holder === 'any' ? null : (
      <Inset>
        <p>
          To let {form.holder.name} see the people another organisation holds, ask its service manager or the area lead
          to add the arrangement.
        </p>
      </Inset>
    )}
    {mayAgree ? <Adding {...form} problems={problems} /> : null}
  </Page>
)

const columns: readonly Column<SharingRow>[] = [
  { key: 'holder', label: 'People held by', names: true, cell: ({ holderName }) => holderName },
  { key: 'partner', label: 'May be seen by', cell: ({ partnerName }) => partnerName },
  { key: 'reason', label: 'Why', cell: ({ reason }) => reason },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
  {
    key: 'until',
    label: 'Until',
    nowrap: true,
    cell: ({ until_on, state }) => (state === 'ended' ? <Ended on={until_on} /> : until_on && shortDay(until_on)),
  },
  {
    key: 'end',
    label: 'End it',
    cell: ({ id, ends, state, partnerName, holderName }) =>
      ends ? (
        <ButtonForm
          action={`/sharing/${id}/end`}
          small
          secondary
          context={`what ${partnerName} may see of ${holderName}`}
        >
          {state === 'to-come' ? 'Call off' : 'End now'}
        </ButtonForm>
      ) : null,
  },
]

const Ended = ({ on }: { on: Temporal.PlainDate | null }) => <Tag colour="grey">Ended {on ? shortDay(on) : ''}</Tag>

type AddingProps = Omit<SharingProps, 'arrangements' | 'mayAgree'>

const Adding = ({ id, organisations, holder, today, problems, typed }: AddingProps) => (
  <>
    <h2 className="nhsuk-heading-m">
      {holder === 'any' ? 'Add an arrangement' : `Let others see the people ${holder.name} holds`}
    </h2>
    <Form
      action={`/sharing/${id}`}
      problems={problems}
      typed={typed}
      fields={holder === 'any' ? {} : { holder: holder.id }}
    >
      {holder === 'any' ? <SelectFrom name="holder" label="People held by" list={organisations} /> : null}
      <SelectFrom
        name="partner"
        label="May be seen by the workers of"
        list={holder === 'any' ? organisations : without(organisations, holder.id)}
      />
      <TextField name="reason" label="Why" hint="For example: they cover each other's absences" />
      <DateField name="from" label="From" value={today.toString()} />
      <DateField name="until" label="Until (optional)" hint="The first day on which they no longer see them" />
      <Button>Add the arrangement</Button>
    </Form>
  </>
)

function without(organisations: Names, own: string): Names {
  return Object.fromEntries(Object.entries(organisations).filter(([id]) => id !== own))
}
