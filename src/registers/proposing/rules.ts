import type { Problem } from '#platform/form/rules.ts'
import { outwardOf } from '#platform/postcode/rules.ts'
import { isBefore } from '#platform/dates.ts'
import {
  type Capacity,
  type Cost,
  type CostOption,
  type Listing,
  mergedListing,
  type Opening,
  type Phone,
  type ReferralWay,
  type Served,
  type Weekday,
  weekdays,
  withParts,
  type WorkStanding,
} from '#registers/listing/rules.ts'
import { isSupportKind, openingsInWords } from '#registers/services/rules.ts'

/** Who proposes what the directory should say; of these, those who decide say it at once. */
export const proposers = [
  ...(['coach', 'senior-coach', 'clinician', 'administrator', 'service-manager'] as const),
  'system-administrator',
] as const
export const deciders = ['administrator', 'service-manager', 'system-administrator'] as const

/** What somebody in this role may do about the directory. */
export const mayOf = (role: string) => ({
  decide: deciders.some((one) => one === role),
  propose: proposers.some((one) => one === role),
})

/** What is typed of a service, field by field. */
export type TypedListing = Readonly<{
  name: string
  summary: string
  kinds: readonly string[]
  foundBy: string | null
  url: string | null
  email: string | null
  phones: string | null
  contact: string | null
  leastAge: number | null
  mostAge: number | null
  work: readonly WorkStanding[]
  eligibility: string | null
  ways: readonly ReferralWay[]
  howToRefer: string | null
  languages: string | null
  cost: Cost
  prices: string | null
  openings: string | null
  hours: string | null
  served: string | null
  locations: readonly string[]
  waitWeeks: number | null
  capacity: Capacity | null
  validFrom: Temporal.PlainDate | null
  notice: string | null
  source: string | null
  staffOnly: boolean
  checked: boolean
}>

type Around = Readonly<{ before: Listing; owner: string; today: Temporal.PlainDate }>

/** What the listing says once this is taken; parts that the form does not show stay as they are. */
export function listingFrom(typed: TypedListing, { before, owner, today }: Around): Listing {
  const { phones, languages, prices, openings, served, locations, checked, validFrom, ...same } = typed
  const elsewhere = before.openings.filter(({ location }) => location !== null)
  const hidden = before.served.filter(({ kind }) => kind === 'board' || kind === 'council')
  const waited = typed.waitWeeks === before.waitWeeks && !checked ? before.waitOn : today.toString()
  return {
    ...{ ...before, ...same, owner, phones: linesIn(phones).map(phoneIn) },
    kinds: [...typed.kinds, ...before.kinds.filter((kind) => !isSupportKind(kind))].toSorted(),
    languages: wordsIn(languages),
    costOptions: linesIn(prices).map(priceIn),
    openings: [...linesIn(openings).flatMap((line) => openingsIn(line) ?? []), ...elsewhere],
    served: [...wordsIn(served).flatMap((word) => servedIn(word) ?? []), ...hidden],
    locations: before.locations.filter(({ location }) => locations.includes(location)),
    waitOn: typed.waitWeeks === null ? null : waited,
    validFrom: validFrom?.toString() ?? null,
    checkedOn: checked ? today.toString() : before.checkedOn,
  }
}

/** What is wrong with what was typed, where one line or word of it cannot be read. */
export function problemsWith({ openings, served, leastAge, mostAge, url }: TypedListing): Problem[] {
  const wrongHours = linesIn(openings).find((line) => openingsIn(line) === undefined)
  const wrongPlace = wordsIn(served).find((word) => servedIn(word) === undefined)
  const problem = (field: string, message: string): Problem[] => [{ field, message }]
  return [
    ...(wrongHours ? problem('openings', `Write “${wrongHours}” like Monday to Friday 9:00 to 17:00`) : []),
    ...(wrongPlace ? problem('served', `“${wrongPlace}” is not the first half of a postcode, like M14`) : []),
    ...(leastAge !== null && mostAge !== null && leastAge > mostAge
      ? problem('mostAge', 'The oldest age must not be below the youngest')
      : []),
    ...(url !== null && !/^https?:\/\/[^\s/.]+\.[^\s]+$/.test(url)
      ? problem('url', 'Enter a web address that begins with https://')
      : []),
  ]
}

const linesIn = (text: string | null) => (text ?? '').split('\n').flatMap((line) => line.trim() || [])
const wordsIn = (text: string | null) => (text ?? '').split(/[,;\n]/).flatMap((word) => word.trim() || [])

function phoneIn(line: string): Phone {
  const [, number = line, about = ''] = /^([\d\s+()]+)(.*)$/.exec(line) ?? []
  return { number: number.trim() || line, about: about.replace(/^[,:\s-]+/, '').trim() || null }
}

