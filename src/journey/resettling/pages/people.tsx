import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { ChosenCount, type Column, Table } from '#platform/html/table.tsx'
import { stages } from '#journey/episode/rules.ts'
import { peopleInWords } from '#journey/winding-up/rules.ts'
import { type EndingHere, endings, keyOf, type Leftover, type Way, ways } from '#journey/resettling/rules.ts'

type Party = Readonly<{
  id: string
  way: Way
  organisationName: string | null
  coachName: string | null
  endedAs: EndingHere | null
  note: string | null
  people: number
  by: string | null
  at: Temporal.Instant
  mayUndo: boolean
}>

type PeopleProps = FormState &
  Readonly<{
    notice: Readonly<{ id: string; name: string }>
    people: readonly Leftover[]
    parties: readonly Party[]
    coaches: CodeList
    decidedOn: CodeList
    choices: CodeList
    filter: Readonly<{ coach: string; state: string }>
    older: string | undefined
    newer: string | undefined
    now: Temporal.Instant
  }>

/** Whoever is still with an organisation that ends, to be given to others group by group. */
export const PeoplePage = ({ notice, people, parties, choices, now, ...props }: PeopleProps) => (
  <Page
    title="Give its people to others"
    caption={notice.name}
    back={{ href: `/winding-up/${notice.id}`, label: 'How far it is' }}
    lede="Choose who goes to the same place, and do so again for the rest. Nothing happens before you have seen what it does."
    problems={props.problems}
  >
    <Narrow notice={notice} {...props} />
    <ListBar count={props.older ? `The first ${people.length} people` : peopleInWords(people.length)} print />
    <Form action={`/winding-up/${notice.id}/people/effect`} problems={props.problems} typed={props.typed}>
      <Table
        caption="People still with it"
        captionSize="hidden"
        columns={columns(now)}
        rows={people}
        rowKey={({ episode }) => episode}
        choose={{
          name: 'chosen',
          value: keyOf,
          label: ({ name }) => `Choose ${name}`,
          chosen: [props.typed['chosen'] ?? []].flat(),
        }}
        empty="Nobody whose record is open to you is still with it. Restricted records are given on by those named for them."
      />
      {people.length === 0 ? null : <WhatHappens choices={choices} />}
    </Form>
    <NewerOlder
      {...(props.newer === undefined ? {} : { newer: props.newer, newerLabel: 'First page' })}
      {...(props.older === undefined ? {} : { older: props.older, olderLabel: 'Next page' })}
    />
    <Parties notice={notice.id} parties={parties} now={now} />
  </Page>
)

const Parties = ({ notice, parties, now }: Pick<PeopleProps, 'parties' | 'now'> & Readonly<{ notice: string }>) => (
  <Table
    caption="Decided so far"
    captionSize="m"
    columns={partyColumns(notice, now)}
    rows={parties}
    rowKey={({ id }) => id}
    empty="Each group you decide on stands here, and can be undone until it ends."
  />
)

const Narrow = ({
  notice,
  coaches,
  decidedOn,
  filter,
}: Pick<PeopleProps, 'notice' | 'coaches' | 'decidedOn' | 'filter'>) => {
  const action = `/winding-up/${notice.id}/people`
  return (
    <FilterForm action={action} clear={filter.coach === '' && filter.state === '' ? undefined : action}>
      <SelectFrom name="coach" label="Coach now" list={coaches} empty="Everybody’s" value={filter.coach} />
      <SelectFrom name="state" label="Decided" list={decidedOn} empty="Everything" value={filter.state} />
    </FilterForm>
  )
}

const WhatHappens = ({ choices }: Pick<PeopleProps, 'choices'>) => (
  <>
    <SelectFrom name="to" label="What happens with those chosen?" list={choices} />
    <ButtonGroup>
      <Button>Show what it does</Button>
      <ChosenCount one="person chosen" many="people chosen" />
    </ButtonGroup>
  </>
)

const columns = (now: Temporal.Instant): readonly Column<Leftover>[] => [
  { key: 'name', label: 'Person', names: true, cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  { key: 'stage', label: 'Stage', cell: ({ stage }) => stages[stage].label },
  { key: 'coach', label: 'Coach now', cell: ({ coachName }) => coachName ?? 'Nobody' },
  {
    key: 'next',
    label: 'Next appointment',
    cell: ({ nextAppointment: next }) => (next ? inWords(next, now) : 'None'),
  },
  {
    key: 'decided',
    label: 'Decided',
    cell: ({ kept, keptNote, restricted }) => (
      <div>
        {kept ? <Tag colour="blue">Stays until it ends</Tag> : <Tag colour="orange">Nothing yet</Tag>} {keptNote}
        {restricted ? <div>Restricted record</div> : null}
      </div>
    ),
  },
]

const partyColumns = (notice: string, now: Temporal.Instant): readonly Column<Party>[] => [
  { key: 'what', label: 'What', names: true, cell: whatInWords },
  { key: 'people', label: 'People', numeric: true, cell: ({ people }) => `${people}` },
  { key: 'note', label: 'Note', prose: true, cell: ({ note }) => note ?? '' },
  { key: 'by', label: 'By', cell: ({ by, at }) => `${by ?? 'Somebody who has left'}, ${inWords(at, now)}` },
  {
    key: 'undo',
    label: 'Undo',
    cell: ({ id, mayUndo, people, way }) => {
      if (people === 0) return 'Undone'
      if (!mayUndo) return way === 'ended' ? 'On each record' : ''
      const context = `what was decided for ${peopleInWords(people)}`
      return (
        <ButtonForm action={`/winding-up/${notice}/parties/${id}/reversal`} context={context} asLink>
          Undo
        </ButtonForm>
      )
    },
  },
]

function whatInWords({ way, organisationName, coachName, endedAs }: Party): string {
  if (way === 'organisation') return `To ${organisationName ?? 'another organisation'}`
  if (way === 'coach') return `To ${coachName ?? 'a coach who has left'}`
  return endedAs === null ? ways[way].label : `${ways[way].label}: ${endings[endedAs].label.toLowerCase()}`
}
