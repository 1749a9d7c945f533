import { dayInWords, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Tag, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type LimitPrompt, type LimitState, limitStates, type Outcome, outcomes } from './rules.ts'

type Person = Readonly<{ id: string; name: string }>

type Review = Readonly<{
  id: string
  outcome: Outcome
  until_on: Temporal.PlainDate | null
  reason: string | null
  weeks_used: number
  at: Temporal.Instant
  byName: string
}>

type ReviewProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Person
    prompt: LimitPrompt
    goals: readonly Readonly<{ id: string; words: string }>[]
    reviews: readonly Review[]
    today: Temporal.PlainDate
  }>

/** Looking at the weeks of support: carry on for a reason, or move towards completion. */
export const ReviewSupport = ({ problems, typed, ...review }: ReviewProps) => (
  <FormPage
    title="Review the weeks of support"
    caption={review.person.name}
    back={{ href: `/people/${review.person.id}`, label: 'Back to the record' }}
    action={`/episodes/${review.episode}/reviews`}
    fields={{ id: review.id }}
    draft
    problems={problems}
    typed={typed}
  >
    <Beside beside={<Aims {...review} />}>
      <Weeks {...review} />
      <RadiosFrom
        name="outcome"
        label="What did you decide?"
        list={outcomes}
        reveal={{
          'carry-on': <DateField name="until" label="Until which day?" hint="On that day you look at it again." />,
        }}
      />
      <TextArea
        name="reason"
        label="Why?"
        hint="Needed where support carries on. What has still to happen, and why it takes longer."
        rows={4}
        maximum={2000}
      />
      <Button>Save review</Button>
      <h2>Earlier reviews</h2>
      <Earlier {...review} />
    </Beside>
  </FormPage>
)

const Weeks = ({ prompt }: Pick<ReviewProps, 'prompt'>) => (
  <Inset>
    <p>
      <Tag colour={colours[prompt.state]}>{limitStates[prompt.state].label}</Tag>
    </p>
    <p>{prompt.words}</p>
    <p>Support never ends by itself: what happens next is decided here, together with the person.</p>
  </Inset>
)

const colours = { far: 'green', near: 'orange', due: 'red', 'standing-still': 'grey' } as const satisfies Record<
  LimitState,
  string
>

const Aims = ({ goals, episode }: Pick<ReviewProps, 'goals' | 'episode'>) => (
  <Card heading="What it is for">
    {goals.length > 0 ? (
      <ul className="nhsuk-list nhsuk-list--bullet">
        {goals.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    ) : (
      <p>No goals are written down.</p>
    )}
    <a href={`/episodes/${episode}/plan`}>Open the plan</a>
  </Card>
)

const Earlier = ({ reviews, today }: Pick<ReviewProps, 'reviews' | 'today'>) => (
  <Timeline
    happenings={reviews.map(({ id, outcome, until_on: until, reason, at, byName, weeks_used: weeks }) => ({
      key: id,
      what: `${outcomes[outcome].label}${until ? ` until ${dayInWords(until, today)}` : ''}`,
      when: `${dayInWords(dayOf(at), today)}, after ${weeks} weeks of support`,
      moment: at.toString(),
      by: byName,
      text: reason,
    }))}
    empty="Reviews appear here once one is saved."
  />
)

/** Why support cannot be reviewed here. */
export const CannotReview = ({ person, why }: Readonly<{ person: Person; why: string }>) => (
  <Page
    title="Support cannot be reviewed now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
    <WhatWasWritten />
  </Page>
)
