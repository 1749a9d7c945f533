import { inWords } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { conflictsIn, differingInWords } from '#journey/witness/rules.ts'
import { declines, isHearable, isOpen, mayFollow, waitsOnOthers } from '#journey/onward/rules.ts'
import { Emails } from './emailed.tsx'
import { isUnread, type OneProps } from './shown.tsx'

/** What comes next, by where it stands. */
export const Next = (props: OneProps) => {
  const { onward, person, takenBack, now } = props
  return (
    <>
      {conflictsIn(onward.events).length > 0 && person.mayEdit ? <Conflict {...props} /> : null}
      {takenBack ? <TakenBack {...props} /> : null}
      <Emails {...props} />
      {onward.events.some(isUnread) && person.mayEdit ? <Unread {...props} /> : null}
      {onward.meetAt ? <p>Hand-over: {inWords(onward.meetAt, now)}.</p> : null}
      {onward.state === 'agreed' && onward.address !== null ? <NotSent service={onward.serviceName} /> : null}
      <Guidance {...props} />
      {person.mayEdit ? <Buttons {...props} /> : null}
    </>
  )
}

const NotSent = ({ service }: Readonly<{ service: string }>) => (
  <Inset>
    <p>
      They said yes, and nothing was sent: {service} was not taking anybody then. Withdraw this and find another
      service, or refer to it anew once it is open.
    </p>
  </Inset>
)

const Buttons = (props: OneProps) => {
  const { onward, telling } = props
  const at = `/onward/${onward.id}`
  return (
    <ButtonGroup>
      <FirstThing {...props} />
      {isHearable(onward.state) ? (
        <LinkButton href={`${at}/happenings/new`} small>
          Write down what you heard
        </LinkButton>
      ) : null}
      <Resend {...props} />
      {onward.kind === 'supported' && mayFollow('handed-over', onward.state) ? (
        <ButtonForm action={`${at}/hand-over`} fields={{ id: telling }} small secondary>
          We have handed over
        </ButtonForm>
      ) : null}
      {onward.state === 'no-reply' ? (
        <LinkButton href={`${at}/next`} small>
          The next service
        </LinkButton>
      ) : null}
      <Afterwards {...props} />
      {waitsOnOthers(onward.state) ? (
        <LinkButton href={`/episodes/${onward.episode}/pause?${waitsFor(onward.serviceName)}`} small secondary>
          Let support wait for it
        </LinkButton>
      ) : null}
      {isOpen(onward.state) ? (
        <LinkButton href={`${at}/withdrawal`} small secondary>
          Withdraw
        </LinkButton>
      ) : null}
    </ButtonGroup>
  )
}

/** Where it goes from one that is over or was not answered: back to coaching, or to another service. */
const Afterwards = ({ onward }: OneProps) => (
  <>
    {onward.state === 'ended' || onward.state === 'declined' ? (
      <LinkButton href={`/people/${onward.person}/support-now`} small secondary>
        Back to coaching
      </LinkButton>
    ) : null}
    {onward.state === 'no-reply' || onward.state === 'declined' ? (
      <LinkButton href={`/episodes/${onward.episode}/onward/services`} small secondary>
        Find another service
      </LinkButton>
    ) : null}
  </>
)

const waitsFor = (whom: string) => new URLSearchParams({ waits: 'service', whom }).toString()

const TakenBack = ({ person }: OneProps) => (
  <WarningCallout heading="They took back their yes">
    <p>
      {person.name} does not want the service to be told any more. The link is closed and nothing more goes.{' '}
      <a href={`/people/${person.id}/agreements`}>What they agreed to</a>
    </p>
  </WarningCallout>
)

const Conflict = ({ onward }: OneProps) => (
  <WarningCallout heading="What was said cannot all be so">
    <p>
      {differingInWords(onward.events)} say different things of how it went.{' '}
      <a href={`/onward/${onward.id}/settling`}>See who said what, and say what holds</a>
    </p>
  </WarningCallout>
)

const Unread = ({ onward }: OneProps) => (
  <Inset>
    <p>There is an answer that nobody of the team has read.</p>
    <ButtonForm action={`/onward/${onward.id}/reading`} small>
      I have read it
    </ButtonForm>
  </Inset>
)

const Guidance = ({ onward, code }: OneProps) => {
  const declined = onward.events.findLast(({ kind }) => kind === 'declined')
  if (onward.state === 'declined' && declined)
    return (
      <Inset>
        <p>
          <strong>What to do next:</strong> {nextOf(declined.reason)}
        </p>
      </Inset>
    )
  return code === undefined ? null : (
    <Inset>
      <p>
        Ring the service and tell it this code: <strong>{`${code.slice(0, 3)} ${code.slice(3)}`}</strong>. Never send it
        by email: it proves that whoever opens the link is who you spoke to.
      </p>
    </Inset>
  )
}

const nextOf = (reason: string | null): string => {
  const known: Readonly<Record<string, Readonly<{ next: string }>>> = declines
  return (known[reason ?? ''] ?? declines.other).next
}

const FirstThing = ({ onward, telling }: OneProps) => {
  const at = `/onward/${onward.id}`
  if (['drafted', 'refused'].includes(onward.state))
    return (
      <>
        {onward.kind === 'signpost' ? (
          <ButtonForm action={`${at}/telling`} fields={{ id: telling }} small>
            I have told them and given them the details
          </ButtonForm>
        ) : (
          <LinkButton href={`${at}/showing`} small>
            Show it to them
          </LinkButton>
        )}
        <LinkButton href={`${at}/change`} small secondary>
          Change it
        </LinkButton>
      </>
    )
  if (onward.state === 'shown')
    return (
      <LinkButton href={`${at}/showing`} small>
        Show it again or write down their answer
      </LinkButton>
    )
  return null
}

/** A link that was lost or ran out goes out anew: pressed twice on the same page, or by two people, one is sent. */
const Resend = ({ onward, takenBack, sent }: OneProps) => {
  const at = `/onward/${onward.id}`
  const resends = ['sent', 'seen', 'no-reply', 'accepted', 'waiting'].includes(onward.state)
  return resends && onward.address && !takenBack ? (
    <ButtonForm action={`${at}/link`} fields={{ sent: sent?.id ?? '' }} small secondary>
      Send a new link
    </ButtonForm>
  ) : null
}
