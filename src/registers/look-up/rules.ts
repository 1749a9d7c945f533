import {
  areasOf,
  type Belonging,
  type Boundaries,
  type Claim,
  councilName,
  type Coverage,
  type Known,
} from '#registers/places/rules.ts'

/** What a look-up answers: surely in an area, perhaps, surely in none, or that more has to be known. */
export const lookUpAnswers = {
  covered: { label: 'In a WorkWell area', colour: 'green' },
  perhaps: { label: 'Perhaps in a WorkWell area', colour: 'orange' },
  'not-covered': { label: 'In no WorkWell area', colour: 'grey' },
  'not-known': { label: 'Not known yet', colour: 'orange' },
} as const

export type LookUpAnswer = keyof typeof lookUpAnswers

/** What a look-up finds: the areas somebody can belong to and why, and what to ask where that is not sure. */
export type LookedUp = Belonging & Readonly<{ answer: LookUpAnswer; reasons: readonly Reason[] }>

/** Why somebody belongs to an area, said to themselves: an English text to be said in their language, with its place. */
export type Reason = Readonly<{ area: string; text: string; place: string }>

// Published shares are rounded, so that a whole may be a little less than one.
const sure = 0.999

/** Which areas somebody can belong to on a day, as far as what they said tells. */
export function lookUp(known: Known, map: Boundaries, areas: readonly Coverage[], on: Temporal.PlainDate): LookedUp {
  const belonging = areasOf(known, map, areas, on)
  const reasons = belonging.claims.map((claim) => ({ area: claim.area, ...reasonFor(claim, known, map) }))
  return { ...belonging, answer: answerOf(belonging, known), reasons }
}

function reasonFor({ by, share }: Claim, known: Known, map: Boundaries): Omit<Reason, 'area'> {
  const { postcode, council, practice, jobcentre } = known
  if (by === 'jobcentre') return { text: 'Your Jobcentre, {place}, is in this area.', place: jobcentre?.name ?? '' }
  if (by === 'practice') {
    const place = practice?.name ?? ''
    if (share >= sure) return { text: 'Your GP practice, {place}, is in this area.', place }
    return { text: 'Your GP practice, {place}, may be in this area. We cannot tell from its name alone.', place }
  }
  const located = postcode && postcode.parts.length > 0 ? postcode : undefined
  const place = located?.postcode ?? councilName(council, map)
  // One that the directory does not know may belong to an area by how it begins.
  if (postcode && share >= sure && (located?.whole ?? true))
    return { text: 'Your postcode, {place}, is in this area.', place: postcode.postcode }
  return { text: partInWords(share), place }
}

// Of the people who live there, not of the ground; nobody needs the exact figure to know what to do next.
function partInWords(share: number): string {
  if (share >= sure) return 'You live in {place}, which is all in this area.'
  if (share >= 0.6) return 'You live in {place}. Most people there belong to this area, but not all.'
  if (share >= 0.4) return 'You live in {place}. About half of the people there belong to this area.'
  return 'You live in {place}. Some people there belong to this area, but most do not.'
}

function answerOf({ claims }: Belonging, known: Known): LookUpAnswer {
  if (claims.some(({ share }) => share >= sure)) return 'covered'
  if (claims.length > 0) return 'perhaps'
  const { council, postcode, practice } = known
  const located = [postcode, practice?.located].some((one) => (one?.parts.length ?? 0) > 0)
  return located || council !== undefined || practice?.board ? 'not-covered' : 'not-known'
}

/** What somebody typed or chose about themselves, or about the person they ask for. */
export type Asked = Readonly<{
  postcode: string | null
  council: string | null
  practice: string | null
  practiceCode: string | null
  jobcentre: string | null
}>

/** Whether anything was said at all. */
export function saysNothing({ postcode, council, practice, jobcentre }: Asked): boolean {
  return [postcode, council, practice, jobcentre].every((one) => one === null)
}
