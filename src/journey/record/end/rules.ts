import { type NoOutcomeReason, noOutcomeReasons, type Outcome, outcomes, inOrder } from '#journey/completion/rules.ts'
import { type WayTold, waysTold } from '#journey/ending/rules.ts'
import { type EarlyEnd, earlyEnds } from '#journey/episode/rules.ts'
import { type Why, whys, type Wish } from '#journey/leaving/rules.ts'
import * as followUp from '#journey/follow-up/rules.ts'
import { type Happening, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>

const base = ({ id, at, by }: Told) => ({ id, at, by, kind: 'end', dayOnly: true }) as const

type Completed = Told &
  Readonly<{
    no_outcome: NoOutcomeReason | null
    no_outcome_note: string | null
    next: string
    outcomes: readonly Outcome[]
    takenBackBecause: string | null
  }>

/** That the plan was completed, and what the person left with. */
export function completionTold(completed: Completed): Happening {
  const { episode, no_outcome: none, no_outcome_note: note, next, takenBackBecause } = completed
  return {
    ...base(completed),
    what: 'Support completed',
    text: [
      ...inOrder(completed.outcomes).map((outcome) => outcomes[outcome].label),
      none && `Without an outcome: ${within(noOutcomeReasons[none].label)}`,
      note,
      next && `Next: ${next}`,
      takenBackBecause && `Taken back: ${takenBackBecause}`,
    ],
    mark: takenBackBecause === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/completion`,
  }
}

type Ended = Told &
  Readonly<{
    endedAs: EarlyEnd
    said: string | null
    handedTo: string | null
    told: WayTold | null
    takenBackBecause: string | null
  }>

/** That support ended early: why, what the person said, and where they were handed on to. */
export function endingTold(ended: Ended): Happening {
  const { episode, endedAs, said, handedTo, told, takenBackBecause } = ended
  return {
    ...base(ended),
    what: `Ended early: ${within(earlyEnds[endedAs].label)}`,
    text: [
      said,
      handedTo && `Handed on to: ${handedTo}`,
      told && `Told: ${within(waysTold[told].label)}`,
      takenBackBecause && `Taken back: ${takenBackBecause}`,
    ],
    mark: takenBackBecause === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/ending`,
  }
}

type Wished = Readonly<{ id: string; at: Temporal.Instant; wish: Wish; why: Why | null; said: string | null }>

/** That the person said in their own space that they want to stop, or to be rung first. */
export function wishTold({ id, at, wish, why, said }: Wished): Happening {
  return {
    ...{ id, at, by: null, kind: 'end' },
    what: wish === 'stop' ? 'Stopped by themselves, in their space' : 'Thinks of stopping, and asked for a call first',
    text: [why && whys[why].label, said],
  }
}

type FollowUp = Told &
  Readonly<{
    weeks: followUp.Weeks
    result: followUp.Result
    inWork: followUp.InWork | null
    health: followUp.Health | null
    said: string | null
    takenBackBecause: string | null
  }>

/** What was heard 13 or 26 weeks after the end. */
export function followUpTold(heard: FollowUp): Happening {
  const { episode, weeks, result, inWork, health, said, takenBackBecause } = heard
  return {
    ...base(heard),
    what: `Follow-up after ${weeks} weeks: ${within(followUp.results[result].label)}`,
    text: [
      inWork && `In work: ${within(followUp.inWork[inWork].label)}`,
      health && `Health: ${within(followUp.health[health].label)}`,
      said,
      takenBackBecause && `Taken back: ${takenBackBecause}`,
    ],
    mark: takenBackBecause === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/follow-ups/${weeks}`,
  }
}

type Attempt = Told & Readonly<{ weeks: followUp.Weeks; channel: followUp.Channel }>

/** A try to follow up that reached nobody. */
export function attemptTold(attempt: Attempt): Happening {
  return {
    ...base(attempt),
    what: `Tried to follow up after ${attempt.weeks} weeks: ${within(followUp.channels[attempt.channel].label)}`,
    href: `/episodes/${attempt.episode}/follow-ups/${attempt.weeks}`,
  }
}
