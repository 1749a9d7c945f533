import type { Claim } from '#registers/places/rules.ts'
import type { Way } from '#journey/eligibility/rules.ts'

export const yesNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const
export const yesNoUnsure = { ...yesNo, 'not-sure': { label: 'Not sure' } } as const

/** Whether a rule is met; what is not known refuses nobody. */
export const metWords = {
  met: { label: 'Met', colour: 'green' },
  'not-met': { label: 'Not met', colour: 'red' },
  'not-known': { label: 'Not known yet', colour: 'orange' },
} as const

export type Met = keyof typeof metWords

/** What may be asked so that somebody can be placed. */
export type PlaceQuestion = 'council' | 'practice' | 'jobcentre'

/** Said of a council outside the area. */
export const elsewhere = 'elsewhere'

/** Where somebody belongs, as far as it can be looked up, for the day they were referred. */
export type PlaceFacts = Readonly<{
  /** Whether the area has said what it covers; otherwise no place can be judged. */
  covers: boolean
  claims: readonly Pick<Claim, 'by' | 'share' | 'why'>[]
  /** Which of the ways could be looked up at all. */
  placed: Readonly<{ home: boolean; practice: boolean }>
  country: string | null
  /** The council they live in, where that is certain. */
  council: string | null
}>

export type Placed = PlaceFacts & Readonly<{ answers: Readonly<Partial<Record<PlaceQuestion, string>>> }>

/** Whether somebody belongs to the area, why, and what to ask where that is not known. */
export type Belongs = Readonly<{ met: Met; why: string; ask: readonly PlaceQuestion[] }>

/** Whether one of the ways in which the area takes people is theirs. One is enough; a second is only asked without it. */
export function belongs(placed: Placed, ways: readonly Way[]): Belongs {
  if (!placed.covers) return { met: 'not-known', why: 'This area has not said yet which places it covers.', ask: [] }
  const each = ways.map((way) => belongsBy(way, placed))
  const best = each.find(({ met }) => met === 'met')
  if (best) return { ...best, ask: [] }
  const open = each.filter(({ met }) => met === 'not-known')
  if (open.length === 0) return { met: 'not-met', why: together(each), ask: [] }
  return { met: 'not-known', why: together(open), ask: open.flatMap(({ ask }) => ask) }
}

const together = (some: readonly Belongs[]) => some.map(({ why }) => why).join(' ')

const words = {
  home: { ask: 'council', where: 'They live', open: 'in which council they live' },
  practice: { ask: 'practice', where: 'Their GP practice is', open: 'whether their GP practice is in the area' },
  jobcentre: { ask: 'jobcentre', where: 'Their Jobcentre is', open: 'whether their Jobcentre is in the area' },
} as const

// Published shares are rounded, so that a whole may be a little less than one.
const sure = 0.999

function belongsBy(way: Way, { claims, placed, answers }: Placed): Belongs {
  const { where, open } = words[way]
  const ask = answers[words[way].ask] ? [] : [words[way].ask]
  const outside: Belongs = { met: 'not-met', why: `${where} outside the area.`, ask: [] }
  if (way !== 'home' && answers[way] === 'yes')
    return { met: 'met', why: `${where} in the area, as they told us.`, ask: [] }
  if (way === 'home' ? answers.council === elsewhere : answers[way] === 'no') return outside
  const claim = claims.find(({ by }) => by === way)
  if (claim) return { met: claim.share >= sure ? 'met' : 'not-known', why: `${claim.why}.`, ask }
  const lookedUp = way !== 'jobcentre' && placed[way]
  return lookedUp ? outside : { met: 'not-known', why: `We do not know yet ${open}.`, ask }
}

/** Whether they live in England or have their GP there. */
export function inEngland({ placed, country, answers }: Placed, place: Belongs): Belongs {
  if (place.met === 'met') return { met: 'met', why: 'Every place of this area is in England.', ask: [] }
  if (country === 'England') return { met: 'met', why: 'They live in England.', ask: [] }
  if (country !== null && !placed.practice) return { met: 'not-met', why: `They live in ${country}.`, ask: [] }
  const ask: PlaceQuestion[] = answers.council ? [] : ['council']
  return { met: 'not-known', why: 'We do not know yet where they live.', ask }
}
