import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { hoursLines, shownListing } from '#registers/typed-lines/rules.ts'
import { capacities, costs, type Listing, referralWays, workStandings } from '#registers/listing/rules.ts'
import { hoursField, placeKey } from '#registers/proposing/rules.ts'
import { isSupportKind, supportKinds } from '#registers/services/rules.ts'

/** What a form about a listing shows, and what can be chosen on it. */
export type FieldsProps = Readonly<{
  listing: Listing
  /** Who runs it; left out where whoever runs it fills the form in themselves. */
  owner?: string
  locations: CodeList
  /** Boards and councils for whose people it can be. */
  places: CodeList
}>

/** Everything that a listing says and somebody can type. */
export const ListingFields = (shown: FieldsProps) => (
  <>
    <What {...shown} />
    <ForWhom {...shown} />
    <Reaching {...shown} />
    <WhenAndWhere {...shown} />
  </>
)

const What = ({ listing, owner }: FieldsProps) => (
  <>
    <TextField name="name" label="Name of the service" value={listing.name} />
    <TextArea name="summary" label="What does it do?" value={listing.summary} rows={3} maximum={1000} />
    {owner === undefined ? null : (
      <TextField name="owner" label="Who runs it?" hint="The organisation, as it calls itself" value={owner} />
    )}
    <CheckboxesFrom
      name="kinds"
      label="Which kinds of support is it?"
      list={supportKinds}
      value={listing.kinds.filter(isSupportKind)}
    />
    {owner === undefined ? null : (
      <TextField
        name="foundBy"
        label="Also found by (optional)"
        hint="Short names and words people use for it, for example: owing, bills, arrears"
        value={listing.foundBy ?? ''}
      />
    )}
  </>
)

const ForWhom = ({ listing, places }: FieldsProps) => (
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
    <WhereTheyLive listing={listing} places={places} />
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

const WhereTheyLive = ({ listing, places }: Pick<FieldsProps, 'listing' | 'places'>) => (
  <>
    {Object.keys(places).length === 0 ? null : (
      <Folded summary="Only for people of some councils or boards" fields={['places']}>
        <CheckboxesFrom
          name="places"
          label="Only for people who live in these (optional)"
          hint="Leave all open for everybody in the area"
          list={places}
          value={listing.served.filter(({ kind }) => kind === 'board' || kind === 'council').map(placeKey)}
        />
      </Folded>
    )}
    <TextField
      name="served"
      label="Only for people whose postcode begins with (optional)"
      hint="The first halves of postcodes, for example: M13, M14. Leave it empty for everybody in the area"
      value={shownListing(listing).served}
    />
  </>
)

const Reaching = ({ listing }: FieldsProps) => (
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
    <TextArea
      name="contact"
      label="Whom to ask for (optional)"
      hint="One on each line, the post before a name: Duty adviser, 01632 960001"
      value={listing.contact ?? ''}
      rows={2}
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

const hoursHint =
  'One line for days with the same hours: Monday to Friday 9:00 to 17:00. Holidays too: 24 Dec 2026 to 1 Jan 2027: closed'

const WhenAndWhere = ({ listing, locations }: FieldsProps) => (
  <>
    <h2 className="nhsuk-heading-m">When and where</h2>
    <TextArea
      name="openings"
      label={
        Object.keys(locations).length === 0 ? 'Hours (optional)' : 'Hours by phone or online, or everywhere (optional)'
      }
      hint={hoursHint}
      value={shownListing(listing).openings}
      rows={3}
    />
    {Object.entries(locations).map(([location, { label }]) => (
      <TextArea
        key={location}
        name={hoursField(location)}
        label={`Hours at ${label} (optional)`}
        hint={hoursHint}
        value={hoursLines(listing, location).join('\n')}
        rows={3}
      />
    ))}
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

const Waiting = ({ listing }: Pick<FieldsProps, 'listing'>) => (
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
