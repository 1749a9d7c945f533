import { clock, dayOf, inWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type PublicKey, signsBy } from '#platform/machine/rules.ts'
import { type Client, handbookPath } from '#registers/clients/rules.ts'
import { allowedRows, KeyField } from './form.tsx'
import { State } from './list.tsx'

type Key = Readonly<{ addedAt: Temporal.Instant; endedAt: Temporal.Instant | null }> & PublicKey

type Addresses = Readonly<{ called: string; tokenAddress: string; fhirAddress: string; apiAddress: string }>

type OneProps = FormState & Addresses & Readonly<{ client: Client; keys: readonly Key[]; now: Temporal.Instant }>

/** One system: how it is known, its keys, and the way to end it at once. */
export const OneClient = ({ client, keys, now, problems, typed, ...addresses }: OneProps) => (
  <Page
    title={client.name}
    back={{ href: '/area/clients', label: 'Other systems' }}
    problems={problems}
    width="reading"
    actions={
      client.endedAt ? null : (
        <LinkButton href={`/area/clients/${client.id}/change`} secondary small>
          Change what it may do
        </LinkButton>
      )
    }
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <State endedAt={client.endedAt} /> },
        { label: 'Comes in for', value: client.organisationName },
        ...allowedRows(client),
        { label: 'Registered', value: inWords(client.addedAt, now) },
        { label: 'Last came in', value: client.usedAt ? inWords(client.usedAt, now) : 'Never' },
        ...addressRows(addresses),
      ]}
    />
    <Table
      caption="Keys"
      captionSize="m"
      columns={keyColumns(client)}
      rows={keys}
      rowKey={({ kid }) => kid}
      empty="It has no key, and cannot come in until it has one."
    />
    {client.endedAt ? null : <Changing {...{ client, problems, typed }} />}
  </Page>
)

const addressRows = ({ called, tokenAddress, fhirAddress, apiAddress }: Addresses) => [
  { label: 'Client id', value: <code className="ww-break">{called}</code> },
  { label: 'Address for tokens', value: <code className="ww-break">{tokenAddress}</code> },
  { label: 'Address for referrals and answers (FHIR R4)', value: <code className="ww-break">{fhirAddress}</code> },
  { label: 'Address for referrals (JSON)', value: <code className="ww-break">{apiAddress}</code> },
  {
    label: 'How it works, for whoever looks after it',
    value: <a href={handbookPath}>Refer by your own system</a>,
  },
]

const keyColumns = ({ id, endedAt: over }: Client): readonly Column<Key>[] => [
  { key: 'kid', label: 'Key (kid)', names: true, cell: ({ kid }) => <code className="ww-break">{kid}</code> },
  { key: 'algorithm', label: 'Signs by', nowrap: true, cell: ({ algorithm }) => signsBy[algorithm].join(', ') },
  {
    ...{ key: 'added', label: 'Added', nowrap: true },
    cell: ({ addedAt }) => `${shortDay(dayOf(addedAt))} ${clock(addedAt)}`,
  },
  {
    key: 'end',
    label: 'End it',
    cell: ({ kid, endedAt }) =>
      endedAt ? (
        <Tag colour="grey">{`Ended ${shortDay(dayOf(endedAt))}`}</Tag>
      ) : over ? null : (
        <ButtonForm action={`/area/clients/${id}/key-ending`} fields={{ kid }} small secondary context={`key ${kid}`}>
          End now
        </ButtonForm>
      ),
  },
]

const Changing = ({ client, problems, typed }: FormState & Pick<OneProps, 'client'>) => (
  <>
    <h2 className="nhsuk-heading-m">Tell it by itself</h2>
    <p>
      It can be told when a referral of its organisation goes on, instead of asking again and again:{' '}
      <a href={`/area/clients/${client.id}/webhook`}>say where it is told</a>.
    </p>
    <h2 className="nhsuk-heading-m">Add another key</h2>
    <p>To change the key of a system: add the new one, let the system use it, then end the old one.</p>
    <Form action={`/area/clients/${client.id}/key`} {...{ problems, typed }}>
      <KeyField />
      <Button secondary>Add this key</Button>
    </Form>
    <h2 className="nhsuk-heading-m">End this system</h2>
    <Details summary="It is to be answered no more">
      <p>It gets no answer from that moment on. It cannot be begun again: register it anew.</p>
      <ButtonForm action={`/area/clients/${client.id}/ending`} context={client.name} warning>
        End now
      </ButtonForm>
    </Details>
  </>
)
