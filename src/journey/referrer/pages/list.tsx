import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  listAddress,
  type Narrowed,
  narrowedAs,
  newsWords,
  pageLength,
  shows as showsList,
  standings,
  type Told,
  whole,
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

type ListProps = FormState &
  Readonly<{
    organisation: string
    area: string
    /** An employer or a Jobcentre: how its referrals stand is not on the list, however they do. */
    closed: boolean
    rows: readonly ListedReferral[]
    count: number
    counts: Readonly<{ sent: number; lately: number; questions: number }>
    members: readonly Readonly<{ id: string; name: string; email: string }>[]
    narrowed: Narrowed
    search: string | null
    page: number
  }>

/** What an organisation has referred, and what the people allow it to know. */
export const OwnReferrals = (props: ListProps) => {
  const { organisation, area, counts, problems } = props
  return (
    <Page
      title="Our referrals"
      caption={organisation}
      problems={problems}
      actions={<LinkButton href={`/in/${area}/refer`}>Refer somebody</LinkButton>}
    >
      <Figures label="Sent by us">
        <Figure number={counts.sent} label="sent in all" href={listAddress(whole, 1)} />
        <Figure
          number={counts.questions}
          label="with a question for us"
          href={listAddress({ ...whole, shows: 'question' }, 1)}
        />
      </Figures>
      <WhatWeAreTold {...props} />
      <Found {...props} />
    </Page>
  )
}

const Found = (props: ListProps) => {
  const { rows, count, counts } = props
  return (
    <>
      {counts.sent === 0 ? null : <Narrowing {...props} />}
      {count === 0 ? null : (
        <ListBar
          count={`${count} ${count === 1 ? 'referral' : 'referrals'}, ${counts.lately} of all in the last 30 days`}
          print
        />
      )}
      <Table
        caption="Our referrals"
        captionSize="hidden"
        columns={columns(props)}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<NothingHere {...props} />}
      />
      <Pages {...props} />
    </>
  )
}

const NothingHere = ({ counts, search }: ListProps) => {
  if (counts.sent === 0)
    return 'Referrals made from an email address of your organisation appear here as soon as they reach us.'
  return (
    <>
      {search === null
        ? 'Nothing that your organisation sent fits what is chosen above.'
        : 'Nothing was found. Look for a part of your reference, or for the name as it was written in the referral. Older referrals, and some that came in a file, have only their reference.'}{' '}
      <a href="/my-referrals">Clear the search and filters</a> to see all.
    </>
  )
}

/** The way through the list: by addresses, or by sending again what was searched for. */
const Pages = ({ page, count, narrowed, search }: ListProps) => {
  const pages = Math.ceil(count / pageLength)
  if (search === null) return <PageNumbers page={page} pages={pages} href={(next) => listAddress(narrowed, next)} />
  if (pages <= 1) return null
  const fields = { ...narrowedAs(narrowed), search }
  return (
    <nav className="ww-pages" aria-label="Pages of this list">
      {page > 1 ? (
        <ButtonForm action="/my-referrals" fields={{ ...fields, page: `${page - 1}` }} asLink context="page">
          Previous
        </ButtonForm>
      ) : null}
      <span>{`Page ${page} of ${pages}`}</span>
      {page < pages ? (
        <ButtonForm action="/my-referrals" fields={{ ...fields, page: `${page + 1}` }} asLink context="page">
          Next
        </ButtonForm>
      ) : null}
    </nav>
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

const Narrowing = ({ members, closed, narrowed, search, problems, typed }: ListProps) => (
  <search>
    <Form action="/my-referrals" className="ww-filter" problems={problems} typed={typed}>
      <div className="ww-filter__fields">
        <TextField
          name="search"
          label="Your reference, or the name you gave"
          value={search ?? undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <SelectFrom name="shows" label="Show" list={showsList} empty="All" value={narrowed.shows ?? undefined} />
        {closed ? null : (
          <SelectFrom
            name="state"
            label="What we are told"
            list={standings}
            empty="Anything"
            value={narrowed.state ?? undefined}
          />
        )}
        <SelectFrom
          name="by"
          label="Sent by"
          list={Object.fromEntries(members.map(({ id, name }) => [id, { label: name }]))}
          empty="Anybody of us"
          value={narrowed.by ?? undefined}
        />
      </div>
      <div className="ww-filter__actions">
        <Button secondary small>
          Show
        </Button>
        {search !== null || Object.keys(narrowedAs(narrowed)).length > 0 ? (
          <a href="/my-referrals">Clear the search and filters</a>
        ) : null}
      </div>
    </Form>
  </search>
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
