import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset, NotKept, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Advice, stateOf, states } from './rules.ts'

type Whose = Readonly<{ episode: string; person: Readonly<{ id: string; name: string }>; mayEdit: boolean }>

type ListProps = FormState &
  Whose &
  Readonly<{
    asked: readonly Advice[]
    advisers: readonly Readonly<{ id: string; name: string }>[]
    id: string
    now: Temporal.Instant
  }>

/** What occupational health of the team was asked about somebody, and what they advised. */
export const AdviceList = (props: ListProps) => {
  const { person, asked, mayEdit, now, problems } = props
  return (
    <Page
      title="Advice from our occupational health"
      caption={person.name}
      lede="A clinician of your team looks at work and health together and advises you. They see the record; nothing goes outside."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={problems}
      width="reading"
    >
      {asked.length === 0 ? <p>What you ask, and what they advise, appears here.</p> : null}
      {asked.map((one) => (
        <Card
          key={one.id}
          heading={one.asks}
          tag={<Tag colour={states[stateOf(one)].colour}>{states[stateOf(one)].label}</Tag>}
          actions={
            <a href={`/advice/${one.id}`}>
              Open<span className="nhsuk-u-visually-hidden"> {one.asks}</span>
            </a>
          }
        >
          <AskedAndAdvised advice={one} now={now} />
        </Card>
      ))}
      {mayEdit ? <Ask {...props} /> : null}
    </Page>
  )
}

const Ask = ({ episode, advisers, id, problems, typed }: ListProps) =>
  advisers.length === 0 ? (
    <Inset>
      <p>Nobody of your organisation is a clinician now. A manager can add one under Members.</p>
    </Inset>
  ) : (
    <Card heading="Ask for advice">
      <Form action={`/episodes/${episode}/advice`} fields={{ id }} draft {...{ problems, typed }}>
        <RadiosFrom
          name="askedOf"
          label="Whom do you ask?"
          list={Object.fromEntries(advisers.map(({ id: member, name }) => [member, { label: name }]))}
          value={advisers.length === 1 ? advisers[0]?.id : undefined}
        />
        <TextArea
          name="asks"
          label="What do you ask?"
          hint="For example: which tasks could they do with this back pain, and what should the employer change first?"
          rows={3}
          maximum={1000}
        />
        <Button>Ask</Button>
      </Form>
    </Card>
  )

const AskedAndAdvised = ({ advice, now }: Readonly<{ advice: Advice; now: Temporal.Instant }>) => (
  <SummaryList
    compact
    rows={[
      { label: 'Asked', value: [inWords(advice.at, now), advice.asker].filter(Boolean).join(', ') },
      { label: 'Of', value: advice.adviser ?? 'A member who has left' },
      { label: 'Advice', value: advice.advises },
      ...(advice.advisedAt ? [{ label: 'Given', value: inWords(advice.advisedAt, now) }] : []),
      ...(advice.readAt
        ? [{ label: 'Read', value: [inWords(advice.readAt, now), advice.readBy].filter(Boolean).join(', ') }]
        : []),
    ]}
  />
)

type OneProps = FormState & Whose & Readonly<{ advice: Advice; isMine: boolean; now: Temporal.Instant }>

/** One question: whoever was asked gives their advice here, and whoever asked says that they have read it. */
export const OneAdvice = ({ episode, person, mayEdit, advice, isMine, now, problems, typed }: OneProps) => {
  const state = stateOf(advice)
  return (
    <Page
      title="Advice from our occupational health"
      heading={advice.asks}
      caption={person.name}
      back={{ href: `/episodes/${episode}/advice`, label: 'All advice' }}
      actions={<Tag colour={states[state].colour}>{states[state].label}</Tag>}
      problems={problems}
      width="reading"
    >
      <AskedAndAdvised advice={advice} now={now} />
      {state !== 'waiting' && typed['advises'] ? <NotKept words={[typed['advises']].flat()} /> : null}
      <p>
        <a href={`/people/${person.id}`}>Open the record</a>
      </p>
      {mayEdit && state === 'waiting' && isMine ? (
        <Form action={`/advice/${advice.id}/answer`} draft {...{ problems, typed }}>
          <TextArea
            name="advises"
            label="What do you advise?"
            hint="Only what belongs on the record: the person may read it."
            rows={6}
            maximum={4000}
          />
          <Button>Send the advice</Button>
        </Form>
      ) : null}
      {mayEdit && state === 'unread' && !isMine ? (
        <ButtonForm action={`/advice/${advice.id}/reading`}>I have read it</ButtonForm>
      ) : null}
      {mayEdit && state === 'waiting' && !isMine ? (
        <ButtonForm action={`/advice/${advice.id}/withdrawal`} secondary>
          Take the question back
        </ButtonForm>
      ) : null}
    </Page>
  )
}
