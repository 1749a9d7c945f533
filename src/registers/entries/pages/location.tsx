import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, Tick } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { accesses } from '#registers/listing/rules.ts'
import type { Location } from '#registers/services/rules.ts'

/** What is said of a location. */
export const LocationFields = ({ location }: Readonly<{ location: Location }>) => (
  <>
    <TextField name="name" label="Name of the building" hint="For example: Riverside Hall" value={location.name} />
    <TextArea
      name="address"
      label="Street (optional)"
      hint="One or two lines, without town and postcode"
      value={location.address.join('\n')}
      rows={2}
    />
    <TextField name="town" label="Town" width={20} value={location.town ?? ''} />
    <TextField name="county" label="County (optional)" width={20} value={location.county ?? ''} />
    <TextField name="postcode" label="Postcode (optional)" width={10} value={location.postcode ?? ''} />
    <CheckboxesFrom
      name="access"
      label="What helps people to get in and take part? (optional)"
      list={accesses}
      value={location.access.filter(isKnown)}
    />
    <TextField
      name="accessWords"
      label="Anything else about getting in (optional)"
      hint="For example: ring the bell at the side door"
      value={location.accessWords ?? ''}
    />
    <Tick
      name="staffOnly"
      label="Show this location to staff only"
      hint="Where its address keeps somebody safe. It is not published then"
      value={location.staffOnly}
    />
  </>
)

const isKnown = (code: string): code is keyof typeof accesses => Object.hasOwn(accesses, code)

type NewProps = FormState &
  Readonly<{ service: Readonly<{ id: string; name: string }>; id: string; location: Location }>

/** Adds a location at which a service is given. */
export const NewLocation = ({ service, id, location, problems, typed }: NewProps) => (
  <FormPage
    title="Add a location"
    caption={service.name}
    back={{ href: `/services/${service.id}`, label: service.name }}
    action={`/services/${service.id}/locations/new`}
    fields={{ id }}
    {...{ problems, typed }}
    width="reading"
  >
    <LocationFields location={location} />
    <Button>Add this location</Button>
  </FormPage>
)
