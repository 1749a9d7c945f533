import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState, Inset, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { CrisisWords, PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { beginning } from '#platform/html/lists.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { AsTyped, Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import type { Say } from '#platform/language/say.ts'
import { type Place, writtenPlace } from '#journey/timeline/rules.ts'
import { mostWords, type Notice, notices, type Written } from '#journey/message/rules.ts'

/** Who reads what a person writes, and when. */
export type ReadBy = Readonly<{
  /** Null where their coach may not open the record. */
  coach: string | null
  /** Who reads it while the coach is away, and on which day the coach is back. */
  away: Readonly<{ cover: string; backOn: Temporal.PlainDate }> | undefined
  from: string
  until: string
}>

export type OwnMessagesProps = FormState &
  Readonly<{
    id: string
    /** The service of the directory that they came to ask about. */
    asks?: string | undefined
    /** Undefined where nobody is there to read it. */
    readBy: ReadBy | undefined
    shown: readonly Written[]
    older: Place | undefined
    before: Place | undefined
    shows: Notice
    now: Temporal.Instant
  }>

/** A person's messages with their coach, on a phone as likely as not. */
export const OwnMessages = (props: OwnMessagesProps) => (
  <Page title="Messages" problems={props.problems}>
    {props.readBy ? <Write {...props} readBy={props.readBy} /> : <NobodyThere />}
    <Thread {...props} />
    <WhatWeTell {...props} />
  </Page>
)

const NobodyThere = () => {
  const { area } = useShell()
  return (
    <Inset>
      <p>
        <Said text="You cannot write to us here at the moment, because no coach looks after you." />
      </p>
      {area?.phone ? (
        <p>
          <Said text="To talk to us, call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} />
        </p>
      ) : null}
    </Inset>
  )
}

const Write = ({ id, readBy, problems, typed, asks }: OwnMessagesProps & Readonly<{ readBy: ReadBy }>) => {
  const say = useSay()
  const { area } = useShell()
  const { coach, away, from, until } = readBy
  return (
    <>
      <p>
        {coach === null
          ? say('Our team reads what you write here.')
          : away
            ? say('{coach} is away until {day}. {cover} reads what you write here.', {
                ...{ coach, cover: away.cover, day: say.day(away.backOn) },
              })
            : say('{coach}, your coach, reads what you write here.', { coach })}{' '}
        {say('Messages are read on working days between {from} and {until}. You may have to wait for an answer.', {
          ...{ from, until },
        })}
      </p>
      <WarningCallout heading="Not for emergencies">
        <p>
          <Said text="Nobody reads messages at night, at weekends or on bank holidays. If you need help now, do not wait for an answer." />
        </p>
        {area?.crisisText ? (
          <p>
            <CrisisWords />
          </p>
        ) : (
          <NationalHelp />
        )}
      </WarningCallout>
      <Form action="/my/messages" problems={problems} typed={typed} fields={{ id }} draft>
        <Words asks={asks} />
        <Button>Send</Button>
      </Form>
    </>
  )
}

const Words = ({ asks }: Pick<OwnMessagesProps, 'asks'>) => {
  const say = useSay()
  const begun = asks === undefined ? '' : say('I would like to ask you about this service: {name}', { name: asks })
  return <TextArea name="words" label="Your message" rows={5} maximum={mostWords} value={begun} />
}

const NationalHelp = () => (
  <p>
    <Said
      text="If your life is at risk, call {emergency}. For urgent mental health help, call {urgent} and choose option 2. To talk to Samaritans at any time, call {samaritans}."
      with={{
        emergency: <PhoneLink number="999" />,
        urgent: <PhoneLink number="111" />,
        samaritans: <PhoneLink number="116 123" />,
      }}
    />
  </p>
)

const Thread = ({ shown, older, before, now }: OwnMessagesProps) => {
  const say = useSay()
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="What was written" />
      </h2>
      {shown.length === 0 ? (
        <EmptyState>
          {before ? 'Nothing came before this.' : 'What you and your coach write to each other will stand here.'}
        </EmptyState>
      ) : (
        shown.map((one) => (
          <Card
            key={one.id}
            level={3}
            tone={one.fromPerson ? 'quiet' : 'accent'}
            heading={one.fromPerson ? say('You') : (one.by ?? say('Your coach'))}
          >
            <p className="ww-words">
              <AsTyped>{one.words}</AsTyped>
            </p>
            <p className="ww-aside">
              {beginning(say.inWords(one.at, now))}
              {one.fromPerson ? `, ${howItStands(one, say, now)}` : ''}
            </p>
          </Card>
        ))
      )}
      <NewerOlder
        newer={before ? '/my/messages' : undefined}
        older={older ? `/my/messages?before=${encodeURIComponent(writtenPlace(older))}` : undefined}
        newerLabel="Newest"
        olderLabel="Earlier"
      />
    </>
  )
}

function howItStands({ way, readAt }: Written, say: Say, now: Temporal.Instant): string {
  if (way === 'text') return say('by text')
  return readAt ? say('read {when}', { when: say.inWords(readAt, now) }) : say('not read yet')
}

const WhatWeTell = ({ shows }: OwnMessagesProps) => (
  <Details summary="How we tell you that there is a message">
    <p>
      <Said text="We send a text or an email, in the way you said is safe. Choose what it says." />
    </p>
    <Form action="/my/messages/notice">
      <RadiosFrom name="shows" label="What should it say?" list={notices} value={shows} />
      <Button secondary>Save</Button>
    </Form>
  </Details>
)
