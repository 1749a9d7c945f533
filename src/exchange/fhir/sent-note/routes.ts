import { createHash } from 'node:crypto'
import type { Db } from '#platform/database/transaction.ts'
import { refuse } from '#platform/fhir/doors.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import type { NewNote } from '#journey/fit-note/store.ts'
import { type ComingNote, wordsOf } from './rules.ts'
import { findNote, holdNote, saveSentNote } from './store.ts'

/** Writes a fit note down; a later stage's page shows it. */
type Keep = (db: Db, note: NewNote, difficulties: readonly []) => Promise<void>

/** Takes a fit note once: the same again changes nothing, and another by the same name is refused. */
export const noteTaking =
  (keep: Keep) =>
  async (db: Db, { area, client, organisation, note, request, person, now }: ComingNote): Promise<void> => {
    const { fields, ifNone } = note
    const naming = { organisation, ...note.called }
    const digest = createHash('sha256').update(JSON.stringify(fields)).digest()
    await holdNote(db, area, naming)
    const before = await findNote(db, area, naming)
    if (before?.request === request && (ifNone || before.digest.equals(digest))) return
    if (before) refuse(409, 'duplicate', 'A fit note with this identifier was taken before, and said something else')
    const id = newId()
    const of = { kind: 'med3', registration: null, contact: null, review_on: null } as const
    await keep(db, { ...fields, ...of, area, id, person, by: null, sent_by: organisation, at: now }, [])
    saveSentNote(db, { area, note: id, client, digest, request, takenAt: now, ...naming })
    const words = wordsOf(fields)
    const happening = {
      ...({ kind: 'act', what: 'fit-note.received', person, subject: id } as const),
      codes: { kind: 'med3', outcome: fields.outcome, client },
      ...(words === '' ? {} : { vouchesFor: words }),
    }
    writeEntry(db, { area, by: undefined, happening, at: now })
  }
