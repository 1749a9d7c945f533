import { clock, dayOf, longDay, shortDay } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Progress, StandsStill, type Standstill } from '#platform/html/progress.tsx'
import { Table } from '#platform/html/table.tsx'
import { type Stage, stages } from '#journey/episode/rules.ts'
import { type Counts, kinds, stateOf } from '#exchange/files/batch/rules.ts'
import type { Fault } from '#exchange/files/parcel/rules.ts'
import { type Brought, StateTag } from './list.tsx'

const up = { href: '/imports', label: 'Bring in records' }
/** A number as it is read. */
export const number = (count: number) => count.toLocaleString('en-GB')
const rowsInWords = (count: number) => `${number(count)} ${count === 1 ? 'row is' : 'rows are'}`

/** How many people stay, in words. */
export const staying = (count: number) => (count === 1 ? '1 person stays' : `${number(count)} people stay`)

type WorkingProps = Readonly<{
  batch: Brought
  done: number
  of: number
  now: Temporal.Instant
  stands: Standstill | undefined
}>

/** How far a batch has come while it is brought in, or taken back. */
export const Working = ({ batch, done, of, now, stands }: WorkingProps) => {
  const href = `/imports/batches/${batch.id}`
  const isUndone = stateOf(batch) === 'undoing'
  return (
    <Page title={isUndone ? 'Taking it back' : 'Bringing it in'} caption={batch.name} back={up} width="reading">
      <Progress
        label={
          isUndone ? 'What nobody has worked on is taken back' : 'Row after row is taken, or returned with its reasons'
        }
        {...{ done, of, href }}
        words={
          isUndone ? `${number(done)} of ${number(of)} rows are taken back` : `${number(done)} of ${number(of)} rows`
        }
      />
      {stands ? (
        <StandsStill {...{ stands, now }} action={isUndone ? `${href}/undoing` : `${href}/continuation`} />
      ) : null}
      <p>You can close this page. The work goes on, and you find it again under “Bring in records”.</p>
    </Page>
  )
}

/** Somebody who stayed when the batch was taken back. */
export type Stayed = Readonly<{
  person: string
  /** Their name where the reader may open the record, otherwise the reference of the referral. */
  called: string
  href: string | undefined
  why: string
  since: Temporal.Instant | null
}>

/** One file of a batch, with every row by what came of it, and why rows were returned. */
export type CameOf = Counts & Readonly<{ sheet: string; faults: readonly Fault[] }>

type BatchProps = Readonly<{
  batch: Brought
  sheets: readonly CameOf[]
  /** Where the cases stand that it brought, with how many at each stage. */
  stages: ReadonlyMap<Stage, number>
  /** Whether the returned rows are still kept. */
  kept: boolean
  back: Readonly<{ rows: number; stayed: readonly Stayed[] }> | undefined
}>

/** What came of every row of a batch, and what came of taking it back. */
export const BatchPage = ({ batch, sheets, stages: standing, kept, back }: BatchProps) => (
  <Page title="What came of it" caption={batch.name} back={up}>
    <p>
      <strong>
        {number(batch.rows)} rows = {number(batch.taken)} taken + {number(batch.already)} here already +{' '}
        {number(batch.refused)} returned
      </strong>
    </p>
    <SummaryList
      compact
      rows={[
        { label: 'What', value: kinds[batch.kind].label },
        { label: 'Now', value: <StateTag batch={batch} /> },
        { label: 'Begun', value: moment(batch.started_at, batch.byName) },
        { label: 'Finished', value: batch.finished_at ? moment(batch.finished_at) : undefined },
        ...(batch.undone_at ? [{ label: 'Taken back', value: moment(batch.undone_at) }] : []),
      ]}
      missing="Not yet"
    />
    {back ? <TakenBack {...back} /> : null}
    {sheets.length > 1 ? <FileByFile sheets={sheets} /> : null}
    {standing.size > 0 ? <WhereTheyStand counted={standing} /> : null}
    {sheets.map((sheet) => (sheet.refused > 0 ? <Returned key={sheet.sheet} {...{ batch, sheet, kept }} /> : null))}
    <WhatNext batch={batch} stayed={back?.stayed.length ?? 0} />
  </Page>
)

