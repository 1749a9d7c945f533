import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Progress, StandsStill, type Standstill } from '#platform/html/progress.tsx'
import { Table } from '#platform/html/table.tsx'
import type { BringableKind, Fault } from '#exchange/files/parcel/rules.ts'
import { type Tried, totalOf } from './rules.ts'

const up = { href: '/imports', label: 'Bring in records' }
const number = (count: number) => count.toLocaleString('en-GB')

type TryingProps = Readonly<{
  trial: string
  files: readonly Tried[]
  now: Temporal.Instant
  stands: Standstill | undefined
}>

/** How far a trial has come. */
export const Trying = ({ trial, files, now, stands }: TryingProps) => {
  const { rows, of } = totalOf(files)
  const href = `/imports/trials/${trial}`
  return (
    <Page title="Trying every row" back={up} width="reading">
      <Progress
        label="Reading and counting. Nothing is taken"
        {...{ done: rows, of, href }}
        words={`${number(rows)} of ${number(of)} rows`}
      />
      {stands ? <StandsStill {...{ stands, now }} action={`${href}/continuation`} /> : null}
      <p>You can close this page. The work goes on, and you find it again under “Bring in records”.</p>
    </Page>
  )
}

type TriedProps = Readonly<{
  kind: BringableKind
  trial: string
  parcel: string
  files: readonly Tried[]
  faults: ReadonlyMap<string, readonly Fault[]>
  /** What was chosen for each heading, to be chosen again otherwise. */
  boxes: Readonly<Record<string, string>>
  /** The batch as which it was brought in since. */
  batch: string | undefined
  emptied: boolean
}>

/** What would come of every row, before anything is taken. */
export const TriedPage = ({ kind, trial, parcel, files, faults, boxes, batch, emptied }: TriedProps) => {
  const total = totalOf(files)
  return (
    <Page title="What would come of it" lede="Every row was read. Nothing is taken yet." back={up}>
      <p>
        <strong>
          {number(total.rows)} rows = {number(total.taken)} to be taken + {number(total.already)} here already +{' '}
          {number(total.refused)} to be returned
        </strong>
      </p>
      <Reconciled files={files} />
      {files.map(({ sheet, name, refused }) => (
        <Faults key={sheet} {...{ trial, sheet, name, emptied }} faults={faults.get(sheet) ?? []} refused={refused} />
      ))}
      <WhatNext {...{ kind, trial, parcel, boxes, batch, emptied }} taken={total.taken} />
    </Page>
  )
}

const Reconciled = ({ files }: { files: readonly Tried[] }) => (
  <Table
    caption="What would come of the rows"
    rows={files}
    rowKey={({ sheet }) => sheet}
    columns={[
      { key: 'name', label: 'File', names: true, cell: ({ name }) => <span className="ww-anywhere">{name}</span> },
      { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => number(rows) },
      { key: 'taken', label: 'To be taken', numeric: true, cell: ({ taken }) => number(taken) },
      { key: 'already', label: 'Here already', numeric: true, cell: ({ already }) => number(already) },
      { key: 'refused', label: 'To be returned', numeric: true, cell: ({ refused }) => number(refused) },
    ]}
    empty=""
  />
)

type FaultsProps = Readonly<{
  trial: string
  sheet: string
  name: string
  faults: readonly Fault[]
  refused: number
  emptied: boolean
}>

const Faults = ({ trial, sheet, name, faults, refused, emptied }: FaultsProps) =>
  refused === 0 ? null : emptied ? (
    <p>Why rows would be returned was deleted with the rows of the file.</p>
  ) : (
    <>
      <Table
        caption={`Why rows of ${name} would be returned`}
        rows={faults.slice(0, 20)}
        rowKey={({ fault }) => fault}
        columns={[
          { key: 'why', label: 'Why', names: true, prose: true, cell: ({ fault }) => fault },
          { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => number(rows) },
          { key: 'examples', label: 'For example row', cell: ({ examples }) => examples.map(number).join(', ') },
        ]}
        empty=""
      />
      {faults.length > 20 ? (
        <p>And {faults.length - 20} other reasons, which stand in the file of returned rows.</p>
      ) : null}
      <p>
        <a href={`/imports/trials/${trial}/${sheet}/returned.csv`}>
          {refused === 1 ? 'The row' : `The ${number(refused)} rows`} that would be returned, with reasons (CSV)
        </a>
        . Put them right there and send that file; the others need not wait.
      </p>
    </>
  )

type NextProps = Pick<TriedProps, 'kind' | 'trial' | 'parcel' | 'boxes' | 'batch' | 'emptied'> & { taken: number }

const WhatNext = ({ kind, trial, parcel, boxes, batch, emptied, taken }: NextProps) => {
  if (batch !== undefined)
    return (
      <p>
        It was brought in since: <a href={`/imports/batches/${batch}`}>what came of it</a>.
      </p>
    )
  if (emptied) return <p>What was sent is deleted. Send the file again to bring it in.</p>
  return (
    <>
      {taken === 0 ? (
        <p>There is nothing to bring in: no row would be taken.</p>
      ) : (
        <Form action={`/imports/trials/${trial}/batch`}>
          <p>
            {kind === 'episodes'
              ? 'The people and their cases then stand here as far as they had come.'
              : 'The people are then held by your organisation, and wait among the referrals.'}{' '}
            Nobody is written to. You can take it back as long as nobody has worked on it.
          </p>
          <ButtonGroup>
            <Button>{`Bring ${number(taken)} ${taken === 1 ? 'row' : 'rows'} in`}</Button>
          </ButtonGroup>
        </Form>
      )}
      <Form action={`/imports/parcels/${parcel}`} fields={boxes} className="ww-button-form">
        <button type="submit" className="ww-link-button">
          Change what the columns stand for
        </button>
      </Form>
    </>
  )
}
