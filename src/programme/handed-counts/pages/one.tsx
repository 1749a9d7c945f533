import { dayOf, shortDay } from '#platform/dates.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { CopyLink, Details } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { directionOf, type Language, languages } from '#platform/language/rules.ts'
import { organisationKinds } from '#registers/organisations/rules.ts'
import { HowCounted, type Listed, State } from './list.tsx'

type OneProps = Readonly<{
  link: Listed
  address: string
  /** What the practice sends by text, in each language. */
  texts: readonly Readonly<{ language: Language; text: string; isDraft: boolean }>[]
  below: number
}>

/** One link: its address, what to hand over and to send, how often it was used, and the way to end it. */
export const OneLink = ({ link, address, texts, below }: OneProps) => (
  <Page
    title={link.organisationName}
    caption="A link that it hands over"
    back={{ href: '/area/links', label: 'Links that practices hand over' }}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <State endedAt={link.endedAt} /> },
        { label: 'What it is', value: organisationKinds[link.kind].label },
        { label: 'Made', value: `${shortDay(dayOf(link.madeAt))}, by ${link.byName ?? 'somebody who has left'}` },
        { label: 'The form was begun', value: String(link.used.started) },
        { label: 'Requests that were sent', value: String(link.used.sent) },
      ]}
    />
    <HowCounted below={below} />
    {link.endedAt ? (
      <p>Whoever opens it is led to the first page of the service, and can ask for help there.</p>
    ) : (
      <InUse {...{ link, address, texts }} />
    )}
  </Page>
)

const InUse = ({ link, address, texts }: Omit<OneProps, 'below'>) => (
  <>
    <h2 className="nhsuk-heading-m">Hand it over</h2>
    <CopyLink label="The link" address={address} />
    <form action={`/area/links/${link.id}/print`} method="get">
      <SelectFrom name="words" label="Poster and cards in" list={languages} value="en" empty={false} />
      <button type="submit" className="nhsuk-button nhsuk-button--secondary">
        Show poster and cards to print
      </button>
    </form>
    <h2 className="nhsuk-heading-m">Send it by text</h2>
    <p>For the practice’s own text messages. It names nobody, and the link is the same for everybody.</p>
    {texts.map(({ language, text, isDraft }) => (
      <div key={language} lang={languages[language].tag} dir={directionOf(language)}>
        <CopyLink
          label={`${languages[language].label}${isDraft ? ' (nobody has checked this translation yet)' : ''}`}
          address={`${text} ${address}`}
          id={`text-${language}`}
        />
      </div>
    ))}
    <h2 className="nhsuk-heading-m">End this link</h2>
    <Details summary="End the link of this organisation">
      <p>
        From then on it leads to the first page of the service, posters and cards that hang somewhere included, and
        nothing is counted for it. It cannot be begun again: a new one has another address.
      </p>
      <Form action={`/area/links/${link.id}/ending`}>
        <Button>End this link</Button>
      </Form>
    </Details>
    <p>
      <LinkButton href="/area/links" secondary small>
        All links
      </LinkButton>
    </p>
  </>
)
