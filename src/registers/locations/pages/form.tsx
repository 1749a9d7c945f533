import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, Tick } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { accesses } from '#registers/listing/rules.ts'

type LocationProps = FormState & Readonly<{ service: Readonly<{ id: string; name: string }>; id: string }>

/** Adds a location at which a service is given. */
export const NewLocation = ({ service, id, problems, typed }: LocationProps) => (
  <FormPage
    title="Add a location"
    caption={service.name}
    back={{ href: `/services/${service.id}`, label: service.name }}
    action={`/services/${service.id}/locations/new`}
    fields={{ id }}
    {...{ problems, typed }}
    width="reading"
  >
    <TextField name="name" label="Name of the building" hint="For example: Riverside Hall" />
    <TextArea name="address" label="Street (optional)" hint="One or two lines, without town and postcode" rows={2} />
    <TextField name="town" label="Town" width={20} />
    <TextField name="county" label="County (optional)" width={20} />
    <TextField name="postcode" label="Postcode (optional)" width={10} />
    <CheckboxesFrom name="access" label="What helps people to get in and take part? (optional)" list={accesses} />
    <TextField
      name="accessWords"
      label="Anything else about getting in (optional)"
      hint="For example: ring the bell at the side door"
    />
    <Tick
      name="staffOnly"
      label="Show this location to staff only"
      hint="Where its address keeps somebody safe. It is not published then"
    />
    <Button>Add this location</Button>
  </FormPage>
)
