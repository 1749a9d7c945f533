import { areasOf, type Belonging, type Boundaries, type Coverage, type Known } from '#registers/places/rules.ts'

/** What a look-up answers: surely in an area, perhaps, surely in none, or that more has to be known. */
export const lookUpAnswers = {
  covered: { label: 'In a WorkWell area', colour: 'green' },
  perhaps: { label: 'Perhaps in a WorkWell area', colour: 'orange' },
  'not-covered': { label: 'In no WorkWell area', colour: 'grey' },
  'not-known': { label: 'Not known yet', colour: 'orange' },
} as const

export type LookUpAnswer = keyof typeof lookUpAnswers

/** What a look-up finds: the areas somebody can belong to and why, and what to ask where that is not sure. */
export type LookedUp = Belonging & Readonly<{ answer: LookUpAnswer }>

// Published shares are rounded, so that a whole may be a little less than one.
const sure = 0.999

/** Which areas somebody can belong to on a day, as far as what they said tells. */
export function lookUp(known: Known, map: Boundaries, areas: readonly Coverage[], on: Temporal.PlainDate): LookedUp {
  const belonging = areasOf(known, map, areas, on)
  return { ...belonging, answer: answerOf(belonging, known) }
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
