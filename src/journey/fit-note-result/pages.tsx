import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { askedRows, type FitNoteRequest, isOpen, results } from '#journey/fit-note-request/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'

type ResultProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    request: FitNoteRequest
    /** What the practice would hear, line by line. */
    hears: readonly string[]
    today: Temporal.PlainDate
  }>

/** What came of the conversation that a request for a fit note led to. */
export const ResultForm = ({ id, person, request, today, hears, ...state }: ResultProps) => {
  const back = { href: `/people/${person.id}/fit-note-requests`, label: 'Requests for a fit note' }
  if (!isOpen(request) && state.problems.length === 0) return <NotOpen {...{ person, back }} />
  return (
    <FormPage
      title="What came of the conversation?"
      caption={person.name}
      back={back}
      action={`/people/${person.id}/fit-note-requests/${request.id}/result`}
      fields={{ id }}
      width="reading"
      draft
      {...state}
    >
      <SummaryList compact rows={askedRows(request)} />
      <Inset>
        <p>{whoCertifies} Do not say that somebody is or is not fit for work: say what you talked about.</p>
      </Inset>
      <Inset>
        {hears.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p>
          <a href={`/people/${person.id}/agreements/new`}>Ask what their practice may be told</a>
        </p>
      </Inset>
      <DateField name="held" label="On which day did you speak?" value={today.toString()} />
      <RadiosFrom name="what" label="What came of it?" list={results} />
      <TextArea
        name="words"
        label="In plain words"
        hint="What was agreed, or why a clinician needs to assess them. If they did not want it, you need not say why."
        rows={4}
        maximum={1000}
      />
      <Button>Save</Button>
    </FormPage>
  )
}

const NotOpen = ({
  person,
  back,
}: Pick<ResultProps, 'person'> & Readonly<{ back: Readonly<{ href: string; label: string }> }>) => (
  <Page title="This request is not open" caption={person.name} back={back} width="reading">
    <p>What came of it was written down, or the request was taken back. Take the result back first to change it.</p>
  </Page>
)

type TellProps = FormState &
  Readonly<{
    person: ResultProps['person']
    found: FitNoteRequest
    /** What they will read. */
    asks: string
    /** Why the practice may not be told, where it may not. */
    why: string | undefined
  }>

/** Tells the practice what came of it, or says why that cannot be. */
export const TellPractice = ({ person, found, asks, why, problems, typed }: TellProps) => {
  const back = { href: `/people/${person.id}/fit-note-requests`, label: 'Requests for a fit note' }
  if (why !== undefined)
    return (
      <Page title="The practice may not be told" caption={person.name} back={back} width="reading">
        <p>
          {why}. <a href={`/people/${person.id}/agreements/new`}>Ask them</a>, and record what they say.
        </p>
      </Page>
    )
  return (
    <FormPage
      title="Tell the practice"
      caption={person.name}
      lede={`${found.practice} gets a link by email and a code from you by phone.`}
      back={back}
      action={`/people/${person.id}/fit-note-requests/${found.id}/telling`}
      width="reading"
      {...{ problems, typed }}
    >
      <Card tone="quiet" heading="This is what they will read, with the name and the date of birth">
        {asks.split('\n\n').map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </Card>
      <TextField
        name="email"
        label="Email address of the practice"
        hint="Check it with them on the phone."
        type="email"
        width={30}
        {...(found.email === null ? {} : { value: found.email })}
      />
      <Button>Send it</Button>
    </FormPage>
  )
}
