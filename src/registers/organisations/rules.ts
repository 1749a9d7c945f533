/** What an organisation does in an area. */
export const organisationKinds = {
  board: { label: 'Integrated Care Board' },
  council: { label: 'Council' },
  provider: { label: 'Provider of WorkWell support' },
  practice: { label: 'GP practice or primary care' },
  health: { label: 'Other health service' },
  voluntary: { label: 'Voluntary or community organisation' },
  jobcentre: { label: 'Jobcentre Plus' },
  employer: { label: 'Employer' },
  national: { label: 'National programme' },
} as const

export type OrganisationKind = keyof typeof organisationKinds

/** What data protection law calls an organisation for the records it holds. */
export const controllerRoles = {
  controller: { label: 'Controller', hint: 'Decides why and how records are kept' },
  'joint-controller': { label: 'Joint controller', hint: 'Decides together with another organisation' },
  processor: { label: 'Processor', hint: 'Keeps records for a controller' },
  none: { label: 'Holds no records', hint: 'Refers or employs, and sees only what it is sent' },
} as const

export type ControllerRole = keyof typeof controllerRoles

/** How a referral came. */
export const routes = {
  gp: { label: 'GP or primary care' },
  council: { label: 'Council' },
  voluntary: { label: 'Voluntary or community organisation' },
  health: { label: 'Other health service' },
  employer: { label: 'Employer' },
  jobcentre: { label: 'Jobcentre Plus' },
  self: { label: 'Referred themselves' },
  'partner-app': { label: 'Partner app' },
  outreach: { label: 'Outreach' },
} as const

export type Route = keyof typeof routes

/** What is wrong with the days between which something holds; undefined when nothing is. */
export function periodProblem(from: Temporal.PlainDate, until: Temporal.PlainDate | null) {
  if (until === null || Temporal.PlainDate.compare(from, until) < 0) return undefined
  return { field: 'until', message: 'The last day must be after the first' }
}
