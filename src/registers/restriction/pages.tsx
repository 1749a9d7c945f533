import type { ReactNode } from 'react'
import { inWords, shortDay, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { roles, type Role } from '#platform/access/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName, type Person } from '#registers/people/rules.ts'
import { type Nameable, openingReasons, restrictionReasons } from './rules.ts'

type Named = Readonly<{
  membership: string
  name: string
  role: Role
  from_at: Temporal.Instant
  until_at: Temporal.Instant | null
  opened: boolean
}>

type RestrictionProps = FormState &
  Readonly<{
    person: Person
    restriction: Readonly<{ reason: string | null; note: string | null }> | undefined
    named: readonly Named[]
    nameable: readonly Nameable[]
    now: Temporal.Instant
  }>

/** Who may find and open a record, and why. */
export const Restriction = (props: RestrictionProps) => {
  const { person, restriction, named, now, problems, typed } = props
  return (
    <Page
      title="Who may open this record"
      caption={calledName(person)}
      back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
      actions={restriction ? <Tag colour="red">Restricted</Tag> : undefined}
      lede="A restricted record is found and opened by nobody but the people named here: not in a search, a list or by its address."
      problems={problems}
      width="reading"
    >
      {restriction ? <NamedNow named={named} now={now} /> : null}
      <Form
        action={`/people/${person.id}/restriction`}
        edits={{ version: person.version, now: <RestrictedNow {...props} /> }}
        problems={problems}
        typed={typed}
      >
        <RestrictionFields {...props} />
        <Button>{restriction ? 'Save' : 'Restrict this record'}</Button>
      </Form>
      {restriction ? (
        <ButtonForm action={`/people/${person.id}/restriction/lifting`} version={person.version} secondary>
          Lift the restriction
        </ButtonForm>
      ) : null}
    </Page>
  )
}

const RestrictionFields = ({ restriction, named, nameable }: RestrictionProps) => (
  <>
    <RadiosFrom
      name="reason"
      label="Why is this record restricted?"
      list={restrictionReasons}
      value={codeIn(restriction?.reason)}
    />
    <TextArea
      name="note"
      label="What only the people named here may read"
      hint="For example, who must not learn where they are. It appears nowhere but on this page."
      value={restriction?.note ?? undefined}
      rows={4}
      maximum={4000}
    />
    <CheckboxesFrom
      name="named"
      label="Who may open it?"
      hint="At least one senior coach or service manager. If you leave yourself out, you will not find this record any more."
      list={Object.fromEntries(
        nameable.map(({ id, name, roleLabel, organisationName }) => [
          id,
          { label: name, hint: `${roleLabel}, ${organisationName}` },
        ]),
      )}
      value={named.filter(({ opened }) => !opened).map(({ membership }) => membership)}
    />
  </>
)

function codeIn(reason: string | null | undefined): keyof typeof restrictionReasons | undefined {
  // Checked: only this page's form writes a reason, from this list.
  return (reason ?? undefined) as keyof typeof restrictionReasons | undefined
}

const NamedNow = ({ named, now }: Readonly<{ named: readonly Named[]; now: Temporal.Instant }>) => (
  <Table
    caption="May open it now"
    columns={[
      { key: 'name', label: 'Name', names: true, cell: ({ name }) => name },
      { key: 'role', label: 'Role', cell: ({ role }) => roles[role].label },
      { key: 'from', label: 'From', cell: ({ from_at }) => shortDay(dayOf(from_at)) },
      {
        key: 'until',
        label: 'Until',
        cell: ({ until_at, opened }) =>
          until_at ? `${inWords(until_at, now)}${opened ? ' (opened with a reason)' : ''}` : 'No end',
      },
    ]}
    rows={named}
    rowKey={({ membership, from_at }) => `${membership} ${from_at.toString()}`}
    empty="Nobody can open this record. Choose who may."
  />
)

const RestrictedNow = ({ restriction, named }: RestrictionProps) => (
  <SummaryList
    compact
    rows={[
      {
        label: 'Reason',
        value: restriction ? restrictionReasons[codeIn(restriction.reason) ?? 'other'].label : 'Not restricted',
      },
      { label: 'Note', value: restriction?.note },
      { label: 'May open it', value: named.map(({ name }) => name).join(', ') || 'Nobody is named' },
    ]}
  />
)

type Listed = Readonly<{ id: string; given_name: string; family_name: string; preferred_name: string | null }>
type Opening = Listed &
  Readonly<{
    membership: string
    by: string
    from_at: Temporal.Instant
    until_at: Temporal.Instant | null
    reason: string
    note: string | null
    reachable: boolean
  }>

type RestrictedProps = Readonly<{
  restricted: readonly (Listed & { reason: string | null })[]
  openings: readonly Opening[]
  now: Temporal.Instant
}>

const restrictedColumns: readonly Column<RestrictedProps['restricted'][number]>[] = [
  { key: 'name', label: 'Person', names: true, cell: (one) => <PersonLink {...one} /> },
  { key: 'reason', label: 'Why', cell: ({ reason }) => restrictionReasons[codeIn(reason) ?? 'other'].label },
  {
    key: 'change',
    label: 'Who may open it',
    cell: ({ id }) => <a href={`/people/${id}/restriction`}>Show or change</a>,
  },
]

const openingColumns = (now: Temporal.Instant): readonly Column<Opening>[] => [
  { key: 'by', label: 'Who', names: true, cell: ({ by }) => by },
  { key: 'when', label: 'When', cell: ({ from_at }) => inWords(from_at, now) },
  {
    key: 'person',
    label: 'Record',
    cell: (one) => (one.reachable ? <PersonLink {...one} /> : 'A record you are not named for'),
  },
  { key: 'reason', label: 'Why', cell: ({ reason }) => openingLabel(reason) },
  { key: 'note', label: 'In their words', prose: true, cell: ({ note }) => note },
]

/** The restricted records the reader is named for, and which records were opened with a reason. */
export const RestrictedRecords = ({ restricted, openings, now }: RestrictedProps) => (
  <Page
    title="Restricted records"
    actions={
      <LinkButton href="/people/restricted/opening" small secondary>
        Open a record with a reason
      </LinkButton>
    }
  >
    <Table
      caption="You are named for"
      captionSize="m"
      columns={restrictedColumns}
      rows={restricted}
      rowKey={({ id }) => id}
      empty="Restricted records that you may open appear here."
    />
    <Table
      caption="Opened with a reason in the last 90 days"
      captionSize="m"
      columns={openingColumns(now)}
      rows={openings}
      rowKey={({ membership, from_at, id }) => `${membership} ${id} ${from_at.toString()}`}
      empty="When a colleague who is not named opens a restricted record, it appears here with their reason."
    />
  </Page>
)

const PersonLink = (person: Listed): ReactNode => <a href={`/people/${person.id}`}>{calledName(person)}</a>

function openingLabel(reason: string): string {
  return Object.entries(openingReasons).find(([code]) => code === reason)?.[1].label ?? reason
}

/** Opens a restricted record to somebody who is not named: for a day, with a reason, and seen by the managers. */
export const OpenWithReason = ({ problems, typed }: FormState) => (
  <FormPage
    title="Open a restricted record with a reason"
    back={{ href: '/people/restricted', label: 'Back to restricted records' }}
    action="/people/restricted/opening"
    problems={problems}
    typed={typed}
    width="reading"
    lede="You can open it for 24 hours. That you did, when and why is written down, and the managers of your organisation see it."
  >
    <h2>Whose record?</h2>
    <TextField name="nhsNumber" label="NHS number" width={20} inputMode="numeric" autoComplete="off" />
    <p>Or both of these:</p>
    <TextField name="familyName" label="Last name" width={20} autoComplete="off" spellCheck={false} />
    <DateField name="bornOn" label="Date of birth" hint="For example, 27 3 1984" />
    <h2>Why?</h2>
    <RadiosFrom name="reason" label="Reason" list={openingReasons} />
    <TextArea
      name="note"
      label="What makes it necessary now"
      hint="Whoever may see this page reads it, so leave out what the record itself says."
      rows={3}
      maximum={1000}
    />
    <Button warning>Open the record</Button>
  </FormPage>
)
