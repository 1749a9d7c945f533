import { inWords, shortDay, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { listingParts } from '#registers/listing/rules.ts'
import type { Asked } from '#registers/owner-check/rules.ts'

type AskProps = FormState &
  Readonly<{
    service: Readonly<{ id: string; name: string }>
    owner: string
    email: string | null
    asked: readonly (Asked & Readonly<{ askedBy: string }>)[]
    /** The id of the form: pressed twice, it asks once. */
    form: string
    /** Why no link can go out. */
    why: string | undefined
    now: Temporal.Instant
  }>

/** Asks whoever runs a service whether its listing is right, and shows what they said before. */
export const AskOwner = ({ service, owner, email, asked, form, why, now, problems, typed }: AskProps) => (
  <Page
    title="Ask the owner"
    caption={service.name}
    lede={`${owner} gets a link by email. Without an account they see all that the directory says of the service, say that it is right, or what is not.`}
    back={{ href: `/services/${service.id}`, label: service.name }}
    problems={problems}
  >
    {why === undefined ? (
      <Form action={`/services/${service.id}/owner-check`} fields={{ id: form }} {...{ problems, typed }}>
        <TextField
          name="email"
          label="Email address of the owner"
          hint="An office or a post rather than one person, where there is one. Earlier links that were not answered stop."
          type="email"
          width={30}
          value={email ?? ''}
        />
        <Button>Send the link</Button>
      </Form>
    ) : (
      <Inset>
        <p>{why}</p>
      </Inset>
    )}
    <h2 className="nhsuk-heading-m">Asked before</h2>
    <Table
      caption="Asked before, the newest first"
      captionSize="hidden"
      columns={columns(now)}
      rows={asked}
      rowKey={({ id }) => id}
      empty="Nobody has asked the owner of this service yet. What they say will stand here."
    />
  </Page>
)

type Row = AskProps['asked'][number]

const columns = (now: Temporal.Instant): readonly Column<Row>[] => [
  { key: 'at', label: 'Asked', names: true, nowrap: true, cell: ({ at }) => beginning(inWords(at, now)) },
  { key: 'by', label: 'By', cell: ({ askedBy }) => askedBy },
  { key: 'to', label: 'To', cell: ({ address }) => address },
  { key: 'answer', label: 'What they said', prose: true, cell: (row) => <Said row={row} now={now} /> },
]

const beginning = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function Said({ row, now }: Readonly<{ row: Row; now: Temporal.Instant }>) {
  const { answer, answeredAt, byName, stood, proposal, until } = row
  if (answer === null || answeredAt === null)
    return <>No answer yet. The link works until {shortDay(dayOf(until))}, unless a newer one was sent.</>
  const who = `${byName ?? 'Somebody'}, ${inWords(answeredAt, now)}`
  if (answer === 'right') return <>All of it is right. {who}</>
  const labels = stood.map((part) => listingParts[part].label.toLowerCase()).join(', ')
  return (
    <>
      {labels === '' ? null : `Stood at once: ${labels}. `}
      {proposal === null ? null : <a href={`/services/proposals/${proposal}`}>See what they propose</a>} {who}
    </>
  )
}
