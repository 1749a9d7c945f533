import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, WhatWasWritten } from '#platform/html/content.tsx'
import { Folded } from '#platform/html/form.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { type Happening, Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { supportKinds, type SupportKind, timeInWords } from '#journey/support/log/rules.ts'

type Person = Readonly<{ id: string; name: string }>

export type RecordProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Person
    goals: readonly Readonly<{ id: string; words: string }>[]
    /** The next day in touch that is proposed. */
    nextOn: Temporal.PlainDate
    /** What is said of the weeks of support. */
    limit: string | undefined
  }>

/** Writing down help that was given, and when the next is due. */
export const RecordSupport = ({ problems, typed, ...record }: RecordProps) => (
  <FormPage
    title="Record support"
    caption={record.person.name}
    back={{ href: `/people/${record.person.id}`, label: 'Back to the record' }}
    action={`/episodes/${record.episode}/support`}
    fields={{ id: record.id }}
    draft
    problems={problems}
    typed={typed}
  >
    <Beside beside={<Aims {...record} />}>
      <RadiosFrom name="kind" label="What kind of help was it?" list={supportKinds} />
      <TextArea name="done" label="What was done?" rows={4} maximum={4000} />
      <TextField name="minutes" label="How long did it take?" suffix="minutes" width={3} inputMode="numeric" />
      <DateField
        name="next"
        label="When are you next in touch?"
        hint="A day before this area would say that they are going quiet. Change it if you agreed another."
        value={record.nextOn.toString()}
      />
      <Folded summary="It was on another day" fields={['on']}>
        <DateField name="on" label="On which day?" hint="Leave this empty if it was today." />
      </Folded>
      <Button>Save</Button>
    </Beside>
  </FormPage>
)

const Aims = ({ goals, limit, episode }: Pick<RecordProps, 'goals' | 'limit' | 'episode'>) => (
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
    {limit ? <p>{limit}</p> : null}
    <a href={`/episodes/${episode}/plan`}>Open the plan</a>
  </Card>
)

/** An entry as the list shows it. */
export type ShownEntry = Readonly<{
  id: string
  kind: SupportKind
  minutes: number
  done: string
  happened_on: Temporal.PlainDate
  next_on: Temporal.PlainDate | null
  byName: string
  withdrawn_at: Temporal.Instant | null
}>

type ListProps = Readonly<{
  episode: string
  person: Person
  entries: readonly ShownEntry[]
  mayRecord: boolean
  mayEdit: boolean
  today: Temporal.PlainDate
}>

/** Help given in one spell of support, the newest first. */
export const SupportList = ({ episode, person, entries, mayRecord, mayEdit, today }: ListProps) => (
  <Page
    title="Support given"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    lede={total(entries)}
    actions={
      mayRecord ? (
        <LinkButton href={`/episodes/${episode}/support/new`} small>
          Record support
        </LinkButton>
      ) : null
    }
  >
    <Timeline
      happenings={entries.map((entry) => asHappening(entry, { today, mayEdit }))}
      empty="Coaching, talks with an employer and other help appear here once they are recorded."
    />
  </Page>
)

function total(entries: readonly ShownEntry[]): string | undefined {
  const minutes = entries.filter((one) => one.withdrawn_at === null).reduce((sum, one) => sum + one.minutes, 0)
  return minutes === 0 ? undefined : `${timeInWords(minutes)} in all`
}

function asHappening(entry: ShownEntry, { today, mayEdit }: Pick<ListProps, 'today' | 'mayEdit'>): Happening {
  const { id, kind, minutes, done, happened_on: on, next_on: next, byName, withdrawn_at: withdrawn } = entry
  return {
    key: id,
    what: supportKinds[kind].label,
    when: `${dayInWords(on, today)}, ${timeInWords(minutes)}`,
    moment: on.toString(),
    by: byName,
    text: (
      <>
        <p>{done}</p>
        {next && !withdrawn ? <p>Next: {dayInWords(next, today)}</p> : null}
      </>
    ),
    ...(withdrawn
      ? { tag: { label: 'Taken back', colour: 'grey' as const } }
      : {
          actions: mayEdit ? (
            <ButtonForm action={`/support/${id}/withdrawal`} asLink context={`this ${kind} entry`}>
              Take back
            </ButtonForm>
          ) : null,
        }),
  }
}

/** Why no help can be written down here. */
export const CannotRecord = ({ person, why }: Readonly<{ person: Person; why: string }>) => (
  <Page
    title="Support cannot be recorded now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
    <WhatWasWritten />
  </Page>
)
