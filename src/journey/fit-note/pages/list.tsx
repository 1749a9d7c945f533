import { dayInWords, dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState, Tag, Warnings } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type Advice,
  advices,
  type Follows,
  follows,
  lastNoteOf,
  type NoteKind,
  noteKinds,
  type NoteOutcome,
  noteStateOn,
  noteStates,
  outcomes,
  type Profession,
  professions,
  type Span,
  spanInWords,
  spellsOf,
  warningsFor,
} from '#journey/fit-note/rules.ts'

export type FitNote = Span &
  Readonly<{
    id: string
    kind: NoteKind
    outcome: NoteOutcome
    advice: readonly Advice[]
    comments: string | null
    condition: string | null
    since: Temporal.PlainDate | null
    assessAgain: boolean | null
    assessedOn: Temporal.PlainDate
    statedOn: Temporal.PlainDate
    issuer: string
    profession: Profession
    registration: string | null
    organisation: string | null
    contact: string | null
    reviewOn: Temporal.PlainDate | null
    by: string | null
    at: Temporal.Instant
    difficulties: readonly Readonly<{ place: number; difficulty: string; recommendation: string | null }>[]
    followed:
      | Readonly<{
          what: Follows
          askOn: Temporal.PlainDate | null
          words: string | null
          at: Temporal.Instant
          by: string | null
        }>
      | undefined
  }>

type ListProps = FormState &
  Readonly<{
    person: Readonly<{ id: string; name: string }>
    notes: readonly FitNote[]
    mayEdit: boolean
    /** For the next entry of what follows. */
    id: string
    now: Temporal.Instant
  }>

/** Somebody's fit notes and reports: which holds now, when it ends and what follows. */
export const FitNotes = (props: ListProps) => {
  const { person, notes, mayEdit, now } = props
  const spells = spellsOf(notes)
  return (
    <Page
      title="Fit notes"
      caption={person.name}
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={props.problems}
      width="reading"
    >
      {mayEdit && notes.length > 0 ? <WriteDown person={person.id} /> : null}
      <Warnings warnings={warningsFor(spells)} />
      {notes.length === 0 ? (
        <EmptyState
          heading="No fit note is written down"
          action={mayEdit ? <WriteDown person={person.id} /> : undefined}
        >
          Their fit notes and health and work reports stand here, with when they end. For the first seven days off work
          people need none.
        </EmptyState>
      ) : null}
      {spells.map((spell) => (
        <Spell key={spell.at(-1)?.id} {...props} spell={spell} latest={lastNoteOf(notes)} now={now} />
      ))}
    </Page>
  )
}

const WriteDown = ({ person }: Readonly<{ person: string }>) => (
  <ButtonGroup>
    <LinkButton href={`/people/${person}/fit-notes/new/med3`} small>
      Write down a fit note
    </LinkButton>
    <LinkButton href={`/people/${person}/fit-notes/new/ahp-report`} small secondary>
      Write down a health and work report
    </LinkButton>
  </ButtonGroup>
)

type SpellProps = ListProps & Readonly<{ spell: readonly FitNote[]; latest: FitNote | undefined }>

const Spell = ({ spell, latest, ...props }: SpellProps) => {
  const first = spell.at(-1)
  return (
    <section aria-label={first ? `Since ${longDay(first.fromOn)}` : undefined}>
      {first && spell.length > 1 ? (
        <h2 className="nhsuk-heading-m">
          One after another since {longDay(first.fromOn)}, {spell.length} notes
        </h2>
      ) : null}
      {spell.map((note) => (
        <NoteCard key={note.id} {...props} note={note} isLatest={note === latest} />
      ))}
    </section>
  )
}

type CardProps = ListProps & Readonly<{ note: FitNote; isLatest: boolean }>

const NoteCard = ({ note, isLatest, ...props }: CardProps) => {
  const today = dayOf(props.now)
  const state = noteStateOn(note, today)
  return (
    <Card
      heading={`${noteKinds[note.kind].label} ${spanInWords(note)}`}
      level={3}
      tag={<Tag colour={noteStates[state].colour}>{noteStates[state].label}</Tag>}
    >
      <SummaryList compact rows={rowsOf(note, props.now)} />
      {isLatest && props.mayEdit && note.untilOn !== null && state !== 'to-come' ? (
        <WhatFollows {...props} note={note} />
      ) : null}
      {props.mayEdit ? <PutRight {...props} note={note} /> : null}
    </Card>
  )
}

function rowsOf(note: FitNote, now: Temporal.Instant) {
  const again = note.assessAgain === null ? null : note.assessAgain ? 'Yes' : 'No'
  const { followed } = note
  const rows = [
    { label: 'It says', value: outcomes[note.outcome].label },
    { label: 'Advice', value: note.advice.map((one) => advices[one].label).join(', ') || null },
    { label: 'Comments', value: note.comments },
    { label: 'Condition', value: note.condition },
    { label: 'Since', value: note.since && longDay(note.since) },
    ...note.difficulties.map(({ place, difficulty, recommendation }) => ({
      label: `Difficulty ${place + 1}`,
      value: [difficulty, recommendation].filter(Boolean).join(': '),
    })),
    {
      label: 'Assessed again',
      value: [again, note.reviewOn && longDay(note.reviewOn)].filter(Boolean).join(', ') || null,
    },
    {
      label: 'Written by',
      value: `${[note.issuer, professions[note.profession].label.toLowerCase(), note.organisation]
        .filter(Boolean)
        .join(', ')}, ${longDay(note.statedOn)}`,
    },
    { label: 'HCPC number', value: note.registration },
    { label: 'How to reach them', value: note.contact },
    { label: 'Written down', value: [inWords(note.at, now), note.by].filter(Boolean).join(', ') },
    {
      label: 'What follows',
      value: followed ? followedInWords(followed, now) : null,
    },
  ]
  return rows.filter(({ value }) => value !== null)
}

const WhatFollows = ({ person, note, id, problems, typed }: CardProps | (ListProps & Readonly<{ note: FitNote }>)) => (
  <Details summary={note.followed ? 'What follows has changed' : 'Say what follows'} open={!note.followed}>
    <Form
      action={`/people/${person.id}/fit-notes/${note.id}/follow-on`}
      fields={{ id }}
      problems={problems}
      typed={typed}
    >
      <RadiosFrom name="what" label="What follows when it ends?" list={follows} />
      <DateField name="ask" label="When do you ask again?" hint="It comes up on your day." />
      <TextField name="words" label="What they said" hint="You can leave this empty." />
      <Button small>Save</Button>
    </Form>
  </Details>
)

const PutRight = ({ person, note }: ListProps & Readonly<{ note: FitNote }>) => (
  <>
    <p>
      <a href={`/people/${person.id}/fit-notes/new/${note.kind}?instead=${note.id}`}>Put it right</a>
    </p>
    <Details summary="Take it back">
      <Form action={`/people/${person.id}/fit-notes/${note.id}/withdrawal`}>
        <TextArea
          name="reason"
          id={`reason-${note.id}`}
          label="Why should it not stand here?"
          hint="For example because it is somebody else’s. It stays in the record as taken back."
          rows={2}
          maximum={300}
        />
        <Button small secondary>
          Take it back
        </Button>
      </Form>
    </Details>
  </>
)

function followedInWords({ what, words, askOn, at, by }: NonNullable<FitNote['followed']>, now: Temporal.Instant) {
  const asked = askOn && `ask again ${dayInWords(askOn, dayOf(now))}`
  const said = [inWords(at, now), by].filter(Boolean).join(', ')
  return [follows[what].label, words, asked, said].filter(Boolean).join('. ')
}
