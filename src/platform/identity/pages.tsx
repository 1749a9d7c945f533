import { longDay } from '#platform/dates.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { CardGrid, FilterForm } from '#platform/html/arrangement.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { shellAddresses } from '#platform/html/shell.tsx'
import type { Membership } from './rules.ts'
import type { StandInPerson } from './stand-in.ts'

type Offered = Readonly<{ key: string; label: string }>

type Way = Readonly<{ label: string; href: string }>

/** Where to sign in: one link for each identity provider. A link and not a form, whose redirect would be held to our own pages. */
export const SignIn = ({ offered }: Readonly<{ offered: readonly Way[] }>) => (
  <Page title="Sign in" width="reading" lede="For people who work in the service, with the account they use at work.">
    {offered.length === 0 ? (
      <EmptyState>Nobody can sign in yet: no identity provider is set up.</EmptyState>
    ) : (
      <Card heading="Choose how you sign in" tone="accent">
        <ButtonGroup>
          {offered.map(({ label, href }) => (
            <LinkButton key={href} href={href}>{`Sign in with ${label}`}</LinkButton>
          ))}
        </ButtonGroup>
        <p>If you cannot sign in, ask the person who manages WorkWell where you work.</p>
      </Card>
    )}
    <h2 className="nhsuk-heading-m">Are you looking for help?</h2>
    <p>
      You do not need an account. <a href="/">Find WorkWell in your area</a>.
    </p>
  </Page>
)

/** The provider does not answer: nobody's fault here, and nothing is lost. */
export const ProviderDoesNotAnswer = ({ label }: Readonly<{ label: string }>) => (
  <Page onlyInEnglish title={`You cannot sign in with ${label} right now`} width="reading">
    <p>{label} does not answer. Try again in a few minutes. Nothing that you saved is lost.</p>
    <p>
      <a href="/sign-in">Go back to sign in</a>
    </p>
  </Page>
)

/** The sign-in came back too late, twice, to another browser, or without the person's word. */
export const SignInAgain = () => (
  <Page onlyInEnglish title="Sign in again" width="reading">
    <p>
      You are not signed in. This can happen if it took longer than 10 minutes, if the page was opened twice or if you
      chose not to sign in.
    </p>
    <LinkButton href="/sign-in">Sign in</LinkButton>
  </Page>
)

/** The end of a session that somebody ended themselves. */
export const SignedOut = ({ at }: Readonly<{ at: Offered | undefined }>) => (
  <Page onlyInEnglish title="You have signed out" width="reading">
    {at ? (
      <p>
        You may still be signed in with {at.label} in this browser. If others use it,{' '}
        <a href={`/sign-out/${at.key}`}>sign out of {at.label} too</a>.
      </p>
    ) : null}
    <LinkButton href="/sign-in">Sign in again</LinkButton>
  </Page>
)

type Choosing = Readonly<{ memberships: readonly Membership[]; on: string | null; problem?: string | undefined }>

/** Which of their roles somebody works in now. */
export const ChooseMembership = ({ memberships, on, problem }: Choosing) => (
  <Page
    onlyInEnglish
    title="Choose the role you are working in"
    width="reading"
    problems={problem === undefined ? [] : [{ field: 'membership', message: problem }]}
  >
    <p>What you see and can do depends on the role. You can change it at any time.</p>
    {memberships.map((one, index) => (
      <OneMembership
        key={one.membership}
        one={one}
        on={one.membership === on}
        id={index === 0 ? 'membership' : undefined}
      />
    ))}
  </Page>
)

type One = Readonly<{ one: Membership; on: boolean; id: string | undefined }>

const OneMembership = ({ one, on, id }: One) => (
  <Card heading={one.roleLabel} tag={on ? <Tag colour="green">On now</Tag> : undefined}>
    <p id={id}>
      {one.organisationName}, {one.areaName}
      {one.until === null ? null : `, until ${longDay(one.until)}`}
    </p>
    <Form action="/memberships" fields={{ membership: one.membership }}>
      <Button small secondary={on} context={`as ${one.roleLabel}, ${one.organisationName}, ${one.areaName}`}>
        {on ? 'Continue' : 'Work in this role'}
      </Button>
    </Form>
  </Card>
)

