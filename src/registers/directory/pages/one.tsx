import type { ReactNode } from 'react'
import { dayOf, longDay, shortDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset, WarningCallout } from '#platform/html/content.tsx'
import { Facts, SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { accessInWords, addressInWords, inWords, type Names, whoInWords } from '#registers/directory/rules.ts'
import { hoursLines } from '#registers/typed-lines/rules.ts'
import { capacities, costs, type Listing, listingParts, type Part } from '#registers/listing/rules.ts'
import { dayIn, daysOf, type Location, stateOn, waitInWords } from '#registers/services/rules.ts'
import { Standing } from './standing.tsx'

/** One service with the names of what it points to. */
export type Shown = Readonly<{
  id: string
  version: number
  listing: Listing
  names: Names
  locations: readonly Readonly<{ id: string; location: Location }>[]
  today: Temporal.PlainDate
}>

/** That the directory it came from does not have a service any more. */
export type Missing = Readonly<{ from: string; since: Temporal.Instant }>

type OneProps = Shown &
  Readonly<{
    may: Readonly<{ decide: boolean; propose: boolean }>
    waiting: number
    gone: Missing | undefined
  }>

/** One service: everything that is said of it. */
export const OneService = ({ may, waiting, gone, ...shown }: OneProps) => {
  const { id, listing, names, locations, today } = shown
  return (
    <Page
      title={listing.name}
      caption={names.owners.get(listing.owner) ?? 'Nobody named'}
      lede={listing.summary}
      back={{ href: '/services', label: 'Services' }}
      actions={may.propose ? <Actions id={id} decide={may.decide} /> : null}
    >
      {waiting > 0 ? <Waiting id={id} number={waiting} decide={may.decide} /> : null}
      {gone && may.decide ? <Gone {...gone} /> : null}
      <Closed {...listing} today={today} />
      <Facts facts={factsOf(listing, today)} />
      <h2 className="nhsuk-heading-m">Who it is for, and how to refer</h2>
      <SummaryList rows={[...forWhom(listing, names), ...said(['ways', 'howToRefer'], listing, names)]} />
      <h2 className="nhsuk-heading-m">Reaching it</h2>
      <SummaryList rows={reaching(listing, names)} />
      <h2 className="nhsuk-heading-m">Where it is</h2>
      <Where locations={locations} listing={listing} />
      <h2 className="nhsuk-heading-m">How this is known</h2>
      <SummaryList rows={known(listing, names)} />
      <p>
        <a href={`/services/${id}/history`}>Everything that was changed</a>
      </p>
      {may.propose ? (
        <p>
          <a href={`/services/${id}/figures`}>How it answers referrals</a>
        </p>
      ) : null}
      <p>
        <a href={`/services/${id}/feedback`}>Say that something is wrong</a>
      </p>
    </Page>
  )
}

const Actions = ({ id, decide }: Readonly<{ id: string; decide: boolean }>) => (
  <>
    <LinkButton href={`/services/${id}/change`} small>
      {decide ? 'Change' : 'Propose a change'}
    </LinkButton>
    <LinkButton href={`/services/${id}/locations/new`} small secondary>
      Add a location
    </LinkButton>
    {decide ? (
      <>
        <LinkButton href={`/services/${id}/owner-check`} small secondary>
          Ask the owner
        </LinkButton>
        <LinkButton href={`/services/${id}/inbox`} small secondary>
          Its own inbox
        </LinkButton>
        <LinkButton href={`/services/${id}/standing`} small secondary>
          Pause or close
        </LinkButton>
      </>
    ) : null}
  </>
)

const Waiting = ({ id, number, decide }: Readonly<{ id: string; number: number; decide: boolean }>) => (
  <Inset>
    <p>
      {number === 1 ? 'A change to this service waits' : `${number} changes to this service wait`} for a decision.{' '}
      {decide ? <a href={`/services/proposals?service=${id}`}>Look at what was proposed</a> : null}
    </p>
  </Inset>
)

const Gone = ({ from, since }: Missing) => (
  <Inset>
    <p>
      {from} does not have it any more, since {shortDay(dayOf(since))}. Ring before you rely on it, and pause or close
      it if it is over.
    </p>
  </Inset>
)

function Closed({ today, ...listing }: Listing & Readonly<{ today: Temporal.PlainDate }>) {
  const state = stateOn(daysOf(listing), today)
  if (state === 'open') return listing.notice ? <Inset>{listing.notice}</Inset> : null
  const heading = { paused: 'Paused: nobody can be referred now', closed: 'Closed: nobody can be referred' } as const
  return (
    <WarningCallout heading={state === 'to-come' ? 'Not open yet: nobody can be referred' : heading[state]}>
      <p>
        <Standing days={daysOf(listing)} today={today} />
      </p>
      {listing.notice ? <p>{listing.notice}</p> : null}
    </WarningCallout>
  )
}

function factsOf(listing: Listing, today: Temporal.PlainDate) {
  const { waitWeeks, waitOn, capacity, cost, checkedOn } = listing
  const [waited, checked] = [dayIn(waitOn), dayIn(checkedOn)]
  return [
    { label: 'Now', value: <Standing days={daysOf(listing)} today={today} /> },
    {
      ...{ label: 'Waiting time', value: waitInWords(waitWeeks) ?? 'Not known' },
      note: waited ? `As of ${shortDay(waited)}` : undefined,
    },
    { label: 'Room', value: capacity ? capacities[capacity].label : 'Not known' },
    { label: 'Cost', value: costs[cost].label },
    {
      label: 'Last checked',
      value: checked ? shortDay(checked) : 'Not yet',
      note: checked ? undefined : 'Ring before you rely on it',
      loud: checked === null,
    },
  ]
}

const said = (parts: readonly Part[], listing: Listing, names: Names): SummaryRow[] =>
  parts.map((part) => ({ label: listingParts[part].label, value: inWords(part, listing, names) }))

// What few services have is left out where it is not said; what every service should say is missed.
const given = (rows: readonly SummaryRow[]) => rows.filter(({ value }) => value !== null)

const forWhom = (listing: Listing, names: Names): SummaryRow[] => [
  ...said(['kinds'], listing, names),
  { label: 'Who it is for', value: whoInWords(listing, names) },
  ...said(['served'], listing, names),
]

function reaching(listing: Listing, names: Names): SummaryRow[] {
  const { phones, url, email } = listing
  return [
    { label: 'Phone', value: phones.length === 0 ? null : <Phones phones={phones} /> },
    { label: 'Website', value: url ? <a href={url}>{url.replace(/^https?:\/\//, '').replace(/\/$/, '')}</a> : null },
    ...(email ? [{ label: 'Email', value: <a href={`mailto:${email}`}>{email}</a> }] : []),
    ...given(said(['contact'], listing, names)),
    { label: 'Open', value: <Lines lines={hoursLines(listing, null)} after={listing.hours} /> },
    ...said(['languages'], listing, names),
    ...given(said(['costOptions'], listing, names)),
  ]
}

const Phones = ({ phones }: Pick<Listing, 'phones'>) =>
  phones.map(({ number, about }) => (
    <div key={number}>
      <a href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>{number}</a>
      {about ? ` (${about})` : null}
    </div>
  ))

const Lines = ({ lines, after }: Readonly<{ lines: readonly string[]; after: string | null }>): ReactNode => {
  const all = after === null ? lines : [...lines, after]
  return all.length === 0 ? 'Not given' : all.map((line) => <div key={line}>{line}</div>)
}

const Where = ({ locations, listing }: Pick<Shown, 'locations' | 'listing'>) =>
  locations.length === 0 ? (
    <p>By phone or online.</p>
  ) : (
    locations.map(({ id, location }) => (
      <Card key={id} heading={location.name} level={3}>
        <p>
          <a href={`/services/locations/${id}`}>What is known of this location</a>
        </p>
        <SummaryList
          compact
          rows={[
            { label: 'Address', value: addressInWords(location) },
            { label: 'Getting in', value: accessInWords(location) },
            { label: 'Open here', value: hoursHere(listing, id) },
          ]}
        />
      </Card>
    ))
  )

function hoursHere(listing: Listing, location: string) {
  const lines = hoursLines(listing, location)
  return lines.length === 0 ? null : lines.map((line) => <div key={line}>{line}</div>)
}

function known({ checkedOn, source, staffOnly, owner }: Listing, { owners }: Names): SummaryRow[] {
  const checked = dayIn(checkedOn)
  return [
    { label: 'Run by', value: <a href={`/services/owners/${owner}`}>{owners.get(owner) ?? 'Nobody named'}</a> },
    {
      label: 'Last checked',
      value: checked ? longDay(checked) : 'Nobody has compared it with the service’s own page yet',
    },
    { label: 'Source', value: source },
    { label: 'Published', value: staffOnly ? 'No: shown to staff only' : 'Yes, in the open directory' },
  ]
}
