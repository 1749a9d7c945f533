import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { Table } from '#platform/html/table.tsx'
import { timeInWords } from '#journey/support/log/rules.ts'
import {
  pageLength,
  type Period,
  periods,
  type TalkKind,
  talkKinds,
  workplaceInWords,
} from '#journey/support/employer/rules.ts'

type NewTalkProps = FormState &
  Readonly<{
    person: Readonly<{ id: string; name: string }>
    workplaces: readonly Readonly<{ id: string; contact: string; organisation: string }>[]
    id: string
    today: Temporal.PlainDate
  }>

/** Writes down that we talked with somebody's employer. */
export const NewTalk = ({ person, workplaces, id, today, ...state }: NewTalkProps) => (
  <FormPage
    {...state}
    title="Write a talk down"
    caption={person.name}
    back={{ href: `/people/${person.id}/employer` }}
    action={`/people/${person.id}/employer/talks`}
    fields={{ id }}
    draft
    width="reading"
  >
    <RadiosFrom
      name="workplace"
      label="With whom?"
      list={Object.fromEntries(workplaces.map((one) => [one.id, { label: workplaceInWords(one) }]))}
      value={workplaces.length === 1 ? workplaces[0]?.id : undefined}
    />
    <RadiosFrom name="kind" label="How?" list={talkKinds} />
    <TextArea
      name="note"
      label="What was said or agreed?"
      hint="Only what belongs on the record: the person may read it."
      rows={4}
      maximum={2000}
    />
    <TextField
      name="minutes"
      label="How long did it take you?"
      hint="The way there and back included."
      suffix="minutes"
      width={3}
      inputMode="numeric"
    />
    <DateField name="on" label="On which day?" value={today.toString()} />
    <Button>Save</Button>
  </FormPage>
)

type Row = Readonly<{
  id: string
  person: string
  name: string
  kind: TalkKind
  minutes: number
  on: Temporal.PlainDate
  by: string | null
  organisation: string
  contact: string
}>
type Count = Readonly<{ kind: TalkKind; count: number; people: number; minutes: number }>

type ListProps = Readonly<{
  rows: readonly Row[]
  counts: readonly Count[]
  period: Period
  kind: TalkKind | null
  page: number
  today: Temporal.PlainDate
}>

const listAddress = (period: Period, kind: TalkKind | null, page = 1) =>
  `/employer-talks?${new URLSearchParams({ period, ...(kind ? { kind } : {}), ...(page > 1 ? { page: `${page}` } : {}) }).toString()}`

/** How much the team talks with employers, counted, with the talks behind each number. */
export const TalkList = ({ rows, counts, period, kind, page, today }: ListProps) => {
  const listed = counts.filter((one) => kind === null || one.kind === kind)
  const [count, minutes] = [total(listed, 'count'), total(listed, 'minutes')]
  return (
    <Page
      title="Talks with employers"
      lede="Calls, visits, letters and meetings with the employers of the people whom you list, with the time they took."
    >
      <FilterForm action="/employer-talks" clear={kind ? listAddress(period, null) : undefined}>
        <SelectFrom name="period" label="When" list={periods} empty={false} value={period} />
        <SelectFrom name="kind" label="Kind" list={talkKinds} empty="Every kind" value={kind ?? undefined} />
      </FilterForm>
      {counts.length > 0 ? (
        <Figures label={periods[period].label}>
          {counts.map((one) => (
            <Figure
              key={one.kind}
              number={one.count}
              label={talkKinds[one.kind].many}
              href={listAddress(period, one.kind)}
              note={`${timeInWords(one.minutes)}, for ${one.people} ${one.people === 1 ? 'person' : 'people'}`}
            />
          ))}
        </Figures>
      ) : null}
      <ListBar count={`${count} ${count === 1 ? 'talk' : 'talks'}, ${timeInWords(minutes)}`} print />
      <Behind rows={rows} today={today} />
      <PageNumbers page={page} pages={Math.ceil(count / pageLength)} href={(next) => listAddress(period, kind, next)} />
    </Page>
  )
}

/** The talks behind the numbers. */
const Behind = ({ rows, today }: Pick<ListProps, 'rows' | 'today'>) => (
  <Table
    caption="Talks"
    captionSize="hidden"
    columns={[
      {
        key: 'person',
        label: 'Person',
        names: true,
        cell: ({ person, name }) => <a href={`/people/${person}/employer`}>{name}</a>,
      },
      { key: 'with', label: 'With', cell: workplaceInWords },
      { key: 'kind', label: 'How', cell: (row) => talkKinds[row.kind].label },
      { key: 'on', label: 'When', cell: ({ on }) => dayInWords(on, today) },
      { key: 'minutes', label: 'Took', cell: (row) => timeInWords(row.minutes) },
      { key: 'by', label: 'Who', cell: ({ by }) => by ?? 'A member who has left' },
    ]}
    rows={rows}
    rowKey={({ id }) => id}
    empty="No talk with an employer was written down in this time."
  />
)

const total = (counts: readonly Count[], what: 'count' | 'minutes') => counts.reduce((sum, one) => sum + one[what], 0)
