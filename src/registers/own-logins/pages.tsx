import { dayOf } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { OwnLogin } from './rules.ts'

type RemoveProps = Readonly<{
  login: OwnLogin
  /** Whether they can still sign in with a code that is sent to them. */
  codeReaches: boolean
}>

/** Taking an account away, with what follows from it. */
export const RemoveLogin = ({ login, codeReaches }: RemoveProps) => {
  const say = useSay()
  return (
    <Page title="Take this account away?" back={{ href: '/my/details', label: 'My details' }}>
      <p>
        <Said
          text="You signed in here with {name}, the last time on {day}."
          with={{ name: <strong>{login.label}</strong>, day: say.day(dayOf(login.since)) }}
        />
      </p>
      <p>
        <Said text="If you take it away, it does not open these pages any more. Whoever is signed in with it elsewhere is signed out." />
      </p>
      <Inset>
        {codeReaches ? (
          <p>
            <Said text="You can still sign in with a code that we send you." />
          </p>
        ) : (
          <p>
            <Said text="We cannot send you a code now, so you could not sign in any more." />{' '}
            <a href="/my/details/ways/new">
              <Said text="Add a way to reach me" />
            </a>
          </p>
        )}
      </Inset>
      <p>
        <Said text="To use it again later, sign in with it and show once who you are, with a code and your date of birth." />
      </p>
      <Form action={`/my/details/logins/${login.id}/ending`}>
        <Button>Take it away</Button>
      </Form>
    </Page>
  )
}
