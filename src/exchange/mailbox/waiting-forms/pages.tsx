import { dayInWords, dayOf, inWords, shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { deletedOn, type Settlement, settlements } from '#exchange/mailbox/incoming/rules.ts'

export type Listed = Readonly<{
  id: string
  /** Whom the form names; null where there was no form. */
  name: string | null
  from: string
  cameAt: Temporal.Instant
  reason: string | null
  settledAs: Settlement | null
  settledAt: Temporal.Instant | null
  settledBy: string | null
}>

type Look = Readonly<{ at: Temporal.Instant; problem: string | null; leftAlone: number }>

type ListProps = Readonly<{
  open: readonly Listed[]
  settled: readonly Listed[]
  look: Look | undefined
  isSetUp: boolean
  now: Temporal.Instant
  today: Temporal.PlainDate
  /** After how many days a form is deleted that nobody dealt with, and how many were in the last twelve months. */
  keepDays: number
  deleted: number
}>

/** The forms that came by email: what waits to be compared, and what became of the rest. */
export const MailList = ({ open, settled, look, isSetUp, now, ...keeping }: ListProps) => (
  <Page
    title="Forms by email"
    lede="What practices sent, before anybody decided about it. Nobody is registered and no clock runs until you compare a form and add the referral."
    actions={<Ways isSetUp={isSetUp} />}
  >
    <Standing look={look} isSetUp={isSetUp} now={now} />
    <Kept {...keeping} />
    <ListBar count={open.length === 1 ? '1 waits' : `${open.length} wait`} />
    <Table
      caption="Waiting to be compared"
      captionSize="m"
      columns={waiting(now, keeping)}
      rows={open}
      rowKey={({ id }) => id}
      empty="Nothing waits. What comes by email stands here within a few minutes."
    />
    <Table
      caption="Dealt with"
      captionSize="m"
      columns={dealtWith(now)}
      rows={settled}
      rowKey={({ id }) => id}
      empty="Nothing has been dealt with lately."
    />
  </Page>
)

const Ways = ({ isSetUp }: Pick<ListProps, 'isSetUp'>) => (
  <>
    {isSetUp ? (
      <ButtonForm action="/mailbox/look" small secondary>
        Look into the mailbox now
      </ButtonForm>
    ) : null}
    <LinkButton href="/mailbox/finding" small secondary>
      Find a form
    </LinkButton>
    <LinkButton href="/area/referral-form" small secondary>
      The form
    </LinkButton>
  </>
)

type Keeping = Pick<ListProps, 'today' | 'keepDays' | 'deleted'>

const Kept = ({ keepDays, deleted }: Keeping) => (
  <>
    <p>What nobody deals with is deleted {keepDays} days after it came.</p>
    {deleted > 0 ? (
      <Inset>
        <p>
          {deleted === 1 ? '1 form or message was' : `${deleted} forms or messages were`} deleted in the last 12 months
          before anybody dealt with {deleted === 1 ? 'it' : 'them'}.
        </p>
      </Inset>
    ) : null}
  </>
)

const Standing = ({ look, isSetUp, now }: Pick<ListProps, 'look' | 'isSetUp' | 'now'>) => {
  if (!isSetUp)
    return (
      <Inset>
        <p>No mailbox is set up for your area. Whoever runs WorkWell sets it up; until then nothing comes in here.</p>
      </Inset>
    )
  if (look?.problem)
    return (
      <Inset>
        <p>
          {look.problem}. We tried {inWords(look.at, now)}, and go on trying. What was sent lies there until then.
        </p>
      </Inset>
    )
  return (
    <>
      <p>{look ? `We last looked ${inWords(look.at, now)}.` : 'Nobody has looked into the mailbox yet.'}</p>
      {look && look.leftAlone > 0 ? (
        <Inset>
          <p>
            {look.leftAlone === 1 ? '1 message lies' : `${look.leftAlone} messages lie`} in the mailbox that several
            areas share, sent to the address of none of them. Look there.
          </p>
        </Inset>
      ) : null}
    </>
  )
}

const who = ({ id, name, from }: Listed) => <a href={`/mailbox/${id}`}>{name ?? `Message from ${from}`}</a>

const waiting = (now: Temporal.Instant, keeping: Keeping): readonly Column<Listed>[] => [
  { key: 'who', label: 'About', names: true, cell: who },
  { key: 'from', label: 'From', cell: ({ from }) => from },
  { key: 'came', label: 'Came', nowrap: true, cell: ({ cameAt }) => inWords(cameAt, now) },
  { key: 'why', label: 'To look at', prose: true, cell: ({ reason }) => reason ?? 'Compare with the form' },
  { key: 'until', label: 'Deleted on', nowrap: true, cell: ({ cameAt }) => <Until cameAt={cameAt} {...keeping} /> },
]

// In the last week it is said so that it is seen: whoever was referred would wait for ever.
const soon = 7

function Until({ cameAt, keepDays, today }: Keeping & Pick<Listed, 'cameAt'>) {
  const on = deletedOn(dayOf(cameAt), keepDays, today)
  const words = dayInWords(on, today)
  return today.until(on).days > soon ? shortDay(on) : <Tag colour="orange">{words}</Tag>
}

const dealtWith = (now: Temporal.Instant): readonly Column<Listed>[] => [
  { key: 'who', label: 'About', names: true, cell: who },
  { key: 'from', label: 'From', cell: ({ from }) => from },
  {
    ...{ key: 'as', label: 'What became of it', nowrap: true },
    cell: ({ settledAs }) =>
      settledAs ? <Tag colour={settledAs === 'taken' ? 'green' : 'grey'}>{settlements[settledAs].label}</Tag> : null,
  },
  { key: 'by', label: 'By', cell: ({ settledBy }) => settledBy ?? '' },
  { key: 'when', label: 'When', nowrap: true, cell: ({ settledAt }) => (settledAt ? inWords(settledAt, now) : '') },
]

/** Said to whoever works where no referrals are received. */
export const NotYours = () => (
  <Page title="Forms by email">
    <Inset>
      <p>Forms come to the organisation that receives referrals in your area. Ask there if you expect one.</p>
    </Inset>
  </Page>
)
