import { emptyListing, type Listing, type Opening, type Weekday } from '#registers/listing/rules.ts'
import { type Location, supportKinds } from '#registers/services/rules.ts'

/** A made-up local service: what is said of it, who runs it, and where it is given; by phone where it is nowhere. */
export type Offered = Readonly<{
  runBy: string
  said: Partial<Listing> & Pick<Listing, 'name' | 'summary'>
  at: (Partial<Location> & Pick<Location, 'name'>) | null
}>

type Code = (typeof supportKinds)[keyof typeof supportKinds]['code']

// Checked: the keys of the kinds are their ids.
const kind = (code: Code) => Object.entries(supportKinds).flatMap(([id, one]) => (one.code === code ? [id] : []))

const open = (days: readonly Weekday[], opens: string, closes: string): Opening[] =>
  days.map((day) => ({ day, opens, closes, location: null }))
const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5]

// Local services as a directory has them, so that whoever tries the product out finds some by town, language, hours, way in,
// cost, wait and room: one is paused, one is shown to staff alone and one keeps back where it is.
const made: readonly Offered[] = [
  {
    runBy: 'Canal Street Debt Centre',
    said: {
      ...{ name: 'Debt advice face to face', kinds: kind('money'), ways: ['self', 'coach'] },
      summary: 'A debt adviser sits down with you, opens letters and makes a plan for rent, bills and bailiffs.',
      ...{ openings: open([1, 3], '10:00', '16:00'), languages: ['Urdu', 'Polish'], waitWeeks: 2, capacity: 'few' },
    },
    at: { name: 'Canal Street Centre', address: ['4 Canal Street'], access: ['step-free', 'toilet', 'quiet'] },
  },
  {
    runBy: 'Moving Well',
    said: {
      ...{ name: 'Back and joint pain class', kinds: kind('health-promotion'), ways: ['self', 'coach', 'gp'] },
      summary: 'Eight weeks of gentle exercise with a physiotherapist, for pain in the back, neck, hips or knees.',
      ...{ openings: open([2, 4], '18:00', '19:30'), waitWeeks: 4, capacity: 'places' },
      ...{ cost: 'some', leastAge: 18 },
    },
    at: { name: 'Park Leisure Centre', address: ['Park Road'], access: ['step-free', 'lift', 'parking', 'toilet'] },
  },
  {
    runBy: 'Open Door Counselling',
    said: {
      ...{ name: 'Counselling for worry and low mood', kinds: kind('health'), ways: ['self', 'gp'] },
      summary: 'Six talks with a counsellor about anxiety, depression, grief or stress at work.',
      ...{ openings: open(weekdays, '09:00', '20:00'), waitWeeks: 9, capacity: 'full', languages: ['Punjabi'] },
    },
    at: { name: 'Open Door House', address: ['12 Mill Lane'], access: ['loop', 'quiet'] },
  },
  {
    runBy: 'The Kitchen Table',
    said: {
      ...{ name: 'Company at the kitchen table', kinds: kind('community'), ways: ['self', 'coach'] },
      summary: 'A lunch for people who are off work and alone, with somebody who comes along the first time.',
      ...{ openings: open([5], '12:00', '14:00'), waitWeeks: 0, capacity: 'places' },
    },
    at: { name: 'St Mary’s Hall', address: ['Church Street'], access: ['step-free', 'toilet'] },
  },
  {
    runBy: 'Council skills team',
    said: {
      ...{ name: 'English and computer courses', kinds: kind('training'), ways: ['self', 'coach', 'jobcentre'] },
      summary: 'Classes in English, maths and computers for adults, by day and in the evening.',
      ...{ openings: open([1, 2, 3, 4], '09:30', '20:30'), waitWeeks: 6, capacity: 'places' },
      ...{ work: ['in-work', 'out-of-work'], leastAge: 19 },
    },
    at: { name: 'Central Library', address: ['Library Walk'], access: ['step-free', 'lift', 'loop', 'toilet'] },
  },
  {
    runBy: 'Council housing team',
    said: {
      ...{ name: 'Housing advice', kinds: kind('council'), ways: ['self', 'coach'], waitWeeks: 1 },
      summary: 'Help with rent arrears, repairs, eviction and homelessness.',
      ...{ openings: open(weekdays, '09:00', '17:00'), capacity: 'places' },
      notice: 'The office moves. Until then ring the council.',
    },
    at: { name: 'Town Hall', address: ['Town Hall Square'], access: ['step-free', 'lift', 'parking'] },
  },
  {
    runBy: 'Safe Harbour',
    said: {
      ...{ name: 'Safe from harm at home', kinds: kind('community'), ways: ['self', 'coach'] },
      summary: 'Advice and a safe place for people who are hurt or controlled by somebody they live with.',
      ...{ openings: open([1, 2, 3, 4, 5, 6, 7], '00:00', '00:00'), capacity: 'few' },
    },
    at: { name: 'Safe Harbour', address: ['Kept back'], access: ['step-free'], staffOnly: true },
  },
  {
    runBy: 'Health and Work Together',
    said: {
      ...{ name: 'Emergency fund for travel to work', kinds: kind('money'), ways: ['coach'] },
      summary: 'Fares and work clothes until the first wage. Coaches ask for it.',
      ...{ capacity: 'places', staffOnly: true },
    },
    at: null,
  },
]

/** What is said of each, as somebody checked it a month ago; whoever has a notice is paused for three weeks. */
export const offeredOn = (today: Temporal.PlainDate): readonly Offered[] =>
  made.map(({ said, ...service }) => {
    const [checkedOn, waitOn] = [today.subtract({ days: 30 }).toString(), today.subtract({ days: 12 }).toString()]
    const paused = {
      pausedFrom: today.subtract({ days: 5 }).toString(),
      pausedUntil: today.add({ days: 16 }).toString(),
    }
    return { ...service, said: { ...said, checkedOn, waitOn, ...(said.notice ? paused : {}) } }
  })

/** A whole listing, of which only what matters here was said. */
export const listingOf = ({ said }: Offered, owner: string, location: Listing['locations']): Listing => ({
  ...{ ...emptyListing, ...said, owner, locations: location },
})

/** A whole location in a town of the area. Where it is on the map is nowhere said, since there is no such building. */
export const locationOf = (at: NonNullable<Offered['at']>, town: string): Location => ({
  ...{ kind: 'physical', county: null, postcode: null, latitude: null, longitude: null, accessWords: null },
  ...{ address: [], access: [], staffOnly: false, ...at, town },
})
