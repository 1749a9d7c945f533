import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { eventStates, type Queued } from './rules.ts'

type Counts = Readonly<{ sent: number; heldBack: number; waiting: number; failed: number }>
/** When it is, and whether its reader may know whose referral each is about. */
type Reader = Readonly<{ now: Temporal.Instant; names: boolean }>

type ListProps = Reader &
  Readonly<{ failed: readonly Queued[]; trying: readonly Queued[]; lately: readonly Queued[] }> &
  Readonly<{ counts: Counts; addresses: number }>

/** What systems could not be told, what is tried again, and what was told lately. */
export const Webhooks = ({ failed, trying, lately, counts, addresses, ...reader }: ListProps) => (
  <Page
    title="What systems are told"
    lede="That a referral of theirs went on, and where to read it (webhooks): no name, and not what changed. Only as far as each person allows."
    back={{ href: '/area/clients', label: 'Other systems' }}
  >
    <Standing {...{ counts, addresses }} />
    <Table
      caption="Could not be told"
      captionSize="m"
      columns={columns(reader, 'failed')}
      rows={failed}
      rowKey={({ id }) => id}
      empty="Everything that was due has gone, is on its way or was held back for the person."
    />
    <Table
      caption="Tried, and tried again by itself"
      captionSize="m"
      columns={columns(reader, 'waiting')}
      rows={trying}
      rowKey={({ id }) => id}
      empty="Nothing waits for a system that does not answer. What does is tried again for three days."
    />
    <Table
      caption="Lately"
      captionSize="m"
      columns={columns(reader, 'lately')}
      rows={lately}
      rowKey={({ id }) => id}
      empty="Nothing has been told yet. The newest 50 stand here, with what came of each."
    />
    <p>{totals(counts)}</p>
  </Page>
)

const Standing = ({ counts: { failed }, addresses }: Pick<ListProps, 'counts' | 'addresses'>) => (
  <>
    {addresses === 0 ? (
      <Inset>
        <p>
          Nothing is told: no system has an address for it. It is said on the page of each system, under{' '}
          <a href="/area/clients">Other systems</a>.
        </p>
      </Inset>
    ) : null}
    {failed === 0 ? null : (
      <Inset>
        <p>{failed === 1 ? '1 system could not be told.' : `${failed} times a system could not be told.`}</p>
      </Inset>
    )}
  </>
)

const totals = ({ sent, heldBack, waiting }: Counts) =>
  `So far ${sent} told, ${heldBack} held back, ${waiting} on their way. One is held back where the person no longer allows it or has died, or where there was nothing new to read by then.`

const times = (tries: number) => (tries === 0 ? 'Never' : tries === 1 ? 'Once' : `${tries} times`)

const columns = ({ now, names }: Reader, of: 'failed' | 'waiting' | 'lately'): readonly Column<Queued>[] => [
  {
    ...{ key: 'to', label: 'To', names: true },
    cell: ({ id, clientName }) => <a href={`/area/webhooks/${id}`}>{clientName}</a>,
  },
  ...(names
    ? [{ key: 'referral', label: 'Referral', nowrap: true, cell: (one: Queued) => one.reference ?? 'A test' }]
    : []),
  of === 'lately'
    ? { key: 'state', label: 'Now', cell: ({ state }) => <State state={state} /> }
    : { key: 'why', label: 'Why', prose: true, cell: ({ reason }) => reason ?? 'Not yet tried' },
  { key: 'age', label: 'Written', nowrap: true, cell: ({ writtenAt }) => inWords(writtenAt, now) },
  { key: 'tries', label: 'Tried', nowrap: true, cell: ({ tries }) => times(tries) },
  { key: 'answer', label: 'Last answer', cell: ({ lastAnswer }) => lastAnswer ?? 'None' },
  ...lastOf(of, now),
]

function lastOf(of: 'failed' | 'waiting' | 'lately', now: Temporal.Instant): readonly Column<Queued>[] {
  if (of === 'failed')
    return [{ key: 'behind', label: 'Wait behind it', numeric: true, cell: ({ behind }) => `${behind}` }]
  if (of === 'lately') return []
  return [{ key: 'next', label: 'Tried next', nowrap: true, cell: ({ notBefore }) => inWords(notBefore, now) }]
}

const colours = { waiting: 'blue', sent: 'green', 'held back': 'orange', failed: 'red', 'given up': 'grey' } as const

const State = ({ state }: Pick<Queued, 'state'>) => <Tag colour={colours[state]}>{eventStates[state].label}</Tag>

type OneProps = FormState & Reader & Readonly<{ one: Queued }>

/** One event: how it stands and why, and what can be done about it. */
export const OneEvent = ({ one, now, names, problems, typed }: OneProps) => (
  <Page
    title={`What ${one.clientName} is told`}
    back={{ href: '/area/webhooks', label: 'What systems are told' }}
    problems={problems}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <State state={one.state} /> },
        ...(one.reason === null ? [] : [{ label: 'Why', value: one.reason }]),
        ...(names ? [{ label: 'Referral', value: one.reference ?? 'A test, about nobody' }] : []),
        { label: 'Id of the event', value: <code className="ww-break">{one.id}</code> },
        { label: 'Written', value: inWords(one.writtenAt, now) },
        { label: 'Tried', value: times(one.tries) },
        ...(one.lastTriedAt === null ? [] : [{ label: 'Last tried', value: inWords(one.lastTriedAt, now) }]),
        { label: 'Last answer', value: one.lastAnswer === null ? 'None' : String(one.lastAnswer) },
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
      Once what stood in the way is put right, it can be tried again: it goes under the same id, so that nothing is done
      twice. Whether the person still allows it is asked again.
    </p>
    <ButtonForm action={`/area/webhooks/${one.id}/another-try`} context={`what ${one.clientName} is told`}>
      Try again now
    </ButtonForm>
    <h2 className="nhsuk-heading-m">Give it up</h2>
    <p>It is not told any more, and what waits behind it goes.</p>
    <Form action={`/area/webhooks/${one.id}/giving-up`} {...{ problems, typed }}>
      <TextField name="why" label="Why it is given up" hint="For example: told them by telephone. No names." />
      <Button secondary>Give up</Button>
    </Form>
  </>
)
