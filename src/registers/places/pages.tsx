import { dayOf, isBefore, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  type Board,
  boardNames,
  boardsOn,
  type Boundaries,
  councilName,
  councilsAcrossBoards,
  percent,
  sharesOf,
  type Succession,
  successorsOf,
} from './rules.ts'

type Became = Succession & Readonly<{ residents: number }>
type Vanguard = Readonly<{
  code: string
  shortName: string
  fitNotes: number
  participants: number | null
  participantsNote: string | null
  participantsSource: string | null
  award: number | null
  awardNote: string | null
  awardSource: string | null
}>
type ProgrammeFigure = Readonly<{
  code: string
  what: string
  qualifier: string | null
  value: number
  unit: string
  saidOn: Temporal.PlainDate | null
  source: string
}>
type Loaded = Readonly<{ what: string; source: string; taken: number; refused: number; loadedAt: Temporal.Instant }>

type PlacesPage = FormState &
  Readonly<{
    on: Temporal.PlainDate
    map: Boundaries
    successions: readonly Became[]
    vanguards: readonly Vanguard[]
    figures: readonly ProgrammeFigure[]
    loadings: readonly Loaded[]
  }>

/** Which boards there are on a day, what became of those before them, and where councils cross their borders. */
export const Places = ({ on, map, problems, typed, ...given }: PlacesPage) => (
  <Page
    title="Places"
    lede={`Boards and councils as they are on ${longDay(on)}. They change: every question about a place is asked for a day.`}
    problems={problems}
    actions={
      <LinkButton href="/places/look-up" small>
        Look up a person’s area
      </LinkButton>
    }
  >
    <FilterForm action="/places" label="Choose the day">
      <DateField name="on" label="Day" value={on.toString()} problems={problems} typed={typed} />
    </FilterForm>
    <Boards boards={boardsOn(map.boards, on)} on={on} />
    <Crossings map={map} on={on} />
    <WhatBecame map={map} became={given.successions.filter((one) => !isBefore(on, one.on))} />
    <Vanguards map={map} on={on} vanguards={given.vanguards} />
    <ProgrammeFigures figures={given.figures} />
    <Loadings loadings={given.loadings} />
  </Page>
)

type OnADay = Readonly<{ map: Boundaries; on: Temporal.PlainDate }>

const Boards = ({ boards, on }: Readonly<{ boards: readonly Board[]; on: Temporal.PlainDate }>) => (
  <>
    <ListBar count={`${boards.length} boards on ${longDay(on)}`} print />
    <Table
      caption="Integrated Care Boards"
      captionSize="m"
      columns={boardColumns}
      rows={boards}
      rowKey={({ ons }) => ons}
      empty="No board is known for that day: the register begins on 1 July 2022."
    />
  </>
)

const boardColumns: readonly Column<Board>[] = [
  { key: 'name', label: 'Board', names: true, cell: ({ shortName }) => shortName },
  { key: 'region', label: 'NHS region', cell: ({ regionName }) => regionName },
  { key: 'code', label: 'ODS code', nowrap: true, cell: ({ code }) => code },
  { key: 'ons', label: 'ONS code', nowrap: true, cell: ({ ons }) => ons },
  { key: 'from', label: 'Under this code from', nowrap: true, cell: ({ fromOn }) => shortDay(fromOn) },
  { key: 'until', label: 'Until', nowrap: true, cell: ({ untilOn }) => lastDay(untilOn) },
]

const Crossings = ({ map, on }: OnADay) => (
  <>
    <Table
      caption="Councils in more than one board"
      captionSize="m"
      columns={[
        { key: 'council', label: 'Council', names: true, cell: ([code]) => councilName(code, map) },
        { key: 'lies', label: 'Lies in', cell: ([, parts]) => sharesOf(parts, map) },
      ]}
      rows={[...councilsAcrossBoards(map.overlaps, on)]}
      rowKey={([code]) => code}
      empty="On that day every council lay in one board."
    />
    <Inset>
      Where a council crosses a border, ask for the GP practice or the whole postcode. Shares are of residents in the
      Census of 2021.
    </Inset>
  </>
)

const WhatBecame = ({ map, became }: Readonly<{ map: Boundaries; became: readonly Became[] }>) => (
  <Table
    caption="What became of boards that ended"
    captionSize="m"
    columns={[
      { key: 'board', label: 'Board', names: true, cell: ({ board }) => boardNames([board], map) },
      { key: 'successor', label: 'Its people came to', cell: ({ successor }) => boardNames([successor], map) },
      { key: 'share', label: 'Share of them', numeric: true, cell: ({ share }) => percent(share) },
      { key: 'residents', label: 'Residents', numeric: true, cell: ({ residents }) => number(residents) },
      { key: 'on', label: 'On', nowrap: true, cell: ({ on }) => shortDay(on) },
    ]}
    rows={became.toSorted((one, other) => byName(one.board, other.board, map))}
    rowKey={({ board, successor }) => `${board} ${successor}`}
    empty="No board had ended by that day."
  />
)

