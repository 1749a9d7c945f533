import { longDay, shortDay } from '#platform/dates.ts'
import { Card } from '#platform/html/content.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { daysInWords, fullFrom, inHours, type LaidOut, type PhasedReturn } from '#journey/phased-return/rules.ts'
import type { Proposal } from '#journey/support/three-way/rules.ts'

export type Weeks = Readonly<{ plan: PhasedReturn; weeks: readonly LaidOut[] }>
/** The person by the name in the employer's books. */
export type Seen = Readonly<{
  proposal: Proposal
  name: string
  askedBy: string
  areaName: string
  phased: Weeks | undefined
}>

/** What an employer reads: who asks, about whom, exactly what is shared. The same for whoever sees it before it goes. */
export const WhatIsPut = ({ proposal, name, askedBy, areaName, phased }: Seen) => (
  <>
    <p>
      <strong>{askedBy}</strong> of {areaName} asks you about <strong>{name}</strong>:
    </p>
    <Card tone="accent">
      {proposal.asks.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </Card>
    {proposal.shared.length > 0 ? (
      <>
        <h2 className="nhsuk-heading-m">What we share with you</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          {proposal.shared.map(({ label, value }) => (
            <li key={value}>
              {label}: {value}
            </li>
          ))}
        </ul>
      </>
    ) : null}
    <p>
      {name} has agreed that you are told what stands on this page, and only this. Use it to answer, and for nothing
      else.
    </p>
    {phased ? <WeekByWeek {...phased} name={name} /> : null}
  </>
)

const WeekByWeek = ({ plan, weeks, name }: Weeks & Readonly<{ name: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">The phased return to work</h2>
    <p>
      A proposal for the return of {name} to the usual job ({inHours(plan.hours)} a week), beginning on{' '}
      {longDay(plan.beginsOn)}. From {longDay(fullFrom(plan))} the usual hours are worked.
    </p>
    <Table
      caption="Week by week"
      captionSize="hidden"
      columns={columns}
      rows={weeks}
      rowKey={({ number }) => `${number}`}
      empty="No weeks are laid out."
    />
  </>
)

const columns: readonly Column<LaidOut>[] = [
  {
    key: 'week',
    label: 'Week',
    names: true,
    cell: ({ number, from, until }) => `${number}: ${shortDay(from)} to ${shortDay(until)}`,
  },
  { key: 'days', label: 'Days', cell: ({ days }) => daysInWords(days) },
  { key: 'hours', label: 'Hours', cell: ({ total }) => inHours(total) },
  { key: 'duties', label: 'Work', cell: ({ duties }) => duties ?? 'As usual' },
  { key: 'review', label: 'At the end', cell: ({ review }) => (review ? 'Look at it together' : 'Go on') },
]
