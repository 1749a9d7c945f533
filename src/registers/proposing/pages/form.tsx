import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { capacities, costs, type Listing, referralWays, workStandings } from '#registers/listing/rules.ts'
import { shownListing } from '#registers/proposing/rules.ts'
import { isSupportKind, supportKinds } from '#registers/services/rules.ts'
import { SaidNow } from './said.tsx'

type FormProps = FormState &
  Readonly<{
    /** The address of the service that is changed; nothing for a new one. */
    service: Readonly<{ id: string; version: number; name: string }> | undefined
    id: string
    listing: Listing
    owner: string
    locations: CodeList
    decides: boolean
  }>

/** Says what the directory should say of a service: at once for those who decide, as a proposal for others. */
export const ServiceForm = ({ service, id, decides, problems, typed, ...shown }: FormProps) => (
  <FormPage
    title={service ? `Change ${service.name}` : decides ? 'Add a service' : 'Propose a service'}
    back={service ? { href: `/services/${service.id}`, label: service.name } : { href: '/services', label: 'Services' }}
    action={service ? `/services/${service.id}/change` : '/services/new'}
    fields={{ id }}
    {...(service
      ? { edits: { version: service.version, now: <SaidNow listing={shown.listing} owner={shown.owner} /> } }
      : {})}
    {...{ problems, typed }}
    draft
    width="reading"
  >
    {decides ? null : (
      <Inset>
        <p>What you write goes to those who look after the directory. It stands there once they have accepted it.</p>
      </Inset>
    )}
    <What {...shown} />
    <ForWhom {...shown} />
    <Reaching {...shown} />
    <WhenAndWhere {...shown} />
    <Knowing {...shown} />
    <Button>{decides ? 'Save' : 'Send this proposal'}</Button>
  </FormPage>
)

type Shown = Pick<FormProps, 'listing' | 'owner' | 'locations'>

const What = ({ listing, owner }: Shown) => (
  <>
    <TextField name="name" label="Name of the service" value={listing.name} />
    <TextArea name="summary" label="What does it do?" value={listing.summary} rows={3} maximum={1000} />
    <TextField name="owner" label="Who runs it?" hint="The organisation, as it calls itself" value={owner} />
    <CheckboxesFrom
      name="kinds"
      label="Which kinds of support is it?"
      list={supportKinds}
      value={listing.kinds.filter(isSupportKind)}
    />
    <TextField
      name="foundBy"
      label="Also found by (optional)"
      hint="Short names and words people use for it, for example: owing, bills, arrears"
      value={listing.foundBy ?? ''}
    />
  </>
)

const ForWhom = ({ listing }: Shown) => (
  <>
    <h2 className="nhsuk-heading-m">Who it is for</h2>
    <TextField name="leastAge" label="Youngest age (optional)" width={3} value={listing.leastAge?.toString() ?? ''} />
    <TextField name="mostAge" label="Oldest age (optional)" width={3} value={listing.mostAge?.toString() ?? ''} />
    <CheckboxesFrom
      name="work"
      label="Only for people who are (optional)"
      hint="Leave all open where it makes no difference"
      list={workStandings}
      value={listing.work}
    />
    <TextArea
      name="eligibility"
      label="Anything else about who it is for (optional)"
      value={listing.eligibility ?? ''}
      rows={3}
      maximum={1000}
    />
    <TextField
      name="served"
      label="Only for people who live in (optional)"
      hint="The first halves of postcodes, for example: M13, M14. Leave it empty for everybody in the area"
      value={shownListing(listing).served}
    />
    <h2 className="nhsuk-heading-m">How to refer</h2>
    <CheckboxesFrom name="ways" label="Who can refer?" list={referralWays} value={listing.ways} />
    <TextArea
      name="howToRefer"
      label="How is it done? (optional)"
      hint="For example: the form on its website, or a call before noon"
      value={listing.howToRefer ?? ''}
      rows={3}
      maximum={1000}
    />
  </>
)

const Reaching = ({ listing }: Shown) => (
  <>
    <h2 className="nhsuk-heading-m">Reaching it</h2>
    <TextArea
      name="phones"
      label="Phone numbers (optional)"
      hint="One on each line, with what it is for: 01632 960001, textphone"
      value={shownListing(listing).phones}
      rows={3}
    />
    <TextField name="url" label="Website (optional)" type="url" value={listing.url ?? ''} />
    <TextField name="email" label="Email (optional)" type="email" value={listing.email ?? ''} />
    <TextField
      name="contact"
      label="Whom to ask for (optional)"
      hint="A post rather than a name, for example: duty adviser"
      value={listing.contact ?? ''}
    />
    <TextField
      name="languages"
      label="Languages (optional)"
      hint="For example: English, Polish, British Sign Language"
      value={shownListing(listing).languages}
    />
    <RadiosFrom name="cost" label="What does it cost the person?" list={costs} value={listing.cost} />
    <Folded summary="Prices" fields={['prices']}>
      <TextArea
        name="prices"
        label="Prices (optional)"
        hint="One on each line, in pounds: Course: 12.50"
        value={shownListing(listing).prices}
        rows={3}
      />
    </Folded>
  </>
)

const WhenAndWhere = ({ listing, locations }: Shown) => (
  <>
    <h2 className="nhsuk-heading-m">When and where</h2>
    <TextArea
      name="openings"
      label="Hours (optional)"
      hint="One line for days with the same hours: Monday to Friday 9:00 to 17:00"
      value={shownListing(listing).openings}
      rows={3}
    />
    <TextField name="hours" label="Anything else about the hours (optional)" value={listing.hours ?? ''} />
    {Object.keys(locations).length === 0 ? null : (
      <CheckboxesFrom
        name="locations"
        label="Locations"
        hint="Take the tick away where it is not given any more"
        list={locations}
        value={listing.locations.map(({ location }) => location)}
      />
    )}
    <Waiting listing={listing} />
  </>
)

const Waiting = ({ listing }: Pick<Shown, 'listing'>) => (
  <>
    <TextField
      name="waitWeeks"
      label="How many weeks do people wait? (optional)"
      hint="0 for no wait. Leave it empty where you do not know"
      width={3}
      value={listing.waitWeeks?.toString() ?? ''}
    />
    <SelectFrom
      name="capacity"
      label="Has it room? (optional)"
      list={capacities}
      value={listing.capacity ?? undefined}
      empty="Not known"
    />
    <DateField
      name="validFrom"
      label="Open from (optional)"
      hint="Where it has not begun yet"
      value={listing.validFrom ?? ''}
    />
  </>
)

const Knowing = ({ listing }: Shown) => (
  <>
    <h2 className="nhsuk-heading-m">How you know</h2>
    <TextField
      name="source"
      label="From where do you know this? (optional)"
      hint="For example: its website, or a call with its manager"
      value={listing.source ?? ''}
    />
    <TextField
      name="notice"
      label="Notice at the top (optional)"
      hint="What people should know first, for example: closed in August"
      value={listing.notice ?? ''}
    />
    <Tick name="checked" label="I have checked all of this with the service or its own page today" />
    <Tick
      name="staffOnly"
      label="Show it to staff only"
      hint="Where its address or existence keeps somebody safe. It is not published then"
      value={listing.staffOnly}
    />
    <TextField name="note" label="What is new, and why? (optional)" hint="Stands in the history" />
  </>
)
