import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { EmptyState, Inset, WarningCallout } from '#platform/html/content.tsx'
import { LinkList } from '#platform/html/lists.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { handoverReasons, type StillBooked } from '#journey/allocation/rules.ts'

type HandoverProps = FormState &
  Readonly<{
    id: string
    episode: Readonly<{ id: string; person: string; name: string; version: number; providerName: string }>
    providers: CodeList
    /** How long the one before may read the record. */
    readingDays: number
    booked: readonly StillBooked[]
  }>

/** Hands somebody over to another provider of the area, who holds their record from then on. */
export const HandoverPage = ({ id, episode, providers, readingDays, booked, ...state }: HandoverProps) => (
  <FormPage
    title="Hand over to another provider"
    width="reading"
    caption={episode.name}
    back={{ href: `/people/${episode.person}`, label: 'Record' }}
    action={`/episodes/${episode.id}/handover`}
    fields={{ id }}
    edits={{ version: episode.version, now: <WithNow {...episode} /> }}
    {...state}
  >
    <Inset>
      <p>
        The other provider sees the whole record from now on, works on it and chooses a coach. {episode.providerName}{' '}
        {readingDays === 0
          ? 'does not see it any more from tomorrow on.'
          : `can read it for ${readingDays === 1 ? 'one more day' : `${readingDays} more days`}, and change nothing.`}
      </p>
    </Inset>
    <Booked booked={booked} providerName={episode.providerName} />
    {Object.keys(providers).length === 0 ? (
      <EmptyState heading="There is no other provider in this area">
        Providers are added under organisations.
      </EmptyState>
    ) : (
      <>
        <SelectFrom name="provider" label="To whom?" list={providers} />
        <RadiosFrom name="reason" label="Why?" list={handoverReasons} />
        <TextArea name="note" label="What the other provider should know first" rows={3} maximum={1000} />
        <Tick name="agreed" label="I have told this person, and they agree" />
        <ButtonGroup>
          <Button>Hand over</Button>
          <LinkButton href={`/people/${episode.person}`} secondary>
            Cancel
          </LinkButton>
        </ButtonGroup>
      </>
    )}
  </FormPage>
)

const Booked = ({ booked, providerName }: Readonly<{ booked: readonly StillBooked[]; providerName: string }>) =>
  booked.length === 0 ? null : (
    <WarningCallout heading={`Still booked with ${providerName}`}>
      <p>
        It stays booked, and afterwards only the other provider can change it. Move or cancel first what cannot be kept:
      </p>
      <LinkList links={booked} />
    </WarningCallout>
  )

const WithNow = ({ person, name, providerName }: HandoverProps['episode']) => (
  <p>
    {name} is with {providerName}. Look at <a href={`/people/${person}`}>the record</a> to see what happened.
  </p>
)
