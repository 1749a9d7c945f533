import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { EmptyState, Inset, WarningCallout } from '#platform/html/content.tsx'
import { LinkList } from '#platform/html/lists.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { reasons, readBefore } from '#journey/handing-over/rules.ts'
import { partCodes, type Summary, summaryParts } from '#journey/summary/rules.ts'

type HandoverProps = FormState &
  Readonly<{
    id: string
    episode: Readonly<{ id: string; person: string; name: string; version: number; providerName: string }>
    providers: CodeList
    draft: Summary
    /** How long the one before may read the record. */
    readingDays: number
    booked: readonly Readonly<{ href: string; label: string }>[]
  }>

/** Offers somebody to another provider of the area, with the summary as the record gives it. */
export const HandoverPage = ({ id, episode, providers, draft, readingDays, booked, ...state }: HandoverProps) => (
  <FormPage
    title="Hand over to another provider"
    width="reading"
    caption={episode.name}
    back={{ href: `/people/${episode.person}`, label: 'Record' }}
    action={`/episodes/${episode.id}/handover`}
    fields={{ id }}
    draft
    edits={{ version: episode.version, now: <WithNow {...episode} /> }}
    {...state}
  >
    <Inset>
      <p>
        The other provider reads what stands under “Before it decides”, and not who they are. If it accepts, the whole
        record is theirs with everything that is due; if not, it says why. Until then you stay responsible.
      </p>
      <p>
        Afterwards {episode.providerName}{' '}
        {readingDays === 0
          ? 'does not see it any more from the next day on.'
          : `can read it for ${readingDays === 1 ? 'one more day' : `${readingDays} more days`}, and change nothing.`}
      </p>
    </Inset>
    <Booked booked={booked} providerName={episode.providerName} />
    {Object.keys(providers).length === 0 ? (
      <EmptyState heading="There is no other provider in this area">
        Providers are added under organisations.
      </EmptyState>
    ) : (
      <Offer person={episode.person} providers={providers} draft={draft} />
    )}
  </FormPage>
)

const Offer = ({
  person,
  providers,
  draft,
}: Pick<HandoverProps, 'providers' | 'draft'> & Readonly<{ person: string }>) => (
  <>
    <SelectFrom name="provider" label="To whom?" list={providers} />
    <RadiosFrom name="reason" label="Why?" list={reasons} />
    <h2 className="nhsuk-heading-m">Before it decides</h2>
    <p>It also sees their age in tens, their district, stage, language and needs. Leave out every name.</p>
    <Parts draft={draft} codes={partCodes.filter((part) => readBefore.includes(part))} />
    <h2 className="nhsuk-heading-m">Once it has accepted</h2>
    <Parts draft={draft} codes={partCodes.filter((part) => !readBefore.includes(part))} />
    <Tick name="agreed" label="I have told this person what the other provider reads and when, and they agree" />
    <ButtonGroup>
      <Button>Offer them to this provider</Button>
      <LinkButton href={`/people/${person}`} secondary>
        Cancel
      </LinkButton>
    </ButtonGroup>
  </>
)

const Parts = ({ draft, codes }: Readonly<{ draft: Summary; codes: typeof partCodes }>) =>
  codes.map((part) => (
    <TextArea
      key={part}
      name={part}
      label={part === 'first' ? 'What the other provider should know first' : summaryParts[part].label}
      hint={part === 'first' ? summaryParts.first.hint : undefined}
      value={draft[part] ?? ''}
      rows={part === 'coming' || part === 'plan' ? 5 : 3}
      maximum={3000}
    />
  ))

const Booked = ({ booked, providerName }: Pick<HandoverProps, 'booked'> & Readonly<{ providerName: string }>) =>
  booked.length === 0 ? null : (
    <WarningCallout heading={`Still booked with ${providerName}`}>
      <p>
        It stays booked, and once they are handed over only the other provider can change it. Move or cancel first what
        cannot be kept:
      </p>
      <LinkList links={booked} />
    </WarningCallout>
  )

const WithNow = ({ person, name, providerName }: HandoverProps['episode']) => (
  <p>
    {name} is with {providerName}. Look at <a href={`/people/${person}`}>the record</a> to see what happened.
  </p>
)
