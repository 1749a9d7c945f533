import { clock, dayOf, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import { decidedName, decidedValue, type Trailblazer, whoCertifies } from './rules.ts'

type DecisionRow = Readonly<{
  name: string
  from_on: Temporal.PlainDate
  value: unknown
  /** What held until then. */
  before: unknown
  reason: string | null
  byName: string | null
  set_at: Temporal.Instant
}>

type TrailblazerProps = FormState &
  Readonly<{
    trailblazer: Trailblazer
    decisions: readonly DecisionRow[]
    version: string
    from: Temporal.PlainDate
  }>

/** Says whether the area takes part as a fit note trailblazer, and how soon people are spoken to. */
export const TrailblazerForm = ({ trailblazer, decisions, version, from, problems, typed }: TrailblazerProps) => (
  <Page
    title="Fit note trailblazer"
    lede="Where an area takes part, somebody who asks their practice for a fit note is offered a conversation with a coach about work and health."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Inset>
      <p>{whoCertifies}</p>
    </Inset>
    <Form
      action="/area/trailblazer"
      edits={{ version, now: <Decisions decisions={decisions} /> }}
      draft
      {...{ problems, typed }}
    >
      <Tick
        name="trailblazer"
        label="Our area takes part"
        hint="Coaches can then write down requests for a fit note. Requests that are open stay open if you stop."
        value={trailblazer.trailblazer}
      />
      <TextField
        name="conversationWorkingDays"
        label="Working days until the conversation"
        hint="Counted from the day of the request. No published figure says how many: 5 is our own."
        width={3}
        inputMode="numeric"
        value={`${trailblazer.conversationWorkingDays}`}
      />
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <Decisions decisions={decisions} />
  </Page>
)

const Decisions = ({ decisions }: Pick<TrailblazerProps, 'decisions'>) => (
  <Table
    caption="Decisions, newest first"
    captionSize="hidden"
    rows={decisions}
    rowKey={({ name, from_on, set_at }) => `${name}${from_on.toString()}${set_at.toString()}`}
    columns={[
      { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
      { key: 'what', label: 'What', names: true, cell: ({ name }) => decidedName(name) },
      { key: 'value', label: 'Decided', cell: ({ value }) => decidedValue(value) },
      { key: 'before', label: 'Before', cell: ({ before }) => decidedValue(before) },
      { key: 'why', label: 'Why', prose: true, cell: ({ reason }) => reason ?? '' },
      {
        key: 'by',
        label: 'By',
        cell: ({ byName, set_at }) =>
          `${byName ?? 'When the area was set up'}, ${shortDay(dayOf(set_at))} at ${clock(set_at)}`,
      },
    ]}
    empty="Nothing has been decided. Your area does not take part."
  />
)
