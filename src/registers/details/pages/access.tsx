import { longDay } from '#platform/dates.ts'
import { CheckboxesFrom, type CodeList, RadiosFrom } from '#platform/html/choices.tsx'
import { Details } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { conditions, furtherNeeds, needGroups, sharingAnswers } from '#registers/access-needs/rules.ts'
import { accessGroups, accessNeeds } from '#registers/people/rules.ts'
import { PartPage, type PartProps } from './parts.tsx'

const groups = Object.entries(accessGroups).map(([group, { label }]) => ({
  name: `needs-${group}`,
  label,
  list: Object.fromEntries(Object.entries(accessNeeds).filter(([, need]) => need.group === group)),
}))

const further = Object.entries(needGroups).map(([group, { label }]) => ({
  label,
  list: Object.fromEntries(Object.entries(furtherNeeds).filter(([, need]) => need.group === group)),
}))

const partsOfLife: CodeList = conditions

/** What fewer people need, group by group: open where one of them is on record. */
const FurtherNeeds = ({ needs }: { needs: readonly string[] }) => (
  <Details summary="More needs of the national list" open={needs.some((need) => need in furtherNeeds)}>
    {further.map(({ label, list }) => (
      <CheckboxesFrom
        key={label}
        name="further"
        id={`further-${Object.keys(list)[0] ?? ''}`}
        label={label}
        list={list}
        value={needs.filter((need) => need in list)}
      />
    ))}
  </Details>
)

/** What somebody needs so that they can take part, asked again every 12 months. */
export const AccessPage = (props: PartProps) => (
  <PartPage
    {...props}
    part="access"
    hint={
      props.person.access_reviewed_on
        ? `Last asked on ${longDay(props.person.access_reviewed_on)}. What is saved here shows whenever the record is opened.`
        : 'Ask what they need. What is saved here shows whenever the record is opened.'
    }
  >
    {groups.map(({ name, label, list }) => (
      <CheckboxesFrom key={name} name={name} label={label} list={list} value={props.person.access_needs} />
    ))}
    <FurtherNeeds needs={props.person.access_needs} />
    <TextArea
      name="accessNote"
      label="More about what they need"
      value={props.person.access_note ?? undefined}
      rows={3}
      maximum={500}
    />
    <CheckboxesFrom
      name="accessConditions"
      label="What these needs have to do with (optional)"
      hint="Only if they want to say: nobody has to give a reason to have a need met."
      list={partsOfLife}
      value={props.person.access_conditions}
    />
    <RadiosFrom
      name="accessConsent"
      label="May other health and care services see these needs?"
      hint="As the national Reasonable Adjustment Flag, so that they need not say it again everywhere. Ask them. Nothing is sent by saving this."
      list={sharingAnswers}
      value={props.person.access_consent === null ? undefined : props.person.access_consent === 'yes' ? 'yes' : 'no'}
    />
  </PartPage>
)
