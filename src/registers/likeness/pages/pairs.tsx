import type { ReactNode } from 'react'
import { inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { isChangedMeanwhile } from '#platform/html/clash.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { textIn } from '#platform/html/field.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { calledName, hidesContact, spokenNhsNumber } from '#registers/people/rules.ts'
import { type Candidate, decisions, isMergedOn, likenessInWords } from '#registers/likeness/rules.ts'
import { isOdd, OddWays, Ways } from './ways.tsx'

export type ListedPair = Readonly<{
  id: string
  person: string
  other: string
  why: string
  found_at: Temporal.Instant
  decision: string | null
  decided_at: Temporal.Instant | null
  decidedBy: string | null
  reason: string | null
  kept: string | null
  mergedInto: string | null
  otherMergedInto: string | null
  version: number
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  otherGiven: string
  otherFamily: string
  otherPreferred: string | null
  otherBorn: Temporal.PlainDate
}>

const names = (pair: ListedPair): [string, string] => [
  calledName(pair),
  calledName({ given_name: pair.otherGiven, family_name: pair.otherFamily, preferred_name: pair.otherPreferred }),
]

const columns: readonly Column<ListedPair>[] = [
  {
    key: 'pair',
    label: 'Records',
    names: true,
    cell: (pair) => <a href={`/people/${pair.person}/duplicates/${pair.id}`}>{names(pair).join(' and ')}</a>,
  },
  { key: 'born', label: 'Born', nowrap: true, cell: ({ born_on }) => longDay(born_on) },
  { key: 'why', label: 'Why they may be one person', cell: ({ why }) => likenessInWords(why) },
  { key: 'state', label: 'Decision', cell: (pair) => <State {...pair} /> },
]

const State = ({ decision }: ListedPair) => {
  if (decision === null) return <Tag colour="orange">To be decided</Tag>
  return decision === 'same' ? <Tag colour="green">One person</Tag> : <Tag colour="grey">Two people</Tag>
}

/** Pairs of records that nobody has decided about. */
export const OpenPairs = ({ pairs }: { pairs: readonly ListedPair[] }) => (
  <Page
    title="Possible duplicates"
    lede="Two records that may be of one person. They are looked for when a referral arrives, whenever details change, and every night."
  >
    <Table
      caption="To be decided"
      captionSize="hidden"
      columns={columns.slice(0, 3)}
      rows={pairs}
      rowKey={({ id }) => id}
      empty="When two records look like one person and you may open both, they appear here."
    />
    <p>
      <a href="/people/duplicates/elsewhere">Records that another organisation may hold too</a>
    </p>
  </Page>
)

const another = 'records that another organisation may hold too'

type PairsOfProps = Readonly<{
  person: Parameters<typeof calledName>[0] & { id: string }
  pairs: readonly ListedPair[]
  /** Whether this reader is one of those who decide. */
  decides: boolean
}>

/** The pairs of one record, decided or not. */
export const PairsOf = ({ person, pairs, decides }: PairsOfProps) => (
  <Page
    title="Possible duplicates"
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
  >
    <Table
      caption="Records that may be of the same person"
      captionSize="hidden"
      columns={columns}
      rows={pairs}
      rowKey={({ id }) => id}
      empty="No other record that you may open looks like this person. Others are looked for when a referral arrives, whenever details change, and every night."
    />
    <p>
      What was decided together with another organisation is taken back, by a senior coach, a service manager or an
      administrator of either, under {decides ? <a href="/people/duplicates/elsewhere">{another}</a> : another}.
    </p>
  </Page>
)

type PairProps = FormState &
  Readonly<{
    pair: ListedPair
    one: Candidate
    other: Candidate
    mayDecide: boolean
    now: Temporal.Instant
  }>

/** Two records beside each other, to say whether they are one person. */
export const PairPage = (props: PairProps) => {
  const { pair, one, other, mayDecide, problems, typed } = props
  return (
    <Page
      title="Are they one person?"
      caption={names(pair).join(' and ')}
      back={{ href: `/people/${pair.person}/duplicates`, label: 'Back to possible duplicates' }}
      lede={likenessInWords(pair.why)}
      problems={problems}
    >
      {pair.decided_at && isChangedMeanwhile(typed, pair.version) ? <DecidedMeanwhile typed={typed} /> : null}
      <Table
        caption="The two records"
        captionSize="hidden"
        columns={[
          { key: 'what', label: 'What they say', names: true, cell: ({ what }) => what },
          { key: 'one', label: 'First record', cell: ({ left }) => left },
          { key: 'other', label: 'Second record', cell: ({ right }) => right },
        ]}
        rows={besideEachOther(one, other)}
        rowKey={({ what }) => what}
        empty=""
      />
      {isOdd(one, other) ? <OddWays /> : null}
      {pair.decided_at ? <Decided {...props} /> : mayDecide ? <Decide {...props} /> : <NotYours />}
    </Page>
  )
}

/** The form has gone with the decision, so what was typed in it is kept readable here. */
function DecidedMeanwhile({ typed }: Pick<FormState, 'typed'>) {
  const reason = textIn(typed, 'reason', undefined)
  const chosen = Object.entries(decisions).find(([code]) => code === textIn(typed, 'decision', undefined))?.[1].label
  return (
    <WarningCallout heading="Somebody decided this while you were writing">
      <p>What was decided stands below. Take it back if it is wrong.</p>
      {reason === undefined ? null : (
        <>
          <p>What you entered was not saved:</p>
          <SummaryList
            compact
            rows={[
              { label: 'What do you think?', value: chosen },
              { label: 'How do you know?', value: reason },
            ]}
          />
        </>
      )}
    </WarningCallout>
  )
}

const NotYours = () => (
  <p>A senior coach, a service manager or an administrator who may open both records decides this. Ask one of them.</p>
)

function besideEachOther(one: Candidate, other: Candidate) {
  const row = (what: string, of: (candidate: Candidate) => ReactNode) => ({ what, left: of(one), right: of(other) })
  return [
    row('Name', (person) => <a href={`/people/${person.id}`}>{`${person.given_name} ${person.family_name}`}</a>),
    row('Likes to be called', ({ preferred_name }) => preferred_name ?? 'Not given'),
    row('Date of birth', ({ born_on }) => longDay(born_on)),
    row('NHS number', ({ nhs_number }) => (nhs_number ? spokenNhsNumber(nhs_number) : 'Not given')),
    row('Postcode', (person) => (hidesContact(person) ? 'Hidden' : (person.postcode ?? 'Not given'))),
    row('Ways to reach them', (person) => (hidesContact(person) ? 'Hidden' : <Ways means={person.means} />)),
    row('What it holds', ({ holdings }) => holdings.map(({ label }) => label).join(', ') || 'Nothing yet'),
  ]
}

const Decide = ({ pair, one, other, problems, typed }: PairProps) => (
  <Form
    action={`/people/${pair.person}/duplicates/${pair.id}/decision`}
    edits={{ version: pair.version, now: <p>It was decided, and the decision was taken back. It is open again.</p> }}
    problems={problems}
    typed={typed}
  >
    <RadiosFrom
      name="decision"
      label="What do you think?"
      list={decisions}
      reveal={{
        same: (
          <RadiosFrom
            name="kept"
            label="Which record is kept?"
            hint="Copy into it what only the other one says. The other is found under the kept one from then on."
            list={{
              [one.id]: { label: `First record: ${one.given_name} ${one.family_name}` },
              [other.id]: { label: `Second record: ${other.given_name} ${other.family_name}` },
            }}
          />
        ),
      }}
    />
    <TextArea
      name="reason"
      label="How do you know?"
      hint="For example: I asked them, and they moved in March."
      rows={3}
      maximum={500}
    />
    <Button>Save the decision</Button>
  </Form>
)

const Decided = ({ pair, mayDecide, now }: PairProps) => (
  <>
    <Inset>
      <p>
        <strong>{pair.decision === 'same' ? 'They are one person.' : 'They are two people.'}</strong>{' '}
        {pair.decision === 'same' ? <a href={`/people/${pair.kept}`}>Open the record that was kept</a> : null}
      </p>
      <p>
        Decided {pair.decided_at ? inWords(pair.decided_at, now) : ''}
        {pair.decidedBy ? ` by ${pair.decidedBy}` : ''}: {pair.reason}
      </p>
    </Inset>
    {isMergedOn(pair) ? (
      <p>The record that was kept has been merged into a third one since. Take that back first.</p>
    ) : mayDecide ? (
      <ButtonForm action={`/people/${pair.person}/duplicates/${pair.id}/reversal`} version={pair.version} secondary>
        Take this decision back
      </ButtonForm>
    ) : null}
  </>
)
