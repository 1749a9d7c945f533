import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Facts } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import type { Chosen, Columns } from '#exchange/files/columns/rules.ts'
import { boxOf, type Fault } from '#exchange/files/parcel/rules.ts'

/** One file of a parcel as it is shown: its columns with what stands in the first rows, and what would be wrong there. */
export type FoundSheet = Readonly<{
  sheet: string
  name: string
  rows: number
  headings: readonly string[]
  known: Columns<string>
  chosen: Chosen<string>
  /** What stands in each column of the first row that has something in it. */
  examples: readonly string[]
  looked: number
  wrong: number
  faults: readonly Fault[]
  /** Whether a column that has to be there is still to be chosen. */
  isMissing: boolean
  sentBefore: string | undefined
}>

type FoundProps = FormState &
  Readonly<{
    parcel: string
    trial: string
    sheets: readonly FoundSheet[]
    source: string
    until: string
    /** What has to be chosen before every row can be tried. */
    missing: readonly string[]
  }>

/** What was found in files that were sent: for what each heading stands, and what is wrong with the first rows. */
export const Found = ({ parcel, trial, sheets, source, until, missing, problems, typed }: FoundProps) => (
  <Page title="What we found" back={{ href: '/imports', label: 'Bring in records' }} problems={problems}>
    <p>
      Nothing is taken yet. Check what each column stands for, then let every row be tried.
      {source === '' ? null : ` The references are those of “${source}”.`} What you sent is deleted on {until}.
    </p>
    {missing.length === 0 || problems.length > 0 ? null : (
      <Inset>
        {missing.map((message) => (
          <p key={message}>{message}.</p>
        ))}
      </Inset>
    )}
    <Form action={`/imports/parcels/${parcel}/trials`} fields={{ id: trial }} {...{ problems, typed }}>
      {sheets.map((sheet) => (
        <OneSheet key={sheet.sheet} {...sheet} folded={sheets.length > 1} />
      ))}
      <ButtonGroup>
        <Button>Try every row, without taking anything</Button>
        <Button secondary action={`/imports/parcels/${parcel}`}>
          Look again with these columns
        </Button>
      </ButtonGroup>
    </Form>
    <h2 className="nhsuk-heading-m">Not the right file?</h2>
    <p>What you sent is deleted, and nothing else changes.</p>
    <ButtonForm action={`/imports/parcels/${parcel}/removal`} secondary small>
      Put it away
    </ButtonForm>
  </Page>
)

const OneSheet = ({ folded, ...sheet }: FoundSheet & { folded: boolean }) => {
  const { name, rows, headings, chosen, sentBefore } = sheet
  const read = chosen.filter((key) => key !== undefined).length
  return (
    <>
      <h2 className="nhsuk-heading-m ww-anywhere">{name}</h2>
      <Facts
        facts={[
          { label: 'Rows', value: rows.toLocaleString('en-GB') },
          { label: 'Columns that are read', value: read },
          { label: 'Columns that are not read', value: headings.length - read, loud: read === 0 },
        ]}
      />
      {sentBefore === undefined ? null : (
        <Inset>
          <p>
            A file with exactly this content was sent on {sentBefore}. Rows that were taken then are known and are not
            taken twice.
          </p>
        </Inset>
      )}
      <FirstRows {...sheet} />
      {folded ? (
        // Several files: open where something has to be chosen.
        <Details summary={`What each column of ${name} stands for`} open={sheet.isMissing || read < headings.length}>
          <Boxes {...sheet} />
        </Details>
      ) : (
        <>
          <h3 className="nhsuk-heading-s">What each column stands for</h3>
          <Boxes {...sheet} />
        </>
      )}
    </>
  )
}

const Boxes = ({ sheet, headings, known, chosen, examples }: FoundSheet) => (
  <div className="ww-boxes">
    {headings.map((heading, place) => (
      <SelectFrom
        key={place}
        name={boxOf(sheet, place)}
        label={heading === '' ? `Column ${place + 1}, without a heading` : heading}
        hint={<Example text={examples[place]} />}
        list={known.columns}
        value={chosen[place]}
        empty="Do not read it"
      />
    ))}
  </div>
)

const Example = ({ text }: { text: string | undefined }) =>
  text ? <span className="ww-anywhere">For example: {text}</span> : <>Nothing stands in the first rows</>

const FirstRows = ({ looked, wrong, faults }: FoundSheet) =>
  wrong === 0 ? (
    <p>
      {looked === 1
        ? 'The first row can be read.'
        : `The first ${looked.toLocaleString('en-GB')} rows can all be read.`}
    </p>
  ) : (
    <Table
      caption={
        looked === 1
          ? 'The first row would be returned'
          : `Of the first ${looked.toLocaleString('en-GB')} rows, ${wrong.toLocaleString('en-GB')} would be returned`
      }
      rows={faults.slice(0, 10)}
      rowKey={({ fault }) => fault}
      columns={[
        { key: 'why', label: 'Why', names: true, prose: true, cell: ({ fault }) => fault },
        { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => rows },
        { key: 'examples', label: 'For example row', cell: ({ examples }) => examples.join(', ') },
      ]}
      empty=""
    />
  )
