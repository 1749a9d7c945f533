/** The seven things a person says yes or no to, each by itself and for each recipient. */
export const switches = {
  'take-part': { label: 'Take part in WorkWell' },
  contact: { label: 'Be contacted, and how' },
  gp: { label: 'Share with my GP' },
  employer: { label: 'Share with my employer' },
  jobcentre: { label: 'Share with Jobcentre Plus' },
  onward: { label: 'Share with a service I am referred to' },
  research: { label: 'Be asked to take part in research' },
} as const

export type Switch = keyof typeof switches

/** How much a yes allows, from least to most. */
export const allowances = {
  received: { label: 'Only that the referral was received' },
  status: { label: 'Accepted, started and ended' },
  summary: { label: 'A short summary of the support' },
} as const

export type Allowance = keyof typeof allowances

/** How somebody said yes or no. */
export const waysOfAgreeing = {
  online: { label: 'Online, by themselves' },
  telephone: { label: 'By telephone' },
  'in-person': { label: 'In person' },
  form: { label: 'On a signed form' },
  referrer: { label: 'Told to the person who referred them' },
} as const

export type WayOfAgreeing = keyof typeof waysOfAgreeing

/** The lawful basis that stands beside a permission and is not replaced by it (UK GDPR articles 6 and 9). */
export const lawfulBases = {
  'public-task': { label: 'Public task and provision of care: articles 6(1)(e) and 9(2)(h)' },
  consent: { label: 'Explicit consent: articles 6(1)(a) and 9(2)(a)' },
} as const

export type LawfulBasis = keyof typeof lawfulBases

/** Somebody outside the team who may be told something. */
export type Recipient = Readonly<{ switch: Switch; name: string }>

export type Permission = Readonly<{ id: string; given: boolean; allows: string; at: Temporal.Instant }>

/** What mayDisclose says: yes with the permission that allows it, or no with the reason. */
export type Disclosure = Readonly<{ allowed: true; by: string } | { allowed: false; why: string }>

/** What decides whether a message may go to a person by one way: as it stands at the moment of sending. */
export type Reachable = Readonly<{
  died: boolean
  /** The newest answer to being contacted; undefined when it was never asked. */
  wantsContact: boolean | undefined
  /** The ways in force that the message would use: none when the address is no longer one of the person's. */
  ways: readonly Readonly<{ wanted: boolean; safe: boolean }>[]
}>

/** Whether something may go out to a person, or why not. */
export type MayGo = Readonly<{ allowed: true } | { allowed: false; why: string }>

/** Why no message may go to a person by this way; undefined when it may. */
export function reasonNotToContact({ died, wantsContact, ways }: Reachable): string | undefined {
  if (died) return 'The person has died'
  if (wantsContact === false) return 'The person does not want to be contacted'
  if (ways.length === 0) return 'This is no longer a way to reach the person'
  if (ways.some(({ safe }) => !safe)) return 'It is not safe to reach the person this way'
  if (ways.some(({ wanted }) => !wanted)) return 'The person does not want to be reached this way'
  return undefined
}

const order: readonly Allowance[] = ['received', 'status', 'summary']

/**
 * Whether a recipient may be told this much. Everybody who referred may learn that the referral was received, because
 * the person was told so when it was made; anything more needs a yes that has not been withdrawn.
 */
export function disclosure(recipient: Recipient, purpose: Allowance, newest: Permission | undefined): Disclosure {
  if (newest?.given && order.indexOf(purpose) <= orderOf(newest.allows)) return { allowed: true, by: newest.id }
  if (newest && !newest.given) return { allowed: false, why: `The person does not want ${recipient.name} to be told` }
  if (purpose === 'received') return { allowed: true, by: 'received' }
  return { allowed: false, why: `The person has not agreed that ${recipient.name} is told this much` }
}

function orderOf(allows: string): number {
  return order.findIndex((allowance) => allowance === allows)
}
