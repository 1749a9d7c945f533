import { dayInWords, inWords } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag, WarningCallout } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { actBy, concernKinds } from '#journey/safety/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { withoutLead } from '#registers/safety-arrangement/rules.ts'
import { type ConcernFilter, concernOwners, concernStates, ownerInWords } from './rules.ts'

/** A concern as it stands on the list. */
export type ListedConcern = Readonly<{
  id: string
  episode: string
  given_name: string
  family_name: string
  preferred_name: string | null
  kind: string | null
  readable: boolean
  act_by: string
  recorded_at: Temporal.Instant
  next_look_on: Temporal.PlainDate | null
  closed_as: string | null
  owner: string | null
  heard_at: Temporal.Instant | null
  next_at: Temporal.Instant | null
}>

type ListProps = Readonly<{
  concerns: readonly ListedConcern[]
  filter: ConcernFilter
  names: ReadonlyMap<string, string>
  /** Whether somebody leads on duty today. */
  led: boolean
  /** How many are open and with nobody. */
  without: number
  newer: string | undefined
  older: string | undefined
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** The concerns among the people the reader reaches, those to be looked at first on top. */
export const ConcernList = ({ concerns, filter, names, led, without, newer, older, now, today }: ListProps) => (
  <Page
    title="Safety"
    lede="Concerns about the people you may see. Nobody is scored: read what was said, and act."
    actions={
      <>
        <LinkButton href="/duty" small secondary>
          Duty lead
        </LinkButton>
        <LinkButton href="/outings" small secondary>
          Who is out alone
        </LinkButton>
      </>
    }
  >
    {led ? null : (
      <WarningCallout heading="Nobody is named to lead on duty today">
        <p>
          {withoutLead} <a href="/duty">Name somebody</a>
        </p>
      </WarningCallout>
    )}
    {without === 0 || filter.owner === 'without' ? null : <WithNobody number={without} />}
    <Filters filter={filter} />
    <ListBar count={concerns.length === 1 ? '1 concern' : `${concerns.length} concerns`} print />
    <Table
      caption={concernStates[filter.state].label}
      captionSize="hidden"
      columns={columns({ names, now, today })}
      rows={concerns}
      rowKey={({ id }) => id}
      empty="Concerns appear here once somebody writes one down, those to be looked at first on top."
    />
    <NewerOlder newer={newer} older={older} newerLabel="Before" olderLabel="More" />
  </Page>
)

const WithNobody = ({ number }: { number: number }) => (
  <WarningCallout
    heading={number === 1 ? 'One open concern is with nobody' : `${number} open concerns are with nobody`}
  >
    <p>
      They came from an earlier system, whoever had them works here no longer, or nobody could be told. Take each on, or
      hand it to somebody. <a href="/concerns?owner=without">Look at them</a>
    </p>
  </WarningCallout>
)

const Filters = ({ filter: { state, owner, kind } }: Pick<ListProps, 'filter'>) => (
  <FilterForm
    action="/concerns"
    clear={state !== 'open' || owner !== null || kind !== null ? '/concerns' : undefined}
    label="Filter the concerns"
  >
    <SelectFrom name="state" label="State" list={concernStates} value={state} empty={false} />
    <SelectFrom name="owner" label="Who has it" list={concernOwners} value={owner ?? undefined} empty="Anybody" />
    <SelectFrom name="kind" label="About" list={concernKinds} value={kindIn(kind)} empty="Anything" />
  </FilterForm>
)

// Checked: the route takes no other code than those of the list.
const kindIn = (kind: string | null) => (kind === null ? undefined : (kind as keyof typeof concernKinds))

type Around = Pick<ListProps, 'names' | 'now' | 'today'>

const columns = ({ names, now, today }: Around): readonly Column<ListedConcern>[] => [
  {
    key: 'person',
    label: 'Person',
    names: true,
    cell: (row) => (
      <a href={row.readable ? `/concerns/${row.id}` : `/episodes/${row.episode}/concerns`}>{calledName(row)}</a>
    ),
  },
  { key: 'kind', label: 'About', cell: ({ kind }) => labelIn(concernKinds, kind) ?? 'Restricted' },
  { key: 'act', label: 'Act', nowrap: true, cell: ({ act_by: soon }) => labelIn(actBy, soon) },
  { key: 'state', label: 'State', cell: (row) => <Standing {...{ row, today }} /> },
  { key: 'owner', label: 'Who has it', cell: (row) => (row.closed_as === null ? ownerInWords(row, names) : 'Closed') },
  { key: 'since', label: 'Written down', nowrap: true, cell: ({ recorded_at: at }) => inWords(at, now) },
]

const labelIn = (list: Readonly<Record<string, Readonly<{ label: string }>>>, code: string | null) =>
  code === null ? undefined : list[code]?.label

function Standing({ row, today }: { row: ListedConcern; today: Temporal.PlainDate }) {
  const { closed_as: closed, next_look_on: day } = row
  if (closed !== null) return <Tag colour="grey">Closed</Tag>
  const late = day !== null && Temporal.PlainDate.compare(day, today) < 0
  return (
    <Tag colour="red">{`${late ? 'Was to be looked at' : 'Open, look again'} ${day === null ? 'soon' : dayInWords(day, today)}`}</Tag>
  )
}
