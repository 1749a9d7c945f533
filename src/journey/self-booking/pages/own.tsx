import { clock, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, EmptyState, Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { Mode, Times } from '#journey/invitation/rules.ts'
import { ownModes, ownReasons } from '#journey/self-booking/rules.ts'
import { type At, backOf, Ring } from './choose.tsx'

/** An appointment as the person sees it: when, how and where, and no more. */
export type Shown = Times &
  Readonly<{ mode: Mode; place: string | null; getting: string | null; confirmed: boolean; interpreter: boolean }>

type OwnProps = Readonly<{ at: At; appointment: Shown; mayChange: boolean; today: Temporal.PlainDate }>

/** The time that stands, with saying that one comes, choosing another and cancelling. */
export const OwnAppointment = ({ at, appointment, mayChange, today }: OwnProps) => (
  <Page title="Your appointment" {...(at.back ? { back: at.back } : {})}>
    <When {...{ appointment, today }} />
    {appointment.confirmed ? (
      <Inset>
        <p>
          <Said text="You have said that you will come. Thank you." />
        </p>
      </Inset>
    ) : (
      <Form action={at.action} fields={{ do: 'confirm' }}>
        <Button>I will come</Button>
      </Form>
    )}
    {mayChange ? (
      <p>
        <LinkButton href={`${at.action}?step=change`} secondary>
          Choose another time
        </LinkButton>
      </p>
    ) : null}
    <p>
      <a href={`${at.action}?step=cancel`}>
        <Said text="Cancel this appointment" />
      </a>
    </p>
    <p>
      <a href={`${at.action}?step=calendar`}>
        <Said text="Put it in your calendar" />
      </a>
      {'. '}
      <Said text="It says “Appointment”, when it is, how we meet (with the address or the link), and our phone number. It does not say what it is about." />
    </p>
    <Ring />
  </Page>
)

function When({ appointment, today }: Pick<OwnProps, 'appointment' | 'today'>) {
  const say = useSay()
  const { startsAt, endsAt, mode, place, getting, interpreter } = appointment
  const day = say.dayInWords(dayOf(startsAt), today.add({ days: 400 }))
  return (
    <SummaryList
      rows={[
        { label: 'When', value: `${day}${say.comma} ${clock(startsAt)} – ${clock(endsAt)}` },
        { label: 'How', value: say(ownModes[mode].label) },
        ...(place === null ? [] : [{ label: 'Where', value: mode === 'video' ? <Room link={place} /> : place }]),
        ...(getting === null || mode !== 'in-person' ? [] : [{ label: 'Getting in', value: getting }]),
        ...(interpreter ? [{ label: 'Interpreter', value: say('An interpreter will be there.') }] : []),
      ]}
    />
  )
}

const Room = ({ link }: { link: string }) => (link.startsWith('https://') ? <a href={link}>{link}</a> : link)

type CancelProps = FormState & OwnProps

/** Asks before an appointment is cancelled. */
export const CancelOwn = ({ at, appointment, today, mayChange, problems, typed }: CancelProps) => (
  <Page title="Cancel your appointment" problems={problems} {...backOf({ ...at, isChange: true })}>
    <When {...{ appointment, today }} />
    <Form action={at.action} fields={{ do: 'cancel' }} {...{ problems, typed }}>
      <RadiosFrom name="reason" label="Why? You do not have to say." list={ownReasons} value="unsaid" />
      <Button warning>Cancel this appointment</Button>
    </Form>
    {mayChange ? (
      <p>
        <a href={`${at.action}?step=change`}>
          <Said text="Choose another time instead" />
        </a>
      </p>
    ) : null}
  </Page>
)

type GoneProps = Readonly<{ at: At; mayChange: boolean; over: boolean }>

/** That the appointment does not stand any more. */
export const GoneAppointment = ({ at, mayChange, over }: GoneProps) => (
  <Page
    title={over ? 'This appointment is over' : 'This appointment is cancelled'}
    {...(at.back ? { back: at.back } : {})}
  >
    {mayChange && !over ? (
      <p>
        <LinkButton href={`${at.action}?step=change`}>Choose another time</LinkButton>
      </p>
    ) : null}
    <Ring />
  </Page>
)

type ListProps = Readonly<{
  booked: readonly (Times & Readonly<{ chain: string; mode: Mode }>)[]
  offers: readonly Readonly<{ id: string; expiresAt: Temporal.Instant }>[]
  today: Temporal.PlainDate
}>

/** A participant's appointments to come, and what they are asked to choose. */
export function OwnAppointments({ booked, offers, today }: ListProps) {
  const say = useSay()
  return (
    <Page title="Your appointments">
      {offers.map(({ id, expiresAt }) => (
        <Card key={id} tone="accent" heading="Choose a time for an appointment">
          <p>{say('You can choose until {day}.', { day: say.day(dayOf(expiresAt)) })}</p>
          <LinkButton href={`/my/appointments/${id}`}>Choose a time</LinkButton>
        </Card>
      ))}
      {booked.map(({ chain, startsAt, mode }) => (
        <Card
          key={chain}
          heading={`${say.dayInWords(dayOf(startsAt), today.add({ days: 400 }))}${say.comma} ${clock(startsAt)}`}
        >
          <p>{say(ownModes[mode].label)}</p>
          <a href={`/my/appointments/${chain}`}>
            <Said text="Look at it, change or cancel it" />
          </a>
        </Card>
      ))}
      {booked.length + offers.length === 0 ? (
        <EmptyState>You have no appointments to come. They appear here as soon as one is booked.</EmptyState>
      ) : null}
      <Ring />
    </Page>
  )
}
