import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type Came,
  howTold,
  readyFrom,
  standingOf,
  standings,
  type Told,
  waysToTell,
} from '#journey/support/matter/rules.ts'
import { NothingOnline, type Whose } from './form.tsx'

export type ShownMatter = Readonly<{
  id: string
  asks: string
  summary: string
  urgent: boolean
  whyUrgent: string | null
  version: number
  at: Temporal.Instant
  by: string | null
  withdrawnAt: Temporal.Instant | null
  withdrawnWhy: string | null
  objectedAt: Temporal.Instant | null
  objection: string | null
  objectionSeenAt: Temporal.Instant | null
  told: readonly Told[]
  came: readonly Came[]
}>

type Around = Whose & Readonly<{ mayEdit: boolean; now: Temporal.Instant }>
type ListProps = Around & Readonly<{ matters: readonly ShownMatter[]; isOpen: boolean }>

/** What was put to the team about somebody, and what came of it. */
export const Matters = (props: ListProps) => {
  const { episode, person, matters, mayEdit, isOpen } = props
  const unread = matters.filter((one) => one.objectedAt !== null && one.objectionSeenAt === null)
  const put = mayEdit && isOpen
  return (
    <Page
      title="The team"
      caption={person.name}
      lede="Clinicians and others who advise on support together. What was put to them, and what they decided."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      width="reading"
    >
      {unread.length > 0 ? <SaidNo {...props} unread={unread} /> : null}
      {put && matters.length > 0 ? <Put episode={episode} /> : null}
      {matters.length === 0 ? (
        <EmptyState heading="Nothing was put to the team yet" action={put ? <Put episode={episode} /> : undefined}>
          Ask the team when you are not sure what would help: a physiotherapist, an occupational therapist, somebody for
          mental health or for employment law look at it together. The person is told first.
        </EmptyState>
      ) : null}
      {matters.map((matter) => (
        <MatterCard key={matter.id} {...props} matter={matter} />
      ))}
    </Page>
  )
}

const Put = ({ episode }: Readonly<{ episode: string }>) => (
  <p>
    <LinkButton href={`/episodes/${episode}/matters/new`}>Put something to the team</LinkButton>
  </p>
)

const SaidNo = ({ episode, unread, mayEdit }: ListProps & Readonly<{ unread: readonly ShownMatter[] }>) => (
  <WarningCallout heading="They do not want the team to talk about it">
    {unread.map(({ id, asks, objection }) => (
      <p key={id}>
        {asks} {objection === null ? 'They gave no reason, and need none.' : `They said: “${objection}”`}
      </p>
    ))}
    {unread.some(({ came }) => came.length === 0) ? (
      <p>It is off the queue. Support goes on as before, and nobody holds it against them.</p>
    ) : null}
    {unread.some(({ came }) => came.length > 0) ? (
      <p>The team had decided before they said no. Nothing of it is done that they do not want: talk with them.</p>
    ) : null}
    {mayEdit ? (
      <ButtonForm action={`/episodes/${episode}/matters/seen`} small secondary>
        I have read it
      </ButtonForm>
    ) : null}
  </WarningCallout>
)

const MatterCard = ({ episode, matter, now }: Around & Readonly<{ matter: ShownMatter }>) => (
  <Card
    heading={matter.asks}
    tag={<StandingTag {...{ matter, now }} />}
    actions={
      <a href={`/episodes/${episode}/matters/${matter.id}`}>
        Open<span className="nhsuk-u-visually-hidden"> {matter.asks}</span>
      </a>
    }
  >
    <p className="nhsuk-hint">
      Put {inWords(matter.at, now)}
      {matter.by === null ? '' : `, ${matter.by}`}
      {matter.urgent ? '. Urgent' : ''}
    </p>
    <WhatCame came={matter.came} now={now} />
  </Card>
)

const StandingTag = ({ matter, now }: Readonly<{ matter: ShownMatter; now: Temporal.Instant }>) => {
  const { told, objectedAt, withdrawnAt } = matter
  if (matter.came.length > 0 && objectedAt !== null) return <Tag colour="orange">Decided before they said no</Tag>
  if (matter.came.length > 0) return <Tag colour="green">Decided</Tag>
  const { label, colour } =
    standings[standingOf({ told, objected: objectedAt !== null, withdrawn: withdrawnAt !== null }, now)]
  return <Tag colour={colour}>{label}</Tag>
}

