import { type RawBuilder, sql } from 'kysely'
import { isGuarded } from '#registers/restriction/store.ts'

/**
 * Whether these coaches look after the episode in the named column: it is open, or in aftercare. Where a restricted record is
 * closed to the coach of its person, those who are named for it and may give them to somebody else do so meanwhile. Their
 * episodes are read once and then looked up: joined, a planner that thinks few rows are wanted begins with everybody of the
 * organisation.
 */
export function isLookedAfterBy(area: string, coaches: readonly string[], episode: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(episode)} = any(array(select theirs.episode from episode.standing theirs where theirs.area = ${area}
    and theirs.coach = any(${[...coaches]}::uuid[]) and (theirs.ended_at is null or theirs.stage = 'aftercare')
    union all select shut.episode from episode.standing shut where shut.area = ${area} and shut.ended_at is null
      and ${isGuarded({ area, person: 'shut.person', shutOut: 'shut.coach' }, coaches)}))`
}
