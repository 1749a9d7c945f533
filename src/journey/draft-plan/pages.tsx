import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type PlanType, planTypes } from '#registers/areas/rules.ts'
import { suggestedInWords } from '#journey/action/rules.ts'
import { barriers } from '#journey/assessment/rules.ts'
import { whoseWords } from '#journey/goal/rules.ts'
import { type Helped, longestGoal } from './rules.ts'

/** What the plan holds already, where it was begun before or by somebody else meanwhile. */
export type There = Readonly<{ version: number; kind: PlanType | undefined; goals: readonly string[] }>

type Props = FormState &
  Readonly<{
    person: string
    /** Where the plan stands. */
    plan: string
    id: string
    there: There
    helped: readonly Helped[]
    /** What follows from the conversation, until somebody says otherwise. */
    begins: Readonly<{ goal: string; kind: PlanType | undefined; review: Temporal.PlainDate }>
  }>

/** The draft plan a conversation ends in: one page, filled in from what was said. */
export const DraftPlan = ({ person, plan, id, there, helped, begins, problems, typed }: Props) => (
  <FormPage
    title="Draft plan"
    caption={person}
    lede="Filled in from your conversation. Go through it together: everything can be changed later, and it counts once you have both agreed it."
    back={{ href: plan, label: 'Go to the plan without this' }}
    action={`${plan}/draft`}
    {...{ problems, typed }}
    fields={{ id }}
    edits={{ version: there.version, now: <PlanNow there={there} /> }}
    draft
    width="reading"
  >
    <TheGoal goal={begins.goal} />
    <h2 className="nhsuk-heading-m">What may help</h2>
    {helped.length === 0 ? <p>The conversation marked nothing that stands in the way.</p> : null}
    {helped.map((one) => (
      <Against key={one.id} one={one} />
    ))}
    <h2 className="nhsuk-heading-m">The plan</h2>
    <RadiosFrom name="type" label="What kind of plan is it?" list={planTypes} value={there.kind ?? begins.kind} />
    <DateField
      name="review"
      label="When will you look at it together again?"
      hint="In four weeks, unless you choose another day."
      value={begins.review.toString()}
    />
    <ButtonGroup>
      <Button>Make this draft plan</Button>
      <LinkButton href={plan} secondary>
        Begin with an empty plan
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

const TheGoal = ({ goal }: { goal: string }) => (
  <>
    <TextArea
      name="words"
      label="What do they want to reach?"
      hint="As they say it, for example: “I want to be back on the ward three days a week by the summer”. More goals can be added to the plan."
      value={goal}
      rows={3}
      maximum={longestGoal}
    />
    <RadiosFrom
      name="whose"
      label="Whose words are these?"
      list={whoseWords}
      value={goal === '' ? undefined : 'person'}
    />
  </>
)

const Against = ({ one }: { one: Helped }) => {
  const { code, severity, main, suggested } = one
  const title = `${barriers[code].label}${severity === null ? '' : `, ${severity} of 10`}`
  return (
    <section>
      {main ? (
        <p className="nhsuk-u-margin-bottom-1">
          <Tag colour="purple">Main barrier</Tag>
        </p>
      ) : null}
      {suggested.length === 0 ? (
        <p>
          <strong>{title}</strong>
          <br />
          Nothing is suggested for this. Add an action of your own on the next page.
        </p>
      ) : (
        <CheckboxesFrom
          name="take"
          id={`take-${code}`}
          label={title}
          list={Object.fromEntries(
            suggested.map((each) => [each.code, { label: each.what, hint: suggestedInWords(each) }]),
          )}
        />
      )}
    </section>
  )
}

const PlanNow = ({ there: { kind, goals } }: { there: There }) => (
  <SummaryList
    compact
    missing="None"
    rows={[
      { label: 'Kind of plan', value: kind && planTypes[kind].label },
      { label: 'Goals', value: goals.length > 0 ? goals.join(', ') : undefined },
    ]}
  />
)
