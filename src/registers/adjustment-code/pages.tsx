import { longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { PrintLink, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type CodedNeed, metBy } from './rules.ts'

type NeedsProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  needs: readonly CodedNeed[]
  note: string | null
  reviewedOn: Temporal.PlainDate | null
  reviewOn: Temporal.PlainDate | undefined
  due: boolean
  mayEdit: boolean
}>

/** What somebody needs to take part and what is done about it: the six steps of the Accessible Information Standard. */
export const NeedsPage = ({ person, needs, note, reviewedOn, reviewOn, due, mayEdit }: NeedsProps) => (
  <Page
    title="What they need to take part"
    caption={person.name}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
    actions={<PrintLink>Print this page</PrintLink>}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Asked', value: reviewedOn ? longDay(reviewedOn) : 'Not asked yet' },
        { label: 'In their words', value: note },
        {
          label: 'Ask again',
          value: (
            <>
              {reviewOn ? longDay(reviewOn) : 'When you next speak'} {due ? <Tag colour="orange">Due</Tag> : null}
            </>
          ),
        },
      ]}
    />
    <Table
      caption="Each need, and what is done about it"
      captionSize="m"
      columns={columns}
      rows={needs}
      rowKey={({ need }) => need}
      empty="Needs appear here once they are asked and saved."
    />
    {mayEdit ? (
      <p className="ww-screen-only">
        <LinkButton href={`/people/${person.id}/details/access`}>Ask, and change this</LinkButton>
      </p>
    ) : null}
    <Share person={person} />
  </Page>
)

const columns: readonly Column<CodedNeed>[] = [
  { key: 'need', label: 'Need', names: true, cell: ({ label }) => label },
  { key: 'met', label: 'What is done', prose: true, cell: ({ need }) => metBy(need) },
  { key: 'code', label: 'National code', nowrap: true, cell: ({ code }) => code ?? 'None: said in words' },
]

const Share = ({ person }: Pick<NeedsProps, 'person'>) => (
  <>
    <h2 className="nhsuk-heading-m ww-screen-only">Share it</h2>
    <p className="ww-screen-only">
      <a href={`/people/${person.id}/needs/flag.json`}>Download it in the shape of the Reasonable Adjustment Flag</a>.
      Nothing is sent by this. Give it only to whom the person agreed you may.
    </p>
  </>
)
