import { ButtonForm } from '#platform/html/buttons.tsx'
import { Inset, TickList } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import type { OrganisationKind } from '#registers/organisations/rules.ts'
import { givenBy, pathOf } from './rules.ts'

type GivenProps = Readonly<{
  area: string
  areaName: string
  link: Readonly<{ code: string; organisationName: string; kind: OrganisationKind }>
}>

/** What somebody sees first who comes by a link that an organisation gave them: nothing is counted before they begin. */
export const GivenToYou = ({ area, areaName, link: { code, organisationName: name, kind } }: GivenProps) => (
  <Page
    title="Get help to stay in or get back to work"
    caption={areaName}
    lede="A Work and Health Coach listens to what stands in the way, makes a plan with you, and helps you get what you need."
  >
    <Inset>
      <p>
        <Said text={givenBy(kind)} with={{ name }} />
      </p>
    </Inset>
    <TickList>
      <li>
        <Said text="It is free." />
      </li>
      <li>
        <Said text="It is your choice, and you can stop at any time." />
      </li>
      <li>
        <Said text="It does not affect your benefits." />
      </li>
      <li>
        <Said text="We do not tell {name} whether you ask for help." with={{ name }} />
      </li>
    </TickList>
    <ButtonForm action={pathOf(area, code)}>Refer yourself</ButtonForm>
    <p>
      <a href={`/in/${area}`}>
        <Said text="Read more about it first" />
      </a>
    </p>
  </Page>
)
