import { inWords } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Hindrance, hindrances, whoWaits } from './rules.ts'

type NewLinkProps = Readonly<{
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  link: Readonly<{ id: string; purpose: string; askedAt: Temporal.Instant; issuedAt: Temporal.Instant }>
  /** What the link was for. */
  title: string
  hindrance: Hindrance | undefined
  now: Temporal.Instant
}>

/** Somebody outside asked for a new link: sending one, or saying that none is needed. */
export const NewLinkPage = ({ person, link, title, hindrance, now }: NewLinkProps) => (
  <Page
    title="Somebody asked for a new link"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: `The record of ${person.name}` }}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'What happened', value: whoWaits(link) },
        { label: 'The link was for', value: title },
        { label: 'It was sent', value: inWords(link.issuedAt, now) },
        { label: 'A new one was asked for', value: inWords(link.askedAt, now) },
      ]}
    />
    {hindrance === undefined ? (
      <p>A new link goes to the address that the first one was sent to, and to no other.</p>
    ) : (
      <Inset>
        <p>{hindrances[hindrance]}</p>
      </Inset>
    )}
    {person.mayEdit ? (
      <ButtonGroup>
        {hindrance === undefined ? (
          <ButtonForm action={`/people/${person.id}/links/${link.id}/sending`}>Send a new link</ButtonForm>
        ) : null}
        <ButtonForm action={`/people/${person.id}/links/${link.id}/settling`} secondary>
          Nothing needs to be sent
        </ButtonForm>
      </ButtonGroup>
    ) : null}
  </Page>
)

/** What stands where a new link was asked for once it was sent, or somebody said that none is needed. */
export const NoneWanted = ({ person }: Pick<NewLinkProps, 'person'>) => (
  <Page
    title="Nobody waits for this link"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: `The record of ${person.name}` }}
    width="reading"
  >
    <p>A new link was sent, or a colleague said that none is needed. There is nothing to do.</p>
  </Page>
)
