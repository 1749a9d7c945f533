import type { Role } from '#platform/access/rules.ts'

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

type Changing = Readonly<{ role: Role; organisation: string }>
type Kept = Readonly<{ id: string; data_role: ControllerRole }>

/** Whether this member may change an organisation: their own, or one that holds no records, and otherwise the system administrator. */
export function mayChangeOrganisation(actor: Changing, { id, data_role }: Kept): boolean {
  return actor.role === 'system-administrator' || id === actor.organisation || data_role === 'none'
}

/** What stands against an organisation becoming what it shall be for the records it holds; undefined where nothing does. */
export function recordsProblem(actor: Changing, before: ControllerRole | undefined, after: ControllerRole) {
  if (actor.role === 'system-administrator' || after === (before ?? 'none')) return undefined
  const message =
    before === undefined
      ? 'Ask the system administrator to add an organisation that holds records'
      : 'Ask the system administrator to change what it is for the records it holds'
  return { field: 'data_role', message }
}

type Taking = Readonly<{ no_new_from: Temporal.PlainDate | null }>

/** Whether an organisation still takes people who are new to it: not once it is said from when it takes nobody. */
export function takesNew({ no_new_from: from }: Taking, on: Temporal.PlainDate): boolean {
  return from === null || Temporal.PlainDate.compare(on, from) < 0
}

/** The code that NHS organisations are known by, as it is written: capitals without spaces. */
export function writtenOdsCode(typed: string): string {
  return typed.replaceAll(/\s/g, '').toUpperCase()
}

/** Whether this can be such a code: three to ten letters and digits. */
export function isOdsCode(code: string): boolean {
  return /^[A-Z0-9]{3,10}$/.test(code)
}

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

/** When something dated holds, seen from today. */
export const times = {
  now: { label: 'Now' },
  'to-come': { label: 'To come' },
  ended: { label: 'Ended' },
} as const

export type Time = keyof typeof times

type Period = Readonly<{ from_on: Temporal.PlainDate; until_on: Temporal.PlainDate | null }>

/** Whether something dated holds now, is to come, or has ended; what ends on its first day has never held. */
export function timeOf({ from_on, until_on }: Period, today: Temporal.PlainDate): Time {
  const isOver = until_on && Temporal.PlainDate.compare(until_on, today) <= 0
  if (isOver || (until_on && Temporal.PlainDate.compare(until_on, from_on) === 0)) return 'ended'
  return Temporal.PlainDate.compare(from_on, today) > 0 ? 'to-come' : 'now'
}

/** Standard Industrial Classification 2007 (ONS), sections. */
export const sectors = {
  A: { label: 'Agriculture, forestry and fishing' },
  B: { label: 'Mining and quarrying' },
  C: { label: 'Manufacturing' },
  D: { label: 'Electricity, gas, steam and air conditioning' },
  E: { label: 'Water, sewerage and waste' },
  F: { label: 'Construction' },
  G: { label: 'Wholesale, retail and repair of motor vehicles' },
  H: { label: 'Transportation and storage' },
  I: { label: 'Accommodation and food' },
  J: { label: 'Information and communication' },
  K: { label: 'Finance and insurance' },
  L: { label: 'Real estate' },
  M: { label: 'Professional, scientific and technical' },
  N: { label: 'Administrative and support' },
  O: { label: 'Public administration and defence' },
  P: { label: 'Education' },
  Q: { label: 'Human health and social work' },
  R: { label: 'Arts, entertainment and recreation' },
  S: { label: 'Other services' },
  T: { label: 'Private households' },
  U: { label: 'International organisations' },
} as const

/** How many people an employer has, in the bands official statistics use. */
export const employerSizes = {
  micro: { label: 'Fewer than 10 people' },
  small: { label: '10 to 49' },
  medium: { label: '50 to 249' },
  large: { label: '250 or more' },
  unknown: { label: 'Not known' },
} as const
