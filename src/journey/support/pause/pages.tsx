import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { daysInWords, daysWaited, type WaitsFor, waitsFor } from './rules.ts'

type Person = Readonly<{ id: string; name: string }>

export type Pause = Readonly<{
  id: string
  waitsFor: WaitsFor
  whom: string | null
  since_on: Temporal.PlainDate
  check_on: Temporal.PlainDate
  note: string | null
  byName: string
  resumed_on: Temporal.PlainDate | null
  resumedNote: string | null
}>

type PauseProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Person
    goals: readonly Readonly<{ id: string; words: string }>[]
    pauses: readonly Pause[]
    today: Temporal.PlainDate
  }>

const Aims = ({ goals, episode }: Pick<PauseProps, 'goals' | 'episode'>) => (
  <Card heading="Goals that wait">
    {goals.length > 0 ? (
      <ul className="nhsuk-list nhsuk-list--bullet">
        {goals.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    ) : (
      <p>No goals are written down yet.</p>
    )}
    <a href={`/episodes/${episode}/plan`}>Open the plan</a>
  </Card>
)

/** Letting support wait on others: the clock of the weeks stands until it goes on. */
export const BeginWaiting = ({ problems, typed, ...pause }: PauseProps) => (
  <FormPage
    title="Waiting on others"
    caption={pause.person.name}
    back={{ href: `/people/${pause.person.id}`, label: 'Back to the record' }}
    action={`/episodes/${pause.episode}/pause`}
    fields={{ id: pause.id }}
    draft
    problems={problems}
    typed={typed}
  >
    <Beside beside={<Aims {...pause} />}>
      <Inset>
        <p>While support waits, its days do not count towards the weeks of support. You can still talk and meet.</p>
      </Inset>
      <RadiosFrom name="waits" label="What is waited for?" list={waitsFor} />
      <TextField name="whom" label="Whom or what exactly?" hint="For example the department or the person to ring." />
      <DateField name="since" label="Since which day?" value={pause.today.toString()} />
      <DateField name="check" label="When do you look again?" hint="It comes up on your day." />
      <TextArea name="note" label="Note" hint="You can leave this empty." rows={2} maximum={1000} />
      <Button>Let support wait</Button>
      <Earlier {...pause} />
    </Beside>
  </FormPage>
)

/** Support that waits: what for, how long it has been, and going on or waiting longer. */
export const StillWaiting = (props: PauseProps & Readonly<{ pause: Pause }>) => {
  const { episode, person, pause, problems, today } = props
  const days = daysWaited(pause.since_on, today)
  return (
    <Page
      title="Waiting on others"
      caption={person.name}
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={problems}
    >
      <Beside beside={<Aims goals={props.goals} episode={episode} />}>
        <SummaryList
          rows={[
            { label: 'Waiting for', value: waitsFor[pause.waitsFor].label },
            { label: 'Whom or what', value: pause.whom },
            { label: 'Since', value: `${dayInWords(pause.since_on, today)} (${daysInWords(days)} not counted so far)` },
            { label: 'Look again', value: dayInWords(pause.check_on, today) },
            { label: 'Note', value: pause.note },
          ]}
        />
        <GoOn {...props} />
        <LookAgain {...props} />
        <Earlier {...props} />
      </Beside>
    </Page>
  )
}

const GoOn = ({ episode, pause, problems, typed, today }: PauseProps & Readonly<{ pause: Pause }>) => (
  <Form action={`/episodes/${episode}/pause/resumption`} fields={{ pause: pause.id }} problems={problems} typed={typed}>
    <h2>It has come</h2>
    <DateField name="on" label="Since which day does support go on?" value={today.toString()} />
    <TextField name="came" label="What came of it" hint="You can leave this empty." />
    <Button>Go on with support</Button>
  </Form>
)

const LookAgain = ({ episode, pause, id, problems, typed }: PauseProps & Readonly<{ pause: Pause }>) => (
  <Form action={`/episodes/${episode}/pause/looks`} fields={{ id, pause: pause.id }} problems={problems} typed={typed}>
    <h2>It is still waited for</h2>
    <DateField name="check" label="When do you look again?" />
    <TextField name="note" label="What you found out" hint="You can leave this empty." />
    <Button secondary>Wait longer</Button>
  </Form>
)

const Earlier = ({ pauses, today }: Pick<PauseProps, 'pauses' | 'today'>) => {
  const over = pauses.filter(({ resumed_on: on }) => on !== null)
  if (over.length === 0) return null
  return (
    <>
      <h2>Earlier</h2>
      <Timeline
        happenings={over.map((pause) => ({
          key: pause.id,
          what: `${waitsFor[pause.waitsFor].label}${pause.whom ? `: ${pause.whom}` : ''}`,
          when: spanInWords(pause, today),
          moment: pause.since_on.toString(),
          by: pause.byName,
          text: [pause.note, pause.resumedNote].filter(Boolean).join(' · '),
        }))}
        empty=""
      />
    </>
  )
}

function spanInWords({ since_on: since, resumed_on: until }: Pause, today: Temporal.PlainDate): string {
  if (until === null) return dayInWords(since, today)
  return `${dayInWords(since, today)} to ${dayInWords(until, today)}, ${daysInWords(daysWaited(since, until))}`
}

/** Why support cannot wait here. */
export const CannotWait = ({ person, why }: Readonly<{ person: Person; why: string }>) => (
  <Page
    title="Support cannot wait now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
    <WhatWasWritten />
  </Page>
)
