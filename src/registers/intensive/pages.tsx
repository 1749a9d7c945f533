import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList } from '#platform/html/choices.tsx'
import { Card, Inset, WarningCallout } from '#platform/html/content.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { LinkList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { workStandings } from '#registers/listing/rules.ts'
import {
  basisOf,
  decidable,
  type EntryRule,
  heldBy,
  type Intensive,
  isUndecided,
  type LocalEntry,
  localInWords,
  type Need,
  neededBy,
  referring,
} from './rules.ts'

const all = { href: '/intensive-programmes', label: 'Intensive programmes' }

/** The intensive programmes there are, for everybody who works in the area. */
export const IntensiveProgrammes = ({ programmes }: Readonly<{ programmes: readonly Intensive[] }>) => (
  <Page
    title="Intensive programmes"
    lede="Programmes that help more, or for longer, than a coach of this service can. Each has rules of its own about who may come in."
    back={{ href: '/services', label: 'Services' }}
    width="reading"
  >
    {programmes.map(({ code, name, summary, refers }) => (
      <Card key={code} heading={name} actions={<a href={`/intensive-programmes/${code}`}>Rules of {name}</a>}>
        <p>{summary}</p>
        <p>{referring[refers].label}.</p>
      </Card>
    ))}
  </Page>
)

type OneProps = Readonly<{
  programme: Intensive
  rules: readonly EntryRule[]
  local: LocalEntry
  named: (council: string) => string
  mayDecide: boolean
}>

/** One intensive programme: who may come in, on what that is based, and what is needed before somebody is handed over. */
export const OneIntensive = ({ programme, rules, local, named, mayDecide }: OneProps) => (
  <Page
    title={programme.name}
    lede={programme.summary}
    back={all}
    actions={
      mayDecide ? (
        <LinkButton href={`/intensive-programmes/${programme.code}/decisions`} small>
          Decide what is left open
        </LinkButton>
      ) : undefined
    }
  >
    {programme.notice ? (
      <WarningCallout heading="Before you refer">
        <p>{programme.notice}</p>
      </WarningCallout>
    ) : null}
    <p>{referring[programme.refers].label}.</p>
    <LinkList links={[{ href: `/services/${programme.service}`, label: 'The service in the directory' }]} />
    <Rules {...{ rules, local, named }} />
    <Table
      caption="Needed before somebody is handed over"
      captionSize="m"
      columns={needColumns}
      rows={programme.needs}
      rowKey={({ code }) => code}
      empty="Nothing is needed."
    />
  </Page>
)

const Rules = ({ rules, local, named }: Pick<OneProps, 'rules' | 'local' | 'named'>) => (
  <>
    <Table
      caption="Who may come in"
      captionSize="m"
      columns={ruleColumns(local)}
      rows={rules}
      rowKey={({ code }) => code}
      empty="No rule holds today."
    />
    <Inset>
      <p>
        <strong>Decided here:</strong> {localInWords(local, named) || 'nothing yet'}.
      </p>
    </Inset>
  </>
)

const ruleColumns = (local: LocalEntry): readonly Column<EntryRule>[] => [
  { key: 'rule', label: 'Rule', names: true, prose: true, cell: ({ label }) => label },
  { key: 'by', label: 'How it is held against a record', cell: ({ by }) => heldBy[by].label },
  { key: 'basis', label: 'Based on', prose: true, cell: ({ source }) => <Basis source={source} /> },
  {
    key: 'open',
    label: 'What the source leaves open',
    prose: true,
    cell: (rule) =>
      rule.leaves === null ? 'Nothing' : `${rule.leaves}${isUndecided(rule, local) ? ' Not decided here yet.' : ''}`,
  },
]

const Basis = ({ source }: Pick<EntryRule, 'source'>) =>
  source.url ? <a href={source.url}>{basisOf(source)}</a> : <>{basisOf(source)}</>

const needColumns: readonly Column<Need>[] = [
  { key: 'need', label: 'What', names: true, prose: true, cell: ({ label }) => label },
  { key: 'by', label: 'How it is known', cell: ({ by }) => neededBy[by].label },
  { key: 'basis', label: 'Based on', prose: true, cell: ({ source }) => <Basis source={source} /> },
]

type DecideProps = FormState &
  Readonly<{
    programme: Intensive
    local: LocalEntry
    councils: CodeList
    decisions: readonly Decision[]
    decidedAs: (value: unknown) => string
    version: string
    from: Temporal.PlainDate
  }>

/** Deciding what the sources of a programme leave to the area, from a day on. */
export const DecideEntry = (props: DecideProps) => {
  const { programme, local, version, from, problems, typed } = props
  return (
    <FormPage
      title={`${programme.name}: what is left open`}
      lede="Only what the sources leave to each area. What they say themselves cannot be changed here."
      back={{ href: `/intensive-programmes/${programme.code}`, label: programme.name }}
      action={`/intensive-programmes/${programme.code}/decisions`}
      edits={{ version, now: <Decided {...props} /> }}
      draft
      width="reading"
      {...{ problems, typed }}
    >
      <LeftOpen {...props} />
      <TextArea
        name="needs"
        label="Needed here besides, before somebody is handed over (optional)"
        hint="One thing in each line. The coach ticks it."
        rows={3}
        maximum={1600}
        value={local.needs.join('\n')}
      />
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="On what it is based" hint="For example: letter of the lead council, 3 May" />
      <Button>Save</Button>
      <h2 className="nhsuk-heading-m">What was decided before</h2>
      <Decided {...props} />
    </FormPage>
  )
}

const LeftOpen = ({ programme, local, councils }: DecideProps) => {
  const open = decidable(programme)
  return (
    <>
      {open.age ? (
        <TextField
          name="leastAge"
          label="From which age on? (optional)"
          width={3}
          inputMode="numeric"
          value={local.leastAge === null ? '' : `${local.leastAge}`}
        />
      ) : null}
      {open.work ? (
        <CheckboxesFrom
          name="works"
          label="Whom it takes, by how they stand to work"
          hint="Leave all empty while you do not know."
          list={workStandings}
          value={local.works}
        />
      ) : null}
      {open.councils ? (
        <CheckboxesFrom
          name="councils"
          label="For people who live in"
          hint="The delivery area, which may be another than yours. Ask the lead council."
          list={councils}
          value={local.councils}
        />
      ) : null}
    </>
  )
}

const Decided = ({ decisions, decidedAs, programme }: DecideProps) => (
  <Decisions
    decisions={decisions}
    nameOf={() => programme.name}
    valueOf={decidedAs}
    empty="Nothing has been decided yet."
  />
)
