import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { isFetchable, isOpen } from '#journey/copy/rules.ts'
import type { Request } from './looking.tsx'

export type OwnRequest = Pick<Request, 'id' | 'askedOn' | 'dueOn' | 'releasedAt' | 'closedAt' | 'way' | 'untilOn'> &
  Pick<Request, 'longerBecause'>

type OwnCopyProps = FormState & Readonly<{ id: string; newest: OwnRequest | undefined; today: Temporal.PlainDate }>

/** A person asking for a copy of everything we keep about them, and fetching it. */
export const OwnCopy = (props: OwnCopyProps) => {
  const { newest, problems } = props
  const waits = newest !== undefined && isOpen(newest)
  return (
    <Page
      title="A copy of your record"
      back={{ href: '/my', label: 'Home' }}
      lede="You can have a copy of everything we keep about you. It is free, and you do not have to say why."
      problems={problems}
    >
      {newest && waits ? <Waits {...newest} /> : null}
      {newest?.releasedAt ? <Given {...newest} today={props.today} /> : null}
      {waits ? null : <Ask {...props} />}
      <WhatIsInIt />
      <TakeElsewhere />
    </Page>
  )
}

const Waits = ({ id, askedOn, dueOn, longerBecause }: OwnRequest) => {
  const say = useSay()
  return (
    <Card tone="accent" heading="You asked for a copy">
      <p>
        {say('You asked on {asked}. You will have it by {due}.', { asked: say.day(askedOn), due: say.day(dueOn) })}{' '}
        <Said text="Somebody of our team reads it first, so that nothing about other people is in it." />
      </p>
      {longerBecause === null ? null : (
        <>
          <p>{say('It takes us longer than a month. Why: {why}', { why: longerBecause })}</p>
          <p>
            <Said text="If you do not agree with this, tell us. You can also complain to the Information Commissioner’s Office: 0303 123 1113." />
          </p>
        </>
      )}
      <ButtonForm action="/my/copy/withdrawal" fields={{ request: id }} secondary>
        I do not want it any more
      </ButtonForm>
    </Card>
  )
}

const Given = ({ id, way, untilOn, today }: OwnRequest & Readonly<{ today: Temporal.PlainDate }>) => {
  const say = useSay()
  if (way !== 'space' || untilOn === null)
    return (
      <Card heading="Your copy">
        <p>
          <Said text="We gave you your copy on paper. You can ask for another one." />
        </p>
      </Card>
    )
  if (!isFetchable({ way, untilOn }, today))
    return (
      <Card heading="Your copy">
        <p>
          {say('Your copy could be read here until {day}. You can ask for another one.', { day: say.day(untilOn) })}
        </p>
      </Card>
    )
  return (
    <Card tone="accent" heading="Your copy is ready">
      <p>
        {say('You can read it here until {day}. If you keep it on a phone or print it, others may find it.', {
          day: say.day(untilOn),
        })}
      </p>
      <ButtonGroup>
        <LinkButton href={`/my/copy/${id}`}>Read or print it</LinkButton>
        <LinkButton href={`/my/copy/${id}/file`} secondary>
          Save it as a file for computers (JSON)
        </LinkButton>
      </ButtonGroup>
    </Card>
  )
}

const Ask = ({ id, problems, typed }: OwnCopyProps) => {
  const { area } = useShell()
  return (
    <Form action="/my/copy" problems={problems} typed={typed} fields={{ id }}>
      <TextArea
        name="note"
        label="Anything we should know about the copy (optional)"
        hint="For example that you only want a part of it, or need it in large print or on paper."
        rows={3}
        maximum={1000}
      />
      <Button>Ask for a copy</Button>
      {area?.phone ? (
        <p>
          <Said text="You can also ask by phone: {phone}" with={{ phone: <PhoneLink number={area.phone} /> }} />
        </p>
      ) : null}
    </Form>
  )
}

const TakeElsewhere = () => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Taking your request to another service" />
    </h2>
    <p>
      <Said text="You can save what you told us about yourself as a file. Another service can read it into its computer, so that you need not tell it again. Give it only to a service you trust." />
    </p>
    <LinkButton href="/my/request.json" secondary>
      Save it as a file for computers (FHIR)
    </LinkButton>
  </>
)

const WhatIsInIt = () => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="What is in it" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {inIt.map((text) => (
        <li key={text}>
          <Said text={text} />
        </li>
      ))}
    </ul>
    <p>
      <Said text="Is something in your record wrong?" />{' '}
      <a href="/my/corrections">
        <Said text="Tell us what is wrong" />
      </a>
    </p>
  </>
)

const inIt = [
  'What you told us about yourself and how to reach you.',
  'What we talked about, your plan, your appointments and your messages.',
  'What you agreed to, and who has opened your record.',
  'Not in it: what is about other people, or what could do serious harm. The law lets us leave that out.',
]
