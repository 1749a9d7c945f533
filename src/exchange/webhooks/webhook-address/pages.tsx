import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import type { WebhookAddress } from './rules.ts'

/** A key as the other side pastes it, and whether it is the one that is on its way out. */
export type KeyShown = Readonly<{ number: number; written: string }>

type Props = FormState &
  Readonly<{
    id: string
    client: Readonly<{ id: string; name: string }>
    standing: WebhookAddress | undefined
    keys: readonly KeyShown[]
    mayHear: boolean
    now: Temporal.Instant
  }>

/** Where a system is told that something changed: the address, the keys by which it knows us, and how to try it. */
export const WebhookPage = ({ id, client, standing, keys, mayHear, now, problems, typed }: Props) => (
  <Page
    title={`Where ${client.name} is told`}
    lede="Once a referral of its organisation goes on, the system is told that it did and where to read it: no name, and not what changed. Only as far as each person allows."
    back={{ href: `/area/clients/${client.id}`, label: client.name }}
    actions={
      <LinkButton href="/area/webhooks" secondary small>
        What was told
      </LinkButton>
    }
    problems={problems}
    width="reading"
  >
    {mayHear ? null : (
      <Inset>
        <p>The system may not read how referrals go on, and so is told nothing: register it with that ticked.</p>
      </Inset>
    )}
    {standing ? <Standing {...{ client, standing, keys, now }} /> : null}
    <h2 className="nhsuk-heading-m">{standing ? 'Say another address' : 'Say where it is told'}</h2>
    {standing ? <p>The one before ends. The new one has keys of its own: give them to the other side first.</p> : null}
    <Form action={`/area/clients/${client.id}/webhook`} fields={{ id }} {...{ problems, typed }}>
      <TextField
        name="address"
        label="Address to tell"
        hint="Get it from whoever looks after the system, and not from a message. For example: https://api.example.org/workwell"
      />
      <Button secondary={standing !== undefined}>Save the address</Button>
    </Form>
  </Page>
)

type StandingProps = Readonly<{ standing: WebhookAddress }> & Pick<Props, 'client' | 'keys' | 'now'>

const Standing = ({ client, standing, keys, now }: StandingProps) => (
  <>
    <SummaryList
      rows={[
        { label: 'Address to tell', value: <code className="ww-break">{standing.address}</code> },
        { label: 'Said', value: inWords(standing.addedAt, now) },
        ...keys.map(({ number, written }, place) => ({
          label: keys.length === 1 ? 'Public key' : `Public key ${number}`,
          value: <KeyOf {...{ written, isEarlier: place > 0 }} />,
        })),
      ]}
    />
    <p>
      Give the key to whoever looks after the system: by it they see that it was us. It is no secret, and nothing here
      is.
    </p>
    <ButtonForm action={`/area/clients/${client.id}/webhook/test`} context={client.name} secondary>
      Send a test
    </ButtonForm>
    <Changing {...{ client, keys }} />
    <h2 className="nhsuk-heading-m">Tell it nothing any more</h2>
    <ButtonForm action={`/area/clients/${client.id}/webhook/ending`} context={client.name} secondary>
      End now
    </ButtonForm>
  </>
)

const KeyOf = ({ written, isEarlier }: Readonly<{ written: string; isEarlier: boolean }>) => (
  <>
    <code className="ww-break">{written}</code> {isEarlier ? <Tag colour="grey">Earlier</Tag> : null}
  </>
)

const Changing = ({ client, keys }: Pick<Props, 'client' | 'keys'>) => (
  <>
    <h2 className="nhsuk-heading-m">Change the key</h2>
    {keys.length === 1 ? (
      <>
        <p>A second key is made, and both sign until you end the earlier one. So nothing is missed meanwhile.</p>
        <ButtonForm action={`/area/clients/${client.id}/webhook/next-key`} context={client.name} secondary>
          Make the next key
        </ButtonForm>
      </>
    ) : (
      <>
        <p>Both keys sign. Once the other side knows the newer one, end the earlier one.</p>
        <ButtonForm action={`/area/clients/${client.id}/webhook/key-ending`} context={client.name} secondary>
          End the earlier key
        </ButtonForm>
      </>
    )}
  </>
)
