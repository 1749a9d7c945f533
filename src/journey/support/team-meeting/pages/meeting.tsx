import { dayOf, longDay } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Inset, PrintLink, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { roles } from '#platform/access/rules.ts'
import { isToCome, type Meeting, meetingInWords, standsInWords, whyNotNow } from '#journey/support/team/rules.ts'
import { keyOf, type Made, type Seen } from '#journey/support/team-meeting/rules.ts'
import { Whom } from './list.tsx'

type MeetingProps = Readonly<{
  meeting: Meeting
  matters: readonly Seen[]
  /** Whether the reader plans meetings here. */
  mayPlan: boolean
  /** Whether the reader writes down what is decided. */
  mayDecide: boolean
  now: Temporal.Instant
}>

/** One meeting: who comes, its agenda, and what was decided about each matter. */
export const MeetingPage = (props: MeetingProps) => {
  const { meeting, matters, mayPlan, mayDecide, now } = props
  const why = whyNotNow(meeting, dayOf(now))
  const address = `/team/meetings/${meeting.id}`
  return (
    <Page
      title="Team meeting"
      heading={meetingInWords(meeting, dayOf(now))}
      caption="Team meeting"
      back={{ href: '/team', label: 'Back to the team meetings' }}
      actions={
        <LinkButton href={`${address}/agenda`} small secondary>
          Print the agenda
        </LinkButton>
      }
      width="reading"
    >
      <WhyNot why={why} />
      <WhoComes meeting={meeting} />
      {mayPlan && isToCome(meeting) ? (
        <p>
          <a href={`${address}/words`}>Change this meeting</a>
        </p>
      ) : null}
      {matters.length === 0 ? (
        <EmptyState heading="Nothing is on the agenda">
          What coaches put to the team stands here once the person knows of it.
        </EmptyState>
      ) : (
        <h2 className="nhsuk-heading-m">
          {matters.length === 1 ? 'Agenda: 1 question' : `Agenda: ${matters.length} questions`}
        </h2>
      )}
      {matters.map((matter, place) => (
        <MatterCard key={matter.id} {...props} matter={matter} number={place + 1} />
      ))}
      {isToCome(meeting) && (mayDecide || mayPlan) ? <Ending address={address} closes={why === undefined} /> : null}
    </Page>
  )
}

const WhyNot = ({ why }: Readonly<{ why: string | undefined }>) =>
  why === undefined ? null : (
    <Inset>
      <p>{why}.</p>
    </Inset>
  )

const WhoComes = ({ meeting: { place, comers, chair } }: Pick<MeetingProps, 'meeting'>) => (
  <SummaryList
    compact
    rows={[
      { label: 'Where', value: place },
      { label: 'Chairs', value: comers.find(({ id }) => id === chair)?.name },
      { label: 'Who comes', value: comers.map(({ name, role }) => `${name}, ${roles[role].label}`).join('; ') },
    ]}
  />
)

const MatterCard = ({
  meeting,
  matter,
  number,
  mayDecide,
}: MeetingProps & Readonly<{ matter: Seen; number: number }>) => {
  const at = `/team/meetings/${meeting.id}/matters/${matter.id}`
  return (
    <Card
      heading={`${number}. ${keyOf(matter)}: ${matter.hidden ?? matter.asks}`}
      level={3}
      tag={<StateTag matter={matter} />}
      actions={
        <a href={at}>
          {mayDecide ? 'Decide' : 'Open'}
          <span className="nhsuk-u-visually-hidden"> {`question ${number}`}</span>
        </a>
      }
    >
      <p>
        <Whom row={matter} />
      </p>
      {matter.hidden === undefined ? <p className="ww-words">{matter.summary}</p> : null}
      <DecisionList made={matter.decisions} />
    </Card>
  )
}

const StateTag = ({ matter: { decisions, urgent, carried, objected } }: Readonly<{ matter: Seen }>) => {
  if (objected) return <Tag colour="orange">They said no afterwards</Tag>
  if (decisions.length > 0) return <Tag colour="green">Decided</Tag>
  if (urgent) return <Tag colour="red">Urgent</Tag>
  return carried > 0 ? <Tag colour="purple">Carried over</Tag> : <Tag colour="blue">To do</Tag>
}

/** What was decided, who does it and by when. */
const DecisionList = ({ made }: Readonly<{ made: readonly Made[] }>) =>
  made.length === 0 ? null : (
    <ul>
      {made.map((one) => (
        <li key={one.id}>
          <strong>{one.decided}</strong> {standsInWords(one)} {one.note}
        </li>
      ))}
    </ul>
  )

const Ending = ({ address, closes }: Readonly<{ address: string; closes: boolean }>) => (
  <ButtonGroup>
    {closes ? <ButtonForm action={`${address}/closed`}>Close the meeting</ButtonForm> : null}
    <ButtonForm action={`${address}/called-off`} secondary>
      Call it off
    </ButtonForm>
  </ButtonGroup>
)

type AgendaProps = Readonly<{ meeting: Meeting; matters: readonly Seen[] }>

/** The agenda on paper: initials alone, whoever prints it. */
export const Agenda = ({ meeting, matters }: AgendaProps) => (
  <Page
    title="Agenda of the team meeting"
    caption={[`${longDay(meeting.onDay)}, ${meeting.starts}`, meeting.place].filter(Boolean).join(', ')}
    lede="Initials stand for people. Keep it to the meeting and shred it afterwards."
    back={{ href: `/team/meetings/${meeting.id}` }}
    actions={<PrintLink>Print the agenda</PrintLink>}
    width="reading"
  >
    <p>Who comes: {meeting.comers.map(({ name }) => name).join(', ')}.</p>
    {matters.length === 0 ? <p>Nothing is on the agenda.</p> : null}
    <ol>
      {matters.map((matter) => (
        <li key={matter.id}>
          <h2 className="nhsuk-heading-s">
            {keyOf(matter)}: {matter.hidden ?? matter.asks}
          </h2>
          <p>
            {[
              matter.urgent ? 'Urgent' : '',
              matter.carried > 0 ? 'Carried over' : '',
              matter.by ? `Put by ${matter.by}` : '',
            ]
              .filter((part) => part !== '')
              .join('. ')}
          </p>
          {matter.hidden === undefined ? <p className="ww-words">{matter.summary}</p> : null}
          <p>Decided: …………………………………… Who: ……………… By: ………………</p>
        </li>
      ))}
    </ol>
  </Page>
)
