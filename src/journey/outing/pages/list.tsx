import { inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Outing, outingStates, stateOf } from '#journey/outing/rules.ts'

/** Who is out alone, and when they are back: who is not back in time stands first. */
export const Outings = ({ outings, now }: Readonly<{ outings: readonly Outing[]; now: Temporal.Instant }>) => (
  <Page
    title="Who is out alone"
    lede="Visits and meetings of colleagues who are alone. Whoever is on duty is told when somebody is not back in time."
    actions={
      <LinkButton href="/outings/new" small>
        Say where you go
      </LinkButton>
    }
  >
    <Table
      caption="Out now, to come, and back within a day"
      captionSize="hidden"
      columns={columns(now)}
      rows={outings}
      rowKey={({ id }) => id}
      empty="Nobody is out. Say where you go before you meet somebody alone, and colleagues see it here."
    />
  </Page>
)

const columns = (now: Temporal.Instant): readonly Column<Outing>[] => [
  {
    key: 'who',
    label: 'Who',
    names: true,
    cell: ({ id, memberName }) => <a href={`/outings/${id}`}>{memberName ?? 'Somebody who has left'}</a>,
  },
  { key: 'state', label: 'State', cell: (outing) => <State outing={outing} now={now} /> },
  { key: 'place', label: 'Where', cell: ({ place }) => place },
  { key: 'with', label: 'With whom', cell: ({ personName, withWhom }) => personName ?? withWhom ?? 'Not said' },
  { key: 'leaves', label: 'Leaves', nowrap: true, cell: ({ leavesAt }) => inWords(leavesAt, now) },
  { key: 'back', label: 'Back by', nowrap: true, cell: ({ backBy }) => inWords(backBy, now) },
]

/** Where an outing stands. */
export function State({ outing, now }: Readonly<{ outing: Outing; now: Temporal.Instant }>) {
  const { label, colour } = outingStates[stateOf(outing, now)]
  return <Tag colour={colour}>{label}</Tag>
}
