import { roles } from '#platform/access/rules.ts'
import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Time, times } from '#registers/organisations/rules.ts'

type Names = Readonly<Record<string, { label: string }>>

export type MemberRow = Readonly<{
  id: string
  name: string
  email: string
  phone: string | null
  role: keyof typeof roles
  organisation: string
  organisationName: string
  languages: readonly string[]
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  version: number
}>

/** A row of the list, and whether its reader may open it. */
type Listed = MemberRow & Readonly<{ opens: boolean }>

const memberColumns: readonly Column<Listed>[] = [
  {
    key: 'name',
    label: 'Name',
    names: true,
    cell: ({ id, name, opens }) => (opens ? <a href={`/members/${id}`}>{name}</a> : name),
  },
  { key: 'role', label: 'Role', cell: ({ role }) => roles[role].label },
  { key: 'organisation', label: 'Organisation', cell: ({ organisationName }) => organisationName },
  { key: 'email', label: 'Email', prose: true, cell: ({ email }) => email },
  { key: 'languages', label: 'Languages', cell: ({ languages }) => languages.join(', ') },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
  {
    key: 'until',
    label: 'Until',
    nowrap: true,
    cell: ({ until_on }) => (until_on ? <Tag>{shortDay(until_on)}</Tag> : ''),
  },
]

type MembersProps = Readonly<{ members: readonly Listed[]; when: Time; mayInvite: boolean }>

/** Everybody who works in the area, with the role that decides what they see. */
export const Members = ({ members, when, mayInvite }: MembersProps) => (
  <Page
    title="Members"
    lede="Who works here, in which organisation and role. A role decides what somebody sees; it ends on its last day by itself."
    actions={
      mayInvite ? (
        <LinkButton href="/members/new" small>
          Invite somebody
        </LinkButton>
      ) : undefined
    }
  >
    <FilterForm action="/members" label="Which members">
      <SelectFrom name="when" label="Show those who work here" list={times} value={when} empty={false} />
    </FilterForm>
    <Table
      caption="Members"
      captionSize="hidden"
      columns={memberColumns}
      rows={members}
      rowKey={({ id }) => id}
      empty={nobody[when]}
    />
  </Page>
)

const nobody: Readonly<Record<Time, string>> = {
  now: 'Members appear here once they are invited.',
  'to-come': 'Nobody has been invited for a later day. Who has appears here until that day.',
  ended: 'Nobody has left. Who does stays here, so that it can be seen and corrected.',
}

type MemberFormProps = FormState &
  Readonly<{
    id: string
    member: MemberRow | undefined
    organisations: Names
    roles: Names
    /** Whether they were invited and have not signed in yet. */
    waits?: boolean
    today: Temporal.PlainDate
  }>

/** Invites a member of staff or changes a membership. */
export const MemberForm = ({ id, member, organisations, roles: given, today, waits, ...form }: MemberFormProps) => (
  <Page
    title={member ? member.name : 'Invite somebody'}
    back={{ href: '/members', label: 'Members' }}
    problems={form.problems}
  >
    <Form
      action={`/members/${id}`}
      edits={{ version: member?.version ?? 0, now: member ? <SummaryList rows={memberRows(member)} compact /> : null }}
      {...form}
    >
      <TextField name="name" label="Name" value={member?.name ?? ''} />
      <TextField
        name="email"
        label="Work email"
        hint="Their invitation goes here, with a link that works once"
        type="email"
        value={member?.email ?? ''}
      />
      <TextField name="phone" label="Work telephone (optional)" type="tel" width={20} value={member?.phone ?? ''} />
      <SelectFrom
        name="organisation"
        label="Organisation"
        list={organisations}
        {...(member?.organisation ? { value: member.organisation } : {})}
      />
      <SelectFrom name="role" label="Role" list={given} {...(member?.role ? { value: member.role } : {})} />
      <WorkAndTime member={member} today={today} />
      <Button>{member ? 'Save' : 'Invite'}</Button>
    </Form>
    {waits ? <NotJoinedYet id={id} /> : null}
  </Page>
)

const NotJoinedYet = ({ id }: Readonly<{ id: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">They have not signed in yet</h2>
    <p>
      If the invitation did not arrive or has run out after 30 days, send another. The link that was sent before stops
      working.
    </p>
    <ButtonForm action={`/members/${id}/invitation`} secondary>
      Send another invitation
    </ButtonForm>
  </>
)

function memberRows(member: MemberRow): SummaryRow[] {
  return [
    { label: 'Name', value: member.name },
    { label: 'Work email', value: member.email },
    { label: 'Work telephone', value: member.phone },
    { label: 'Organisation', value: member.organisationName },
    { label: 'Role', value: roles[member.role].label },
    { label: 'Languages', value: member.languages.join(', ') },
    { label: 'From', value: shortDay(member.from_on) },
    { label: 'Until', value: member.until_on && shortDay(member.until_on) },
  ]
}

const WorkAndTime = ({ member, today }: Pick<MemberFormProps, 'member' | 'today'>) => (
  <>
    <TextField
      name="languages"
      label="Languages spoken with people (optional)"
      hint="With commas, for example: Urdu, Punjabi"
      value={member?.languages.join(', ') ?? ''}
    />
    <DateField name="from" label="From" value={(member?.from_on ?? today).toString()} />
    <DateField
      name="until"
      label="Until (optional)"
      hint="The first day on which they no longer have this role"
      value={member?.until_on?.toString() ?? ''}
    />
  </>
)
