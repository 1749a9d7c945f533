import type { ReactNode } from 'react'
import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type Contest,
  contestStates,
  fewestAnswers,
  figureRows,
  mostSent,
  openContest,
  type ServiceFigures,
  whyNotContest,
} from '#programme/onward-figures/rules.ts'

export type Shown = Readonly<{
  service: Readonly<{ id: string; name: string }>
  figures: ServiceFigures
  contests: readonly Contest[]
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}>

type OfService = FormState &
  Shown &
  Readonly<{
    answers: boolean
    /** Whether they may read which services refer in. */
    refersIn: boolean
  }>

/** How a service answers those who are passed on to it, as the area reads it. */
export const FiguresOfService = ({ answers, refersIn, ...shown }: OfService) => (
  <Page
    title="How it answers referrals"
    caption={shown.service.name}
    lede={`Of what this area sent it ${between(shown)}.`}
    back={{ href: `/services/${shown.service.id}`, label: shown.service.name }}
    problems={shown.problems}
    width="reading"
  >
    <FiguresWith {...shown} contester="The service" />
    {answers ? <AnswerForm {...shown} /> : null}
    <Inset>
      <p>These figures do not change the order in which services are found, and say nothing of how good the help is.</p>
    </Inset>
    <HowCounted />
    {refersIn ? (
      <p>
        <a href="/referring-services">Which services refer people in, and what became of them</a>
      </p>
    ) : null}
  </Page>
)

/** The same in the inbox of the service itself, which may say that they are not right. */
export const OwnFigures = ({ id, says, ...shown }: FormState & Shown & Readonly<{ id: string; says: boolean }>) => (
  <Page
    title="How you answer referrals"
    caption={shown.service.name}
    lede={`Of what you were sent ${between(shown)}, as those read it who refer to you.`}
    back={{ href: '/inbox', label: 'Inbox' }}
    problems={shown.problems}
    width="reading"
  >
    <FiguresWith {...shown} contester="You" />
    {says && whyNotContest(shown.figures, shown.contests) === undefined ? <ContestForm id={id} {...shown} /> : null}
    <HowCounted />
  </Page>
)

const between = ({ from, until }: Pick<Shown, 'from' | 'until'>) => `from ${longDay(from)} to ${longDay(until)}`

type WithProps = Pick<Shown, 'figures' | 'contests'> & Readonly<{ contester: string }>

/** The figures, with what is said against them beside them wherever they stand. */
export const FiguresWith = ({ figures, contests, contester }: WithProps) => (
  <>
    <SummaryList rows={figureRows(figures)} />
    {contests.map((one) => (
      <Contested key={one.id} {...one} contester={contester} />
    ))}
  </>
)

const Contested = ({ contester, ...one }: Contest & Readonly<{ contester: string }>) => (
  <Card
    heading={`${contester} ${contester === 'You' ? 'contest' : 'contests'} this, ${longDay(dayOf(one.at))}`}
    tag={
      <Tag colour={one.answeredAt ? 'grey' : 'orange'}>{contestStates[one.answeredAt ? 'answered' : 'open'].label}</Tag>
    }
  >
    <p className="ww-words">{one.words}</p>
    <p>
      {one.byName}, when it stood at: {one.stood}
    </p>
    {one.answer === null || one.answeredAt === null ? null : (
      <>
        <p>
          <strong>Answered on {longDay(dayOf(one.answeredAt))}</strong>
          {one.answeredBy ? `, ${one.answeredBy}` : ''}
        </p>
        <p className="ww-words">{one.answer}</p>
      </>
    )}
  </Card>
)

const AnswerForm = ({ service, contests, problems, typed }: FormState & Shown): ReactNode => {
  const open = openContest(contests)
  return open ? (
    <Form action={`/services/${service.id}/figures/answers`} fields={{ id: open.id }} {...{ problems, typed }}>
      <TextArea
        name="answer"
        label="Your answer to the service"
        hint="The service reads it, and so does everybody who reads these figures."
        rows={4}
        maximum={1000}
      />
      <Button>Send the answer</Button>
    </Form>
  ) : null
}

const ContestForm = ({ id, service, problems, typed }: FormState & Shown & Readonly<{ id: string }>) => (
  <Form action={`/inbox/services/${service.id}/figures`} fields={{ id }} {...{ problems, typed }}>
    <TextArea
      name="words"
      label="What is not right?"
      hint="Nothing about a person: the reference of a referral is enough. Everybody who reads these figures reads your words beside them, with the answer."
      rows={4}
      maximum={1000}
    />
    <Button>Contest these figures</Button>
  </Form>
)

const HowCounted = () => (
  <>
    <h2 className="nhsuk-heading-m">How it is counted</h2>
    <ul>
      <li>
        The service has told us how it ended where it has said what came of it, or that it cannot help, by its link, in
        its inbox or to the team. What was taken back before it answered is not counted.
      </li>
      <li>
        The last four weeks are left out, so that answers had time to come. Of more than{' '}
        {mostSent.toLocaleString('en-GB')} the newest are counted.
      </li>
      <li>
        The middle means that half of them took no longer. The day on which it started is the one that was said first,
        by the service, the person or the team.
      </li>
      <li>
        The range is worked out so that in about 95 of 100 services it holds the rate that many more referrals would
        show, by the method of Wilson (1927). The fewer there are, the wider it is.
      </li>
      <li>Figures with fewer than {fewestAnswers} answers behind them are not shown.</li>
    </ul>
  </>
)
