import { type Actor, ofServices, type Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { type Shell, shellAddresses } from '#platform/html/shell.tsx'
import { findTrailblazer } from '#registers/trailblazer/store.ts'

/** Where each role begins its day. */
export const homes: Readonly<Record<Role, string>> = {
  coach: '/day',
  'senior-coach': '/board',
  clinician: '/day',
  administrator: '/referrals',
  'service-manager': '/board',
  'area-lead': '/monitoring',
  'council-lead': '/monitoring',
  referrer: '/my-referrals',
  'jobcentre-partner': '/my-referrals',
  'provider-lead': '/inbox',
  provider: '/inbox',
  'national-team': '/monitoring',
  assessor: '/memberships',
  'finance-approver': '/memberships',
  evaluator: '/monitoring',
  'system-administrator': '/area',
}

const runners = ['senior-coach', 'service-manager', 'administrator'] as const
const leads = ['area-lead', 'council-lead', 'national-team', 'evaluator'] as const
const managers = ['service-manager', 'administrator', 'system-administrator'] as const
const coaching = ['coach', 'senior-coach', 'clinician'] as const

const headings = { people: 'People', quality: 'Quality and safety', area: 'Area and settings' } as const

type Way = Readonly<{
  href: string
  label: string
  under: keyof typeof headings
  says?: string
  for: readonly Role[]
  /** Only where the area takes part as a fit note trailblazer. */
  trailblazer?: boolean
}>

// What each role finds on every page, in the order it is used, and under which heading where there is no room for it.
const navigationOf: readonly Way[] = [
  { href: '/inbox', label: 'Inbox', under: 'people', for: ofServices },
  { href: '/day', label: 'My day', under: 'people', for: coaching },
  { href: '/caseload', label: 'My people', under: 'people', for: coaching },
  { href: '/board', label: 'Board', under: 'people', for: runners },
  { href: '/referrals', label: 'Referrals', under: 'people', for: runners },
  { href: '/allocation', label: 'Allocation', under: 'people', for: runners },
  {
    ...{ href: '/concerns', label: 'Safety', under: 'quality', for: ['senior-coach', 'service-manager'] },
    says: 'Concerns that are open, and who looks after each.',
  },
  {
    ...{ href: '/mailbox', label: 'Forms by email', under: 'people', for: runners },
    says: 'Referral forms that practices sent by email, to be compared and added.',
  },
  {
    ...{ href: '/people', label: 'People', under: 'people', for: runners },
    says: 'Everybody whose record you may open.',
  },
  {
    ...{ href: '/monitoring', label: 'Monitoring', under: 'quality', for: [...runners, ...leads] },
    says: 'The figures of each month, and what is missing in them.',
  },
  {
    ...{ href: '/gaps', label: 'Needs without a service', under: 'quality' },
    ...{ for: ['senior-coach', 'service-manager', 'administrator', 'area-lead', 'council-lead'] },
    says: 'What people need and no service gives, by need and by place.',
  },
  {
    ...{ href: '/referring-services', label: 'Services that refer in', under: 'quality' },
    ...{ for: ['senior-coach', 'service-manager', 'administrator', 'area-lead', 'council-lead'] },
    says: 'Which local services refer people here, how many, and what became of them.',
  },
  {
    ...{ href: '/coaches', label: 'Free times', under: 'people' },
    ...{ for: [...coaching, 'service-manager', 'administrator'] },
    says: 'When each coach can be met, their hours, and the buildings.',
  },
  {
    ...{
      href: '/services',
      label: 'Services',
      under: 'people',
      for: [...coaching, 'service-manager', 'administrator'],
    },
    says: 'Local and national services that people can be sent to.',
  },
  {
    ...{
      href: '/team',
      label: 'Team meetings',
      under: 'people',
      for: [...coaching, 'service-manager', 'administrator'],
    },
    says: 'Questions to clinicians and others, when they meet, and what they decided.',
  },
  {
    ...{ href: '/budget', label: 'Budget', under: 'people', for: [...coaching, 'service-manager', 'administrator'] },
    says: 'What is paid for people, and how much is left.',
  },
  {
    ...{ href: '/pilots', label: 'Pilots', under: 'quality' },
    ...{ for: [...coaching, 'service-manager', 'administrator', ...leads] },
    says: 'What is tried for a time, with whom, and what came of it.',
  },
  {
    ...{ href: '/budget/limits', label: 'Budget limits', under: 'area', for: ['area-lead'] },
    says: 'How much may be spent on help in a period, and who may approve it.',
  },
  {
    ...{ href: '/passing-on', label: 'Passing on', under: 'people' },
    ...{ for: ['coach', 'senior-coach', 'service-manager'] },
    says: 'People who go from one coach to another.',
  },
  {
    ...{ href: '/handovers', label: 'Handovers', under: 'people', for: runners },
    says: 'People who go from one provider to another.',
  },
  {
    ...{ href: '/absences', label: 'Absences', under: 'people', for: ['senior-coach', 'service-manager'] },
    says: 'Who is away, and who covers for them.',
  },
  {
    ...{ href: '/arrivals', label: 'Arrivals', under: 'people', for: runners },
    says: 'People whom another area hands over to yours.',
  },
  {
    ...{ href: '/fit-note-requests', label: 'Fit note requests', under: 'people' },
    ...{ for: [...coaching, 'service-manager', 'administrator'] },
    says: 'Who asked for a fit note and is to be spoken to, where your area takes part.',
  },
  {
    ...{ href: '/fit-note-requests/counts', label: 'Fit note counts', under: 'quality', trailblazer: true },
    for: [...runners, 'area-lead'],
    says: 'How many asked for a fit note, what came of it, and how long they waited.',
  },
  {
    ...{ href: '/onward', label: 'Onward referrals', under: 'people', for: [...coaching, 'service-manager'] },
    says: 'Who was passed on to a service, what the services say, and how many wait for which.',
  },
  {
    ...{ href: '/activities', label: 'Other work', under: 'people', for: coaching },
    says: 'Your work that is not about one person.',
  },
  {
    ...{ href: '/supervisions', label: 'Supervision', under: 'people' },
    ...{ for: ['coach', 'senior-coach', 'service-manager'] },
    says: 'When a coach’s own work was talked about, and what was agreed.',
  },
  {
    ...{ href: '/activities/totals', label: 'Hours of other work', under: 'quality' },
    ...{ for: ['service-manager', 'administrator'] },
    says: 'What work that is not about one person adds up to, by kind and month.',
  },
  {
    ...{ href: '/employer-talks', label: 'Employer talks', under: 'people', for: coaching },
    says: 'Calls, visits, letters and meetings with employers, counted.',
  },
  {
    ...{ href: '/copies', label: 'Copies', under: 'quality', for: ['senior-coach', 'service-manager'] },
    says: 'Who asked for a copy of their record, and by when.',
  },
  {
    ...{ href: '/record-requests', label: 'Record requests', under: 'quality' },
    ...{ for: ['service-manager', 'administrator'] },
    says: 'Who asks to be erased or says that something is wrong, and by when they have an answer.',
  },
  {
    ...{ href: '/keeping', label: 'Keeping', under: 'quality', for: ['service-manager', 'administrator'] },
    says: 'How long records are kept, and which are due to be erased.',
  },
  {
    ...{ href: '/members', label: 'Members', under: 'area', for: [...managers, 'provider-lead'] },
    says: 'Who works here, in which role, and who is invited.',
  },
  {
    ...{ href: '/imports', label: 'Bring in', under: 'area', for: ['service-manager', 'administrator'] },
    says: 'Referrals and records from the files of another system.',
  },
  {
    ...{ href: '/outbox', label: 'Outbox', under: 'area', for: managers },
    says: 'Every text message, email and letter, and what became of it.',
  },
  {
    ...{ href: '/jobs', label: 'Failed work', under: 'area', for: ['administrator', 'system-administrator'] },
    says: 'What the product could not finish by itself.',
  },
  {
    ...{ href: '/area', label: 'Area', under: 'area', for: [...managers, 'area-lead'] },
    says: 'Rules, wording, places and settings of the area.',
  },
  {
    href: '/my-referrals',
    label: 'Our referrals',
    under: 'people',
    for: ['referrer', 'jobcentre-partner', ...ofServices],
  },
]

/** How many entries find room beside each other; where there are more, the last of them leads to the others. */
const most = 7

/** What a participant finds on each of their pages; their first page leads to all. A small phone shows two lines of it. */
const ownPages = [
  { href: '/my', label: 'Home' },
  { href: '/my/plan', label: 'My plan' },
  { href: '/my/messages', label: 'Messages' },
  { href: '/my/appointments', label: 'Appointments' },
  { href: '/my/details', label: 'My details' },
] as const

/** The ways through a participant's own pages, with the one that is open marked. */
export function ownNavigation(path: string): Shell['navigation'] {
  // The first page is above all others and not marked with them.
  const isHere = (href: string) => href !== '/my' || path === href
  return ownPages.map(({ href, label }) => ({ href, label, current: isHere(href) ? currentAt(href, path) : undefined }))
}

/** What this reader finds on every page, with the page that is open marked. */
export async function navigation(
  db: Db,
  actor: Actor,
  path: string,
  now: Temporal.Instant,
): Promise<Shell['navigation']> {
  const meant = navigationOf.filter((item) => item.for.includes(actor.role))
  const beside = meant.length > most ? most - 1 : most
  // Asked only where the answer shows: what stands under More is read there alone.
  const asks = meant.some(({ trailblazer }, place) => trailblazer && (path === shellAddresses.more || place < beside))
  const { trailblazer: takesPart } = asks ? await findTrailblazer(db, actor.area, dayOf(now)) : { trailblazer: true }
  const own = meant.filter(({ trailblazer }) => !trailblazer || takesPart)
  return own.map(({ href, label, says, under }, place) => ({
    ...{ href, label, current: currentAt(href, path) },
    ...(place < beside ? {} : { under: headings[under], says }),
  }))
}

function currentAt(href: string, path: string): Shell['navigation'][number]['current'] {
  if (path === href) return 'page'
  return path.startsWith(`${href}/`) ? 'true' : undefined
}
