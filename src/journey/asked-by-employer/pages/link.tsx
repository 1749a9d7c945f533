import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Panel, TickList } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { employeeAnswers } from '#journey/asked-by-employer/rules.ts'

type DecideProps = Readonly<{
  areaName: string
  action: string
  employerName: string
  organisation: string
}>

/** What an employee reads behind their link, and the three things they can do. */
export const Decide = ({ areaName, action, employerName, organisation }: DecideProps) => (
  <Page
    title="It is your choice"
    caption={areaName}
    lede="A Work and Health Coach listens to what stands in the way, makes a plan with you, and helps you get what you need."
  >
    <p>
      <Said
        text="{name} of {organisation} told us your name and how to write to you. They say that you agreed to it."
        with={{ name: employerName, organisation }}
      />
    </p>
    <Promises organisation={organisation} />
    <p>
      <Said
        text="If you go on, a short form asks how to reach you and what would help. Once you send it, our team sees that {organisation} told us of you."
        with={{ organisation }}
      />
    </p>
    <p>
      <Said text="If you say no, we delete your name and your address at once. If you do nothing, we delete them after 14 days." />
    </p>
    <Answers action={action} />
  </Page>
)

const Promises = ({ organisation }: Readonly<{ organisation: string }>) => (
  <TickList>
    <li>
      <Said text="We do not tell {organisation} what you do, neither a yes nor a no." with={{ organisation }} />
    </li>
    <li>
      <Said text="Nobody of our team knows of you before you send us a request yourself." />
    </li>
    <li>
      <Said text="It is free." />
    </li>
    <li>
      <Said text="It does not affect your benefits." />
    </li>
  </TickList>
)

const Answers = ({ action }: Readonly<{ action: string }>) => (
  <Form action={action}>
    <ButtonGroup>
      <Button name="answer" value="yes">
        {employeeAnswers.yes.label}
      </Button>
      <Button name="answer" value="no" secondary>
        {employeeAnswers.no.label}
      </Button>
    </ButtonGroup>
    <Button name="answer" value="never" secondary small>
      {employeeAnswers.never.label}
    </Button>
  </Form>
)

type DeletedProps = Readonly<{ area: string; areaName: string; never: boolean }>

/** Said to somebody who does not want it. */
export const Deleted = ({ area, areaName, never }: DeletedProps) => (
  <Page title="We have deleted it" heading={false}>
    <Panel heading="We have deleted it" />
    <p>
      <Said text="Your name and your address are not kept here any more, and your employer is not told." />
    </p>
    {never ? (
      <p>
        <Said text="We do not write to you again because an employer asks." />
      </p>
    ) : null}
    <p>
      <Said text="If you ever want help, you can ask for it yourself." />
    </p>
    <p>
      <a href={`/in/${area}`}>
        <Said text="Back to {area}" with={{ area: areaName }} />
      </a>
    </p>
  </Page>
)
