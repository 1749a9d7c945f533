import { clock, dayInWords, inWords, longDay } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, Tag, type TagColour } from '#platform/html/content.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { needsOf, type Person } from '#journey/caseload/rules.ts'
import type { Times } from '#journey/invitation/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import type { Supervision } from '#journey/supervision/rules.ts'
import { type DayLine, type DayReason, dayReasons } from '#journey/day/reasons/rules.ts'
import { type Joined, reasonsOf, saidOnce } from '#journey/day/rules.ts'
import { type Given, OfferedToYou, SupervisionsDue, Tasks, type Waiting, WaitingForYou } from './tasks.tsx'

export type DayRow = Person & DayLine & Readonly<{ covered: boolean; href: string; clears: string }>

const tones: Readonly<Record<DayReason, TagColour>> = {
  safety: 'red',
  died: 'grey',
  shut: 'red',
  cancel: 'purple',
  wrote: 'purple',
  tried: 'purple',
  objected: 'purple',
  plan: 'purple',
  overdue: 'red',
  today: 'blue',
  result: 'orange',
  answer: 'orange',
  advice: 'orange',
  link: 'orange',
  offered: 'yellow',
  'follow-up': 'green',
  conversation: 'orange',
  note: 'orange',
  action: 'yellow',
  review: 'orange',
  needs: 'yellow',
  limit: 'orange',
  waiting: 'grey',
  quiet: 'yellow',
  reply: 'grey',
}

type DayProps = Given &
  Readonly<{
    /** Supervisions of the reader that are to come, or were due. */
    supervisions: readonly Supervision[]
    /** The membership of the reader. */
    me: string
    rows: readonly Joined<DayRow>[]
    counts: readonly (readonly [DayReason, number])[]
    reason: DayReason | null
    appointments: readonly (Times & Readonly<{ id: string; name: string; mode: string }>)[]
    free: readonly Times[]
    /** Whether the reader works today at all. */
    works: boolean
    news: readonly News[]
    since: Temporal.PlainDate
    now: Temporal.Instant
    caseload: number
    /** Alerts that the reader was told of and nobody has said that they have. */
    waiting: readonly Waiting[]
  }>

type News = Readonly<{
  id: string
  person: string
  name: string
  what: string
  /** Where it is looked at and put right; undefined where it is only told. */
  href: string | undefined
  link: string | undefined
  by: string | null
  at: Temporal.Instant
}>

/** What a coach has to do today: each line a person, why they are here, and the one thing that clears it. */
export const MyDay = (props: DayProps) => {
  const { today, rows, counts, reason, caseload, waiting } = props
  return (
    <Page
      title="My day"
      caption={longDay(today)}
      actions={
        <LinkButton href="/caseload" small secondary>
          {`All my people (${caseload})`}
        </LinkButton>
      }
    >
      <WaitingForYou waiting={waiting} />
      <OfferedToYou {...props} />
      <Tasks {...props} />
      <SupervisionsDue {...props} />
      <Figures label="Why people are on your day">
        {counts
          .filter(([, number]) => number > 0)
          .map(([code, number]) => (
            <Figure
              key={code}
              {...{ number, label: dayReasons[code].label }}
              href={`/day?reason=${code}`}
              tone={tones[code] === 'red' ? 'alert' : 'plain'}
            />
          ))}
      </Figures>
      <Beside beside={<Hours {...props} />}>
        {reason ? (
          <p>
            Only: {dayReasons[reason].label}. <a href="/day">Show everybody</a>
          </p>
        ) : null}
        <Table
          caption="To do"
          columns={dayColumns(today)}
          rows={rows}
          rowKey={({ first }) => first.href}
          empty="Nothing is due today. People appear here when a contact, review or follow-up is due, when nobody has spoken to them for a while, or when a concern is open."
        />
        <WhatChanged {...props} />
      </Beside>
    </Page>
  )
}

