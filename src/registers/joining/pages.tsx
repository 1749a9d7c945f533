import { longDay } from '#platform/dates.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import type { Waiting } from './rules.ts'

type InvitationProps = Readonly<{
  waiting: readonly [Waiting, ...Waiting[]]
  areaName: string
  /** The path of the link itself, where the answer goes. */
  at: string
  /** What whoever has signed in is called; undefined before. */
  signedInAs: string | undefined
}>

/** What somebody is invited to do here, and how they take it up: with an account of their own. */
export const Invitation = ({ waiting, areaName, at, signedInAs }: InvitationProps) => (
  <Page onlyInEnglish title={`Join ${areaName}`} width="reading" lede={`This invitation is for ${waiting[0].name}.`}>
    <h2 className="nhsuk-heading-m">What you are invited to do</h2>
    <ul>
      {waiting.map(({ membership, roleLabel, organisationName, from }) => (
        <li key={membership}>
          {roleLabel}, {organisationName}, from {longDay(from)}
        </li>
      ))}
    </ul>
    {signedInAs === undefined ? <SignInFirst at={at} /> : <TakeUp at={at} signedInAs={signedInAs} />}
  </Page>
)

const SignInFirst = ({ at }: Readonly<{ at: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">How you join</h2>
    <p>
      Sign in with the account you use at work. It is the one you sign in with from then on, whichever e-mail address it
      has. You are asked once more before anything is changed.
    </p>
    <LinkButton href={`/sign-in?to=${encodeURIComponent(at)}`}>Sign in to join</LinkButton>
  </>
)

const TakeUp = ({ at, signedInAs }: Readonly<{ at: string; signedInAs: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">You are signed in as {signedInAs}</h2>
    <p>
      If you join, this is the account that you work with here, and this link is used up. Nobody else can use it after
      that.
    </p>
    <Form action={at}>
      <Button>Join</Button>
    </Form>
    <h2 className="nhsuk-heading-m">Is that not the account you use at work?</h2>
    <p>Sign out, open the link again and sign in with the other one.</p>
    <ButtonForm action="/sign-out" secondary>
      Sign out
    </ButtonForm>
  </>
)

/** The invitation was taken up by somebody who has signed in already. */
export const AlreadyTaken = () => (
  <Page onlyInEnglish title="This invitation has been taken up" width="reading">
    <p>Somebody has joined with it already. If that was you, sign in with the account that you used then.</p>
    <LinkButton href="/sign-in">Sign in</LinkButton>
    <p>If it was not you, tell whoever invited you at once.</p>
  </Page>
)
