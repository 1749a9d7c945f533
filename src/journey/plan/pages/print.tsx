import { longDay } from '#platform/dates.ts'
import { PrintLink } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import { planTypes } from '#registers/areas/rules.ts'
import { owners } from '#journey/action/rules.ts'
import { type AgreedAction, type AgreedGoal, type Content, dayOr } from '#journey/plan/rules.ts'

type PrintProps = Readonly<{
  person: string
  address: string
  content: Content
  agreedOn: Temporal.PlainDate | undefined
  reviewOn: Temporal.PlainDate | undefined
  coach: string | undefined
  /** The actions that are done. */
  done: ReadonlySet<string>
}>

/** The person's own copy of their plan: large, plain, black on white, to keep, without the name of who printed it. */
export const PrintPlan = (props: PrintProps) => (
  <ShellContext value={{ ...useShell(), actor: undefined, navigation: [], search: false }}>
    <Copy {...props} />
  </ShellContext>
)

const Copy = ({ person, address, content, agreedOn, reviewOn, coach, done }: PrintProps) => (
  <Page
    title="Your plan"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    actions={<PrintLink>Print this plan</PrintLink>}
    width="reading"
  >
    <p className="nhsuk-body-l">
      {planTypes[content.type].label}.{' '}
      {agreedOn ? `We agreed this plan on ${longDay(agreedOn)}.` : 'We have not agreed this plan yet: it is a draft.'}
    </p>
    {content.goals.map((goal, index) => (
      <PrintedGoal key={goal.id} goal={goal} number={index + 1} done={done} />
    ))}
    <h2 className="nhsuk-heading-l">What happens next</h2>
    {reviewOn ? <p className="nhsuk-body-l">We will look at this plan together on {longDay(reviewOn)}.</p> : null}
    {content.target ? <p className="nhsuk-body-l">You would like to be there by {dayOr(content.target)}.</p> : null}
    <HowToReach coach={coach} />
    <p className="nhsuk-body-l">
      Taking part is your choice. You can change this plan or stop at any time. It does not affect your benefits.
    </p>
  </Page>
)

type Printed = Readonly<{ goal: AgreedGoal; number: number; done: ReadonlySet<string> }>

const PrintedGoal = ({ goal, number, done }: Printed) => (
  <section>
    <h2 className="nhsuk-heading-l">Goal {number}</h2>
    <p className="nhsuk-body-l">
      <strong>“{goal.words}”</strong>
    </p>
    {goal.target ? <p className="nhsuk-body-l">By {dayOr(goal.target)}</p> : null}
    {goal.actions.map((action) => (
      <PrintedAction key={action.id} action={action} done={done.has(action.id)} />
    ))}
  </section>
)

// A box to tick by hand, on paper.
const PrintedAction = ({ action, done }: { action: AgreedAction; done: boolean }) => (
  <p className="nhsuk-body-l">
    <span aria-hidden="true">{done ? '☑' : '☐'} </span>
    {action.what}
    <br />
    {owners[action.owner].onPaper}, by {dayOr(action.due)}
    {done ? '. Done' : ''}
  </p>
)

function HowToReach({ coach }: { coach: string | undefined }) {
  const { area } = useShell()
  if (!coach && !area?.phone) return null
  return (
    <p className="nhsuk-body-l">
      {coach ? `Your coach is ${coach}. ` : ''}
      {area?.phone ? `To talk to us, call ${area.phone}.` : ''}
    </p>
  )
}
