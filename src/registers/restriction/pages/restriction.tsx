import { inWords, shortDay, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { roles, type Role } from '#platform/access/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import { calledName, type Person } from '#registers/people/rules.ts'
import { type Coach, type Nameable, restrictionReasons } from '#registers/restriction/rules.ts'

type Named = Readonly<{
  membership: string
  name: string
  role: Role
  from_at: Temporal.Instant
  until_at: Temporal.Instant | null
  opened: boolean
}>

type RestrictionProps = FormState &
  Readonly<{
    person: Person
    restriction: Readonly<{ reason: string | null; note: string | null }> | undefined
    named: readonly Named[]
    nameable: readonly Nameable[]
    /** The person's coaches, once somebody is about to shut one out. */
    coaches?: readonly Coach[]
    now: Temporal.Instant
  }>

/** Who may find and open a record, and why. */
export const Restriction = (props: RestrictionProps) => {
  const { person, restriction, named, now, problems, typed } = props
  return (
    <Page
      title="Who may open this record"
      caption={calledName(person)}
      back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
      actions={restriction ? <Tag colour="red">Restricted</Tag> : undefined}
      lede="A restricted record is found and opened by nobody but the people named here: not in a search, a list or by its address."
      problems={problems}
      width="reading"
    >
      {restriction ? <NamedNow named={named} now={now} /> : null}
      <Form
        action={`/people/${person.id}/restriction`}
        edits={{ version: person.version, now: <RestrictedNow {...props} /> }}
        problems={problems}
        typed={typed}
      >
        <RestrictionFields {...props} />
        {problems.some(({ field }) => field === 'anyway') ? <ShuttingOut coaches={props.coaches ?? []} /> : null}
        <Button>{restriction ? 'Save' : 'Restrict this record'}</Button>
      </Form>
      {restriction ? (
        <ButtonForm action={`/people/${person.id}/restriction/lifting`} version={person.version} secondary>
          Lift the restriction
        </ButtonForm>
      ) : null}
    </Page>
  )
}

const ShuttingOut = ({ coaches }: { coaches: readonly Coach[] }) => (
  <WarningCallout heading="This shuts out the person’s own coach">
    <p>
      {coaches.map(({ name }) => name).join(' and ')} coaches this person now. Who is not named above does not see the
      person in their day, in their people or in a search, and what they had planned for them is done by nobody. If
      somebody else shall go on,{' '}
      <a href={`/allocation?coach=${coaches[0]?.membership ?? ''}`}>give the person another coach</a> first.
    </p>
    <Tick
      name="anyway"
      label="Restrict it all the same"
      hint="I have told the coach, or somebody who is named looks after this person from today"
    />
  </WarningCallout>
)

const RestrictionFields = ({ restriction, named, nameable }: RestrictionProps) => (
  <>
    <RadiosFrom
      name="reason"
      label="Why is this record restricted?"
      list={restrictionReasons}
      value={codeIn(restriction?.reason)}
    />
    <TextArea
      name="note"
      label="What only the people named here may read"
      hint="For example, who must not learn where they are. It appears nowhere but on this page."
      value={restriction?.note ?? undefined}
      rows={4}
      maximum={4000}
    />
    <CheckboxesFrom
      name="named"
      label="Who may open it?"
      hint="At least one senior coach or service manager. If you leave yourself out, you will not find this record any more."
      list={Object.fromEntries(
        nameable.map(({ id, name, roleLabel, organisationName }) => [
          id,
          { label: name, hint: `${roleLabel}, ${organisationName}` },
        ]),
      )}
      value={named.filter(({ opened }) => !opened).map(({ membership }) => membership)}
    />
  </>
)

/** The code of a reason as the register has it. */
export function codeIn(reason: string | null | undefined): keyof typeof restrictionReasons | undefined {
  // Checked: only this page's form writes a reason, from this list.
  return (reason ?? undefined) as keyof typeof restrictionReasons | undefined
}

const NamedNow = ({ named, now }: Readonly<{ named: readonly Named[]; now: Temporal.Instant }>) => (
  <Table
    caption="May open it now"
    columns={[
      { key: 'name', label: 'Name', names: true, cell: ({ name }) => name },
      { key: 'role', label: 'Role', cell: ({ role }) => roles[role].label },
      { key: 'from', label: 'From', cell: ({ from_at }) => shortDay(dayOf(from_at)) },
      {
        key: 'until',
        label: 'Until',
        cell: ({ until_at, opened }) =>
          until_at ? `${inWords(until_at, now)}${opened ? ' (opened with a reason)' : ''}` : 'No end',
      },
    ]}
    rows={named}
    rowKey={({ membership, from_at }) => `${membership} ${from_at.toString()}`}
    empty="Nobody can open this record. Choose who may."
  />
)

const RestrictedNow = ({ restriction, named }: RestrictionProps) => (
  <SummaryList
    compact
    rows={[
      {
        label: 'Reason',
        value: restriction ? restrictionReasons[codeIn(restriction.reason) ?? 'other'].label : 'Not restricted',
      },
      { label: 'Note', value: restriction?.note },
      { label: 'May open it', value: named.map(({ name }) => name).join(', ') || 'Nobody is named' },
    ]}
  />
)
