import { between, type Chance, drawn } from '#exchange/population/invented/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Owner } from '#journey/action/rules.ts'

/** What a made-up person said in the first conversation. */
export type Conversation = Readonly<{
  employment: string
  health: string
  barriers: readonly Readonly<{
    code: string
    part: 'physical' | 'psychological' | 'social' | 'work'
    severity: number
  }>[]
}>

// Mental health is the main barrier of 48% and muscles, bones or joints of 21% (published for WorkWell); others by assumption.
const mains = { mind: 0.48, body: 0.21, tired: 0.12, work: 0.11, life: 0.08 }
const barriersOf = {
  mind: {
    health: 'low-mood-anxiety',
    barriers: [
      ['anxiety', 'psychological'],
      ['low-mood', 'psychological'],
      ['sleep', 'physical'],
    ],
  },
  body: {
    health: 'back-neck',
    barriers: [
      ['pain', 'physical'],
      ['moving', 'physical'],
      ['sleep', 'physical'],
    ],
  },
  tired: {
    health: 'heart',
    barriers: [
      ['fatigue', 'physical'],
      ['stress', 'psychological'],
    ],
  },
  work: {
    health: 'low-mood-anxiety',
    barriers: [
      ['stress', 'psychological'],
      ['hours', 'work'],
    ],
  },
  life: {
    health: 'low-mood-anxiety',
    barriers: [
      ['money', 'social'],
      ['stress', 'psychological'],
    ],
  },
} as const

const goals: Readonly<Record<PlanType, readonly string[]>> = {
  'return-to-work': [
    'I want to go back to my job, a few hours at a time',
    'I want to sleep through before I go back',
    'I want to talk to my manager without panicking',
  ],
  'thrive-in-work': [
    'I want to get through the week without going off sick',
    'I want a chair and a screen that do not hurt',
    'I want to leave on time twice a week',
  ],
  'seek-work': [
    'I want a job I can do sitting down',
    'I want to feel ready for an interview',
    'I want to work near home, mornings only',
  ],
}
type Done = readonly [what: string, owner: Owner]

const actions: readonly [Done, ...Done[]] = [
  ['Ask for a phased return, three mornings to begin with', 'participant'],
  ['Ring the manager together and agree what to say', 'coach'],
  ['Book the first session with the physiotherapist', 'participant'],
  ['Send the form for Access to Work', 'participant'],
  ['Find out about the sleep course in town', 'coach'],
  ['Look at the CV together', 'coach'],
]

/** What was said, in codes: one main barrier and a few others. */
export function conversation(chance: Chance, planType: PlanType | undefined): Conversation {
  const { health, barriers } = barriersOf[drawn(chance, mains)]
  const inWork = planType !== undefined && planType !== 'seek-work'
  const marked = barriers.slice(0, between(chance, 1, barriers.length))
  return {
    employment: inWork ? 'employed' : 'unemployed',
    health,
    barriers: marked.map(([code, part]) => ({ code, part, severity: between(chance, 3, 9) })),
  }
}

/** A made-up plan: a goal or two in the person's words, each with something somebody does by a day. */
export function planned(chance: Chance, planType: PlanType) {
  const wanted = someOf(chance, goals[planType], between(chance, 1, 2))
  const done = someOf(chance, actions, wanted.length)
  return wanted.map((words, place) => {
    const [what, owner] = done[place] ?? actions[0]
    return { words, action: { what, owner, inDays: between(chance, 7, 28) } }
  })
}

/** So many of a list that follow each other, from anywhere in it on: none of them twice. */
function someOf<T>(chance: Chance, list: readonly T[], most: number): T[] {
  const first = between(chance, 0, list.length - 1)
  return [...list, ...list].slice(first, first + Math.min(most, list.length))
}
