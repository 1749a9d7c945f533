import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { longDay } from '#platform/dates.ts'
import type { Meeting } from './rules.ts'

type PlanProps = FormState & Readonly<{ id: string; members: CodeList; today: Temporal.PlainDate }>

/** Plans a meeting of the team. */
export const PlanMeeting = ({ id, members, today, ...state }: PlanProps) => (
  <FormPage
    {...state}
    title="Plan a team meeting"
    lede="Whoever comes reads the questions on the queue and their summaries, and nothing else of anybody’s record."
    back={{ href: '/team', label: 'Back to the team meetings' }}
    width="reading"
    action="/team/meetings"
    fields={{ id }}
  >
    <MeetingFields members={members} on={today.add({ days: 7 })} />
    <Button>Plan it</Button>
  </FormPage>
)

type ChangeProps = FormState & Readonly<{ meeting: Meeting; members: CodeList }>

/** Changes when a meeting is, who chairs and who comes. */
export const ChangeMeeting = ({ meeting, members, ...state }: ChangeProps) => (
  <FormPage
    {...state}
    title="Change this meeting"
    caption={`${longDay(meeting.onDay)}, ${meeting.starts}`}
    back={{ href: `/team/meetings/${meeting.id}` }}
    width="reading"
    action={`/team/meetings/${meeting.id}/words`}
    edits={{ version: meeting.version, now: <AsItStands meeting={meeting} /> }}
  >
    <MeetingFields members={members} on={meeting.onDay} meeting={meeting} />
    <Button>Save</Button>
  </FormPage>
)

const AsItStands = ({ meeting: { onDay, starts, place, comers } }: Readonly<{ meeting: Meeting }>) => (
  <p>
    {longDay(onDay)}, {starts}
    {place === null ? '' : `, ${place}`}. Who comes: {comers.map(({ name }) => name).join(', ')}.
  </p>
)

type FieldsProps = Readonly<{ members: CodeList; on: Temporal.PlainDate; meeting?: Meeting }>

const MeetingFields = ({ members, on, meeting }: FieldsProps) => (
  <>
    <DateField name="on" label="Which day?" value={on.toString()} />
    <TextField name="starts" label="From when?" hint="For example 14:00" value={meeting?.starts} />
    <TextField name="place" label="Where, or by which link?" value={meeting?.place ?? undefined} />
    <CheckboxesFrom
      name="comers"
      label="Who comes?"
      hint="Clinicians of another organisation may come too. They see no names."
      list={members}
      value={meeting?.comers.map(({ id }) => id)}
    />
    <SelectFrom name="chair" label="Who chairs?" list={members} empty="Choose" value={meeting?.chair} />
  </>
)