function dayColumns(today: Temporal.PlainDate): readonly Column<Joined<DayRow>>[] {
  return [
    {
      key: 'person',
      label: 'Person',
      names: true,
      cell: ({ first }) => (
        <>
          <a href={`/people/${first.person}`}>{calledName(first)}</a>{' '}
          {first.covered ? <Tag colour="purple">{`For ${first.coachName ?? 'a colleague'}`}</Tag> : null}
        </>
      ),
    },
    { key: 'why', label: 'Why', cell: (row) => <Why {...row} /> },
    { key: 'what', label: 'What', cell: (row) => <What {...row} /> },
    { key: 'when', label: 'Since or due', cell: ({ first: { on } }) => (on ? dayInWords(on, today) : '') },
    {
      key: 'do',
      label: 'Next',
      cell: ({ first }) => (
        <a href={first.href}>
          {first.clears}
          <span className="nhsuk-u-visually-hidden">{` for ${calledName(first)}`}</span>
        </a>
      ),
    },
  ]
}

const Why = (row: Joined<DayRow>) => (
  <span className="ww-tags">
    {reasonsOf(row).map((reason) => (
      <Tag key={reason} colour={tones[reason]}>
        {dayReasons[reason].label}
      </Tag>
    ))}
  </span>
)

function What(row: Joined<DayRow>) {
  const needs = needsOf(row.first)
  // One part of its cell, also where a phone lays the parts of a cell out beside each other.
  return (
    <span>
      {saidOnce(row)}
      {needs ? <span className="ww-aside">{needs}</span> : null}
    </span>
  )
}

const Hours = ({ appointments, free, works, now }: DayProps) => (
  <>
    <Card heading="Appointments today">
      {appointments.length === 0 ? (
        <p>You have no appointments today.</p>
      ) : (
        <ul className="nhsuk-list">
          {appointments.map(({ id, startsAt, endsAt, name, mode }) => (
            <li key={id}>
              {clock(startsAt)} to {clock(endsAt)}: <a href={`/appointments/${id}`}>{name}</a>, {mode.toLowerCase()}
              {Temporal.Instant.compare(endsAt, now) < 0 ? ', over' : ''}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/outings/new">Meeting somebody alone? Say where you go</a>
      </p>
    </Card>
    <Card heading="Free time today">
      {free.length === 0 ? (
        <p>{works ? 'No half hour is free any more today.' : 'You are not at work today.'}</p>
      ) : (
        <ul className="nhsuk-list">
          {free.map(({ startsAt, endsAt }) => (
            <li key={startsAt.toString()}>
              {clock(startsAt)} to {clock(endsAt)}
            </li>
          ))}
        </ul>
      )}
      <p className="ww-aside">Within the hours of the service, as far as the appointments here say.</p>
      <p>
        <a href="/coaches">Your week and your colleagues’</a>
      </p>
      <p>
        <a href="/interpreters">Interpreters to find</a>
      </p>
    </Card>
  </>
)

const WhatChangedHere = ({ what, href, link, name }: News) =>
  href === undefined ? (
    what
  ) : (
    // One part of its cell, also where a phone lays the parts of a cell out beside each other.
    <span>
      {what}{' '}
      <a href={href}>
        {link}
        <span className="nhsuk-u-visually-hidden">{`: ${name}`}</span>
      </a>
    </span>
  )

const WhatChanged = ({ news, since, today, now }: DayProps) => (
  <Table
    caption={`What changed since ${dayInWords(since, today)}`}
    rows={news}
    rowKey={({ id }) => id}
    columns={[
      {
        ...{ key: 'who', label: 'Person', names: true },
        cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a>,
      },
      { key: 'what', label: 'What', cell: (one) => <WhatChangedHere {...one} /> },
      { key: 'by', label: 'By', cell: ({ by }) => by ?? '' },
      { key: 'at', label: 'When', cell: ({ at }) => inWords(at, now) },
    ]}
    empty="What others do for your people, what they answer by themselves, and messages that did not reach them appear here."
  />
)