const FileByFile = ({ sheets }: { sheets: readonly CameOf[] }) => (
  <Table
    caption="File by file"
    captionSize="m"
    rows={sheets}
    rowKey={({ sheet }) => sheet}
    columns={[
      { key: 'name', label: 'File', names: true, cell: ({ sheet }) => sheet },
      { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => number(rows) },
      { key: 'taken', label: 'Taken', numeric: true, cell: ({ taken }) => number(taken) },
      { key: 'already', label: 'Here already', numeric: true, cell: ({ already }) => number(already) },
      { key: 'refused', label: 'Returned', numeric: true, cell: ({ refused }) => number(refused) },
    ]}
    empty=""
  />
)

function moment(at: Temporal.Instant, by?: string | null): string {
  const when = `${longDay(dayOf(at))}, ${clock(at)}`
  return by === undefined ? when : `${when}, ${by ? `by ${by}` : 'from the command line'}`
}

// Checked: the keys of the list are its stages.
const inTheirOrder = Object.keys(stages) as Stage[]

const WhereTheyStand = ({ counted }: { counted: ReadonlyMap<Stage, number> }) => (
  <Table
    caption="Where the cases stand that it brought"
    captionSize="m"
    rows={inTheirOrder.flatMap((stage) => {
      const cases = counted.get(stage)
      return cases === undefined ? [] : [[stage, cases] as const]
    })}
    rowKey={([stage]) => stage}
    columns={[
      { key: 'stage', label: 'Stage', names: true, cell: ([stage]) => stages[stage].label },
      { key: 'cases', label: 'Cases', numeric: true, cell: ([, cases]) => number(cases) },
    ]}
    empty=""
  />
)

type ReturnedProps = Readonly<{ batch: Brought; sheet: CameOf; kept: boolean }>

const Returned = ({ batch, sheet: { sheet, refused, faults }, kept }: ReturnedProps) => (
  <>
    <Table
      caption={`Why rows of ${sheet} were returned`}
      captionSize="m"
      rows={faults.slice(0, 20)}
      rowKey={({ fault }) => fault}
      columns={[
        { key: 'why', label: 'Why', names: true, prose: true, cell: ({ fault }) => fault },
        { key: 'rows', label: 'Rows', numeric: true, cell: ({ rows }) => number(rows) },
        { key: 'examples', label: 'For example row', cell: ({ examples }) => examples.map(number).join(', ') },
      ]}
      empty=""
    />
    {kept ? (
      <p>
        <a href={`/imports/batches/${batch.id}/${sheet}/returned.csv`}>
          {refused === 1 ? 'The returned row' : `The ${number(refused)} returned rows`}, with reasons (CSV)
        </a>
        . Put them right there and send that file.
      </p>
    ) : (
      <p>The returned rows themselves are not kept here any more.</p>
    )}
  </>
)

const TakenBack = ({ rows, stayed }: NonNullable<BatchProps['back']>) => (
  <>
    <p>
      {rowsInWords(rows)} taken back, as if they had never come.{' '}
      {stayed.length === 0 ? 'Nobody stayed.' : `${staying(stayed.length)}, since somebody has worked on their record.`}
    </p>
    {stayed.length === 0 ? null : (
      <Table
        caption="Who stays, and why"
        captionSize="m"
        rows={stayed.slice(0, 200)}
        rowKey={({ person }) => person}
        columns={[
          {
            key: 'who',
            label: 'Who',
            names: true,
            cell: ({ called, href }) => (href ? <a href={href}>{called}</a> : called),
          },
          { key: 'why', label: 'What was done', prose: true, cell: ({ why }) => why },
          { key: 'since', label: 'When', nowrap: true, cell: ({ since }) => (since ? shortDay(dayOf(since)) : '') },
        ]}
        empty=""
      />
    )}
  </>
)

const WhatNext = ({ batch, stayed }: { batch: Brought; stayed: number }) => {
  const state = stateOf(batch)
  const mayGo = state === 'undone' ? stayed > 0 : state === 'finished' && batch.taken > 0
  return (
    <>
      {batch.taken > 0 && state === 'finished' ? (
        <p>
          {batch.kind === 'episodes' ? (
            <>
              <a href="/people">Go to the people</a>, where what was taken stands.
            </>
          ) : (
            <>
              <a href="/referrals">Go to the referrals</a>, where what was taken waits.
            </>
          )}
        </p>
      ) : null}
      {state === 'under-way' ? (
        <p>
          It was begun at the command line and is not finished. Run the same command again there: it goes on where it
          stopped.
        </p>
      ) : null}
      {mayGo ? (
        <LinkButton href={`/imports/batches/${batch.id}/undoing`} secondary>
          {state === 'undone' ? 'Take back who stayed' : 'Take it back'}
        </LinkButton>
      ) : null}
    </>
  )
}
