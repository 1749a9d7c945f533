import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { ChosenCount, type Column, Table } from '#platform/html/table.tsx'
import {
  inWords,
  type KeepingRule,
  type KeepingRules,
  type RecordKind,
  recordKinds,
  usualRules,
  type Verdict,
  yearsInWords,
} from '#journey/keeping/rules.ts'

/** Somebody whose record is old enough to be looked at, and what the rules say. */
export type Judged = Readonly<{ person: string; name: string; lastEntryOn: Temporal.PlainDate; verdict: Verdict }>

type KeepingProps = Readonly<{
  rules: KeepingRules
  due: readonly Judged[]
  staying: readonly Judged[]
  mayErase: boolean
  maySet: boolean
  next: string | undefined
  first: string | undefined
}>

/** How long records are kept, whom that would erase now, and who stays and why. */
export const KeepingPage = ({ rules, due, staying, mayErase, maySet, next, first }: KeepingProps) => (
  <Page
    title="How long records are kept"
    lede="Nothing is erased by itself. This page says whom the rules would erase today, and why not the others."
    actions={maySet ? <LinkButton href="/keeping/rules/new">Change how long</LinkButton> : undefined}
  >
    <Rules rules={rules} />
    <h2 className="nhsuk-heading-m">Whom the rules would erase today</h2>
    {mayErase ? <ToErase due={due} /> : <DueTable due={due} />}
    <h2 className="nhsuk-heading-m">Old records that stay</h2>
    <ListBar count={staying.length === 1 ? '1 person on this page' : `${staying.length} people on this page`} print />
    <Table
      caption="Who stays, and why"
      captionSize="hidden"
      columns={stayingColumns}
      rows={staying}
      rowKey={({ person }) => person}
      empty="Records appear here once they are as old as the shortest of the rules above."
    />
    <NewerOlder newer={first} newerLabel="First page" older={next} olderLabel="Next page" />
  </Page>
)

const Rules = ({ rules }: Pick<KeepingProps, 'rules'>) => (
  <>
    <Table
      caption="The rules in force"
      captionSize="m"
      columns={ruleColumns}
      rows={recordKinds.map((kind) => ({ kind, ...rules[kind] }))}
      rowKey={({ kind }) => kind}
      empty=""
    />
    <p>
      Where several rules fit, the longest holds. A rule without a source is our own beginning: your records manager
      decides it.
    </p>
  </>
)

const ruleColumns: readonly Column<KeepingRule & Readonly<{ kind: RecordKind }>>[] = [
  { key: 'kind', label: 'Record', names: true, prose: true, cell: ({ kind }) => usualRules[kind].label },
  {
    key: 'years',
    label: 'Kept for',
    prose: true,
    cell: ({ kind, years }) => `${yearsInWords(years)} after ${usualRules[kind].after}`,
  },
  {
    key: 'source',
    label: 'Source',
    prose: true,
    cell: ({ source, decided }) =>
      source ?? (
        <Tag colour={decided ? 'blue' : 'orange'}>{decided ? 'Decided by the area' : 'No source: to be decided'}</Tag>
      ),
  },
]

const ToErase = ({ due }: Pick<KeepingProps, 'due'>) => (
  <Form action="/erasures/proposal" problems={[]} typed={{}}>
    <DueTable due={due} choosable />
    {due.length === 0 ? null : (
      <ButtonGroup>
        <Button>Look at them before erasing</Button>
        <ChosenCount one="person chosen" many="people chosen" />
      </ButtonGroup>
    )}
  </Form>
)

const DueTable = ({ due, choosable }: Pick<KeepingProps, 'due'> & Readonly<{ choosable?: boolean }>) => (
  <Table
    caption="Whom the rules would erase"
    captionSize="hidden"
    columns={dueColumns}
    rows={due}
    rowKey={({ person }) => person}
    {...(choosable
      ? {
          choose: {
            name: 'chosen',
            value: ({ person }: Judged) => person,
            label: ({ name }: Judged) => `Choose ${name}`,
          },
        }
      : {})}
    empty="Nobody on this page of old records may be erased today."
  />
)

const named: Column<Judged> = {
  ...{ key: 'name', label: 'Person', names: true },
  cell: ({ person, name }) => <a href={`/people/${person}/keeping`}>{name}</a>,
}
const lastEntry: Column<Judged> = {
  ...{ key: 'last', label: 'Last entry', nowrap: true },
  cell: ({ lastEntryOn }) => longDay(lastEntryOn),
}
const dueColumns: readonly Column<Judged>[] = [
  named,
  lastEntry,
  { key: 'why', label: 'Rule', prose: true, cell: ({ verdict }) => inWords(verdict) },
]
const stayingColumns: readonly Column<Judged>[] = [
  named,
  lastEntry,
  { key: 'why', label: 'Why they stay', prose: true, cell: ({ verdict }) => verdict.reasons.join('. ') },
]

type History = Readonly<{
  id: string
  kind: string
  years: number
  from_on: Temporal.PlainDate
  source: string | null
  reason: string
  set_at: Temporal.Instant
  by: string | null
}>
type NewRuleProps = FormState & Readonly<{ id: string; history: readonly History[] }>

/** Setting how long a kind of record is kept from a day on. */
export const NewRule = ({ id, history, ...state }: NewRuleProps) => (
  <FormPage
    title="Change how long records are kept"
    width="reading"
    back={{ href: '/keeping', label: 'How long records are kept' }}
    action="/keeping/rules"
    fields={{ id }}
    {...state}
  >
    <SelectFrom name="kind" label="Which records?" list={usualRules} />
    <TextField name="years" label="Kept for how many years?" width={3} inputMode="numeric" />
    <DateField name="fromOn" label="From which day?" />
    <TextArea
      name="source"
      label="Which source says so?"
      hint="For example the line of the NHS Records Management Code. Leave empty where the area decides it alone"
      rows={2}
      maximum={400}
    />
    <TextArea name="reason" label="Why, and who agreed?" rows={2} maximum={400} />
    <Button>Set this rule</Button>
    <h2 className="nhsuk-heading-m">What was set before</h2>
    <Timeline
      happenings={history.map((rule) => ({
        key: rule.id,
        what: `${labelOf(rule.kind)}: ${yearsInWords(rule.years)} from ${longDay(rule.from_on)}`,
        when: longDay(rule.set_at.toZonedDateTimeISO('Europe/London').toPlainDate()),
        moment: rule.set_at.toString(),
        by: rule.by ?? undefined,
        text: [rule.reason, rule.source].filter(Boolean).join(' · '),
      }))}
      empty="Nothing was changed yet: the usual rules hold."
    />
  </FormPage>
)

const labels: Readonly<Record<string, Readonly<{ label: string }>>> = usualRules
const labelOf = (kind: string) => labels[kind]?.label ?? kind
