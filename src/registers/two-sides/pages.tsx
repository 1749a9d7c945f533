import { inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { likenessInWords } from '#registers/likeness/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { type Saying, sayings } from './rules.ts'

type Side = Readonly<{
  id: string
  why: string
  own: string
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  ownSays: Saying | null
  otherSays: Saying | null
}>

type DecidedSide = Side & Readonly<{ decision: string | null; decidedAt: Temporal.Instant | null; version: number }>

type SidesProps = Readonly<{ sides: readonly Side[]; decided: readonly DecidedSide[]; now: Temporal.Instant }>

/** The people of this organisation of whom another organisation of the area may hold a record too. */
export const Sides = ({ sides, decided, now }: SidesProps) => (
  <Page
    title="Perhaps known to another organisation"
    lede="Another organisation of this area holds a record that looks like one of yours. Neither of you sees the other’s record: each says what it knows, and when both say that it is one person, the records become one."
    back={{ href: '/people/duplicates', label: 'Possible duplicates' }}
  >
    <Table
      caption="To be decided"
      columns={columns}
      rows={sides}
      rowKey={({ id }) => id}
      empty="When a record of another organisation looks like one of yours, it appears here."
    />
    <Table
      caption="Decided together"
      columns={decidedColumns(now)}
      rows={decided}
      rowKey={({ id }) => id}
      empty="What your organisation and another have decided together appears here. Either of you can take it back."
    />
  </Page>
)

const columns: readonly Column<Side>[] = [
  {
    key: 'person',
    label: 'Your record',
    names: true,
    cell: (side) => <a href={`/people/duplicates/elsewhere/${side.id}`}>{calledName(side)}</a>,
  },
  { key: 'born', label: 'Born', nowrap: true, cell: ({ born_on }) => longDay(born_on) },
  { key: 'why', label: 'Why it may be one person', cell: ({ why }) => likenessInWords(why) },
  {
    key: 'state',
    label: 'Your answer',
    cell: ({ ownSays }) =>
      ownSays ? <Tag colour="grey">{sayings[ownSays].label}</Tag> : <Tag colour="orange">To be answered</Tag>,
  },
  { key: 'other', label: 'The other organisation', cell: ({ otherSays }) => theirAnswer(otherSays) },
]

const decidedColumns = (now: Temporal.Instant): readonly Column<DecidedSide>[] => [
  {
    key: 'person',
    label: 'Your record',
    names: true,
    cell: (side) => <a href={`/people/duplicates/elsewhere/${side.id}/reversal`}>{calledName(side)}</a>,
  },
  { key: 'born', label: 'Born', nowrap: true, cell: ({ born_on }) => longDay(born_on) },
  { key: 'decision', label: 'Decision', cell: ({ decision }) => <Decision decision={decision} /> },
  { key: 'when', label: 'When', cell: ({ decidedAt }) => (decidedAt ? inWords(decidedAt, now) : '') },
]

const Decision = ({ decision }: Pick<DecidedSide, 'decision'>) =>
  decision === 'same' ? <Tag colour="green">One person</Tag> : <Tag colour="grey">Two people</Tag>

const theirAnswer = (says: Saying | null) => (says ? sayings[says].label : 'Has not answered yet')

/** What this organisation says about one record of its own. */
export const OneSide = ({ id, side, problems, typed }: FormState & Readonly<{ id: string; side: Side }>) => (
  <FormPage
    title="Is it one person?"
    caption={calledName(side)}
    width="reading"
    back={{ href: '/people/duplicates/elsewhere', label: 'Perhaps known to another organisation' }}
    action={`/people/duplicates/elsewhere/${side.id}`}
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    <SummaryList
      rows={[
        { label: 'Your record', value: <a href={`/people/${side.own}`}>{calledName(side)}</a> },
        { label: 'What both records have', value: likenessInWords(side.why) },
        { label: 'Your answer so far', value: side.ownSays && sayings[side.ownSays].label },
        { label: 'The other organisation', value: theirAnswer(side.otherSays) },
      ]}
      missing="Not answered yet"
    />
    <Inset>
      <p>
        Ask the person whether they are in touch with another provider here. If both organisations say that it is one
        person, both work with one record from then on. It can be taken back.
      </p>
    </Inset>
    <RadiosFrom name="says" label="What do you know?" list={sayings} />
    <TextArea
      name="reason"
      label="How do you know?"
      hint="For example: I asked them. The other organisation does not read this before the records are one."
      rows={3}
      maximum={500}
    />
    <Button>Save the answer</Button>
  </FormPage>
)

type DecidedProps = Readonly<{ side: DecidedSide; now: Temporal.Instant; refused?: boolean }>

/** What two organisations decided about one record, which either of them can take back. */
export const Decided = ({ side, now, refused }: DecidedProps) => (
  <Page
    title="Take a decision back"
    caption={calledName(side)}
    width="reading"
    back={{ href: '/people/duplicates/elsewhere', label: 'Perhaps known to another organisation' }}
  >
    {refused ? (
      <WarningCallout heading="It was not taken back">
        <p>
          Somebody changed this meanwhile, or the record has been merged with a third one since: take that back first.
        </p>
      </WarningCallout>
    ) : null}
    <SummaryList
      rows={[
        { label: 'Record', value: <a href={`/people/${side.own}`}>{calledName(side)}</a> },
        { label: 'Decision', value: <Decision decision={side.decision} /> },
        { label: 'Decided', value: side.decidedAt && inWords(side.decidedAt, now) },
        { label: 'What both records have', value: likenessInWords(side.why) },
      ]}
    />
    <Inset>
      <p>{side.decision === 'same' ? whatParts : whatOpens}</p>
      <p>You do not need the other organisation for it. Tell the person if they were told otherwise.</p>
    </Inset>
    <ButtonForm action={`/people/duplicates/elsewhere/${side.id}/reversal`} version={side.version} secondary>
      Take this decision back
    </ButtonForm>
  </Page>
)

const whatParts =
  'There are two records again, as before. Each organisation goes on with its own, and no longer opens the other. What was written since stays on the record on which it was written. Both are asked again whether it is one person.'
const whatOpens = 'Both organisations are asked again whether it is one person.'
