import { participantRole, type Role, roles } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'

const anotherPart = 'Another part of the record'

/**
 * What somebody looked at, in words for the person whose record it is, by the first part of the journal's code. What is
 * said about concerns, about other people or why a record is hidden is one more part of the record here: the page may be
 * given to the person while somebody stands beside them.
 */
export const looks = {
  action: { label: 'The plan' },
  appointment: { label: 'Appointments' },
  assessment: { label: 'The first conversation' },
  completion: { label: 'How the support ended' },
  concern: { label: 'Another part of the record' },
  contact: { label: 'Calls, texts and letters' },
  copy: { label: 'A copy of the record that the person asked for' },
  death: { label: 'Another part of the record' },
  details: { label: 'Name, date of birth, home and needs' },
  diary: { label: 'Appointments' },
  eligibility: { label: 'Whether WorkWell is the right help' },
  employer: { label: 'Their employer, and what it may be told' },
  'employer-letter': { label: 'A letter on paper to their employer' },
  ending: { label: 'How the support ended' },
  'entry-check': { label: 'Whether another programme could help' },
  equality: { label: 'Answers to the equality questions' },
  erasure: { label: 'Whether the record is erased' },
  'follow-up': { label: 'How things are after the support' },
  gap: { label: 'Which services could help' },
  goal: { label: 'The plan' },
  handover: { label: 'Handing the record over to another organisation' },
  hold: { label: 'Another part of the record' },
  'fit-note': { label: 'Fit notes' },
  advice: { label: 'Advice from occupational health of the team' },
  'fit-note-request': { label: 'Requests for a fit note' },
  adjustment: { label: 'Adjustments at work' },
  'job-search': { label: 'Looking for a job' },
  interpreting: { label: 'Interpreters for appointments' },
  keeping: { label: 'How long the record is kept' },
  'record-request': { label: 'What they asked about their record' },
  likeness: { label: 'Whether there are two records of one person' },
  link: { label: 'A page that a link opens' },
  matter: { label: 'What the team was asked' },
  budget: { label: 'What is paid for' },
  means: { label: 'Phone numbers and addresses' },
  message: { label: 'Messages' },
  service: { label: 'Which services could help' },
  move: { label: 'A move to another area' },
  needs: { label: 'What they need to take part' },
  offer: { label: 'Appointments' },
  online: { label: 'Another part of the record' },
  onward: { label: 'Services they are passed on to' },
  'own-answer': { label: 'What they answered by themselves' },
  outbox: { label: 'A message that was written' },
  outing: { label: 'Appointments' },
  pause: { label: 'A break in the support' },
  participant: { label: 'The person’s own pages' },
  passport: { label: 'The adjustment passport' },
  'passing-on': { label: 'A change of coach' },
  permissions: { label: 'What the person has agreed to' },
  'phased-return': { label: 'The phased return to work' },
  pilot: { label: 'Whether they try something new' },
  plan: { label: 'The plan' },
  question: { label: 'A question to whoever referred' },
  questionnaires: { label: 'Questionnaires' },
  readers: { label: 'This list' },
  record: { label: 'The record as a whole' },
  rectification: { label: 'What the person said is wrong' },
  referral: { label: 'The referral' },
  referrer: { label: 'Where the referral stands' },
  request: { label: 'A question to a service or an employer' },
  resettling: { label: 'Handing the record over to another organisation' },
  restriction: { label: 'Another part of the record' },
  review: { label: 'The plan' },
  rhythm: { label: 'How often they hear from their coach' },
  'safety-plan': { label: anotherPart },
  supervision: { label: 'The support of their coach' },
  support: { label: 'The help that was given' },
  'three-way': { label: 'What their employer is asked and answers' },
  team: { label: 'What the team was asked' },
  weight: { label: 'How much work it is to support them' },
  'two-sides': { label: 'Whether there are two records of one person' },
} as const

/** What was looked at, in words. */
function lookInWords(what: string): string {
  const part = what.split('.')[0] ?? ''
  return Object.entries(looks).find(([code]) => code === part)?.[1].label ?? anotherPart
}

/** Why a role opens records. */
const reasons: Partial<Record<Role, string>> = {
  coach: 'To support the person',
  'senior-coach': 'To support the person, or to help their coach do so',
  clinician: 'To give clinical advice on the support',
  administrator: 'To deal with referrals, appointments and letters',
  'service-manager': 'To make sure that the support is good and safe',
  'system-administrator': 'To keep the system working',
  'provider-lead': 'To read and answer what they were asked for the person',
  provider: 'To read and answer what they were asked for the person',
  referrer: 'To see where the referral stands',
  'jobcentre-partner': 'To see where the referral stands',
}

