import { dayOf, longDay, shortDay } from '#platform/dates.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Details, EmptyState, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { rulesInWords, ruleSetOn, ruleStates, type RuleSet, stateOf, usualRules } from '#journey/eligibility/rules.ts'

type Listed = RuleSet & Readonly<{ reason: string; setBy: string; setAt: Temporal.Instant; presetName: string | null }>

type RulesPageProps = Readonly<{ sets: readonly Listed[]; today: Temporal.PlainDate; maySet: boolean }>

/** Whom the area supports: today, soon and before. */
export const RulesPage = ({ sets, today, maySet }: RulesPageProps) => {
  const whole = ruleSetOn(sets, null, today)
  const future = sets.filter((set) => stateOf(set, sets, today) === 'future')
  return (
    <Page
      title="Who we can support"
      back={{ href: '/area', label: 'Area' }}
      lede="Benefits are never a condition. What is not known about somebody is asked and never refuses them."
      actions={maySet ? <LinkButton href="/area/eligibility/new">Change the rules</LinkButton> : undefined}
    >
      <h2 className="nhsuk-heading-m">{whole ? `In force since ${longDay(whole.fromOn)}` : 'In force'}</h2>
      {whole ? null : <p>This area has not set rules of its own, so the programme’s usual rules hold.</p>}
      <SummaryList rows={rulesInWords({ ...usualRules, ...whole?.rules })} />
      <Councils sets={sets} today={today} maySet={maySet} />
      <h2 className="nhsuk-heading-m">Rules to come</h2>
      {future.length === 0 ? <p>None. New rules stand here until their first day.</p> : null}
      {future.map((set) => (
        <Future key={set.id} set={set} maySet={maySet} />
      ))}
      <h2 className="nhsuk-heading-m">History</h2>
      <Table
        caption="Every set of rules, the newest first"
        captionSize="hidden"
        columns={historyColumns(sets, today)}
        rows={sets}
        rowKey={(set) => set.id}
        empty="Each change of the rules appears here with its reason and who made it."
      />
    </Page>
  )
}

const Councils = ({ sets, today, maySet }: RulesPageProps) => {
  const codes = [...new Set(sets.flatMap(({ council }) => council ?? []))]
  const own = codes.flatMap((council) => ruleSetOn(sets, council, today) ?? [])
  const differing = own.filter(({ rules }) => Object.keys(rules).length > 0)
  return (
    <>
      <h2 className="nhsuk-heading-m">Different in one council</h2>
      {differing.length === 0 ? <p>The same rules hold everywhere in this area.</p> : null}
      {differing.map((set) => (
        <Card key={set.id} heading={set.councilName} level={3}>
          <SummaryList compact rows={rulesInWords(set.rules)} />
        </Card>
      ))}
      {maySet ? (
        <p>
          <a href="/area/eligibility/council">Set different rules for one council</a>
        </p>
      ) : null}
    </>
  )
}

const Future = ({ set, maySet }: { set: Listed; maySet: boolean }) => (
  <Card heading={`${set.councilName ?? 'Whole area'}, from ${longDay(set.fromOn)}`} level={3} tone="accent">
    <SummaryList compact rows={rulesInWords(set.rules)} />
    <p>
      {set.reason} ({set.setBy})
    </p>
    {maySet ? (
      <Details summary="Take these rules back">
        <Form action={`/area/eligibility/${set.id}/withdrawal`}>
          <TextField id={`reason-${set.id}`} name="reason" label="Why are they taken back?" />
          <Button small secondary context={`from ${longDay(set.fromOn)}`}>
            Take back
          </Button>
        </Form>
      </Details>
    ) : null}
  </Card>
)

const historyColumns = (sets: readonly Listed[], today: Temporal.PlainDate): readonly Column<Listed>[] => [
  { key: 'from', label: 'From', names: true, nowrap: true, cell: (set) => shortDay(set.fromOn) },
  { key: 'where', label: 'Where', cell: (set) => set.councilName ?? 'Whole area' },
  {
    key: 'rules',
    label: 'Rules',
    cell: (set) => (
      <Details summary={set.presetName ? `As ${set.presetName}, or near to it` : 'Show the rules'}>
        <SummaryList compact rows={rulesInWords(set.rules)} />
      </Details>
    ),
  },
  { key: 'reason', label: 'Why', prose: true, cell: (set) => set.reason },
  { key: 'by', label: 'Set by', cell: (set) => `${set.setBy}, ${shortDay(dayOf(set.setAt))}` },
  {
    key: 'state',
    label: 'State',
    cell: (set) => {
      const { label, colour } = ruleStates[stateOf(set, sets, today)]
      return <Tag colour={colour}>{label}</Tag>
    },
  },
]

/** Rules that cannot be taken back any more, with the reason. */
export const CannotTakeBack = ({ why }: { why: string }) => (
  <Page title="These rules were not taken back" back={{ href: '/area/eligibility', label: 'Who we can support' }}>
    <EmptyState>{why}</EmptyState>
    <ButtonGroup>
      <LinkButton href="/area/eligibility">See the rules</LinkButton>
    </ButtonGroup>
  </Page>
)
