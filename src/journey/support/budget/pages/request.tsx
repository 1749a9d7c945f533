import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { inPounds } from '#journey/support/budget-limit/rules.ts'
import {
  type Left,
  nextKinds,
  type Standing,
  standings,
  standingSteps,
  type Step,
  stepKinds,
  type Supplier,
  suppliers,
  ways,
} from '#journey/support/budget/rules.ts'
import { WhatIsLeft, type Whose } from './ask.tsx'

export type ShownStep = Step &
  Readonly<{
    id: string
    note: string | null
    onDay: Temporal.PlainDate
    metOn: Temporal.PlainDate | null
    at: Temporal.Instant
    by: string | null
  }>

type RequestProps = FormState &
  Whose &
  Readonly<{
    request: Readonly<{
      id: string
      what: string
      why: string
      supplier: Supplier
      pence: number
      standing: Standing
      by: string | null
      at: Temporal.Instant
      steps: readonly ShownStep[]
    }>
    version: number
    left: Left | undefined
    /** Meetings of the last weeks that the reader came to. */
    meetings: CodeList
    mayEdit: boolean
    id: string
    now: Temporal.Instant
  }>

/** One request: what it is for, what is left, what became of it, and what comes next. */
export const RequestPage = (props: RequestProps) => {
  const { episode, person, request, left, mayEdit, problems } = props
  const { standing, steps } = request
  const { label, colour } = standings[standing]
  const after = nextKinds[standing].filter((kind) => kind !== 'approved' && kind !== 'refused')
  return (
    <Page
      title="Paid help"
      heading={request.what}
      caption={person.name}
      back={{ href: `/episodes/${episode}/budget`, label: 'Back to paid help' }}
      problems={problems}
      width="reading"
    >
      <p>
        <Tag colour={colour}>{label}</Tag>
      </p>
      {nextKinds[standing].length === 0 || isDecidedMeanwhile(props) ? <AlsoTyped {...props} /> : null}
      <WhatItIs {...props} />
      {standing === 'asked' && mayEdit ? (
        <>
          <WhatIsLeft left={left} />
          <Deciding {...props} />
        </>
      ) : null}
      {after.length > 0 && mayEdit ? <NextStep {...props} /> : null}
      {steps.length > 0 ? <SoFar {...props} /> : null}
    </Page>
  )
}

const isDecidedMeanwhile = ({ typed, request }: RequestProps) =>
  typed['answer'] !== undefined && request.standing !== 'asked'

/** What somebody typed on a form that is gone, since somebody else was quicker. */
const AlsoTyped = ({ typed }: RequestProps) => {
  const said = [typed['reason'], typed['note']].flat().filter((one) => one !== undefined && one !== '')
  return said.length === 0 ? null : (
    <Inset>
      <p>Somebody answered while you were writing. You had written: “{said.join(' ')}”</p>
    </Inset>
  )
}

const WhatItIs = ({ request: { supplier, pence, why, by, at }, now }: RequestProps) => (
  <SummaryList
    compact
    rows={[
      { label: 'Asked for', value: inPounds(pence) },
      { label: 'Kind of supplier', value: suppliers[supplier].label },
      { label: 'Why', value: <span className="ww-words">{why}</span> },
      { label: 'Asked by', value: [by, inWords(at, now)].filter(Boolean).join(', ') },
    ]}
  />
)

const answers = { yes: { label: 'Approve it' }, no: { label: 'Refuse it' } } as const

const Deciding = ({ request, version, meetings, id, problems, typed }: RequestProps) => (
  <Card heading="Decide">
    <Form
      action={`/budget/requests/${request.id}/decision`}
      fields={{ id }}
      edits={{ version, now: <p>{standings[request.standing].label}</p> }}
      problems={problems}
      typed={typed}
    >
      <RadiosFrom
        name="answer"
        label="What is the answer?"
        list={answers}
        reveal={{
          yes: (
            <RadiosFrom
              name="way"
              label="Who approves it?"
              list={ways}
              reveal={{
                team: <SelectFrom name="meeting" label="At which meeting?" list={meetings} empty="Choose" />,
              }}
            />
          ),
        }}
      />
      <TextArea name="reason" label="Reason" hint="Needed where it is refused." rows={2} maximum={500} />
      <Button>Save the answer</Button>
    </Form>
  </Card>
)

const NextStep = ({ request, version, id, problems, typed, now }: RequestProps) => (
  <Card heading={request.standing === 'asked' ? 'It is not needed any more' : 'What comes next'}>
    <Form
      action={`/budget/requests/${request.id}/steps`}
      fields={{ id }}
      edits={{ version, now: <p>{standings[request.standing].label}</p> }}
      problems={problems}
      typed={typed}
    >
      <RadiosFrom
        name="kind"
        id="next-kind"
        label="How does it stand?"
        list={stepKinds}
        only={nextKinds[request.standing].filter((kind) => kind !== 'approved' && kind !== 'refused')}
        reveal={{ 'cost-known': <TextField name="cost" label="What does it cost, in pounds?" /> }}
      />
      <DateField name="on" label="On which day?" value={dayOf(now).toString()} />
      <TextArea name="note" label="A note" hint="Needed where it is cancelled: why?" rows={2} maximum={500} />
      <Button>Save</Button>
    </Form>
  </Card>
)

const SoFar = ({ request: { id, steps }, mayEdit, now }: RequestProps) => {
  const [last] = standingSteps(steps)
  return (
    <>
      <h2 className="nhsuk-heading-m">So far</h2>
      <Timeline
        happenings={steps.toReversed().map((step) => ({
          key: step.id,
          what: [stepKinds[step.kind].label, step.pence === null ? '' : inPounds(step.pence)]
            .filter(Boolean)
            .join(', '),
          when: dayInWords(step.onDay, dayOf(now)),
          by: step.by ?? undefined,
          text: (
            <p>
              {step.metOn === null ? '' : `By the team on ${dayInWords(step.metOn, dayOf(now))}. `}
              {step.note}
            </p>
          ),
          tag: step.takenBack ? ({ label: 'Taken back', colour: 'grey' } as const) : undefined,
          actions:
            mayEdit && step.id === last?.id ? (
              <ButtonForm
                action={`/budget/requests/${id}/steps/${step.id}/withdrawal`}
                asLink
                context={stepKinds[step.kind].label}
              >
                This is not right: take it back
              </ButtonForm>
            ) : undefined,
        }))}
        empty="Nothing yet."
      />
    </>
  )
}
