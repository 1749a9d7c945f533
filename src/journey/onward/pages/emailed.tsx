import { inWords, longDay } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset, WarningCallout } from '#platform/html/content.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { type Email, readings, senderOf, waits } from '#journey/emailed-answer/rules.ts'
import { declines, isHearable, mayFollow, type State } from '#journey/onward/rules.ts'
import type { OneProps } from './shown.tsx'

/** What came by email and waits for a coach to say what it is: nothing of it is believed before. */
export const Emails = (props: OneProps) =>
  props.emails
    .filter(waits)
    .map((email) =>
      email.kind === 'answer' ? (
        <Answered key={email.id} {...props} email={email} />
      ) : (
        <NotArrived key={email.id} {...props} email={email} />
      ),
    )

type One = OneProps & Readonly<{ email: Email }>

const Answered = ({ email, onward, person, now }: One) => (
  <Card heading={email.known ? 'The service wrote an email' : 'An email came about this'}>
    <p>
      {senderOf(email)}, {inWords(email.cameAt, now)}
    </p>
    <Written {...email} />
    {email.known ? null : <NotKnown service={onward.serviceName} />}
    {isHearable(onward.state) ? (
      <p>{readAs(email, onward.state)} Nothing is kept before you say so.</p>
    ) : (
      <p>Nothing more can be kept of this referral. If they have begun, ring the service.</p>
    )}
    {person.mayEdit ? <Deciding email={email} onward={onward} /> : null}
  </Card>
)

const Written = ({ words, whole, files }: Email) => (
  <>
    {words === null ? null : (
      <Inset>
        <p className="ww-words">{words === '' ? 'They wrote no words.' : words}</p>
      </Inset>
    )}
    {whole ? null : (
      <p>It is larger than we read. It lies in the mailbox of your area, in the folder for what was not read.</p>
    )}
    {files > 0 ? (
      <p>{files === 1 ? '1 file came with it and lies' : `${files} files came with it and lie`} in the mailbox.</p>
    ) : null}
  </>
)

const NotKnown = ({ service }: Readonly<{ service: string }>) => (
  <WarningCallout heading="From an address that we do not know">
    <p>No link went there, and it is not on the listing of {service}. Ring the service before you keep what it says.</p>
  </WarningCallout>
)

function readAs({ reads, readsReason, readsDay }: Email, state: State): string {
  if (reads === null) return 'We could not read it as one of the words we asked for: say what it means.'
  const reason = Object.entries(declines).find(([code]) => code === readsReason)?.[1].label
  const beside = [reason && `“${reason}”`, readsDay && longDay(readsDay)].filter(Boolean)
  const read = `We read it as: ${[readings[reads].label, ...beside].join(', ')}.`
  return mayFollow(reads, state) ? read : `${read} That does not fit what has been kept since: ring them if it matters.`
}

const Deciding = ({ email, onward }: Pick<One, 'email' | 'onward'>) => {
  const at = `/onward/${onward.id}`
  const form = `${at}/happenings/new?email=${email.id}`
  const reading = `${at}/emails/${email.id}/reading`
  if (!isHearable(onward.state))
    return (
      <ButtonForm action={reading} small>
        I have read it
      </ButtonForm>
    )
  const fits = email.reads !== null && mayFollow(email.reads, onward.state)
  return (
    <ButtonGroup>
      {fits ? (
        <LinkButton href={form} small secondary={!email.known}>
          Keep this as their answer
        </LinkButton>
      ) : null}
      <LinkButton href={`${form}&unread=yes`} small secondary={fits || !email.known}>
        {email.reads === null ? 'Say what it means' : 'It says something else'}
      </LinkButton>
      <ButtonForm action={reading} small secondary>
        It is not an answer
      </ButtonForm>
    </ButtonGroup>
  )
}

const NotArrived = ({ email, onward, person, now }: One) => (
  <WarningCallout heading="The email did not arrive">
    <p>
      A mail system told us so {inWords(email.cameAt, now)}. Ring the service, and look at the address to which it went
      {onward.address === null ? '' : `: ${onward.address}`}.
    </p>
    {person.mayEdit ? (
      <ButtonForm action={`/onward/${onward.id}/emails/${email.id}/reading`} small>
        I have read it
      </ButtonForm>
    ) : null}
  </WarningCallout>
)

/** The emails that wait for nobody: what was made of each, and what machines sent by themselves. */
export const EmailsBefore = ({ emails, now }: OneProps) => {
  const before = emails.filter((email) => !waits(email)).toReversed()
  return before.length === 0 ? null : (
    <>
      <h2 className="nhsuk-heading-m">By email</h2>
      <Timeline
        empty=""
        happenings={before.map((email) => ({
          ...{
            key: email.id,
            what: becameOf(email),
            when: inWords(email.cameAt, now),
            moment: email.cameAt.toString(),
          },
          ...{ by: email.emptiedAt ? 'deleted by now' : senderOf(email), text: <Written {...email} /> },
        }))}
      />
    </>
  )
}

function becameOf({ kind, settledAs, settledBy }: Email): string {
  const by = settledBy ?? 'a member who has left'
  if (kind === 'automatic') return 'An automatic reply, which is no answer'
  if (kind === 'not-arrived') return settledAs ? `Our email did not arrive. Read by ${by}` : 'Our email did not arrive'
  if (settledAs === null) return 'An email that nobody of the team dealt with'
  return { kept: 'Kept as their answer', 'no-answer': 'No answer', read: 'Read' }[settledAs].concat(` by ${by}`)
}
