import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Settlement, settlements } from '#exchange/mailbox/incoming/rules.ts'
import { most } from './rules.ts'

type Found = Readonly<{
  id: string
  name: string | null
  from: string
  cameAt: Temporal.Instant
  settledAs: Settlement | null
  referral: string | null
}>

const home = { href: '/mailbox', label: 'Forms by email' }

type FindProps = FormState & Readonly<{ found?: readonly Found[]; now: Temporal.Instant }>

/** Looks for a form by whom it is about. What is looked for is in the form of this page and in no address. */
export const FindForm = ({ found, now, problems, typed }: FindProps) => (
  <Page
    title="Find a form"
    back={home}
    problems={problems}
    lede="For somebody who asks what we hold about them, or that it is deleted, and who may have no record yet."
  >
    <Form action="/mailbox/finding" problems={problems} typed={typed}>
      <TextField
        name="words"
        label="Whom is it about?"
        hint="A name, an NHS number, or other words of the form. Each word has to stand in it. Look for each way in which a name may be written."
        type="search"
        width={30}
        autoComplete="off"
        spellCheck={false}
      />
      <Button>Find</Button>
    </Form>
    {found === undefined ? null : <Results found={found} now={now} />}
  </Page>
)

const Results = ({ found, now }: Readonly<{ found: readonly Found[]; now: Temporal.Instant }>) => (
  <>
    <Table
      caption={found.length === 1 ? '1 form or message' : `${found.length} forms or messages`}
      columns={columnsAt(now)}
      rows={found}
      rowKey={({ id }) => id}
      empty="In no form and no message that is kept."
    />
    {found.length === most ? (
      <Inset>
        <p>These are the newest {most}. Add another word to narrow it down.</p>
      </Inset>
    ) : null}
    <Inset>
      <p>
        What stands in a file that could not be read is not looked through, and neither are messages that lie in the
        mailbox itself. People with a record are found under <a href="/people/search">Find a person</a>.
      </p>
    </Inset>
  </>
)

const columnsAt = (now: Temporal.Instant): readonly Column<Found>[] => [
  {
    ...{ key: 'who', label: 'About', names: true },
    cell: ({ id, name, from }) => <a href={`/mailbox/${id}`}>{name ?? `Message from ${from}`}</a>,
  },
  { key: 'from', label: 'From', cell: ({ from }) => from },
  { key: 'came', label: 'Came', nowrap: true, cell: ({ cameAt }) => inWords(cameAt, now) },
  {
    ...{ key: 'as', label: 'What became of it', nowrap: true },
    cell: ({ settledAs }) => (
      <Tag colour={settledAs ? 'grey' : 'blue'}>{settledAs ? settlements[settledAs].label : 'Waits'}</Tag>
    ),
  },
  {
    ...{ key: 'delete', label: 'To delete it', prose: true },
    cell: ({ id, referral }) =>
      referral ? (
        <>
          It goes with the record: <a href={`/referrals/${referral}`}>erase it there</a>
        </>
      ) : (
        <a href={`/mailbox/${id}/emptying`}>Delete what it says</a>
      ),
  },
]

type DeleteProps = FormState & Readonly<{ mail: Omit<Found, 'settledAs' | 'referral'>; now: Temporal.Instant }>

/** Before what a form says is deleted because whoever it is about asks. */
export const DeleteForm = ({ mail, now, ...state }: DeleteProps) => (
  <FormPage
    title="Delete what a form says"
    width="reading"
    back={{ href: `/mailbox/${mail.id}`, label: 'The form' }}
    action={`/mailbox/${mail.id}/emptying`}
    {...state}
  >
    <SummaryList
      compact
      rows={[
        { label: 'About', value: mail.name ?? 'No form in it' },
        { label: 'From', value: mail.from },
        { label: 'Came', value: inWords(mail.cameAt, now) },
      ]}
    />
    <WarningCallout heading="This cannot be taken back">
      <p>
        The form, the message and the files that came with it are deleted here. That a message came stays, so that it is
        counted and not taken a second time. The message itself lies in the mailbox until whoever runs it deletes it.
      </p>
    </WarningCallout>
    <Tick name="sure" label="They ask for it themselves, or somebody who may ask for them, and I am sure of that" />
    <ButtonGroup>
      <Button warning>Delete it</Button>
      <LinkButton href={`/mailbox/${mail.id}`} secondary>
        Cancel
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)
