import { clock, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page, type WayBack } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import type { FreeTime } from '#journey/availability/rules.ts'
import type { Mode, Times } from '#journey/invitation/rules.ts'
import { ownModes } from '#journey/self-booking/rules.ts'

/** Where somebody chooses: the address of this page, and whether another time stands already. */
export type At = WayBack & Readonly<{ action: string; isChange: boolean }>

const titleOf = ({ isChange }: At) => (isChange ? 'Choose another time' : 'Choose a time for your appointment')

type WayProps = Readonly<{ at: At; ways: readonly Mode[] }>

/** First how to meet, where there is more than one way. */
export const ChooseWay = ({ at, ways }: WayProps) => (
  <Page title={titleOf(at)} heading="How would you like to meet?" {...backOf(at)}>
    {ways.map((way) => (
      <p key={way}>
        <LinkButton href={addressOf(at, { way })} secondary>
          {ownModes[way].label}
        </LinkButton>
      </p>
    ))}
    <Ring />
  </Page>
)

type TimeProps = FormState &
  Readonly<{
    at: At
    /** The id of the appointment that will be, so that a form sent twice books once. */
    id: string
    way: Mode
    minutes: number
    /** The time that stands, which another takes the place of. */
    standing: (Times & Readonly<{ id: string }>) | undefined
    days: readonly (readonly [Temporal.PlainDate, readonly FreeTime[]])[]
    earlier: Temporal.PlainDate | undefined
    later: Temporal.PlainDate | undefined
    /** The addresses in which people are met, by building. */
    addresses: Readonly<Record<string, string>>
    severalWays: boolean
    needsInterpreter: boolean
    today: Temporal.PlainDate
  }>

/** Then the time, among those that are free. */
export function ChooseTime(props: TimeProps) {
  const { at, id, way, minutes, days, earlier, later, problems, typed, today } = props
  const say = useSay()
  return (
    <Page
      title={titleOf(at)}
      problems={problems}
      {...(props.severalWays ? { back: { href: addressOf(at, {}) } } : backOf(at))}
    >
      <p>
        {say(ownModes[way].label)}. {say('It takes about {minutes} minutes.', { minutes })}
      </p>
      {props.needsInterpreter ? (
        <p>
          <Said text="We will look for an interpreter for the time that you choose." />
        </p>
      ) : null}
      {props.standing ? <Standing {...props.standing} today={today} /> : null}
      <Form
        action={at.action}
        fields={{ do: 'book', id, way, seen: props.standing?.id ?? '' }}
        {...{ problems, typed }}
      >
        {days.map(([day, times], index) => (
          <RadiosFrom
            key={day.toString()}
            name="time"
            label={say.dayInWords(day, today.add({ days: 400 }))}
            list={labelled(times, props.addresses)}
            {...(index === 0 ? {} : { id: `time-${day.toString()}`, problems: [] })}
          />
        ))}
        <Others at={at} way={way} {...{ earlier, later }} />
        <TextArea
          name="note"
          label="Is there anything we should do so that you can take part? (optional)"
          hint="For example a chair with arms, or a break half way. You do not have to say why."
          rows={3}
          maximum={500}
        />
        <Button>Book this time</Button>
      </Form>
      <Ring />
    </Page>
  )
}

function Standing({ startsAt, today }: Times & Readonly<{ today: Temporal.PlainDate }>) {
  const say = useSay()
  const day = say.dayInWords(dayOf(startsAt), today.add({ days: 400 }))
  return (
    <Inset>
      <p>
        <Said
          text="You have an appointment already: {day}, {time}. If you book another time, it takes the place of this one."
          with={{ day, time: clock(startsAt) }}
        />
      </p>
    </Inset>
  )
}

const labelled = (times: readonly FreeTime[], addresses: TimeProps['addresses']) =>
  Object.fromEntries(
    times.map((time) => {
      const where = time.venue === null ? undefined : addresses[time.venue]
      return [
        time.startsAt.toString(),
        { label: `${clock(time.startsAt)} – ${clock(time.endsAt)}`, ...(where === undefined ? {} : { hint: where }) },
      ]
    }),
  )

const Others = ({ at, way, earlier, later }: Pick<TimeProps, 'at' | 'way' | 'earlier' | 'later'>) =>
  earlier === undefined && later === undefined ? null : (
    <p>
      {earlier ? (
        <a href={addressOf(at, { way, from: earlier })}>
          <Said text="Earlier times" />
        </a>
      ) : null}
      {earlier && later ? ' · ' : null}
      {later ? (
        <a href={addressOf(at, { way, from: later })}>
          <Said text="Later times" />
        </a>
      ) : null}
    </p>
  )

/** That there is nothing to choose from, and what to do instead. */
export const NoTimes = ({ at, justTaken }: Readonly<{ at: At; justTaken: boolean }>) => (
  <Page title={justTaken ? 'That was the last free time' : 'There are no free times just now'} {...backOf(at)}>
    <p>
      <Said
        text={
          justTaken
            ? 'Somebody else has just taken it, and there is no other time to choose from now.'
            : 'All the times that you could choose from are taken.'
        }
      />
    </p>
    <p>
      <Said text="We can ring you on a working day and find a time together. You can also look again later with the same link." />
    </p>
    <Form action={at.action} fields={{ do: 'ring' }}>
      <Button>Ask us to ring you</Button>
    </Form>
    <Ring />
  </Page>
)

/** That we were asked to ring. */
export const WillRing = ({ at }: Readonly<{ at: At }>) => (
  <Page title="We will ring you" {...backOf(at)}>
    <p>
      <Said text="Your coach has been told that you would like to be rung, and finds a time with you." />
    </p>
    <Ring />
  </Page>
)

/** That nothing can be chosen here, without saying why. */
export const Closed = ({ at }: Readonly<{ at: At }>) => (
  <Page title="You cannot choose a time here now" {...backOf(at)}>
    <Inset>
      <p>
        <Said text="The time in which you could choose is over, or it is not needed any more." />
      </p>
    </Inset>
    <Ring />
  </Page>
)

/** Whom to ring, where the area has a number. */
export function Ring() {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p>
      <Said text="If you would rather talk to us, call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} />
    </p>
  )
}

/** The way back from a step of choosing. */
export const backOf = ({ back, isChange, action }: At): WayBack =>
  isChange ? { back: { href: action, label: 'Back to your appointment' } } : back ? { back } : {}

type Step = Readonly<{ way?: Mode; from?: Temporal.PlainDate }>

function addressOf({ action, isChange }: At, { way, from }: Step): string {
  const query = new URLSearchParams({
    ...(isChange ? { step: 'change' } : {}),
    ...(way ? { way } : {}),
    ...(from ? { from: from.toString() } : {}),
  }).toString()
  return query === '' ? action : `${action}?${query}`
}
