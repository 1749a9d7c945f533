import { dayInWords, dayOf, inWords, isBefore } from '#platform/dates.ts'
import { CardColumns } from '#platform/html/arrangement.tsx'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Owner, Result } from '#journey/action/rules.ts'
import { type Purpose, purposes } from '#journey/appointment/rules.ts'
import { kinds, type Kind, type State, states } from '#journey/onward/rules.ts'
import { actors, nextOf } from './rules.ts'

type Action = Readonly<{
  id: string
  what: string
  owner: Owner
  due_on: Temporal.PlainDate
  result: Result | null
  since: Temporal.Instant | undefined
}>
type Outside = Readonly<{ id: string; serviceName: string; kind: Kind; state: State; stateAt: Temporal.Instant }>
type Meeting = Readonly<{ id: string; purpose: Purpose; startsAt: Temporal.Instant; memberName: string | null }>

export type SupportNowProps = Readonly<{
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  episode: string
  /** Whether the plan can be changed: support goes on. */
  goesOn: boolean
  /** Whether support has ended, so that it begins again by a new referral. */
  over: boolean
  actions: readonly Action[]
  meetings: readonly Meeting[]
  open: readonly Outside[]
  ended: readonly Outside[]
  now: Temporal.Instant
}>

/** What somebody is supported with now, in-house and outside beside each other: where each stands, since when, who acts next. */
export const SupportNow = (props: SupportNowProps) => {
  const { person, ended, open, now } = props
  return (
    <Page
      title="Support now"
      caption={person.name}
      lede="What the team does, and what services do, at the same time. Somebody may use both, and go back and forth."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    >
      {ended.length > 0 ? <CameBack {...props} /> : null}
      {props.over && person.mayEdit ? <BeginAgain {...props} /> : null}
      <CardColumns>
        <InHouse {...props} />
        <Card heading="Outside">
          <Table
            caption="Outside"
            captionSize="hidden"
            columns={outsideColumns(now)}
            rows={open}
            rowKey={({ id }) => id}
            empty="No service helps them now."
          />
        </Card>
      </CardColumns>
    </Page>
  )
}

const InHouse = ({ actions, meetings, goesOn, person, now }: SupportNowProps) => (
  <Card heading="In-house">
    <Table
      caption="In-house"
      captionSize="hidden"
      columns={actionColumns(now, goesOn && person.mayEdit)}
      rows={actions}
      rowKey={({ id }) => id}
      empty="Nothing of the plan is open in-house."
    />
    <Table
      caption="Appointments with the team"
      captionSize="m"
      columns={meetingColumns(now)}
      rows={meetings}
      rowKey={({ id }) => id}
      empty="None is booked."
    />
  </Card>
)

const on = (moment: Temporal.Instant, now: Temporal.Instant) => dayInWords(dayOf(moment), dayOf(now))

const actionColumns = (now: Temporal.Instant, opens: boolean): readonly Column<Action>[] => [
  {
    ...{ key: 'what', label: 'What', names: true, prose: true },
    cell: ({ id, what }) => (opens ? <a href={`/actions/${id}/result`}>{what}</a> : what),
  },
  {
    ...{ key: 'state', label: 'Where it stands' },
    cell: ({ since, due_on: due }) =>
      `${isBefore(due, dayOf(now)) ? 'Was due' : 'Due'} ${dayInWords(due, dayOf(now))}${since ? `, in the plan since ${on(since, now)}` : ''}`,
  },
  { key: 'who', label: 'Who acts next', cell: ({ owner }) => actors[owner].label },
]

const meetingColumns = (now: Temporal.Instant): readonly Column<Meeting>[] => [
  {
    ...{ key: 'when', label: 'When', names: true },
    cell: ({ id, startsAt }) => <a href={`/appointments/${id}`}>{inWords(startsAt, now)}</a>,
  },
  { key: 'what', label: 'What for', cell: ({ purpose }) => purposes[purpose].label },
  { key: 'with', label: 'With', cell: ({ memberName }) => memberName ?? '' },
]

const outsideColumns = (now: Temporal.Instant): readonly Column<Outside>[] => [
  {
    ...{ key: 'service', label: 'Service', names: true },
    cell: ({ id, serviceName }) => <a href={`/onward/${id}`}>{serviceName}</a>,
  },
  {
    ...{ key: 'state', label: 'Where it stands' },
    cell: ({ state, stateAt, kind }) => (
      <>
        <Tag colour={states[state].colour}>{states[state].label}</Tag> since {on(stateAt, now)},{' '}
        {kinds[kind].label.toLowerCase()}
      </>
    ),
  },
  { key: 'who', label: 'Who acts next', cell: ({ state }) => `${actors[nextOf[state].who].label}: ${lowered(state)}` },
]

const lowered = (state: State): string => {
  const { what } = nextOf[state]
  return `${what.charAt(0).toLowerCase()}${what.slice(1)}`
}

const CameBack = ({ ended, person, goesOn, now }: SupportNowProps) => (
  <Inset>
    <p>
      <strong>Help from outside has ended.</strong> Bring them back to coaching: the plan says what came of it, and you
      have the next step within a week.
    </p>
    {ended.map(({ id, serviceName, state, stateAt }) => (
      <div key={id}>
        <p>
          <a href={`/onward/${id}`}>{serviceName}</a> <Tag colour={states[state].colour}>{states[state].label}</Tag>{' '}
          {dayInWords(dayOf(stateAt), dayOf(now))}
        </p>
        {goesOn && person.mayEdit ? (
          <ButtonForm action={`/onward/${id}/return`} context={serviceName} small>
            Back to coaching
          </ButtonForm>
        ) : null}
      </div>
    ))}
  </Inset>
)

const BeginAgain = ({ person }: SupportNowProps) => (
  <Inset>
    <p>Support here has ended. If they would like it again, it begins anew on the same record.</p>
    <LinkButton href={`/people/${person.id}/referrals/new`} small>
      Begin support again
    </LinkButton>
  </Inset>
)
