import type { FormState } from '#platform/form/rules.ts'
import { dayInWords, inWords } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { actBy, closings, raisedInWords } from '#journey/safety/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { AlertCard, type AlertShown } from './alert.tsx'
import { type Arranged, kindLabel, labelIn, type ShownConcern, State } from './concerns.tsx'
import { LookFields } from './fields.tsx'
import { PointsDone, type Ticks } from './points.tsx'

type ConcernPageProps = FormState &
  Readonly<{
    concern: Concern
    id: string
    arranged: Arranged
    ticks: Ticks
    alert: AlertShown
    mayEdit: boolean
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

type Concern = ShownConcern &
  Readonly<{
    episode: string
    given_name: string
    family_name: string
    preferred_name: string | null
    raised_by: string
    raised_name: string | null
    act_by: string
    said: string | null
    by: string | null
    looks: readonly Readonly<{
      id: string
      looked_at: Temporal.Instant
      by: string | null
      told: string | null
      told_at: Temporal.Instant | null
      done: string
      done_at: Temporal.Instant | null
      next_look_on: Temporal.PlainDate | null
      closed_as: string | null
      closed_why: string | null
    }>[]
  }>

/** One concern: what was seen, who has it, every look at it, the next one, and the six points beside it. */
export const OneConcernPage = (props: ConcernPageProps) => {
  const { concern, alert, now, today, problems } = props
  return (
    <Page
      title={kindLabel(concern.kind)}
      caption={calledName(concern)}
      back={{ href: `/episodes/${concern.episode}/concerns`, label: 'All concerns about this person' }}
      problems={problems}
    >
      <p>
        <State concern={concern} today={today} />
      </p>
      <Beside beside={<PointsDone {...props} concern={concern.id} />}>
        <AlertCard {...alert} concern={concern.id} mayEdit={props.mayEdit} now={now} />
        <Facts concern={concern} now={now} />
        <h2 className="nhsuk-heading-m">What was done</h2>
        <Timeline happenings={happenings(concern.looks, now, today)} empty="Nothing yet." />
        {props.mayEdit ? <LookAgain {...props} /> : null}
      </Beside>
    </Page>
  )
}

const Facts = ({ concern, now }: Pick<ConcernPageProps, 'concern' | 'now'>) => (
  <SummaryList
    rows={[
      { label: 'What was seen or said', value: concern.seen },
      ...(concern.said === null ? [] : [{ label: 'In their own words', value: `“${concern.said}”` }]),
      { label: 'Raised by', value: raisedInWords(concern) },
      { label: 'Somebody has to act', value: labelIn(actBy, concern.act_by) },
      {
        label: 'Written down',
        value: `${inWords(concern.recorded_at, now)}, ${concern.source === 'questionnaire' ? 'from a questionnaire' : `by ${concern.by ?? 'staff'}`}`,
      },
    ]}
  />
)

const LookAgain = ({ concern, id, problems, typed }: ConcernPageProps) => (
  <>
    <h2 className="nhsuk-heading-m">{concern.closed_as === null ? 'Look at it again' : 'Open it again'}</h2>
    <Form action={`/concerns/${concern.id}/looks`} fields={{ id }} draft problems={problems} typed={typed}>
      <LookFields done="What did you see, and what did you do?" />
      <RadiosFrom
        name="closed-as"
        label="Or close it"
        hint="Leave open unless one of these is so. Then leave the next day empty."
        list={closings}
      />
      <TextArea
        name="closed-why"
        label="Why can it be closed?"
        hint="What has changed, and how you know. Leave this empty while it stays open."
        rows={3}
      />
      <Button>Save</Button>
    </Form>
  </>
)

type Looks = Concern['looks']

// A look that follows one by which the concern was closed has opened it again.
function happenings(looks: Looks, now: Temporal.Instant, today: Temporal.PlainDate) {
  return looks.map((look, place) => {
    const again = look.closed_as === null && looks[place + 1]?.closed_as ? 'Opened again. ' : ''
    const done = look.done_at ? `Done ${inWords(look.done_at, now)}. ` : ''
    const told = look.told !== null && look.told_at ? `Told: ${look.told}, ${inWords(look.told_at, now)}. ` : ''
    const next = look.next_look_on ? `Look again ${dayInWords(look.next_look_on, today)}.` : ''
    const why = look.closed_why === null ? '' : ` ${look.closed_why}`
    const closed = look.closed_as === null ? '' : `Closed: ${labelIn(closings, look.closed_as)}.${why}`
    return {
      key: look.id,
      what: look.done,
      when: inWords(look.looked_at, now),
      moment: look.looked_at.toString(),
      by: look.by ?? undefined,
      text: `${again}${done}${told}${next}${closed}`,
    }
  })
}
