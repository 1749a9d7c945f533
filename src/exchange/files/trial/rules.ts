import { addsUp, type Counts } from '#exchange/files/batch/rules.ts'

/** A file in a trial: how many rows it has, and how many were read so far, by what would come of them. */
export type Tried = Counts & Readonly<{ sheet: string; name: string; of: number }>

/** All files of a trial together. */
export function totalOf(files: readonly Tried[]): Counts & Readonly<{ of: number }> {
  const sum = (key: 'rows' | 'taken' | 'already' | 'refused' | 'of') => files.reduce((all, file) => all + file[key], 0)
  return { rows: sum('rows'), taken: sum('taken'), already: sum('already'), refused: sum('refused'), of: sum('of') }
}

/** Whether every row of every file is accounted for. */
export function isComplete(files: readonly Tried[]): boolean {
  return files.every((file) => addsUp(file) && file.rows === file.of)
}

// Work that a server broke off when it was switched off goes on by itself; after this time somebody may ask for it.
const quietMinutes = 2

/** Whether work in the background has stood still for so long that somebody should look. */
export function standsStill(movedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(movedAt.add({ minutes: quietMinutes }), now) < 0
}
