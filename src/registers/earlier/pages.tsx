import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Differences } from '#platform/html/differences.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'

type EarlierProps = FormState &
  Readonly<{
    name: string
    /** Where it stands, and where this form goes. */
    back: string
    action: string
    /** When the version was said, in words. */
    when: string
    version: number
    differences: readonly Readonly<{ label: string; before: string | null; after: string | null }>[]
  }>

/** Goes back to what was said in an earlier version, with the reason. */
export const GoBack = ({ name, back, action, when, version, differences, problems, typed }: EarlierProps) => {
  const changes = <Differences differences={differences} />
  return (
    <Page
      title="Go back to an earlier version"
      caption={name}
      lede={`It would say again what it said ${when}.`}
      back={{ href: back, label: 'What was changed' }}
      problems={problems}
      width="reading"
    >
      {differences.length === 0 ? (
        <>
          <p>It says all of this now. There is nothing to go back to.</p>
          {typed['reason'] ? <p>You wrote, and it was not kept: {typed['reason']}</p> : null}
        </>
      ) : (
        <>
          <h2 className="nhsuk-heading-m">What would be said differently</h2>
          {changes}
          <Form action={action} edits={{ version, now: changes }} {...{ problems, typed }}>
            <TextField name="reason" label="Why?" hint="Stands in the history. What is said now stays there too" />
            <Button>Go back to this version</Button>
          </Form>
        </>
      )}
    </Page>
  )
}
