import { dayInWords, dayOf } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type AdjustmentKind,
  adjustmentKinds,
  type Asker,
  askers,
  grouped,
  sinceWhen,
  standingAfter,
  standings,
  standingSteps,
  type Step,
  stepInWords,
} from '#journey/support/adjustments/rules.ts'

export type ShownStep = Step & Readonly<{ at: Temporal.Instant; by: string | null }>

export type ShownAdjustment = Readonly<{
  id: string
  version: number
  kind: AdjustmentKind
  what: string
  askedBy: Asker
  askedOn: Temporal.PlainDate
  at: Temporal.Instant
  by: string | null
  steps: readonly ShownStep[]
}>

export type Whose = Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>

type ListProps = Whose & Readonly<{ adjustments: readonly ShownAdjustment[]; mayEdit: boolean; now: Temporal.Instant }>

/** The adjustments of a spell of support by how they stand, each with what is to be done next. */
export const Adjustments = (props: ListProps) => {
  const { episode, person, adjustments, mayEdit } = props
  return (
    <Page
      title="Adjustments at work"
      caption={person.name}
      lede="What their workplace changes so that they can do their job: what was asked for, what came of it, and what to do next."
      back={{ href: `/episodes/${episode}/plan`, label: 'Back to the plan' }}
      actions={
        adjustments.length > 0 ? (
          <>
            <LinkButton href={`/episodes/${episode}/three-way`} small>
              Agree them with the employer
            </LinkButton>
            <LinkButton href={`/episodes/${episode}/passport`} small secondary>
              Print their passport
            </LinkButton>
          </>
        ) : undefined
      }
      width="reading"
    >
      {mayEdit && adjustments.length > 0 ? <WriteDown episode={episode} /> : null}
      {adjustments.length === 0 ? (
        <EmptyState
          heading="No adjustment is written down"
          action={mayEdit ? <WriteDown episode={episode} /> : undefined}
        >
          A later start, a better chair, instructions in writing: small changes often let somebody stay in their job.
          Employers have a duty to make reasonable adjustments for disabled people.
        </EmptyState>
      ) : null}
      {grouped(adjustments).map((group) => (
        <section key={group.standing} aria-labelledby={`group-${group.standing}`}>
          <h2 className="nhsuk-heading-m" id={`group-${group.standing}`}>
            {standings[group.standing].heading} ({group.adjustments.length})
          </h2>
          {group.adjustments.map((one) => (
            <AdjustmentCard key={one.id} {...props} adjustment={one} />
          ))}
        </section>
      ))}
    </Page>
  )
}

const WriteDown = ({ episode }: Readonly<{ episode: string }>) => (
  <p>
    <LinkButton href={`/episodes/${episode}/adjustments/new`}>Write an adjustment down</LinkButton>
  </p>
)

const AdjustmentCard = ({
  episode,
  adjustment,
  mayEdit,
  now,
}: ListProps & Readonly<{ adjustment: ShownAdjustment }>) => {
  const { id, kind, what, askedBy, askedOn, steps } = adjustment
  const today = dayOf(now)
  const standing = standings[standingAfter(steps)]
  const [last] = standingSteps(steps)
  const rows = [
    { label: 'Asked for', value: `${dayInWords(askedOn, today)}, by ${askers[askedBy].label.toLowerCase()}` },
    { label: 'Since then', value: last ? stepInWords(last) : null },
    { label: 'Reason', value: last?.reason ?? null },
    { label: 'Next', value: standing.next },
  ]
  return (
    <Card
      heading={what}
      level={3}
      tag={<Tag colour={standing.colour}>{standing.label}</Tag>}
      actions={
        <a href={`/episodes/${episode}/adjustments/${id}`}>
          {mayEdit ? 'Say what came of it' : 'Open'}
          <span className="nhsuk-u-visually-hidden"> {what}</span>
        </a>
      }
    >
      <p className="nhsuk-hint">
        {adjustmentKinds[kind].label}. Stands like this since {dayInWords(sinceWhen(adjustment), today)}.
      </p>
      <SummaryList compact rows={rows.filter(({ value }) => value !== null)} />
    </Card>
  )
}