function priceIn(line: string): CostOption {
  const [, what = line, pounds = null] = /^(.*?)[:\s]+£?(\d+(?:\.\d\d)?)$/.exec(line) ?? []
  return { what: what.trim(), pence: pounds === null ? null : Math.round(Number(pounds) * 100) }
}

function servedIn(word: string): Served | undefined {
  if (/^england$/i.test(word)) return { kind: 'country', code: 'England' }
  const outward = outwardOf(word)
  return outward === undefined ? undefined : { kind: 'outward', code: outward }
}

// Checked: the keys of the list are its days.
const days = Object.keys(weekdays).map(Number) as Weekday[]
const dayNamed = (word: string) => days.find((day) => weekdays[day].label.toLowerCase().startsWith(word.slice(0, 3)))
const clockTime = String.raw`(\d{1,2}[:.]\d\d|midnight)`
const hoursLine = new RegExp(`^([a-z,& -]+?)\\s+(?:${clockTime}\\s*(?:to|-|–)\\s*${clockTime}|all day and night)$`)

/** The hours that one line says: days, then from when to when; undefined where it cannot be read. */
export function openingsIn(line: string): Opening[] | undefined {
  const [, named = '', from = 'midnight', until = 'midnight'] = hoursLine.exec(line.toLowerCase()) ?? []
  const open = daysNamed(named)
  const [opens, closes] = [timeIn(from), timeIn(until)]
  if (open === undefined || opens === undefined || closes === undefined) return undefined
  return open.map((day) => ({ day, opens, closes, location: null }))
}

function daysNamed(words: string): Weekday[] | undefined {
  const row = /^([a-z]+)\s*(?:to|-|–)\s*([a-z]+)$/.exec(words.trim())
  const single = (row ? row.slice(1) : words.split(/,|&|\band\b/)).map((word) => dayNamed(word.trim()))
  const [first, last] = single
  if (words.trim() === '' || single.some((day) => day === undefined)) return undefined
  if (row && first !== undefined && last !== undefined) return days.filter((day) => day >= first && day <= last)
  return single.filter((day) => day !== undefined)
}

function timeIn(text: string): string | undefined {
  if (text === 'midnight') return '00:00'
  const [hour = '', minute = ''] = text.split(/[:.]/)
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

/** A listing as the form shows it. */
export function shownListing(listing: Listing) {
  return {
    phones: listing.phones.map(({ number, about }) => (about ? `${number}, ${about}` : number)).join('\n'),
    languages: listing.languages.join(', '),
    prices: listing.costOptions
      .map(({ what, pence }) => (pence === null ? what : `${what}: ${(pence / 100).toFixed(2)}`))
      .join('\n'),
    openings: openingsInWords(listing.openings.filter(({ location }) => location === null)).join('\n'),
    served: listing.served
      .filter(({ kind }) => kind === 'country' || kind === 'outward')
      .map(({ code }) => code)
      .join(', '),
  }
}

/** What may be done about how a service stands. */
export const standingChanges = {
  pause: { label: 'Pause it', hint: 'It stays to be seen, and nobody can be referred until it opens again' },
  close: { label: 'Close it for good', hint: 'It stays to be seen, so that older plans read right' },
  open: { label: 'Open it again', hint: 'Takes a pause or a closing back' },
} as const

export type StandingChange = keyof typeof standingChanges

export type TypedStanding = Readonly<{
  what: StandingChange
  from: Temporal.PlainDate | null
  until: Temporal.PlainDate | null
  notice: string | null
}>

/** What the listing says once a service is paused, closed or opened again. */
export function withStanding(before: Listing, { what, from, until, notice }: TypedStanding, today: Temporal.PlainDate) {
  const [first, last] = [(from ?? today).toString(), until?.toString() ?? null]
  const days = {
    pause: { pausedFrom: first, pausedUntil: last, validUntil: null },
    close: { pausedFrom: null, pausedUntil: null, validUntil: first },
    open: { pausedFrom: null, pausedUntil: null, validUntil: null },
  } as const
  return { ...before, ...days[what], notice }
}

/** What is wrong with the days and words of pausing or closing. */
export function problemsWithStanding(
  { what, from, until, notice }: TypedStanding,
  today: Temporal.PlainDate,
): Problem[] {
  const first = from ?? today
  return [
    ...(what === 'pause' && until && !isBefore(first, until)
      ? [{ field: 'until', message: 'Enter a day after the one on which the pause begins' }]
      : []),
    ...(what === 'close' && notice === null
      ? [{ field: 'notice', message: 'Say why, and what people can use instead' }]
      : []),
  ]
}

/** What a proposal would make of a listing that others may have changed since: what was proposed counts. */
export function proposedOver(base: Listing, here: Listing, proposed: Listing) {
  const { listing, disputed } = mergedListing(base, here, proposed)
  return { listing: withParts(listing, proposed, disputed), disputed }
}
