import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { type OwnAction, ownResults, ownStates } from '#journey/my-plan/rules.ts'

type MarkProps = FormState & Readonly<{ id: string; action: OwnAction & Readonly<{ goal: string }> }>

/** What came of it, in the participant's own words. */
export function MarkAction({ id, action, ...state }: MarkProps) {
  const say = useSay()
  return (
    <FormPage
      {...state}
      title="How did it go?"
      caption={action.what}
      lede={say('For your goal: {goal}', { goal: `“${action.goal}”` })}
      back={{ href: '/my/plan', label: 'Back to my plan' }}
      action={`/my/actions/${action.id}/result`}
      fields={{ id }}
      draft
    >
      <RadiosFrom name="result" label="What came of it?" list={ownResults} />
      <TextArea
        name="note"
        label="What did not work, or what else should your coach know?"
        hint="You do not have to explain yourself. A few words help you and your coach to find a better step."
        rows={4}
        maximum={500}
      />
      <Button>Save</Button>
      <NotAtOnce />
    </FormPage>
  )
}

/** What they said came of it, and the way to take that back. */
export function Marked({ action }: Pick<MarkProps, 'action'>) {
  const say = useSay()
  const { label, colour } = ownStates[action.state]
  return (
    <Page title="How did it go?" caption={action.what} back={{ href: '/my/plan', label: 'Back to my plan' }}>
      <p>{say('For your goal: {goal}', { goal: `“${action.goal}”` })}</p>
      <p>
        <Tag colour={colour}>{say(label)}</Tag>
      </p>
      {action.said === null ? null : <p>{say('You said: {words}', { words: `“${action.said}”` })}</p>}
      <ButtonForm action={`/my/actions/${action.id}/reversal`} asLink context={action.what}>
        This is not right: it is still to do
      </ButtonForm>
    </Page>
  )
}

/** That what is written here is not read at once, and what to do where it cannot wait. */
function NotAtOnce() {
  const { area } = useShell()
  return (
    <p>
      <Said text="Your coach sees this on a working day, not at once. If something cannot wait, do not write it here." />{' '}
      {area?.phone ? <Said text="Call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} /> : null}
    </p>
  )
}
