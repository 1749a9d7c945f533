import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { calledName, type Person } from '#registers/people/rules.ts'

/** That somebody has died: everything stops. */
export const DeathPage = ({ person, problems, typed }: FormState & Readonly<{ person: Person }>) => (
  <Page
    title={person.died_on ? 'Date of death' : 'They have died'}
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
    problems={problems}
    width="reading"
  >
    <p>
      From the moment this is saved, no message of any kind leaves for them: no reminder, no letter, no questionnaire.
      End their support from the record afterwards.
    </p>
    <Form action={`/people/${person.id}/details/death`} problems={problems} typed={typed}>
      <DateField
        name="diedOn"
        label="When did they die?"
        value={person.death_day_known ? person.died_on?.toString() : undefined}
      />
      <Button>Save</Button>
    </Form>
    {person.died_on ? (
      <ButtonForm action={`/people/${person.id}/details/death/withdrawal`} secondary>
        This was a mistake: they are alive
      </ButtonForm>
    ) : null}
  </Page>
)
