import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { type Standing, stages, type Step } from '#journey/episode/rules.ts'
import { weekOfLimit } from '#journey/record/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import type { Means } from '#registers/means/rules.ts'
import { hidesContact, meansKinds, type Person } from '#registers/people/rules.ts'
import { switches } from '#registers/permissions/rules.ts'

export type RecordEpisode = Standing & Readonly<{ id: string }>
export type RecordStep = Readonly<{ id: string; at: Temporal.Instant; by: string | null; step: Step }>
type Goal = Readonly<{
  id: string
  words: string
  actions: readonly Readonly<{ id: string; what: string; due_on: Temporal.PlainDate; result: string | null }>[]
}>

export type RecordProps = Readonly<{
  person: Person
  /** The records that were merged into this one. */
  merged: readonly Readonly<{ given_name: string; family_name: string }>[]
  means: readonly Means[]
  episode: RecordEpisode | undefined
  earlier: readonly RecordEpisode[]
  steps: readonly RecordStep[]
  goals: readonly Goal[]
  permissions: readonly Readonly<{ id: string; switch: string; recipient: string; given: boolean }>[]
  concerns: number
  names: ReadonlyMap<string, string>
  now: Temporal.Instant
}>

/** What stands beside the story: where it stands, the plan, how to reach, what was agreed. */
export const AtAGlance = (props: RecordProps) => (
  <>
    {props.episode ? (
      <WhereItStands {...props} episode={props.episode} />
    ) : (
      <EmptyState heading="Not with the service now">
        <p>Where things stand appears here when there is a referral.</p>
      </EmptyState>
    )}
    <PlanCard {...props} />
    <ReachCard {...props} />
    <AgreedCard {...props} />
    {props.earlier.length > 0 ? <EarlierCard {...props} /> : null}
  </>
)

const WhereItStands = ({ episode, names, now }: RecordProps & { episode: RecordEpisode }) => {
  const today = dayOf(now)
  const week = weekOfLimit(episode.plan_agreed_at ? dayOf(episode.plan_agreed_at) : null, episode.limit_on, today)
  return (
    <Card heading="Where it stands">
      <SummaryList
        compact
        missing="Not yet"
        rows={[
          { label: 'Coach', value: episode.coach ? names.get(episode.coach) : null },
          { label: 'Next', value: episode.next_due_on ? dayInWords(episode.next_due_on, today) : null },
          { label: 'Last contact', value: episode.last_contact_at ? inWords(episode.last_contact_at, now) : null },
          { label: 'Plan', value: episode.plan_type ? planTypes[episode.plan_type].label : null },
          { label: 'Week', value: week ? `${week.week} of ${week.of}` : null },
          { label: 'Waited on others', value: episode.paused_days > 0 ? `${episode.paused_days} days` : 'No' },
          { label: 'Referred by', value: episode.route ? routes[episode.route].label : null },
        ]}
      />
      <p>
        <a href={`/episodes/${episode.id}/concerns`}>Safety concerns</a>
      </p>
    </Card>
  )
}

const PlanCard = ({ goals, episode, now }: RecordProps) => (
  <Card
    heading="Plan at a glance"
    actions={episode?.assessed_at ? <a href={`/episodes/${episode.id}/plan`}>Open the plan</a> : undefined}
  >
    {goals.length === 0 ? (
      <p>Goals appear here after the first conversation.</p>
    ) : (
      <ul className="nhsuk-list nhsuk-list--bullet">
        {goals.map(({ id, words, actions }) => (
          <li key={id}>
            {words}
            <ul className="nhsuk-list nhsuk-list--bullet">
              {actions.map((action) => (
                <li key={action.id}>
                  {action.what}{' '}
                  {action.result === null ? (
                    <>, {dayInWords(action.due_on, dayOf(now))}</>
                  ) : (
                    <Tag colour="green">{action.result}</Tag>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const kindLabels: Readonly<Record<string, { label: string }>> = meansKinds

const ReachCard = ({ means, person }: RecordProps) => (
  <Card heading="How to reach" actions={<a href={`/people/${person.id}/details`}>Change details</a>}>
    {hidesContact(person) ? (
      <p>
        Hidden because the record is restricted.{' '}
        <a href={`/people/${person.id}/details/means`}>Show ways to reach them</a>
      </p>
    ) : (
      <SummaryList
        compact
        rows={means.map(({ kind, value, wanted, safe, preferred }) => ({
          label: kindLabels[kind]?.label ?? kind,
          value: (
            <>
              {value} {preferred ? <Tag colour="green">First</Tag> : null}{' '}
              {safe ? null : <Tag colour="red">Not safe</Tag>} {wanted ? null : <Tag colour="orange">Not wanted</Tag>}
            </>
          ),
        }))}
      />
    )}
  </Card>
)

const switchLabels: Readonly<Record<string, { label: string }>> = switches

const AgreedCard = ({ permissions, person }: RecordProps) => (
  <Card heading="What they agreed to" actions={<a href={`/people/${person.id}/agreements`}>Ask or change</a>}>
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
  </Card>
)

const EarlierCard = ({ earlier, now }: RecordProps) => (
  <Card heading="Earlier support">
    <ul className="nhsuk-list">
      {earlier.map((one) => (
        <li key={one.id}>
          From {dayInWords(dayOf(one.received_at), dayOf(now))}: {stages[one.stage].label}
        </li>
      ))}
    </ul>
  </Card>
)