const WhatCame = ({ came, now }: Pick<ShownMatter, 'came'> & Pick<Around, 'now'>) =>
  came.length === 0 ? null : (
    <ul>
      {came.map(({ id, decided, onDay, stands }) => (
        <li key={id}>
          {decided} <span className="nhsuk-hint">Decided {dayInWords(onDay, dayOf(now))}.</span> {stands}
        </li>
      ))}
    </ul>
  )

type OneProps = FormState & Around & Readonly<{ matter: ShownMatter }>

/** One matter: what the team reads, how the person was told, and what came of it. */
export const MatterPage = (props: OneProps) => {
  const { episode, person, matter, mayEdit, problems, now } = props
  const { asks, objectedAt, withdrawnAt, came } = matter
  const at = `/episodes/${episode}/matters/${matter.id}`
  const open = mayEdit && objectedAt === null && withdrawnAt === null && came.length === 0
  return (
    <Page
      title="Put to the team"
      heading={asks}
      caption={person.name}
      back={{ href: `/episodes/${episode}/matters`, label: 'Back to the team' }}
      problems={problems}
      width="reading"
    >
      <p>
        <StandingTag matter={matter} now={now} />
      </p>
      <WhatCame came={came} now={now} />
      <WhatIsPut matter={matter} now={now} />
      {open ? (
        <>
          <p>
            <a href={`${at}/words`}>Change what the team reads</a>
          </p>
          <Telling {...props} at={at} />
          <NotWanted at={at} />
          <TakeBack at={at} />
        </>
      ) : null}
    </Page>
  )
}

const WhatIsPut = ({ matter, now }: Readonly<{ matter: ShownMatter; now: Temporal.Instant }>) => {
  const ready = readyFrom(matter.told)
  const rows = [
    { label: 'What the team reads', value: <span className="ww-words">{matter.summary}</span> },
    { label: 'Urgent', value: matter.urgent ? matter.whyUrgent : null },
    { label: 'Put by', value: [matter.by, inWords(matter.at, now)].filter(Boolean).join(', ') },
    { label: 'How they know', value: matter.told.length === 0 ? 'Not told yet' : toldInWords(matter.told, now) },
    {
      label: 'Time to say no',
      value: ready && Temporal.Instant.compare(ready, now) > 0 ? `Until ${inWords(ready, now)}` : null,
    },
    {
      label: 'They said no',
      value: matter.objectedAt && [inWords(matter.objectedAt, now), matter.objection].filter(Boolean).join(': '),
    },
    {
      label: 'Taken back',
      value: matter.withdrawnAt && `${inWords(matter.withdrawnAt, now)}: ${matter.withdrawnWhy ?? ''}`,
    },
  ]
  return <SummaryList compact rows={rows.filter(({ value }) => value !== null)} />
}

const toldInWords = (told: readonly Told[], now: Temporal.Instant) =>
  told.map((one) => [howTold(one), inWords(one.at, now), one.by].filter(Boolean).join(', ')).join('; ')

type At = Readonly<{ at: string }>

const Telling = ({ at, closed, problems, typed }: OneProps & At) => (
  <Card heading="Tell them">
    {closed ? <NothingOnline /> : null}
    <Form action={`${at}/telling`} problems={problems} typed={typed}>
      <RadiosFrom
        name="told"
        label="How do they know?"
        list={waysToTell}
        only={closed ? ['in-person', 'phone'] : ['in-person', 'phone', 'sent']}
      />
      <Button>Save</Button>
    </Form>
  </Card>
)

const NotWanted = ({ at }: At) => (
  <Details summary="They do not want it">
    <Form action={`${at}/objection`}>
      <TextArea
        name="words"
        label="What did they say?"
        hint="They need no reason. It goes off the queue at once, and support goes on as before."
        rows={2}
        maximum={500}
      />
      <Button small secondary>
        They said no
      </Button>
    </Form>
  </Details>
)

const TakeBack = ({ at }: At) => (
  <Details summary="Take it back">
    <Form action={`${at}/withdrawal`}>
      <TextArea name="why" label="Why does the team not need to talk about it?" rows={2} maximum={300} />
      <Button small secondary>
        Take it back
      </Button>
    </Form>
  </Details>
)
