import { interpreters, type Purpose, purposes, reasons, timesInWords, whoDid } from '#journey/appointment/rules.ts'
import type { FreeTime } from '#journey/availability/rules.ts'
import { chosenTime } from '#journey/slots/rules.ts'
import { modes, type Mode, type Times } from '#journey/invitation/rules.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Card, Details, Inset, WarningCallout } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { doubted, tellings } from '#journey/booking/rules.ts'

/** Whom the appointment is with, and what they need so that they can take part. */
export type Invited = Readonly<{
  id: string
  name: string
  language: string | null
  interpreter: string | null
  needs: string | null
  /** How a message would reach them, in words; undefined where none may be sent. */
  toldBy: string | undefined
  isDoubted: boolean
  onlyLetters: boolean
}>

export type BookProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Invited
    members: Readonly<Record<string, { label: string }>>
    member: string
    purpose: Purpose
    /** What should be known before booking this time; ticked, it is booked all the same. */
    warnings: readonly string[]
    openingHours: string | null
    /** The appointment that gets another time, where this is not a first booking. */
    moving?: (Times & Readonly<{ id: string; mode: Mode; place: string | null; venue: string | null }>) | undefined
    venues: CodeList
    /** How long an appointment usually is, for this person. */
    minutes: number
    /** The next times that are free with whoever is chosen. */
    free: readonly FreeTime[]
    today: Temporal.PlainDate
  }>

/** Booking a time, or another time in the place of one. */
export const BookAppointment = ({ problems, typed, moving, ...book }: BookProps) => (
  <FormPage
    title={moving ? 'Move this appointment' : 'Book an appointment'}
    caption={book.person.name}
    back={
      moving
        ? { href: `/appointments/${moving.id}`, label: 'Back to the appointment' }
        : { href: `/people/${book.person.id}`, label: 'Back to the record' }
    }
    action={moving ? `/appointments/${moving.id}/new-time` : `/episodes/${book.episode}/appointments`}
    fields={{ id: book.id }}
    draft
    problems={problems}
    typed={typed}
  >
    <Beside
      beside={
        <>
          <Needs {...book.person} openingHours={book.openingHours} />
          {moving ? null : <NextFree {...book} />}
          {moving ? null : <Offering episode={book.episode} />}
        </>
      }
    >
      {book.warnings.length > 0 ? <Warnings warnings={book.warnings} /> : null}
      {moving ? <Was {...moving} today={book.today} /> : null}
      <SelectFrom name="member" label="With whom?" list={book.members} value={book.member} empty={false} />
      {moving ? null : <RadiosFrom name="purpose" label="What for?" list={purposes} value={book.purpose} />}
      <WhenAndWhere {...{ moving }} venues={book.venues} minutes={book.minutes} />
      <Interpreting {...book.person} />
      {moving ? <WhyMoved /> : null}
      <TextArea name="note" label="Note for colleagues" hint="The person is not sent this." rows={2} maximum={1000} />
      {book.person.isDoubted ? <Doubted id={book.person.id} /> : null}
      <Telling {...book.person} />
      <Button>{moving ? 'Move appointment' : 'Book appointment'}</Button>
    </Beside>
  </FormPage>
)

const WhenAndWhere = ({ moving, venues, minutes }: Pick<BookProps, 'moving' | 'venues' | 'minutes'>) => (
  <>
    <DateField name="day" label="Which day?" />
    <TextField name="time" label="At what time?" hint="For example 10:30" width={5} />
    <TextField
      name="minutes"
      label="How long?"
      suffix="minutes"
      width={3}
      inputMode="numeric"
      value={`${moving ? minutesOf(moving) : minutes}`}
    />
    <RadiosFrom
      name="mode"
      label="How do you meet?"
      list={modes}
      value={moving?.mode ?? 'phone'}
      reveal={{
        'in-person': (
          <SelectFrom
            name="venue"
            label="In which building?"
            list={venues}
            empty="Another place, which I enter below"
            {...(moving?.venue ? { value: moving.venue } : {})}
          />
        ),
      }}
    />
    <TextField
      name="place"
      label="Another place, or another link of the video call (optional)"
      hint="Left empty, the building’s address or the usual link is sent. Others may see it: give the street address, not the name of a clinic."
      {...(moving?.place && !moving.venue ? { value: moving.place } : {})}
    />
  </>
)

