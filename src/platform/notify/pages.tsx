import { inWords } from '#platform/dates.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Arrival, arrivals, type Channel, channels, type MessageState, messageStates } from './rules.ts'

/** One line of the outbox, with no more about anybody than its reader may know. */
export type OutboxLine = Readonly<{
  id: string
  /** The person it is to or about, hidden where the reader may not open the record; null where it is about nobody. */
  person: Readonly<{ label: string; href: string }> | 'hidden' | null
  kind: string
  channel: Channel
  address: string
  writtenAt: Temporal.Instant
  notBefore: Temporal.Instant
  state: MessageState
  keptHere: boolean
  /** Whether it went to a number that several people share, and so to none of them by name. */
  shared: boolean
  reason: string | null
  arrival: Arrival | undefined
}>

const colours = { waiting: 'blue', sent: 'green', 'held back': 'orange', failed: 'red' } as const

const State = ({ line: { state, keptHere, arrival } }: { line: OutboxLine }) => {
  if (keptHere) return <Tag colour="green">Kept here, not sent out</Tag>
  if (arrival === undefined) return <Tag colour={colours[state]}>{messageStates[state].label}</Tag>
  return <Tag colour={arrival === 'arrived' ? 'green' : 'orange'}>{arrivals[arrival].label}</Tag>
}

const Whose = ({ line: { person, shared } }: { line: OutboxLine }) => {
  if (person === null) return shared ? 'Whoever has this number: several people share it' : 'Nobody in particular'
  return person === 'hidden' ? 'Not shown to you' : <a href={person.href}>{person.label}</a>
}

const words = (kind: string) => {
  const spoken = kind.replaceAll(/[.-]/g, ' ')
  return spoken.charAt(0).toUpperCase() + spoken.slice(1)
}

const columnsAt = (now: Temporal.Instant): readonly Column<OutboxLine>[] => [
  {
    key: 'kind',
    label: 'Message',
    names: true,
    cell: (line) => <a href={`/outbox/${line.id}`}>{words(line.kind)}</a>,
  },
  {
    key: 'person',
    label: 'Person',
    cell: (line) => <Whose line={line} />,
  },
  { key: 'channel', label: 'How', nowrap: true, cell: ({ channel }) => channels[channel].label },
  { key: 'address', label: 'To', cell: ({ address }) => address },
  { key: 'written', label: 'Written', cell: ({ writtenAt }) => inWords(writtenAt, now) },
  {
    key: 'state',
    label: 'What became of it',
    nowrap: true,
    cell: (line) => <State line={line} />,
  },
  { key: 'why', label: 'Why', prose: true, cell: (line) => because(line, now) },
]

// What holds a message up, or when it goes; a message that went says nothing more.
function because({ state, reason, notBefore }: OutboxLine, now: Temporal.Instant): string {
  const due = state === 'waiting' ? `Goes ${inWords(notBefore, now)} at the earliest.` : ''
  return [reason === null ? '' : `${reason}.`, due].filter((part) => part !== '').join(' ')
}

type OutboxProps = Readonly<{
  lines: readonly OutboxLine[]
  state: MessageState | null
  channel: Channel | null
  older: string | undefined
  newest: string | undefined
  /** Whether this reader prints and posts letters. */
  posts: boolean
  now: Temporal.Instant
}>

/** Everything that was to go out, newest first. */
export const Outbox = ({ lines, state, channel, older, newest, posts, now }: OutboxProps) => (
  <Page
    title="Outbox"
    lede="Every text message, email and letter of this area: what was to go out, and what became of it."
    actions={<Beside posts={posts} />}
  >
    <FilterForm action="/outbox" clear="/outbox">
      <SelectFrom
        name="state"
        label="What became of it"
        list={messageStates}
        empty="Everything"
        value={state ?? undefined}
      />
      <SelectFrom name="channel" label="How" list={channels} empty="Any way" value={channel ?? undefined} />
    </FilterForm>
    <ListBar count={lines.length === 1 ? '1 message on this page' : `${lines.length} messages on this page`} />
    <Table
      caption="Messages, newest first"
      captionSize="hidden"
      columns={columnsAt(now)}
      rows={lines}
      rowKey={({ id }) => id}
      empty={
        state || channel
          ? 'No message is like this. Clear the filter to see all of them.'
          : 'Messages appear here as soon as something in the service causes one, before they go out.'
      }
    />
    <NewerOlder newer={newest} older={older} newerLabel="Newest messages" olderLabel="Older messages" />
  </Page>
)

const Beside = ({ posts }: Pick<OutboxProps, 'posts'>) => (
  <>
    <LinkButton href="/outbox/replies" secondary small>
      Texts that came in
    </LinkButton>
    {posts ? (
      <LinkButton href="/outbox/letters" secondary small>
        Letters to post
      </LinkButton>
    ) : null}
  </>
)

type OneMessageProps = Readonly<{
  line: OutboxLine
  subject: string | null
  /** The text, where the reader may open the record of the person it is about. */
  body: string | undefined
  settledAt: Temporal.Instant | null
  arrivalAt: Temporal.Instant | null
  /** In whose words and in which language it went; undefined where no area writes them. */
  words: string | undefined
  /** Whether a letter goes with it that this reader may open. */
  withLetter: boolean
  now: Temporal.Instant
}>

/** One message as it was to go out. */
export const OneMessage = ({ line, subject, body, settledAt, arrivalAt, words: version, ...rest }: OneMessageProps) => (
  <Page title={words(line.kind)} back={{ href: '/outbox', label: 'Outbox' }}>
    <SummaryList
      rows={[
        { label: 'Person', value: <Whose line={line} /> },
        { label: 'How', value: channels[line.channel].label },
        { label: 'To', value: line.address },
        { label: 'Written', value: inWords(line.writtenAt, rest.now) },
        ...(version === undefined ? [] : [{ label: 'Words', value: version }]),
        { label: 'What became of it', value: <State line={line} /> },
        ...(line.reason === null ? [] : [{ label: 'Why', value: line.reason }]),
        ...(settledAt === null ? [{ label: 'Goes at the earliest', value: inWords(line.notBefore, rest.now) }] : []),
        ...(settledAt === null ? [] : [{ label: 'When', value: inWords(settledAt, rest.now) }]),
        ...(arrivalAt === null ? [] : [{ label: 'The carrier told us', value: inWords(arrivalAt, rest.now) }]),
      ]}
    />
    {line.state === 'failed' ? (
      <>
        <p>Once what stood in the way is put right, this message can be sent again as it is.</p>
        <ButtonForm action={`/outbox/${line.id}/again`} secondary>
          Send it again
        </ButtonForm>
      </>
    ) : null}
    <h2 className="nhsuk-heading-m">Text of the message</h2>
    {body === undefined ? (
      <p>You can read the text when you may open the record of the person it is about.</p>
    ) : (
      <Inset>
        {subject === null ? null : <p>{subject}</p>}
        {body.split(/\n{2,}/).map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
      </Inset>
    )}
    {rest.withLetter ? <WithLetter id={line.id} /> : null}
  </Page>
)

const WithLetter = ({ id }: Pick<OutboxLine, 'id'>) => (
  <p>
    A letter of one page goes with this email wherever whoever carries it takes files.{' '}
    <a href={`/outbox/${id}/letter`}>Open the letter (PDF)</a>
  </p>
)
