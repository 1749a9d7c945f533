import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { CopyLink, Inset } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { modes } from '#journey/invitation/rules.ts'
import { calendarShows, exceptionKinds, weekdays } from '#journey/availability/rules.ts'

type Member = Readonly<{ id: string; name: string }>
type OfMember = FormState & Readonly<{ member: Member; id: string; venues: CodeList }>

const backTo = ({ id }: Member) => ({ href: `/coaches/${id}/hours`, label: 'Back to the hours' })

/** Hours of a usual week to add. */
export const AddHours = ({ member, id, venues, from, ...state }: OfMember & { from: Temporal.PlainDate }) => (
  <FormPage
    title="Add usual hours"
    caption={member.name}
    width="reading"
    back={backTo(member)}
    action={`/coaches/${member.id}/hours`}
    fields={{ id }}
    {...state}
  >
    <CheckboxesFrom name="weekdays" label="On which days?" list={weekdays} />
    <Between venues={venues} />
    <DateField name="from" label="From which day?" value={from.toString()} />
    <DateField
      name="until"
      label="Until which day? (optional)"
      hint="The first day on which they no longer hold. Leave it empty to go on until further notice."
    />
    <Button>Add these hours</Button>
  </FormPage>
)

/** A day that differs from the usual hours. */
export const AddException = ({ member, id, venues, ...state }: OfMember) => (
  <FormPage
    title="Add a day that differs"
    caption={member.name}
    width="reading"
    lede="For one day. Longer absences, with somebody who covers, are arranged under Absences."
    back={backTo(member)}
    action={`/coaches/${member.id}/exceptions`}
    fields={{ id }}
    {...state}
  >
    <DateField name="on" label="Which day?" />
    <RadiosFrom
      name="kind"
      label="What is different?"
      list={{ ...exceptionKinds, away: { ...exceptionKinds.away, hint: 'Leave both times empty for the whole day' } }}
    />
    <Between venues={venues} />
    <Button>Add this day</Button>
  </FormPage>
)

const Between = ({ venues }: { venues: CodeList }) => (
  <>
    <TextField name="starts" label="From" hint="For example 9:00" width={5} />
    <TextField name="ends" label="Until" hint="For example 12:30" width={5} />
    <CheckboxesFrom
      name="modes"
      label="How can people meet?"
      list={modes}
      reveal={{
        'in-person': (
          <>
            <SelectFrom name="venue" label="Where in person?" list={venues} />
            <p>
              <a href="/venues">Buildings where people are met</a>
            </p>
          </>
        ),
      }}
    />
  </>
)

type VideoProps = FormState & Readonly<{ member: Member; link: string | null }>

/** Where somebody's video calls are. */
export const VideoLink = ({ member, link, ...state }: VideoProps) => (
  <FormPage
    title="Link of video calls"
    caption={member.name}
    width="reading"
    back={backTo(member)}
    action={`/coaches/${member.id}/video`}
    {...state}
  >
    <TextField
      name="link"
      label="Link (optional)"
      hint="A room of your own that lets people in one at a time. They are sent it when they choose a video call. Leave it empty to use the area’s."
      {...(link === null ? {} : { value: link })}
    />
    <Button>Save</Button>
  </FormPage>
)

type CalendarProps = FormState &
  Readonly<{
    member: Member
    since: string | null
    shows: keyof typeof calendarShows
    /** The address, shown only where it has just been made. */
    address?: string
  }>

/** The address under which a member's own calendar shows their appointments. */
export const CalendarAddress = ({ member, since, shows, address, ...state }: CalendarProps) => (
  <Page
    title="Your appointments in your own calendar"
    width="reading"
    back={backTo(member)}
    problems={state.problems}
    lede="Your calendar fetches your appointments by a secret address. It holds no names, no reasons and no phone numbers."
  >
    {address ? (
      <Inset>
        <CopyLink label="Your calendar’s address" address={address} />
        <p>Copy it now: it is not shown again. In your calendar choose “Add calendar from an address”.</p>
      </Inset>
    ) : null}
    <p>
      {since
        ? `The address was made on ${since}. Whoever has it sees when you have appointments: make a new one if somebody else may know it.`
        : 'Your calendar has no address yet.'}
    </p>
    <Form action={`/coaches/${member.id}/calendar`} {...state}>
      <RadiosFrom name="shows" label="What does it say of each appointment?" list={calendarShows} value={shows} />
      <Button>{since ? 'Make a new address' : 'Make an address'}</Button>
    </Form>
    {since ? (
      <ButtonForm action={`/coaches/${member.id}/calendar/removal`} secondary>
        Take the address away
      </ButtonForm>
    ) : null}
  </Page>
)
