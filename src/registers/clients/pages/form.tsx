import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Client, scopes, usualPerMinute } from '#registers/clients/rules.ts'

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
    <NameField />
    <SelectFrom name="organisation" label="It comes in for" list={organisations} />
    <WhatItMay />
    <KeyField />
    <Button>Register the system</Button>
  </FormPage>
)

type Known = Readonly<{ client?: Client }>

const NameField = ({ client }: Known) => (
  <TextField
    name="name"
    label="Name of the system"
    hint="For example: Park Surgery, records system"
    {...(client ? { value: client.name } : {})}
  />
)

const WhatItMay = ({ client }: Known) => (
  <>
    <TextField
      name="contact"
      label="Email address of whoever looks after it"
      hint="To write to when its key runs out or something goes wrong"
      {...(client ? { value: client.contact } : {})}
    />
    <CheckboxesFrom
      name="scopes"
      label="What it may do"
      list={scopes}
      {...(client ? { value: client.scopes } : {})}
      small
    />
    <TextField
      name="perMinute"
      label="Requests a minute, at most"
      hint={`${usualPerMinute} unless more are needed. No published figure says how many: this one is our own.`}
      width={5}
      inputMode="numeric"
      value={String(client?.perMinute ?? usualPerMinute)}
    />
  </>
)

/** Changes what a system is called, who looks after it, what it may do and how often; not for whom it comes in. */
export const ChangeClient = ({ client, problems, typed }: FormState & Readonly<{ client: Client }>) => (
  <FormPage
    title={`Change ${client.name}`}
    lede={`It goes on to come in for ${client.organisationName}. What you save counts from that moment on: the system is let in anew, for what it may do then.`}
    back={{ href: `/area/clients/${client.id}`, label: client.name }}
    action={`/area/clients/${client.id}/change`}
    edits={{
      version: client.version,
      now: <SummaryList rows={[{ label: 'Name of the system', value: client.name }, ...allowedRows(client)]} compact />,
    }}
    problems={problems}
    typed={typed}
  >
    <NameField client={client} />
    <WhatItMay client={client} />
    <Button>Save</Button>
  </FormPage>
)

/** Who looks after a system, what it may do and how often. */
export const allowedRows = ({ contact, scopes: may, perMinute }: Client): readonly SummaryRow[] => [
  { label: 'Email address of whoever looks after it', value: contact },
  { label: 'May', value: <May scopes={may} /> },
  { label: 'Requests a minute, at most', value: String(perMinute) },
]

const May = ({ scopes: may }: Pick<Client, 'scopes'>) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {may.map((one) => (
      <li key={one}>{scopes[one].label}</li>
    ))}
  </ul>
)

/** Where the public key of a system is pasted. */
export const KeyField = () => (
  <TextArea
    name="key"
    label="Public key"
    hint="PEM, or a JSON Web Key. RSA with 2,048 bits or more (it signs by RS512 or RS384), or an elliptic key on P-256 (ES256) or P-384 (ES384)."
    rows={6}
  />
)
