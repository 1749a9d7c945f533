import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { CopyLink, Inset } from '#platform/html/content.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { noLinkSent } from '#registers/online/rules.ts'
import { type Change, inOneLine } from '#journey/plan/rules.ts'
import { handings } from './rules.ts'

type About = Readonly<{ person: string; address: string }>

type SendProps = FormState &
  About &
  Readonly<{
    id: string
    first: boolean
    changes: readonly Change[]
    /** By which way a message goes to them; undefined where none may. */
    toldBy: string | undefined
    /** Whether their online access is closed. */
    closed: boolean
    /** The last day on which they can answer. */
    until: string
    again: boolean
  }>

/** Sending a plan to the person, who reads it and agrees it by themselves. */
export const SendPlan = ({
  person,
  address,
  id,
  first,
  changes,
  toldBy,
  closed,
  until,
  again,
  ...state
}: SendProps) => (
  <FormPage
    title={again ? 'Send the plan again' : 'Send the plan to agree'}
    caption={person}
    lede="They read it in plain words, with no account, and say that they agree or that they want to talk about it first."
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
    action={`${address}/sending`}
    fields={{ id }}
    {...state}
  >
    <h2 className="nhsuk-heading-m">{first ? 'What they are asked to agree' : 'What is different for them'}</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {changes.map((change) => (
        <li key={inOneLine(change)}>{inOneLine(change)}</li>
      ))}
    </ul>
    <Inset>
      <p>
        They are not shown what stands in the way, or anything you wrote about it. Before they read it they enter their
        date of birth. They can answer until {until}
        {closed ? '.' : ', and also on their own pages where they have signed in.'}
      </p>
      {again ? <p>The link they have now stops working.</p> : null}
    </Inset>
    <Handing {...{ address, toldBy, closed }} />
    <Button>{closed ? 'Get the link' : again ? 'Send it again' : 'Send it'}</Button>
  </FormPage>
)

const Handing = ({ address, toldBy, closed }: Pick<SendProps, 'address' | 'toldBy' | 'closed'>) => {
  if (closed)
    return (
      <Inset>
        <p id="handing">
          <strong>{noLinkSent}</strong> Read the plan with them by phone or in person, or print it. Then{' '}
          <a href={address}>record on the plan</a> that they agree. If you go on here you get the link yourself: open it
          with them on your own device, and do not send it.
        </p>
      </Inset>
    )
  return toldBy === undefined ? (
    <p id="handing">
      No message can go to this person: they have not agreed to be contacted, or no mobile or email on record is safe
      and wanted. You get the link to pass it on.
    </p>
  ) : (
    <RadiosFrom
      name="handing"
      label="How do they get the link?"
      list={{ ...handings, message: { ...handings.message, hint: toldBy } }}
      value="message"
    />
  )
}

/** What still stands in the way of sending it, so that it can be put right. */
export const CannotSendYet = ({ person, address, reasons }: About & { reasons: readonly string[] }) => (
  <Page
    title="This plan cannot be sent yet"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
  >
    <p>Before you send it:</p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </Page>
)

type HandedProps = About & Readonly<{ closed: boolean; link: string; until: string }>

/** The link, for whoever passes it on. It is said only once. */
export const PlanLinkHanded = ({ person, address, closed, link, until }: HandedProps) => (
  <Page
    title={closed ? 'Open this link with them' : 'Pass this link on'}
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
  >
    {closed ? <p>Their online access is closed: open it on your own device, and do not send it.</p> : null}
    <p>
      They can read the plan and answer with it until {until}. Copy it now: it is not shown again, and a new one takes
      its place.
    </p>
    <CopyLink label="Link to read the plan and answer" address={link} />
  </Page>
)
