import type { Because } from '#journey/alert/rules.ts'
import { dayInWords, isBefore } from '#platform/dates.ts'
import { dueInWords, type Supervision } from '#journey/supervision/rules.ts'
import { Card, Tag, WarningCallout } from '#platform/html/content.tsx'

export type Task = Readonly<{
  id: string
  meeting: string
  matter: string
  decided: string
  dueOn: Temporal.PlainDate | null
}>

/** What others gave the reader to do: meetings of the team, and colleagues who would pass people on to them. */
export type Given = Readonly<{
  tasks: readonly Task[]
  /** How many people are offered to the reader, and wait for an answer. */
  offered: number
  today: Temporal.PlainDate
}>

/** People whom colleagues would pass on to the reader. */
export const OfferedToYou = ({ offered }: Given) =>
  offered === 0 ? null : (
    <Card heading="Offered to you" tone="accent">
      <p>
        {offered === 1
          ? 'A colleague would pass 1 person on to you.'
          : `Colleagues would pass ${offered} people on to you.`}{' '}
        <a href="/passing-on">Read the summary and answer</a>
      </p>
    </Card>
  )

/** What meetings of the team gave the reader to do, the earliest due first. */
export const Tasks = ({ tasks, today }: Given) =>
  tasks.length === 0 ? null : (
    <Card heading="Tasks from the team">
      <ul>
        {tasks.map(({ id, meeting, matter, decided, dueOn }) => (
          <li key={id}>
            <a href={`/team/meetings/${meeting}/matters/${matter}`}>{decided}</a>
            {dueOn === null ? '' : `, ${isBefore(dueOn, today) ? 'was due' : 'by'} ${dayInWords(dueOn, today)}`}
          </li>
        ))}
      </ul>
    </Card>
  )

export type Waiting = Readonly<{ id: string; about: 'concern' | 'outing'; because: Because }>

/** What nobody has answered yet and the reader was told of: it comes before everything else. */
export const WaitingForYou = ({ waiting }: Readonly<{ waiting: readonly Waiting[] }>) =>
  waiting.length === 0 ? null : (
    <WarningCallout heading="This cannot wait, and you are the one to look at it">
      <ul className="nhsuk-list">
        {waiting.map(({ id, about, because }) => (
          <li key={id}>
            {about === 'concern' ? (
              <a href={`/concerns/${id}`}>
                {because === 'handed-over'
                  ? 'A safety concern that was handed to you'
                  : 'A safety concern that nobody has yet'}
              </a>
            ) : (
              <a href={`/outings/${id}`}>A colleague is not back in time</a>
            )}
          </li>
        ))}
      </ul>
    </WarningCallout>
  )

type DueProps = Readonly<{ supervisions: readonly Supervision[]; me: string; today: Temporal.PlainDate }>

/** Supervisions of the reader that come within days, or whose day has passed. */
export const SupervisionsDue = ({ supervisions, me, today }: DueProps) =>
  supervisions.length === 0 ? null : (
    <Card heading="Supervision">
      <ul className="nhsuk-list">
        {supervisions
          .map((one) => ({ ...dueInWords(one, { me, today }), id: one.id }))
          .map(({ id, words, late }) => (
            <li key={id}>
              <a href="/supervisions">{words}</a> {late ? <Tag colour="red">Overdue</Tag> : null}
            </li>
          ))}
      </ul>
    </Card>
  )
