import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  interpretingOf,
  interpretingStates,
  type Interpreter,
  type SaidOfInterpreting,
  saidOfInterpreting,
  timesInWords,
} from '#journey/appointment/rules.ts'
import { modes, type Mode, type Times } from '#journey/invitation/rules.ts'

type Row = Times &
  Readonly<{
    id: string
    person: string
    name: string
    wanted: string | null
    memberName: string
    mode: Mode
    interpreter: Interpreter
    interpreting: SaidOfInterpreting | null
  }>

type ListProps = Readonly<{ rows: readonly Row[]; today: Temporal.PlainDate }>

/** The appointments to come for which no interpreter is confirmed. */
export const InterpretersPage = ({ rows, today }: ListProps) => (
  <Page
    title="Interpreters to find"
    lede="Appointments to come for which an interpreter is needed and not confirmed, the soonest first."
  >
    <Table
      caption="Interpreters to find"
      captionSize="hidden"
      columns={columns(today)}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Every interpreter that is needed is confirmed. Appointments appear here as soon as one is needed."
    />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  {
    key: 'when',
    label: 'When',
    names: true,
    cell: (row) => <a href={`/appointments/${row.id}`}>{timesInWords(row, today)}</a>,
  },
  { key: 'language', label: 'Language', cell: ({ wanted }) => wanted ?? 'Not on record' },
  { key: 'person', label: 'Person', cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  { key: 'with', label: 'With', cell: ({ memberName, mode }) => `${memberName}, ${modes[mode].label.toLowerCase()}` },
  {
    key: 'state',
    label: 'State',
    cell: (row) => {
      const { label, colour } = interpretingStates[interpretingOf(row)]
      return <Tag colour={colour}>{label}</Tag>
    },
  },
  {
    key: 'do',
    label: 'Next',
    cell: (row) => (
      <a href={`/appointments/${row.id}/interpreter`}>
        Say how far it is<span className="nhsuk-u-visually-hidden"> for {row.name}</span>
      </a>
    ),
  },
]

type Said = Readonly<{
  id: string
  state: SaidOfInterpreting
  language: string | null
  note: string | null
  at: Temporal.Instant
  by: string
}>

type FormProps = FormState &
  Readonly<{
    id: string
    appointment: Times & Readonly<{ id: string }>
    person: Readonly<{ name: string }>
    wanted: string | null
    said: readonly Said[]
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

/** How far the search for the interpreter of one appointment has come. */
export const InterpreterForm = ({ id, appointment, person, wanted, said, now, today, ...state }: FormProps) => (
  <FormPage
    title="Interpreter"
    caption={`${person.name}, ${timesInWords(appointment, today)}`}
    back={{ href: `/appointments/${appointment.id}`, label: 'Back to the appointment' }}
    width="reading"
    action={`/appointments/${appointment.id}/interpreter`}
    fields={{ id }}
    {...state}
  >
    <RadiosFrom
      name="state"
      label="How far is it?"
      list={saidOfInterpreting}
      {...(said[0] ? { value: said[0].state } : {})}
    />
    <TextField
      name="language"
      label="Language, or which kind of interpreter"
      value={said[0]?.language ?? wanted ?? ''}
    />
    <TextArea
      name="note"
      label="Note (optional)"
      hint="For example the agency, its reference, and how the interpreter joins."
      rows={2}
      maximum={400}
    />
    <Button>Save</Button>
    <Table
      caption="What was said before"
      columns={saidColumns(now)}
      rows={said}
      rowKey={(one) => one.id}
      empty="Nobody has said anything yet."
    />
  </FormPage>
)

const saidColumns = (now: Temporal.Instant): readonly Column<Said>[] => [
  { key: 'state', label: 'State', names: true, cell: ({ state }) => interpretingStates[state].label },
  { key: 'language', label: 'Language', cell: ({ language }) => language ?? '' },
  { key: 'note', label: 'Note', prose: true, cell: ({ note }) => note ?? '' },
  { key: 'when', label: 'Said', cell: ({ at, by }) => `${by}, ${inWords(at, now)}` },
]
