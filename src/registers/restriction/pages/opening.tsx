import type { ReactNode } from 'react'
import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName } from '#registers/people/rules.ts'
import { openingReasons, restrictionReasons } from '#registers/restriction/rules.ts'
import { codeIn } from './restriction.tsx'

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
