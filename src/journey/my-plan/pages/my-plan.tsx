import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag, WarningCallout } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import {
  isToDo,
  type OwnAction,
  type OwnGoal,
  type OwnPaid,
  type OwnPlan,
  type OwnReturn,
  ownStates,
} from '#journey/my-plan/rules.ts'
import { PhasedReturn } from './phased-return.tsx'
import { Suggested, whoByWhen } from './suggested.tsx'

type MyPlanProps = Readonly<{
  plan: OwnPlan
  phased: OwnReturn | undefined
  paid: readonly OwnPaid[]
  /** Whether a plan that their coach sent them waits for their answer. */
  toAnswer: boolean
  today: Temporal.PlainDate
  ids: ReadonlyMap<string, string>
}>

/** The plan as its participant reads it: what they want to reach, and who does what by when. */
export const MyPlan = ({ plan, phased, paid, toAnswer, today, ids }: MyPlanProps) => (
  <Page
    title="My plan"
    lede={plan.agreed ? 'This is what you and your coach agreed. You can change it together at any time.' : undefined}
    actions={
      plan.agreed ? (
        <LinkButton href="/my/plan/print" secondary small>
          Print my plan
        </LinkButton>
      ) : undefined
    }
  >
    {toAnswer ? <ToAnswer first={!plan.agreed} /> : null}
    {plan.agreed || toAnswer ? null : (
      <EmptyState heading={<Said text="There is no plan yet" />}>
        You make it together with your coach after you have talked. Once you have both agreed it, it stands here.
      </EmptyState>
    )}
    {plan.agreed && !plan.isOpen ? (
      <p>
        <Said text="Your support has ended. You can still read your plan and print it." />
      </p>
    ) : null}
    {plan.agreedOn ? <AgreedOn day={plan.agreedOn} /> : null}
    {plan.goals.map((goal) => (
      <GoalCard key={goal.id} {...{ goal, today, ids }} mayMark={plan.isOpen} />
    ))}
    {phased ? <PhasedReturn phased={phased} /> : null}
    {plan.suggested.length > 0 ? <Suggested {...{ toAnswer, today }} suggested={plan.suggested} /> : null}
    {paid.length > 0 ? <Paid paid={paid} /> : null}
  </Page>
)

function AgreedOn({ day }: Readonly<{ day: Temporal.PlainDate }>) {
  const say = useSay()
  return <p>{say('You agreed it on {day}.', { day: say.day(day) })}</p>
}

function Paid({ paid }: Pick<MyPlanProps, 'paid'>) {
  const say = useSay()
  return (
    <Card heading="What is paid for you">
      <ul>
        {paid.map(({ id, what, stands }) => (
          <li key={id}>
            <bdi>{what}</bdi>: {say(stands)}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const ToAnswer = ({ first }: Readonly<{ first: boolean }>) => (
  <div className="ww-screen-only">
    <WarningCallout
      heading={first ? 'Your plan is ready for you to read' : 'Your coach would like to change your plan'}
    >
      <p>
        <Said text="Please read it, and say whether you agree or want to talk about it first." />
      </p>
      <LinkButton href="/my/plan/offer">Read it and answer</LinkButton>
    </WarningCallout>
  </div>
)

const isTheirs = ({ owner, state }: OwnAction) => owner === 'participant' && state !== 'leaving'

type GoalProps = Omit<MyPlanProps, 'plan' | 'phased' | 'paid' | 'toAnswer'> &
  Readonly<{ goal: OwnGoal; mayMark: boolean }>

function GoalCard({ goal, today, ids, mayMark }: GoalProps) {
  const say = useSay()
  return (
    <Card heading={<bdi>“{goal.words}”</bdi>}>
      {goal.targetOn ? <p>{say('You want to reach this by {day}.', { day: say.day(goal.targetOn) })}</p> : null}
      {goal.actions.length === 0 ? (
        <p>
          <Said text="Nothing to do is written down for this goal yet." />
        </p>
      ) : (
        <ul role="list" className="ww-own-actions">
          {goal.actions.map((action) => (
            <li key={action.id}>
              <ActionLine {...{ action, today }} />
              {mayMark && isTheirs(action) ? <Marking action={action} id={ids.get(action.id)} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** What is to be done, by whom and by when, and how it stands. */
function ActionLine({ action, today }: Readonly<{ action: OwnAction; today: Temporal.PlainDate }>) {
  const say = useSay()
  const { what, owner, dueOn, state, said } = action
  const { label, colour } = ownStates[state]
  return (
    <>
      <p className="ww-own-actions__what">
        <strong dir="auto">{what}</strong> <Tag colour={colour}>{say(label)}</Tag>
      </p>
      <p>{whoByWhen(say, owner, { on: dueOn, today })}</p>
      {said === null ? null : <p>{say('You said: {words}', { words: `“${said}”` })}</p>}
    </>
  )
}

/** What the participant can say of what they wanted to do. */
function Marking({ action, id }: Readonly<{ action: OwnAction; id: string | undefined }>) {
  const { what } = action
  const at = `/my/actions/${action.id}`
  if (!isToDo(action))
    return (
      <ButtonForm action={`${at}/reversal`} asLink context={what}>
        This is not right: it is still to do
      </ButtonForm>
    )
  return (
    <div className="ww-own-actions__marking">
      <ButtonForm action={`${at}/result`} fields={{ id: id ?? '', result: 'done' }} small secondary context={what}>
        I have done it
      </ButtonForm>
      <LinkButton href={at} small secondary context={what}>
        It did not work
      </LinkButton>
    </div>
  )
}
