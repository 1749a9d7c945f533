import { manyRows, takeBack, type TakenBack } from '#platform/database/bulk.ts'
import type { Db } from '#platform/database/transaction.ts'
import { newId } from '#platform/ids.ts'

/** A first conversation that comes with a batch, already finished. */
export type TakenAssessment = Readonly<{
  id: string
  episode: string
  person: string
  employment: string | null
  health: readonly string[]
  /** The first one is the main one. */
  barriers: readonly Readonly<{ code: string; part: string; severity: number | null }>[]
  at: Temporal.Instant
  /** Who held it; nobody of this area where it came with a package from another. */
  by: string | null
}>

const columns = [
  ...['area', 'id', 'episode', 'person', 'employment_status', 'health', 'job_risks', 'benefits', 'words'],
  ...['begun_at', 'begun_by', 'saved_at', 'saved_by', 'finished_at', 'finished_by', 'version'],
] as const
const barrierColumns = ['area', 'id', 'assessment', 'code', 'part', 'severity', 'main'] as const

/** Takes many first conversations at once, with what stands in the way. */
export async function takeAssessments(db: Db, area: string, assessments: readonly TakenAssessment[]): Promise<void> {
  const rows = assessments.map(({ id, episode, person, employment, health, at, by }) => ({
    ...{ area, id, episode, person, employment_status: employment, health, job_risks: [], benefits: [], words: {} },
    ...{ begun_at: at, begun_by: by, saved_at: at, saved_by: by, finished_at: at, finished_by: by, version: 1 },
  }))
  const barriers = assessments.flatMap(({ id: assessment, barriers: marked }) =>
    marked.map((barrier, place) => ({ area, id: newId(), assessment, ...barrier, main: place === 0 })),
  )
  await db
    .insertInto('assessment.assessment')
    .columns(columns)
    .expression(manyRows('assessment.assessment', columns, rows))
    .execute()
  await db
    .insertInto('assessment.barrier')
    .columns(barrierColumns)
    .expression(manyRows('assessment.barrier', barrierColumns, barriers))
    .execute()
}

/** Takes back first conversations of episodes that a batch brought; gives those that are gone. */
export function takeBackAssessments(db: Db, { area, episodes, facts }: TakenBack): Promise<string[]> {
  return takeBack(db, 'assessment', area, episodes, facts)
}
