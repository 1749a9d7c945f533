import { dayOf, inWords, shortDay } from '#platform/dates.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Client, scopes } from '#registers/clients/rules.ts'

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
  { key: 'may', label: 'May', prose: true, cell: ({ scopes: may }) => inShort(may.map((one) => scopes[one].label)) },
  { key: 'used', label: 'Last came in', nowrap: true, cell: ({ usedAt }) => (usedAt ? inWords(usedAt, now) : 'Never') },
  { key: 'state', label: 'Now', cell: ({ endedAt }) => <State endedAt={endedAt} /> },
]

/** The first thing of several, and how many more there are: all of them stand on the page of the system. */
const inShort = ([first = 'Nothing', ...more]: readonly string[]) =>
  more.length === 0 ? first : `${first}, and ${more.length} more`

/** Whether a system may come in, or since when no more. */
export const State = ({ endedAt }: Pick<Client, 'endedAt'>) =>
  endedAt ? <Tag colour="grey">{`Ended ${shortDay(dayOf(endedAt))}`}</Tag> : <Tag colour="green">May come in</Tag>
