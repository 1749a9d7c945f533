import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, Tick } from '#platform/html/choices.tsx'
import { Card, Details } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { daysInWords, inHours, type PhasedReturn, type Week, weekdays } from '#journey/phased-return/rules.ts'

type LayOutProps = FormState &
  Readonly<{
    episode: string
    person: Readonly<{ name: string }>
    id: string
    /** The version that is changed. */
    plan: PhasedReturn | undefined
    /** The weeks to be filled in; none before they are laid out. */
    weeks: readonly Week[]
    beginsOn: Temporal.PlainDate | undefined
  }>

/** Lays a phased return out: first how it begins and how long it takes, then every week, which can be changed. */
export const LayOutReturn = (props: LayOutProps) => {
  const { episode, person, id, plan, problems, typed, weeks } = props
  return (
    <Page
      title={plan ? 'Change the phased return' : 'Lay out a phased return'}
      caption={person.name}
      lede="A proposal from us. The person agrees it with their employer, and anything can be changed week by week."
      back={{ href: `/episodes/${episode}/phased-return` }}
      problems={problems}
      width="reading"
    >
      <Form
        action={`/episodes/${episode}/phased-return`}
        fields={{ id }}
        edits={{ version: plan?.number ?? 0, now: <Meanwhile plan={plan} /> }}
        draft
        {...{ problems, typed }}
      >
        <UsualJob plan={plan} />
        <Beginning {...props} />
        {weeks.length > 0 ? <Weeks weeks={weeks} beginsOn={props.beginsOn} /> : null}
        <ButtonGroup>
          {weeks.length > 0 ? <Button>Save this return</Button> : null}
          <Button action={`/episodes/${episode}/phased-return/proposal`} secondary={weeks.length > 0}>
            {weeks.length > 0 ? 'Lay the weeks out anew' : 'Lay the weeks out'}
          </Button>
        </ButtonGroup>
      </Form>
    </Page>
  )
}

const Meanwhile = ({ plan }: Pick<LayOutProps, 'plan'>) =>
  plan ? (
    <>
      <p>
        Begins on {longDay(plan.beginsOn)}, {plan.weeks.length === 1 ? '1 week' : `${plan.weeks.length} weeks`}.
      </p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {plan.weeks.map(({ days, hours, duties }, place) => (
          <li key={place}>
            Week {place + 1}: {daysInWords(days)}, {inHours(hours)} a day{duties ? `, ${duties}` : ''}
          </li>
        ))}
      </ul>
    </>
  ) : (
    <p>None is laid out.</p>
  )

const UsualJob = ({ plan }: Pick<LayOutProps, 'plan'>) => (
  <>
    <h2 className="nhsuk-heading-m">The usual job</h2>
    <WeekDays name="usual" label="On which days do they usually work?" days={plan?.days ?? [1, 2, 3, 4, 5]} />
    <TextField
      name="hours"
      label="How many hours a week?"
      inputMode="decimal"
      width={4}
      value={plan && `${plan.hours}`}
    />
    <TextField
      name="pay"
      label="What is an average week’s pay, before tax?"
      hint="You can leave this empty. It shows what a week may pay as a guide, and is never told to anybody."
      inputMode="decimal"
      prefix="£"
      width={5}
      value={plan?.weeklyPay ? (plan.weeklyPay / 100).toFixed(2) : undefined}
    />
    <DateField
      name="off"
      label="Since when are they off?"
      hint="Leave this empty if they are at work now. Sick pay in the weeks to come depends on it."
      value={plan?.offSince?.toString()}
    />
  </>
)

const Beginning = ({ plan, weeks }: LayOutProps) => (
  <>
    <h2 className="nhsuk-heading-m">How it begins</h2>
    <DateField name="begins" label="First day back" value={plan?.beginsOn.toString()} />
    <Details summary="Lay the weeks out from these" open={weeks.length === 0}>
      <TextField
        name="length"
        label="Over how many weeks, before the usual hours?"
        hint="From 1 to 12. Four to six are usual."
        inputMode="numeric"
        width={2}
        value={plan && `${plan.weeks.length}`}
      />
      <TextField name="firstDays" label="Days in the first week" inputMode="numeric" width={2} />
      <TextField name="firstHours" label="Hours on each of them" inputMode="decimal" width={4} />
    </Details>
  </>
)

type WeekDaysProps = Readonly<{ name: string; label: string; days: readonly number[] }>

const WeekDays = ({ name, label, days }: WeekDaysProps) => (
  <div className="ww-in-a-row">
    <CheckboxesFrom name={name} label={label} list={shortDays} value={days.map((day) => `${day}`)} small />
  </div>
)

// The days of a week stand beside each other, so their names are short.
const shortDays = Object.fromEntries(Object.entries(weekdays).map(([day, { short }]) => [day, { label: short }]))

const Weeks = ({ weeks, beginsOn }: Pick<LayOutProps, 'weeks' | 'beginsOn'>) => (
  <>
    <h2 className="nhsuk-heading-m">Week by week</h2>
    {weeks.map((week, place) => (
      <Card key={place} heading={weekHeading(place, beginsOn)} level={3}>
        <WeekDays name={`days${place + 1}`} label="Days" days={week.days} />
        <TextField
          name={`hours${place + 1}`}
          label="Hours a day"
          inputMode="decimal"
          width={4}
          value={`${week.hours}`}
        />
        <TextField
          name={`duties${place + 1}`}
          label="Work they do"
          hint="Only what differs from usual: no lifting, from home, no late shifts."
          value={week.duties ?? undefined}
        />
        <Tick
          name={`review${place + 1}`}
          label="Look at it together at the end of this week"
          value={week.review}
          small
        />
      </Card>
    ))}
  </>
)

function weekHeading(place: number, beginsOn: Temporal.PlainDate | undefined): string {
  return beginsOn ? `Week ${place + 1}, from ${longDay(beginsOn.add({ weeks: place }))}` : `Week ${place + 1}`
}
