import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  adjustmentKinds,
  askers,
  nextOutcomes,
  outcomes,
  standingAfter,
  standings,
  standingSteps,
  stepInWords,
} from '#journey/support/adjustments/rules.ts'
import { AsItStands } from './form.tsx'
import type { ShownAdjustment, ShownStep, Whose } from './list.tsx'

type OneProps = FormState &
  Whose &
  Readonly<{
    adjustment: ShownAdjustment
    /** For the next step. */
    id: string
    mayEdit: boolean
    now: Temporal.Instant
  }>

/** One adjustment: how it stands, what came of it step by step, and what comes next. */
export const AdjustmentPage = (props: OneProps) => {
  const { episode, person, adjustment, mayEdit, problems, now } = props
  const standing = standings[standingAfter(adjustment.steps)]
  const address = `/episodes/${episode}/adjustments/${adjustment.id}`
  return (
    <Page
      title="Adjustment at work"
      heading={adjustment.what}
      caption={person.name}
      back={{ href: `/episodes/${episode}/adjustments`, label: 'Back to the adjustments' }}
      problems={problems}
      width="reading"
    >
      <p>
        <Tag colour={standing.colour}>{standing.label}</Tag>
      </p>
      {standing.next ? (
        <Inset>
          <p>
            <strong>Next:</strong> {standing.next}.
          </p>
        </Inset>
      ) : null}
      <WhatItIs adjustment={adjustment} now={now} />
      {mayEdit ? (
        <p>
          <a href={`${address}/words`}>Put it right</a>
        </p>
      ) : null}
      {mayEdit ? <WhatCame {...props} address={address} /> : null}
      {adjustment.steps.length > 0 ? <Steps {...props} address={address} /> : null}
      {mayEdit ? <TakeBack address={address} /> : null}
    </Page>
  )
}

const WhatItIs = ({ adjustment: { kind, askedBy, askedOn, at, by }, now }: Pick<OneProps, 'adjustment' | 'now'>) => (
  <SummaryList
    compact
    rows={[
      { label: 'Kind', value: adjustmentKinds[kind].label },
      { label: 'Asked for by', value: askers[askedBy].label },
      { label: 'Asked for', value: dayInWords(askedOn, dayOf(now)) },
      { label: 'Written down', value: [inWords(at, now), by].filter(Boolean).join(', ') },
    ]}
  />
)

type Within = OneProps & Readonly<{ address: string }>

const WhatCame = ({ adjustment, id, address, problems, typed, now }: Within) => (
  <Card heading="What came of it?">
    <Form
      action={`${address}/steps`}
      fields={{ id }}
      edits={{ version: adjustment.version, now: <Meanwhile adjustment={adjustment} /> }}
      problems={problems}
      typed={typed}
    >
      <RadiosFrom
        name="standing"
        label="How does it stand?"
        list={outcomes}
        only={nextOutcomes[standingAfter(adjustment.steps)]}
      />
      <DateField name="on" label="Since when, or on which day?" value={dayOf(now).toString()} />
      <TextField
        name="who"
        label="Who at the employer said so?"
        hint="Their name and what they do, for example Jo Ray, team leader. Needed for a yes or a no."
      />
      <TextArea
        name="reason"
        label="What reason did they give?"
        hint="Needed where they said no. Never a diagnosis."
        rows={2}
        maximum={500}
      />
      <Button>Save</Button>
    </Form>
  </Card>
)

const Meanwhile = ({ adjustment }: Pick<OneProps, 'adjustment'>) => {
  const [last] = standingSteps(adjustment.steps)
  return (
    <>
      <AsItStands adjustment={adjustment} />
      {last ? <p>{stepInWords(last)}.</p> : null}
    </>
  )
}

const Steps = ({ adjustment: { steps }, address, mayEdit, now }: Within) => {
  const [last] = standingSteps(steps)
  const told = (step: ShownStep) => ({
    key: step.id,
    what: stepInWords(step),
    when: inWords(step.at, now),
    by: step.by ?? undefined,
    text: step.reason ? <p>{step.reason}</p> : undefined,
    tag: step.takenBack ? ({ label: 'Taken back', colour: 'grey' } as const) : undefined,
    actions:
      mayEdit && step === last ? (
        <ButtonForm action={`${address}/steps/${step.id}/withdrawal`} asLink context={outcomes[step.standing].label}>
          This is not right: take it back
        </ButtonForm>
      ) : undefined,
  })
  return (
    <>
      <h2 className="nhsuk-heading-m">So far</h2>
      <Timeline happenings={steps.toReversed().map(told)} empty="Nothing yet." />
    </>
  )
}

const TakeBack = ({ address }: Readonly<{ address: string }>) => (
  <Details summary="Take this adjustment back">
    <Form action={`${address}/withdrawal`}>
      <TextArea
        name="withdrawn"
        label="Why should it not stand here?"
        hint="For example because it is somebody else’s. It stays in the story of the record as taken back."
        rows={2}
        maximum={300}
      />
      <Button small secondary>
        Take it back
      </Button>
    </Form>
  </Details>
)
