import { clock, dayOf, holdsOn, isBefore, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Details, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { DateField, FileField, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { Office, Refused } from './rules.ts'

type Said = Omit<Office, 'code'> & Readonly<{ id: string; byName: string | null; at: Temporal.Instant }>
type Kept = Office & Readonly<{ id: string }>

/** The Jobcentres an area knows: those open, to come and closed. */
export const Jobcentres = ({ offices, today }: Readonly<{ offices: readonly Kept[]; today: Temporal.PlainDate }>) => (
  <Page
    title="Jobcentres"
    lede="The offices that people of this area go to. Staff choose from them, and an area may cover the people of an office."
    back={{ href: '/area', label: 'Area' }}
    actions={
      <ButtonGroup>
        <LinkButton href="/area/jobcentres/new" small>
          Add a Jobcentre
        </LinkButton>
        <LinkButton href="/area/jobcentres/upload" small secondary>
          Upload a list
        </LinkButton>
      </ButtonGroup>
    }
  >
    <ListBar count={offices.length === 1 ? '1 Jobcentre' : `${offices.length} Jobcentres`} print />
    <Table
      caption="Jobcentres of this area"
      captionSize="hidden"
      columns={columns(today)}
      rows={offices}
      rowKey={({ code }) => code}
      empty="No Jobcentre is known yet. Until there is one, staff write the name of the Jobcentre."
    />
    <p>
      An office is covered once it is named among <a href="/area/coverage">the places we cover</a>.
    </p>
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Kept>[] => [
  {
    key: 'name',
    label: 'Jobcentre',
    names: true,
    cell: ({ code, name }) => <a href={`/area/jobcentres/${code}`}>{name}</a>,
  },
  { key: 'code', label: 'Code', nowrap: true, cell: ({ code }) => code },
  { key: 'district', label: 'District', cell: ({ district }) => district ?? 'Not given' },
  { key: 'postcode', label: 'Postcode', nowrap: true, cell: ({ postcode }) => shownPostcode(postcode) },
  { key: 'from', label: 'Open from', nowrap: true, cell: ({ fromOn }) => shortDay(fromOn) },
  { key: 'until', label: 'Closed from', nowrap: true, cell: ({ untilOn }) => (untilOn ? shortDay(untilOn) : '') },
  { key: 'state', label: 'Now', cell: (office) => <State office={office} today={today} /> },
]

const State = ({ office, today }: Readonly<{ office: Office; today: Temporal.PlainDate }>) => {
  if (holdsOn(office, today)) return <Tag colour="green">Open</Tag>
  return isBefore(today, office.fromOn) ? <Tag colour="blue">To come</Tag> : <Tag colour="grey">Closed</Tag>
}

const shownPostcode = (postcode: string | null) => (postcode ? (writtenPostcode(postcode) ?? postcode) : 'Not given')

type OfficeFormProps = FormState &
  Readonly<{ office: Kept | undefined; history?: readonly Said[]; today: Temporal.PlainDate }>

/** Adds a Jobcentre, or says something else about one from now on; what was said before stays. */
export const OfficeForm = ({ office, history = [], today, problems, typed }: OfficeFormProps) => (
  <FormPage
    title={office ? office.name : 'Add a Jobcentre'}
    back={{ href: '/area/jobcentres', label: 'Jobcentres' }}
    action={`/area/jobcentres/${office?.code ?? 'new'}`}
    {...(office ? { edits: { version: office.id, now: <OfficeNow {...office} /> } } : {})}
    problems={problems}
    typed={typed}
  >
    <TextField name="name" label="Name" hint="For example: Bolton Great Moor Street" value={office?.name ?? ''} />
    {office ? null : (
      <TextField
        name="code"
        label="Code (optional)"
        hint="Three letters in the department’s own lists. Left empty it is made from the name"
        width={10}
      />
    )}
    <TextField name="district" label="Jobcentre district (optional)" value={office?.district ?? ''} />
    <TextField
      name="postcode"
      label="Postcode (optional)"
      width={10}
      value={office?.postcode ? shownPostcode(office.postcode) : ''}
    />
    <DateField name="from" label="Open from" value={(office?.fromOn ?? today).toString()} />
    <DateField
      name="until"
      label="Closed from (optional)"
      hint="The first day on which it is closed"
      value={office?.untilOn?.toString() ?? ''}
    />
    <Button>Save</Button>
    {history.length > 0 ? <History said={history} /> : null}
  </FormPage>
)

const OfficeNow = ({ name, district, postcode, fromOn, untilOn }: Office) => (
  <SummaryList
    compact
    rows={[
      { label: 'Name', value: name },
      { label: 'District', value: district },
      { label: 'Postcode', value: shownPostcode(postcode) },
      { label: 'Open from', value: shortDay(fromOn) },
      { label: 'Closed from', value: untilOn ? shortDay(untilOn) : null },
    ]}
  />
)

const History = ({ said }: { said: readonly Said[] }) => (
  <Details summary="What was said about it, and by whom">
    <Table
      caption="Newest first"
      columns={historyColumns}
      rows={said}
      rowKey={({ id }) => id}
      empty="Nothing was said yet."
    />
  </Details>
)

const historyColumns: readonly Column<Said>[] = [
  { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => `${shortDay(dayOf(at))}, ${clock(at)}` },
  { key: 'name', label: 'Name', names: true, cell: ({ name }) => name },
  { key: 'postcode', label: 'Postcode', cell: ({ postcode }) => shownPostcode(postcode) },
  { key: 'from', label: 'Open from', cell: ({ fromOn }) => shortDay(fromOn) },
  { key: 'until', label: 'Closed from', cell: ({ untilOn }) => (untilOn ? shortDay(untilOn) : '') },
  { key: 'by', label: 'By', cell: ({ byName }) => byName ?? 'When the area was set up' },
]

type UploadProps = FormState &
  Readonly<{ from: Temporal.PlainDate; refused: readonly Refused[]; taken?: number | undefined }>

/** Takes a list of offices; rows that were not taken are named with what to do about each. */
export const UploadOffices = ({ from, refused, taken, problems, typed }: UploadProps) => (
  <FormPage
    title="Upload a list of Jobcentres"
    back={{ href: '/area/jobcentres', label: 'Jobcentres' }}
    action="/area/jobcentres/upload"
    files
    problems={problems}
    typed={typed}
  >
    {taken === undefined ? null : <NotAll refused={refused} taken={taken} />}
    <Inset>
      <p>
        A CSV with a line of headings: <b>Name</b>, and where you have them Code, District, Postcode, From and Until. An
        office whose code is here already is replaced by what the list says, and what was said before stays in its
        history. Offices that the list does not name stay as they are.
      </p>
    </Inset>
    <FileField name="list" label="The list" hint="CSV, up to 1 MB" accept=".csv,text/csv" />
    <DateField name="from" label="Open from" hint="For rows of the list that do not say it" value={from.toString()} />
    <Button>Upload</Button>
  </FormPage>
)

const NotAll = ({ refused, taken }: Readonly<{ refused: readonly Refused[]; taken: number }>) => (
  <WarningCallout heading={`${taken} kept, ${refused.length} not taken`}>
    <p>Correct these rows and upload the list again: what was kept is not kept twice.</p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {refused.slice(0, 50).map(({ line, why }) => (
        <li key={line}>
          Line {line}: {why}
        </li>
      ))}
    </ul>
  </WarningCallout>
)
