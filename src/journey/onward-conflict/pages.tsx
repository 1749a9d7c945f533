import { dayInWords, dayOf, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { EmptyState, Inset } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { holds } from '#journey/witness/rules.ts'

/** What one witness said, in words. */
export type SaidOnce = Readonly<{
  id: string
  who: string
  what: string
  onDay: Temporal.PlainDate | null
  at: Temporal.Instant
  note: string | null
  /** Whether it is one of two that cannot both be so. */
  conflicts: boolean
}>

type SettleProps = FormState &
  Readonly<{
    onward: Readonly<{ id: string; serviceName: string; version: number }>
    person: Readonly<{ name: string }>
    sayings: readonly SaidOnce[]
    id: string
    now: Temporal.Instant
  }>

/** Who said what and when, and what holds: all that was said stays as it is. */
export const Settle = ({ onward, person, sayings, id, now, problems, typed }: SettleProps) => (
  <Page
    title="Say what holds"
    caption={`${person.name}: ${onward.serviceName}`}
    lede="What was said cannot all be so. Ask whoever knows, and write down what you found out. Everything that was said stays on the record as it was said."
    back={{ href: `/onward/${onward.id}`, label: 'The referral' }}
    problems={problems}
  >
    <Sayings {...{ sayings, now }} />
    {sayings.some(({ conflicts }) => conflicts) ? (
      <Form
        action={`/onward/${onward.id}/settling`}
        fields={{ id }}
        edits={{ version: onward.version, now: <Sayings {...{ sayings, now }} /> }}
        {...{ problems, typed }}
      >
        <RadiosFrom name="holds" label="What holds?" list={holds} />
        <TextArea
          name="note"
          label="How do you know?"
          hint="Whom you asked, and what they said. The service does not read it."
          rows={3}
          maximum={1000}
        />
        <Button>Keep it</Button>
      </Form>
    ) : (
      <Inset>
        <p>There is nothing to settle now: nothing that was said speaks against anything else.</p>
      </Inset>
    )}
  </Page>
)

const Sayings = ({ sayings, now }: Pick<SettleProps, 'sayings' | 'now'>) =>
  sayings.length === 0 ? (
    <EmptyState heading="Nobody has said anything yet">
      What the service, the person and the team say of it appears here.
    </EmptyState>
  ) : (
    <Table
      caption="Who said what"
      columns={columns(now)}
      rows={sayings}
      rowKey={({ id }) => id}
      empty="What the service, the person and the team say of it appears here."
    />
  )

const columns = (now: Temporal.Instant): readonly Column<SaidOnce>[] => [
  { key: 'who', label: 'Who', names: true, cell: ({ who }) => who },
  {
    key: 'what',
    label: 'What they said',
    prose: true,
    cell: ({ what, note, conflicts }) => (
      <>
        {conflicts ? <strong>{what}</strong> : what}
        {note === null ? null : <span className="ww-words">: {note}</span>}
      </>
    ),
  },
  {
    key: 'day',
    label: 'Of which day',
    nowrap: true,
    cell: ({ onDay }) => (onDay === null ? 'Not said' : dayInWords(onDay, dayOf(now))),
  },
  { key: 'at', label: 'When', nowrap: true, cell: ({ at }) => inWords(at, now) },
]
