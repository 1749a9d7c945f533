import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Differences } from '#platform/html/differences.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'

/** A proposal with the names of those who had to do with it. */
export type Proposed = Readonly<{
  id: string
  service: string
  base: number
  about: string
  name: string
  note: string | null
  byName: string
  at: Temporal.Instant
  accepted: boolean | null
  reason: string | null
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
}>

type ProposalsProps = Readonly<{ waiting: readonly Proposed[]; decided: readonly Proposed[]; now: Temporal.Instant }>

/** What was proposed for the directory and waits, and what was decided lately. */
export const Proposals = ({ waiting, decided, now }: ProposalsProps) => (
  <Page
    title="Proposed changes"
    lede="What colleagues, and other directories, say should stand in the directory."
    back={{ href: '/services', label: 'Services' }}
  >
    <ListBar count={waiting.length === 1 ? '1 waits for a decision' : `${waiting.length} wait for a decision`} />
    <Table
      caption="Waiting, the oldest first"
      columns={columns(now)}
      rows={waiting}
      rowKey={({ id }) => id}
      empty="Nothing waits. Somebody who may not change the directory themselves proposes a change on the page of a service."
    />
    {decided.length === 0 ? null : (
      <Table
        caption="Decided lately"
        columns={[...columns(now), ...decidedColumns]}
        rows={decided}
        rowKey={({ id }) => id}
        empty=""
      />
    )}
  </Page>
)

const columns = (now: Temporal.Instant): readonly Column<Proposed>[] => [
  {
    key: 'name',
    label: 'What it is about',
    names: true,
    cell: ({ id, name }) => <a href={`/services/proposals/${id}`}>{name}</a>,
  },
  { key: 'kind', label: 'What', cell: whatIsProposed },
  { key: 'by', label: 'From', cell: ({ byName }) => byName },
  { key: 'at', label: 'Proposed', cell: ({ at }) => inWords(at, now) },
  { key: 'note', label: 'Why', prose: true, cell: ({ note }) => note ?? '' },
]

const whatIsProposed = ({ base, about }: Proposed) =>
  about === 'service'
    ? base === 0
      ? 'A new service'
      : 'A change'
    : `A change to ${about === 'owner' ? 'an owner' : 'a location'}`

const decidedColumns: readonly Column<Proposed>[] = [
  { key: 'accepted', label: 'Decision', cell: ({ accepted }) => <Decided accepted={accepted} /> },
  { key: 'reason', label: 'Reason', prose: true, cell: ({ reason }) => reason ?? '' },
]

const Decided = ({ accepted }: Pick<Proposed, 'accepted'>) =>
  accepted ? <Tag colour="green">Accepted</Tag> : <Tag colour="grey">Declined</Tag>

const answers = { yes: { label: 'Accept it' }, no: { label: 'Decline it' } } as const

type OneProps = FormState &
  Readonly<{
    proposal: Proposed
    differences: readonly Readonly<{ label: string; before: string | null; after: string | null }>[]
    /** What was changed in the directory as well since it was proposed. */
    disputed: readonly string[]
    version: number
    decides: boolean
    now: Temporal.Instant
  }>

/** One proposal: what would be said differently, and the decision. */
export const OneProposal = ({ proposal, differences, disputed, version, decides, now, problems, typed }: OneProps) => (
  <Page
    title={proposal.base === 0 ? 'A new service is proposed' : 'A change is proposed'}
    caption={proposal.name}
    back={{ href: '/services/proposals', label: 'Proposed changes' }}
    problems={problems}
    width="reading"
  >
    <SummaryList
      compact
      rows={[
        { label: 'From', value: `${proposal.byName}, ${inWords(proposal.at, now)}` },
        { label: 'Why', value: proposal.note },
      ]}
    />
    {disputed.length === 0 || proposal.decidedAt ? null : (
      <WarningCallout heading="Changed here as well">
        <p>Since this was proposed, somebody changed: {disputed.join(', ')}. Accepting takes what is proposed.</p>
      </WarningCallout>
    )}
    <h2 className="nhsuk-heading-m">{proposal.base === 0 ? 'What would be said' : 'What would be said differently'}</h2>
    {differences.length === 0 ? (
      <p>The directory says all of this already.</p>
    ) : (
      <Differences differences={differences} />
    )}
    {proposal.decidedAt === null ? (
      <Deciding {...{ proposal, version, decides, problems, typed }} />
    ) : (
      <Inset>
        <p>
          {proposal.accepted ? 'Accepted' : 'Declined'} by {proposal.decidedBy ?? 'somebody who has left'},{' '}
          {inWords(proposal.decidedAt, now)}.{proposal.reason ? ` ${proposal.reason}` : ''}
        </p>
        {typed['reason'] ? <p>You wrote, and it was not kept: {typed['reason']}</p> : null}
      </Inset>
    )}
  </Page>
)

function Deciding({ proposal, version, decides, problems, typed }: Omit<OneProps, 'differences' | 'disputed' | 'now'>) {
  if (!decides) return <p>It waits for those who look after the directory.</p>
  const edits = { version, now: <p>It was changed. Read above what would be said differently now.</p> }
  return (
    <Form action={`/services/proposals/${proposal.id}/decision`} {...{ edits, problems, typed }}>
      <RadiosFrom name="answer" label="What do you decide?" list={answers} />
      <TextField name="reason" label="Reason" hint="Needed where you decline: whoever proposed it reads it" />
      <Button>Save this decision</Button>
    </Form>
  )
}
