import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import type { FormState } from '#platform/form/rules.ts'
import type { CameFrom } from './rules.ts'

/** Another way to show who one is than a code. */
export type OtherWay = Readonly<{ label: string; href: string }>

type SignInProps = FormState &
  Readonly<{ at: string; returnPath: string | null; others: readonly OtherWay[]; from?: CameFrom | null }>

/** Where a participant says how a code can reach them. */
export const SignIn = ({ at, returnPath, others, from = null, ...state }: SignInProps) => (
  <FormPage
    {...state}
    title="Sign in to your own pages"
    lede="Here you see your appointments and your plan. You do not need a password."
    action={at}
    fields={{ ...(returnPath === null ? {} : { to: returnPath }), ...(from === null ? {} : { from }) }}
  >
    {from === null ? null : (
      <Inset>
        <p>
          <Said text={cameWords[from]} />
        </p>
      </Inset>
    )}
    <TextField
      name="way"
      label="Your mobile number or email address"
      hint="Use the one that you gave us. We send a code with 6 numbers to it. The message does not say who it is from."
      autoComplete="username"
      spellCheck={false}
    />
    <Button>Send me a code</Button>
    {others.length === 0 ? null : <OtherWays others={others} />}
    <Trouble />
  </FormPage>
)

const cameWords: Readonly<Record<CameFrom, string>> = {
  account:
    'We do not know yet who you are here. We send you a code once. After that you can sign in with your account alone.',
  refused:
    'We could not use that account, because it does not say surely enough who you are. Sign in with a code instead.',
}

const OtherWays = ({ others }: Readonly<{ others: readonly OtherWay[] }>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Other ways to sign in" />
    </h2>
    <ul className="nhsuk-list">
      {others.map(({ label, href }) => (
        <li key={href}>
          <a href={href}>
            <Said text="Sign in with {name}" with={{ name: label }} />
          </a>
        </li>
      ))}
    </ul>
  </>
)

/** What helps whoever cannot sign in; the same for everybody, known to us or not. */
const Trouble = () => (
  <Details summary="I cannot sign in">
    <p>
      <Said text="We only send codes to a number or address that you gave us and that is safe for you. If you have a new number, or if you want us not to use one any more, tell us." />
    </p>
    <Ring />
  </Details>
)

function Ring() {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p>
      <Said
        text="Call {area} on {phone}. You do not have to use these pages: everything here can also be done by phone."
        with={{ area: area.name, phone: <PhoneLink number={area.phone} /> }}
      />
    </p>
  )
}

type CodeProps = FormState & Readonly<{ at: string; sentTo: string }>

/** Where the code that was sent is typed in. */
export const EnterCode = ({ at, sentTo, ...state }: CodeProps) => (
  <Page title="Enter your code" back={{ href: at }} problems={state.problems}>
    <Inset>
      <p>
        <Said
          text="If {address} is a number or address that we have for you, we have sent a code to it."
          with={{ address: <bdi dir="ltr">{sentTo}</bdi> }}
        />
      </p>
    </Inset>
    <Form {...state} action={`${at}/code`}>
      <TextField
        name="code"
        label="The 6 numbers in the message"
        hint="You can use them for 10 minutes."
        inputMode="numeric"
        autoComplete="one-time-code"
        width={10}
        spellCheck={false}
      />
      <Button>Sign in</Button>
    </Form>
    <Details summary="No message has come">
      <p>
        <Said text="It can take a minute or two. Check that the number or address above is right. We send nothing to one that we do not have, or that is not safe for you." />
      </p>
      <ButtonForm action={`${at}/another-code`} secondary>
        Send another code
      </ButtonForm>
      <Ring />
    </Details>
  </Page>
)

type BirthProps = FormState & Readonly<{ at: string; account: string | undefined }>

/**
 * Where whoever shares a phone says which of them they are, and whoever came with an account elsewhere that it is theirs.
 */
export const BirthDate = ({ at, account, ...state }: BirthProps) => (
  <FormPage
    {...state}
    title="What is your date of birth?"
    lede="We ask so that you see your own pages and nobody else’s."
    action={`${at}/birth-date`}
  >
    {account === undefined ? null : <WithAccount {...{ at, account }} />}
    <DateField name="bornOn" label="Date of birth" hint="For example, 27 3 1985" birthday />
    <Button>Sign in</Button>
  </FormPage>
)

// Somebody at a shared computer may go on from where another left off: they would open their pages to the other's account.
const WithAccount = ({ at, account }: Readonly<{ at: string; account: string }>) => (
  <Inset>
    <p>
      <Said
        text="You came with {name}. From now on that account opens your pages, and whoever can sign in to it sees them."
        with={{ name: account }}
      />
    </p>
    <p>
      <a href={at}>
        <Said text="That is not my account: sign in without it" />
      </a>
    </p>
  </Inset>
)

type Again = Readonly<{ at: string }>

/** That enough codes were asked for with one number or address. */
export const TooManyCodes = ({ at }: Again) => (
  <NotNow
    at={at}
    title="Wait a little before the next code"
    why="Several codes were asked for with this number or address. Wait 15 minutes, then ask for a new one. If one has come meanwhile, go back and use it."
  />
)

/** That a code was used, tried too often, or is too old. */
export const CodeOver = ({ at }: Again) => (
  <NotNow
    at={at}
    title="This code cannot be used any more"
    why="A code can be used once, for 10 minutes, and tried 5 times. Ask for a new one."
  />
)

/** That an account elsewhere is not of the person who showed who they are. */
export const NotTheirAccount = ({ at }: Again) => (
  <NotNow
    at={at}
    title="You cannot use that account here"
    why="What that account says about you is not what we have. Sign in with a code alone, and tell us if something that we have is wrong."
  />
)

const NotNow = ({ title, at, why }: Again & Readonly<{ title: string; why: string }>) => (
  <Page title={title}>
    <p>
      <Said text={why} />
    </p>
    <LinkButton href={at}>Start again</LinkButton>
    <Ring />
  </Page>
)

type ServicesProps = Readonly<{ areas: readonly Readonly<{ area: string; name: string }>[]; query: string }>

/** Which service somebody takes part in, where there are several. */
export const ChooseService = ({ areas, query }: ServicesProps) => (
  <Page title="Sign in to your own pages" lede="Choose the service that supports you.">
    <ul className="nhsuk-list">
      {areas.map(({ area, name }) => (
        <li key={area}>
          <a href={`/in/${area}/sign-in${query}`}>{name}</a>
        </li>
      ))}
    </ul>
  </Page>
)
