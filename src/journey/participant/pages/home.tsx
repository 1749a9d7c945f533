import { dayOf } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Picture } from '#platform/html/picture.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { changes, type OwnChange } from '#journey/changeover/rules.ts'
import type { OwnAction } from '#journey/my-plan/rules.ts'
import { meetings, otherPagesOf, pictureOf } from '#journey/participant/rules.ts'
import type { NextTime, Offered, OwnCoach, Standing } from '#journey/participant/rules.ts'
import { type Box, WriteToCoach, YourCoach } from './coach.tsx'
import { SupportNearYou } from './near-you.tsx'
import { Answered, ToAnswer, ToRead, Written } from './to-answer.tsx'
import { ToTry } from './to-try.tsx'

type HomeProps = Readonly<{
  name: string
  standing: Standing
  /** By when somebody gets in touch, where that is still to come. */
  contactBy: Temporal.PlainDate | undefined
  next: NextTime | undefined
  /** The times that they are asked to choose. */
  offers: readonly Offered[]
  /** Their coach has written, and they have not read it. */
  hasMessage: boolean
  /** Where they write to their coach; undefined where nobody is there to read it. */
  box: Box | undefined
  /** Something was put to the team that they have not read. */
  toRead: boolean
  /** A pilot they were asked about and have not answered. */
  toTry: string | undefined
  /** Whether a service waits for their yes or no. */
  toAnswer: boolean
  /** Whether we have answered what they said is wrong on their record, and they have not read it. */
  hasAnswer: boolean
  toDo: readonly OwnAction[]
  hasPlan: boolean
  /** They asked to see their safety plan among these pages. */
  hasSafetyPlan: boolean
  /** Whether they read of any service that they would be or were put in touch with. */
  hasServices: boolean
  coach: OwnCoach | undefined
  /** The newest change of who looks after them that they have not read of. */
  change: OwnChange | undefined
  /** Their support goes on in another area. */
  elsewhere: boolean
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** Where a participant begins: what comes next, what they wanted to do, and whom they can ring. */
export function Home({ name, ...about }: HomeProps) {
  const say = useSay()
  return (
    <Page title="Home" heading={say('Hello {name}', { name })}>
      <WhereYouStand {...about} />
      <SomebodyElse change={isStill(about) ? about.change : undefined} />
      {about.hasMessage ? <Written /> : null}
      {about.toRead ? <ToRead /> : null}
      {about.toAnswer ? <ToAnswer /> : null}
      {about.hasAnswer ? <Answered /> : null}
      {about.toTry ? <ToTry pilot={about.toTry} /> : null}
      {about.offers.map((offer) => (
        <ToChoose key={offer.id} {...offer} />
      ))}
      {about.standing === 'over' || about.standing === 'unknown' ? null : <NextAppointment {...about} />}
      <SupportNearYou standing={about.standing} />
      {about.hasPlan && about.standing === 'supported' ? <ToDo {...about} /> : null}
      <YourCoach coach={about.coach} />
      {about.box ? <WriteToCoach {...about.box} /> : null}
      <MorePages {...about} />
    </Page>
  )
}

/** Whether what changed still holds: of whoever left nobody is there now, but where they went on in another area. */
const isStill = ({ standing, change }: Pick<HomeProps, 'standing' | 'change'>): boolean =>
  standing !== 'over' || change?.kind === 'area'

function WhereYouStand({ standing, contactBy, elsewhere }: Pick<HomeProps, 'standing' | 'contactBy' | 'elsewhere'>) {
  const say = useSay()
  const lede = {
    asked: contactBy
      ? say('We have your request. Somebody gets in touch with you by {day}.', { day: say.day(contactBy) })
      : say('We have your request. Somebody gets in touch with you soon.'),
    beginning: say('You are with us. The first step is a talk with your coach about what would help you.'),
    supported: null,
    over: elsewhere
      ? say(
          'Your support here has ended, because it goes on in another area. What is written down about you can still be read here.',
        )
      : say('Your support has come to its end. What is written down about you can still be read here.'),
    unknown: say('There is no open request for help from you.'),
  }[standing]
  if (lede === null) return null
  return (
    <>
      <p className="nhsuk-lede-text">{lede}</p>
      {standing === 'unknown' || (standing === 'over' && !elsewhere) ? <AskAgain /> : null}
    </>
  )
}

function SomebodyElse({ change }: Pick<HomeProps, 'change'>) {
  const say = useSay()
  if (!change) return null
  return (
    <Card heading="Somebody else is there for you now" tone="accent">
      <p>{say(changes[change.kind].label, { to: change.toName })}</p>
      <LinkButton href="/my/changes" secondary small>
        See what has changed
      </LinkButton>
    </Card>
  )
}

function AskAgain() {
  const { area } = useShell()
  const ask = (
    <a href={`/in/${area?.code}/refer-yourself`}>
      <Said text="ask for help again" />
    </a>
  )
  return (
    <p>
      <Said text="If work is getting hard again, you can {ask} at any time." with={{ ask }} />
    </p>
  )
}

function ToChoose({ id, expiresAt }: Offered) {
  const say = useSay()
  return (
    <Card heading="Choose a time for an appointment" tone="accent">
      <p>{say('You can choose until {day}.', { day: say.day(dayOf(expiresAt)) })}</p>
      <LinkButton href={`/my/appointments/${id}`} small>
        Choose a time
      </LinkButton>
    </Card>
  )
}

function NextAppointment({ next, offers, now }: Pick<HomeProps, 'next' | 'offers' | 'now'>) {
  const say = useSay()
  if (!next && offers.length > 0) return null
  if (!next)
    return (
      <Card heading="Your next appointment" picture="calendar">
        <p>
          <Said text="No appointment is booked. When one is, it stands here with its time and place." />
        </p>
      </Card>
    )
  const { startsAt, mode, place, withName, interpreter } = next
  return (
    <Card heading="Your next appointment" picture="calendar" tone="accent">
      <p className="ww-own-when">{say.inWords(startsAt, now)}</p>
      <p>
        {say('{how} with {name}', { how: say(meetings[mode].label), name: withName })}
        {place === null ? null : (
          <>
            <br />
            {place}
          </>
        )}
      </p>
      {interpreter ? (
        <p>
          <Said text="An interpreter will be there." />
        </p>
      ) : null}
      <ToChange />
    </Card>
  )
}

function ToChange() {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p>
      <Said
        text="If you cannot come or are not well enough, call {phone}. Nobody minds."
        with={{ phone: <PhoneLink number={area.phone} /> }}
      />
    </p>
  )
}

