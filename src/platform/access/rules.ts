/** What a member does in the service. A membership gives one role in one organisation of one area. */
export const roles = {
  coach: { label: 'Work and Health Coach' },
  'senior-coach': { label: 'Senior coach (duty lead)' },
  clinician: { label: 'Clinician' },
  administrator: { label: 'Administrator (triage)' },
  'service-manager': { label: 'Service manager' },
  'area-lead': { label: 'Area lead' },
  'council-lead': { label: 'Council lead' },
  referrer: { label: 'Referrer' },
  'jobcentre-partner': { label: 'Jobcentre partner' },
  'provider-lead': { label: 'Lead of a local service' },
  provider: { label: 'Local service' },
  'national-team': { label: 'National programme team' },
  assessor: { label: 'Assessor' },
  'finance-approver': { label: 'Finance approver' },
  evaluator: { label: 'Evaluator' },
  'system-administrator': { label: 'System administrator' },
} as const

export type Role = keyof typeof roles

/** How far a right reaches: the people on one's own caseload, those held by one's organisation, the area, or counts only. */
export type Scope = 'caseload' | 'organisation' | 'area' | 'aggregate' | 'none'

/** What may be done with records about people. */
export type Verb = 'list' | 'open' | 'edit' | 'search' | 'export'

const nothing = { list: 'none', open: 'none', edit: 'none', search: 'none', export: 'none' } as const
const counts = { ...nothing, list: 'aggregate', export: 'aggregate' } as const

/**
 * Who sees whom. An area is many employers: "organisation" is one's own and those that share with it by a dated sharing
 * arrangement. Written to docs/access.md, and a test keeps the two the same.
 */
export const reach: Readonly<Record<Role, Readonly<Record<Verb, Scope>>>> = {
  coach: { list: 'caseload', open: 'organisation', edit: 'organisation', search: 'organisation', export: 'none' },
  'senior-coach': {
    list: 'organisation',
    open: 'organisation',
    edit: 'organisation',
    search: 'organisation',
    export: 'none',
  },
  clinician: {
    list: 'organisation',
    open: 'organisation',
    edit: 'organisation',
    search: 'organisation',
    export: 'none',
  },
  administrator: {
    list: 'organisation',
    open: 'organisation',
    edit: 'organisation',
    search: 'organisation',
    export: 'none',
  },
  'service-manager': {
    list: 'organisation',
    open: 'organisation',
    edit: 'organisation',
    search: 'organisation',
    export: 'organisation',
  },
  'area-lead': counts,
  'council-lead': counts,
  referrer: nothing,
  'jobcentre-partner': nothing,
  'provider-lead': nothing,
  provider: nothing,
  'national-team': counts,
  assessor: nothing,
  'finance-approver': nothing,
  evaluator: counts,
  'system-administrator': nothing,
}

/** Whoever is acting: one account under one membership. `organisations` are those whose people this membership may see. */
export type Actor = Readonly<{
  account: string
  membership: string
  name: string
  area: string
  areaName: string
  organisation: string
  organisationName: string
  organisations: readonly string[]
  role: Role
  /** When they act. What was opened to them for a day counts only where this is told. */
  at?: Temporal.Instant
  /** Whether the page they are on changes records. Who may only read finds nobody there, whatever the page asks for. */
  changes?: boolean
}>

/** Somebody the service helps, signed in as themselves. Their own record is the only one there is for them. */
export type Participant = Readonly<{ area: string; person: string }>

/** The role that the journal names where a participant did something themselves. Who it was stands there as the person. */
export const participantRole = 'participant'

/** Who a route is for: named roles, any member who has signed in, a participant about themselves, or anybody at all. */
export type Who = readonly Role[] | 'signed-in' | 'participant' | 'anyone'

/** Roles that work with people's records. */
export const careRoles = ['coach', 'senior-coach', 'clinician', 'administrator', 'service-manager'] as const

/** Roles of those who work in local services and answer for them in their own inbox. */
export const ofServices = ['provider-lead', 'provider'] as const

/** Whether somebody in this role works in a local service, and not where WorkWell is given. */
export const isOfService = (role: Role): boolean => ofServices.some((one) => one === role)

/** Whether a route meant for these may be used by a member in this role. */
export function isFor(who: Who, role: Role | undefined): boolean {
  if (who === 'anyone') return true
  if (role === undefined || who === 'participant') return false
  return who === 'signed-in' || who.includes(role)
}
