import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Queued, replyStates } from './rules.ts'

type Counts = Readonly<{ sent: number; heldBack: number; waiting: number; failed: number }>
/** When it is, and whether its reader may know whose referral each is about. */
type Reader = Readonly<{ now: Temporal.Instant; names: boolean }>

type ListProps = Reader &
  Readonly<{ failed: readonly Queued[]; trying: readonly Queued[]; counts: Counts; addresses: number }>

/** What could not be brought to other systems, what is tried again, and how many went. */
export const Replies = ({ failed, trying, counts, addresses, ...reader }: ListProps) => (
  <Page
    title="Replies to other systems"
    lede="What goes back to the systems of those who referred by the Booking and Referral Standard (BaRS): that somebody was accepted, that support started, that it ended. Only as far as each person allows."
    back={{ href: '/area/clients', label: 'Other systems' }}
    actions={
      <LinkButton href="/area/reply-addresses" secondary small>
        Where replies go
      </LinkButton>
    }
  >
    <Standing {...{ counts, addresses }} />
    <Table
      caption="Could not be sent"
      captionSize="m"
      columns={columns(reader, 'failed')}
      rows={failed}
      rowKey={({ id }) => id}
      empty="Every reply that was due has gone, is on its way or was held back for the person."
    />
    <Table
      caption="Tried, and tried again by itself"
      captionSize="m"
      columns={columns(reader, 'waiting')}
      rows={trying}
      rowKey={({ id }) => id}
      empty="Nothing waits for a system that does not answer. What does is tried again for three days."
    />
    <p>{totals(counts)}</p>
  </Page>
)

const Standing = ({ counts, addresses }: Pick<ListProps, 'counts' | 'addresses'>) => (
  <>
    {addresses === 0 ? (
      <Inset>
        <p>Nothing is sent: no organisation has an address for replies.</p>
      </Inset>
    ) : null}
    {counts.failed === 0 ? null : (
      <Inset>
        <p>
          {counts.failed === 1
            ? '1 reply could not be sent. Whoever referred has not been told.'
            : `${counts.failed} replies could not be sent. Whoever referred has not been told.`}
        </p>
      </Inset>
    )}
  </>
)

const totals = ({ sent, heldBack, waiting }: Counts) =>
  `So far ${sent} went, ${heldBack} held back, ${waiting} on their way. One is held back where the person no longer allows it or has died, or where whoever referred took the referral back.`

const times = (tries: number) => (tries === 1 ? 'Once' : `${tries} times`)

const columns = ({ now, names }: Reader, state: 'failed' | 'waiting'): readonly Column<Queued>[] => [
  {
    ...{ key: 'to', label: 'To', names: true },
    cell: ({ id, organisationName }) => <a href={`/area/replies/${id}`}>{organisationName}</a>,
  },
  ...(names ? [{ key: 'referral', label: 'Referral', nowrap: true, cell: (one: Queued) => one.reference }] : []),
  { key: 'why', label: 'Why', prose: true, cell: ({ reason }) => reason ?? 'Not yet tried' },
  { key: 'age', label: 'Written', nowrap: true, cell: ({ writtenAt }) => inWords(writtenAt, now) },
  { key: 'tries', label: 'Tried', nowrap: true, cell: ({ tries }) => (tries === 0 ? 'Never' : times(tries)) },
  { key: 'answer', label: 'Last answer', cell: ({ lastAnswer }) => lastAnswer ?? 'None' },
  state === 'failed'
    ? { key: 'behind', label: 'Wait behind it', numeric: true, cell: ({ behind }) => `${behind}` }
    : { key: 'next', label: 'Tried next', nowrap: true, cell: ({ notBefore }) => inWords(notBefore, now) },
]

const colours = { waiting: 'blue', sent: 'green', 'held back': 'orange', failed: 'red', 'given up': 'grey' } as const

type OneProps = FormState & Reader & Readonly<{ one: Queued }>

/** One reply: how it stands and why, and what can be done about it. */
export const OneReply = ({ one, now, names, problems, typed }: OneProps) => (
  <Page
    title={`Reply to ${one.organisationName}`}
    back={{ href: '/area/replies', label: 'Replies to other systems' }}
    problems={problems}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <Tag colour={colours[one.state]}>{replyStates[one.state].label}</Tag> },
        ...(one.reason === null ? [] : [{ label: 'Why', value: one.reason }]),
        ...(names ? [{ label: 'Referral', value: one.reference }] : []),
        { label: 'Their message', value: <code className="ww-break">{one.answers}</code> },
        { label: 'Our message', value: <code className="ww-break">{one.id}</code> },
        { label: 'Written', value: inWords(one.writtenAt, now) },
        { label: 'Tried', value: one.tries === 0 ? 'Never' : times(one.tries) },
        ...(one.lastTriedAt === null ? [] : [{ label: 'Last tried', value: inWords(one.lastTriedAt, now) }]),
        { label: 'Last answer', value: one.lastAnswer ?? 'None' },
        ...(one.state === 'waiting' ? [{ label: 'Tried next', value: inWords(one.notBefore, now) }] : []),
        ...(one.behind === 0 ? [] : [{ label: 'Wait behind it', value: `${one.behind}, in order` }]),
      ]}
    />
    {one.state === 'failed' || one.state === 'waiting' ? <Doing {...{ one, problems, typed }} /> : null}
  </Page>
)

const Doing = ({ one, problems, typed }: FormState & Pick<OneProps, 'one'>) => (
  <>
    <p>
      Once what stood in the way is put right, it can be tried again: it goes under the same ids, so that nobody is told
      twice. Whether the person still allows it is asked again.
    </p>
    <ButtonForm action={`/area/replies/${one.id}/another-try`} context={`the reply to ${one.organisationName}`}>
      Try again now
    </ButtonForm>
    <h2 className="nhsuk-heading-m">Give it up</h2>
    <p>It is not sent any more, and what waits behind it goes.</p>
    <Form action={`/area/replies/${one.id}/giving-up`} {...{ problems, typed }}>
      <TextField name="why" label="Why it is given up" hint="For example: told them by telephone. No names." />
      <Button secondary>Give up</Button>
    </Form>
  </>
)
