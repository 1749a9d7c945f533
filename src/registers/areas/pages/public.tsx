import { CardGrid } from '#platform/html/arrangement.tsx'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Details, EmptyState, Inset } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'

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
        <p>The first area and its administrator are made on the command line: npm run workwell -- setup</p>
      </EmptyState>
    ) : (
      <>
        <h2 className="nhsuk-heading-m">
          <Said text="Find your area" />
        </h2>
        <CardGrid>
          {areas.map(({ area, name, phone }) => (
            <Card key={area} heading={<a href={`/in/${area}`}>{name}</a>} level={3}>
              <p>
                {phone ? <PhoneLink number={phone} /> : <Said text="Refer yourself, or somebody you are helping." />}
              </p>
            </Card>
          ))}
        </CardGrid>
      </>
    )}
    <h2 className="nhsuk-heading-m">
      <Said text="For staff" />
    </h2>
    <p>
      <a href="/sign-in">
        <Said text="Sign in to WorkWell" />
      </a>{' '}
      {demonstration ? (
        <Said text="In this demonstration you choose which made-up member of staff to be; there is no password." />
      ) : null}
    </p>
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
    <WhatItIs />
    <TalkToUs {...area} />
    <Details summary="If you are in danger or in crisis now">
      <p>{area.crisis_text}</p>
    </Details>
    {area.run_by ? (
      <p>
        <Said text="Run by {organisation}." with={{ organisation: area.run_by }} />
      </p>
    ) : null}
  </Page>
)

const WhatItIs = () => (
  <>
    <Inset>
      <p>
        <Said text="WorkWell is free and it is your choice. It does not affect your benefits, and you can stop at any time." />
      </p>
    </Inset>
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
    <p>
      <Said text="You do not need a diagnosis or a letter from anybody. Referring yourself takes about two minutes." />
    </p>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens" />
    </h2>
    <ol className="nhsuk-list nhsuk-list--number">
      <li>
        <Said text="You tell us how to reach you safely." />
      </li>
      <li>
        <Said text="A coach gets in touch, and you talk about what would help." />
      </li>
      <li>
        <Said text="You agree a plan together. You decide who sees what." />
      </li>
    </ol>
  </>
)

const TalkToUs = (area: PublicArea) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="Talk to us" />
    </h2>
    <p>
      {area.phone ? <PhoneLink number={area.phone} /> : null}
      {area.opening_hours ? `, ${area.opening_hours}` : null}
    </p>
    {area.email ? (
      <p>
        <a href={`mailto:${area.email}`}>{area.email}</a>
      </p>
    ) : null}
  </>
)
