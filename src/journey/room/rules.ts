/** A coach with how many people they look after and what those weigh, against how much they can. */
export type Caseload = Readonly<{
  coach: string
  name: string
  organisation: string
  organisationName: string
  /** The organisations whose people this coach may see: their own, and those that share with it. */
  sees: readonly string[]
  open: number
  cap: number
  points: number
  pointsCap: number
  languages: readonly string[]
  worksIn: readonly string[]
  /** The first day back, while they are away. */
  backOn: Temporal.PlainDate | null
}>

/** A coach as they are found: what their people weigh is read by a later stage. */
export type Unweighed = Omit<Caseload, 'points'>

/** What everybody of each coach weighs, and what these people do. */
export type Weights = Readonly<{ coaches: ReadonlyMap<string, number>; episodes: ReadonlyMap<string, number> }>

/** Coaches and people with what they weigh, where somebody has weighed them. */
export function weighedBy({ coaches, episodes }: Weights) {
  return {
    coach: <One extends Readonly<{ coach: string }>>(one: One) => ({ ...one, points: coaches.get(one.coach) ?? 0 }),
    person: <One extends Readonly<{ episode: string }>>(one: One) => ({
      ...one,
      points: episodes.get(one.episode) ?? 0,
    }),
  }
}

/** Who has more room first, by whatever is fuller: people or points. */
export function byRoom(one: Caseload, other: Caseload): number {
  return fullness(one) - fullness(other) || one.name.localeCompare(other.name)
}

const fullness = ({ open, cap, points, pointsCap }: Caseload) =>
  Math.max(open / Math.max(1, cap), points / Math.max(1, pointsCap))

/** What a coach's caseload becomes, in people or in points. Who had them already is not counted twice. */
export type CaseloadEffect = Readonly<{ before: number; after: number; cap: number; over: boolean }>

const effect = (before: number, more: number, cap: number): CaseloadEffect => ({
  ...{ before, after: before + more, cap },
  over: more > 0 && before + more > cap,
})

type People = readonly Readonly<{ coach: string | null }>[]
type Weighing = readonly Readonly<{ coach: string | null; points: number }>[]

/** The effect of giving these people to this coach, in people. */
export function effectOn({ coach, open, cap }: Pick<Caseload, 'coach' | 'open' | 'cap'>, chosen: People) {
  return effect(open, chosen.filter((one) => one.coach !== coach).length, cap)
}

/** The same in points. */
export function weightOn(
  { coach, points, pointsCap }: Pick<Caseload, 'coach' | 'points' | 'pointsCap'>,
  chosen: Weighing,
): CaseloadEffect {
  const more = chosen.filter((one) => one.coach !== coach).reduce((sum, one) => sum + one.points, 0)
  return effect(points, more, pointsCap)
}

/** What an allocation does to one coach: whoever gets the people, or gives some of them up. */
export type CoachEffect = Readonly<{ coach: string; name: string; people: CaseloadEffect; points: CaseloadEffect }>

/** What giving these people to a coach does to every coach it touches, the one who gets them first. */
export function effectsOf(to: Caseload, chosen: Weighing, coaches: readonly Caseload[]): CoachEffect[] {
  const losers = coaches.filter(({ coach }) => coach !== to.coach && chosen.some((one) => one.coach === coach))
  const lost = losers.map((one) => {
    const theirs = chosen.filter(({ coach }) => coach === one.coach)
    const points = theirs.reduce((sum, each) => sum + each.points, 0)
    return {
      ...{ coach: one.coach, name: one.name },
      people: effect(one.open, -theirs.length, one.cap),
      points: effect(one.points, -points, one.pointsCap),
    }
  })
  return [{ coach: to.coach, name: to.name, people: effectOn(to, chosen), points: weightOn(to, chosen) }, ...lost]
}
