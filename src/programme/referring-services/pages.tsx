import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Details, EmptyState } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Quarter } from '#programme/gaps/rules.ts'
import { hidden, ruleInWords } from '#programme/masking/rules.ts'
import { definition, type Line, outcomeCodes, outcomes, type Told } from './rules.ts'

type Props = Readonly<{
  quarter: Quarter
  quarters: CodeList
  told: Told
  /** Who came by a link that an organisation handed over. */
  byLink: Told
  reach: string
  below: number
  unfinished: boolean
  /** Whether they may open a service of the directory, and read how it answers. */
  opens: boolean
}>

/** Who refers in, how many, and what became of them. */
export const ReferringServices = ({ quarter, quarters, told, byLink, reach, below, unfinished, opens }: Props) => (
  <Page
    title="Services that refer in"
    caption={`${reach}, ${quarter.label}`}
    lede="Which local services refer people here, how many, and what became of them."
  >
    <FilterForm action="/referring-services" label="Choose a quarter">
      <SelectFrom name="quarter" label="Quarter" list={quarters} value={quarter.code} empty={false} />
    </FilterForm>
    {unfinished ? <p>This quarter is not over: its numbers still grow.</p> : null}
    <ListBar count={quarter.label} download={`/referring-services.csv?quarter=${quarter.code}`} print />
    {told.all === 0 ? (
      <EmptyState heading={`No service referred anybody in ${quarter.label}`}>
        A service appears here once it has referred somebody, from its inbox or from its entry in the directory.
      </EmptyState>
    ) : told.all === hidden ? (
      <p>These are too few to be told of.</p>
    ) : (
      <Table
        narrow="scroll"
        caption="Services, those that refer most first"
        captionSize="hidden"
        columns={columnsFor(opens)}
        rows={[...told.lines, { service: '', name: 'All services', all: told.all, of: told.of }]}
        rowKey={({ service }) => service}
        empty="No service referred anybody."
      />
    )}
    {byLink.all === 0 ? null : <ByLink told={byLink} />}
    <Details summary="How this is counted">
      <p>{ruleInWords(below)}</p>
      <p>{definition}</p>
    </Details>
  </Page>
)

const ByLink = ({ told }: Readonly<{ told: Told }>) => (
  <>
    <h2 className="nhsuk-heading-m">By a link that somebody handed over</h2>
    <p>
      People who referred themselves by the link of a practice or another organisation, which is told nothing of it.
    </p>
    {told.all === hidden ? (
      <p>These are too few to be told of.</p>
    ) : (
      <Table
        narrow="scroll"
        caption="Organisations by whose link people came, those with most first"
        captionSize="hidden"
        columns={columnsFor(false)}
        rows={[...told.lines, { service: '', name: 'All organisations', all: told.all, of: told.of }]}
        rowKey={({ service }) => service}
        empty="Nobody came by a link."
      />
    )}
  </>
)

const columnsFor = (opens: boolean): readonly Column<Line>[] => [
  {
    ...{ key: 'name', label: 'Service', names: true },
    cell: ({ service, name }) => (opens && service !== '' ? <a href={`/services/${service}/figures`}>{name}</a> : name),
  },
  { key: 'all', label: 'People referred', numeric: true, cell: ({ all }) => all },
  ...outcomeCodes.map((code): Column<Line> => ({
    ...{ key: code, label: outcomes[code].label, numeric: true, cell: ({ of }) => of[code] },
  })),
]
