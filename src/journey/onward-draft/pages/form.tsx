import type { ReactNode } from 'react'
import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset, WarningCallout, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Part, type Tickable, tickable } from '#journey/packet/rules.ts'
import { kinds, type Kind, meetings, type Meeting } from '#journey/onward/rules.ts'

/** A service as whoever refers reads it. */
export type Chosen = Readonly<{
  id: string
  name: string
  owner: string
  howToRefer: string | null
  eligibility: string | null
  phones: readonly string[]
  email: string | null
  wait: string | null
}>

/** What the form begins with, where something was written down before. */
export type Begun = Readonly<{
  purpose?: string
  kind?: Kind
  wanted?: string
  ticked?: readonly Tickable[]
  barrier?: string
  health?: string
  contact?: string | null
  email?: string | null
  meet?: Meeting | null
}>

type OnwardFormProps = FormState &
  Readonly<{
    person: Readonly<{ id: string; name: string }>
    service: Chosen
    /** For what in the plan: goals, and actions that a service does; undefined where that is said already. */
    purposes: Readonly<Record<string, Readonly<{ label: string }>>> | undefined
    values: Readonly<Record<Tickable, string | undefined>>
    begun: Begun
    action: string
    back: string
    fields?: Readonly<Record<string, string>>
    edits?: Readonly<{ version: number; now: ReactNode }>
    /** Another referral of theirs to this service that is open: since which day. */
    openAlready?: Readonly<{ id: string; since: Temporal.PlainDate }> | undefined
    /** The record is restricted: nothing of where they can be found is offered. */
    restricted: boolean
  }>

/** Writes whom somebody would be passed on to, how, and exactly what would be sent. */
export const OnwardForm = (props: OnwardFormProps) => {
  const { person, service, values, begun, action, back, fields, edits, restricted, problems, typed } = props
  return (
    <FormPage
      title={`Refer to ${service.name}`}
      caption={person.name}
      lede="Nothing is sent yet. They see exactly what you choose here, and say yes or no to it first."
      back={{ href: back }}
      {...{ action, problems, typed, fields, edits }}
      draft
      width="reading"
    >
      {props.openAlready ? <OpenAlready {...props.openAlready} service={service.name} /> : null}
      <HowAndWhy {...props} />
      <WhatIsSent {...{ values, begun, restricted }} />
      <WhereItGoes {...props} />
      <Button>See what would be sent</Button>
    </FormPage>
  )
}

const OpenAlready = ({ id, since, service }: NonNullable<OnwardFormProps['openAlready']> & { service: string }) => (
  <WarningCallout heading="They have been referred to this service">
    <p>
      There is an open referral to {service} since {longDay(since)}. <a href={`/onward/${id}`}>Open that referral</a>,
      or write a second one here where it is for something else.
    </p>
  </WarningCallout>
)

const HowAndWhy = ({ service, purposes, begun }: OnwardFormProps) => (
  <>
    <AboutService {...service} />
    {purposes ? (
      <SelectFrom
        name="purpose"
        label="For what in the plan?"
        hint="For a goal, a new action is added, done by a service."
        list={purposes}
        value={begun.purpose}
        empty="Choose"
      />
    ) : null}
    <RadiosFrom
      name="kind"
      label="How do you refer?"
      list={kinds}
      value={begun.kind}
      reveal={{ supported: <Meet {...begun} /> }}
    />
    <TextArea
      name="wanted"
      label="What is wanted from the service?"
      hint="One or two sentences, in words the person agrees with. No diagnosis."
      rows={3}
      maximum={500}
      value={begun.wanted}
    />
  </>
)

const WhereItGoes = ({ service, purposes, begun }: OnwardFormProps) => (
  <>
    <h2 className="nhsuk-heading-m">Where it goes</h2>
    <TextField
      name="email"
      label="Email address of the service"
      hint="Check it with them. A link goes there, and opens only with a code that you tell them by phone. Leave it empty for a signpost, or where you hand over by talking alone."
      type="email"
      value={begun.email ?? service.email ?? ''}
      width={30}
    />
    <TextField name="contact" label="Who reads it there (optional)" value={begun.contact ?? ''} width={20} />
    {purposes ? (
      <DateField name="due" label="When do you look whether it has helped?" hint="It is the day of the action." />
    ) : null}
  </>
)

const AboutService = ({ owner, howToRefer, eligibility, phones, wait }: Chosen) => (
  <Card heading="What the directory says" tone="quiet">
    <SummaryList
      compact
      rows={[
        { label: 'Run by', value: owner },
        { label: 'Who it is for', value: eligibility },
        { label: 'How to refer', value: howToRefer },
        { label: 'Phone', value: phones.join(', ') || null },
        { label: 'Waiting time', value: wait },
      ]}
    />
  </Card>
)

const Meet = ({ meet }: Begun) => (
  <>
    <RadiosFrom name="meet" label="How do you hand over?" list={meetings} value={meet ?? undefined} />
    <DateField name="meetOn" label="On which day?" hint="As you agreed with them and the service." />
    <TextField name="meetTime" label="At what time?" hint="For example 14:30" width={5} />
  </>
)

type SentProps = Pick<OnwardFormProps, 'values' | 'begun' | 'restricted'>

const WhatIsSent = ({ values, begun, restricted }: SentProps) => (
  <>
    <h2 className="nhsuk-heading-m">What would be sent besides the name</h2>
    {restricted ? (
      <Inset>
        <p>
          The record is restricted: phone number, email address and how to reach them are not sent. Arrange with the
          service how they meet.
        </p>
      </Inset>
    ) : null}
    <CheckboxesFrom
      name="ticked"
      label="From the record"
      hint="Only what the service needs. They can leave out any of it."
      list={offered(values)}
      value={begun.ticked}
    />
    <TextArea
      name="barrier"
      label="What stands in the way (optional)"
      hint="What is hard to do, not what is wrong: “cannot sit for longer than half an hour”, “does not open letters about money”."
      rows={2}
      maximum={500}
      value={begun.barrier}
    />
    <TextArea
      name="health"
      label="About their health (optional)"
      hint="Only if they want it said, and in their own words. It goes only if they say yes to this by itself."
      rows={2}
      maximum={500}
      value={begun.health}
    />
  </>
)

function offered(values: SentProps['values']) {
  return Object.fromEntries(
    // Checked: the keys of the list are its codes.
    (Object.keys(tickable) as Tickable[])
      .filter((code) => values[code] !== undefined)
      .map((code) => [code, { label: tickable[code].label, hint: values[code] ?? '' }]),
  )
}

/** What would be sent as it stands now, for whoever saves over what somebody else has changed. */
export const AsItStands = ({ parts }: { parts: readonly Part[] }) => (
  <SummaryList rows={parts.map(({ label, value }) => ({ label, value }))} />
)

type CannotProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  why: string
  way: Readonly<{ href: string; label: string }>
}>

/** Why nobody can be referred now, and the way on. */
export const CannotRefer = ({ person, why, way }: CannotProps) => (
  <Page
    title="This referral cannot be made"
    caption={person.name}
    back={{ href: `/people/${person.id}/onward`, label: 'Onward referrals' }}
    width="reading"
  >
    <WarningCallout heading="Not now">
      <p>{why}.</p>
      <p>
        <a href={way.href}>{way.label}</a>
      </p>
    </WarningCallout>
    <WhatWasWritten />
  </Page>
)
