import { longDay } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { LinkList, SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { planTypes } from '#registers/areas/rules.ts'
import {
  type Agreed,
  type Change,
  type Plan,
  type PlannedGoal,
  reviewReasons,
  type ReviewReason,
  type ReviewResult,
  type Sent,
  reviewResults,
  agreedWords,
  inOneLine,
  maySendAnew,
} from '#journey/plan/rules.ts'
import type { Offered } from '#journey/solution/rules.ts'
import { OneGoal } from './goal.tsx'
import { SendIt, SentToThem } from './sent.tsx'
import { InTheWay, type Unanswered } from './unanswered.tsx'

export type Reviewed = Readonly<{
  id: string
  reviewed_on: Temporal.PlainDate
  result: ReviewResult
  said: string
  next_on: Temporal.PlainDate | null
}>

type PlanPageProps = Readonly<{
  person: string
  record: string
  address: string
  plan: Plan | undefined
  goals: readonly PlannedGoal[]
  agreed: Agreed | undefined
  sent: readonly Sent[]
  changes: readonly Change[]
  review: ReviewReason | undefined
  limitOn: Temporal.PlainDate | null
  reviews: readonly Reviewed[]
  earlier: readonly Readonly<{ href: string; label: string }>[]
  unanswered: readonly Unanswered[]
  answered: readonly Unanswered[]
  offered: readonly Offered[]
  /** Where goals with levels stand now, in words. */
  standings: ReadonlyMap<string, string>
  open: boolean
  today: Temporal.PlainDate
  newId: () => string
}>

/** The plan of one spell of support: what was agreed, what has changed since, and how each action goes. */
export const PlanPage = (props: PlanPageProps) => (
  <Page
    title="Plan"
    caption={props.person}
    back={{ href: props.record, label: `Back to ${props.person}` }}
    actions={props.goals.length > 0 ? <Actions {...props} /> : undefined}
  >
    {props.review && props.open ? <ReviewWanted {...props} review={props.review} /> : null}
    <Beside beside={<AtAGlance {...props} />}>
      <Standing {...props} />
      {props.sent.map((sent) => (
        <SentToThem key={sent.id} {...props} sent={sent} />
      ))}
      <InTheWay {...props} />
      <h2 className="nhsuk-heading-m">Goals</h2>
      {props.goals.length === 0 ? <NoGoals {...props} /> : null}
      {props.goals.map((goal) => (
        <OneGoal key={goal.id} goal={goal} standing={props.standings.get(goal.id)} {...props} />
      ))}
      {props.open || props.agreed ? (
        <p>
          <a href={`${props.address.replace(/\/plan$/, '')}/phased-return`}>Phased return to work, week by week</a>
          <br />
          <a href={`${props.address.replace(/\/plan$/, '')}/goal-scaling`}>How far each goal has come</a>
          <br />
          <a href={`${props.address.replace(/\/plan$/, '')}/adjustments`}>Adjustments at work</a>
          <br />
          <a href={`${props.record}/employer`}>Their employer, and what it may be told</a>
          <br />
          <a href={`${props.address.replace(/\/plan$/, '')}/job-search`}>
            Looking for a job: CV, applications, interviews
          </a>
          <br />
          <a href={`${props.address.replace(/\/plan$/, '')}/matters`}>Ask the team</a>
        </p>
      ) : null}
      {props.open && props.goals.length > 0 ? (
        <LinkButton href={`${props.address}/goals/new`} secondary>
          Add another goal
        </LinkButton>
      ) : null}
    </Beside>
  </Page>
)

const Actions = ({ address }: PlanPageProps) => (
  <LinkButton href={`${address}/print`} secondary small>
    Their copy to print
  </LinkButton>
)

const ReviewWanted = ({ address, limitOn, review }: PlanPageProps & { review: ReviewReason }) => (
  <WarningCallout heading={reviewReasons[review].label}>
    <p>
      {limitOn && review !== 'review-due' ? `They end on ${longDay(limitOn)}. ` : ''}
      Look at the plan together and say what happens next. Support goes on until you and the person end it.
    </p>
    <LinkButton href={`${address}/reviews/new`} small>
      Record a review
    </LinkButton>
  </WarningCallout>
)

function Standing({ address, agreed, sent, changes, plan, goals, open }: PlanPageProps) {
  if (!plan) return <NoPlan address={address} open={open} />
  if (!agreed) {
    return goals.length === 0 ? null : (
      <Inset>
        <p>This plan is a draft. It counts once you and the person agree it.</p>
        {open ? <LinkButton href={`${address}/agreement`}>Agree this plan</LinkButton> : null}
        {open && maySendAnew(sent) ? <SendIt address={address} /> : null}
      </Inset>
    )
  }
  return (
    <>
      <p>
        <Tag colour="green">Agreed</Tag> {agreedWords(agreed)}.
      </p>
      {changes.length > 0 ? <NotAgreedYet {...{ address, changes, agreed, open, sent }} /> : null}
    </>
  )
}

const NoPlan = ({ address, open }: { address: string; open: boolean }) => (
  <EmptyState
    heading="No plan yet"
    action={open ? <LinkButton href={`${address}/kind`}>Choose the kind of plan</LinkButton> : undefined}
  >
    A plan begins with its kind and the day on which you will look at it again. Then add the goals, in the person’s own
    words.
  </EmptyState>
)

type Waiting = Pick<PlanPageProps, 'address' | 'changes' | 'open' | 'sent'> & { agreed: Agreed }

const NotAgreedYet = ({ address, changes, agreed, open, sent }: Waiting) => (
  <Inset>
    <p>
      <strong>Changed since version {agreed.number}, and not agreed yet</strong>
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {changes.map((change) => (
        <li key={inOneLine(change)}>{inOneLine(change)}</li>
      ))}
    </ul>
    {open ? (
      <LinkButton href={`${address}/agreement`} small>
        Agree these changes
      </LinkButton>
    ) : null}
    {open && maySendAnew(sent) ? <SendIt address={address} /> : null}
  </Inset>
)

const NoGoals = ({ address, open }: PlanPageProps) => (
  <EmptyState action={open ? <LinkButton href={`${address}/goals/new`}>Add a goal</LinkButton> : undefined}>
    Goals appear here, each with what will be done for it, by whom and by when.
  </EmptyState>
)

const AtAGlance = ({ address, plan, limitOn, reviews, earlier, open, agreed }: PlanPageProps) => (
  <>
    <Card heading="At a glance" tone="quiet">
      <SummaryList
        compact
        missing="Not chosen yet"
        rows={[
          { label: 'Kind of plan', value: plan && planTypes[plan.type].label },
          { label: 'Next review', value: plan && longDay(plan.review_on) },
          { label: 'Meant to be reached by', value: plan && (plan.target_on ? longDay(plan.target_on) : 'No day set') },
          ...(limitOn ? [{ label: 'Usual weeks end', value: longDay(limitOn) }] : []),
        ]}
      />
      {open ? (
        <p>
          <a href={`${address}/kind`}>{plan ? 'Change these' : 'Choose the kind of plan'}</a>
        </p>
      ) : null}
      {agreed ? <Onwards address={address} open={open} /> : null}
    </Card>
    {reviews.length > 0 ? <Reviews reviews={reviews} /> : null}
    {earlier.length > 0 ? <Earlier earlier={earlier} /> : null}
  </>
)

const Onwards = ({ address, open }: { address: string; open: boolean }) => (
  <ul className="nhsuk-list">
    <li>
      <a href={`${address}/versions`}>Versions that were agreed</a>
    </li>
    {open ? (
      <>
        <li>
          <a href={`${address}/reviews/new`}>Record a review</a>
        </li>
        <li>
          <a href={address.replace(/plan$/, 'completion')}>Complete this plan</a>
        </li>
      </>
    ) : null}
  </ul>
)

const Reviews = ({ reviews }: { reviews: readonly Reviewed[] }) => (
  <Card heading="Reviews" tone="quiet">
    <Timeline
      empty=""
      happenings={reviews.map(({ id, result, reviewed_on, said }) => ({
        key: id,
        what: reviewResults[result].label,
        when: longDay(reviewed_on),
        moment: reviewed_on.toString(),
        text: <p>{said}</p>,
      }))}
    />
  </Card>
)

const Earlier = ({ earlier }: Pick<PlanPageProps, 'earlier'>) => (
  <Card heading="Earlier plans" tone="quiet">
    <LinkList links={earlier} />
  </Card>
)
