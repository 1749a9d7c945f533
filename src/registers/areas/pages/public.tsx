import { Beside, CardGrid } from '#platform/html/arrangement.tsx'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState, Steps, TickList } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Picture } from '#platform/html/picture.tsx'
import { AreaWords, Said } from '#platform/html/say.tsx'

type ListedArea = Readonly<{ area: string; name: string; phone: string | null }>

/** The first page of the product: where a stranger finds their area and a member of staff the way in. */
export const Home = ({ areas, demonstration }: { areas: readonly ListedArea[]; demonstration: boolean }) => (
  <Page
    title="Get help to stay in or get back to work"
    hero
    lede="WorkWell is for people whose health makes working hard. It is free, it is your choice, and it does not affect your benefits."
  >
    {areas.length === 0 ? (
      <EmptyState heading="No area has been set up yet">
        <Said text="The first area and its administrator are made on the command line: npm run workwell -- setup" />
      </EmptyState>
    ) : (
      <>
        <h2 className="nhsuk-heading-m">
          <Said text="Find your area" />
        </h2>
        <ButtonGroup>
          <LinkButton href="/my-area" secondary>
            Is WorkWell in my area?
          </LinkButton>
        </ButtonGroup>
        <CardGrid>
          {areas.map(({ area, name, phone }) => (
            <Card
              key={area}
              heading={
                <a href={`/in/${area}`}>
                  <bdi>{name}</bdi>
                </a>
              }
              level={3}
            >
              <p>
                <Said text="Refer yourself, or somebody you are helping." />
                {phone ? (
                  <>
                    <br />
                    <Said text="Call us: {phone}" with={{ phone: <PhoneLink number={phone} /> }} />
                  </>
                ) : null}
              </p>
            </Card>
          ))}
        </CardGrid>
      </>
    )}
    <Card heading="For staff" tone="quiet">
      {demonstration ? (
        <p>
          <Said text="In this demonstration you choose which made-up member of staff to be. There is no password." />
        </p>
      ) : null}
      <LinkButton href="/sign-in" secondary>
        Sign in to WorkWell
      </LinkButton>
    </Card>
  </Page>
)

export type PublicArea = Readonly<{
  area: string
  name: string
  run_by: string | null
  phone: string | null
  email: string | null
  opening_hours: string | null
  crisis_text: string
}>

/** What somebody who has never heard of the service sees first. */
export const AreaStart = ({ area }: { area: PublicArea }) => (
  <Page
    title="Get help to stay in or get back to work"
    caption={area.name}
    hero
    width="wide"
    lede="A Work and Health Coach listens to what stands in the way, makes a plan with you, and helps you get what you need."
    actions={
      <ButtonGroup>
        <LinkButton href={`/in/${area.area}/refer-yourself`}>Refer yourself</LinkButton>
        <LinkButton href={`/in/${area.area}/refer`} secondary>
          Refer somebody
        </LinkButton>
      </ButtonGroup>
    }
  >
    <Beside beside={<TalkToUs {...area} />}>
      <AlreadyWithUs area={area.area} />
      <Promises />
      <WhoItIsFor />
      <WhatHappens />
      <ForEmployers area={area.area} />
      <OtherSupport area={area.area} />
    </Beside>
  </Page>
)

const AlreadyWithUs = ({ area }: Readonly<{ area: string }>) => (
  <p>
    <Said
      text="Are you with us already? {signIn} to see your appointments and your plan."
      with={{
        signIn: (
          <a href={`/in/${area}/sign-in`}>
            <Said text="Sign in to your own pages" />
          </a>
        ),
      }}
    />
  </p>
)

const Promises = () => (
  <TickList>
    <li>
      <Said text="It is free." />
    </li>
    <li>
      <Said text="It is your choice, and you can stop at any time." />
    </li>
    <li>
      <a href="/benefits">
        <Said text="It does not affect your benefits." />
      </a>
    </li>
    <li>
      <Said text="You do not need a diagnosis or a letter from anybody." />
    </li>
  </TickList>
)

const WhoItIsFor = () => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Who it is for" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>
        <Said text="You are in work, and your health makes it hard." />
      </li>
      <li>
        <Said text="You are off sick and want to get back." />
      </li>
      <li>
        <Said text="You have recently lost work, and health is a part of it." />
      </li>
    </ul>
  </>
)

const WhatHappens = () => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens" />
    </h2>
    <Steps>
      <li>
        <Picture of="phone" />
        <Said text="You tell us how to reach you safely. It takes about two minutes." />
      </li>
      <li>
        <Picture of="talk" />
        <Said text="A coach gets in touch, and you talk about what would help." />
      </li>
      <li>
        <Picture of="plan" />
        <Said text="You agree a plan together. You decide who sees what." />
      </li>
    </Steps>
  </>
)

const ForEmployers = ({ area }: Readonly<{ area: string }>) => (
  <p>
    <Said
      text="Are you an employer? {tell}, and they decide."
      with={{
        tell: (
          <a href={`/in/${area}/for-employers`}>
            <Said text="Tell us of somebody who works for you" />
          </a>
        ),
      }}
    />
  </p>
)

const OtherSupport = ({ area }: Readonly<{ area: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Other support near you" />
    </h2>
    <p>
      <Said
        text="You do not have to wait for us. {look}, such as help with debt, housing or low mood."
        with={{
          look: (
            <a href={`/in/${area}/support-near-you`}>
              <Said text="See what support there is near you" />
            </a>
          ),
        }}
      />
    </p>
  </>
)

const TalkToUs = ({ phone, email, opening_hours: hours, run_by: organisation }: PublicArea) => (
  <Card heading="Talk to us" picture="phone" tone="quiet">
    <p>
      <Said text="You can ask anything first, or let us fill in the form with you." />
    </p>
    {phone ? (
      <p className="nhsuk-heading-m">
        <PhoneLink number={phone} />
      </p>
    ) : null}
    {hours ? (
      <p>
        <AreaWords text={hours} />
      </p>
    ) : null}
    {email ? (
      <p>
        <a href={`mailto:${email}`}>{email}</a>
      </p>
    ) : null}
    {organisation ? (
      <p>
        <Said text="Run by {organisation}." with={{ organisation }} />
      </p>
    ) : null}
  </Card>
)
