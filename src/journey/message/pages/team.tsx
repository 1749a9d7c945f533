import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { channels } from '#platform/notify/rules.ts'
import type { Addressed } from '#journey/invitation/rules.ts'
import { type Place, writtenPlace } from '#journey/timeline/rules.ts'
import { mayTakeBack, mostWords, type Notice, unsettledOf, type Written } from '#journey/message/rules.ts'

export type ConversationProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    /** Whether this reader may write at all; who may only read sees what was written. */
    mayEdit: boolean
    reasons: readonly string[]
    shown: readonly Written[]
    older: Place | undefined
    before: Place | undefined
    notice: Readonly<{ shows: Notice; to: Addressed | undefined }>
    coachName: string | null
    /** Where what they wrote waits for an answer. */
    waits: string
    now: Temporal.Instant
  }>

/** What a person and the team wrote to each other, and the box to write in. */
export const Conversation = (props: ConversationProps) => {
  const { person, reasons, mayEdit, problems } = props
  return (
    <Page
      title="Messages"
      caption={person.name}
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={problems}
    >
      <Beside beside={<HowItWorks {...props} />}>
        <Waiting {...props} />
        {!mayEdit ? null : reasons.length > 0 ? <NotNow {...props} /> : <Write {...props} />}
        <Thread {...props} />
      </Beside>
    </Page>
  )
}

const addressOf = ({ person }: ConversationProps) => `/people/${person.id}/messages`

/** Which of what the person wrote the reader has seen: what came since is not put aside unread. */
const Seen = ({ shown }: Pick<ConversationProps, 'shown'>) =>
  unsettledOf(shown).map(({ id }) => <input key={id} type="hidden" name="seen" value={id} />)

const Waiting = (props: ConversationProps) => {
  const first = unsettledOf(props.shown).at(-1)
  if (!first || !props.mayEdit) return null
  return (
    <Inset>
      <p>
        <strong>
          {props.person.name} wrote {inWords(first.at, props.now)} and waits for an answer.
        </strong>{' '}
        {props.waits}
      </p>
      <Form action={`${addressOf(props)}/settlement`} className="ww-button-form">
        <Seen {...props} />
        <Button secondary small>
          No answer is needed
        </Button>
      </Form>
    </Inset>
  )
}

const NotNow = ({ reasons, person }: ConversationProps) => (
  <Inset>
    {reasons.map((reason) => (
      <p key={reason}>{reason}</p>
    ))}
    <p>
      <a href={`/people/${person.id}/agreements/new`}>Record what they say</a>
    </p>
  </Inset>
)

const Write = (props: ConversationProps) => (
  <Form
    action={addressOf(props)}
    problems={props.problems}
    typed={props.typed}
    fields={{ id: props.id }}
    draft
    className="ww-write"
  >
    <Seen {...props} />
    <TextArea
      name="words"
      label={`Write to ${props.person.name}`}
      hint="Plain and short. Leave out what nobody else may see if they pick up the phone."
      rows={5}
      maximum={mostWords}
    />
    <Tick name="asks" label="I need an answer" hint="It stays on their coach’s day until they write back." />
    <Button>Send</Button>
  </Form>
)

const HowItWorks = ({ notice, person, coachName, reasons }: ConversationProps) => (
  <Card heading="How this reaches them">
    {reasons.length > 0 ? <p>Nothing is sent at the moment.</p> : <ReachesThem {...notice} />}
    <p>{person.name} reads and answers in their own space, and sees when you read what they wrote.</p>
    <p>
      {coachName === null
        ? 'Nobody coaches them yet, so they cannot write to us here.'
        : `What they write comes to ${coachName}, and to whoever covers for them.`}
    </p>
    <p>Messages are not for anything urgent. Where you are worried about somebody, ring them.</p>
  </Card>
)

const ReachesThem = ({ shows, to }: ConversationProps['notice']) => {
  if (!to)
    return (
      <p>
        <strong>Nothing tells them that there is a message.</strong> No text or email is safe and wanted. They see it
        when they next open their space.
      </p>
    )
  const by = channels[to.channel].label.toLowerCase()
  return shows === 'notice' ? (
    <p>
      Ten minutes after you send it they are told by {by} that there is a message, and not a word of it. Until they have
      read it you can take it back.
    </p>
  ) : (
    <p>
      They chose to have <strong>the words themselves</strong> sent by {by}. They go ten minutes after you send them;
      until then you can take them back.
    </p>
  )
}

const Thread = (props: ConversationProps) => {
  const { shown, older, before, now, person } = props
  const address = addressOf(props)
  return (
    <>
      <h2 className="nhsuk-heading-m">What was written</h2>
      <Timeline
        happenings={shown.map((one) => ({
          key: one.id,
          what: one.fromPerson ? <strong>{person.name}</strong> : (one.by ?? 'The team'),
          when: inWords(one.at, now),
          moment: one.at.toString(),
          by: one.way === 'text' ? 'by text' : undefined,
          text: <Words {...one} now={now} />,
          tag: tagOf(one),
          actions: props.mayEdit && mayTakeBack(one) ? <TakeBack {...one} /> : undefined,
        }))}
        empty={before ? 'Nothing came before this.' : 'What you and they write to each other will stand here.'}
      />
      <NewerOlder
        newer={before ? address : undefined}
        older={older ? `${address}?before=${encodeURIComponent(writtenPlace(older))}` : undefined}
        newerLabel="Newest"
        olderLabel="Earlier"
      />
    </>
  )
}

const Words = ({ words, now, ...one }: Written & { now: Temporal.Instant }) => (
  <>
    <p className="ww-words">{words}</p>
    <p className="ww-aside">{readInWords(one, now)}</p>
  </>
)

function readInWords({ fromPerson, way, readAt, readBy, takenBackAt }: Omit<Written, 'words'>, now: Temporal.Instant) {
  if (takenBackAt) return `Taken back ${inWords(takenBackAt, now)}: they do not see it`
  if (way === 'text') return ''
  if (readAt === null) return 'Not read yet'
  return fromPerson ? `Read ${inWords(readAt, now)} by ${readBy ?? 'the team'}` : `They read it ${inWords(readAt, now)}`
}

function tagOf(one: Written) {
  if (one.takenBackAt) return { label: 'Taken back', colour: 'grey' } as const
  if (one.fromPerson) return one.settled ? undefined : ({ label: 'Waits for an answer', colour: 'orange' } as const)
  return one.asks ? ({ label: 'Asks for an answer', colour: 'blue' } as const) : undefined
}

const TakeBack = ({ id }: Pick<Written, 'id'>) => (
  <Form action={`/messages/${id}/withdrawal`} className="ww-button-form">
    <button type="submit" className="ww-link-button">
      Take it back
    </button>
  </Form>
)
