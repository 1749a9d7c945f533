import { dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { type OwnMatter, ownStandings } from '#journey/support/matter/rules.ts'

type OwnProps = FormState &
  Readonly<{ matters: readonly OwnMatter[]; refused: string | undefined; now: Temporal.Instant }>

/** Told to whoever says no when the team has decided already. */
export const saidLate = 'You said no after the team had talked about it. Your coach and the team are told.'

const saidInTime =
  'You said no. The team does not talk about it, and your support goes on as before. If you change your mind, tell your coach.'
const hoursRun = 'The team decides nothing before {time}. You have until then to say no. Reading it here is not a yes.'
const goAhead = 'You said that you do not mind. You can still say no until the team has talked about it.'

/** What the team is asked about the participant, in the same words, and the way to say no. */
export const OwnMatters = ({ matters, refused, now, problems, typed }: OwnProps) => (
  <Page
    title="Advice from our team"
    lede="Sometimes your coach would like to ask colleagues what could help you. You read here what they are asked, and you can say no."
    back={{ href: '/my', label: 'Home' }}
    problems={problems}
  >
    {matters.length === 0 ? (
      <EmptyState heading={<Said text="The team was not asked about you" />}>
        Your coach tells you before they ask the team anything.
      </EmptyState>
    ) : null}
    {matters.map((matter) => (
      <OneMatter
        key={matter.id}
        {...{ matter, now }}
        state={refused === matter.id ? { problems, typed } : { problems: [], typed: {} }}
      />
    ))}
  </Page>
)

type OneProps = Pick<OwnProps, 'now'> & Readonly<{ matter: OwnMatter; state: FormState }>

function OneMatter({ matter, now, state }: OneProps) {
  const say = useSay()
  const { id, asks, summary, at, standing, until, came } = matter
  const { label, colour } = ownStandings[standing]
  return (
    <Card
      heading={say('Asked by your coach on {day}', { day: say.day(dayOf(at)) })}
      tag={<Tag colour={colour}>{say(label)}</Tag>}
    >
      <p>
        <strong dir="auto">{asks}</strong>
      </p>
      <p>
        <Said text="What the team reads about you:" />
      </p>
      <p className="ww-words" dir="auto">
        {summary}
      </p>
      {came.length > 0 ? <Came came={came} /> : null}
      {standing === 'objected' ? (
        <p>
          <Said text={came.length > 0 ? saidLate : saidInTime} />
        </p>
      ) : null}
      {standing === 'open' && until ? (
        <p>
          <Said text={hoursRun} with={{ time: say.inWords(until, now) }} />
        </p>
      ) : null}
      {standing === 'open' ? <SayYes {...matter} /> : null}
      {standing === 'open' ? <SayNo {...{ id, state }} /> : null}
    </Card>
  )
}

function Came({ came }: Pick<OwnMatter, 'came'>) {
  return (
    <>
      <p>
        <Said text="What the team advised:" />
      </p>
      <ul>
        {came.map(({ id, decided }) => (
          <li key={id} dir="auto">
            {decided}
          </li>
        ))}
      </ul>
      <p>
        <Said text="Nothing happens without you: your coach talks with you about it." />
      </p>
    </>
  )
}

function SayYes({ id, until, saidYes }: OwnMatter) {
  if (saidYes)
    return (
      <p>
        <Said text={goAhead} />
      </p>
    )
  return until ? <ButtonForm action={`/my/team/${id}/agreement`}>I do not mind, go ahead</ButtonForm> : null
}

const SayNo = ({ id, state }: Readonly<{ id: string; state: FormState }>) => (
  <Form action={`/my/team/${id}/objection`} {...state}>
    <p>
      <Said text="You can say no. You need no reason, nobody minds, and it changes nothing about your support or your benefits." />
    </p>
    <TextArea
      name="words"
      id={`words-${id}`}
      label="Is there something your coach should know?"
      hint="You can leave this empty."
      rows={2}
      maximum={500}
    />
    <Button secondary>I do not want the team to talk about this</Button>
  </Form>
)
