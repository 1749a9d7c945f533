import type { Problem } from '#platform/form/rules.ts'

/** Why only the named may find a record. */
export const restrictionReasons = {
  colleague: { label: 'They work here, or did' },
  relative: { label: 'They are a relative or friend of somebody who works here' },
  'at-risk': {
    label: 'Somebody is a risk to them',
    hint: 'For example domestic abuse, stalking, or a move nobody may know of',
  },
  'public-protection': { label: 'They are under public protection arrangements' },
  'well-known': { label: 'They are well known to the public' },
  other: { label: 'Another reason' },
} as const

/** Why somebody who is not named opens a restricted record. */
export const openingReasons = {
  safety: { label: 'Somebody is or may be in danger' },
  cover: { label: 'Nobody who is named can be reached, and something cannot wait' },
  rights: { label: 'The person asked for it: a complaint, or a copy of their record' },
  order: { label: 'A court or the law asks for it' },
} as const

/** Roles that restrict records, and that may open one with a reason. */
export const guardians = ['senior-coach', 'service-manager'] as const

/** For how long a record stays open to somebody who opened it with a reason. */
export const openFor = { hours: 24 } as const

/** Somebody who works with people's records and may be named. */
export type Nameable = Readonly<{ id: string; name: string; role: string; roleLabel: string; organisationName: string }>

/** What is wrong with those who were named: a record must stay in the hands of somebody who can change this again. */
export function namingProblems(named: readonly string[], nameable: readonly Nameable[]): Problem[] {
  const say = (message: string) => [{ field: 'named', message }]
  if (named.length === 0) return say('Choose at least one person')
  const found = nameable.filter(({ id }) => named.includes(id))
  if (found.length < new Set(named).size) return say('Choose from the list')
  return found.some(({ role }) => guardians.some((guardian) => guardian === role))
    ? []
    : say('Choose at least one senior coach or service manager, so that somebody can change this later')
}

/** Somebody who coaches the person now. */
export type Coach = Readonly<{ membership: string; name: string }>

/** The coaches who would not find the record any more. */
export function shutOut(coaches: readonly Coach[], named: readonly string[]): Coach[] {
  return coaches.filter(({ membership }) => !named.includes(membership))
}

/** What stands against shutting out the person's own coach: that somebody said so knowing what happens. */
export function shuttingOutProblems(coaches: readonly Coach[], named: readonly string[], anyway: boolean): Problem[] {
  const out = shutOut(coaches, named).map(({ name }) => name)
  if (out.length === 0 || anyway) return []
  const message = `${out.join(' and ')} would not find this record any more: name them, choose another coach first, or confirm it below`
  return [{ field: 'anyway', message }]
}

/** What is looked for when a record is opened with a reason: exactly, so that nobody can browse what is restricted. */
export type Sought = Readonly<{
  nhsNumber: string | null
  familyName: string | null
  bornOn: Temporal.PlainDate | null
}>

/** What is missing to look for a restricted record. */
export function seekingProblems({ nhsNumber, familyName, bornOn }: Sought): Problem[] {
  if (nhsNumber !== null || (familyName !== null && bornOn !== null)) return []
  if (familyName !== null) return [{ field: 'bornOn', message: 'Enter the date of birth too' }]
  if (bornOn !== null) return [{ field: 'familyName', message: 'Enter the last name too' }]
  return [{ field: 'nhsNumber', message: 'Enter the NHS number, or the last name and date of birth' }]
}
