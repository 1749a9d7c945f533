import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { standingInWords } from '#registers/directory/rules.ts'
import type { Listing } from '#registers/listing/rules.ts'
import { standingChanges } from '#registers/proposing/rules.ts'
import { daysOf, serviceStates, stateOn } from '#registers/services/rules.ts'

type StandingProps = FormState & Readonly<{ id: string; version: number; listing: Listing; today: Temporal.PlainDate }>

/** Pauses or closes a service, or opens it again. */
export const StandingForm = ({ id, version, listing, today, problems, typed }: StandingProps) => (
  <FormPage
    title="Pause or close"
    caption={listing.name}
    back={{ href: `/services/${id}`, label: listing.name }}
    action={`/services/${id}/standing`}
    edits={{ version, now: <Now listing={listing} today={today} /> }}
    {...{ problems, typed }}
    width="reading"
  >
    <Now listing={listing} today={today} />
    <RadiosFrom
      name="what"
      label="What do you want to do?"
      list={standingChanges}
      only={isAsUsual(listing) ? ['pause', 'close'] : ['open', 'pause', 'close']}
    />
    <DateField
      name="from"
      label="From (optional)"
      hint="The first day on which it is paused or closed. Today where you leave it empty"
    />
    <DateField name="until" label="Open again from (optional)" hint="Only for a pause, and only where it is known" />
    <TextField
      name="notice"
      label="What should people know?"
      hint="Why, and what to use instead. It stands at the top of the service"
      value={listing.notice ?? ''}
    />
    <Button>Save</Button>
  </FormPage>
)

const isAsUsual = ({ pausedFrom, validUntil }: Listing) => pausedFrom === null && validUntil === null

const Now = ({ listing, today }: Pick<StandingProps, 'listing' | 'today'>) => {
  const days = daysOf(listing)
  const state = serviceStates[stateOn(days, today)].label
  return (
    <SummaryList
      compact
      rows={[
        { label: 'Now', value: `${state} ${standingInWords(days, today)}` },
        { label: 'Notice', value: listing.notice },
      ]}
    />
  )
}
