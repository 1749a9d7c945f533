import { importFaults } from './planted/imports.ts'
import { shapeFaults } from './planted/shape.ts'
import { sliceFaults } from './planted/slices.ts'
import { tableFaults } from './planted/tables.ts'
import type { RuleName } from './rules.ts'

/** A fault put on purpose into the sound product: where it is, and the one rule that must find it there. */
export type Planted = Readonly<{
  name: string
  rule: RuleName
  /** `path:line` of what must be found. */
  at: string
  /** The text of that file. */
  text: string
  /** Other files that the fault needs. */
  beside?: Readonly<Record<string, string>>
}>

export const planted: readonly Planted[] = [...importFaults, ...sliceFaults, ...tableFaults, ...shapeFaults]
