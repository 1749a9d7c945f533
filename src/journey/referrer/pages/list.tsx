import { shortDay } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  listAddress,
  newsWords,
  pageLength,
  type Shows,
  shows as showsList,
  type Told,
} from '#journey/referrer/rules.ts'

export type ListedReferral = Readonly<{
  id: string
  reference: string
  received_on: Temporal.PlainDate
  email: string | null
  question: boolean
  withdrawn_at: Temporal.Instant | null
  told: readonly Told[]
}>

type ListProps = Readonly<{
  organisation: string
  area: string
  /** An employer or a Jobcentre: how its referrals stand is not on the list, however they do. */
  closed: boolean
  rows: readonly ListedReferral[]
  count: number
  counts: Readonly<{ sent: number; lately: number; questions: number }>
  members: readonly Readonly<{ name: string; email: string }>[]
  shows: Shows | null
  by: string | null
  page: number
}>

/** What an organisation has referred, and what the people allow it to know. */
export const OwnReferrals = (props: ListProps) => {
  const { organisation, area, rows, count, counts, shows, by, page } = props
  return (
    <Page
      title="Our referrals"
      caption={organisation}
      actions={<LinkButton href={`/in/${area}/refer`}>Refer somebody</LinkButton>}
    >
      <Figures label="Sent by us">
        <Figure number={counts.sent} label="sent in all" href={listAddress({ shows: null, by: null, page: 1 })} />
        <Figure
          number={counts.questions}
          label="with a question for us"
          href={listAddress({ shows: 'question', by: null, page: 1 })}
        />
      </Figures>
      <WhatWeAreTold {...props} />
      <Narrowing {...props} />
      <ListBar
        count={`${count} ${count === 1 ? 'referral' : 'referrals'}, ${counts.lately} of all in the last 30 days`}
        print
      />
      <Table
        caption="Our referrals"
        captionSize="hidden"
        columns={columns(props)}
        rows={rows}
        rowKey={({ id }) => id}
        empty="Referrals made from an email address of your organisation appear here as soon as they reach us."
      />
      <PageNumbers
        page={page}
        pages={Math.ceil(count / pageLength)}
        href={(next) => listAddress({ shows, by, page: next })}
      />
    </Page>
  )
}

const WhatWeAreTold = ({ closed }: ListProps) => (
  <Inset>
    <p>
      {closed
        ? 'You are told that a referral was received, and nothing more, whatever happens then. If a person asks us to tell you more about them, it stands on the page of that referral.'
        : 'You are told what each person allows: that they were accepted, that support has started, and that it has ended. Names are not shown here: use your reference.'}
    </p>
    <p>When you refer somebody, give your own email address of this organisation: by it the referral is found here.</p>
  </Inset>
)

const Narrowing = ({ members, shows, by }: ListProps) => (
  <FilterForm action="/my-referrals" clear={shows || by ? '/my-referrals' : undefined}>
    <SelectFrom name="shows" label="Show" list={showsList} empty="All referrals" value={shows ?? undefined} />
    <SelectFrom
      name="by"
      label="Sent by"
      list={Object.fromEntries(members.map(({ name, email }) => [email, { label: name }]))}
      empty="Anybody of us"
      value={by ?? undefined}
    />
  </FilterForm>
)

function columns({ closed, members }: ListProps): Column<ListedReferral>[] {
  const senderOf = (email: string | null) => members.find((one) => one.email === email?.toLowerCase())?.name ?? email
  const state: Column<ListedReferral> = {
    key: 'told',
    label: 'What we are told',
    cell: ({ told }) => <Stands told={told} />,
  }
  return [
    {
      key: 'reference',
      label: 'Reference',
      names: true,
      cell: ({ id, reference }) => (
        <ButtonForm action={`/my-referrals/${id}/opening`} asLink context="open">
          {reference}
        </ButtonForm>
      ),
    },
    { key: 'on', label: 'Received', nowrap: true, cell: ({ received_on }) => shortDay(received_on) },
    { key: 'by', label: 'Sent by', cell: ({ email }) => senderOf(email) },
    ...(closed ? [] : [state]),
    {
      key: 'question',
      label: 'For us to do',
      cell: ({ question, withdrawn_at }) =>
        question ? <Tag colour="orange">Answer a question</Tag> : withdrawn_at ? 'Taken back by us' : '',
    },
  ]
}

const Stands = ({ told }: Pick<ListedReferral, 'told'>) => {
  const last = told.at(-1)
  return last ? <>{`${newsWords[last.what].label}, ${shortDay(last.on)}`}</> : <>Received</>
}
