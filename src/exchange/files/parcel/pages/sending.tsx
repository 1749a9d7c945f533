import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Steps } from '#platform/html/content.tsx'
import { FileField, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import type { Column } from '#exchange/files/columns/rules.ts'
import { type Bringable, type FileKind, mostBytes } from '#exchange/files/parcel/rules.ts'

/** How much may be sent at once, in words. */
const megabytes = `${mostBytes / 1_000_000} MB`

type SendingProps = FormState & Readonly<{ kind: string; bringable: Bringable; id: string }>

/** Sends files that another system exported. Nothing is taken yet. */
export const Sending = ({ kind, bringable: { label, about, files }, id, problems, typed }: SendingProps) => (
  <FormPage
    title={`Bring in ${label.toLowerCase()}`}
    lede="Send what another system exported. Nothing is taken until you have seen what would come of each row."
    back={{ href: '/imports' }}
    width="reading"
    action={`/imports/${kind}`}
    files
    fields={{ id }}
    {...{ problems, typed }}
  >
    <FileField
      name="file"
      label={Object.keys(files).length === 1 ? 'The file' : 'The files'}
      hint={`${about} Saved as CSV, ${megabytes} at the most. Commas, semicolons or tabs between the columns.`}
      accept=".csv,.txt,.tsv,text/csv"
      multiple={Object.keys(files).length > 1}
    />
    <TextField
      name="source"
      label="Which system does it come from? (optional)"
      hint="Needed only where two systems number their rows alike. Write it the same way each time."
      width={20}
    />
    <ButtonGroup>
      <Button>Send and look into it</Button>
    </ButtonGroup>
    <Beside kind={kind} files={files} />
  </FormPage>
)

const Beside = ({ kind, files }: { kind: string; files: Bringable['files'] }) => (
  <>
    <h2 className="nhsuk-heading-m">What the file may look like</h2>
    <p>
      The headings may be called what they are called in your system; most are understood, and you choose for the
      others. <a href={`/imports/${kind}/columns`}>Every column and what may stand in it</a>.
    </p>
    <ul className="nhsuk-list">
      {Object.entries(files).map(([sheet, { label }]) => (
        <li key={sheet}>
          <a href={`/imports/${kind}/${sheet}/template.csv`}>
            An empty file with all headings of {label.toLowerCase()} (CSV)
          </a>
        </li>
      ))}
    </ul>
    <h2 className="nhsuk-heading-m">What happens then</h2>
    <Steps>
      <li>You see which columns were found, and can change them.</li>
      <li>
        Every row is tried without taking anything. You see what would be taken, and what would be returned and why.
      </li>
      <li>You say whether it is brought in. Nobody is written to because of it.</li>
      <li>It can be taken back as long as nobody has worked on it.</li>
    </Steps>
  </>
)

type ColumnsPageProps = Readonly<{ kind: string; bringable: Bringable }>

/** Every column of the files, for whoever prepares them. */
export const ColumnsPage = ({ kind, bringable: { label, files } }: ColumnsPageProps) => (
  <Page
    title={`What a file of ${label.toLowerCase()} may look like`}
    lede="The columns stand in any order. Capitals, spaces and punctuation in a heading do not matter. Cells such as “N/A”, “unknown” or “-” count as empty."
    back={{ href: `/imports/${kind}` }}
  >
    {Object.entries(files).map(([sheet, file]) => (
      <OneFile key={sheet} file={file} />
    ))}
  </Page>
)

const OneFile = ({ file }: { file: FileKind }) => (
  <Table
    caption={file.label}
    captionSize="m"
    rows={Object.entries<Column>(file.columns.columns)}
    rowKey={([key]) => key}
    columns={[
      { key: 'label', label: 'Column', names: true, cell: ([, { label }]) => label },
      { key: 'about', label: 'What may stand in it', prose: true, cell: ([, { about }]) => about },
      { key: 'also', label: 'Also called', prose: true, cell: ([, { also }]) => also.join(', ') },
    ]}
    empty="This file has no columns."
  />
)

/** Says whose people would be brought in, where that is not the reader's organisation. */
export const NotYours = ({ receives }: { receives: string | undefined }) => (
  <Page title="Bring in records" width="reading">
    {receives === undefined ? (
      <p>
        Nobody is named who receives new referrals here. Whoever brings records in needs that first: it is said under{' '}
        <a href="/area">Area</a>, “How this area works”.
      </p>
    ) : (
      <p>
        New referrals here are received by {receives}, who then hold the records. Their administrators and service
        managers bring records in.
      </p>
    )}
  </Page>
)
