import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { waysOfAgreeing } from '#registers/permissions/rules.ts'

type WithdrawalProps = FormState & Readonly<{ person: Readonly<{ id: string; name: string }>; form: string }>

/** One page to stop everything, with what it means. */
export const Withdrawal = ({ person, form, problems, typed }: WithdrawalProps) => (
  <FormPage
    title="Withdraw from everything"
    caption={person.name}
    back={{ href: `/people/${person.id}/agreements` }}
    action={`/people/${person.id}/withdrawal`}
    fields={{ form }}
    width="reading"
    problems={[...problems]}
    typed={typed}
  >
    <p>When a person says that they want to stop, nobody has to give a reason. From the moment you save this:</p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>nothing more is asked about their health, and no assessment can be saved</li>
      <li>no message is sent to them and nobody should ring them</li>
      <li>nobody outside the team is told anything more: GP, employer, Jobcentre Plus, services and research</li>
      <li>what was recorded before is kept as long as the law asks, and they can still see it</li>
    </ul>
    <Inset>
      <p>
        Their benefits do not change. If they change their mind, ask them again and record the new answers: that takes
        this back.
      </p>
    </Inset>
    <RadiosFrom name="how" label="How did the person say so?" list={waysOfAgreeing} />
    <ButtonGroup>
      <Button warning>Withdraw from everything</Button>
      <a href={`/people/${person.id}/agreements`}>Keep the answers as they are</a>
    </ButtonGroup>
  </FormPage>
)
