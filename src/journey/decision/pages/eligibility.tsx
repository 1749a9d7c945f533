import { dayOf, inWords, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Details, Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { Questions } from './questions.tsx'
import { metWords } from '#journey/belonging/rules.ts'
import { type Facts, type Finding, ruleNames } from '#journey/finding/rules.ts'
import { screened, type Screening } from '#journey/screening/rules.ts'
import { type Decision, decided, decisions, waysOfTelling } from '#journey/decision/rules.ts'

type Made = Readonly<{
  id: string
  step: string
  decision: Decision
  reason: string | null
  at: Temporal.Instant
  by: string
  whereTo: string | null
  toldHow: string | null
  toldOn: Temporal.PlainDate | null
  toldBy: string | null
  takenBackBecause: string | null
  takenBackAt: Temporal.Instant | null
}>

export type EligibilityPageProps = FormState &
  Readonly<{
    referral: Readonly<{ id: string; reference: string; person: string; name: string; facts: Facts }>
    screening: Screening
    /** Whether a decision can be made now; otherwise why not, in a sentence. */
    closed: string | undefined
    made: readonly Made[]
    whyNotUndone: string | undefined
    members: CodeList
    councils: CodeList
    ids: Readonly<{ answers: string; decision: string }>
    now: Temporal.Instant
    /** Which of the forms the problems belong to. */
    wrong?: 'answers' | 'decision' | 'withdrawal'
  }>

/** Whether somebody can be supported here, why, what is still to be asked, and the decision. */
export const EligibilityPage = (props: EligibilityPageProps) => {
  const { referral, screening, closed, made, problems } = props
  const { label, colour } = screened[screening.answer]
  const standing = made.find(({ takenBackAt }) => takenBackAt === null)
  return (
    <Page
      title="Can we support this person?"
      caption={`${referral.name}, ${referral.reference}`}
      back={{ href: `/referrals/${referral.id}`, label: 'Referral' }}
      problems={problems}
    >
      {standing ? <DecisionMade {...props} standing={standing} /> : null}
      {closed && !standing ? <Inset>{closed}</Inset> : null}
      <h2 className="nhsuk-heading-m">
        {standing ? 'What the rules say today: ' : 'The rules say: '}
        <Tag colour={colour}>{label}</Tag>
      </h2>
      <p>{explained[screening.answer]}</p>
      <Table
        caption="Each rule and why"
        captionSize="hidden"
        columns={findingColumns}
        rows={screening.findings}
        rowKey={({ rule }) => rule}
        empty=""
      />
      {closed === undefined ? (
        <>
          <Questions {...props} {...stateFor(props, 'answers')} id={props.ids.answers} />
          <Decide {...props} />
        </>
      ) : null}
      <Earlier made={made.filter((one) => one !== standing)} now={props.now} />
    </Page>
  )
}

const explained = {
  eligible: 'Every rule of this area is met.',
  'not-eligible':
    'At least one rule is not met. You decide: accept them with a reason, or help them on to somewhere else.',
  look: 'Nothing speaks against it, but something is not known yet. Ask, or decide with a reason.',
} as const

const findingColumns: readonly Column<Finding>[] = [
  { key: 'rule', label: 'Rule', names: true, cell: ({ rule }) => ruleNames[rule].label },
  {
    key: 'met',
    label: 'Answer',
    nowrap: true,
    cell: ({ met }) => <Tag colour={metWords[met].colour}>{metWords[met].label}</Tag>,
  },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => why },
]

const stateFor = ({ wrong, problems, typed }: EligibilityPageProps, form: EligibilityPageProps['wrong']): FormState =>
  wrong === form ? { problems, typed } : { problems: [], typed: {} }

const Decide = (props: EligibilityPageProps) => {
  const { referral, members, ids } = props
  return (
    <section aria-labelledby="decide">
      <h2 id="decide" className="nhsuk-heading-m">
        Decide
      </h2>
      <Form
        action={`/referrals/${referral.id}/decision`}
        draft
        fields={{ id: ids.decision }}
        {...stateFor(props, 'decision')}
      >
        <RadiosFrom
          name="decision"
          label="What do you decide?"
          list={decisions}
          reveal={{ 'not-eligible': <Handover members={members} /> }}
        />
        <TextArea
          name="reason"
          label="Reason"
          hint="Needed when you decide otherwise than the rules say. The person may read it."
          rows={3}
          maximum={1000}
        />
        <Button>Save decision</Button>
      </Form>
    </section>
  )
}

const Handover = ({ members }: { members: CodeList }) => (
  <>
    <TextArea
      name="whereTo"
      label="Where can they get help instead?"
      hint="The service, and how they get there: a warm handover, not a list of numbers"
      rows={2}
      maximum={500}
    />
    <p>
      <a href="/services">Find a service in the directory</a>
    </p>
    <p>If they have not been told yet, leave the rest empty: they stay on the list of people to tell.</p>
    <SelectFrom name="toldBy" label="Who told them?" list={members} empty="Not told yet" />
    <RadiosFrom name="toldHow" label="How?" list={waysOfTelling} />
    <DateField name="toldOn" label="When?" />
  </>
)

const DecisionMade = (props: EligibilityPageProps & { standing: Made }) => {
  const { standing: made, referral, whyNotUndone, now } = props
  const label = Object.entries(waysOfTelling).find(([code]) => code === made.toldHow)?.[1].label
  const told = made.toldOn ? `${made.toldBy}, ${label?.toLowerCase()}, ${longDay(made.toldOn)}` : null
  const rows = [
    { label: 'Decided by', value: `${made.by}, ${inWords(made.at, now)}` },
    ...(made.reason ? [{ label: 'Reason', value: made.reason }] : []),
    ...(made.whereTo ? [{ label: 'Helped on to', value: made.whereTo }] : []),
    ...(made.whereTo ? [{ label: 'Told by', value: told ?? 'They have not been told yet' }] : []),
  ]
  return (
    <Card heading={decided[made.decision]} tone="accent">
      <SummaryList compact rows={rows} />
      <ButtonGroup>
        {made.decision === 'accepted' ? <LinkButton href="/allocation">Give them a coach</LinkButton> : null}
        {made.whereTo && !told ? (
          <LinkButton href={`/referrals/${referral.id}/telling`}>Record that they were told</LinkButton>
        ) : null}
        <LinkButton href="/referrals" secondary>
          Next referral
        </LinkButton>
      </ButtonGroup>
      {whyNotUndone === undefined ? (
        <Details summary="Take this decision back" open={props.wrong === 'withdrawal'}>
          <Form
            action={`/referrals/${referral.id}/decision/withdrawal`}
            fields={{ decision: made.id }}
            {...stateFor(props, 'withdrawal')}
          >
            <TextField name="withdrawalReason" label="Why is it taken back?" />
            <Button secondary small>
              Take back
            </Button>
          </Form>
        </Details>
      ) : null}
    </Card>
  )
}

const Earlier = ({ made, now }: { made: readonly Made[]; now: Temporal.Instant }) =>
  made.length === 0 ? null : (
    <>
      <h2 className="nhsuk-heading-m">Decisions taken back</h2>
      <Timeline
        empty=""
        happenings={made.map((one) => ({
          key: one.id,
          what: decided[one.decision],
          when: inWords(one.at, now),
          by: one.by,
          text: `Taken back${one.takenBackAt ? ` on ${shortDay(dayOf(one.takenBackAt))}` : ''}: ${one.takenBackBecause ?? ''}`,
        }))}
      />
    </>
  )
