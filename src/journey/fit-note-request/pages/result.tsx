import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type FitNoteRequest, isOpen, results } from '#journey/fit-note-request/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'

type ResultProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    request: FitNoteRequest
    today: Temporal.PlainDate
  }>

/** What came of the conversation that a request for a fit note led to. */
export const ResultForm = ({ id, person, request, today, ...state }: ResultProps) => {
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

/** What was asked, as it is shown wherever a request is. */
export function askedRows({ practice, askedOn, says, noteEndsOn, holdBy }: FitNoteRequest) {
  const rows = [
    { label: 'Practice', value: practice },
    { label: 'Asked on', value: longDay(askedOn) },
    { label: 'What they say about work', value: says },
    { label: 'Fit note now ends', value: noteEndsOn && longDay(noteEndsOn) },
    { label: 'Conversation by', value: longDay(holdBy) },
  ]
  return rows.filter(({ value }) => value !== null)
}

const NotOpen = ({
  person,
  back,
}: Pick<ResultProps, 'person'> & Readonly<{ back: Readonly<{ href: string; label: string }> }>) => (
  <Page title="This request is not open" caption={person.name} back={back} width="reading">
    <p>What came of it was written down, or the request was taken back. Take the result back first to change it.</p>
  </Page>
)
