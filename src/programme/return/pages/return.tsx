import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Shown } from '#programme/masking/rules.ts'
import { type Question, Questions } from './questions.tsx'
import { SignForm } from './sign.tsx'

export type VersionRow = Readonly<{
  version: number
  signedBy: string
  on: Temporal.PlainDate
  reason: string | null
  digest: string
  /** Whether the figures still have the digest they were signed with. */
  whole: boolean
}>

export type ChangedRow = Readonly<{ what: string; signed: Shown; now: Shown; difference: Shown }>

/** What only those see who see the month before it is signed. */
export type Checking = Readonly<{
  numbers: readonly Readonly<{ what: string; number: Shown }>[]
  look: readonly string[]
  changes: readonly ChangedRow[]
  /** Whether small numbers are hidden from this reader. */
  masked: boolean
  /** Whom an erasure has taken out of the numbers since; nothing where nobody was. */
  erased: string | undefined
}>

export type ReturnProps = FormState &
  Readonly<{
    month: Readonly<{ value: string; label: string }>
    areaName: string
    versions: readonly VersionRow[]
    checking: Checking | undefined
    /** The digest of the figures shown; missing where this reader cannot sign. */
    signs: Readonly<{ digest: string; reasons: readonly string[]; clash: boolean }> | undefined
    questions: readonly Question[]
    mayAsk: boolean
    mayAnswer: boolean
  }>

/** One month's return: what is signed, what has changed since, and what was asked about it. */
export const Return = ({ month, areaName, versions, checking, signs, ...asked }: ReturnProps) => (
  <Page
    title="Return"
    caption={`${areaName}, ${month.label}`}
    breadcrumbs={[{ href: `/monitoring?month=${month.value}`, label: 'Monitoring' }]}
    lede="A month that is signed keeps its figures. What the record says later stands beside them."
    problems={asked.problems}
  >
    <State versions={versions} changes={checking?.changes} />
    {signs?.clash ? (
      <WarningCallout heading="The figures have changed while you were reading">
        <p>Nothing was signed. These are the figures now: look at them again before you sign.</p>
      </WarningCallout>
    ) : null}
    {checking ? <Look {...checking} signed={versions.length > 0} /> : null}
    {signs && checking ? (
      <SignForm
        month={month}
        digest={signs.digest}
        reasons={signs.reasons}
        again={versions.length > 0}
        changed={checking.changes.length > 0}
        {...asked}
      />
    ) : null}
    <h2>Versions</h2>
    <Table
      caption="Versions"
      captionSize="hidden"
      columns={versionColumns}
      rows={versions.toReversed()}
      rowKey={({ version }) => `${version}`}
      empty="Nobody has signed this month yet. Signed versions appear here, each with who signed it and when."
    />
    <Questions month={month.value} signed={versions.length > 0} {...asked} />
  </Page>
)

type StateProps = Readonly<{ versions: readonly VersionRow[]; changes: readonly ChangedRow[] | undefined }>

const State = ({ versions, changes = [] }: StateProps) => {
  const newest = versions.at(-1)
  if (!newest) return <Inset>Not signed yet.</Inset>
  return (
    <Inset>
      <p>
        Signed by {newest.signedBy} on {longDay(newest.on)}, version {newest.version}.{' '}
        {changes.length > 0 ? <Tag colour="orange">Changed since signed</Tag> : null}
      </p>
    </Inset>
  )
}

const Look = ({ numbers, look, changes, signed, masked, erased }: Checking & { signed: boolean }) => (
  <>
    {signed ? (
      <>
        <h2>What has changed since it was signed</h2>
        <Table
          caption="What has changed since it was signed"
          captionSize="hidden"
          columns={changedColumns}
          rows={changes}
          rowKey={({ what }) => what}
          empty="Nothing: the record says what was signed."
        />
        {erased ? <Erased who={erased} /> : null}
        {masked ? <p>Small numbers are hidden on both sides: hidden numbers may have changed as well.</p> : null}
      </>
    ) : (
      <>
        <h2>The figures</h2>
        <Table
          caption="The figures"
          captionSize="hidden"
          columns={numberColumns}
          rows={numbers}
          rowKey={({ what }) => what}
          empty="Nothing was counted."
        />
      </>
    )}
    <h2>To look at before signing</h2>
    {look.length > 0 ? (
      <ul>
        {look.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    ) : (
      <p>Everything that was asked for is there.</p>
    )}
  </>
)

const Erased = ({ who }: Readonly<{ who: string }>) => (
  <Inset>
    <p>
      In the signed figures and not in those now: {who}. Who they were is kept nowhere. This is no mistake: the month
      need not be signed again for it.
    </p>
  </Inset>
)

const numberColumns: readonly Column<Checking['numbers'][number]>[] = [
  { key: 'what', label: 'Item', names: true, cell: ({ what }) => what },
  { key: 'number', label: 'Number', numeric: true, cell: ({ number }) => number.toLocaleString('en-GB') },
]

const changedColumns: readonly Column<ChangedRow>[] = [
  { key: 'what', label: 'Number', names: true, cell: ({ what }) => what },
  { key: 'signed', label: 'As signed', numeric: true, cell: ({ signed }) => signed.toLocaleString('en-GB') },
  { key: 'now', label: 'Now', numeric: true, cell: ({ now }) => now.toLocaleString('en-GB') },
  { key: 'difference', label: 'Difference', numeric: true, cell: ({ difference }) => signedNumber(difference) },
]

function signedNumber(difference: Shown): string {
  if (typeof difference !== 'number') return difference
  return `${difference > 0 ? '+' : '−'}${Math.abs(difference).toLocaleString('en-GB')}`
}

const versionColumns: readonly Column<VersionRow>[] = [
  { key: 'version', label: 'Version', names: true, cell: ({ version }) => version },
  { key: 'by', label: 'Signed by', cell: ({ signedBy }) => signedBy },
  { key: 'on', label: 'On', nowrap: true, cell: ({ on }) => longDay(on) },
  { key: 'why', label: 'Why again', cell: ({ reason }) => reason ?? 'First signed' },
  {
    key: 'digest',
    label: 'Digest',
    cell: ({ digest, whole }) => (
      <>
        <code>{digest.slice(0, 16)}</code>{' '}
        {whole ? 'The figures are as they were signed' : <Tag colour="red">Not the figures that were signed</Tag>}
      </>
    ),
  },
]
