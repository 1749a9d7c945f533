import { dayInWords, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, WhatWasWritten } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { type Happening, Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { dueWhat, type DueWhat, type Result, results, withdrawalReasons } from '#journey/contact/rules.ts'
import { type Way, ways } from '#journey/reaching/rules.ts'
import { MayBeUnreachable } from './reach.tsx'

/** A contact as its history shows it. */
export type ShownContact = Readonly<{
  id: string
  way: Way
  result: Result
  note: string | null
  why_this_way: string | null
  happened_at: Temporal.Instant
  recorded_at: Temporal.Instant
  byName: string
  next_what: string | null
  next_on: Temporal.PlainDate | null
  next_way: Way | null
  next_time: string | null
  withdrawn_at: Temporal.Instant | null
  withdrawn_for: string | null
  withdrawn_note: string | null
}>

type HistoryProps = Readonly<{
  episode: string
  person: Readonly<{ id: string; name: string }>
  contacts: readonly ShownContact[]
  clock: string | undefined
  unreachable: boolean
  mayLog: boolean
  mayEdit: boolean
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

/** Every try to reach a person in this spell of support, the newest first. */
export const ContactHistory = ({ episode, person, contacts, mayLog, ...shown }: HistoryProps) => (
  <Page
    title="Contacts"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    lede={shown.clock}
    actions={
      mayLog ? (
        <LinkButton href={`/episodes/${episode}/contacts/new`} small>
          Log a contact
        </LinkButton>
      ) : null
    }
  >
    {shown.unreachable && shown.mayEdit ? <MayBeUnreachable episode={episode} /> : null}
    <Timeline
      happenings={contacts.map((contact) => asHappening(contact, shown))}
      empty="Calls, messages and letters appear here once one is logged."
    />
  </Page>
)

function asHappening(contact: ShownContact, { now, today, mayEdit }: Pick<HistoryProps, 'now' | 'today' | 'mayEdit'>) {
  const { id, way, result, happened_at: at, recorded_at: recorded, withdrawn_at: withdrawn } = contact
  const late = Temporal.Instant.compare(at, recorded) < 0 ? `, written down ${inWords(recorded, now)}` : ''
  const happening: Happening = {
    key: id,
    what: `${ways[way].label}: ${results[result].label.toLowerCase()}`,
    when: `${inWords(at, now)}${late}`,
    moment: at.toString(),
    by: contact.byName,
    text: <Told {...contact} today={today} />,
    ...(withdrawn ? { tag: { label: 'Taken back', colour: 'grey' as const } } : {}),
    ...(withdrawn || !mayEdit ? {} : { actions: <TakeBack id={id} what={ways[way].label.toLowerCase()} /> }),
  }
  return happening
}

const TakeBack = ({ id, what }: Readonly<{ id: string; what: string }>) => (
  <a href={`/contacts/${id}/withdrawal`}>
    Take back<span className="nhsuk-u-visually-hidden"> this {what}</span>
  </a>
)

const Told = ({ today, ...contact }: ShownContact & Readonly<{ today: Temporal.PlainDate }>) => (
  <>
    {contact.note ? <p>{contact.note}</p> : null}
    {contact.why_this_way ? <p>Why this way: {contact.why_this_way}</p> : null}
    {contact.next_on && contact.withdrawn_at === null ? <p>{nextInWords(contact, contact.next_on, today)}</p> : null}
    {contact.withdrawn_at ? (
      <p>
        {reasonLabel(contact.withdrawn_for)}
        {contact.withdrawn_note ? `: ${contact.withdrawn_note}` : null}
      </p>
    ) : null}
  </>
)

function nextInWords(contact: ShownContact, on: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const { next_what: what, next_way: way, next_time: time } = contact
  // Checked: only this slice writes it, from its own list.
  const label = dueWhat[what as DueWhat].label.toLowerCase()
  const how = way && what !== 'booking' ? ` (${ways[way].label.toLowerCase()})` : ''
  return `Next: ${label}, ${dayInWords(on, today)}${time ? ` at ${time}` : ''}${how}`
}

function reasonLabel(reason: string | null): string {
  const found = Object.entries(withdrawalReasons).find(([code]) => code === reason)
  return found ? found[1].label : 'Taken back'
}

type WithdrawProps = FormState &
  Readonly<{
    contact: Readonly<{ id: string; episode: string; way: Way; result: Result; happened_at: Temporal.Instant }>
    person: Readonly<{ id: string; name: string }>
    now: Temporal.Instant
  }>

/** Taking a wrongly logged contact back: it stays as history, and the clocks go back to where they were. */
export const TakeContactBack = ({ contact, person, now, problems, typed }: WithdrawProps) => (
  <FormPage
    title="Take this contact back"
    caption={person.name}
    back={{ href: `/episodes/${contact.episode}/contacts`, label: 'Back to the contacts' }}
    action={`/contacts/${contact.id}/withdrawal`}
    problems={problems}
    typed={typed}
    width="reading"
  >
    <Inset>
      <p>
        {ways[contact.way].label}: {results[contact.result].label.toLowerCase()}, {inWords(contact.happened_at, now)}
      </p>
    </Inset>
    <p>It stays in the history and counts no longer. What was due before it is due again.</p>
    <RadiosFrom name="reason" label="Why?" list={withdrawalReasons} />
    <TextField name="note" label="Anything to add" hint="You can leave this empty." />
    <Button>Take back</Button>
  </FormPage>
)

type NotNowProps = Readonly<{ person: Readonly<{ id: string; name: string }>; why: string }>

/** Why no contact can be logged here. */
export const CannotLog = ({ person, why }: NotNowProps) => (
  <Page
    title="A contact cannot be logged now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
    <WhatWasWritten />
  </Page>
)
