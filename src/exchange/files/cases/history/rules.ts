import { dayOf } from '#platform/dates.ts'
import { afterStep, mayTake, type Stage, stages, type Standing, type Step } from '#journey/episode/rules.ts'

/** Something that happened to an episode, by the row of a file that says so. */
export type Happening = Readonly<{
  /** The row that says so; it is returned where this cannot have happened. */
  row: string
  at: Temporal.Instant
  rank: keyof typeof ranks
  /** The steps it took where the episode stood then; none means that it cannot have happened there. */
  steps: (stage: Stage | undefined) => readonly Step[]
  by: string | null
  fact: string | null
}>

// Where only days are known, the order in which things happen on one of them. The beginning comes first in any case: many
// systems write the day of acceptance down after the first call.
const ranks = { begun: 0, met: 1, assessed: 2, agreed: 3, supported: 4, paused: 5, ended: 6, followed: 7 } as const

export type TakenStep = Readonly<{ step: Step; at: Temporal.Instant; by: string | null; factRow: string | undefined }>

/** Where an episode stands after everything that happened, and the rows that do not fit, each with the reason. */
export type Unfolded = Readonly<{
  standing: Standing | undefined
  steps: readonly TakenStep[]
  misfits: ReadonlyMap<string, string>
}>

/** Lets everything happen in its order, beginning where the episode stood before. A row that does not fit is left out. */
export function unfold(before: Standing | undefined, happenings: readonly Happening[]): Unfolded {
  const misfits = new Map<string, string>()
  for (;;) {
    const fitting = happenings.filter(({ row }) => !misfits.has(row))
    const told = tell(before, inOrder(fitting))
    if (told.misfit === undefined) return { ...told, misfits }
    misfits.set(told.misfit.row, told.misfit.why)
  }
}

type Told = Pick<Unfolded, 'standing' | 'steps'> & Readonly<{ misfit?: Readonly<{ row: string; why: string }> }>

function tell(before: Standing | undefined, happenings: readonly Happening[]): Told {
  let standing = before
  const taken: TakenStep[] = []
  for (const { row, at, steps, by, fact } of happenings) {
    const moved = steps(standing?.stage)
    if (moved.length === 0) return { standing, steps: taken, misfit: { row, why: whyNot(standing) } }
    for (const step of moved) {
      if (!mayTake(step.kind, standing?.stage))
        return { standing, steps: taken, misfit: { row, why: whyNot(standing) } }
      standing = afterStep(standing, step, at)
      taken.push({ step, at, by, factRow: fact ?? undefined })
    }
  }
  return { standing, steps: taken }
}

function whyNot(standing: Standing | undefined): string {
  return standing === undefined
    ? 'The case had not begun then.'
    : `It does not fit where the case stood then: ${stages[standing.stage].label}.`
}

/** The order in which things happened; of a day only known as such, a moment that is not before what came before on it. */
function inOrder(happenings: readonly Happening[]): Happening[] {
  const sorted = happenings.toSorted(
    (one, other) =>
      Number(one.rank !== 'begun') - Number(other.rank !== 'begun') ||
      (one.rank === 'begun' ? 0 : Temporal.PlainDate.compare(dayOf(one.at), dayOf(other.at))) ||
      (one.rank === 'begun' ? 0 : ranks[one.rank] - ranks[other.rank]) ||
      (one.rank === 'begun' ? 0 : Temporal.Instant.compare(one.at, other.at)),
  )
  let last: Happening | undefined
  return sorted.map((one) => {
    const later = last && last.rank !== 'begun' && one.rank !== 'met' && dayOf(last.at).equals(dayOf(one.at))
    last = later && last && Temporal.Instant.compare(one.at, last.at) < 0 ? { ...one, at: last.at } : one
    return last
  })
}
