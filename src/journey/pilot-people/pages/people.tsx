import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { gets, type Gets, type Place } from '#journey/pilot/rules.ts'
import { placeInWords } from '#journey/pilot-people/rules.ts'

type Row = Readonly<{ episode: string; person: string; name: string; place: Place; gets: Gets | null }>

type PeopleProps = Readonly<{
  pilot: Readonly<{ id: string; name: string }>
  people: readonly Row[]
  /** Whether they are the people of its reader alone. */
  own: boolean
  /** How many more it would be for. */
  more: number
  running: boolean
  /** Whether its time is over, or it has ended. */
  past: boolean
}>

/** Who could take part in a pilot, who was asked, and what they said. */
export const CouldTakePart = ({ pilot, people, own, more, running, past }: PeopleProps) => (
  <Page
    title={past ? 'Who was asked' : 'Who could take part'}
    caption={pilot.name}
    back={{ href: `/pilots/${pilot.id}`, label: 'Back to the pilot' }}
    lede={
      running
        ? 'Those of whom the record knows that it is for them. Whether they take part is theirs to say.'
        : 'Nobody can join now. Whoever takes part can still take it back.'
    }
  >
    <Table
      caption={own ? 'Your people' : 'The people of your organisation'}
      columns={columns(past)}
      rows={people}
      rowKey={({ episode }) => episode}
      empty={
        past
          ? 'None of them was asked.'
          : 'Nobody fits what this pilot is for. Whoever does appears here by themselves, as their record is written.'
      }
    />
    {more > 0 ? <p>{`It is for ${more} more. They appear here as others are asked.`}</p> : null}
  </Page>
)

const columns = (past: boolean): readonly Column<Row>[] => [
  { key: 'name', label: 'Person', names: true, cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  {
    key: 'place',
    label: 'Stands',
    cell: ({ place }) => <PlaceTag {...{ place, past }} />,
  },
  { key: 'gets', label: 'Gets', cell: ({ gets: what }) => what && gets[what].label },
  {
    key: 'next',
    label: 'Next',
    cell: ({ episode, name }) => (
      <a href={`/episodes/${episode}/pilots`}>
        {past ? 'See what they said' : 'Ask or answer'}
        <span className="nhsuk-u-visually-hidden">: {name}</span>
      </a>
    ),
  },
]

/** How somebody stands, or stood, to a pilot. */
export const PlaceTag = ({ place, past }: Readonly<{ place: Place; past: boolean }>) => {
  const { label, colour } = placeInWords(place, past)
  return <Tag colour={colour}>{label}</Tag>
}
