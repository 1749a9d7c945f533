import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { ChosenCount, type Column, Table } from '#platform/html/table.tsx'
import type { Answer } from '#journey/passing-on/rules.ts'

type Moving = Readonly<{
  id: string
  name: string
  fromName: string | null
  toName: string | null
  at: Temporal.Instant
  answer: Answer | null
}>
type ListProps = Readonly<{
  toMe: readonly Moving[]
  fromMe: readonly Moving[]
  coaches: CodeList
  /** Whether this reader passes on the people of others. */
  mayPassAll: boolean
  now: Temporal.Instant
}>

/** Who is passed on to this coach, and whom they pass on. */
export const PassingOn = ({ toMe, fromMe, coaches, mayPassAll, now }: ListProps) => (
  <Page
    title="Passing on"
    lede="People who go from one coach to another, with a summary both have read. Until it is accepted, nothing changes."
  >
    <Table
      caption="Passed on to you"
      captionSize="m"
      columns={columns(now, 'From', ({ fromName }) => fromName)}
      rows={toMe}
      rowKey={({ id }) => id}
      empty="People appear here when a colleague offers them to you."
    />
    <Table
      caption="Offered by you"
      captionSize="m"
      columns={columns(now, 'To', ({ toName }) => toName)}
      rows={fromMe}
      rowKey={({ id }) => id}
      empty="To pass somebody on, open their record and choose Pass on."
    />
    {mayPassAll ? (
      <>
        <h2 className="nhsuk-heading-m">Somebody leaves</h2>
        <p>All people of one coach can be passed on at once, each with a summary drafted from their record.</p>
        <FilterForm action="/passing-on/all" label="Whose people?">
          <SelectFrom name="coach" label="Coach who leaves" list={coaches} />
        </FilterForm>
      </>
    ) : null}
  </Page>
)

const columns = (
  now: Temporal.Instant,
  label: string,
  whom: (one: Moving) => string | null,
): readonly Column<Moving>[] => [
  { key: 'name', label: 'Person', names: true, cell: ({ id, name }) => <a href={`/passing-on/${id}`}>{name}</a> },
  { key: 'whom', label, cell: (one) => whom(one) ?? 'Somebody who has left' },
  { key: 'when', label: 'Offered', cell: ({ at }) => inWords(at, now) },
  {
    key: 'state',
    label: 'State',
    cell: ({ answer }) =>
      answer === 'asked-back' ? <Tag colour="orange">Asked back</Tag> : <Tag colour="blue">Waiting</Tag>,
  },
]

type Theirs = Readonly<{
  episode: string
  person: string
  name: string
  offer: Readonly<{ id: string; toName: string | null }> | undefined
}>
type AllProps = FormState &
  Readonly<{
    act: string
    coach: string
    name: string
    people: readonly Theirs[]
    /** Whose record is restricted: each of them is passed on by hand, to somebody who is named for it. */
    restricted: readonly Theirs[]
    takers: CodeList
  }>

/** Passing on all people of a coach who leaves, chosen and to whom. */
export const PassAllOn = ({ act, coach, name, people, restricted, takers, ...state }: AllProps) => (
  <FormPage
    title={`Pass on the people of ${name}`}
    back={{ href: '/passing-on', label: 'Passing on' }}
    action="/passing-on/all"
    fields={{ act, from: coach, seen: people.flatMap(({ offer }) => offer?.id ?? []).join(' ') }}
    {...state}
  >
    <Inset>
      <p>
        Choose those who go to the same coach, and do so again for the rest. Each is offered with a summary drafted from
        their record as it is now.
      </p>
    </Inset>
    <Table
      caption="Their people"
      captionSize="hidden"
      columns={theirColumns}
      rows={people}
      rowKey={({ episode }) => episode}
      choose={{
        name: 'episodes',
        value: ({ episode }) => episode,
        label: (one) => `Choose ${one.name}`,
        chosen: [state.typed['episodes'] ?? []].flat(),
      }}
      empty="They look after nobody whose record is open to you."
    />
    <ByThemselves restricted={restricted} />
    {people.length === 0 ? null : <ToWhom takers={takers} />}
  </FormPage>
)

const ByThemselves = ({ restricted }: Pick<AllProps, 'restricted'>) =>
  restricted.length === 0 ? null : (
    <>
      <p>These records are restricted. Pass each of them on by itself, to somebody who is named for it:</p>
      <ul>
        {restricted.map(({ episode, name }) => (
          <li key={episode}>
            <a href={`/episodes/${episode}/passing-on`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  )

const ToWhom = ({ takers }: Pick<AllProps, 'takers'>) => (
  <>
    <SelectFrom name="coach" label="To whom?" hint="With what they look after now" list={takers} />
    <TextArea
      name="first"
      label="What the other coach should know first"
      hint="About all of them, for example how they were told. You can leave this empty"
      rows={2}
      maximum={1000}
    />
    <ButtonGroup>
      <Button>Offer those chosen</Button>
      <ChosenCount one="person chosen" many="people chosen" />
      <LinkButton href="/passing-on" secondary>
        Cancel
      </LinkButton>
    </ButtonGroup>
  </>
)

const theirColumns: readonly Column<Theirs>[] = [
  { key: 'name', label: 'Person', names: true, cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  {
    key: 'state',
    label: 'State',
    cell: ({ offer }) =>
      offer ? (
        <>
          <Tag colour="blue">Waiting</Tag> Offered to {offer.toName ?? 'another coach'}
        </>
      ) : (
        'Not offered yet'
      ),
  },
]
