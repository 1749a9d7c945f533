import { Panel } from '#platform/html/content.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
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
    <p>{refusals[why].text}</p>
    {purpose === undefined ? null : <p>It was for: {purpose}.</p>}
    {asked ? <p>A new link was asked for today. The team will send it in the way they have agreed with you.</p> : null}
    {askAt === undefined ? null : (
      <>
        <h2 className="nhsuk-heading-m">Ask for a new link</h2>
        <p>
          The team will be told that you would like one. They send it only to the phone number or address they already
          have.
        </p>
        <Form action={askAt}>
          <Button>Ask for a new link</Button>
        </Form>
      </>
    )}
    <Ring />
  </Page>
)

/** That a new link was asked for, and what happens then. */
export const LinkAsked = () => (
  <Page title="You have asked for a new link" heading={false}>
    <Panel heading="You have asked for a new link">The team has been told.</Panel>
    <h2 className="nhsuk-heading-m">What happens next</h2>
    <p>They will send it to the phone number or address they already have. You can close this page.</p>
    <Ring />
  </Page>
)

const Ring = () => {
  const { area } = useShell()
  if (!area?.phone) return <p>You can also ask whoever gave you the link.</p>
  return (
    <p>
      You can also ring {area.name}: <PhoneLink number={area.phone} />
    </p>
  )
}
