import { inWords } from '#platform/dates.ts'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { NewerOlder } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { OutboxLine } from './pages.tsx'

/** A text that came in, with no more about anybody than its reader may know. */
export type ReplyLine = Readonly<{
  id: string
  person: OutboxLine['person']
  address: string
  /** The words, where the reader may open the record of the person who sent them. */
  body: string | undefined
  optsOut: boolean
  asksToCancel: boolean
  receivedAt: Temporal.Instant
}>

const replyColumns = (now: Temporal.Instant): readonly Column<ReplyLine>[] => [
  { key: 'when', label: 'Received', nowrap: true, names: true, cell: ({ receivedAt }) => inWords(receivedAt, now) },
  {
    key: 'person',
    label: 'Person',
    cell: ({ person }) => {
      if (person === null) return 'Nobody we wrote to at this number'
      return person === 'hidden' ? 'Not shown to you' : <a href={person.href}>{person.label}</a>
    },
  },
  { key: 'from', label: 'From', nowrap: true, cell: ({ address }) => address },
  { key: 'words', label: 'Words', prose: true, cell: ({ body }) => body ?? 'Not shown to you' },
  {
    key: 'stop',
    label: 'What it did',
    cell: ({ optsOut, asksToCancel }) => {
      if (optsOut) return <Tag colour="orange">No more texts to this number</Tag>
      return asksToCancel ? 'Asks to cancel: their coach decides' : 'Shown to their coach'
    },
  },
]

type RepliesProps = Readonly<{
  lines: readonly ReplyLine[]
  older: string | undefined
  newest: string | undefined
  now: Temporal.Instant
}>

/** What people wrote back, newest first. */
export const Replies = ({ lines, older, newest, now }: RepliesProps) => (
  <Page
    title="Texts that came in"
    lede="What people wrote back to our texts. Each stands on the record of whoever was written to at the number last. Nothing but “stop”, in English or another of our languages, ends all texts to the number. Nothing but “cancel” ends none and cancels nothing: their coach is told and decides."
    back={{ href: '/outbox', label: 'Outbox' }}
  >
    <Table
      caption="Texts that came in, newest first"
      captionSize="hidden"
      columns={replyColumns(now)}
      rows={lines}
      rowKey={({ id }) => id}
      empty="Texts appear here as soon as somebody answers one of ours."
    />
    <NewerOlder newer={newest} older={older} newerLabel="Newest texts" olderLabel="Older texts" />
  </Page>
)
