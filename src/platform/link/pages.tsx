import { Panel } from '#platform/html/content.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { type Refusal, refusals } from './rules.ts'

type RefusedProps = Readonly<{
  why: Refusal
  /** What the link was for, where it is known. */
  purpose: string | undefined
  /** Where a new link is asked for; undefined where only a call helps. */
  askAt: string | undefined
  /** Whether one was asked for within the last day. */
  asked: boolean
}>

/** A link that does not open: why, and how to go on. */
export const LinkRefused = ({ why, purpose, askAt, asked }: RefusedProps) => (
  <Page title={refusals[why].title}>
    <p>
      <Said text={refusals[why].text} />
    </p>
    {purpose === undefined ? null : (
      <p>
        <ItWasFor purpose={purpose} />
      </p>
    )}
    {asked ? (
      <p>
        <Said text="A new link was asked for today. The team will send it in the way they have agreed with you." />
      </p>
    ) : null}
    {askAt === undefined ? null : (
      <>
        <h2 className="nhsuk-heading-m">
          <Said text="Ask for a new link" />
        </h2>
        <p>
          <Said text="The team will be told that you would like one. They send it only to the phone number or address they already have." />
        </p>
        <Form action={askAt}>
          <Button>Ask for a new link</Button>
        </Form>
      </>
    )}
    <Ring />
  </Page>
)

function ItWasFor({ purpose }: { purpose: string }) {
  const say = useSay()
  return say('It was for: {purpose}.', { purpose: say(purpose) })
}

/** That a new link was asked for, and what happens then. */
export const LinkAsked = () => (
  <Page title="You have asked for a new link" heading={false}>
    <Panel heading="You have asked for a new link">
      <Said text="The team has been told." />
    </Panel>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens next" />
    </h2>
    <p>
      <Said text="They will send it to the phone number or address they already have. You can close this page." />
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
