import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { readStep } from '#journey/episode/store.ts'
import { type Asked, type Kind, stepWords } from '#journey/timeline/rules.ts'
import { findNameOf, isAnyOf, readNewest } from '#journey/timeline/store.ts'

/** From which provider to which a person was handed over. Ask listEpisodesOf before: it decides who may know. */
export async function listHandoversOnTimeline(db: Db, asked: Asked) {
  const query = db
    .selectFrom('allocation.handover as given')
    .innerJoin('organisations.organisation as before', (join) =>
      join.onRef('before.area', '=', 'given.area').onRef('before.id', '=', 'given.from_provider'),
    )
    .innerJoin('organisations.organisation as after', (join) =>
      join.onRef('after.area', '=', 'given.area').onRef('after.id', '=', 'given.to_provider'),
    )
    .select(['given.id', 'given.at', 'before.name as from', 'after.name as to', 'given.reason', 'given.note'])
    .select(findNameOf(asked.area, 'given.by').as('by'))
    .where('given.area', '=', asked.area)
    .where(isAnyOf('given.episode', asked.episodes))
  return readNewest(query, { at: 'given.at', id: 'given.id' }, asked).execute()
}

/**
 * The steps that no stage tells more of: those of history that was brought in, of decisions that were taken back, and
 * of two spells that were made one. Every other step is told by the row that is the fact behind it.
 */
export async function listStepsOnTimeline(db: Db, asked: Asked & Readonly<{ kind: Kind | null }>) {
  const { kind } = asked
  const wanted = Object.entries(stepWords).flatMap(([step, words]) => (!kind || words.kind === kind ? [step] : []))
  const query = db
    .selectFrom('episode.step as step')
    .select(['step.id', 'step.at', 'step.facts', findNameOf(asked.area, 'step.by').as('by')])
    .select(
      sql<string | null>`(select named.name from organisations.member named where named.area = step.area
        and step.kind = 'allocated' and named.id = (step.facts ->> 'coach')::uuid)`.as('coach'),
    )
    .where('step.area', '=', asked.area)
    .where(isAnyOf('step.episode', asked.episodes))
    .where(sql<boolean>`step.kind = any(${wanted}::text[])`)
    .where(
      sql<boolean>`(step.fact_row is null or exists (select from triage.joining where joining.area = step.area
        and joining.id = step.fact_row))`,
    )
    .where(
      sql<boolean>`(step.kind <> 'withdrawn' or exists (select from episode.step taken where taken.area = step.area
        and taken.id = (step.facts ->> 'step')::uuid and taken.fact_row is null))`,
    )
  const rows = await readNewest(query, { at: 'step.at', id: 'step.id' }, asked).execute()
  return rows.map(({ facts, ...row }) => ({ ...row, step: readStep(facts) }))
}
