import { shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { PartlyFound } from '#platform/html/partly-found.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { standingInWords } from '#registers/directory/rules.ts'
import { type Hours, isOpenAt, type Moment } from '#registers/marks/rules.ts'
import { countInWords, type Partly, partlyInWords, triesFor } from '#registers/seeking/rules.ts'
import {
  type ServiceDays,
  serviceStates,
  stateOn,
  supportKinds,
  type SupportKind,
  waitInWords,
} from '#registers/services/rules.ts'
import { anything, mostFound, perPage } from '#registers/sifting/rules.ts'

export type Found = ServiceDays &
  Hours &
  Readonly<{
    id: string
    name: string
    summary: string
    owner: string
    located: boolean
    towns: readonly string[]
    waitWeeks: number | null
    waitOn: Temporal.PlainDate | null
    /** Why it stands here, where something else was looked for. */
    why: string
  }>

type Looking = Readonly<{ words: string | null; kind: SupportKind | null; place: string | null }>

type ChooseProps = Looking &
  Readonly<{
    episode: string
    person: Readonly<{ id: string; name: string }>
    /** What stands in their way, to look for. */
    needs: readonly string[]
    rows: readonly Found[]
    count: number
    /** The words that were looked for, where no service says all of them. */
    partly: Partly | null
    page: number
    today: Temporal.PlainDate
    /** The moment, as hours of the week are told. */
    moment: Moment
  }>

/** The services somebody may be referred to: those that are open today can be chosen, the others say why not. */
export const ChooseService = (props: ChooseProps) => {
  const { episode, person, needs, rows, count, page, words, kind, place } = props
  const at = `/episodes/${episode}/onward/services`
  return (
    <Page
      title="Find a service to refer to"
      caption={person.name}
      lede="Search by what they need. You choose what would be sent next, and nothing goes before they have said yes to it."
      back={{ href: `/people/${person.id}/onward`, label: 'Onward referrals' }}
    >
      {needs.length === 0 ? null : <Needs at={at} needs={needs} />}
      <Search at={at} words={words} kind={kind} place={place} />
      <ListBar count={countInWords(count)} />
      <Nearest {...props} at={at} />
      <Table
        caption="Services"
        captionSize="hidden"
        columns={columns(props)}
        rows={rows}
        rowKey={({ id }) => id}
        empty="No service fits. Use fewer or other words, or clear the filters. A service that is missing can be proposed on the page of services."
      />
      <PageNumbers
        page={page}
        pages={Math.ceil(Math.min(count, mostFound) / perPage)}
        href={(number) => `${at}?page=${number}`}
      />
    </Page>
  )
}

const Nearest = ({ at, words, kind, place, partly }: ChooseProps & Readonly<{ at: string }>) => {
  if (partly === null) return null
  const { words: each, nothing } = triesFor(partly)
  const sent = (word: string) => ({ words: word, kind: kind ?? '', place: place ?? '' })
  const tries = each.map((word) => ({ words: word, fields: sent(word) }))
  return <PartlyFound why={partlyInWords({ ...anything, words, kind, place })} {...{ nothing, tries }} action={at} />
}

const Search = ({ at, words, kind, place }: Looking & Readonly<{ at: string }>) => (
  <search>
    <Form action={at} className="ww-filter">
      <div className="ww-filter__fields">
        <TextField name="words" label="What is needed" type="search" value={words ?? ''} />
        <SelectFrom name="kind" label="Kind of support" list={supportKinds} value={kind ?? undefined} empty="All" />
        <TextField name="place" label="Town or postcode" value={place ?? ''} width={10} />
      </div>
      <div className="ww-filter__actions">
        <Button small secondary>
          Search
        </Button>
      </div>
    </Form>
    {words || kind || place ? (
      <ButtonForm action={at} asLink>
        Clear filters
      </ButtonForm>
    ) : null}
  </search>
)

const Needs = ({ at, needs }: Readonly<{ at: string; needs: readonly string[] }>) => (
  <div>
    <p>What stands in their way. Look for what helps with:</p>
    <ul className="nhsuk-list">
      {needs.map((need) => (
        <li key={need}>
          <ButtonForm action={at} fields={{ words: need }} asLink>
            {need}
          </ButtonForm>
        </li>
      ))}
    </ul>
  </div>
)

const colours = { open: 'green', paused: 'yellow', closed: 'grey', 'to-come': 'blue' } as const

function columns({ episode, today, moment }: ChooseProps): readonly Column<Found>[] {
  return [
    {
      ...{ key: 'name', label: 'Service', names: true },
      cell: (row) => <Named {...row} />,
    },
    { key: 'what', label: 'What it does', prose: true, cell: ({ summary }) => summary },
    { key: 'where', label: 'Where', cell: ({ towns, located }) => (located ? towns.join(', ') : 'By phone or online') },
    { key: 'wait', label: 'Waiting time', cell: waited },
    {
      ...{ key: 'state', label: 'Now' },
      cell: (row) => {
        const { label, colour } = nowOf(row, today, moment)
        return (
          <>
            <Tag colour={colour}>{label}</Tag> {standingInWords(row, today)}
          </>
        )
      },
    },
    {
      ...{ key: 'choose', label: 'Refer' },
      cell: (row) =>
        stateOn(row, today) === 'open' ? (
          <a href={`/episodes/${episode}/onward/new?service=${row.id}`}>
            Refer<span className="nhsuk-u-visually-hidden"> to {row.name}</span>
          </a>
        ) : (
          'Nobody can be referred now'
        ),
    },
  ]
}

// Somebody can be referred to a service that is open, also at an hour at which nobody is there.
function nowOf(row: Found, today: Temporal.PlainDate, at: Moment) {
  const state = stateOn(row, today)
  if (state !== 'open' || row.openings.length === 0)
    return { label: serviceStates[state].label, colour: colours[state] }
  return isOpenAt(row, at)
    ? ({ label: 'Open now', colour: 'green' } as const)
    : ({ label: 'Not open now', colour: 'grey' } as const)
}

// One thing to a narrow screen, on which what names a row is set out along a line.
const Named = ({ id, name, owner, why }: Found) => (
  <div>
    <a href={`/services/${id}`}>{name}</a>
    <br />
    <span className="nhsuk-u-secondary-text-colour">{owner}</span>
    {why === '' ? null : <div className="ww-hit__reason">{why}</div>}
  </div>
)

function waited({ waitWeeks, waitOn }: Found): string {
  const words = waitInWords(waitWeeks)
  if (words === null) return 'Not known'
  return waitOn ? `${words}, as of ${shortDay(waitOn)}` : words
}
