import { dayOf, inWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { RecordsSystem } from '#exchange/launch/rules.ts'

/** The two addresses that whoever looks after a records system enters there. */
export type OurAddresses = Readonly<{ launchAddress: string; backAddress: string }>

type ListProps = OurAddresses & Readonly<{ systems: readonly RecordsSystem[]; now: Temporal.Instant }>

/** The records systems that may open the form for professionals with the patient filled in. */
export const RecordsSystems = ({ systems, now, ...addresses }: ListProps) => (
  <Page
    title="Records systems that open our form"
    lede="A practice’s records system can open the form for professionals with the patient filled in. Only a system that stands here is trusted, and nothing is kept until the form is sent."
    back={{ href: '/area/clients', label: 'Other systems' }}
    actions={
      <LinkButton href="/area/records-systems/new" small>
        Add a records system
      </LinkButton>
    }
  >
    <ListBar count={systems.length === 1 ? '1 records system' : `${systems.length} records systems`} />
    <Table
      caption="Records systems of this area"
      captionSize="hidden"
      columns={columns(now)}
      rows={systems}
      rowKey={({ id }) => id}
      empty="No records system has been added. Nothing is filled in until one is."
    />
    <h2 className="nhsuk-heading-m">For whoever looks after the records system</h2>
    <p>It has to speak SMART App Launch 2 and to let a public client in by PKCE. Give them these two addresses.</p>
    <SummaryList
      rows={[
        { label: 'Launch address', value: <code className="ww-break">{addresses.launchAddress}</code> },
        { label: 'Redirect address', value: <code className="ww-break">{addresses.backAddress}</code> },
      ]}
    />
  </Page>
)

const columns = (now: Temporal.Instant): readonly Column<RecordsSystem>[] => [
  {
    ...{ key: 'name', label: 'Records system', names: true },
    cell: ({ id, name }) => <a href={`/area/records-systems/${id}`}>{name}</a>,
  },
  { key: 'organisation', label: 'Opens it for', cell: ({ organisationName }) => organisationName },
  { key: 'iss', label: 'FHIR address', cell: ({ iss }) => <code className="ww-break">{iss}</code> },
  {
    key: 'used',
    label: 'Last filled in',
    nowrap: true,
    cell: ({ usedAt }) => (usedAt ? inWords(usedAt, now) : 'Never'),
  },
  { key: 'state', label: 'Now', cell: (system) => <State {...system} /> },
]

const State = ({ endedAt, problem }: RecordsSystem) => {
  if (endedAt) return <Tag colour="grey">{`Ended ${shortDay(dayOf(endedAt))}`}</Tag>
  return problem ? <Tag colour="orange">Did not work last time</Tag> : <Tag colour="green">May open it</Tag>
}

type NewProps = FormState & Readonly<{ id: string; organisations: CodeList }>

/** Says which records system is trusted, what we are called there, and for which organisation it opens the form. */
export const NewRecordsSystem = ({ id, organisations, problems, typed }: NewProps) => (
  <FormPage
    title="Add a records system"
    lede="Get these from whoever looks after the system, and not from a message: whoever is at these addresses can fill in our form."
    back={{ href: '/area/records-systems', label: 'Records systems that open our form' }}
    action="/area/records-systems/new"
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    <TextField name="name" label="Name of the records system" hint="For example: Park Surgery, patient records" />
    <SelectFrom name="organisation" label="It opens the form for" list={organisations} />
    <TextField
      name="iss"
      label="Address of its FHIR server"
      hint="As it says it itself when it opens our form (iss). For example: https://fhir.example.org/park/R4"
      type="url"
      spellCheck={false}
    />
    <TextField
      name="clientId"
      label="What we are called there (client id)"
      hint="They give it to you once they have registered us. No password goes with it."
      spellCheck={false}
    />
    <TextField
      name="signIn"
      label="Address at which it signs people in, if that is another server"
      hint="For example: https://sign-in.example.org"
      type="url"
      spellCheck={false}
    />
    <Button>Add the records system</Button>
  </FormPage>
)

const problems = {
  silent: 'It did not answer',
  refused: 'It did not let us read the patient: look at what we are called there, and at what its people may do',
  unusable: 'It sent something that cannot be used: look at its addresses',
} as const

type OneProps = OurAddresses & Readonly<{ system: RecordsSystem; now: Temporal.Instant }>

/** One records system: how it is known, whether it works, and the way to trust it no more. */
export const OneRecordsSystem = ({ system, now, launchAddress, backAddress }: OneProps) => (
  <Page
    title={system.name}
    back={{ href: '/area/records-systems', label: 'Records systems that open our form' }}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <State {...system} /> },
        { label: 'Opens the form for', value: system.organisationName },
        { label: 'Address of its FHIR server', value: <code className="ww-break">{system.iss}</code> },
        ...(system.signIn === null
          ? []
          : [{ label: 'Signs people in at', value: <code className="ww-break">{system.signIn}</code> }]),
        { label: 'What we are called there', value: <code className="ww-break">{system.clientId}</code> },
        { label: 'Launch address', value: <code className="ww-break">{launchAddress}</code> },
        { label: 'Redirect address', value: <code className="ww-break">{backAddress}</code> },
        { label: 'Added', value: inWords(system.addedAt, now) },
        { label: 'Last filled in', value: system.usedAt ? inWords(system.usedAt, now) : 'Never' },
        ...(system.problem && system.problemAt
          ? [{ label: 'Last time', value: `${problems[system.problem]} (${inWords(system.problemAt, now)})` }]
          : []),
      ]}
    />
    {system.endedAt ? null : (
      <>
        <h2 className="nhsuk-heading-m">End it</h2>
        <Inset>
          <p>It cannot open the form any more from that moment on. It can be added anew.</p>
        </Inset>
        <ButtonForm action={`/area/records-systems/${system.id}/ending`} context={system.name}>
          End now
        </ButtonForm>
      </>
    )}
  </Page>
)
