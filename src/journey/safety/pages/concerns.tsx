import { dayInWords, inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag, WarningCallout } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { concernKinds } from '#journey/safety/rules.ts'

export type Person = Readonly<{ id: string; name: string }>

/** A concern as it is shown; without kind and words where the reader may only know that there is one. */
export type ShownConcern = Readonly<{
  id: string
  kind: string | null
  seen: string | null
  readable: boolean
  source: string
  recorded_at: Temporal.Instant
  next_look_on: Temporal.PlainDate | null
  closed_as: string | null
}>

/** What the area arranged: its six points, and what to do where nobody reads an alert now. */
export type Arranged = Readonly<{
  points: readonly Readonly<{ point: string; how: string }>[]
  outOfHours: string | undefined
}>

type ConcernsProps = Readonly<{
  arranged: Arranged
  person: Person
  episode: string
  concerns: readonly ShownConcern[]
  mayEdit: boolean
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** Every concern about a person, and what to do when there is a new one. */
export const Concerns = ({ person, arranged, episode, concerns, mayEdit, now, today }: ConcernsProps) => (
  <Page
    title="Concerns"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={
      mayEdit ? (
        <LinkButton href={`/episodes/${episode}/concerns/new`} warning small>
          Write down a concern
        </LinkButton>
      ) : null
    }
    width="reading"
  >
    <SixPoints {...arranged} />
    <p>
      <a href={`/episodes/${episode}/safety-plan`}>Safety plan</a>
      {mayEdit ? (
        <>
          {' · '}
          <a href={`/outings/new?episode=${episode}`}>Meeting them alone? Say where you go</a>
        </>
      ) : null}
    </p>
    {concerns.length === 0 ? (
      <EmptyState heading="No concern is written down">
        When you worry that this person or somebody else may come to harm, write it down here. The person does not see
        it.
      </EmptyState>
    ) : (
      concerns.map((concern) => <OneConcern key={concern.id} {...{ concern, now, today }} />)
    )}
  </Page>
)

function OneConcern({ concern, now, today }: Pick<ConcernsProps, 'now' | 'today'> & { concern: ShownConcern }) {
  const { id, seen, readable, recorded_at: at } = concern
  return (
    <Card
      heading={readable ? <a href={`/concerns/${id}`}>{kindLabel(concern.kind)}</a> : 'A restricted concern'}
      tag={<State concern={concern} today={today} />}
      tone={concern.closed_as === null ? 'alert' : 'quiet'}
    >
      <p>Written down {inWords(at, now)}.</p>
      {readable ? (
        <p>{seen}</p>
      ) : (
        <p>
          Only the duty lead, the service manager and whoever wrote it can read it. Ask the duty lead before you contact
          this person.
        </p>
      )}
    </Card>
  )
}

export function State({
  concern,
  today,
}: {
  concern: Pick<ShownConcern, 'closed_as' | 'next_look_on'>
  today: Temporal.PlainDate
}) {
  if (concern.closed_as !== null) return <Tag colour="grey">Closed</Tag>
  const { next_look_on: day } = concern
  const late = day !== null && Temporal.PlainDate.compare(day, today) < 0
  return (
    <Tag colour="red">{`Open, ${late ? 'was to be looked at' : 'look again'} ${day === null ? 'soon' : dayInWords(day, today)}`}</Tag>
  )
}

/** What to do now by the area's own six points, always on the page where a concern is written down. */
export const SixPoints = ({ points, outOfHours }: Arranged) => {
  return (
    <WarningCallout heading="If somebody may be in danger">
      {outOfHours === undefined ? null : <OutOfHours>{outOfHours}</OutOfHours>}
      <ol className="nhsuk-list nhsuk-list--number">
        {points.map(({ point, how }) => (
          <li key={point}>
            <strong>{point}.</strong> {how}
          </li>
        ))}
      </ol>
      <p>
        <CrisisWords />
      </p>
    </WarningCallout>
  )
}

/** What the area says for the hours in which nobody reads an alert. */
export const OutOfHours = ({ children }: { children: string }) => (
  <p>
    <strong>Outside our hours:</strong> {children}
  </p>
)

export function kindLabel(kind: string | null): string {
  return kind === null ? 'A restricted concern' : labelIn(concernKinds, kind)
}

export function labelIn(list: Readonly<Record<string, Readonly<{ label: string }>>>, code: string): string {
  return list[code]?.label ?? code
}
