import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { isPhone, onOneLine } from '#registers/means/rules.ts'
import { isUsedUp, maySendAgain, opens, type OwnWay, ownKinds, useOf, uses } from './rules.ts'

const back = { href: '/my/details', label: 'My details' }

/** Adding a way in which one can be reached. */
export const AddWay = ({ id, problems, typed }: FormState & Readonly<{ id: string }>) => (
  <FormPage
    title="Add a way to reach me"
    back={back}
    action="/my/details/ways/new"
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    <RadiosFrom
      name="kind"
      label="What do you want to add?"
      list={ownKinds}
      reveal={{
        mobile: <TextField name="mobile" label="Mobile number" type="tel" width={20} autoComplete="tel" />,
        telephone: <TextField name="telephone" label="Phone number" type="tel" width={20} autoComplete="tel" />,
        email: <TextField name="email" label="Email address" type="email" autoComplete="email" spellCheck={false} />,
        post: <TextArea name="post" label="Postal address" rows={4} autoComplete="street-address" />,
      }}
    />
    <Using />
    <p>
      <Said text="If it is a mobile number or an email address, we send a code to it. You need the code before we use it." />
    </p>
    <p>
      <Said text="We also tell the numbers and addresses that you sign in with now that something was changed. We do not say what. If somebody else reads them, say first that they are not safe." />
    </p>
    <Button>Save</Button>
  </FormPage>
)

const Using = ({ way }: Readonly<{ way?: OwnWay }>) => (
  <>
    <RadiosFrom name="use" label="May we use it?" list={uses} value={way ? useOf(way) : 'yes'} />
    {way && !isPhone(way.kind) ? null : (
      <Tick
        name="voicemailSafe"
        label="You may leave a message after the tone"
        hint="Only for phones. Nobody else should hear it."
        value={way?.voicemail_safe ?? false}
      />
    )}
    <Tick name="preferred" label="Try this one first" value={way?.preferred ?? false} />
  </>
)

type WayProps = FormState & Readonly<{ way: OwnWay; last: boolean }>

/** One way in which somebody can be reached, to say whether it is used, or to take away. */
export const WayOfOwn = ({ way, last, problems, typed }: WayProps) => {
  return (
    <Page title="Change a way to reach me" back={back} problems={problems}>
      <Inset>
        <p dir="auto">{onOneLine(way.value)}</p>
      </Inset>
      {last ? <OnlyWay /> : null}
      <Unconfirmed way={way} />
      <Form
        action={`/my/details/ways/${way.id}`}
        edits={{ version: way.version, now: <Now way={way} /> }}
        problems={problems}
        typed={typed}
      >
        <Using way={way} />
        <Button>Save</Button>
      </Form>
      <TakeAway way={way} />
    </Page>
  )
}

function Now({ way }: Readonly<{ way: OwnWay }>) {
  const say = useSay()
  return (
    <p>
      {say(uses[useOf(way)].label)}
      {way.voicemail_safe ? `. ${say('You may leave a message after the tone')}` : null}
      {way.preferred ? `. ${say('Try this one first')}` : null}
    </p>
  )
}

const OnlyWay = () => (
  <WarningCallout heading="You sign in with this">
    <p>
      <Said text="It is the only one to which we can send you a code. If we may not use it any more, you cannot sign in until you have added another, or have called us." />
    </p>
  </WarningCallout>
)

function Unconfirmed({ way }: Readonly<{ way: OwnWay }>) {
  if (way.unconfirmed_at === null || useOf(way) !== 'yes') return null
  return (
    <p>
      <Said text="You cannot sign in with it yet, and we send nothing else to it." />{' '}
      <a href={`/my/details/ways/${way.id}/code`}>
        <Said text="Enter the code that we sent" />
      </a>
    </p>
  )
}

const TakeAway = ({ way }: Readonly<{ way: OwnWay }>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="It is not mine any more" />
    </h2>
    <p>
      <Said text="To change a number or an address, add the new one first, then remove the old one." />
    </p>
    <Form action={`/my/details/ways/${way.id}/ending`}>
      {opens(way) ? (
        <Tick
          name="silent"
          label="Somebody else may have it now"
          hint="Then we send nothing more to it. Otherwise we tell it once that your contact details were changed."
        />
      ) : null}
      <Button secondary>Remove it</Button>
    </Form>
  </>
)

const waitFirst = 'No code came? Wait a minute, open this page again and ask for another one.'
const usedUp = 'We have sent as many codes to it as we send. Remove this one and add it again.'

type CodeProps = FormState & Readonly<{ way: OwnWay; now: Temporal.Instant }>

/** Entering the code that shows that a number or an address is one's own. */
export const EnterCode = ({ way, now, problems, typed }: CodeProps) => {
  const say = useSay()
  const address = `/my/details/ways/${way.id}/code`
  return (
    <Page title="Enter the code" back={back} problems={problems}>
      <p>
        <Said
          text="We have sent a code of 6 numbers to {address}. You can use it for 10 minutes."
          with={{ address: <span dir="ltr">{way.value}</span> }}
        />
      </p>
      <Form action={address} problems={problems} typed={typed}>
        <TextField name="code" label="Code" width={10} inputMode="numeric" autoComplete="one-time-code" />
        <Button>Go on</Button>
      </Form>
      {maySendAgain(way, now) ? (
        <ButtonForm action={`${address}/sending`} asLink>
          Send another code
        </ButtonForm>
      ) : (
        <p>{isUsedUp(way) ? say(usedUp) : say(waitFirst)}</p>
      )}
      <p>
        <a href="/my/details">{say('Do it later')}</a>
      </p>
    </Page>
  )
}
