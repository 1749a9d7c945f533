import type { Problem } from '#platform/form/rules.ts'
import { type Channel, channels } from '#platform/notify/rules.ts'
import { type CaseloadEffect, effectOn, type Unweighed } from '#journey/room/rules.ts'
import { reasonsToEnd, type WayTold } from '#journey/ending/rules.ts'
import { type Stage, type Step, takenFrom } from '#journey/episode/rules.ts'

/** What happens with people of an organisation that ends. */
export const ways = {
  organisation: { label: 'Given to an organisation' },
  coach: { label: 'Given to a coach' },
  kept: { label: 'Stay until it ends' },
  ended: { label: 'Support ended' },
} as const

export type Way = keyof typeof ways

/** Why support ends for somebody who does not go on with another organisation. */
export const endings = {
  declined: reasonsToEnd.declined,
  'left-early': reasonsToEnd['left-early'],
  'not-eligible': reasonsToEnd['not-eligible'],
} as const

export type EndingHere = keyof typeof endings

/** Somebody who is still with an organisation that ends. */
export type Leftover = Readonly<{
  episode: string
  person: string
  name: string
  restricted: boolean
  stage: Stage
  provider: string
  coach: string | null
  coachName: string | null
  /** That they stay until the end, and what was said to it. */
  kept: boolean
  keptNote: string | null
  nextAppointment: Temporal.Instant | null
}>

/** Somebody with the coach they had when a page showed them: another by now means that somebody was quicker. */
export const keyOf = ({ episode, coach }: Pick<Leftover, 'episode' | 'coach'>): string =>
  `${episode}.${coach ?? 'nobody'}`

/** An organisation that takes people over, with how many wait for a coach there. */
export type Taker = Readonly<{ id: string; name: string; waiting: number }>

/** Where people of an organisation that ends may go. */
export type Target =
  | Readonly<{ way: 'organisation'; taker: Taker }>
  | Readonly<{ way: 'coach'; coach: Unweighed }>
  | Readonly<{ way: 'kept' }>
  | Readonly<{ way: 'ended' }>

type Around = Readonly<{ takers: readonly Taker[]; coaches: readonly Unweighed[] }>

/** Everything that may be chosen for a group, with how full each list is. */
export function choicesFor({ takers, coaches }: Around): Readonly<Record<string, { label: string }>> {
  return Object.fromEntries<{ label: string }>([
    ...takers.map(({ id, name, waiting }): [string, { label: string }] => [
      `o-${id}`,
      { label: `To ${name} (${waiting} wait for a coach there)` },
    ]),
    ...coaches.map(({ coach, name, organisationName, open, cap }): [string, { label: string }] => [
      `c-${coach}`,
      { label: `To ${name}, ${organisationName}: ${open} of ${cap}` },
    ]),
    ['kept', { label: 'They stay until it ends' }],
    ['ended', { label: 'Their support ends' }],
  ])
}

/** What was chosen; undefined where it is none of what may be. */
export function targetIn(to: string, { takers, coaches }: Around): Target | undefined {
  if (to === 'kept' || to === 'ended') return { way: to }
  const taker = takers.find(({ id }) => to === `o-${id}`)
  if (taker) return { way: 'organisation', taker }
  const coach = coaches.find((one) => to === `c-${one.coach}`)
  return coach && { way: 'coach', coach }
}

/** What a list becomes: that of a coach, or of those who wait for one at an organisation. */
export type Effect = Readonly<{ whose: string; before: number; after: number; cap: number | null; over: boolean }>

/** The effect of giving these people where they go; undefined where they go nowhere. */
export function effectOf(target: Target, people: readonly Leftover[]): Effect | undefined {
  if (target.way === 'organisation') {
    const { name: whose, waiting: before } = target.taker
    return { whose, before, after: before + people.length, cap: null, over: false }
  }
  if (target.way !== 'coach') return undefined
  const { coach } = target
  const after = coach.open + people.filter(({ stage }) => stage !== 'aftercare').length
  const effect: CaseloadEffect = { ...effectOn(coach, []), after, over: after > coach.cap }
  return { whose: coach.name, ...effect }
}

type Asked = Readonly<{
  ending: string
  /** Of the people chosen, who have a restricted record for which the coach is not named. */
  unnamed: ReadonlySet<string>
}>

/** Why these people cannot go there, in words for whoever chose them. */
export function targetProblems(target: Target, people: readonly Leftover[], { ending, unnamed }: Asked): Problem[] {
  const wrong = (message: string): Problem => ({ field: 'to', message })
  if (people.length === 0) return [{ field: 'chosen', message: 'Choose at least one person' }]
  if (target.way === 'kept') return []
  if (target.way === 'ended')
    return people
      .filter(({ stage }) => !takenFrom.ended.includes(stage))
      .map(({ name }) => wrong(`${name} has completed their plan: give them to others, who ask how they are`))
  const hidden = people.filter(({ episode }) => unnamed.has(episode))
  return [
    ...hidden.map(({ name }) =>
      wrong(`The record of ${name} is restricted: name a coach for it first, and give them to that coach`),
    ),
    ...people.flatMap((one) => misplaced(target, one, ending) ?? []).map(wrong),
  ]
}

// Whose support another organisation provides goes back to that one, or to a coach who may see them there.
function misplaced(target: Target, { name, provider, stage }: Leftover, ending: string): string | undefined {
  if (target.way === 'coach') {
    const { coach } = target
    if (stage === 'received') return `Nobody has decided on the referral of ${name}: give them to an organisation`
    return provider === ending || coach.sees.includes(provider) ? undefined : `${coach.name} may not see ${name}`
  }
  if (target.way !== 'organisation' || provider === ending || provider === target.taker.id) return undefined
  return `The support of ${name} is provided by another organisation: give them to it, or to one of its coaches`
}

type Given = Readonly<{ endedAs: EndingHere | null; told: WayTold | null; handedTo: string | null }> &
  Readonly<{ note: string | null }>

/** What is missing before a group is decided on. */
export function groupProblems(target: Target, given: Given, effect: Effect | undefined): Problem[] {
  const problems: readonly (Problem | false | undefined)[] = [
    effect?.over &&
      given.note === null && {
        field: 'note',
        message: 'Say why they can look after more people than their cap',
      },
    target.way === 'kept' && given.note === null && { field: 'note', message: 'Say why they stay' },
    target.way === 'ended' && given.endedAs === null && { field: 'endedAs', message: 'Select why their support ends' },
    target.way === 'ended' && given.told === null && { field: 'told', message: 'Select how they were told' },
    target.way === 'ended' &&
      given.endedAs === 'not-eligible' &&
      given.handedTo === null && {
        field: 'handedTo',
        message: 'Say where they were handed on to: nobody is left without a next step',
      },
  ]
  return problems.flatMap((problem) => problem || [])
}

type Taken = Readonly<{ id: string; fact_row: string | null; step: Step }>

/** Whether nothing has happened to somebody since they were given away by this decision, so that it can be undone. */
export function isUntouched(steps: readonly Taken[], party: string): boolean {
  const gone = new Set(steps.flatMap(({ step }) => (step.kind === 'withdrawn' ? [step.step] : [])))
  const last = steps.findLast(({ id, step }) => step.kind !== 'withdrawn' && !gone.has(id))
  return last?.fact_row === party
}

/** How somebody will hear of it, in words: a message, or from whoever gives them to others. */
export const toldInWords = (channel: Channel | undefined): string =>
  channel === undefined ? 'Tell them yourself: no message may go to them' : channels[channel].label
