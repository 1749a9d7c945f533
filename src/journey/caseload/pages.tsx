import { dayInWords, shortDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { dueWords, nextOf } from '#journey/due/rules.ts'
import { needsOf, type Person } from './rules.ts'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { calledName } from '#registers/people/rules.ts'

type CaseloadProps = Readonly<{
  people: readonly Person[]
  today: Temporal.PlainDate
  title: string
  filter: Readonly<{ stage: Stage | null; coach: string | null }>
  coaches: Readonly<Record<string, { label: string }>> | undefined
  count: string
  /** How many more are in aftercare, where that is another list. */
  aftercare?: number
  older: string | undefined
  action: string
  hidden?: Readonly<Record<string, string>>
  /** Whether each line leads to giving the person a coach. */
  mayAllocate?: boolean
}>

/** A list of people with the service: a coach's own, or those of the organisation. */
export const Caseload = ({
  people,
  today,
  title,
  filter,
  coaches,
  count,
  aftercare = 0,
  older,
  action,
  hidden = {},
  mayAllocate = false,
}: CaseloadProps) => (
  <Page title={title}>
    <Narrowing {...{ filter, coaches, action, hidden }} />
    <ListBar count={count} print>
      {action === '/caseload' ? <a href="/weights">What they weigh, and why</a> : null}
      {aftercare > 0 ? (
        <a href="/caseload?stage=aftercare">
          {aftercare === 1 ? '1 more person is in aftercare' : `${aftercare} more people are in aftercare`}
        </a>
      ) : null}
    </ListBar>
    <Table
      caption={title}
      captionSize="hidden"
      columns={caseloadColumns(today, { withCoach: coaches !== undefined, mayAllocate })}
      rows={people}
      rowKey={({ episode }) => episode}
      empty="Nobody is on this list now. Take a filter away to see more."
    />
    <NewerOlder {...(older ? { older } : {})} olderLabel="Next page" />
  </Page>
)

const Narrowing = ({
  filter,
  coaches,
  action,
  hidden = {},
}: Pick<CaseloadProps, 'filter' | 'coaches' | 'action' | 'hidden'>) => (
  <FilterForm action={action} clear={action} fields={hidden}>
    <SelectFrom
      name="stage"
      label="Stage"
      list={stages}
      empty="Every stage"
      {...(filter.stage ? { value: filter.stage } : {})}
    />
    {coaches ? (
      <SelectFrom
        name="coach"
        label="Coach"
        list={coaches}
        empty="Every coach"
        {...(filter.coach ? { value: filter.coach } : {})}
      />
    ) : null}
  </FilterForm>
)

const whatWords = (what: string | undefined) => (what === undefined ? '' : (dueWords[what] ?? what))
const dayWords = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate) => (on ? dayInWords(on, today) : '')

const NobodyYet = ({ row, mayAllocate }: { row: Person; mayAllocate: boolean }) => (
  <>
    <Tag colour="orange">Nobody yet</Tag>{' '}
    {mayAllocate ? (
      <a href={`/allocation?chosen=${row.episode}`}>
        Allocate<span className="nhsuk-u-visually-hidden"> {calledName(row)}</span>
      </a>
    ) : null}
  </>
)

type Shows = Readonly<{ withCoach: boolean; mayAllocate: boolean }>

function caseloadColumns(today: Temporal.PlainDate, { withCoach, mayAllocate }: Shows): readonly Column<Person>[] {
  const coach: Column<Person> = {
    key: 'coach',
    label: 'Coach',
    cell: (row) => row.coachName ?? <NobodyYet row={row} mayAllocate={mayAllocate} />,
  }
  return [
    {
      key: 'person',
      label: 'Person',
      names: true,
      cell: (row) => <a href={`/people/${row.person}`}>{calledName(row)}</a>,
    },
    { key: 'stage', label: 'Stage', cell: ({ stage }) => stages[stage].label },
    ...(withCoach ? [coach] : []),
    { key: 'plan', label: 'Plan', cell: ({ plan_type }) => (plan_type ? planTypes[plan_type].label : '') },
    {
      key: 'next',
      label: 'Next',
      cell: (row) => whatWords(nextOf(row)?.what),
    },
    {
      key: 'due',
      label: 'Due',
      nowrap: true,
      cell: (row) => dayWords(nextOf(row)?.on, today),
    },
    { key: 'limit', label: 'Week limit', nowrap: true, cell: ({ limit_on }) => (limit_on ? shortDay(limit_on) : '') },
    { key: 'needs', label: 'Needs', cell: needsOf },
  ]
}
