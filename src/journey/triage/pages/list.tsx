import { dayInWords, shortDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { type ReferralState, referralStates } from '#journey/referral/rules.ts'
import {
  type Asked,
  clockInWords,
  firstAsked,
  listAddress,
  nothingHere,
  routeLabel,
  stateLabel,
} from '#journey/triage/rules.ts'

export type Listed = Readonly<{
  id: string
  reference: string
  name: string
  route: Route
  state: ReferralState
  receivedOn: Temporal.PlainDate
  dueOn: Temporal.PlainDate | null
  alike: boolean
  askedFitNote: boolean
  /** What whoever referred has said since. */
  said: readonly string[]
}>

type ListProps = Readonly<{
  rows: readonly Listed[]
  asked: Asked
  waiting: Readonly<{ new: number; held: number; toTell: number; forms: number }>
  /** The address of the next page, where there is one. */
  next: string | undefined
  today: Temporal.PlainDate
}>

/** The referrals of an organisation: what is new, what waits for the person, what is decided. */
export const ReferralList = ({ rows, asked, waiting, next, today }: ListProps) => (
  <Page
    title="Referrals"
    actions={
      <LinkButton href="/referrals/new" small>
        Add a referral
      </LinkButton>
    }
  >
    <Narrowing asked={asked} waiting={waiting} />
    <ListBar count={countInWords(rows.length, asked, next !== undefined)} print />
    <Table
      caption={`Referrals: ${stateLabel(asked.state).toLowerCase()}`}
      captionSize="hidden"
      columns={columnsOn(today)}
      rows={rows}
      rowKey={({ id }) => id}
      sort={{
        by: asked.by,
        direction: asked.direction,
        href: (by, direction) =>
          listAddress({ ...asked, by: by === 'received' ? 'received' : 'due', direction, after: null }),
      }}
      empty={nothingHere[asked.state]}
    />
    <NewerOlder
      newer={asked.after ? listAddress({ ...asked, after: null }) : undefined}
      older={next}
      newerLabel="First"
      olderLabel="Next"
    />
  </Page>
)

const Narrowing = ({ asked, waiting }: Pick<ListProps, 'asked' | 'waiting'>) => (
  <>
    <Figures label="Waiting">
      <Figure number={waiting.new} label="new, to be decided" href={listAddress({})} />
      <Figure number={waiting.held} label="held, to be asked" href={listAddress({ state: 'held', by: 'received' })} />
      {waiting.toTell > 0 ? (
        <Figure number={waiting.toTell} label="not eligible, to be told" href="/referrals/to-tell" />
      ) : null}
      {waiting.forms > 0 ? (
        <Figure
          number={waiting.forms}
          label={waiting.forms === 1 ? 'form by email, to be compared' : 'forms by email, to be compared'}
          href="/mailbox"
        />
      ) : null}
    </Figures>
    <FilterForm
      action="/referrals"
      fields={{ by: asked.by, direction: asked.direction }}
      clear={asked.state === firstAsked.state && !asked.route ? undefined : '/referrals'}
    >
      <SelectFrom name="state" label="Where it stands" list={referralStates} value={asked.state} empty={false} />
      <SelectFrom name="route" label="How it came" list={routes} value={asked.route ?? undefined} empty="Every way" />
    </FilterForm>
  </>
)

function countInWords(shown: number, { after }: Asked, more: boolean): string {
  const words = `${shown} ${shown === 1 ? 'referral' : 'referrals'}`
  return more || after ? `${words} on this page` : words
}

const columnsOn = (today: Temporal.PlainDate): readonly Column<Listed>[] => [
  {
    key: 'person',
    label: 'Person',
    names: true,
    cell: ({ id, name, alike, askedFitNote, said }) => (
      <>
        <a href={`/referrals/${id}`}>{name}</a> {alike ? <Tag colour="yellow">May be known already</Tag> : null}
        {askedFitNote ? <Tag colour="purple">Asked for a fit note</Tag> : null}
        {said.map((one) => (
          <Tag key={one} colour="orange">
            {one}
          </Tag>
        ))}
      </>
    ),
  },
  { key: 'reference', label: 'Reference', nowrap: true, cell: ({ reference }) => reference },
  { key: 'route', label: 'How it came', cell: ({ route }) => routeLabel(route) },
  {
    key: 'received',
    label: 'Came on',
    nowrap: true,
    sortable: true,
    cell: ({ receivedOn }) => shortDay(receivedOn),
  },
  { key: 'due', label: 'Due', sortable: true, cell: (row) => <Clock row={row} today={today} /> },
]

function Clock({ row, today }: { row: Listed; today: Temporal.PlainDate }) {
  const words = clockInWords(row, today)
  if (row.state !== 'new' || !row.dueOn) return words
  const late = Temporal.PlainDate.compare(row.dueOn, today) < 0
  const far = !dayInWords(row.dueOn, today).startsWith('to')
  return late ? <Tag colour="red">{words}</Tag> : far ? words : <strong>{words}</strong>
}
