import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { EmptyState, Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type NoticeState, noticeStates, windingUpReasons } from '#journey/winding-up/rules.ts'

type Row = Readonly<{
  id: string
  name: string
  keeperName: string
  ends_on: Temporal.PlainDate
  left: number
  state: NoticeState
}>

/** Every organisation whose part ends or has ended, with how many people are left. */
export const Notices = ({ notices, today }: Readonly<{ notices: readonly Row[]; today: Temporal.PlainDate }>) => (
  <Page
    title="Organisations that end here"
    lede="On the day it ends, the members of an organisation lose their access and its records go to whoever keeps them. Until then its people are given to others."
    back={{ href: '/organisations', label: 'Organisations' }}
  >
    <Table
      caption="Organisations that end here"
      captionSize="hidden"
      columns={columns(today)}
      rows={notices}
      rowKey={({ id }) => id}
      empty="To say that an organisation ends, open it under Organisations and choose “Its part here ends”."
    />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<Row>[] => [
  { key: 'name', label: 'Organisation', names: true, cell: ({ id, name }) => <a href={`/winding-up/${id}`}>{name}</a> },
  {
    key: 'on',
    label: 'Ends on',
    cell: ({ ends_on: on, state }) => (state === 'back' ? 'Goes on' : dayInWords(on, today)),
  },
  { key: 'left', label: 'People still with it', numeric: true, cell: ({ left }) => `${left}` },
  { key: 'keeper', label: 'Records kept by', cell: ({ keeperName }) => keeperName },
  {
    key: 'state',
    label: 'State',
    cell: ({ state }) => <Tag colour={noticeStates[state].colour}>{noticeStates[state].label}</Tag>,
  },
]

type NewProps = FormState &
  Readonly<{
    id: string
    organisation: Readonly<{ id: string; name: string }>
    keepers: CodeList
    left: number
    held: Readonly<{ records: number; members: number }>
    today: Temporal.PlainDate
  }>

/** Says that the part of an organisation ends, with what comes of it before it is said. */
export const NewNotice = ({ id, organisation, keepers, left, held, today, ...state }: NewProps) => (
  <FormPage
    title="Its part here ends"
    caption={organisation.name}
    width="reading"
    back={{ href: '/organisations', label: 'Organisations' }}
    action={`/organisations/${organisation.id}/winding-up`}
    fields={{ id }}
    {...state}
  >
    <WhatComesOfIt left={left} held={held} />
    {Object.keys(keepers).length === 0 ? (
      <EmptyState heading="There is nobody who could keep the records">
        Add another organisation first that holds records and stays in this area.
      </EmptyState>
    ) : (
      <Fields keepers={keepers} today={today} />
    )}
  </FormPage>
)

const WhatComesOfIt = ({ left, held }: Pick<NewProps, 'left' | 'held'>) => (
  <Inset>
    <ul>
      <li>
        {left === 1 ? '1 person who is' : `${left} people who are`} with it now can be given to others in groups, from
        today on.
      </li>
      <li>{held.members === 1 ? 'Its 1 member loses' : `Its ${held.members} members lose`} access on that day.</li>
      <li>
        {held.records === 1 ? 'The 1 record' : `The ${held.records} records`} it holds then go to whoever keeps them.
      </li>
      <li>Until that day it can be taken back.</li>
    </ul>
  </Inset>
)

const Fields = ({ keepers, today }: Pick<NewProps, 'keepers' | 'today'>) => (
  <>
    <DateField name="endsOn" label="When does its part end?" hint="The first day on which it is no longer here" />
    <DateField
      name="noNewFrom"
      label="From when does it take nobody new?"
      hint="No referral, handover or request goes to it from this day on"
      value={today.toString()}
    />
    <RadiosFrom name="reason" label="Why?" list={windingUpReasons} />
    <TextArea name="words" label="What should be known about it? (optional)" rows={2} maximum={500} />
    <SelectFrom
      name="keeper"
      label="Who keeps its records afterwards?"
      hint="It holds them for as long as the area keeps records, answers whoever asks for a copy, and sees to those who are left"
      list={keepers}
    />
    <ButtonGroup>
      <Button warning>Say that its part ends</Button>
      <LinkButton href="/organisations" secondary>
        Cancel
      </LinkButton>
    </ButtonGroup>
  </>
)