// A phone shows a handful; the whole plan is one tap away.
const shown = 3

function ToDo({ toDo, today }: Pick<HomeProps, 'toDo' | 'today'>) {
  const say = useSay()
  return (
    <Card heading="What you said you would do" picture="plan">
      {toDo.length === 0 ? (
        <p>
          <Said text="Nothing is waiting for you. Well done." />
        </p>
      ) : (
        <ul>
          {toDo.slice(0, shown).map(({ id, what, dueOn, state }) => (
            <li key={id}>
              <a href={`/my/actions/${id}`}>{what}</a>
              <br />
              {say(state === 'late' ? 'It was planned for {day}' : 'By {day}', { day: say.dayInWords(dueOn, today) })}
            </li>
          ))}
        </ul>
      )}
      {toDo.length > shown ? (
        <p>{say('And {count, plural, one {# more thing} other {# more things}}.', { count: toDo.length - shown })}</p>
      ) : null}
      <LinkButton href="/my/plan" secondary small>
        See my plan
      </LinkButton>
    </Card>
  )
}

function MorePages(has: Pick<HomeProps, 'hasSafetyPlan' | 'hasServices' | 'standing'>) {
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="Your other pages" />
      </h2>
      <ul className="nhsuk-list">
        {otherPagesOf(has).map(({ href, label }) => (
          <li key={href}>
            <Picture of={pictureOf(href)} />
            <a href={href}>
              <Said text={label} />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
