import { type SupportKind, supportKinds } from '#journey/support/log/rules.ts'
import { cellIn, codeIn, keyFrom, numberIn, type Row, say, textIn } from '#exchange/files/cells/rules.ts'
import type { Spellings } from '#exchange/files/codes/rules.ts'
import type { Columns } from '#exchange/files/columns/rules.ts'
import { byColumn, caseAndDay, dateColumn } from '#exchange/files/cases/contacts/rules.ts'
import { episodeReference } from '#exchange/files/cases/episodes/rules.ts'
import { type Colleague, colleagueIn, type Staff } from '#exchange/files/cases/colleagues/rules.ts'

export type SupportKey = 'episode' | 'reference' | 'on' | 'kind' | 'minutes' | 'done' | 'by'

/** The columns of support.csv. */
export const supportColumns: Columns<SupportKey> = {
  columns: {
    episode: episodeReference,
    reference: {
      label: 'Support reference',
      also: ['Support ID', 'Session ID'],
      about: 'What the sending system calls it',
    },
    on: { ...dateColumn, also: [...dateColumn.also, 'Support date', 'Session date'] },
    kind: { label: 'Kind', also: ['Support type', 'Type', 'Activity'], about: 'When empty, coaching' },
    minutes: { label: 'Minutes', also: ['Duration', 'Length', 'Time spent'], about: 'Needed. From 1 to 600' },
    done: {
      label: 'What was done',
      also: ['Done', 'Notes', 'Note', 'Details', 'Comments'],
      about: 'Needed. Any words',
    },
    by: byColumn,
  },
  needed: [
    { oneOf: ['episode'], called: 'Case reference' },
    { oneOf: ['on'], called: 'Date' },
    { oneOf: ['minutes'], called: 'Minutes' },
    { oneOf: ['done'], called: 'What was done' },
  ],
}

/** Help that was given, as a file has it. */
export type ReadSupport = Readonly<{
  episode: string
  reference: string | null
  on: Temporal.PlainDate
  kind: SupportKind
  minutes: number
  done: string
  by: Colleague | null
}>

/** Reads a row of support.csv; everything that stands in the way is said of the row. */
export function readSupport(row: Row<SupportKey>, staff: Staff): ReadSupport | undefined {
  const { episode, on } = caseAndDay(row, row.past)
  const [minutes, done] = [numberIn(row, 'minutes', { least: 1, most: 600 }), textIn(row, 'done', 4000)]
  if (cellIn(row, 'minutes') === null) say(row, 'minutes', 'Say how many minutes it took.')
  if (done === null) say(row, 'done', 'Say what was done.')
  const kind = codeIn(row, 'kind', supportWords) ?? 'coaching'
  const more = { reference: textIn(row, 'reference', 100), kind, by: colleagueIn(row, 'by', staff) }
  return episode && on && minutes && done ? { ...more, episode, on, minutes, done } : undefined
}

/** What knows help that was given again. */
export function keyOfSupport({ episode, reference, on, kind, minutes, done }: ReadSupport, source: string): string {
  const own = reference === null ? ['row', on, kind, minutes, keyFrom(done)] : ['reference', reference.toLowerCase()]
  return ['support', keyFrom(source), episode.toLowerCase(), ...own].join('\n')
}

export const supportWords: Spellings<SupportKind> = {
  list: supportKinds,
  also: {
    coaching: ['Session', 'Coaching session', 'Appointment', 'Support'],
    employer: ['Employer', 'Employer contact', 'Employer liaison'],
    adjustments: ['Adjustments', 'Workplace adjustments'],
    'follow-up': ['Follow up', 'Check in', 'Catch up'],
    other: ['Other'],
  },
}
