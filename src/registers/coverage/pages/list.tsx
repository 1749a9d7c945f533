import { clock, dayOf, holdsOn, isBefore, shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Boundaries, Cover } from '#registers/places/rules.ts'
import { type Choices, noteOn, placeName } from '#registers/coverage/rules.ts'

export type Kept = Cover & Readonly<{ id: string; version: number }>
export type Around = Readonly<{ covers: readonly Kept[]; map: Boundaries; choices: Choices }>

type Change = Readonly<{
  id: string
  cover: string
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate | null
  reason: string
  byName: string | null
  at: Temporal.Instant
  first: boolean
}>

type CoverageProps = Around & Readonly<{ changes: readonly Change[]; today: Temporal.PlainDate; decides: boolean }>

/** The places an area covers now, will and did, and what was said about them. */
export const CoveragePage = ({ decides, today, changes, ...around }: CoverageProps) => (
  <Page
    title="Places we cover"
    lede="Whose people this area takes, on the day they are referred. Every organisation of the area works in all of these places."
    back={{ href: '/area', label: 'Area' }}
    actions={
      decides ? (
        <LinkButton href="/area/coverage/new" small>
          Add a place
        </LinkButton>
      ) : null
    }
  >
    <ListBar count={around.covers.length === 1 ? '1 place' : `${around.covers.length} places`} print />
    <Table
      caption="Places"
      captionSize="hidden"
      columns={[...placeColumns(around, today), ...(decides ? [changing(around)] : [])]}
      rows={around.covers.toSorted((one, other) => order(one, today) - order(other, today))}
      rowKey={({ id }) => id}
      empty="This area has not said yet what it covers, so nobody’s place can be judged. Add the board or the councils it serves."
    />
    <h2 className="nhsuk-heading-m">What was said before</h2>
    <Table
      caption="Newest first"
      columns={changeColumns(around)}
      rows={changes}
      rowKey={({ id }) => id}
      empty="Nothing was changed since the area was set up."
    />
  </Page>
)

const order = (cover: Cover, today: Temporal.PlainDate) => {
  if (holdsOn(cover, today)) return 0
  return isBefore(today, cover.fromOn) ? 1 : 2
}

const kindWords = { board: 'Board', council: 'Council', jobcentre: 'Jobcentre', outward: 'Postcode area' } as const

function placeColumns(around: Around, today: Temporal.PlainDate): readonly Column<Kept>[] {
  return [
    {
      key: 'place',
      label: 'Place',
      names: true,
      cell: (cover) => (
        <>
          {nameIn(cover, around)}
          <Note note={noteOn(cover, around.map, today)} />
        </>
      ),
    },
    { key: 'kind', label: 'What it is', cell: ({ kind }) => kindWords[kind] },
    { key: 'from', label: 'From', nowrap: true, cell: ({ fromOn }) => shortDay(fromOn) },
    { key: 'until', label: 'Until', nowrap: true, cell: ({ untilOn }) => lastDay(untilOn) },
    { key: 'state', label: 'State', cell: (cover) => <State cover={cover} today={today} /> },
  ]
}

const Note = ({ note }: { note: string | undefined }) =>
  note ? (
    <>
      <br />
      <Tag colour="orange">Covers nobody</Tag> {note}
    </>
  ) : null

const State = ({ cover, today }: Readonly<{ cover: Cover; today: Temporal.PlainDate }>) => {
  if (holdsOn(cover, today)) return <Tag colour="green">Now</Tag>
  return isBefore(today, cover.fromOn) ? <Tag colour="blue">To come</Tag> : <Tag colour="grey">Ended</Tag>
}

const changing = (around: Around): Column<Kept> => ({
  key: 'change',
  label: 'Change it',
  cell: (cover) => (
    <a href={`/area/coverage/${cover.id}`}>
      Change<span className="nhsuk-u-visually-hidden"> {nameIn(cover, around)}</span>
    </a>
  ),
})

function changeColumns(around: Around): readonly Column<Change>[] {
  const placeOf = (id: string) => {
    const cover = around.covers.find((one) => one.id === id)
    return cover ? nameIn(cover, around) : 'A place'
  }
  return [
    { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => `${shortDay(dayOf(at))}, ${clock(at)}` },
    {
      key: 'what',
      label: 'Place',
      names: true,
      cell: ({ cover, first }) => `${placeOf(cover)}, ${first ? 'added' : 'changed'}`,
    },
    { key: 'from', label: 'From', nowrap: true, cell: ({ fromOn }) => shortDay(fromOn) },
    { key: 'until', label: 'Until', nowrap: true, cell: ({ untilOn }) => lastDay(untilOn) },
    { key: 'why', label: 'Why', prose: true, cell: ({ reason }) => reason },
    { key: 'by', label: 'By', cell: ({ byName }) => byName ?? 'When the area was set up' },
  ]
}

/** What a place is called for those who know the area. */
export const nameIn = (cover: Pick<Cover, 'kind' | 'code'>, { map, choices }: Around) =>
  placeName(cover, map, choices.jobcentre)

/** The last day of a period whose end is the first day on which it no longer holds. */
export const lastDay = (untilOn: Temporal.PlainDate | null) =>
  untilOn ? shortDay(untilOn.subtract({ days: 1 })) : 'No end planned'
