import { clock, dayOf, longDay } from '#platform/dates.ts'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { EmptyState, PrintLink } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { Reading } from './rules.ts'

type ReadersProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  readings: readonly Reading[]
  today: Temporal.PlainDate
  /** Whether the area says who by name. */
  names: boolean
  newest: string | undefined
  older: string | undefined
}>

/** Who has opened a record, to read and to give to the person: without the name of who printed it. */
export const Readers = (props: ReadersProps) => (
  <ShellContext value={{ ...useShell(), actor: undefined, navigation: [], search: false }}>
    <Opened {...props} />
  </ShellContext>
)

const Opened = ({ person, readings, today, names, newest, older }: ReadersProps) => (
  <Page
    title="Who has seen this record"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    actions={<PrintLink>Print this page</PrintLink>}
  >
    <p>
      Everybody who opens a page of this record is written down at that moment, and nobody can change what was written.
      This is the list on {longDay(today)}, the newest first.
    </p>
    <Table
      caption="Who has seen it"
      captionSize="hidden"
      columns={names ? columns : columns.filter(({ key }) => key !== 'name')}
      rows={readings}
      rowKey={({ key }) => key}
      empty="Nobody has opened this record yet."
    />
    {newest || older ? (
      <nav aria-label="More of the list">
        <p>
          {newest ? <a href={newest}>Back to the newest</a> : null}
          {newest && older ? ' · ' : null}
          {older ? <a href={older}>Those before</a> : null}
        </p>
      </nav>
    ) : null}
    <h2 className="nhsuk-heading-m">What this list does not show</h2>
    <p>
      A name can also be seen on a list of several people, such as a coach’s list of the people they support. That is
      written down for the list as a whole and is not shown here.
    </p>
    {names ? null : <p>This service says the role and the organisation of each reader, and not their name.</p>}
    <Questions />
  </Page>
)

function Questions() {
  const { area } = useShell()
  return (
    <>
      <h2 className="nhsuk-heading-m">If something looks wrong</h2>
      <p>
        Tell us if somebody is on this list who should not be.
        {area?.phone ? ` You can ring ${area.name} on ${area.phone}.` : null} You can also tell the Information
        Commissioner’s Office on 0303 123 1113.
      </p>
    </>
  )
}

const columns: readonly Column<Reading>[] = [
  { key: 'when', label: 'When', names: true, cell: (reading) => whenOf(reading) },
  {
    key: 'who',
    label: 'Who',
    prose: true,
    cell: ({ who, organisation }) => [who, organisation].filter(Boolean).join(', '),
  },
  { key: 'name', label: 'Name', cell: ({ name }) => name ?? 'Not known' },
  { key: 'looked', label: 'What they looked at', prose: true, cell: ({ looked }) => looked.join('; ') },
  { key: 'why', label: 'Why people in this role open records', prose: true, cell: ({ why }) => why },
]

function whenOf({ from, until }: Reading): string {
  const [begun, ended] = [clock(from), clock(until)]
  return `${longDay(dayOf(from))}, ${begun === ended ? begun : `${begun} to ${ended}`}`
}

type MyReadersProps = Pick<ReadersProps, 'readings' | 'today' | 'newest' | 'older'>

/** Who has seen a record, for whom it is about: the newest first, in plain words. */
export function MyReaders({ readings, today, newest, older }: MyReadersProps) {
  const say = useSay()
  return (
    <Page
      title="Who has seen my record"
      lede="Everybody who opens a page about you is written down at that moment. Nobody can change that."
      back={{ href: '/my', label: 'Home' }}
    >
      {readings.length === 0 ? (
        <EmptyState heading={<Said text="Nobody yet" />}>
          When somebody opens a page about you, it stands here.
        </EmptyState>
      ) : (
        <ul role="list" className="ww-own-list">
          {readings.map((reading) => (
            <li key={reading.key}>
              <OneReading reading={reading} today={today} />
            </li>
          ))}
        </ul>
      )}
      {newest || older ? (
        <p>
          {newest ? <a href={newest}>{say('Back to the newest')}</a> : null}
          {newest && older ? ' · ' : null}
          {older ? <a href={older}>{say('Those before')}</a> : null}
        </p>
      ) : null}
      <h2 className="nhsuk-heading-m">{say('What this list does not show')}</h2>
      <p>
        {say(
          'Your name can also be seen on a list of several people, such as your coach’s list of the people they support.',
        )}
      </p>
      <SomethingWrong />
    </Page>
  )
}

function OneReading({ reading, today }: Readonly<{ reading: Reading; today: Temporal.PlainDate }>) {
  const say = useSay()
  const { from, whoToThem: who, organisation, name, looked, why } = reading
  return (
    <>
      <p className="ww-own-list__top">
        <strong>{say(who)}</strong>
        {organisation ? `, ${organisation}` : null}
        {name ? ` (${name})` : null}
      </p>
      <p>
        {say.dayInWords(dayOf(from), today)}
        {say.comma} {clock(from)}
      </p>
      <p>{looked.map((look) => say(look)).join('; ')}</p>
      <p>{say(why)}</p>
    </>
  )
}

function SomethingWrong() {
  const { area } = useShell()
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="If something looks wrong" />
      </h2>
      <p>
        <Said text="Tell us if somebody is on this list who should not be." />{' '}
        {area?.phone ? <Said text="Call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} /> : null}
      </p>
    </>
  )
}
