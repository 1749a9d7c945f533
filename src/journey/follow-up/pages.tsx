import { dayInWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, Inset, Marked, Warnings } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { kindInWords } from '#registers/means/rules.ts'
import { marksOf, type Reaching, warningsBefore } from '#journey/reaching/rules.ts'
import * as rules from './rules.ts'

export type About = Readonly<{ person: string; firstName: string; record: string; address: string; weeks: rules.Weeks }>

type Attempt = Readonly<{ id: string; tried_on: Temporal.PlainDate; channel: rules.Channel }>
type FollowUpProps = FormState &
  About &
  Readonly<{
    ids: Readonly<{ answer: string; attempt: string }>
    coach: string
    dueOn: Temporal.PlainDate
    attempts: readonly Attempt[]
    reached: Reached
    today: Temporal.PlainDate
  }>

/** A follow-up: what to say, then what was heard, or that nobody answered. */
export const FollowUp = (props: FollowUpProps) => (
  <Page
    title={`Follow-up at ${props.weeks} weeks`}
    caption={props.person}
    lede={`Due ${dayInWords(props.dueOn, props.today)}.`}
    back={{ href: props.record, label: `Back to ${props.person}` }}
    problems={props.problems}
    width="reading"
  >
    <BeforeRinging {...props.reached} />
    <Script {...props} />
    <Form action={props.address} problems={props.problems} typed={props.typed} fields={{ id: props.ids.answer }} draft>
      <RadiosFrom name="result" label="Did they answer?" list={rules.results} reveal={{ answered: <Answers /> }} />
      <DateField name="heard" label="On which day?" value={props.today.toString()} />
      <TextArea name="said" label="Anything else they said (optional)" rows={3} maximum={1000} />
      <Button>Save this follow-up</Button>
    </Form>
    <Tries {...props} />
  </Page>
)

type Reached = Readonly<{ safeNote: string | null; bestTime: string | null; reaching: Reaching }>

/** The number to ring and what is safe, before anything is said. */
const BeforeRinging = ({ safeNote, bestTime, reaching }: Reached) => (
  <>
    <Warnings warnings={warningsBefore({ safeNote, reaching }, 'Close this follow-up with what they said.')} />
    <SummaryList
      compact
      rows={[
        ...reaching.means.map((means) => ({
          label: kindInWords(means),
          value: <Marked text={means.value} marks={marksOf(means)} />,
        })),
        ...(bestTime ? [{ label: 'Best time', value: bestTime }] : []),
      ]}
    />
  </>
)

const Script = ({ firstName, coach, weeks }: FollowUpProps) => (
  <Inset>
    <p>
      <strong>What you can say</strong>
    </p>
    <p>
      “Hello {firstName}, this is {coach} from WorkWell. {weeks === 13 ? 'Three' : 'Six'} months ago we finished your
      plan. I am ringing to hear how you are and how work is going. It takes five minutes, you need not answer, and it
      does not affect your benefits. Is now a good time, and can you talk freely?”
    </p>
    <p>If things are hard: ask what would help, and offer a new referral to us or to another service.</p>
  </Inset>
)

const Answers = () => (
  <>
    <RadiosFrom name="inWork" label="Are you in work?" list={rules.inWork} inline />
    <RadiosFrom name="sameEmployer" label="Is it the same employer as when we finished?" list={rules.sameEmployer} />
    <TextField
      name="hours"
      label="How many hours do you work in a usual week?"
      hint="For example 37.5"
      inputMode="decimal"
      width={5}
    />
    <RadiosFrom name="health" label="How is your health, compared with when we finished?" list={rules.health} inline />
    <RadiosFrom
      name="adjustments"
      label="Are the changes your employer made for you still in place?"
      list={rules.adjustments}
      inline
    />
    <Folded
      summary="Count the weeks worked (only where your area asks for it)"
      fields={['weeksOf7Hours', 'weeksOf16Hours']}
    >
      <TextField
        name="weeksOf7Hours"
        label="Of the last 16 weeks, in how many did you work 7 hours or more?"
        inputMode="numeric"
        width={2}
      />
      <TextField name="weeksOf16Hours" label="And in how many 16 hours or more?" inputMode="numeric" width={2} />
    </Folded>
  </>
)

