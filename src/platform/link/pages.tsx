import { NotKept, Panel } from '#platform/html/content.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { type Refusal, refusals } from './rules.ts'

/** Who sends a new link: the service by itself, to where the first one went, or the team when it has looked. */
export type AskedOf = 'sending' | 'team'

type RefusedProps = Readonly<{
  why: Refusal
  /** What the link was for, where it is known. */
  purpose: string | undefined
  /** Where a new link is asked for and how it comes; undefined where only a call helps. */
  ask: Readonly<{ at: string; by: AskedOf }> | undefined
  /** Whether one was asked for within the last day. */
  asked: boolean
  /** Whether it is opened by somebody at their work, who asks nothing for themselves. */
  atWork?: boolean | undefined
  /** Whether the person themselves gave it to its reader. */
  passedOn?: boolean | undefined
  /** What its reader wrote and sent, which was not taken. */
  words?: readonly string[]
}>

/** A link that does not open: why, and how to go on. */
export const LinkRefused = ({
  why,
  purpose,
  ask,
  asked,
  atWork = false,
  passedOn = false,
  words = [],
}: RefusedProps) => (
  <Page title={refusals[why].title} atWork={atWork}>
    <p>
      <Said text={refusals[why].text} />
    </p>
    {words.length === 0 ? null : <NotKept words={words} />}
    {purpose === undefined ? null : (
      <p>
        <ItWasFor purpose={purpose} />
      </p>
    )}
    {asked ? (
      <p>
        <Said text="A new link was asked for today. It is sent to the address or number that we already have." />
      </p>
    ) : null}
    {ask === undefined ? null : <AskForAnother {...ask} />}
    {passedOn ? (
      <p>
        <Said text="Only the person who gave you this link can give you a new one. Ask them." />
      </p>
    ) : (
      <Ring />
    )}
  </Page>
)

const AskForAnother = ({ at, by }: NonNullable<RefusedProps['ask']>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Ask for a new link" />
    </h2>
    <p>
      <Said text={howItComes[by]} />
    </p>
    <Form action={at}>
      <Button>Ask for a new link</Button>
    </Form>
  </>
)

/** That what was sent by a link has arrived, where the link itself is closed since. */
export const LinkAnswered = ({ atWork = false }: Readonly<{ atWork?: boolean | undefined }>) => (
  <Page title="We have what you sent" atWork={atWork}>
    <p>
      <Said text="It reached us, once. You need do nothing more, and can close this page." />
    </p>
    <Ring />
  </Page>
)

const howItComes: Readonly<Record<AskedOf, string>> = {
  sending: 'We send it only to the email address or phone number that this link was sent to.',
  team: 'The team will be told that you would like one. They send it only to the phone number or address they already have.',
}

const whatHappens: Readonly<Record<AskedOf, Readonly<{ done: string; next: string }>>> = {
  sending: {
    done: 'It is on its way.',
    next: 'It goes to the email address or phone number that the first link was sent to. You can close this page.',
  },
  team: {
    done: 'The team has been told.',
    next: 'They will send it to the phone number or address they already have. You can close this page.',
  },
}

function ItWasFor({ purpose }: { purpose: string }) {
  const say = useSay()
  return say('It was for: {purpose}.', { purpose: say(purpose) })
}

/** That a new link was asked for, and what happens then. */
export const LinkAsked = ({ by, atWork = false }: Readonly<{ by: AskedOf; atWork?: boolean | undefined }>) => (
  <Page atWork={atWork} title="You have asked for a new link" heading={false}>
    <Panel heading="You have asked for a new link">
      <Said text={whatHappens[by].done} />
    </Panel>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens next" />
    </h2>
    <p>
      <Said text={whatHappens[by].next} />
    </p>
    <Ring />
  </Page>
)

const Ring = () => {
  const { area } = useShell()
  if (!area?.phone)
    return (
      <p>
        <Said text="You can also ask whoever gave you the link." />
      </p>
    )
  return (
    <p>
      <Said
        text="You can also ring {area}: {phone}"
        with={{ area: area.name, phone: <PhoneLink number={area.phone} /> }}
      />
    </p>
  )
}
