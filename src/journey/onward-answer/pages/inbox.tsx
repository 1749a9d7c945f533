import { inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import { asRead } from '#journey/inbox/rules.ts'
import { type EventKind, type Meeting, type State, states, whatHappened } from '#journey/onward/rules.ts'
import type { Saying } from '#journey/onward-answer/rules.ts'
import type { Part } from '#journey/packet/rules.ts'
import { SaidFields } from './fields.tsx'
import { AboutThem, Meets } from './link.tsx'

type Own = Readonly<{
  id: string
  kind: EventKind
  at: Temporal.Instant
  how: string | null
  reason: string | null
  onDay: Temporal.PlainDate | null
  place: number | null
  sessions: number | null
  note: string | null
  byName: string | null
}>

type InInboxProps = FormState &
  Readonly<{
    onward: Readonly<{ id: string; state: State; version: number }>
    serviceName: string
    reference: string
    areaName: string
    askedBy: string
    parts: readonly Part[]
    meet: Meeting | null
    meetAt: Temporal.Instant | null
    /** What the service has said of it, by whichever way. */
    own: readonly Own[]
    sayable: readonly Saying[]
    id: string
    now: Temporal.Instant
  }>

/** One request in the inbox of a service: what it is sent of somebody, what it has said, and what it says now. */
export const InInbox = ({ onward, id, sayable, own, problems, typed, ...request }: InInboxProps) => {
  const { serviceName, reference, askedBy, now } = request
  const stands = standingOf(onward.state)
  return (
    <Page
      title="A referral to you"
      caption={`${serviceName}, reference ${reference}`}
      lede={ledeOf(askedBy, request.areaName)}
      back={{ href: '/inbox', label: 'Inbox' }}
      actions={<Tag colour={states[onward.state].colour}>{stands}</Tag>}
      problems={problems}
      width="reading"
    >
      <AboutThem parts={request.parts} />
      <Meets {...request} />
      <h2 className="nhsuk-heading-m">Your answer</h2>
      <Form
        action={`/inbox/${onward.id}`}
        fields={{ id }}
        edits={{ version: onward.version, now: <p>It stands at: {stands}</p> }}
        {...{ problems, typed }}
      >
        <SaidFields
          label={own.length > 0 ? 'What has happened since?' : 'Can you help?'}
          sayable={sayable}
          as="label"
        />
        <TextArea name="note" label="Anything to add (optional)" hint={noteHint} rows={3} maximum={1000} />
        <Button>Send your answer</Button>
      </Form>
      <Said own={own} now={now} />
      <WhomToRing askedBy={askedBy} />
    </Page>
  )
}

const noteHint = 'When you can start, or what you need to know first. The person may read what you write.'

const ledeOf = (askedBy: string, areaName: string) =>
  `${askedBy} of ${areaName} would like to refer somebody to you. They have seen and agreed to everything that stands here.`

const standingOf = (state: State) => asRead[state] ?? states[state].label

const Said = ({ own, now }: Pick<InInboxProps, 'own' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">What you have said</h2>
    <Timeline
      empty="Nothing yet. Whoever sent them sees that you have read it."
      happenings={own.toReversed().map((one) => ({
        ...{ key: one.id, what: whatHappened(one), when: inWords(one.at, now), moment: one.at.toString() },
        ...{ by: one.byName ?? (one.how === 'email' ? 'by email' : 'by your link'), text: <Details {...one} /> },
      }))}
    />
  </>
)

const Details = ({ onDay, place, sessions, note }: Own) => (
  <>
    {onDay ? <p>Day: {longDay(onDay)}</p> : null}
    {place ? <p>Place in the queue: {place}</p> : null}
    {sessions ? <p>{sessions === 1 ? 'Once' : `${sessions} times`}</p> : null}
    {note ? <p className="ww-words">{note}</p> : null}
  </>
)
