import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { ReplyAddress } from './rules.ts'

type ListProps = Readonly<{ addresses: readonly ReplyAddress[]; now: Temporal.Instant }>

/** Where replies to the systems of others go. */
export const ReplyAddresses = ({ addresses, now }: ListProps) => (
  <Page
    title="Where replies go"
    lede="Whoever refers by the Booking and Referral Standard (BaRS) can be told by their own system how the referral goes on, as far as each person allows. Nothing is sent to an organisation that does not stand here."
    back={{ href: '/area/replies', label: 'Replies to other systems' }}
    actions={
      <LinkButton href="/area/reply-addresses/new" small>
        Add an address
      </LinkButton>
    }
  >
    <ListBar count={addresses.length === 1 ? '1 address' : `${addresses.length} addresses`} />
    <Table
      caption="Addresses for replies"
      captionSize="hidden"
      columns={columns(now)}
      rows={addresses}
      rowKey={({ id }) => id}
      empty="No address has been added, so that no system is told anything. Ask whoever looks after the system for the address of its door for messages."
    />
  </Page>
)

const columns = (now: Temporal.Instant): readonly Column<ReplyAddress>[] => [
  { key: 'organisation', label: 'Organisation', names: true, cell: ({ organisationName }) => organisationName },
  { key: 'ods', label: 'ODS code', nowrap: true, cell: ({ odsCode }) => odsCode ?? 'None' },
  { key: 'address', label: 'Address', cell: ({ address }) => <code className="ww-break">{address}</code> },
  { key: 'service', label: 'Service', nowrap: true, cell: ({ service }) => service },
  { key: 'added', label: 'Added', nowrap: true, cell: ({ addedAt }) => inWords(addedAt, now) },
  {
    key: 'end',
    label: 'End it',
    cell: ({ id, organisationName }) => (
      <ButtonForm action={`/area/reply-addresses/${id}/ending`} small secondary context={organisationName}>
        End now
      </ButtonForm>
    ),
  },
]

type NewProps = FormState & Readonly<{ id: string; organisations: CodeList }>

/** Says where replies to an organisation go; one that stood before is replaced. */
export const NewReplyAddress = ({ id, organisations, problems, typed }: NewProps) => (
  <FormPage
    title="Add an address for replies"
    lede="Get both from whoever looks after the system, and not from a message. An address that the organisation had before ends."
    back={{ href: '/area/reply-addresses', label: 'Where replies go' }}
    action="/area/reply-addresses/new"
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    {Object.keys(organisations).length === 0 ? <NobodyToChoose /> : null}
    <SelectFrom
      name="organisation"
      label="Organisation"
      hint="Only those with an ODS code, by which its system says who it is"
      list={organisations}
    />
    <TextField
      name="address"
      label="Address of its door for messages"
      hint="For example: https://api.example.org/booking-and-referral/FHIR/R4. We add /$process-message."
    />
    <TextField name="service" label="Id of its service in the Directory of Services" width={20} inputMode="numeric" />
    <Button>Save the address</Button>
  </FormPage>
)

const NobodyToChoose = () => (
  <Inset>
    <p>
      No organisation has an ODS code. Add it under <a href="/organisations">Organisations</a> first, also to the one
      that receives referrals here.
    </p>
  </Inset>
)
