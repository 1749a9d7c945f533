import type { Role } from '#platform/access/rules.ts'
import { mayRead } from '#journey/safety/rules.ts'
import { type Happening, type Kind, kinds } from '#journey/timeline/rules.ts'

/** Something that happened in another area, as it was written down there. */
export type Brought = Readonly<{
  id: string
  kind: Kind
  at: Temporal.Instant
  dayOnly: boolean
  what: string
  text: readonly string[]
  mark: string | null
  /** Who wrote it down, by their name there; null where nobody of the team did. */
  by: string | null
  /** The area in which it was written down, by its name. */
  from: string
}>

/**
 * Whether this reader may read what came along. Nobody here wrote it down or was told of it: what only a few may read is
 * for whoever may read every concern.
 */
export function mayReadBrought(confined: boolean, reader: Readonly<{ role: Role; membership: string }>): boolean {
  return !confined || mayRead({ kind: 'other', about_others: true, recorded_by: null, told: false }, reader)
}

type Read = Brought &
  Readonly<{
    /** False where only a few may read it, and this reader is none of them. */
    readable: boolean
  }>

/** What happened in another area, with its words; of what is not for this reader only that it is there. */
export function broughtTold({ readable, mark, ...told }: Read): Happening {
  if (readable) return { ...told, mark: mark ?? undefined }
  const { id, kind, at, dayOnly, from } = told
  const hidden = ['Only the duty lead and the service manager can read it.']
  return { id, kind, at, dayOnly, from, by: null, what: `${kinds[kind].label}: restricted`, text: hidden }
}
