import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { isOpen, type Kind, mayFollow, type State, states } from '#journey/onward/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { Packet } from './answer.tsx'
import { type InDirectory, Reach } from './reach.tsx'

/** A service somebody would be or was put in touch with, as they read it. */
export type OwnOnward = Readonly<{
  id: string
  kind: Kind
  serviceName: string
  wanted: string
  state: State
  /** What was sent, or would be. */
  parts: readonly Part[]
  isSent: boolean
  /** Whether the service is told to stop when they stop it: it was sent something. */
  isToldToStop: boolean
  /** What happens next after the service said no. */
  next: string | null
  place: number | null
  expected: Temporal.PlainDate | null
  note: string | null
}>

const OwnState = ({ state }: { state: State }) => {
  const say = useSay()
  return <Tag colour={states[state].colour}>{say(states[state].own)}</Tag>
}

type ListProps = Readonly<{
  rows: readonly OwnOnward[]
  /** Those in place of which another service is proposed. */
  proposed: ReadonlySet<string>
}>

/** Every service a participant would be or was put in touch with. */
export const OwnList = ({ rows, proposed }: ListProps) => (
  <Page
    title="Services for you"
    lede="Services that your coach would like to put you in touch with. You see what they are sent, and you can say no."
    back={{ href: '/my', label: 'Home' }}
  >
    {rows.length === 0 ? (
      <EmptyState heading={<Said text="No service yet" />}>
        Your coach asks you before anything is sent to a service.
      </EmptyState>
    ) : null}
    {rows.map((one) => (
      <Card key={one.id} heading={one.serviceName} tag={<OwnState state={one.state} />}>
        <p dir="auto">{one.wanted}</p>
        {proposed.has(one.id) ? (
          <p>
            <Said text="Another service could help you" />
          </p>
        ) : null}
        <LinkButton
          href={`/my/services/${one.id}${proposed.has(one.id) ? '/next' : ''}`}
          secondary={one.state !== 'shown' && !proposed.has(one.id)}
          small
          context={one.serviceName}
        >
          {one.state === 'shown' || proposed.has(one.id) ? 'Read it and answer' : 'Read it'}
        </LinkButton>
      </Card>
    ))}
  </Page>
)

type OneProps = Readonly<{
  one: OwnOnward
  id: string
  /** The service as the directory has it now, where they were given the details of it. */
  service: InDirectory | null
}>

/** One of them: where it stands, what was sent, and how to stop it. */
export function OwnOne({ one, id, service }: OneProps) {
  return (
    <Page
      title={one.serviceName}
      back={{ href: '/my/services', label: 'Services for you' }}
      actions={<OwnState state={one.state} />}
      width="reading"
    >
      {one.next === null ? null : <NextStep text={one.next} />}
      {service === null ? null : <Reach {...service} />}
      <SaidByService {...one} />
      <h2 className="nhsuk-heading-m">
        <Said text={one.isSent ? 'What was sent' : 'What it is about'} />
      </h2>
      <Packet parts={one.parts} />
      {mayFollow('said', one.state) ? (
        <p>
          <LinkButton href={`/my/services/${one.id}/help`} small secondary>
            Say how it went
          </LinkButton>
        </p>
      ) : null}
      {isOpen(one.state) ? <StopIt {...{ one, id }} /> : null}
    </Page>
  )
}

const NextStep = ({ text }: Readonly<{ text: string }>) => (
  <Inset>
    <p>
      <Said text={text} />
    </p>
  </Inset>
)

/** What the service said last: their place, when it is their turn, and its own words. */
function SaidByService({ place, expected, note }: Pick<OwnOnward, 'place' | 'expected' | 'note'>) {
  const say = useSay()
  return (
    <>
      {place === null ? null : <p>{say('Your place on the list: {place}', { place })}</p>}
      {expected === null ? null : <p>{say('Expected on {day}', { day: say.day(expected) })}</p>}
      {note === null ? null : (
        <>
          <p>
            <Said text="The service says:" />
          </p>
          <p className="ww-words" dir="auto">
            {note}
          </p>
        </>
      )}
    </>
  )
}

const StopIt = ({ one, id }: Omit<OneProps, 'service'>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="If you do not want this any more" />
    </h2>
    <p>
      <Said text={stopping(one)} />
    </p>
    <ButtonForm action={`/my/services/${one.id}/withdrawal`} fields={{ id }} secondary>
      Stop this
    </ButtonForm>
  </>
)

function stopping({ kind, isToldToStop }: OwnOnward): string {
  if (isToldToStop) return 'You need no reason. The service is told to stop, and it can read nothing more about you.'
  return kind === 'signpost'
    ? 'You need no reason. Nothing about you was sent to the service.'
    : 'You need no reason. Your coach is told.'
}
