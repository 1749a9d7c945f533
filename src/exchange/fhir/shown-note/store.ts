import { sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import type { Advice, NoteOutcome, Profession } from '#journey/fit-note/rules.ts'
import type { ShownNote } from './rules.ts'

type Looking = Readonly<{ area: string; organisation: string; requests: readonly string[] }>

/** The fit notes that an organisation sent for these of its requests, as it sent them. */
export async function listSentNotes(db: Db, { area, organisation, requests }: Looking): Promise<ShownNote[]> {
  const rows = await db
    .selectFrom('sent_note.note as sent')
    .innerJoin('fit_note.note as note', (join) =>
      join.onRef('note.area', '=', 'sent.area').onRef('note.id', '=', 'sent.note'),
    )
    .select(['sent.request', 'sent.system', 'sent.value', 'sent.taken_at as takenAt'])
    // A part of a record has no id of ours outside.
    .select(
      sql<string>`left(encode(sha256(convert_to(sent.request || ' ' || sent.note, 'UTF8')), 'hex'), 32)`.as('part'),
    )
    .select(['note.assessed_on', 'note.stated_on', 'note.from_on', 'note.until_on', 'note.comments', 'note.condition'])
    .select(['note.condition_since', 'note.assess_again', 'note.issuer', 'note.organisation'])
    // Checked: only notes that were read by the same lists are kept.
    .select([sql<NoteOutcome>`note.outcome`.as('outcome'), sql<Profession>`note.profession`.as('profession')])
    .select(sql<Advice[]>`note.advice`.as('advice'))
    .where('sent.area', '=', area)
    .where('sent.organisation', '=', organisation)
    .where(sql<boolean>`sent.request = any(${requests}::uuid[])`)
    .execute()
  return rows.map(({ request, part, system, value, takenAt, ...fields }) => ({
    ...{ request, part, called: { system, value }, takenAt, fields },
  }))
}
