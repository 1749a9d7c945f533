import { dayInWords, dayOf } from '#platform/dates.ts'
import { Card, Tag } from '#platform/html/content.tsx'
import {
  lastNoteOf,
  type NoteKind,
  noteKinds,
  type NoteOutcome,
  noteStateOn,
  noteStates,
  outcomes,
  type Span,
} from '#journey/fit-note/rules.ts'

export type RecordNote = Span & Readonly<{ kind: NoteKind; outcome: NoteOutcome }>

type CardProps = Readonly<{
  notes: readonly RecordNote[]
  person: Readonly<{ id: string }>
  mayEdit: boolean
  now: Temporal.Instant
}>

/** The fit note that holds longest, and until when. */
export const FitNoteCard = ({ notes, person, mayEdit, now }: CardProps) => {
  const note = lastNoteOf(notes)
  return (
    <Card
      heading="Fit note"
      actions={
        mayEdit || note ? (
          <>
            <a href={`/people/${person.id}/fit-notes`}>{note ? 'All fit notes' : 'Write a fit note down'}</a>{' '}
            <a href={`/people/${person.id}/fit-note-requests`}>Requests</a>
          </>
        ) : undefined
      }
    >
      {note ? <Holds note={note} today={dayOf(now)} /> : <p>None is written down.</p>}
    </Card>
  )
}

const Holds = ({ note, today }: Readonly<{ note: RecordNote; today: Temporal.PlainDate }>) => {
  const state = noteStateOn(note, today)
  const { label, colour } = noteStates[state]
  const end = note.untilOn === null ? 'without an end' : `until ${dayInWords(note.untilOn, today)}`
  return (
    <p>
      {noteKinds[note.kind].label}: {outcomes[note.outcome].label.toLowerCase()}, {end}{' '}
      <Tag colour={colour}>{label}</Tag>
    </p>
  )
}