/** Who comes by a link that we sent, and why, by the purpose of the link. */
const byLink: Readonly<Record<string, Readonly<{ who: string; own: string; why: string }>>> = {
  appointment: ofTheirOwn(),
  'come-back': ofTheirOwn(),
  'plan-offer': ofTheirOwn(),
  request: outside('A service or an employer that we asked', 'To answer what we asked them'),
  referral: outside('Whoever referred, by a link', 'To see where the referral stands'),
  'referral-received': outside('Whoever referred, by a link', 'To see where the referral stands'),
}

const anybody = outside('Somebody who has a link that we sent', 'They opened the link')

function outside(who: string, why: string) {
  return { who, own: who, why }
}

function ofTheirOwn() {
  const who = 'The person themselves, by the link in their message'
  return { who, own: 'You, by the link in your message', why: 'To see or to answer what we sent' }
}

/** One look at a record, as the journal has it. */
export type Look = Readonly<{
  id: string
  at: Temporal.Instant
  what: string
  account: string | null
  role: string | null
  organisation: string | null
  name: string | null
  /** What the link is for, where somebody came by one. */
  purpose: string | null
  /** Whom the link was sent to, where an organisation was asked. */
  asked?: string | undefined
  subject: string | null
}>

/** What is asked of a list of looks at a record. */
export type Wanted = Readonly<{
  before: string | null
  most: number
  /** Leaves out the person themselves. */ othersOnly?: boolean
}>

/** What one reader looked at on one day, one thing after another. */
export type Reading = Readonly<{
  key: string
  from: Temporal.Instant
  until: Temporal.Instant
  /** Undefined where the area gives no names. */
  name: string | undefined
  who: string
  /** The same for the person whose record it is. */
  whoToThem: string
  organisation: string | undefined
  looked: readonly string[]
  why: string
}>

/** The looks at a record, newest first, those of one reader on one day put together where nobody else came between. */
export function readingsOf(seen: readonly Look[], names: boolean): Reading[] {
  const groups: Look[][] = []
  for (const look of seen) {
    const last = groups.at(-1)
    if (last?.[0] && isSameReading(last[0], look)) last.push(look)
    else groups.push([look])
  }
  return groups.flatMap((group) => {
    const [newest, oldest] = [group[0], group.at(-1)]
    return newest && oldest ? [readingOf({ newest, oldest, group, names })] : []
  })
}

function isSameReading(one: Look, other: Look): boolean {
  const same = one.account === other.account && one.role === other.role && one.organisation === other.organisation
  const [as, also] = [readerOf(one), readerOf(other)]
  const link = isByLink(one) === isByLink(other) && one.purpose === other.purpose && one.asked === other.asked
  return same && link && as.who === also.who && dayOf(one.at).equals(dayOf(other.at))
}

type Group = Readonly<{ newest: Look; oldest: Look; group: readonly Look[]; names: boolean }>

function readingOf({ newest, oldest, group, names }: Group): Reading {
  const { who, own, why } = readerOf(newest)
  return {
    ...{ key: newest.id, from: oldest.at, until: newest.at },
    name: names ? (newest.name ?? undefined) : undefined,
    ...{ who, whoToThem: own, why },
    organisation: newest.organisation ?? newest.asked,
    looked: [...new Set(group.toReversed().map(({ what }) => lookInWords(what)))],
  }
}

/** Who it was and why they opened it: to whoever reads the list for the person, and to the person. */
function readerOf(look: Look) {
  const role = roleOf(look)
  if (role) return outside(roles[role].label, reasons[role] ?? 'Not written down')
  if (isOwn(look)) return outside('The person themselves', 'It is their record')
  if (isByLink(look)) return byLink[look.purpose ?? ''] ?? anybody
  if (look.what === 'referral.read-back')
    return outside('Whoever referred, by their own system', 'To see where the referral stands')
  if (look.what === 'referral.told')
    return outside('Whoever referred, by their own system', 'To be told where the referral stands')
  if (look.what === 'onward.opened-by-system')
    return outside('A local service, by its own system', 'To read and answer what they were asked for the person')
  return outside('Another system', 'Not written down')
}

// Whoever comes by a link need not have signed in.
const isByLink = ({ role, what }: Look) => role === null && what.startsWith('link.')

// Signed in as themselves.
const isOwn = ({ role }: Look) => role === participantRole

function roleOf({ role }: Look): Role | undefined {
  // Checked: the journal holds only roles of the code list.
  return role !== null && role in roles ? (role as Role) : undefined
}
