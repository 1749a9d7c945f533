import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import type { Listing } from '#registers/listing/rules.ts'
import { type FieldsProps, ListingFields } from './fields.tsx'
import { SaidNow } from './said.tsx'

type FormProps = FormState &
  FieldsProps &
  Readonly<{
    /** The address of the service that is changed; nothing for a new one. */
    service: Readonly<{ id: string; version: number; name: string }> | undefined
    id: string
    owner: string
    decides: boolean
  }>

/** Says what the directory should say of a service: at once for those who decide, as a proposal for others. */
export const ServiceForm = ({ service, id, decides, problems, typed, ...shown }: FormProps) => (
  <FormPage
    title={service ? `Change ${service.name}` : decides ? 'Add a service' : 'Propose a service'}
    back={service ? { href: `/services/${service.id}`, label: service.name } : { href: '/services', label: 'Services' }}
    action={service ? `/services/${service.id}/change` : '/services/new'}
    fields={{ id }}
    {...(service
      ? { edits: { version: service.version, now: <SaidNow listing={shown.listing} owner={shown.owner} /> } }
      : {})}
    {...{ problems, typed }}
    draft
    width="reading"
  >
    {decides ? null : (
      <Inset>
        <p>What you write goes to those who look after the directory. It stands there once they have accepted it.</p>
      </Inset>
    )}
    <ListingFields {...shown} />
    <Knowing {...shown} />
    <Button>{decides ? 'Save' : 'Send this proposal'}</Button>
  </FormPage>
)

const Knowing = ({ listing }: Readonly<{ listing: Listing }>) => (
  <>
    <h2 className="nhsuk-heading-m">How you know</h2>
    <TextField
      name="source"
      label="From where do you know this? (optional)"
      hint="For example: its website, or a call with its manager"
      value={listing.source ?? ''}
    />
    <TextField
      name="notice"
      label="Notice at the top (optional)"
      hint="What people should know first, for example: closed in August"
      value={listing.notice ?? ''}
    />
    <Tick name="checked" label="I have checked all of this with the service or its own page today" />
    <Tick
      name="staffOnly"
      label="Show it to staff only"
      hint="Where its address or existence keeps somebody safe. It is not published then"
      value={listing.staffOnly}
    />
    <TextField name="note" label="What is new, and why? (optional)" hint="Stands in the history" />
  </>
)
