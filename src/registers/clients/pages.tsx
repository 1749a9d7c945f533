import { clock, dayOf, inWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Inset, Tag } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type PublicKey, signsBy } from '#platform/machine/rules.ts'
import { type Client, handbookPath, scopes, usualPerMinute } from './rules.ts'

/** What could not be brought to other systems. */
export type Unsent = Readonly<{ replies: number; events: number }>

type ListProps = Readonly<{ clients: readonly Client[]; unsent: Unsent; now: Temporal.Instant }>

/** The other systems that may come in by themselves, and those that may no longer. */
export const Clients = ({ clients, unsent, now }: ListProps) => (
  <Page
    title="Other systems"
    lede="Computer systems of practices, councils and others that send referrals here by themselves, and of local services that answer whom you refer to them. Each comes in for one organisation and may do what is ticked for it and nothing else."
    back={{ href: '/area', label: 'Area' }}
    actions={
      <>
        <LinkButton href="/area/clients/new" small>
          Register a system
        </LinkButton>
        <LinkButton href="/area/records-systems" secondary small>
          Records systems that open our form
        </LinkButton>
        <LinkButton href="/area/replies" secondary small>
          Replies to other systems
        </LinkButton>
        <LinkButton href="/area/webhooks" secondary small>
          What systems are told
        </LinkButton>
      </>
    }
  >
    <Troubles {...unsent} />
    <ListBar count={clients.length === 1 ? '1 system' : `${clients.length} systems`} />
    <Table
      caption="Systems of this area"
      captionSize="hidden"
      columns={columns(now)}
      rows={clients}
      rowKey={({ id }) => id}
      empty="No system has been registered. Once one is, it stands here with when it last came in."
    />
  </Page>
)

const Troubles = ({ replies, events }: Unsent) => (
  <>
    {replies === 0 ? null : (
      <Inset>
        <p>
          <a href="/area/replies">
            {replies === 1 ? '1 reply could not be sent' : `${replies} replies could not be sent`}
          </a>
          . Whoever referred has not been told.
        </p>
      </Inset>
    )}
    {events === 0 ? null : (
      <Inset>
        <p>
          <a href="/area/webhooks">
            {events === 1 ? '1 system could not be told' : `${events} times a system could not be told`}
          </a>{' '}
          that a referral went on.
        </p>
      </Inset>
    )}
  </>
)

const columns = (now: Temporal.Instant): readonly Column<Client>[] => [
  { key: 'name', label: 'System', names: true, cell: ({ id, name }) => <a href={`/area/clients/${id}`}>{name}</a> },
  { key: 'organisation', label: 'Comes in for', cell: ({ organisationName }) => organisationName },
  { key: 'may', label: 'May', prose: true, cell: ({ scopes: may }) => may.map((one) => scopes[one].label).join('; ') },
  { key: 'used', label: 'Last came in', nowrap: true, cell: ({ usedAt }) => (usedAt ? inWords(usedAt, now) : 'Never') },
  { key: 'state', label: 'Now', cell: ({ endedAt }) => <State endedAt={endedAt} /> },
]

const State = ({ endedAt }: Pick<Client, 'endedAt'>) =>
  endedAt ? <Tag colour="grey">{`Ended ${shortDay(dayOf(endedAt))}`}</Tag> : <Tag colour="green">May come in</Tag>

type NewProps = FormState & Readonly<{ id: string; organisations: CodeList }>

/** Registers a system: for whom it comes in, what it may do, and the public key by which it is known. */
export const NewClient = ({ id, organisations, problems, typed }: NewProps) => (
  <FormPage
    title="Register a system"
    lede="Ask whoever looks after the system for its public key. A private key is never asked for and never taken."
    back={{ href: '/area/clients', label: 'Other systems' }}
    action="/area/clients/new"
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    <TextField name="name" label="Name of the system" hint="For example: Park Surgery, records system" />
    <SelectFrom name="organisation" label="It comes in for" list={organisations} />
    <TextField
      name="contact"
      label="Email address of whoever looks after it"
      hint="To write to when its key runs out or something goes wrong"
    />
    <CheckboxesFrom name="scopes" label="What it may do" list={scopes} small />
    <TextField
      name="perMinute"
      label="Requests a minute, at most"
      hint={`${usualPerMinute} unless more are needed. No published figure says how many: this one is our own.`}
      width={5}
      inputMode="numeric"
      value={String(usualPerMinute)}
    />
    <KeyField />
    <Button>Register the system</Button>
  </FormPage>
)

const KeyField = () => (
  <TextArea
    name="key"
    label="Public key"
    hint="PEM, or a JSON Web Key. RSA with 2,048 bits or more (it signs by RS512 or RS384), or an elliptic key on P-256 (ES256) or P-384 (ES384)."
    rows={6}
  />
)

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
  >
    <SummaryList
      rows={[
        { label: 'Now', value: <State endedAt={client.endedAt} /> },
        { label: 'Comes in for', value: client.organisationName },
        { label: 'May', value: client.scopes.map((one) => scopes[one].label).join('; ') },
        { label: 'Requests a minute, at most', value: String(client.perMinute) },
        { label: 'Email address of whoever looks after it', value: client.contact },
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
