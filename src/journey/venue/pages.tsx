import { isBefore, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Venue } from '#journey/availability/rules.ts'

type VenuesProps = Readonly<{ venues: readonly Venue[]; mayChange: boolean; today: Temporal.PlainDate }>

/** The buildings where an area meets people. */
export const VenuesPage = ({ venues, mayChange, today }: VenuesProps) => (
  <Page
    title="Buildings where people are met"
    lede="Coaches choose from these for the hours in which they meet people in person."
    actions={
      mayChange ? (
        <LinkButton href="/venues/new" small>
          Add a building
        </LinkButton>
      ) : undefined
    }
  >
    <Table
      caption="Buildings"
      captionSize="hidden"
      columns={columns(mayChange, today)}
      rows={venues}
      rowKey={({ id }) => id}
      empty="Add the first building: its address is what people are told, with how to get in."
    />
  </Page>
)

const columns = (mayChange: boolean, today: Temporal.PlainDate): readonly Column<Venue>[] => [
  {
    key: 'name',
    label: 'Building',
    names: true,
    cell: ({ id, name, until_on: until }) => (
      <>
        {mayChange ? <a href={`/venues/${id}`}>{name}</a> : name}{' '}
        {until && !isBefore(today, until) ? <Tag colour="grey">Not used any more</Tag> : null}
      </>
    ),
  },
  { key: 'address', label: 'Address', cell: ({ address }) => address },
  { key: 'step', label: 'Step-free', cell: ({ step_free: stepFree }) => (stepFree ? 'Yes' : 'No') },
  { key: 'access', label: 'Getting in', prose: true, cell: ({ access_note: note }) => note ?? '' },
]

type VenueProps = FormState & Readonly<{ id: string; venue?: (Venue & Readonly<{ version: number }>) | undefined }>

/** A building to add or to change. */
export const VenueForm = ({ id, venue, ...state }: VenueProps) => (
  <FormPage
    title={venue ? venue.name : 'Add a building'}
    width="reading"
    back={{ href: '/venues', label: 'Back to the buildings' }}
    action={venue ? `/venues/${id}` : '/venues'}
    fields={{ id }}
    {...(venue ? { edits: { version: venue.version, now: <Stands {...venue} /> } } : {})}
    {...state}
  >
    <TextField name="name" label="What do colleagues call it?" value={venue?.name ?? ''} />
    <TextField
      name="address"
      label="Address"
      hint="Sent to people and shown in calendars that others may see: the street address, not the name of a clinic."
      value={venue?.address ?? ''}
    />
    <TextArea
      name="access"
      label="Getting in (optional)"
      hint="What somebody needs to know: the entrance, lift, parking, buses, a hearing loop, where to wait."
      rows={3}
      maximum={600}
      value={venue?.access_note ?? ''}
    />
    <Tick name="step-free" label="Step-free from the street to the room" value={venue?.step_free ?? false} />
    {venue ? (
      <DateField
        name="until"
        label="Not used from (optional)"
        hint="Appointments that are booked there stay. Nobody can choose it from this day on."
        {...(venue.until_on ? { value: venue.until_on.toString() } : {})}
      />
    ) : null}
    <Button>{venue ? 'Save' : 'Add this building'}</Button>
  </FormPage>
)

const Stands = (venue: Venue) => (
  <SummaryList
    compact
    rows={[
      { label: 'Building', value: venue.name },
      { label: 'Address', value: venue.address },
      { label: 'Getting in', value: venue.access_note },
      { label: 'Step-free', value: venue.step_free ? 'Yes' : 'No' },
      { label: 'Not used from', value: venue.until_on ? longDay(venue.until_on) : null },
    ]}
  />
)
