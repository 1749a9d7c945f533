import type { Databases } from '#platform/database/router.ts'
import type { Bringing, Came } from '#exchange/files/batch/import.ts'
import { addsUp, type Kind } from '#exchange/files/batch/rules.ts'
import { bringCases } from '#exchange/files/cases/folder/import.ts'
import { bringReferrals } from '#exchange/files/taking-referrals/import.ts'

const ways: Readonly<Record<Kind, (databases: Databases, bringing: Bringing) => Promise<Came>>> = {
  referrals: bringReferrals,
  episodes: bringCases,
}

/**
 * Brings files in as one batch: every row is taken, was here already, or is returned with its reasons. The same files
 * again go on where a run broke off, and give nothing new once they were taken. What stands in the way of all of it is
 * a CommandProblem, in one sentence that whoever sent the files can be told; a fault of ours is any other error, and
 * then the same call goes on. While it runs, the batch counts its rows of all its lines, also for others to see.
 */
export async function bringIn(databases: Databases, kind: Kind, bringing: Bringing): Promise<Came> {
  const came = await ways[kind](databases, bringing)
  const lost = came.files.find((file) => !addsUp(file))
  if (lost) throw new Error(`A row of ${lost.called} is not accounted for`)
  return came
}
