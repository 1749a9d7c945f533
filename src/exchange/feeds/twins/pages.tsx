import { inWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Difference } from '#registers/directory/rules.ts'
import { becauseInWords, type Decision, decisions } from './rules.ts'

type Pair = Readonly<{
  id: string
  one: string
  other: string
  name: string
  because: readonly string[]
  foundAt: Temporal.Instant
  decision: Decision | null
  reason: string | null
  decidedByName: string | null
  decidedAt: Temporal.Instant | null
}>

type TwinsProps = Readonly<{ waiting: readonly Pair[]; decided: readonly Pair[]; now: Temporal.Instant }>

/** Services that may be one and the same. */
export const Twins = ({ waiting, decided, now }: TwinsProps) => (
  <Page
    title="Services that may be one"
    lede="A feed that gives its services new ids, or a service that stands in two directories, comes twice. Look at each pair and say whether they are one."
    back={{ href: '/services/feeds', label: 'Feeds' }}
  >
    <ListBar count={waiting.length === 1 ? '1 pair waits' : `${waiting.length} pairs wait`} />
    <Table
      caption="Waiting, the oldest first"
      captionSize="hidden"
      columns={columns(now)}
      rows={waiting}
      rowKey={({ id }) => id}
      empty="Nothing waits. Pairs are looked for whenever a feed brings services that were not known from it."
    />
    {decided.length === 0 ? null : (
      <Table
        caption="Decided lately"
        columns={[...columns(now), decidedColumn(now)]}
        rows={decided}
        rowKey={({ id }) => id}
        empty=""
      />
    )}
  </Page>
)

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

const columns = (now: Temporal.Instant): readonly Column<Pair>[] => [
  { key: 'name', label: 'Services', names: true, cell: ({ id, name }) => <a href={`/services/twins/${id}`}>{name}</a> },
  {
    key: 'because',
    label: 'Why',
    prose: true,
    cell: ({ because }) => capital(becauseInWords(because)),
  },
  { key: 'found', label: 'Found', cell: ({ foundAt }) => inWords(foundAt, now) },
]

const decidedColumn = (now: Temporal.Instant): Column<Pair> => ({
  key: 'decided',
  label: 'Decision',
  cell: (pair) => <Decided pair={pair} now={now} />,
})

const Decided = ({ pair, now }: Readonly<{ pair: Pair; now: Temporal.Instant }>) =>
  pair.decision === null || pair.decidedAt === null ? null : (
    <>
      <Tag colour={pair.decision === 'joined' ? 'green' : 'grey'}>{decisions[pair.decision].label}</Tag>{' '}
      {inWords(pair.decidedAt, now)}
    </>
  )

type Side = Readonly<{ id: string; name: string; since: Temporal.PlainDate | null; from: string }>
type OneProps = FormState &
  Readonly<{ pair: Pair; sides: readonly Side[]; differences: readonly Difference[]; now: Temporal.Instant }>

/** One pair: both beside each other, and what somebody says of them. */
export const OnePair = ({ pair, sides, differences, now, problems, typed }: OneProps) => (
  <Page
    title="Are these one service?"
    caption={pair.name}
    lede={`They have ${becauseInWords(pair.because)}.`}
    back={{ href: '/services/twins', label: 'Services that may be one' }}
    problems={problems}
    width="reading"
  >
    <SummaryList
      rows={sides.map(({ id, name, since, from }, place) => ({
        label: place === 0 ? 'Here first' : 'The other',
        value: (
          <>
            <a href={`/services/${id}`}>{name}</a>
            <br />
            {since ? `Here since ${shortDay(since)}, ` : ''}
            {from}
          </>
        ),
      }))}
    />
    <h2 className="nhsuk-heading-m">What they say differently</h2>
    {differences.length === 0 ? (
      <p>They say the same in every part.</p>
    ) : (
      <SummaryList
        rows={differences.map(({ label, before, after }) => ({
          label,
          value: (
            <>
              {before ?? 'Nothing'}
              <br />
              The other: {after ?? 'Nothing'}
            </>
          ),
        }))}
      />
    )}
    {pair.decidedAt === null ? <Deciding {...{ pair, problems, typed }} /> : <Standing pair={pair} now={now} />}
  </Page>
)

const Deciding = ({ pair, problems, typed }: FormState & Pick<OneProps, 'pair'>) => (
  <Form action={`/services/twins/${pair.id}/decision`} {...{ problems, typed }}>
    <RadiosFrom name="decision" label="Are they one?" list={decisions} />
    <TextField name="reason" label="How do you know? (optional)" />
    <Button>Save this decision</Button>
  </Form>
)

const Standing = ({ pair, now }: Readonly<{ pair: Pair; now: Temporal.Instant }>) => (
  <Inset>
    <p>
      <Decided pair={pair} now={now} /> by {pair.decidedByName ?? 'somebody who has left'}. {pair.reason}
    </p>
    <ButtonForm action={`/services/twins/${pair.id}/undoing`} secondary small>
      Take this decision back
    </ButtonForm>
  </Inset>
)
