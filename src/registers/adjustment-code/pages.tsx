import { longDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { PrintLink, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { conditionInWords, sharingInWords } from '#registers/access-needs/rules.ts'
import { type CodedNeed, metBy, type Provenance, provenanceInWords } from './rules.ts'

type NeedsProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  needs: readonly CodedNeed[]
  note: string | null
  reviewedOn: Temporal.PlainDate | null
  reviewOn: Temporal.PlainDate | undefined
  due: boolean
  mayEdit: boolean
  /** What the needs have to do with, as they said it. */
  conditions: readonly string[]
  consent: string | null
  provenance: Provenance | undefined
}>

/** What somebody needs to take part and what is done about it: the six steps of the Accessible Information Standard. */
export const NeedsPage = ({ person, needs, note, reviewedOn, reviewOn, due, mayEdit, ...said }: NeedsProps) => (
  <Page
    title="What they need to take part"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={<PrintLink>Print this page</PrintLink>}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Asked', value: reviewedOn ? longDay(reviewedOn) : 'Not asked yet' },
        { label: 'Written down', value: provenanceInWords(said.provenance) },
        { label: 'In their words', value: note },
        { label: 'Has to do with', value: said.conditions.map(conditionInWords).join(', ') || 'Not said' },
        { label: 'Other services may see it', value: sharingInWords(said.consent) },
        { label: 'Ask again', value: <AskAgain reviewOn={reviewOn} due={due} /> },
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
    <Share person={person} consent={said.consent} mayEdit={mayEdit} />
  </Page>
)

const AskAgain = ({ reviewOn, due }: Pick<NeedsProps, 'reviewOn' | 'due'>) => (
  <>
    {reviewOn ? longDay(reviewOn) : 'When you next speak'} {due ? <Tag colour="orange">Due</Tag> : null}
  </>
)

const columns: readonly Column<CodedNeed>[] = [
  { key: 'need', label: 'Need', names: true, cell: ({ label }) => label },
  { key: 'met', label: 'What is done', prose: true, cell: ({ need }) => metBy(need) },
  { key: 'code', label: 'National code', nowrap: true, cell: ({ code }) => code ?? 'None: said in words' },
]

const Share = ({ person, consent, mayEdit }: Pick<NeedsProps, 'person' | 'consent' | 'mayEdit'>) => (
  <>
    <h2 className="nhsuk-heading-m ww-screen-only">Share it</h2>
    {consent === 'yes' ? (
      <p className="ww-screen-only">
        <a href={`/people/${person.id}/needs/flag.json`}>Download it in the shape of the Reasonable Adjustment Flag</a>.
        It says who wrote it down and when, and that the person agrees. Nothing is sent by this.
      </p>
    ) : (
      <p className="ww-screen-only">
        {consent === 'no'
          ? 'They do not want other services to see this, so there is no flag to download.'
          : 'Ask first whether other services may see it: then the flag can be downloaded here.'}{' '}
        {mayEdit ? <a href={`/people/${person.id}/details/access#accessConsent`}>Say what they answered</a> : null}
      </p>
    )}
  </>
)
