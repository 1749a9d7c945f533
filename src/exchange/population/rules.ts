import { dayOf, type Holidays, isWorkingDay } from '#platform/dates.ts'
import type { Role } from '#platform/access/rules.ts'
import type { ControllerRole, OrganisationKind } from '#registers/organisations/rules.ts'
import { between, type Chance, oneOf, type Sources } from '#exchange/population/invented/rules.ts'

/** The organisations of a made-up area, by a key that its members name. */
export const organisations = {
  board: { name: 'Integrated Care Board', kind: 'board', controller: 'controller' },
  lead: { name: 'Health and Work Together', kind: 'provider', controller: 'processor' },
  second: { name: 'Steps Back to Work', kind: 'provider', controller: 'processor' },
  council: { name: 'Council work and skills team', kind: 'council', controller: 'joint-controller' },
  jobcentre: { name: 'Jobcentre Plus', kind: 'jobcentre', controller: 'none' },
  practice: { name: 'Riverside Surgery', kind: 'practice', controller: 'none' },
  advice: { name: 'Lockside Money Advice', kind: 'voluntary', controller: 'none' },
} as const satisfies Record<string, { name: string; kind: OrganisationKind; controller: ControllerRole }>

export type OrganisationKey = keyof typeof organisations
export type Post = Readonly<{ role: Role; organisation: OrganisationKey; name: string; languages: readonly string[] }>

const alone: readonly (readonly [Role, OrganisationKey])[] = [
  ['service-manager', 'lead'],
  ['senior-coach', 'lead'],
  ['administrator', 'lead'],
  ['clinician', 'lead'],
  ['system-administrator', 'lead'],
  ['service-manager', 'second'],
  ['area-lead', 'board'],
  ['council-lead', 'council'],
  ['jobcentre-partner', 'jobcentre'],
  ['national-team', 'board'],
]

/** Everybody who works in a made-up area: one of each role, and as many coaches as the people need. */
export function staffOf(chance: Chance, sources: Sources, coaches: number): Post[] {
  const named = (): string => {
    const community = oneOf(
      chance,
      Object.values(sources.communities).filter(({ share }) => share > 0.02),
    )
    return `${oneOf(chance, chance() < 0.6 ? community.women : community.men)} ${oneOf(chance, community.families)}`
  }
  const post = (role: Role, organisation: OrganisationKey): Post => ({
    role,
    organisation,
    name: named(),
    languages: languagesOf(chance, sources),
  })
  const coaching = Array.from({ length: coaches }, (_, place) => post('coach', place % 3 === 2 ? 'second' : 'lead'))
  const staff = [...alone.map(([role, organisation]) => post(role, organisation)), ...coaching]
  const outside = [post('referrer', 'practice'), post('provider-lead', 'advice'), post('provider', 'advice')]
  return [...staff, ...outside]
}

function languagesOf(chance: Chance, { communities }: Sources): string[] {
  if (chance() < 0.7) return []
  const spoken = Object.values(communities).flatMap(({ language }) => (language ? [language] : []))
  return [oneOf(chance, spoken)]
}

/**
 * When a made-up person was referred: the first area began on 1 October 2024, and more came each month than the month
 * before (our own assumption).
 */
export function receivedAt(chance: Chance, from: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const whole = now.since(from).total('hours')
  const hours = Math.floor(whole * Math.sqrt(chance()))
  const moment = from.add({ hours }).toZonedDateTimeISO('Europe/London')
  const weekday = moment.dayOfWeek > 5 ? moment.subtract({ days: 2 }) : moment
  const working = weekday.with({ hour: between(chance, 8, 17), minute: between(chance, 0, 59) }).toInstant()
  // The first thing that happens to them must be over by now.
  const latest = now.subtract({ hours: 1 })
  return Temporal.Instant.compare(working, latest) > 0 ? latest : working
}

const hour = 3_600_000

/** A coach's diary: the first whole hour of a working day, from a moment on, that nothing stands in yet; and takes it. */
export function diaryOf(holidays: Holidays): (moment: Temporal.Instant) => Temporal.Instant {
  const taken = new Set<number>()
  return (moment) => {
    let found = Math.ceil(moment.epochMilliseconds / hour)
    while (taken.has(found) || !isOfficeHour(found, holidays)) found += 1
    taken.add(found)
    return Temporal.Instant.fromEpochMilliseconds(found * hour)
  }
}

function isOfficeHour(hours: number, holidays: Holidays): boolean {
  if (hours % 24 < 9 || hours % 24 > 16) return false
  return isWorkingDay(dayOf(Temporal.Instant.fromEpochMilliseconds(hours * hour)), holidays)
}

/** The name of an area in an address. */
export function codeOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/-$/, '')
}