const byName = (one: string, other: string, map: Boundaries) =>
  boardNames([one], map).localeCompare(boardNames([other], map))

const Vanguards = ({ map, on, vanguards }: OnADay & Readonly<{ vanguards: readonly Vanguard[] }>) => (
  <>
    <Table
      caption="The fifteen areas chosen in 2024"
      captionSize="m"
      columns={[
        { key: 'area', label: 'Area', names: true, cell: ({ shortName }) => shortName },
        { key: 'now', label: 'Its people are in', cell: ({ code }) => heirs(code, map, on) },
        ...vanguardColumns,
      ]}
      rows={vanguards}
      rowKey={({ code }) => code}
      empty="The areas appear when the reference facts have been loaded."
    />
    <p>
      Fit notes: NHS England, Fit Notes Issued by GP Practices, January to December 2023, Open Government Licence v3.0.
    </p>
  </>
)

const heirs = (code: string, map: Boundaries, on: Temporal.PlainDate) =>
  boardNames(
    successorsOf(code, on, map.successions).map(({ board }) => board),
    map,
  )

const vanguardColumns: readonly Column<Vanguard>[] = [
  { key: 'notes', label: 'Fit notes in 2023', numeric: true, cell: ({ fitNotes }) => number(fitNotes) },
  {
    key: 'participants',
    label: 'People to support',
    cell: ({ participants, participantsNote, participantsSource }) =>
      participants === null ? notPublished : sourced(participantsNote ?? number(participants), participantsSource),
  },
  {
    key: 'award',
    label: 'Award',
    cell: ({ award, awardNote, awardSource }) =>
      award === null ? notPublished : sourced(qualified(awardNote, `£${number(award)}`), awardSource),
  },
]

const ProgrammeFigures = ({ figures }: Readonly<{ figures: readonly ProgrammeFigure[] }>) => (
  <Table
    caption="What was said about the programme"
    captionSize="m"
    columns={figureColumns}
    rows={figures}
    rowKey={({ code }) => code}
    empty="Figures appear when the reference facts have been loaded."
  />
)

const figureColumns: readonly Column<ProgrammeFigure>[] = [
  { key: 'what', label: 'What', names: true, cell: ({ what }) => what },
  { key: 'value', label: 'Figure', cell: ({ qualifier, value, unit }) => qualified(qualifier, amount(value, unit)) },
  { key: 'on', label: 'Said on', nowrap: true, cell: ({ saidOn }) => (saidOn ? shortDay(saidOn) : 'Not known') },
  { key: 'source', label: 'Source', cell: ({ source }) => source },
]

const Loadings = ({ loadings }: Readonly<{ loadings: readonly Loaded[] }>) => (
  <>
    <Table
      caption="Files that were loaded"
      captionSize="m"
      columns={loadedColumns}
      rows={loadings}
      rowKey={({ what }) => what}
      empty="Nothing was loaded yet."
    />
    <p>
      The postcode directory and the list of GP practices are imported from their publishers’ files. Without them people
      are asked for their council.
    </p>
  </>
)

const loadedFiles: Readonly<Record<string, string>> = {
  places: 'Reference facts that come with the product',
  postcodes: 'Postcode directory',
  practices: 'GP practices',
}

const loadedColumns: readonly Column<Loaded>[] = [
  { key: 'what', label: 'What', names: true, cell: ({ what }) => loadedFiles[what] ?? what },
  { key: 'source', label: 'From', cell: ({ source }) => source },
  { key: 'taken', label: 'Rows taken', numeric: true, cell: ({ taken }) => number(taken) },
  { key: 'refused', label: 'Rows refused', numeric: true, cell: ({ refused }) => number(refused) },
  { key: 'at', label: 'Loaded', nowrap: true, cell: ({ loadedAt }) => shortDay(dayOf(loadedAt)) },
]

const notPublished = 'Not published'

const number = (value: number) => value.toLocaleString('en-GB')

const qualified = (qualifier: string | null, figure: string) => (qualifier ? `${qualifier} ${figure}` : figure)

const amount = (value: number, unit: string) => (unit === 'pounds' ? `£${number(value)}` : `${number(value)} ${unit}`)

const sourced = (figure: string, source: string | null) => (source ? `${figure} (${source})` : figure)

const lastDay = (untilOn: Temporal.PlainDate | null) =>
  untilOn ? shortDay(untilOn.subtract({ days: 1 })) : 'No end known'