const Tries = ({ address, ids, attempts }: FollowUpProps) => (
  <Card heading="Nobody answered?" tone="quiet">
    <p>
      {attempts.length === 0
        ? `Record each try. After ${rules.triesBeforeClosing} tries the follow-up can be closed.`
        : `Tried ${attempts.length === 1 ? 'once' : `${attempts.length} times`}:`}
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {attempts.map(({ id, tried_on, channel }) => (
        <li key={id}>
          {longDay(tried_on)}, {rules.channels[channel].label.toLowerCase()}
        </li>
      ))}
    </ul>
    <Form action={`${address}/attempts`} fields={{ id: ids.attempt }} problems={[]} typed={{}}>
      <RadiosFrom name="channel" label="How did you try today?" list={rules.channels} value="telephone" inline />
      <Button secondary small>
        Record this try
      </Button>
    </Form>
  </Card>
)

type Heard = Readonly<{
  result: rules.Result
  heard_on: Temporal.PlainDate
  in_work: rules.InWork | null
  same_employer: rules.SameEmployer | null
  hours: number | null
  health: rules.Health | null
  adjustments: rules.Adjustments | null
  weeks_of_7_hours: number | null
  weeks_of_16_hours: number | null
  said: string | null
}>

type FollowedUpProps = FormState &
  About &
  Readonly<{ heard: Heard; /** Under which id it is taken back, where it may be. */ takeBack: string | undefined }>

/** A follow-up as it was recorded. */
export const FollowedUp = ({ person, record, address, weeks, heard, takeBack, problems, typed }: FollowedUpProps) => (
  <Page
    title={`Follow-up at ${weeks} weeks`}
    caption={person}
    back={{ href: record, label: `Back to ${person}` }}
    problems={problems}
    width="reading"
  >
    <SummaryList rows={rows(heard)} />
    {takeBack === undefined ? null : (
      <Details summary="This was recorded by mistake" open={problems.length > 0}>
        <Form action={`${address}/withdrawal`} problems={problems} typed={typed} fields={{ id: takeBack }}>
          <TextField
            name="reason"
            label="Why is the follow-up taken back?"
            hint="It is then due again, and can be recorded as it was"
          />
          <Button warning>Take the follow-up back</Button>
        </Form>
      </Details>
    )}
  </Page>
)

function rows(heard: Heard) {
  const about = [
    { label: 'Result', value: rules.results[heard.result].label },
    { label: 'On', value: longDay(heard.heard_on) },
    ...(heard.said ? [{ label: 'What they said', value: heard.said }] : []),
  ]
  if (heard.result !== 'answered') return about
  const lasting = rules.jobOutcome({ weeksOf7Hours: heard.weeks_of_7_hours, weeksOf16Hours: heard.weeks_of_16_hours })
  return [
    ...about,
    { label: 'In work', value: heard.in_work && rules.inWork[heard.in_work].label },
    { label: 'Employer', value: heard.same_employer && rules.sameEmployer[heard.same_employer].label },
    { label: 'Hours in a usual week', value: heard.hours },
    { label: 'Health', value: heard.health && rules.health[heard.health].label },
    { label: 'Adjustments in place', value: heard.adjustments && rules.adjustments[heard.adjustments].label },
    ...(lasting ? [{ label: 'Work that lasts (13 of 16 weeks)', value: lastingWords(lasting) }] : []),
  ]
}

function lastingWords({ lasted, of16Hours }: NonNullable<ReturnType<typeof rules.jobOutcome>>): string {
  if (!lasted) return 'Not yet'
  return of16Hours ? 'Yes, with 16 hours or more a week' : 'Yes, with 7 hours or more a week'
}

/** Why this follow-up cannot be recorded now. */
export const CannotFollowUp = ({ person, record, weeks, reasons }: About & { reasons: readonly string[] }) => (
  <Page
    title={`The follow-up at ${weeks} weeks cannot be recorded now`}
    caption={person}
    back={{ href: record, label: `Back to ${person}` }}
    width="reading"
  >
    <ul className="nhsuk-list nhsuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </Page>
)
