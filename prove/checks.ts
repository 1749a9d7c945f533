import { type RawBuilder, sql } from 'kysely'

type Checks = {
  /** The places at which the rule is not asked. */
  removed: ReadonlySet<string>
  /** The places met since this was last emptied. */
  met: Set<string>
  ask(place: string): boolean
  readonly yes: RawBuilder<boolean>
  /** An answer by which somebody else allowed something. */
  by: string
}

/** Which questions are asked while a proof runs. */
export const checks: Checks = {
  removed: new Set(),
  met: new Set(),
  yes: sql<boolean>`true`,
  by: '',
  ask(place) {
    checks.met.add(place)
    return !checks.removed.has(place)
  },
}

Object.assign(globalThis, { planting: checks })
