import type { FormState } from '#platform/form/rules.ts'
import { dayInWords, inWords } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { calledName } from '#registers/people/rules.ts'
import { closings, concernKinds } from '#journey/safety/rules.ts'
import { kindLabel, labelIn, type Person, type ShownConcern, SixPoints, State } from './concerns.tsx'

type NewProps = FormState & Readonly<{ person: Person; episode: string; id: string }>

/** Writes down a new concern with what was done at once. */
export const NewConcernForm = ({ person, episode, id, problems, typed }: NewProps) => (
  <FormPage
    title="Write down a concern"
    caption={person.name}
    back={{ href: `/episodes/${episode}/concerns` }}
    action={`/episodes/${episode}/concerns`}
    fields={{ id }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SixPoints />
    <RadiosFrom name="kind" label="What is it about?" list={concernKinds} />
    <TextArea
      name="seen"
      label="What was seen or said?"
      hint="As close to the words used as you can. What, when, with what means."
    />
    <Tick
      name="about-others"
      label="It says something about somebody else"
      hint="A child, a partner, a neighbour: then only the duty lead, the service manager and you can read it."
    />
    <LookFields done="What did you do at once?" />
    <Button>Save this concern</Button>
  </FormPage>
)

const LookFields = ({ done }: { done: string }) => (
  <>
    <TextArea name="done" label={done} rows={3} />
    <TextField
      name="told"
      label="Who was told?"
      hint="For example the duty lead, the GP, the crisis team. Leave empty if nobody was yet."
    />
    <DateField name="told-on" label="On which day were they told?" />
    <TextField name="told-time" label="At what time?" hint="For example 14:30" width={5} />
    <DateField
      name="next-look-on"
      label="When do you look at it again?"
      hint="Today, where somebody may be in danger."
    />
  </>
)

type ConcernPageProps = FormState &
  Readonly<{ concern: Concern; id: string; now: Temporal.Instant; today: Temporal.PlainDate }>

type Concern = ShownConcern &
  Readonly<{
    episode: string
    given_name: string
    family_name: string
    preferred_name: string | null
    by: string | null
    looks: readonly Readonly<{
      id: string
      looked_at: Temporal.Instant
      by: string | null
      told: string | null
      told_at: Temporal.Instant | null
      done: string
      next_look_on: Temporal.PlainDate | null
      closed_as: string | null
    }>[]
  }>

/** One concern: what was seen, every look at it, and the next one. */
export const OneConcernPage = ({ concern, id, now, today, problems, typed }: ConcernPageProps) => (
  <Page
    title={kindLabel(concern.kind)}
    caption={calledName(concern)}
    back={{ href: `/episodes/${concern.episode}/concerns`, label: 'All concerns about this person' }}
    width="reading"
    problems={problems}
  >
    <p>
      <State concern={concern} today={today} />
    </p>
    <SummaryList
      rows={[
        { label: 'What was seen or said', value: concern.seen },
        {
          label: 'Written down',
          value: `${inWords(concern.recorded_at, now)}, ${concern.source === 'questionnaire' ? 'from a questionnaire' : `by ${concern.by ?? 'staff'}`}`,
        },
      ]}
    />
    <h2 className="nhsuk-heading-m">What was done</h2>
    <Timeline happenings={concern.looks.map((look) => lookHappening(look, now, today))} empty="Nothing yet." />
    <h2 className="nhsuk-heading-m">{concern.closed_as === null ? 'Look at it again' : 'Open it again'}</h2>
    <Form action={`/concerns/${concern.id}/looks`} fields={{ id }} draft problems={problems} typed={typed}>
      <LookFields done="What did you see, and what did you do?" />
      <RadiosFrom name="closed-as" label="Or close it" hint="Leave open unless one of these is so." list={closings} />
      <Button>Save</Button>
    </Form>
  </Page>
)

function lookHappening(look: Concern['looks'][number], now: Temporal.Instant, today: Temporal.PlainDate) {
  const told = look.told !== null && look.told_at ? `Told: ${look.told}, ${inWords(look.told_at, now)}. ` : ''
  const next = look.next_look_on ? `Look again ${dayInWords(look.next_look_on, today)}.` : ''
  const closed = look.closed_as === null ? '' : `Closed: ${labelIn(closings, look.closed_as)}.`
  return {
    key: look.id,
    what: look.done,
    when: inWords(look.looked_at, now),
    moment: look.looked_at.toString(),
    by: look.by ?? undefined,
    text: `${told}${next}${closed}`,
  }
}
