import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Email, senderOf } from '#journey/emailed-answer/rules.ts'
import { type State, states } from '#journey/onward/rules.ts'
import { heardFrom, type Saying } from '#journey/onward-answer/rules.ts'
import { SaidFields } from './fields.tsx'

type HeardProps = FormState &
  Readonly<{
    onward: Readonly<{ id: string; serviceName: string; state: State; version: number }>
    person: Readonly<{ id: string; name: string }>
    sayable: readonly Saying[]
    id: string
    /** The email of which it is said what it means; undefined where it was heard otherwise, or somebody has dealt with it. */
    email: Email | undefined
  }>

/** Writes down what the team heard of an onward referral, and from whom. */
export const Heard = ({ onward, person, sayable, id, email, problems, typed }: HeardProps) => (
  <FormPage
    title={email ? 'Keep what they wrote' : 'Write down what you heard'}
    caption={`${person.name}: ${onward.serviceName}`}
    back={{ href: `/onward/${onward.id}` }}
    action={`/onward/${onward.id}/happenings`}
    fields={{ id, ...(email ? { email: email.id } : {}) }}
    edits={{ version: onward.version, now: <p>It stands at: {states[onward.state].label}</p> }}
    width="reading"
    {...{ problems, typed }}
  >
    {email && !email.known ? <NotKnown service={onward.serviceName} /> : null}
    {email ? <Written {...email} /> : null}
    {typed['email'] && !email ? <DealtWith /> : null}
    <RadiosFrom name="witness" label="Who says so?" list={heardFrom} />
    <SaidFields label="What happened?" sayable={sayable} as="heard" />
    <TextField
      name="byName"
      label={email?.known ? 'Who wrote it? (optional)' : 'Whom did you talk to there? (optional)'}
      width={20}
    />
    <TextArea name="note" label="What they said (optional)" rows={3} maximum={1000} />
    <Button>{email ? 'Keep it' : 'Write it down'}</Button>
  </FormPage>
)

const NotKnown = ({ service }: Readonly<{ service: string }>) => (
  <WarningCallout heading="From an address that we do not know">
    <p>Anybody can have written it. Ring {service} first, and enter below whom you talked to there.</p>
  </WarningCallout>
)

const Written = (email: Email) => (
  <>
    <Inset>
      <p>
        {senderOf(email)} wrote{email.words === null ? ' an email that is larger than we read.' : ':'}
      </p>
      {email.words === null ? null : <p className="ww-words">{email.words}</p>}
    </Inset>
    <p>
      Keep of it what belongs on the record, and no more: the person may read what they said. The email itself is
      deleted after some weeks.
    </p>
  </>
)

const DealtWith = () => (
  <Inset>
    <p>Somebody has dealt with the email meanwhile. What you keep now is kept without it.</p>
  </Inset>
)