/** Signed in, and known, but without anything to do here. */
export const NoMembership = ({ name }: Readonly<{ name: string }>) => (
  <Page onlyInEnglish title="You do not have a role in WorkWell yet" width="reading">
    <p>
      You are signed in as {name}. Ask the person who manages WorkWell where you work to add you, with the e-mail
      address that you signed in with.
    </p>
    <SignOutForm />
  </Page>
)

/** Staff need a second factor, and this sign-in had none. */
export const NeedsSecondFactor = () => (
  <Page onlyInEnglish title="Sign in with a second step" width="reading">
    <p>To protect people’s health records you need to sign in with a second step, such as a code or a security key.</p>
    <p>Sign out, turn on the second step with your sign-in provider, and sign in again.</p>
    <SignOutForm />
  </Page>
)

const SignOutForm = () => (
  <Form action="/sign-out">
    <Button secondary>Sign out</Button>
  </Form>
)

type PeopleProps = Readonly<{ at: string; search: string; people: readonly StandInPerson[] }>

/** From how many people on a search helps more than it stands in the way. */
const many = 40
/** How many of one role are named before the others are left to the search. */
const named = 6

/** Who one can be in the demo: everybody with an account, area by area and role by role, one click each. */
export const People = ({ at, search, people }: PeopleProps) => (
  <Page
    title="Who do you want to be?"
    width="wide"
    lede="This is a demo: everybody is made up and nobody has a password. Choose somebody to see WorkWell as they do."
  >
    {people.length > many || search !== '' ? <Search at={at} search={search} /> : null}
    {people.length === 0 ? (
      <EmptyState>Nobody fits this search. Try a part of a name, a role or an organisation.</EmptyState>
    ) : null}
    {[...Map.groupBy(people, ({ area }) => area)].map(([area, here]) => (
      <section key={area}>
        <h2 className="nhsuk-heading-m">{area}</h2>
        <CardGrid>
          {[...Map.groupBy(here, ({ role }) => role)].map(([role, those]) => (
            <OneRole key={role} at={at} role={role} people={those} />
          ))}
        </CardGrid>
      </section>
    ))}
  </Page>
)

const Search = ({ at, search }: Readonly<{ at: string; search: string }>) => (
  <FilterForm
    action={`/stand-in/people/${at}`}
    clear={search === '' ? undefined : `/stand-in/people/${at}`}
    label="Find somebody"
  >
    <TextField name="search" label="Name, role, organisation or area" value={search} />
  </FilterForm>
)

type OneRoleProps = Readonly<{ at: string; role: string; people: readonly StandInPerson[] }>

const OneRole = ({ at, role, people }: OneRoleProps) => (
  <Card heading={role} level={3}>
    <p>{people[0]?.finds}</p>
    <ul className="nhsuk-list">
      {people.slice(0, named).map(({ subject, name, organisation }) => (
        <li key={subject}>
          <a href={`/stand-in/people/${at}/${encodeURIComponent(subject)}`}>{name}</a>, {organisation}
        </li>
      ))}
    </ul>
    {people.length > named ? <p>And {people.length - named} more: search for them by name.</p> : null}
  </Card>
)

/** The demo's page was open too long, or opened in another browser. */
export const StandInExpired = () => (
  <Page onlyInEnglish title="Start signing in again" width="reading">
    <p>This page was open too long or was opened in another browser.</p>
    <LinkButton href="/sign-in">Sign in</LinkButton>
  </Page>
)

/** The same for participants, who go back to their own way in. */
export const OwnProviderDoesNotAnswer = ({ label }: Readonly<{ label: string }>) => (
  <Page title="You cannot sign in this way right now">
    <p>
      <Said
        text="{name} does not answer. Try again in a few minutes, or sign in with a code that we send you."
        with={{ name: label }}
      />
    </p>
    <LinkButton href={shellAddresses.ownSignIn}>Go back to sign in</LinkButton>
  </Page>
)

/** The same for participants. */
export const OwnSignInAgain = () => (
  <Page title="Sign in again">
    <p>
      <Said text="You are not signed in. This can happen if it took longer than 10 minutes, or if you chose not to sign in." />
    </p>
    <LinkButton href={shellAddresses.ownSignIn}>Sign in</LinkButton>
  </Page>
)
