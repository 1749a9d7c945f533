import type { ComponentProps } from 'react'
import type { Role } from '#platform/access/rules.ts'
import { dayInWords, dayOf } from '#platform/dates.ts'
import { Card, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { isOverdue, isSettled, type Result, results } from '#journey/action/rules.ts'
import { type BarrierCode, barriers as barrierList } from '#journey/assessment/rules.ts'
import { type Standing, stages } from '#journey/episode/rules.ts'
import { mayChangeGoals } from '#journey/goal/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { kindInWords, type Means } from '#registers/means/rules.ts'
import { hidesContact, type Person } from '#registers/people/rules.ts'
import { switches } from '#registers/permissions/rules.ts'
import { Awaited, type AwaitedAppointment } from './awaited.tsx'
import { AdjustmentsCard, TeamCard } from './adjustments.tsx'
import { FitNoteCard, type RecordNote } from './fit-note.tsx'
import { OnwardCard, type RecordOnward } from './onward.tsx'
import { NotHere, WhereItStands } from './standing.tsx'

export type RecordEpisode = Standing & Readonly<{ id: string }>
type Goal = Readonly<{
  id: string
  words: string
  actions: readonly Readonly<{ id: string; what: string; due_on: Temporal.PlainDate; result: Result | null }>[]
}>
type Barrier = Readonly<{ id: string; code: BarrierCode; severity: number | null; main: boolean }>

export type GlanceProps = Readonly<{
  person: Person
  /** Whether this reader may change anything; who handed the person over may only read, for a time. */
  mayEdit: boolean
  role: Role
  means: readonly Means[]
  episode: RecordEpisode | undefined
  earlier: readonly RecordEpisode[]
  goals: readonly Goal[]
  barriers: readonly Barrier[]
  /** Those to come, and those of which nobody has said how they went. */
  appointments: readonly AwaitedAppointment[]
  onward: readonly RecordOnward[]
  notes: readonly RecordNote[]
  adjustments: ComponentProps<typeof AdjustmentsCard>['adjustments']
  permissions: readonly Readonly<{ id: string; switch: string; recipient: string; given: boolean }>[]
  names: ReadonlyMap<string, string>
  now: Temporal.Instant
}>

/** What stands beside the story: where it stands, the plan, what is in the way, appointments, what was agreed. */
export const AtAGlance = (props: GlanceProps) => {
  const { episode, earlier } = props
  return (
    <>
      {episode ? <WhereItStands {...props} episode={episode} /> : <NotHere />}
      {episode ? <PlanCard {...props} episode={episode} /> : null}
      {episode ? <InTheWay {...props} episode={episode} /> : null}
      {episode ? <Awaited {...props} episode={episode} /> : null}
      {episode ? <OnwardCard {...props} /> : null}
      {episode ? <FitNoteCard {...props} /> : null}
      {episode ? <AdjustmentsCard {...props} episode={episode} /> : null}
      {episode ? <TeamCard episode={episode} /> : null}
      <ReachCard {...props} />
      <AgreedCard {...props} />
      {earlier.length > 0 ? <EarlierCard {...props} /> : null}
    </>
  )
}

type OfEpisode = GlanceProps & { episode: RecordEpisode }

const PlanCard = ({ goals, episode, mayEdit, now }: OfEpisode) => (
  <Card
    heading="Plan at a glance"
    actions={episode.assessed_at ? <a href={`/episodes/${episode.id}/plan`}>Open the plan</a> : undefined}
  >
    {goals.length === 0 ? (
      <p>Goals appear here after the first conversation.</p>
    ) : (
      <ul className="nhsuk-list ww-goals">
        {goals.map(({ id, words, actions }) => (
          <li key={id}>
            {mayEdit && mayChangeGoals(episode.stage) ? <a href={`/goals/${id}`}>{words}</a> : words}
            <ul className="nhsuk-list">
              {actions.map((action) => (
                <li key={action.id}>
                  {mayEdit && mayChangeGoals(episode.stage) ? (
                    <a href={`/actions/${action.id}/result`}>{action.what}</a>
                  ) : (
                    action.what
                  )}{' '}
                  <ActionState {...action} now={now} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const ActionState = ({ result, due_on: due, now }: Goal['actions'][number] & { now: Temporal.Instant }) => {
  const today = dayOf(now)
  if (result !== null && isSettled({ result }))
    return <Tag colour={result === 'done' ? 'green' : 'grey'}>{results[result].label}</Tag>
  const words = `by ${dayInWords(due, today)}`
  return isOverdue({ result, due_on: due }, today) ? <Tag colour="orange">{`Was due ${words}`}</Tag> : <>{words}</>
}

const InTheWay = ({ barriers, episode, mayEdit, person }: OfEpisode) =>
  barriers.length === 0 ? null : (
    <Card
      heading="In the way"
      actions={mayEdit ? <a href={`/episodes/${episode.id}/assessment`}>Open the conversation</a> : undefined}
    >
      <ul className="nhsuk-list">
        {barriers.map(({ id, code, severity, main }) => (
          <li key={id}>
            {barrierList[code].label}
            {severity === null ? '' : `, ${severity} of 10`} {main ? <Tag colour="purple">Main</Tag> : null}
          </li>
        ))}
      </ul>
      <p>
        <a href={`/people/${person.id}/gaps`}>There is nothing here for one of these</a>
      </p>
      <p>
        <a href={`/people/${person.id}/services`}>Find a service</a>
      </p>
    </Card>
  )

const ReachCard = ({ means, person, mayEdit }: GlanceProps) => (
  <Card
    heading="How to reach"
    actions={mayEdit ? <a href={`/people/${person.id}/details`}>Change details</a> : undefined}
  >
    {hidesContact(person) ? (
      <p>
        Hidden because the record is restricted.{' '}
        <a href={`/people/${person.id}/details/means`}>Show ways to reach them</a>
      </p>
    ) : means.length === 0 ? (
      <p>No phone number, email or address is known yet.</p>
    ) : (
      <SummaryList
        compact
        rows={means.map(({ kind, value, wanted, safe, preferred }) => ({
          label: kindInWords({ kind, value }),
          value: (
            <>
              {value} {preferred ? <Tag colour="green">First</Tag> : null}{' '}
              {safe ? null : <Tag colour="red">Not safe</Tag>} {wanted ? null : <Tag colour="orange">Not wanted</Tag>}
            </>
          ),
        }))}
      />
    )}
    <p>
      <a href={`/people/${person.id}/messages`}>{mayEdit ? 'Write and read messages' : 'Messages'}</a>
    </p>
  </Card>
)

const switchLabels: Readonly<Record<string, { label: string }>> = switches

const AgreedCard = ({ permissions, person, mayEdit }: GlanceProps) => (
  <Card
    heading="What they agreed to"
    actions={mayEdit ? <a href={`/people/${person.id}/agreements`}>Ask or change</a> : undefined}
  >
    {permissions.length === 0 ? (
      <p>Nothing has been asked yet.</p>
    ) : (
      <ul className="nhsuk-list">
        {permissions.map((one) => (
          <li key={one.id}>
            {switchLabels[one.switch]?.label ?? one.switch}
            {one.recipient ? ` (${one.recipient})` : ''}: <strong>{one.given ? 'yes' : 'no'}</strong>
          </li>
        ))}
      </ul>
    )}
    <p>
      <a href={`/people/${person.id}/readers`}>Who has seen this record</a>
    </p>
    <p>
      <a href={`/people/${person.id}/keeping`}>How long it is kept, and what they asked about it</a>
    </p>
    <p>
      <a href={`/people/${person.id}/requests`}>What was asked of others outside</a>
    </p>
    {mayEdit ? (
      <p>
        <a href={`/people/${person.id}/copies/new`}>They asked for a copy of it</a>
      </p>
    ) : null}
  </Card>
)

const EarlierCard = ({ earlier, names, now }: GlanceProps) => (
  <Card heading="Earlier support">
    <ul className="nhsuk-list">
      {earlier.map((one) => (
        <li key={one.id}>
          From {dayInWords(dayOf(one.received_at), dayOf(now))}: {stages[one.stage].label.toLowerCase()}
          {one.plan_type ? `, ${planTypes[one.plan_type].label}` : ''}
          {one.coach ? `, with ${names.get(one.coach) ?? 'a member who has left'}` : ''}{' '}
          {one.plan_agreed_at ? <a href={`/episodes/${one.id}/plan`}>Open the plan</a> : null}
        </li>
      ))}
    </ul>
  </Card>
)
