import { dayInWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { type Standing, standsInWords, waysOfTelling, waysToldUs } from '#journey/copy/rules.ts'

type Listed = Standing & Readonly<{ id: string; name: string; askedOn: Temporal.PlainDate; lookerName: string | null }>
type ListProps = Readonly<{ requests: readonly Listed[]; answered: boolean; today: Temporal.PlainDate }>

/** Who asked for a copy of their record, those due first. */
export const Requests = ({ requests, answered, today }: ListProps) => (
  <Page
    title="Copies of records"
    lede="Whoever asks for a copy of their record gets it within a month. Somebody looks it through first."
  >
    <p>
      {answered ? (
        <a href="/copies">Only those still to be answered</a>
      ) : (
        <a href="/copies?answered=yes">Those that were answered too</a>
      )}
    </p>
    <Table
      caption="Requests"
      captionSize="hidden"
      rows={requests}
      rowKey={({ id }) => id}
      columns={[
        { key: 'who', label: 'Person', names: true, cell: ({ id, name }) => <a href={`/copies/${id}`}>{name}</a> },
        { key: 'asked', label: 'Asked', cell: ({ askedOn }) => longDay(askedOn) },
        { key: 'due', label: 'Due', cell: ({ dueOn }) => dayInWords(dueOn, today) },
        { key: 'looker', label: 'Looked through by', cell: ({ lookerName }) => lookerName ?? 'Nobody yet' },
        { key: 'state', label: 'State', cell: (request) => <Stands {...request} today={today} /> },
      ]}
      empty="Nobody waits for a copy. A request appears here when a person asks in their space, or when a colleague writes down on their record that they asked."
    />
  </Page>
)

const Stands = ({ today, ...request }: Listed & Readonly<{ today: Temporal.PlainDate }>) => {
  const { label, colour } = standsInWords(request, today)
  return <Tag colour={colour}>{label}</Tag>
}

type AskingProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    /** A request that is still to be answered. */
    open: Readonly<{ dueOn: Temporal.PlainDate }> | undefined
    today: Temporal.PlainDate
  }>

/** Writing down that somebody asked for a copy of their record. */
export const AskedForCopy = ({ id, person, open, today, problems, typed }: AskingProps) => (
  <FormPage
    title="They asked for a copy of their record"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    action={`/people/${person.id}/copies`}
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    {open ? (
      <Inset>
        <p>A copy was asked for already. It is due {dayInWords(open.dueOn, today)}.</p>
      </Inset>
    ) : null}
    <p>
      No form and no reason is needed, and it may be said to anybody here. The month begins on the day on which they
      asked, or on which you knew who they are.
    </p>
    <DateField name="asked" label="On which day did they ask?" value={today.toString()} />
    <RadiosFrom name="how" label="How did they ask?" list={waysToldUs} />
    <TextArea
      name="note"
      label="What exactly they want, and how it should reach them (optional)"
      hint="For example only what was written this year, large print, or sent to a solicitor who acts for them."
      rows={3}
      maximum={1000}
    />
    <Button>Save</Button>
  </FormPage>
)

type LongerProps = FormState &
  Readonly<{
    request: Readonly<{ id: string; name: string; askedOn: Temporal.PlainDate; firstDueOn: Temporal.PlainDate }>
    longerDueOn: Temporal.PlainDate
    today: Temporal.PlainDate
  }>

/** Saying that a copy takes longer than a month, with the dates and what the person has to be told. */
export const TakesLonger = ({ request, longerDueOn, today, problems, typed }: LongerProps) => (
  <FormPage
    title="This copy takes longer than a month"
    caption={request.name}
    back={{ href: `/copies/${request.id}`, label: 'Back to the copy' }}
    action={`/copies/${request.id}/extension`}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SummaryList
      rows={[
        { label: 'Asked', value: longDay(request.askedOn) },
        { label: 'Due now, and to be told by', value: longDay(request.firstDueOn) },
        { label: 'Due if it takes longer', value: longDay(longerDueOn) },
      ]}
    />
    <p>
      The law allows two months more, once, where what is asked for is complex or they have asked for many things. Much
      to read is not enough by itself. Tell them why before the first month is over.
    </p>
    <TextArea
      name="why"
      label="Why does it take longer?"
      hint="In words for them: they read this in their space. For example: a part of your record is with another provider, whom we have to ask."
      rows={3}
      maximum={1000}
    />
    <RadiosFrom name="how" label="How are they told?" list={waysOfTelling} />
    <DateField name="told" label="On which day?" value={today.toString()} />
    <Button>Save</Button>
  </FormPage>
)
