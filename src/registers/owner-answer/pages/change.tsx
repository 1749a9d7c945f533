import type { ReactElement } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage } from '#platform/html/page.tsx'
import type { Listing } from '#registers/listing/rules.ts'

type ChangeProps = FormState &
  Readonly<{
    at: string
    areaName: string
    version: number
    listing: Listing
    /** What of these changes stands at once; empty where all of it waits for a decision. */
    atOnce: string
    /** The fields of a listing, as the directory's own form has them. */
    fields: ReactElement
    byName: string
  }>

/** What should stand in the directory, as whoever runs the service says it. */
export const Change = ({ at, areaName, version, listing, atOnce, fields, byName, problems, typed }: ChangeProps) => (
  <FormPage
    onlyInEnglish
    atWork
    title="What should stand there?"
    caption={`${listing.name}, ${areaName}`}
    lede="Change what is wrong and leave the rest as it is."
    back={{ href: at, label: 'Back without changing anything' }}
    action={at}
    fields={{ version: `${version}` }}
    {...{ problems, typed }}
    width="reading"
  >
    <WhatHappens atOnce={atOnce} />
    {fields}
    <Days listing={listing} />
    <Sending byName={byName} />
  </FormPage>
)

const WhatHappens = ({ atOnce }: Pick<ChangeProps, 'atOnce'>) => (
  <p>
    {atOnce === ''
      ? 'Somebody who looks after the directory reads what you write. It stands there once they have accepted it.'
      : `What you say about ${atOnce} stands there at once. The rest stands there once somebody who looks after the directory has accepted it.`}
  </p>
)

const Days = ({ listing }: Pick<ChangeProps, 'listing'>) => (
  <Folded summary="It is paused, or closes" fields={['pausedFrom', 'pausedUntil', 'validUntil']}>
    <DateField name="pausedFrom" label="Paused from (optional)" value={listing.pausedFrom ?? ''} />
    <DateField name="pausedUntil" label="Open again from (optional)" value={listing.pausedUntil ?? ''} />
    <DateField
      name="validUntil"
      label="Closed for good from (optional)"
      hint="The first day on which it is closed"
      value={listing.validUntil ?? ''}
    />
  </Folded>
)

const Sending = ({ byName }: Pick<ChangeProps, 'byName'>) => (
  <>
    <h2 className="nhsuk-heading-m">Send it</h2>
    <TextArea
      name="note"
      label="Anything else (optional)"
      hint="For example: a new address, who runs it now, or why it changes. Write nothing about a person you help"
      rows={3}
      maximum={1000}
    />
    <TextField
      name="byName"
      label="Your name and what you do there"
      hint="Stands with your answer in the history of the directory"
      value={byName}
      autoComplete="name"
    />
    <Button name="do" value="send">
      Send
    </Button>
  </>
)
