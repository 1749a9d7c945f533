import { shortDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { EmptyState, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { owners } from '#journey/action/rules.ts'
import { type BarrierCode, barrierCodes, barriers } from '#journey/assessment/rules.ts'
import { type Solution, states, type Used, usedInWords, type Wanted, whoseWords } from '#journey/solution/rules.ts'

type LibraryProps = Readonly<{
  solutions: readonly Solution[]
  /** How often each was used in this area. */
  used: (code: string) => Used
  /** How often all of the library together were used, whatever is looked for. */
  all: Used
  wanted: Wanted
}>

/** What is suggested about each barrier in this area. */
export const Library = ({ solutions, used, all, wanted }: LibraryProps) => (
  <Page
    title="Suggestions for barriers"
    lede="What coaches are offered for a plan when a first conversation finds something in the way. They take a suggestion, change it or leave it."
    back={{ href: '/area', label: 'Area' }}
    actions={
      <LinkButton href={`/area/solutions/new${wanted.barrier ? `?barrier=${wanted.barrier}` : ''}`} small>
        Add a suggestion
      </LinkButton>
    }
  >
    <p>{`All suggestions together, in this area. ${usedInWords(all)}.`}</p>
    <Filters {...wanted} />
    <ListBar count={solutions.length === 1 ? '1 suggestion' : `${solutions.length} suggestions`} print />
    {solutions.length === 0 ? (
      <EmptyState heading="Nothing found">Try other words, or clear the filters to see the whole library.</EmptyState>
    ) : null}
    {barrierCodes.map((barrier) => (
      <OfBarrier key={barrier} {...{ barrier, solutions, used }} />
    ))}
  </Page>
)

const Filters = ({ barrier, words, state }: Wanted) => (
  <FilterForm
    action="/area/solutions"
    clear={barrier !== null || words !== null || state !== null ? '/area/solutions' : undefined}
  >
    <SelectFrom name="barrier" label="Barrier" list={barriers} value={barrier ?? undefined} empty="All" />
    <SelectFrom name="state" label="Now" list={states} value={state ?? undefined} empty="All" />
    <TextField name="words" label="With these words" value={words ?? ''} />
  </FilterForm>
)

function OfBarrier({ barrier, solutions, used }: Pick<LibraryProps, 'solutions' | 'used'> & { barrier: BarrierCode }) {
  const rows = solutions.filter(({ now }) => now.barrier === barrier)
  if (rows.length === 0) return null
  return (
    <Table
      caption={barriers[barrier].label}
      captionSize="m"
      columns={columnsOf(used)}
      rows={rows}
      rowKey={({ code }) => code}
      empty=""
    />
  )
}

const columnsOf = (used: LibraryProps['used']): readonly Column<Solution>[] => [
  {
    key: 'what',
    label: 'Suggestion',
    names: true,
    cell: ({ code, now }) => <a href={`/area/solutions/${code}`}>{now.what}</a>,
  },
  { key: 'owner', label: 'Who does it', cell: ({ now }) => owners[now.owner].label },
  { key: 'service', label: 'Kind of service', cell: ({ now }) => now.service ?? 'None' },
  { key: 'days', label: 'Within', nowrap: true, cell: ({ now }) => daysInWords(now.days) },
  { key: 'whose', label: 'Words', nowrap: true, cell: ({ whose }) => whoseWords[whose].label },
  { key: 'state', label: 'Now', cell: (solution) => <Now {...solution} /> },
  { key: 'used', label: 'Used here', prose: true, cell: ({ code }) => usedInWords(used(code)) },
]

/** How many days something usually takes. */
export const daysInWords = (days: number) => (days === 1 ? '1 day' : `${days} days`)

/** Whether it is suggested now, and until when or from when. */
export const Now = ({ state, now }: Pick<Solution, 'state' | 'now'>) => {
  if (state === 'ended') return <Tag colour="grey">{states.ended.label}</Tag>
  if (state === 'to-come') return <Tag colour="blue">{`From ${now.from_on ? shortDay(now.from_on) : 'now'}`}</Tag>
  return (
    <>
      <Tag colour="green">{states.suggested.label}</Tag>
      {now.until_on ? ` until ${shortDay(now.until_on.subtract({ days: 1 }))}` : ''}
    </>
  )
}
