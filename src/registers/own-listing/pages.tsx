import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { capacities, type Listing } from '#registers/listing/rules.ts'
import { dayIn, waitInWords } from '#registers/services/rules.ts'

type RoomProps = FormState &
  Readonly<{
    id: string
    service: Readonly<{ id: string; version: number; listing: Listing }>
    /** Of what the area takes the word of whoever runs a service at once. */
    atOnce: readonly string[]
    /** How many changes to it wait for a decision. */
    waiting: number
  }>

/** How much room a service has and how long people wait, said by its own people. */
export const RoomForm = ({ id, service, atOnce, waiting, problems, typed }: RoomProps) => {
  const { listing, version } = service
  return (
    <FormPage
      title="Room and waiting time"
      caption={listing.name}
      lede="Those who refer to you see it beside your service, with the day on which you said it."
      back={{ href: '/inbox', label: 'Inbox' }}
      action={`/inbox/services/${service.id}`}
      fields={{ id }}
      edits={{ version, now: <Said listing={listing} /> }}
      width="reading"
      {...{ problems, typed }}
    >
      {waiting > 0 ? (
        <Inset>
          <p>Something that was said of this service waits for a decision of those who look after the directory.</p>
        </Inset>
      ) : null}
      <RadiosFrom
        name="capacity"
        label="How much room is there?"
        list={capacities}
        value={listing.capacity ?? undefined}
      />
      <TextField
        name="waitWeeks"
        label="How many weeks do people wait?"
        hint="0 where nobody waits. Leave it empty if you do not know. Save it unchanged to say that it is still so."
        inputMode="numeric"
        width={3}
        suffix="weeks"
        value={listing.waitWeeks?.toString() ?? ''}
      />
      <p>{whatStands(atOnce)}</p>
      <Button>Save</Button>
    </FormPage>
  )
}

const Said = ({ listing: { capacity, waitWeeks, waitOn } }: Readonly<{ listing: Listing }>) => {
  const day = dayIn(waitOn)
  return (
    <SummaryList
      compact
      rows={[
        { label: 'Room', value: capacity ? capacities[capacity].label : null },
        { label: 'Waiting time', value: waitInWords(waitWeeks) },
        { label: 'Checked', value: day && shortDay(day) },
      ]}
    />
  )
}

function whatStands(atOnce: readonly string[]): string {
  if (atOnce.length === 2) return 'It stands in the directory at once.'
  if (atOnce.length === 0) return 'It waits until somebody who looks after the directory has agreed to it.'
  return `${atOnce.join('')} stands in the directory at once; the rest waits until somebody who looks after it has agreed.`
}
