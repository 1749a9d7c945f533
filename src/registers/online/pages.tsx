import { clock, dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { calledName, type Person } from '#registers/people/rules.ts'
import { type Closing, closingInWords, closingReasons, type LastTime, wayInWords } from './rules.ts'

/** That a participant has signed out, and how they come back. */
export const SignedOut = ({ signInAt }: Readonly<{ signInAt: string }>) => (
  <Page title="You have signed out">
    <p>
      <Said text="Nobody can see your pages from this phone or computer until you sign in again." />
    </p>
    <LinkButton href={signInAt}>Sign in again</LinkButton>
  </Page>
)

type AccessProps = FormState &
  Readonly<{ person: Person; closing: Closing | undefined; lastTime: LastTime | undefined; mayEdit: boolean }>

/** Whether a person may sign in as themselves, for whoever works with them. */
export const OnlineAccess = ({ person, closing, lastTime, mayEdit, problems, typed }: AccessProps) => (
  <Page
    title="Signing in online"
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
    problems={problems}
    width="reading"
  >
    <p>
      {lastTime
        ? `They last signed in on ${longDay(dayOf(lastTime.at))} at ${clock(lastTime.at)}, ${wayInWords(lastTime.way)}.`
        : 'They have not signed in yet.'}
    </p>
    {closing ? <Closed {...{ person, closing, mayEdit }} /> : <Open {...{ person, problems, typed, mayEdit }} />}
  </Page>
)

const Closed = ({ person, closing, mayEdit }: Pick<AccessProps, 'person' | 'mayEdit'> & { closing: Closing }) => (
  <>
    <Inset>
      <p>
        Nobody can sign in as this person. {closing.by} closed it on {longDay(dayOf(closing.at))}:{' '}
        {closingInWords(closing.reason)}.
      </p>
      {closing.note ? <p>{closing.note}</p> : null}
    </Inset>
    <p>Whoever tries is told nothing of this: the page says the same as for somebody we do not know.</p>
    {mayEdit ? (
      <ButtonForm action={`/people/${person.id}/online/lifting`} secondary>
        Let them sign in again
      </ButtonForm>
    ) : null}
  </>
)

const Open = ({ person, problems, typed, mayEdit }: FormState & Pick<AccessProps, 'person' | 'mayEdit'>) => (
  <>
    <p>
      They can sign in and see their own appointments, plan and messages. A code is sent only to a mobile number or
      email address of theirs that is safe and wanted.
    </p>
    {mayEdit ? (
      <>
        <h2 className="nhsuk-heading-m">No access online</h2>
        <p>
          Close it where somebody else could see what they see. From that moment nobody can sign in as them, and no code
          is sent. No message goes to them that carries a link or leads to their pages: tell them by phone or in person.
          Calls, letters and messages that only say when you meet go on as before.
        </p>
        <Form action={`/people/${person.id}/online`} problems={problems} typed={typed}>
          <RadiosFrom name="reason" label="Why is it closed?" list={closingReasons} />
          <TextArea name="note" label="What others who work with them should know (optional)" rows={3} maximum={1000} />
          <Button warning>Close their access</Button>
        </Form>
      </>
    ) : null}
  </>
)
