import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { actBy, concernKinds, raisedBy } from '#journey/safety/rules.ts'
import { type Arranged, type Person, SixPoints } from './concerns.tsx'

type NewProps = FormState & Readonly<{ person: Person; episode: string; id: string; arranged: Arranged }>

/** Writes down a new concern with what was done at once. */
export const NewConcernForm = ({ person, episode, id, arranged, problems, typed }: NewProps) => (
  <FormPage
    title="Write down a concern"
    caption={person.name}
    back={{ href: `/episodes/${episode}/concerns` }}
    action={`/episodes/${episode}/concerns`}
    fields={{ id }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SixPoints {...arranged} />
    <RadiosFrom name="kind" label="What is it about?" list={concernKinds} />
    <RadiosFrom name="act-by" label="When must somebody act?" list={actBy} value="today" />
    <RadiosFrom name="raised-by" label="Who raised it?" list={raisedBy} value="staff" />
    <TextField name="raised-name" label="Their name, or who they are to this person (optional)" />
    <TextArea
      name="seen"
      label="What was seen or heard?"
      hint="What, when and where. What you saw yourself, and what somebody told you."
    />
    <TextArea name="said" label="What did they say, in their own words? (optional)" rows={3} />
    <Tick
      name="about-others"
      label="It says something about somebody else"
      hint="A child, a partner, a neighbour: then only the duty lead, the service manager and you can read it."
    />
    <LookFields done="What did you do at once?" />
    <Button>Save this concern</Button>
  </FormPage>
)

/** What was done, when, and who was told. */
export const LookFields = ({ done }: { done: string }) => (
  <>
    <TextArea name="done" label={done} rows={3} />
    <Folded summary="It was done at another time than now" fields={['done-on', 'done-time']}>
      <DateField name="done-on" label="On which day was it done?" />
      <TextField name="done-time" label="At what time was it done?" hint="For example 14:30" width={5} />
    </Folded>
    <TextField
      name="told"
      label="Who else was told?"
      hint="For example the GP or the crisis team. Leave empty if nobody was. Whoever is on duty is told by itself."
    />
    <Folded summary="When they were told" fields={['told-on', 'told-time']}>
      <DateField name="told-on" label="On which day were they told?" />
      <TextField name="told-time" label="At what time?" hint="For example 14:30" width={5} />
    </Folded>
    <DateField
      name="next-look-on"
      label="When do you look at it again?"
      hint="Today, where somebody may be in danger: a new concern with “Now” is looked at again today if you leave this empty."
    />
  </>
)
