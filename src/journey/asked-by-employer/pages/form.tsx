import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { UnseenField } from '#platform/html/unseen.tsx'
import { languages } from '#platform/language/rules.ts'
import { employeeWays } from '#journey/asked-by-employer/rules.ts'

type Place = Readonly<{ area: string; areaName: string; phone: string | null }>

type FormProps = FormState & Omit<Place, 'phone'> & Readonly<{ id: string }>

/** How an employer tells us of somebody who works for them: who they are, and nothing about them. */
export const ForEmployers = ({ area, areaName, id, problems, typed }: FormProps) => (
  <FormPage
    title="For employers: somebody who works for you"
    onlyInEnglish
    caption={areaName}
    lede="Tell us whom we may write to. We ask them by a link of their own, and they decide."
    back={{ href: `/in/${area}` }}
    action={`/in/${area}/for-employers`}
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    <Inset>
      <p>
        Do not tell us anything about their health. There is no field for it, and none for remarks: what they want to
        say about themselves they say to us alone.
      </p>
      <p>You hear nothing of what they do, neither a yes nor a no. That is what makes it safe for them to say yes.</p>
    </Inset>
    <Employee />
    <You />
    <Tick name="spoken" label="I have spoken with them, and they agreed that WorkWell writes to them" />
    <UnseenField />
    <Button>Ask them</Button>
  </FormPage>
)

const Employee = () => (
  <>
    <h2 className="nhsuk-heading-m">The employee</h2>
    <TextField name="givenName" label="Their first name" width={20} spellCheck={false} />
    <TextField name="familyName" label="Their last name" width={20} spellCheck={false} />
    <RadiosFrom
      name="way"
      label="How may we write to them?"
      hint="By the way that they agreed to, where nobody else at work reads it."
      list={employeeWays}
      reveal={{
        text: <TextField name="mobile" label="Their own mobile number" type="tel" width={20} />,
        email: <TextField name="email" label="Their own email address" type="email" spellCheck={false} />,
      }}
    />
    <SelectFrom
      name="language"
      label="In which language do we write to them?"
      hint="Ask them. Our pages are there in the same languages, and they can choose another."
      list={languages}
      empty={false}
    />
  </>
)

const You = () => (
  <>
    <h2 className="nhsuk-heading-m">You</h2>
    <TextField name="employerName" label="Your name" width={20} autoComplete="name" spellCheck={false} />
    <TextField name="organisation" label="Your organisation" autoComplete="organization" spellCheck={false} />
    <TextField name="employerEmail" label="Your email address" type="email" autoComplete="email" spellCheck={false} />
    <p>
      We tell the employee your name and your organisation. Your address is for our thanks alone: it is kept for 14
      days, and never with anything about them.
    </p>
  </>
)

/** Said to an employer, the same whatever comes of it. */
export const EmployeeWillBeAsked = ({ area, areaName, phone }: Place) => (
  <Page title="Thank you: we ask them" heading={false} onlyInEnglish>
    <Panel heading="Thank you: we ask them" />
    <p>We write to the person you told us of, by a message of their own. What they do is their choice.</p>
    <p>We tell you nothing about it, neither a yes nor a no, and so you hear no more from us.</p>
    {phone ? (
      <p>
        A question about support at work? Ring us: <PhoneLink number={phone} />
      </p>
    ) : null}
    <p>
      <a href={`/in/${area}`}>Back to {areaName}</a>
    </p>
  </Page>
)

/** Said where the area has not decided yet who receives referrals. */
export const CannotAskEmployees = ({ area, areaName, phone }: Place) => (
  <Page title="We cannot ask anybody online yet" onlyInEnglish caption={areaName} back={{ href: `/in/${area}` }}>
    <p>{areaName} has not been set up to receive requests. Nothing you typed was kept.</p>
    {phone ? (
      <p>
        Call us instead: <PhoneLink number={phone} />
      </p>
    ) : null}
  </Page>
)
