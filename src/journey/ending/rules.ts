import { isBefore } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { type EarlyEnd, earlyEnds, isLeaving, type Stage, type Standing, takenFrom } from '#journey/episode/rules.ts'

/** Why support ends early, without death, which has a page of its own. */
export type SpokenEnd = Exclude<EarlyEnd, 'died'>

/** The reasons as they are offered, with what each means. */
export const reasonsToEnd = {
  declined: { label: earlyEnds.declined.label, hint: 'They do not want support from us now' },
  'left-early': { label: earlyEnds['left-early'].label, hint: 'They took part for a while and want to stop' },
  unreachable: { label: earlyEnds.unreachable.label, hint: 'We tried several times, in different ways' },
  moved: { label: earlyEnds.moved.label, hint: 'They live, work or see a GP elsewhere now' },
  'not-eligible': {
    label: earlyEnds['not-eligible'].label,
    hint: 'It turned out that this service is not for them: hand them on to one that is',
  },
  duplicate: { label: earlyEnds.duplicate.label, hint: 'This person already has another record with us' },
} as const satisfies Record<SpokenEnd, { label: string; hint: string }>

/** How somebody was told that support ends and where they can go. */
export const waysTold = {
  'in-person': { label: 'In person' },
  telephone: { label: 'By telephone' },
  message: { label: 'By text or email' },
  letter: { label: 'By letter' },
  'not-told': { label: 'They could not be told' },
} as const

export type WayTold = keyof typeof waysTold

/** An early ending as it is entered. */
export type GivenEnding = Readonly<{
  as: SpokenEnd
  handedTo: string | null
  told: WayTold | null
  toArea: string | null
  endedOn: Temporal.PlainDate
  today: Temporal.PlainDate
  /** Whether the tries were made that the area asks for before somebody counts as unreachable. */
  triedEnough: boolean
  fewTriesBecause: string | null
}>

/** How support most likely ended for somebody who does not take part any more; undefined for everybody else. */
export function suggestedEnd(standing: Pick<Standing, 'next_due_what' | 'started_at'>): SpokenEnd | undefined {
  if (!isLeaving(standing)) return undefined
  return standing.started_at === null ? 'declined' : 'left-early'
}

/** What an ending still lacks: where they were handed on to, how they were told. Nobody has to say why they stop. */
export function problemsWithEnding(given: GivenEnding): Problem[] {
  const { as, handedTo, told, toArea, endedOn, today } = given
  const problems: readonly (Problem | false)[] = [
    as === 'not-eligible' &&
      handedTo === null && {
        field: 'handedTo',
        message: 'Say where they were handed on to: nobody is left without a next step',
      },
    as === 'moved' && toArea === null && { field: 'toArea', message: 'Select the area they moved to' },
    as === 'unreachable' &&
      !given.triedEnough &&
      given.fewTriesBecause === null && {
        field: 'fewTriesBecause',
        message: 'Say why support ends before the tries are made that this area asks for, or try again first',
      },
    as !== 'duplicate' && told === null && { field: 'told', message: 'Select how they were told' },
    isBefore(today, endedOn) && { field: 'ended', message: 'Enter today or a day that has passed' },
  ]
  return problems.filter((problem) => problem !== false)
}

/** What is wrong with the day of a death, if anything. It may be left open. */
export function problemsWithDeath({
  died,
  today,
}: Readonly<{ died: Temporal.PlainDate | null; today: Temporal.PlainDate }>): Problem[] {
  return died && isBefore(today, died) ? [{ field: 'died', message: 'Enter today or a day that has passed' }] : []
}

/** Why support cannot be ended here, in words a coach can act on. Empty when it can. */
export function reasonsNotToEnd(stage: Stage): string[] {
  if (takenFrom.ended.includes(stage)) return []
  return [
    stage === 'ended'
      ? 'This spell of support has already ended'
      : 'The plan was completed. If the person has died, say so in the follow-up',
  ]
}

/** What is still written about somebody who has died: what ends their support, takes back, or says what happened. */
const takenAfterDeath = [
  ...[/\/withdrawal$/, /\/ending(\/death)?$/, /\/follow-ups\//, /\/contacts(\/new)?$/, /\/concerns(\/new)?$/],
  ...[/\/matters\/seen$/, /^\/actions\/[^/]+\/seen$/],
] as const

/** Where more is kept of somebody than their support, what goes on with it or goes out to them and to others. */
const goesOn = [
  /^\/people\/:person\/(messages|referrals(\/new)?|requests(\/(new|preview|changes))?)$/,
  /^\/people\/:person\/(questionnaires\/(:set|links)|programmes\/:intensive\/checks|links\/:wanted\/sending)$/,
  /^\/people\/:person\/(employer\/(sentences|:workplace\/saying)|fit-note-requests(\/new)?|fit-notes\/:note\/follow-on)$/,
  /^\/(three-way\/:proposal\/(sending|answer|consents)|appointments\/:appointment\/(new-time|interpreter))$/,
] as const

/** Whether what is written at this address would go on with support, so that it is refused once somebody has died. */
export const endsWithDeath = (path: string): boolean =>
  /^\/(people|three-way|appointments)\//.test(path)
    ? goesOn.some((ended) => ended.test(path))
    : !takenAfterDeath.some((taken) => taken.test(path))

/** Says of a form about somebody who has died that it is not taken. */
export const overByDeath = (person: string) =>
  ({
    title: 'This person has died',
    text: 'Nothing more is saved about their support, and nothing goes out to them. What was saved before is still saved. If the death was recorded by mistake, take it back in their record first.',
    to: { href: `/people/${person}`, label: 'Open their record' },
  }) as const

/** Why an ending cannot be taken back, in words a coach can act on. Empty when it can. */
export function reasonsNotToTakeBack(stage: Stage, newEpisode: boolean): string[] {
  if (stage !== 'ended') return ['This spell of support has not ended early']
  return newEpisode ? ['A new spell of support has begun for this person. Go on with that one'] : []
}
