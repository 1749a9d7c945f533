import { isBefore } from '#platform/dates.ts'
import { dayIn } from '#registers/services/rules.ts'
import { type Listing, mergedListing } from '#registers/listing/rules.ts'

/** Why two services may be one and the same, beside their name and who runs them. */
const reasons = {
  postcode: { label: 'the same postcode' },
  phone: { label: 'the same phone number' },
  url: { label: 'the same web address' },
  email: { label: 'the same email address' },
} as const
type Reason = keyof typeof reasons

/** By what a service is known again under another id. */
export type Looks = Readonly<{
  id: string
  name: string
  owner: string
  postcodes: readonly string[]
  listing: Pick<Listing, 'phones' | 'url' | 'email'>
}>

/** Two services that may be one, and why: the one was here first. */
export type Found = Readonly<{ one: string; other: string; because: readonly Reason[] }>

/** Which services that were brought may be one with others: the same name and owner, with whatever else is the same. */
export function twinsAmong(brought: readonly Looks[], others: readonly Looks[]): Found[] {
  const named = Map.groupBy(others, keyOf)
  return brought.flatMap((other) =>
    (named.get(keyOf(other)) ?? []).flatMap((one) =>
      one.id === other.id ? [] : [{ one: one.id, other: other.id, because: sharedBy(one, other) }],
    ),
  )
}

// Two people write one name with other capitals, spaces, hyphens and full stops.
const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const keyOf = ({ name, owner }: Looks) => `${bare(name)} / ${bare(owner)}`

function sharedBy(one: Looks, other: Looks): Reason[] {
  const same = {
    postcode: isShared(one.postcodes, other.postcodes),
    phone: isShared(phonesOf(one), phonesOf(other)),
    url: isShared([addressOf(one)], [addressOf(other)]),
    email: isShared([one.listing.email ?? ''], [other.listing.email ?? '']),
  }
  // Checked: the keys are the reasons.
  return (Object.keys(same) as Reason[]).filter((reason) => same[reason])
}

const isShared = (some: readonly string[], others: readonly string[]) =>
  some.some((one) => one !== '' && others.some((other) => other.toLowerCase() === one.toLowerCase()))

// The same page with and without https, www. and a stroke at the end; a path is written in one way.
function addressOf({ listing: { url } }: Looks): string {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?(?:www\.)?([^/?#]*)(.*)$/isu.exec(url?.trim() ?? '') ?? []
  return `${host.toLowerCase()}${rest.replace(/\/+$/u, '')}`
}

const phonesOf = ({ listing }: Looks) =>
  listing.phones.map(({ number }) => number.replaceAll(/\D/g, '')).filter((number) => number.length >= 5)

/** What somebody says of two services that look like one. */
export const decisions = {
  joined: {
    label: 'They are one',
    hint: 'The one that was here first stays, with its history and what the other says',
  },
  two: { label: 'They are two', hint: 'Both stay as they are, and nobody is asked about them again' },
} as const
export type Decision = keyof typeof decisions

/** "the same name and owner, the same postcode and the same phone number" */
export function becauseInWords(because: readonly string[]): string {
  const others = because.flatMap((one) => Object.entries(reasons).find(([code]) => code === one)?.[1].label ?? [])
  const [last, ...before] = ['the same name and owner', ...others].toReversed()
  return before.length === 0 ? `${last}` : `${before.toReversed().join(', ')} and ${last}`
}

/** The listing of a service that was found to be another: closed, and leading to the one that stays. */
export function joinedInto(listing: Listing, name: string, today: Temporal.PlainDate): Listing {
  return { ...listing, locations: [], validUntil: closingDay(listing, today), notice: noticeOf(name) }
}

const noticeOf = (name: string) => `This is the same service as ${name}, under which it stands now.`

// A service is never closed before the day from which it is open.
function closingDay({ validFrom }: Listing, today: Temporal.PlainDate): string {
  const from = dayIn(validFrom)
  return from !== null && !isBefore(from, today) ? from.add({ days: 1 }).toString() : today.toString()
}

/** What the service that stays says once the other is found to be one with it: what only the other says anew is taken. */
export function joinedWith(base: Listing, here: Listing, other: Listing): Listing {
  const { listing } = mergedListing(base, here, other)
  return { ...listing, validUntil: here.validUntil, notice: here.notice }
}

/** What it says once both are services of their own again: its own places, and none of the other's. */
export function partedFrom(here: Listing, before: Listing, other: Listing): Listing {
  const theirs = new Set(other.locations.map(({ id }) => id))
  const own = new Map([...before.locations, ...here.locations].map((one) => [one.location, one]))
  for (const one of before.locations) own.set(one.location, one)
  return { ...here, locations: [...own.values()].filter(({ id }) => !theirs.has(id)) }
}
