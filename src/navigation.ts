import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { Shell } from '#platform/html/shell.tsx'

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
  provider: '/memberships',
  'national-team': '/monitoring',
  assessor: '/memberships',
  'finance-approver': '/memberships',
  evaluator: '/monitoring',
  'system-administrator': '/area',
}

const runners = ['senior-coach', 'service-manager', 'administrator'] as const
const leads = ['area-lead', 'council-lead', 'national-team', 'evaluator'] as const
// What each role finds on every page, in the order it is used.
const navigationOf = [
  { href: '/day', label: 'My day', for: ['coach', 'senior-coach', 'clinician'] },
  { href: '/caseload', label: 'My people', for: ['coach', 'senior-coach', 'clinician'] },
  { href: '/board', label: 'Board', for: ['senior-coach', 'service-manager', 'administrator'] },
  { href: '/referrals', label: 'Referrals', for: ['senior-coach', 'service-manager', 'administrator'] },
  { href: '/allocation', label: 'Allocation', for: ['senior-coach', 'service-manager', 'administrator'] },
  { href: '/people', label: 'People', for: ['senior-coach', 'service-manager', 'administrator'] },
  { href: '/concerns', label: 'Safety', for: ['senior-coach', 'service-manager'] },
  { href: '/copies', label: 'Copies', for: ['senior-coach', 'service-manager'] },
  { href: '/absences', label: 'Absences', for: ['senior-coach', 'service-manager'] },
  {
    href: '/coaches',
    label: 'Free times',
    for: ['coach', 'senior-coach', 'clinician', 'service-manager', 'administrator'],
  },
  { href: '/monitoring', label: 'Monitoring', for: [...runners, ...leads] },
  { href: '/passing-on', label: 'Passing on', for: ['coach', 'senior-coach', 'service-manager'] },
  { href: '/activities', label: 'Other work', for: ['coach', 'senior-coach', 'clinician'] },
  { href: '/members', label: 'Members', for: ['service-manager', 'administrator', 'system-administrator'] },
  { href: '/imports', label: 'Bring in', for: ['service-manager', 'administrator'] },
  { href: '/arrivals', label: 'Arrivals', for: ['senior-coach', 'service-manager', 'administrator'] },
  { href: '/keeping', label: 'Keeping', for: ['service-manager', 'administrator'] },
  { href: '/outbox', label: 'Outbox', for: ['service-manager', 'administrator', 'system-administrator'] },
  { href: '/jobs', label: 'Failed work', for: ['administrator', 'system-administrator'] },
  { href: '/area', label: 'Area', for: ['service-manager', 'administrator', 'system-administrator', 'area-lead'] },
  { href: '/my-referrals', label: 'Our referrals', for: ['referrer', 'jobcentre-partner'] },
] as const satisfies readonly { href: string; label: string; for: readonly Role[] }[]

/** What a participant finds on each of their pages, in the order in which most look for it. */
const ownPages = [
  { href: '/my', label: 'Home' },
  { href: '/my/plan', label: 'My plan' },
  { href: '/my/messages', label: 'Messages' },
  { href: '/my/appointments', label: 'Appointments' },
  { href: '/my/details', label: 'My details' },
  { href: '/my/agreements', label: 'What I agreed to' },
  { href: '/my/copy', label: 'A copy of my record' },
  { href: '/my/leaving', label: 'Leave the service' },
] as const

/** The ways through a participant's own pages, with the one that is open marked. */
export function ownNavigation(path: string): Shell['navigation'] {
  // The first page is above all others and not marked with them.
  const isHere = (href: string) => href !== '/my' || path === href
  return ownPages.map(({ href, label }) => ({ href, label, current: isHere(href) ? currentAt(href, path) : undefined }))
}

/** What this reader finds on every page, with the page that is open marked. */
export async function navigation(_db: Db, actor: Actor, path: string): Promise<Shell['navigation']> {
  return navigationOf
    .filter((item) => item.for.some((role) => role === actor.role))
    .map(({ href, label }) => ({ href, label, current: currentAt(href, path) }))
}

function currentAt(href: string, path: string): Shell['navigation'][number]['current'] {
  if (path === href) return 'page'
  return path.startsWith(`${href}/`) ? 'true' : undefined
}
