import { LinkButton } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Unfilled, unfilled } from '#exchange/launch/rules.ts'

type Props = Readonly<{ area: string; areaName: string; why: Unfilled }>

/** Said where the form could not be filled in, with the way to the empty one. */
export const NotFilledIn = ({ area, areaName, why }: Props) => (
  <Page onlyInEnglish title={unfilled[why].title} caption={areaName} back={{ href: `/in/${area}` }}>
    <p>{unfilled[why].text}</p>
    <LinkButton href={`/in/${area}/refer`}>Fill in the form</LinkButton>
  </Page>
)
