import type { Stage } from '#journey/episode/rules.ts'
import type { Mode } from '#journey/invitation/rules.ts'

/** How people meet, in words for the participant. */
export const meetings: Readonly<Record<Mode, { label: string }>> = {
  phone: { label: 'By telephone' },
  video: { label: 'By video' },
  'in-person': { label: 'In person' },
}

/** An appointment that is to come. */
export type NextTime = Readonly<{
  startsAt: Temporal.Instant
  mode: Mode
  place: string | null
  withName: string
  interpreter: boolean
}>

/** An appointment of which a participant may choose the time, until a moment. */
export type Offered = Readonly<{ id: string; expiresAt: Temporal.Instant }>

/** Whom a participant talks to. */
export type OwnCoach = Readonly<{ name: string; phone: string | null }>

/** Where a participant stands, no more closely than they need to know: never why something ended. */
export type Standing = 'unknown' | 'asked' | 'beginning' | 'supported' | 'over'

const standings: Readonly<Record<Stage, Standing>> = {
  received: 'asked',
  accepted: 'beginning',
  trying: 'beginning',
  booked: 'beginning',
  assessed: 'supported',
  'plan-agreed': 'supported',
  active: 'supported',
  waiting: 'supported',
  aftercare: 'over',
  closed: 'over',
  ended: 'over',
}

type Put = Readonly<{ told: readonly Readonly<{ how: string }>[]; objectedAt: unknown }>

/** Whether something was put to the team that the participant has neither read nor said no to. */
export const isToRead = ({ told, objectedAt }: Put): boolean =>
  objectedAt === null && told.every(({ how }) => how === 'sent')

/** Where somebody stands whose spell of support is in this stage; unknown where they have none. */
export const standingOf = (stage: Stage | undefined): Standing => (stage ? standings[stage] : 'unknown')

const otherPages = [
  { href: '/my/questions', label: 'Questions about how you are' },
  { href: '/my/work', label: 'My employer' },
  { href: '/my/passport', label: 'My adjustment passport' },
  { href: '/my/team', label: 'Advice from our team' },
  { href: '/my/services', label: 'Services for you' },
  { href: '/my/safety-plan', label: 'My safety plan' },
  { href: '/my/changes', label: 'Who looks after you' },
  { href: '/my/agreements', label: 'What I agreed to' },
  { href: '/my/readers', label: 'Who has seen my record' },
  { href: '/my/copy', label: 'A copy of my record' },
  { href: '/my/corrections', label: 'Something on my record is wrong' },
  { href: '/my/leaving', label: 'Leave the service' },
] as const

type Has = Readonly<{ hasSafetyPlan: boolean; hasServices: boolean; standing: Standing }>

/**
 * The pages that the first one leads to beside its ways at the top: a safety plan only for whoever wanted to see it there,
 * services for whoever was or would be put in touch with any, and what can be done about an end in place of leaving.
 */
export const otherPagesOf = ({ hasSafetyPlan, hasServices, standing }: Has) =>
  otherPages
    .filter(({ href }) => (hasSafetyPlan || href !== '/my/safety-plan') && (hasServices || href !== '/my/services'))
    .map((one) =>
      one.href === '/my/leaving' && standing === 'over' ? { ...one, label: 'Your support has ended' } : one,
    )

// What each of their pages is about, as an easy-read page draws it.
const pictures = {
  '/my/plan': 'plan',
  '/my/messages': 'message',
  '/my/appointments': 'calendar',
  '/my/details': 'pen',
  '/my/agreements': 'choice',
  '/my/copy': 'copy',
  '/my/corrections': 'pen',
  '/my/leaving': 'door',
  '/my/questions': 'question',
  '/my/services': 'talk',
  '/my/safety-plan': 'heart',
  '/my/passport': 'pen',
  '/my/work': 'person',
  '/my/team': 'person',
  '/my/readers': 'eye',
  '/my/changes': 'person',
} as const

type Picture = (typeof pictures)[keyof typeof pictures]

/** The drawing beside the way to a page, for whoever reads pictures sooner than words. */
export function pictureOf(href: string): Picture {
  return Object.entries(pictures).find(([page]) => page === href)?.[1] ?? 'question'
}
