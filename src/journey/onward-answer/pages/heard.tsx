import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type State, states } from '#journey/onward/rules.ts'
import { heardFrom, type Saying } from '#journey/onward-answer/rules.ts'
import { SaidFields } from './fields.tsx'

type HeardProps = FormState &
  Readonly<{
    onward: Readonly<{ id: string; serviceName: string; state: State; version: number }>
    person: Readonly<{ id: string; name: string }>
    sayable: readonly Saying[]
    id: string
  }>

/** Writes down what the team heard of an onward referral, and from whom. */
export const Heard = ({ onward, person, sayable, id, problems, typed }: HeardProps) => (
  <FormPage
    title="Write down what you heard"
    caption={`${person.name}: ${onward.serviceName}`}
    back={{ href: `/onward/${onward.id}` }}
    action={`/onward/${onward.id}/happenings`}
    fields={{ id }}
    edits={{ version: onward.version, now: <p>It stands at: {states[onward.state].label}</p> }}
    width="reading"
    {...{ problems, typed }}
  >
    <RadiosFrom name="witness" label="Who says so?" list={heardFrom} />
    <SaidFields label="What happened?" sayable={sayable} as="heard" />
    <TextField name="byName" label="Whom did you talk to there? (optional)" width={20} />
    <TextArea name="note" label="What they said (optional)" rows={3} maximum={1000} />
    <Button>Write it down</Button>
  </FormPage>
)
