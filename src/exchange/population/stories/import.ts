import { newId } from '#platform/ids.ts'
import type { Newcomer } from '#registers/people/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import type { Happening } from '#exchange/population/happenings/rules.ts'
import type { Told } from '#exchange/population/journeys/rules.ts'

/** A made-up person with what has happened to them, and who wrote it down. */
export type Storied = Readonly<{
  id: string
  episode: string
  provider: string
  coach: string
  administrator: string
  seed: number
  newcomer: Pick<Newcomer, 'givenName' | 'familyName' | 'preferredName' | 'gpPractice'>
  told: readonly Told[]
}>

/** The same with the ids under which steps and happenings are kept. */
export type Keyed = Storied &
  Readonly<{ referral: string; assessment: string; agreement: string }> &
  Readonly<{ steps: readonly KeyedStep[]; happened: readonly Happened[] }>

/** A step with its id and the row it comes from. */
type KeyedStep = Told & Readonly<{ id: string; by: string; factRow: string | undefined }>

/** Something that happened, with its id, at the first step it stands at. */
export type Happened<What extends Happening = Happening> = Readonly<{
  what: What
  id: string
  episode: string
  person: string
  step: KeyedStep
  by: string
  at: Temporal.Instant
}>

const atTheDesk: readonly string[] = ['received', 'accepted', 'allocated']

/** Gives an id to every step and to everything that happened, in the order of the story. */
export function keyed(story: Storied): Keyed {
  const ids = new Map<Happening, string>()
  const { id: person, episode, administrator, coach } = story
  const [referral, assessment, agreement] = [newId(), newId(), newId()]
  const rows: Partial<Record<Step['kind'], string>> = {
    received: referral,
    assessed: assessment,
    'plan-agreed': agreement,
  }
  const happened: Happened[] = []
  let last: string | undefined
  const steps = story.told.map((told): KeyedStep => {
    const { step, because, also, at } = told
    const by = atTheDesk.includes(step.kind) || because?.of === 'decision' ? administrator : coach
    const found = [because, also].filter((what) => what !== undefined).filter((what) => !ids.has(what))
    for (const what of found) ids.set(what, what.of === 'resumption' ? (ids.get(what.pause) ?? '') : newId())
    // What is due follows from what happened last.
    last = rows[step.kind] ?? (because ? ids.get(because) : last)
    const kept = { ...told, id: newId(), by, factRow: last }
    happened.push(...found.map((what) => ({ what, id: ids.get(what) ?? '', episode, person, step: kept, by, at })))
    return kept
  })
  return { ...story, referral, assessment, agreement, steps, happened }
}
