import { dayInWords, dayOf, shortDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { capacities, type Listing } from '#registers/listing/rules.ts'
import { dayIn, waitInWords } from '#registers/services/rules.ts'
import { referenceOf, type State, states } from '#journey/onward/rules.ts'
import { asRead, type Place, placeAsText, type Standing, standings } from './rules.ts'

type Row = Place &
  Readonly<{ name: string | undefined; wanted: string; service: string; serviceName: string; state: State }>

type Service = Readonly<{ id: string; listing: Listing }>

/** What the list is narrowed to. */
export type Narrowed = Readonly<{ standing: Standing | null; service: string | null; reference: string | null }>

type InboxProps = Narrowed &
  Readonly<{
    area: string
    organisation: string
    rows: readonly Row[]
    next: Place | undefined
    /** Whether the list begins further down than at its first page. */
    isOn: boolean
    services: readonly Service[]
    /** Whether the reader says how much room a service has. */
    looksAfter: boolean
    /** What is wrong with a reference that was looked for. */
    problems?: readonly Problem[]
    now: Temporal.Instant
  }>

/** What was sent to the services of an organisation, and what is said of each of them. */
export const Inbox = ({ organisation, rows, next, isOn, services, now, problems = [], ...props }: InboxProps) => {
  return (
    <Page
      title="Inbox"
      caption={organisation}
      lede="People who were passed on to you and agreed to it. Whoever sent them reads what you answer here."
    >
      <Narrowing {...props} services={services} />
      <ByReference {...props} problems={problems} />
      <Table
        caption="Requests"
        captionSize="hidden"
        columns={columns(dayOf(now), services.length > 1)}
        rows={rows}
        rowKey={({ id }) => id}
        empty={isNarrowed(props) || isOn ? nothingFits : nothingSent}
      />
      <NewerOlder
        newer={isOn ? addressOf(props) : undefined}
        older={next && addressOf(props, next)}
        newerLabel="First"
        olderLabel="Next"
      />
      <Table
        caption="Your services"
        captionSize="m"
        columns={serviceColumns(props)}
        rows={services}
        rowKey={({ id }) => id}
        empty="Nobody has said yet for which services you answer here. Ring whoever invited you."
      />
    </Page>
  )
}

const isNarrowed = ({ standing, service, reference }: Narrowed) =>
  standing !== null || service !== null || reference !== null

const Narrowing = ({ services, ...narrowed }: Narrowed & Readonly<{ services: readonly Service[] }>) => (
  <FilterForm action="/inbox" clear={isNarrowed(narrowed) ? '/inbox' : undefined} label="Filter requests">
    <SelectFrom
      name="standing"
      label="How it stands"
      list={standings}
      empty="Every one"
      value={narrowed.standing ?? undefined}
    />
    {services.length > 1 ? (
      <SelectFrom
        name="service"
        label="Service"
        list={named(services)}
        empty="All of them"
        value={narrowed.service ?? undefined}
      />
    ) : null}
  </FilterForm>
)

const ByReference = ({ reference, problems }: Narrowed & Readonly<{ problems: readonly Problem[] }>) => (
  <search aria-label="Find one request">
    <Form action="/inbox" className="ww-filter" problems={problems}>
      <div className="ww-filter__fields">
        <TextField name="reference" label="Reference" width={10} value={reference ?? ''} />
      </div>
      <div className="ww-filter__actions">
        <Button small secondary>
          Find
        </Button>
      </div>
    </Form>
  </search>
)

const nothingFits = 'Nothing fits. Clear the filters to see every request.'
const nothingSent =
  'Nobody was sent to you whose request is open. A new one appears here as soon as somebody has agreed to it.'

const named = (services: readonly Service[]) =>
  Object.fromEntries(services.map(({ id, listing }) => [id, { label: listing.name }]))

function addressOf({ standing, service }: Narrowed, after?: Place): string {
  const asked = { standing, service, after: after ? placeAsText(after) : null }
  const said = Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  return said.length === 0 ? '/inbox' : `/inbox?${new URLSearchParams(said).toString()}`
}

const columns = (today: Temporal.PlainDate, several: boolean): readonly Column<Row>[] => [
  {
    ...{ key: 'person', label: 'Person', names: true },
    cell: ({ id, name }) => <a href={`/inbox/${id}`}>{name ?? referenceOf(id)}</a>,
  },
  { key: 'wanted', label: 'What is wanted', prose: true, cell: ({ wanted }) => wanted },
  ...(several ? [{ key: 'service', label: 'Service', cell: ({ serviceName }: Row) => serviceName }] : []),
  {
    ...{ key: 'state', label: 'How it stands' },
    cell: ({ state }) => <Tag colour={states[state].colour}>{asRead[state] ?? states[state].label}</Tag>,
  },
  { key: 'asked', label: 'Sent', nowrap: true, cell: ({ askedAt }) => dayInWords(dayOf(askedAt), today) },
  { key: 'reference', label: 'Reference', nowrap: true, cell: ({ id }) => referenceOf(id) },
]

type Asked = Readonly<{ area: string; looksAfter: boolean }>

const serviceColumns = ({ area, looksAfter }: Asked): readonly Column<Service>[] => [
  { key: 'name', label: 'Service', names: true, cell: ({ listing }) => listing.name },
  {
    ...{ key: 'room', label: 'Room' },
    cell: ({ listing: { capacity } }) => (capacity ? capacities[capacity].label : 'Not said'),
  },
  { key: 'wait', label: 'Waiting time', cell: ({ listing }) => waited(listing) },
  {
    ...{ key: 'figures', label: 'Figures' },
    cell: ({ id, listing }) => (
      <a href={`/inbox/services/${id}/figures`}>
        How you answer<span className="nhsuk-u-visually-hidden">: {listing.name}</span>
      </a>
    ),
  },
  {
    ...{ key: 'refer', label: 'Refer to WorkWell' },
    cell: ({ id, listing }) => (
      <a href={`/in/${area}/refer?from=${id}`}>
        Refer somebody<span className="nhsuk-u-visually-hidden"> from {listing.name}</span>
      </a>
    ),
  },
  ...(looksAfter
    ? [
        {
          ...{ key: 'change', label: 'Change' },
          cell: ({ id, listing }: Service) => (
            <a href={`/inbox/services/${id}`}>
              Change room or wait<span className="nhsuk-u-visually-hidden"> of {listing.name}</span>
            </a>
          ),
        },
      ]
    : []),
]

function waited({ waitWeeks, waitOn }: Listing): string {
  const said = waitInWords(waitWeeks)
  const day = dayIn(waitOn)
  return said === null ? 'Not said' : `${said}${day ? `, checked ${shortDay(day)}` : ''}`
}
