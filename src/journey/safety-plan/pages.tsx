import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { EmptyState, Inset, PrintLink, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Form } from '#platform/html/form.tsx'
import { Said } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { filledParts, partCodes, planParts, type PlanWords } from './rules.ts'

export type ShownPlan = PlanWords &
  Readonly<{ id: string; number: number; shown: boolean; at: Temporal.Instant; by: string | null }>
type Whose = Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>

type PlanProps = Whose &
  Readonly<{ plan: ShownPlan | undefined; earlier: readonly ShownPlan[]; mayEdit: boolean; now: Temporal.Instant }>

/** The safety plan that a person made with their coach, to be read together and printed. */
export const SafetyPlanPage = ({ episode, person, plan, earlier, mayEdit, now }: PlanProps) => (
  <Page
    title="Safety plan"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={plan === undefined ? undefined : <PrintLink>Print this plan</PrintLink>}
    width="reading"
  >
    {plan === undefined ? (
      <EmptyState
        heading="No safety plan is written down"
        action={mayEdit ? <Write episode={episode}>Make one together</Write> : undefined}
      >
        A safety plan is made with the person, in their words: how they notice that it is getting hard, what helps, whom
        to ask.
      </EmptyState>
    ) : (
      <>
        <Words plan={plan} />
        {mayEdit ? <Write episode={episode}>Change it together</Write> : null}
      </>
    )}
    {earlier.length === 0 ? null : <Earlier {...{ episode, earlier, now }} />}
  </Page>
)

const Write = ({ episode, children }: Readonly<{ episode: string; children: string }>) => (
  <p className="ww-screen-only">
    <LinkButton href={`/episodes/${episode}/safety-plan/new`}>{children}</LinkButton>
  </p>
)

const Words = ({ plan }: Readonly<{ plan: ShownPlan }>) => {
  return (
    <>
      <p className="ww-screen-only">
        {plan.shown ? <Tag colour="green">The person sees it</Tag> : <Tag colour="grey">Only staff see it</Tag>}
      </p>
      <p>
        Made on {longDay(dayOf(plan.at))} with {plan.by ?? 'the team'}.
      </p>
      {filledParts(plan).map(({ part, text }) => (
        <section key={part}>
          <h2 className="nhsuk-heading-s">{planParts[part].label}</h2>
          <Lines text={text} />
        </section>
      ))}
      <p>
        <strong>
          <CrisisWords />
        </strong>
      </p>
    </>
  )
}

// Each line is a thing of its own: a sign, a person to ring.
const Lines = ({ text }: Readonly<{ text: string }>) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, place) => (
        <li key={place}>{line}</li>
      ))}
  </ul>
)

type EarlierProps = Pick<PlanProps, 'episode' | 'earlier' | 'now'>

const Earlier = ({ episode, earlier, now }: EarlierProps) => (
  <section className="ww-screen-only">
    <h2 className="nhsuk-heading-m">Earlier versions</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {earlier.map(({ id, number, at, by }) => (
        <li key={id}>
          <a href={`/episodes/${episode}/safety-plan?version=${number}`}>Version {number}</a>, {inWords(at, now)}
          {by === null ? '' : `, ${by}`}
        </li>
      ))}
    </ul>
  </section>
)

type FormProps = Whose & FormState & Readonly<{ id: string; plan: ShownPlan | undefined }>

/** Makes a safety plan together, or the next version of it. */
export const SafetyPlanForm = ({ episode, person, id, plan, problems, typed }: FormProps) => (
  <Page
    title={plan === undefined ? 'Make a safety plan together' : 'Change the safety plan together'}
    caption={person.name}
    lede="With the person, in their words. Leave empty what does not fit. Nobody is scored."
    back={{ href: `/episodes/${episode}/safety-plan` }}
    width="reading"
    problems={problems}
  >
    <Form
      action={`/episodes/${episode}/safety-plan`}
      fields={{ id }}
      edits={{ version: plan?.number ?? 0, now: plan ? <Words plan={plan} /> : <p>No plan is written down.</p> }}
      draft
      {...{ problems, typed }}
    >
      {partCodes.map((part) => (
        <TextArea key={part} name={part} {...planParts[part]} rows={3} value={plan?.[part] ?? undefined} />
      ))}
      <Tick
        name="shown"
        label="They want to see this plan among their own pages"
        hint="Ask who else looks at their phone. Without this only staff see it, and you can print it for them."
        value={plan?.shown ?? false}
      />
      <Button>Save this plan</Button>
    </Form>
  </Page>
)

/** The plan among somebody's own pages, where they agreed to see it there. */
export const MySafetyPlan = ({ plan }: Readonly<{ plan: ShownPlan }>) => {
  const { area } = useShell()
  return (
    <Page title="My safety plan" back={{ href: '/my', label: 'Home' }} actions={<PrintLink>Print this plan</PrintLink>}>
      {area?.crisisText ? (
        <Inset>
          <strong>
            <CrisisWords />
          </strong>
        </Inset>
      ) : null}
      {filledParts(plan).map(({ part, text }) => (
        <section key={part}>
          <h2 className="nhsuk-heading-s">
            <Said text={planParts[part].label} />
          </h2>
          <Lines text={text} />
        </section>
      ))}
      <p>
        <strong>
          <CrisisWords />
        </strong>
      </p>
    </Page>
  )
}
