import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  type ControllerRole,
  controllerRoles,
  type OrganisationKind,
  organisationKinds,
  type Time,
  times,
} from './rules.ts'

export type OrganisationRow = Readonly<{
  id: string
  name: string
  kind: OrganisationKind
  data_role: ControllerRole
  ods_code: string | null
  phone: string | null
  email: string | null
  from_on: Temporal.PlainDate
  until_on: Temporal.PlainDate | null
  version: number
}>

/** A row of the list, and whether its reader may open it. */
type Listed = OrganisationRow & Readonly<{ opens: boolean }>

const organisationColumns: readonly Column<Listed>[] = [
  {
    key: 'name',
    label: 'Organisation',
    names: true,
    cell: ({ id, name, opens }) => (opens ? <a href={`/organisations/${id}`}>{name}</a> : name),
  },
  { key: 'kind', label: 'What it does here', cell: ({ kind }) => organisationKinds[kind].label },
  { key: 'law', label: 'For the records it holds', cell: ({ data_role }) => controllerRoles[data_role].label },
  { key: 'ods', label: 'ODS code', cell: ({ ods_code }) => ods_code ?? '' },
  { key: 'from', label: 'From', nowrap: true, cell: ({ from_on }) => shortDay(from_on) },
  { key: 'until', label: 'Until', nowrap: true, cell: ({ until_on }) => (until_on ? shortDay(until_on) : '') },
]

type OrganisationsProps = Readonly<{ organisations: readonly Listed[]; when: Time; mayAdd: boolean }>

/** Every organisation of the area. */
export const Organisations = ({ organisations, when, mayAdd }: OrganisationsProps) => (
  <Page
    title="Organisations"
    actions={
      mayAdd ? (
        <LinkButton href="/organisations/new" small>
          Add an organisation
        </LinkButton>
      ) : undefined
    }
  >
    {mayAdd ? (
      <p>
        <a href="/winding-up">Organisations that end here</a>
      </p>
    ) : null}
    <FilterForm action="/organisations" label="Which organisations">
      <SelectFrom name="when" label="Show those here" list={times} value={when} empty={false} />
    </FilterForm>
    <Table
      caption="Organisations"
      captionSize="hidden"
      columns={organisationColumns}
      rows={organisations}
      rowKey={({ id }) => id}
      empty={nobody[when]}
    />
  </Page>
)

const nobody: Readonly<Record<Time, string>> = {
  now: 'Organisations that provide, refer or employ appear here once they are added.',
  'to-come': 'No organisation has been added for a later day. One that has appears here until that day.',
  ended: 'No organisation has left. One that does stays here, so that it can be seen and corrected.',
}

type OrganisationFormProps = FormState &
  Readonly<{ id: string; organisation: OrganisationRow | undefined; today: Temporal.PlainDate }>

/** Adds an organisation or changes one. */
export const OrganisationForm = ({ id, organisation, today, problems, typed }: OrganisationFormProps) => (
  <FormPage
    title={organisation ? organisation.name : 'Add an organisation'}
    back={{ href: '/organisations', label: 'Organisations' }}
    action={`/organisations/${id}`}
    edits={{
      version: organisation?.version ?? 0,
      now: organisation ? <SummaryList rows={organisationRows(organisation)} compact /> : null,
    }}
    problems={problems}
    typed={typed}
  >
    <TextField name="name" label="Name" value={organisation?.name ?? ''} />
    <SelectFrom
      name="kind"
      label="What it does here"
      list={organisationKinds}
      {...(organisation?.kind ? { value: organisation.kind } : {})}
    />
    <RadiosFrom
      name="data_role"
      label="For the records it holds it is"
      list={controllerRoles}
      {...(organisation?.data_role ? { value: organisation.data_role } : {})}
    />
    <HowToReach organisation={organisation} today={today} />
    <ButtonGroup>
      <Button>Save</Button>
      {organisation ? (
        <LinkButton href={`/organisations/${id}/winding-up`} secondary>
          Its part here ends
        </LinkButton>
      ) : null}
    </ButtonGroup>
  </FormPage>
)

const HowToReach = ({ organisation, today }: Pick<OrganisationFormProps, 'organisation' | 'today'>) => (
  <>
    <TextField
      name="ods_code"
      label="ODS code (optional)"
      hint="For NHS organisations, for example RXX or Y12345"
      width={10}
      value={organisation?.ods_code ?? ''}
    />
    <TextField name="phone" label="Telephone (optional)" type="tel" width={20} value={organisation?.phone ?? ''} />
    <TextField name="email" label="Email (optional)" type="email" value={organisation?.email ?? ''} />
    <DateField name="from" label="In this area from" value={(organisation?.from_on ?? today).toString()} />
    <DateField
      name="until"
      label="Until (optional)"
      hint="The first day on which it is no longer here"
      value={organisation?.until_on?.toString() ?? ''}
    />
  </>
)

function organisationRows(organisation: OrganisationRow): SummaryRow[] {
  return [
    { label: 'Name', value: organisation.name },
    { label: 'What it does here', value: organisationKinds[organisation.kind].label },
    { label: 'For the records it holds it is', value: controllerRoles[organisation.data_role].label },
    { label: 'ODS code', value: organisation.ods_code },
    { label: 'Telephone', value: organisation.phone },
    { label: 'Email', value: organisation.email },
    { label: 'From', value: shortDay(organisation.from_on) },
    { label: 'Until', value: organisation.until_on && shortDay(organisation.until_on) },
  ]
}
