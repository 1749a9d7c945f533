import { dayInWords, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Tag, WarningCallout } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { basisOf, type Intensive, isUndecided, type LocalEntry, referring } from '#registers/intensive/rules.ts'
import { type State, states } from '#journey/onward/rules.ts'
import {
  answers,
  countsInWords,
  countsOf,
  type Finding,
  type Gathered,
  newestOf,
  type Said,
  verdicts,
} from './rules.ts'

type Person = Readonly<{ id: string; name: string; mayEdit: boolean }>

export type CheckedProgramme = Readonly<{
  programme: Intensive
  local: LocalEntry
  referral: Readonly<{ id: string; state: State; stateAt: Temporal.Instant }> | undefined
  findings: readonly Finding[]
  gathered: readonly Gathered[]
  said: readonly Said[]
}>

type AllProps = Readonly<{ person: Person; checked: readonly CheckedProgramme[] }>

/** The intensive programmes, each held against one person. */
export const ProgrammesFor = ({ person, checked }: AllProps) => (
  <Page
    title="Intensive programmes"
    caption={person.name}
    lede="Each with its entry rules held against the record: what is met, what is not, and what to ask."
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    {checked.map(({ programme, findings, gathered, referral }) => (
      <Card
        key={programme.code}
        heading={programme.name}
        actions={<a href={`/people/${person.id}/programmes/${programme.code}`}>Entry check of {programme.name}</a>}
      >
        <p>{programme.summary}</p>
        <p>
          Entry rules: {countsInWords(findings)}. For the hand-over: {gathered.filter(({ there }) => there).length} of{' '}
          {gathered.length} ready.
          {referral ? (
            <>
              {' '}
              Referral: <Tag colour={states[referral.state].colour}>{states[referral.state].label}</Tag>
            </>
          ) : null}
        </p>
      </Card>
    ))}
  </Page>
)

type CheckProps = FormState &
  CheckedProgramme &
  Readonly<{ person: Person; episode: string; version: number; now: Temporal.Instant }>

/** One programme held against one person: each rule, what is needed before hand-over, and the referral to it. */
export const EntryCheck = (props: CheckProps) => {
  const { programme, person, findings, local, gathered, problems } = props
  return (
    <Page
      title={`${programme.name}: entry check`}
      caption={person.name}
      lede={`Entry rules: ${countsInWords(findings)}.`}
      back={{ href: `/people/${person.id}/programmes`, label: 'Intensive programmes' }}
      problems={problems}
    >
      {programme.notice ? (
        <WarningCallout heading="Before you refer">
          <p>{programme.notice}</p>
        </WarningCallout>
      ) : null}
      <Referral {...props} />
      <Table
        caption="Who may come in"
        captionSize="m"
        columns={ruleColumns(local)}
        rows={findings}
        rowKey={({ rule }) => rule.code}
        empty="No rule of it holds today."
      />
      <Table
        caption="Before the hand-over"
        captionSize="m"
        columns={needColumns}
        rows={gathered}
        rowKey={({ code }) => code}
        empty="Nothing is needed."
      />
      {person.mayEdit ? <Writing {...props} /> : null}
      <p>
        <a href={`/intensive-programmes/${programme.code}`}>On what each rule is based, and what your area decided</a>
      </p>
    </Page>
  )
}

const ruleColumns = (local: LocalEntry): readonly Column<Finding>[] => [
  { key: 'rule', label: 'Rule', names: true, prose: true, cell: ({ rule }) => rule.label },
  {
    key: 'verdict',
    label: 'Now',
    cell: ({ verdict }) => <Tag colour={verdicts[verdict].colour}>{verdicts[verdict].label}</Tag>,
  },
  { key: 'why', label: 'Why, or what to ask', prose: true, cell: ({ why }) => why },
  {
    key: 'basis',
    label: 'Based on',
    prose: true,
    cell: ({ rule }) =>
      `${basisOf(rule.source)}${isUndecided(rule, local) ? '. It leaves this to each area, and yours has not decided' : ''}`,
  },
]

const needColumns: readonly Column<Gathered>[] = [
  { key: 'need', label: 'What', names: true, prose: true, cell: ({ label }) => label },
  {
    key: 'there',
    label: 'Now',
    cell: ({ there }) => <Tag colour={there ? 'green' : 'orange'}>{there ? 'Ready' : 'Missing'}</Tag>,
  },
  { key: 'why', label: 'How it is known', prose: true, cell: ({ why }) => why },
]

const Referral = ({ programme, referral, findings, person, episode, now }: CheckProps) => {
  if (referral)
    return (
      <p>
        Referral: <a href={`/onward/${referral.id}`}>{programme.name}</a>{' '}
        <Tag colour={states[referral.state].colour}>{states[referral.state].label}</Tag> since{' '}
        {dayInWords(dayOf(referral.stateAt), dayOf(now))}.
      </p>
    )
  if (!person.mayEdit) return null
  return (
    <>
      <p>
        {referring[programme.refers].label}.
        {countsOf(findings)['not-met'] > 0
          ? ' A rule is not met. You may refer all the same where you know more than the record: say so in the request.'
          : null}
      </p>
      <ButtonGroup>
        <LinkButton href={`/episodes/${episode}/onward/new?service=${programme.service}`} small>
          {programme.refers === 'coach' ? `Refer to ${programme.name}` : `Tell them about ${programme.name}`}
        </LinkButton>
      </ButtonGroup>
    </>
  )
}

const Writing = (props: CheckProps) => {
  const { programme, person, findings, gathered, said, version, problems, typed } = props
  const open = findings.filter(({ asks }) => asks)
  const ticks = gathered.filter(({ by }) => by === 'coach')
  return (
    <Form
      action={`/people/${person.id}/programmes/${programme.code}/checks`}
      edits={{ version, now: <AsItStands {...props} /> }}
      {...{ problems, typed }}
    >
      <h2 className="nhsuk-heading-m">Write down what you heard</h2>
      {open.map(({ rule }) => (
        <RadiosFrom
          key={rule.code}
          name={`answer-${rule.code}`}
          label={rule.label}
          hint={rule.ask}
          list={answers}
          value={answerIn(newestOf(said, rule.code))}
          small
          inline
        />
      ))}
      {ticks.length > 0 ? (
        <CheckboxesFrom
          name="done"
          label="Ready for the hand-over"
          list={Object.fromEntries(ticks.map(({ code, label, hint }) => [code, { label, ...(hint ? { hint } : {}) }]))}
          value={ticks.filter(({ there }) => there).map(({ code }) => code)}
          small
        />
      ) : null}
      <Button>Save</Button>
    </Form>
  )
}

const answerIn = (said: Said | undefined) =>
  said?.answer === 'yes' || said?.answer === 'no' || said?.answer === 'unsure' ? said.answer : undefined

const AsItStands = ({ findings, gathered }: CheckProps) => (
  <ul>
    {findings.map(({ rule, verdict, why }) => (
      <li key={rule.code}>
        {rule.label}: {verdicts[verdict].label.toLowerCase()}. {why}
      </li>
    ))}
    {gathered.map(({ code, label, there }) => (
      <li key={code}>
        {label}: {there ? 'ready' : 'missing'}
      </li>
    ))}
  </ul>
)
