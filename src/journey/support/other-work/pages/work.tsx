import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { CardGrid } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Card } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { timeInWords } from '#journey/support/log/rules.ts'
import { rowsAtOnce, type Week } from '#journey/support/other-work/rules.ts'

type Piece = Readonly<{
  id: string
  kind: string
  label: string
  minutes: number
  on: Temporal.PlainDate
  note: string | null
}>

type WorkProps = FormState &
  Readonly<{
    ids: readonly string[]
    week: Week
    today: Temporal.PlainDate
    kinds: CodeList
    days: CodeList
    pieces: readonly Piece[]
    /** Whether the reader sees what everybody's other work adds up to. */
    totalled: boolean
  }>

/** One's own work of a week that is not about one person: several pieces at once, and what was written down. */
export const OtherWork = ({ ids, week, today, kinds, days, pieces, totalled, ...state }: WorkProps) => (
  <Page
    title="Other work"
    caption={`Week from ${longDay(week.from)}`}
    lede="Your work that is not about one person. Leave empty what you do not need."
    problems={state.problems}
    actions={
      totalled ? (
        <LinkButton href="/activities/totals" small secondary>
          What it adds up to
        </LinkButton>
      ) : null
    }
  >
    <Form action="/activities" fields={hidden(ids, week)} {...state}>
      <CardGrid>
        {Array.from({ length: rowsAtOnce }, (_, place) => (
          <One key={place} at={place + 1} {...{ kinds, days, today }} />
        ))}
      </CardGrid>
      <Button>Save</Button>
    </Form>
    <Table
      caption={`Written down in this week: ${timeInWords(pieces.reduce((sum, { minutes }) => sum + minutes, 0))}`}
      captionSize="m"
      rows={pieces}
      rowKey={({ id }) => id}
      columns={columns}
      empty="What you write down for this week appears here."
    />
    <NewerOlder
      older={`/activities?week=${week.from.subtract({ days: 7 }).toString()}`}
      olderLabel="The week before"
      {...(week.until.toString() <= today.toString()
        ? { newer: `/activities?week=${week.until.toString()}`, newerLabel: 'The week after' }
        : {})}
    />
  </Page>
)

function hidden(ids: readonly string[], week: Week): Readonly<Record<string, string>> {
  const { day, month, year } = week.from
  const from = { 'week-day': `${day}`, 'week-month': `${month}`, 'week-year': `${year}` }
  return { ...Object.fromEntries(ids.map((id, place) => [`id${place + 1}`, id])), ...from }
}

type OneProps = Pick<WorkProps, 'kinds' | 'days' | 'today'> & Readonly<{ at: number }>

const ordinals = ['First', 'Second', 'Third'] as const

const One = ({ at, kinds, days, today }: OneProps) => {
  const which = ordinals[at - 1] ?? `${at}`
  const newest = Object.keys(days).at(-1)
  const day = `${today}` in days ? `${today}` : newest
  return (
    <Card heading={`${which} piece of work`}>
      <SelectFrom name={`kind${at}`} label="What was it?" list={kinds} />
      <SelectFrom
        name={`on${at}`}
        label="On which day?"
        list={days}
        empty={false}
        {...(day === undefined ? {} : { value: day })}
      />
      <TextField name={`minutes${at}`} label="How long?" suffix="minutes" width={3} inputMode="numeric" />
      <TextField name={`note${at}`} label="Note (optional)" hint="Write nothing about anybody you support" />
    </Card>
  )
}

const columns: readonly Column<Piece>[] = [
  { key: 'kind', label: 'What', names: true, cell: ({ label }) => label },
  { key: 'on', label: 'Day', cell: ({ on }) => longDay(on) },
  { key: 'time', label: 'Time', nowrap: true, cell: ({ minutes }) => timeInWords(minutes) },
  { key: 'note', label: 'Note', prose: true, cell: ({ note }) => note },
  {
    key: 'change',
    label: 'Change',
    nowrap: true,
    cell: ({ id, label, on }) => (
      <>
        <a href={`/activities/${id}`}>
          Change
          <span className="nhsuk-u-visually-hidden">
            {' '}
            {label.toLowerCase()} on {longDay(on)}
          </span>
        </a>{' '}
        <ButtonForm action={`/activities/${id}/withdrawal`} asLink context={`${label.toLowerCase()} on ${longDay(on)}`}>
          Take back
        </ButtonForm>
      </>
    ),
  },
]

type ChangeProps = FormState &
  Readonly<{
    own: Readonly<{
      id: string
      kind: string
      minutes: number
      on: Temporal.PlainDate
      note: string | null
      version: number
    }>
    kinds: CodeList
  }>

/** Changes a piece of one's own work. */
export const ChangeWork = ({ own, kinds, ...state }: ChangeProps) => (
  <FormPage
    title="Change this piece of work"
    back={{ href: '/activities', label: 'Other work' }}
    width="reading"
    action={`/activities/${own.id}`}
    edits={{
      version: own.version,
      now: (
        <p>
          {kinds[own.kind]?.label}, {longDay(own.on)}, {timeInWords(own.minutes)}
          {own.note === null ? '' : `: ${own.note}`}
        </p>
      ),
    }}
    {...state}
  >
    <SelectFrom name="kind" label="What was it?" list={kinds} value={own.kind} />
    <DateField name="on" label="On which day?" value={own.on.toString()} />
    <TextField
      name="minutes"
      label="How long did it take?"
      suffix="minutes"
      width={3}
      inputMode="numeric"
      value={`${own.minutes}`}
    />
    <TextField
      name="note"
      label="Note (optional)"
      hint="Write nothing about anybody you support"
      value={own.note ?? ''}
    />
    <Button>Save</Button>
  </FormPage>
)
