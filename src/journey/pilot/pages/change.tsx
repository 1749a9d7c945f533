import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Cohort, cohortInWords } from '#journey/pilot/rules.ts'
import { Whom } from './form.tsx'

type Names = Readonly<Record<'providers' | 'coaches' | 'councils', ReadonlyMap<string, string>>>
type Days = Readonly<{ fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate; cohort: Cohort }>
type ChangeProps = FormState &
  Readonly<{ id: string; pilot: Days & Readonly<{ id: string; name: string }>; names: Names; number: number }>

/** Changes the days of a pilot that is under way, and whom it is for. */
export const ChangePilot = ({ id, pilot, names, number, ...state }: ChangeProps) => (
  <FormPage
    {...state}
    title="Change its days or whom it is for"
    caption={pilot.name}
    lede="Whoever takes part already stays in it, and gets what they got. How it was before stays on the page of the pilot, with your reason."
    back={{ href: `/pilots/${pilot.id}`, label: 'Back to the pilot' }}
    action={`/pilots/${pilot.id}/changes`}
    fields={{ id }}
    edits={{ version: number, now: <Before {...pilot} names={names} /> }}
    draft
    width="reading"
  >
    <DateField name="from" label="First day" value={pilot.fromOn.toString()} />
    <DateField name="until" label="Last day" hint="Nobody is asked after it." value={pilot.untilOn.toString()} />
    <Whom names={names} cohort={pilot.cohort} />
    <TextArea
      name="why"
      label="Why is it changed?"
      hint="Whoever reads the result has to know it: a comparison is weaker where whom it is for was changed on the way."
      rows={3}
      maximum={500}
    />
    <Button>Change it</Button>
  </FormPage>
)

/** The days of a pilot and whom it is for, line by line. */
export const Before = ({ fromOn, untilOn, cohort, names }: Days & Readonly<{ names: Names }>) => (
  <>
    {[`${longDay(fromOn)} to ${longDay(untilOn)}`, ...cohortInWords(cohort, names)].map((line) => (
      <div key={line}>{line}</div>
    ))}
  </>
)
