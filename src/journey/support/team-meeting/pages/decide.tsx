import { dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Details, Inset, NotKept } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { owners as doers } from '#journey/action/rules.ts'
import { becomings, fates, type Meeting, meetingInWords, standsInWords } from '#journey/support/team/rules.ts'
import { keyOf, type Made, type Seen } from '#journey/support/team-meeting/rules.ts'
import { Whom } from './list.tsx'

type DecideProps = FormState &
  Readonly<{
    meeting: Meeting
    matter: Seen
    id: string
    /** Why nothing can be decided here now; undefined when it can. */
    why: string | undefined
    owners: CodeList
    /** The goals of the plan; empty for whoever may not change it. */
    goals: CodeList
    /** The membership of the reader. */
    reader: string
    now: Temporal.Instant
  }>

/** One matter at a meeting: what is asked, what was decided, and deciding. */
export const DecidePage = (props: DecideProps) => {
  const { meeting, matter, why, problems, typed, now } = props
  const written = [typed['decided'] ?? '', typed['note'] ?? '', typed['why'] ?? ''].flat().filter((one) => one !== '')
  const address = `/team/meetings/${meeting.id}/matters/${matter.id}`
  return (
    <Page
      title="A question to the team"
      heading={matter.hidden ?? matter.asks}
      caption={`${keyOf(matter)}, ${meetingInWords(meeting, dayOf(now))}`}
      back={{ href: `/team/meetings/${meeting.id}`, label: 'Back to the meeting' }}
      problems={problems}
      width="reading"
    >
      <SummaryList
        compact
        rows={[
          { label: 'Whom it is about', value: <Whom row={matter} /> },
          { label: 'Summary', value: matter.hidden ?? <span className="ww-words">{matter.summary}</span> },
          { label: 'Urgent', value: matter.urgent ? (matter.whyUrgent ?? 'Yes') : 'No' },
          { label: 'Put by', value: [matter.by, inWords(matter.at, now)].filter(Boolean).join(', ') },
        ]}
      />
      {matter.decisions.length > 0 ? <Decided {...props} /> : null}
      {why === undefined ? (
        <>
          <Deciding {...props} address={address} />
          {matter.decisions.length === 0 ? <CarryOver address={address} /> : null}
        </>
      ) : (
        <>
          <Inset>
            <p>{why}.</p>
          </Inset>
          {written.length > 0 ? <NotKept words={written} /> : null}
        </>
      )}
    </Page>
  )
}

const Decided = ({ matter, reader, why }: DecideProps) => (
  <Card heading="What was decided">
    {matter.decisions.map((one) => (
      <div key={one.id}>
        <p>
          <strong>{one.decided}</strong>
          <br />
          {becomings[one.becomes].label}. {standsInWords(one)} {one.note}
        </p>
        {one.becomes === 'task' && one.owner === reader ? <DoneOrNot one={one} /> : null}
        {why === undefined ? (
          <div>
            <ButtonForm action={`/team/decisions/${one.id}/withdrawal`} asLink context={one.decided}>
              This is not right: take it back
            </ButtonForm>
          </div>
        ) : null}
      </div>
    ))}
  </Card>
)

const DoneOrNot = ({ one }: Readonly<{ one: Made }>) => (
  <ButtonForm
    action={`/team/decisions/${one.id}/results`}
    fields={one.done ? {} : { done: 'yes' }}
    small
    secondary
    context={one.decided}
  >
    {one.done ? 'It is not done after all' : 'I have done it'}
  </ButtonForm>
)

const Deciding = ({ address, id, matter, ...props }: DecideProps & Readonly<{ address: string }>) => {
  const { owners, goals, problems, typed } = props
  const newest = matter.decisions.at(-1)
  const mayPlan = Object.keys(goals).length > 0
  return (
    <Card heading={newest ? 'Decide something else' : 'Decide'}>
      <Form action={`${address}/decisions`} fields={{ id, seen: newest?.id ?? '' }} problems={problems} typed={typed}>
        <TextArea
          name="decided"
          label="What does the team advise?"
          hint="The person reads this. Write it as you would say it to them."
          rows={3}
          maximum={500}
        />
        <RadiosFrom
          name="becomes"
          label="What comes of it?"
          list={becomings}
          only={mayPlan ? ['task', 'action', 'advice'] : ['task', 'advice']}
          reveal={{
            task: <SelectFrom name="owner" label="Who does it?" list={owners} empty="Choose" />,
            ...(mayPlan ? { action: <OnThePlan goals={goals} /> } : {}),
          }}
        />
        <DateField name="due" label="By when?" hint="Leave it empty for advice alone." />
        <TextArea name="note" label="A note for colleagues, if one is needed" rows={2} maximum={500} />
        {newest ? (
          <RadiosFrom
            name="before"
            label="What becomes of what was decided before?"
            hint="An action that is on their plan stays there until somebody takes it out."
            list={fates}
          />
        ) : null}
        <Button>Save the decision</Button>
      </Form>
    </Card>
  )
}

const OnThePlan = ({ goals }: Pick<DecideProps, 'goals'>) => (
  <>
    <SelectFrom name="goal" label="For which goal?" list={goals} empty="Choose" />
    <SelectFrom name="doer" label="Who does it?" list={doers} empty="Choose" />
  </>
)

const CarryOver = ({ address }: Readonly<{ address: string }>) => (
  <Details summary="Carry it over to the next meeting">
    <Form action={`${address}/carrying-over`}>
      <TextArea name="why" label="Why is it not decided today?" rows={2} maximum={300} />
      <Button small secondary>
        Carry it over
      </Button>
    </Form>
  </Details>
)
