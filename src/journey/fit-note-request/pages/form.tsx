import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type FitNoteRequest, isOpen, toldComings } from '#journey/fit-note-request/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'

type Person = Readonly<{ id: string; name: string; practice: string | null }>

type FormProps = FormState &
  Readonly<{
    id: string
    person: Person
    requests: readonly FitNoteRequest[]
    trailblazer: boolean
    /** When the note that they have now ends, as far as it is written down. */
    endsOn: Temporal.PlainDate | undefined
    today: Temporal.PlainDate
  }>

/** Writes down that somebody asked for a fit note; where that cannot be, says why and what to do. */
export const RequestForm = (props: FormProps) => {
  const { person, requests, trailblazer, problems } = props
  const open = requests.find(isOpen)
  if (problems.length === 0 && !trailblazer) return <NotTakingPart person={person} />
  if (problems.length === 0 && open) return <OneIsOpen person={person} open={open} />
  return <WriteDown {...props} />
}

const WriteDown = ({ id, person, endsOn, today, ...state }: FormProps) => (
  <FormPage
    title="Write down a request for a fit note"
    caption={person.name}
    lede="A coach then speaks with them about work and health."
    back={{ href: `/people/${person.id}/fit-note-requests`, label: 'Requests for a fit note' }}
    action={`/people/${person.id}/fit-note-requests`}
    fields={{ id }}
    width="reading"
    draft
    {...state}
  >
    <Inset>
      <p>{whoCertifies} If they cannot wait for the conversation, they go to their practice.</p>
    </Inset>
    <RadiosFrom name="came" label="How did the request come?" list={toldComings} />
    <Practice person={person} />
    <DateField name="asked" label="On which day did they ask?" value={today.toString()} />
    <TextArea
      name="says"
      label="What do they say about work? (optional)"
      hint="In their words: what is difficult, what they hope for. No diagnosis is needed."
      rows={4}
      maximum={1000}
    />
    <DateField
      name="ends"
      label="When does the fit note they have now end? (optional)"
      hint="Leave this empty if they have none."
      {...(endsOn ? { value: endsOn.toString() } : {})}
    />
    <Button>Save</Button>
  </FormPage>
)

/** Whom they asked, and where that practice may be written to. */
const Practice = ({ person }: { person: Person }) => (
  <>
    <TextField
      name="practice"
      label="Which practice did they ask?"
      width={30}
      {...(person.practice === null ? {} : { value: person.practice })}
    />
    <TextField
      name="email"
      label="Email address of the practice (optional)"
      hint="Where we may write what came of it, as far as the person allows that."
      type="email"
      width={30}
    />
  </>
)

const back = (person: Person) => ({ href: `/people/${person.id}/fit-note-requests`, label: 'Requests for a fit note' })

const NotTakingPart = ({ person }: { person: Person }) => (
  <Page title="Your area does not take part" caption={person.name} back={back(person)} width="reading">
    <p>
      Requests for a fit note are written down only where an area is a fit note trailblazer. A service manager, an
      administrator or the area lead can change that under “Area”.
    </p>
    <p>{whoCertifies} Whoever needs one asks their practice.</p>
  </Page>
)

const OneIsOpen = ({ person, open }: Readonly<{ person: Person; open: FitNoteRequest }>) => (
  <Page title="A request is open already" caption={person.name} back={back(person)} width="reading">
    <p>Their request to {open.practice} still waits for its conversation. Say first what came of it.</p>
    <p>
      <a href={`/people/${person.id}/fit-note-requests/${open.id}/result`}>Say what came of it</a>
    </p>
  </Page>
)
