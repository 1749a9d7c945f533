import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Panel } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { helps } from '#journey/witness/rules.ts'

/**
 * Where somebody is asked. Behind a link nothing says which service it is: whoever picks up the phone reads the day on
 * which it was talked about, and nothing of anybody.
 */
export type At = Readonly<{ action: string; service: string | undefined; day: Temporal.PlainDate }>

const backOf = ({ action, service }: At) =>
  service === undefined ? {} : { back: { href: action.replace('/help', ''), label: service } }

type AskProps = FormState & Readonly<{ at: At; id: string }>

/** Did you get help? One question, and room for words of their own. */
export function DidItHelp({ at, id, problems, typed }: AskProps) {
  const say = useSay()
  return (
    <FormPage
      title="Did you get help?"
      {...(at.service === undefined ? {} : { caption: at.service })}
      {...backOf(at)}
      action={at.action}
      fields={{ id }}
      width="reading"
      {...{ problems, typed }}
    >
      <p>{say('It is about the help we talked about on {day}.', { day: say.day(at.day) })}</p>
      <p>
        <Said text="Whatever you answer, your support goes on. Your coach reads it, and the service does not." />
      </p>
      <RadiosFrom name="answer" label="How did it go?" list={helps} />
      <TextArea
        name="note"
        label="Is there something your coach should know?"
        hint="You can leave this empty."
        rows={3}
        maximum={1000}
      />
      <Button>Send</Button>
    </FormPage>
  )
}

/** That what they said has arrived. */
export const HelpSaid = ({ at }: Readonly<{ at: At }>) => (
  <Page title="Thank you for telling us" heading={false} {...backOf(at)} width="reading">
    <Panel heading={<Said text="Thank you for telling us" />} />
    <p>
      <Said text="Your coach reads it. If something is not right, your coach finds out what can be done and talks with you." />
    </p>
  </Page>
)