function minutesOf({ startsAt, endsAt }: Times): number {
  return startsAt.until(endsAt).total('minutes')
}

const Warnings = ({ warnings }: Readonly<{ warnings: readonly string[] }>) => (
  <WarningCallout heading="Is this right?">
    {warnings.map((warning) => (
      <p key={warning}>{warning}</p>
    ))}
    <Tick name="anyway" label="Yes, book it all the same" />
  </WarningCallout>
)

const Was = ({ today, ...times }: Times & Readonly<{ today: Temporal.PlainDate }>) => (
  <Inset>
    <p>Now: {timesInWords(times, today)}</p>
  </Inset>
)

const Interpreting = ({ interpreter, needs }: Pick<Invited, 'interpreter' | 'needs'>) => (
  <>
    {interpreter === null ? (
      <Details summary="Somebody interprets all the same">
        <RadiosFrom name="interpreter" label="Interpreter" list={interpreters} value="none" />
      </Details>
    ) : (
      <RadiosFrom name="interpreter" label="Interpreter" list={interpreters} value="needed" />
    )}
    {needs === null ? null : (
      <TextField name="access" label="How are their access needs met?" hint={`They need: ${needs}`} />
    )}
  </>
)

const WhyMoved = () => (
  <>
    <RadiosFrom name="who" label="Who asked to move it?" list={whoDid} />
    <SelectFrom name="reason" label="Why?" list={reasons} />
  </>
)

const Doubted = ({ id }: Pick<Invited, 'id'>) => (
  <WarningCallout heading="Ask them whether this is theirs">
    <p>
      {doubted} <a href={`/people/${id}/details/means`}>say that it is theirs</a>.
    </p>
  </WarningCallout>
)

const Telling = ({ id, toldBy, onlyLetters }: Pick<Invited, 'id' | 'toldBy' | 'onlyLetters'>) =>
  toldBy === undefined ? (
    <Inset>
      <p>
        {onlyLetters
          ? 'They are reached by letter only, and no postal address stands among the ways to reach them. Where they live is not written to until they say that it is safe.'
          : 'No message can go to this person: no means on record is safe and wanted.'}{' '}
        Tell them yourself, or <a href={`/people/${id}/details/means/new`}>add a way to reach them</a>.
      </p>
    </Inset>
  ) : (
    <RadiosFrom
      name="tell"
      label="How are they told?"
      list={{ ...tellings, message: { ...tellings.message, hint: toldBy } }}
      value="message"
    />
  )

const Needs = ({ openingHours, ...person }: Invited & Pick<BookProps, 'openingHours'>) => (
  <Card heading="To keep in mind">
    <SummaryList
      compact
      rows={[
        { label: 'Language', value: person.language },
        { label: 'Interpreter', value: person.interpreter },
        { label: 'Access needs', value: person.needs },
        ...(openingHours ? [{ label: 'The service is open', value: openingHours }] : []),
      ]}
    />
    <a href={`/people/${person.id}/details`}>Change these details</a>
  </Card>
)

type FreeProps = Pick<BookProps, 'episode' | 'member' | 'members' | 'free' | 'purpose' | 'today'>

const NextFree = ({ episode, member, members, free, purpose, today }: FreeProps) => (
  <Card heading={`Free with ${members[member]?.label ?? 'this colleague'}`}>
    {free.length === 0 ? (
      <p>No free times: no hours are set for them, or all are taken.</p>
    ) : (
      <ul className="nhsuk-list">
        {free.map((time) => (
          <li key={time.startsAt.toString()}>
            <a href={`/episodes/${episode}/appointments/new?${chosenTime(member, purpose, time)}`}>
              {timesInWords(time, today)}
            </a>
          </li>
        ))}
      </ul>
    )}
    <a href={`/coaches/${member}/week?${new URLSearchParams({ episode, purpose }).toString()}`}>The whole week</a>
  </Card>
)

const Offering = ({ episode }: { episode: string }) => (
  <Card heading="They may choose">
    <p>They get a link, see only free times, and need no account.</p>
    <a href={`/episodes/${episode}/offers/new`}>Let them choose a time</a>
  </Card>
)
