import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { decidedName, type Meeting, meetingNumbers, meetingParts } from './rules.ts'

type MeetingProps = FormState &
  Readonly<{ meeting: Meeting; decisions: readonly Decision[]; version: string; from: Temporal.PlainDate }>

/** How long appointments are, when people can choose one and when they are reminded, from a day on. */
export const MeetingForm = ({ meeting, decisions, version, from, problems, typed }: MeetingProps) => (
  <Page
    title="Appointments and reminders"
    lede="These hold for every coach of the area. When each coach can be met is set under Coaches."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Form
      action="/area/meeting"
      edits={{ version, now: <DecidedHere decisions={decisions} /> }}
      draft
      {...{ problems, typed }}
    >
      {meetingParts.map(({ heading, numbers }) => (
        <section key={heading}>
          <h2 className="nhsuk-heading-m">{heading}</h2>
          {meetingNumbers
            .filter(({ name }) => name in numbers)
            .map(({ name, label, suffix }) => (
              <TextField
                key={name}
                {...{ name, label, suffix }}
                width={3}
                inputMode="numeric"
                value={`${meeting[name]}`}
              />
            ))}
          {heading === 'Reminders' ? <p>Enter 0 where none is to be sent. Nobody is reminded by letter.</p> : null}
        </section>
      ))}
      <h2 className="nhsuk-heading-m">Video calls</h2>
      <TextField
        name="videoLink"
        label="Link of video calls (optional)"
        hint="Used where a coach has no link of their own. People are sent it, so it must not name the service."
        {...(meeting.videoLink === null ? {} : { value: meeting.videoLink })}
      />
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <DecidedHere decisions={decisions} />
  </Page>
)

const DecidedHere = ({ decisions }: Pick<MeetingProps, 'decisions'>) => (
  <Decisions decisions={decisions} nameOf={decidedName} valueOf={inWords} />
)

const inWords = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : 'None'
