import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { decidedName, decidedValue, type Trailblazer, whoCertifies } from './rules.ts'

type TrailblazerProps = FormState &
  Readonly<{
    trailblazer: Trailblazer
    decisions: readonly Decision[]
    version: string
    from: Temporal.PlainDate
  }>

/** Says whether the area takes part as a fit note trailblazer, and how soon people are spoken to. */
export const TrailblazerForm = ({ trailblazer, decisions, version, from, problems, typed }: TrailblazerProps) => (
  <Page
    title="Fit note trailblazer"
    lede="Where an area takes part, somebody who asks their practice for a fit note is offered a conversation with a coach about work and health."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Inset>
      <p>{whoCertifies}</p>
    </Inset>
    <Form
      action="/area/trailblazer"
      edits={{ version, now: <DecidedHere decisions={decisions} /> }}
      draft
      {...{ problems, typed }}
    >
      <Tick
        name="trailblazer"
        label="Our area takes part"
        hint="Whoever refers is then asked whether the person asked for a fit note, and coaches can write such a request down. Requests that are open stay open if you stop."
        value={trailblazer.trailblazer}
      />
      <TextField
        name="conversationWorkingDays"
        label="Working days until the conversation"
        hint="Counted from the day of the request. No published figure says how many: 5 is our own."
        width={3}
        inputMode="numeric"
        value={`${trailblazer.conversationWorkingDays}`}
      />
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <DecidedHere decisions={decisions} />
  </Page>
)

const DecidedHere = ({ decisions }: Pick<TrailblazerProps, 'decisions'>) => (
  <Decisions
    decisions={decisions}
    nameOf={decidedName}
    valueOf={decidedValue}
    empty="Nothing has been decided. Your area does not take part."
  />
)
