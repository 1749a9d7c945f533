import { inWords, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { owners } from '#journey/action/rules.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'
import { type Solution, type Version, whoseWords, type Words } from '#journey/solution/rules.ts'
import { daysInWords, Now } from './list.tsx'

const back = { href: '/area/solutions', label: 'Suggestions for barriers' } as const

type AddProps = FormState & Readonly<{ id: string; barrier: BarrierCode | undefined; today: Temporal.PlainDate }>

/** Adds a suggestion of the area's own. */
export const AddSolution = ({ id, barrier, today, problems, typed }: AddProps) => (
  <FormPage
    title="Add a suggestion"
    lede="It is offered to coaches in this area beside those that come with the product."
    back={back}
    action="/area/solutions"
    fields={{ id }}
    {...{ problems, typed }}
    width="reading"
  >
    <Fields words={{ barrier }} from={today} until={null} />
    <Button>Add this suggestion</Button>
  </FormPage>
)

type OneProps = FormState &
  Readonly<{
    solution: Solution
    names: ReadonlyMap<string, string>
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

/** One suggestion: how it stands, how to change or end it, and what was said of it before. */
export const OneSolution = ({ solution, names, now, today, problems, typed }: OneProps) => {
  const { code, newest, versions } = solution
  const edits = { version: newest.version, now: <SummaryList rows={rowsOf(newest)} compact /> }
  return (
    <Page title={solution.now.what} caption={barriers[solution.now.barrier].label} back={back} problems={problems}>
      <Standing {...solution} />
      <h2 className="nhsuk-heading-m">Change it</h2>
      <p>Plans that were made before keep the words they were made with.</p>
      <Form action={`/area/solutions/${code}`} {...{ edits, problems, typed }}>
        <Fields words={newest} from={laterOf(newest.from_on, today)} until={newest.until_on} />
        <Button>Save this suggestion</Button>
      </Form>
      <Ending {...solution} />
      <h2 className="nhsuk-heading-m">What was said of it</h2>
      <Table
        caption="Versions, newest first"
        captionSize="hidden"
        columns={versionColumns(names, now)}
        rows={versions}
        rowKey={({ version }) => `${version}`}
        empty=""
      />
    </Page>
  )
}

const laterOf = (from: Temporal.PlainDate | null, today: Temporal.PlainDate) =>
  from && Temporal.PlainDate.compare(from, today) > 0 ? from : today

const Standing = (solution: Solution) => (
  <SummaryList
    rows={[
      { label: 'Now', value: <Now {...solution} /> },
      { label: 'Words', value: whoseWords[solution.whose].label },
      ...rowsOf(solution.now).slice(2),
    ]}
  />
)

const Ending = ({ code, newest, state, supplied, whose }: Solution) => (
  <>
    {state === 'suggested' ? (
      <ButtonForm action={`/area/solutions/${code}/ending`} version={newest.version} secondary>
        Stop suggesting it from today
      </ButtonForm>
    ) : null}
    {supplied && (whose === 'changed' || state === 'ended') ? (
      <ButtonForm action={`/area/solutions/${code}/as-supplied`} version={newest.version} secondary>
        Suggest it as it was supplied
      </ButtonForm>
    ) : null}
  </>
)

type FieldsProps = Readonly<{
  words: Partial<{ [Part in keyof Words]: Words[Part] | undefined }>
  from: Temporal.PlainDate
  until: Temporal.PlainDate | null
}>

const Fields = ({ words: { barrier, what, owner, days, service }, from, until }: FieldsProps) => (
  <>
    <SelectFrom name="barrier" label="Which barrier is it for?" list={barriers} value={barrier} />
    <TextArea
      name="what"
      label="What could be done?"
      hint="One thing, as it may stand in a plan. The person reads it too. Give no medical advice beyond asking a GP, pharmacist or physio."
      value={what}
      rows={2}
      maximum={300}
    />
    <RadiosFrom name="owner" label="Who does it?" list={owners} value={owner} />
    <TextField
      name="days"
      label="Within how many days, usually?"
      hint="The coach and the person set the day itself"
      width={3}
      value={days?.toString()}
    />
    <TextField
      name="service"
      label="Kind of local service (optional)"
      hint="For example: debt advice"
      value={service ?? ''}
    />
    <DateField name="from" label="Suggest it from" value={from.toString()} />
    <DateField
      name="until"
      label="No longer from (optional)"
      hint="The first day on which it is not suggested any more"
      value={until?.toString() ?? ''}
    />
  </>
)

function rowsOf({ barrier, what, owner, days, service, from_on: from, until_on: until }: Version) {
  return [
    { label: 'Barrier', value: barriers[barrier].label },
    { label: 'What', value: what },
    { label: 'Who does it', value: owners[owner].label },
    { label: 'Within', value: daysInWords(days) },
    { label: 'Kind of service', value: service ?? 'None' },
    { label: 'From', value: from ? longDay(from) : 'The beginning' },
    { label: 'No longer from', value: until ? longDay(until) : 'No end' },
  ]
}

const versionColumns = (names: ReadonlyMap<string, string>, now: Temporal.Instant): readonly Column<Version>[] => [
  { key: 'version', label: 'Version', cell: ({ version }) => version },
  { key: 'what', label: 'What', names: true, cell: ({ what }) => what },
  { key: 'barrier', label: 'Barrier', cell: ({ barrier }) => barriers[barrier].label },
  { key: 'owner', label: 'Who does it', cell: ({ owner }) => owners[owner].label },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on: on }) => (on ? shortDay(on) : 'The beginning') },
  { key: 'until', label: 'No longer from', nowrap: true, cell: ({ until_on: on }) => (on ? shortDay(on) : 'No end') },
  {
    key: 'by',
    label: 'Said by',
    cell: ({ set_by: by, set_at: at }) =>
      at === null ? 'Came with the product' : `${names.get(by ?? '') ?? 'Somebody who has left'}, ${inWords(at, now)}`,
  },
]
