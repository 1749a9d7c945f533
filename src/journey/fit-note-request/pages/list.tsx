import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Details, EmptyState, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  askedRows,
  comings,
  type FitNoteRequest,
  type Held,
  isOpen,
  openAtOnce,
  type RequestState,
  requestStates,
  results,
  stateOf,
} from '#journey/fit-note-request/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'

type ListProps = FormState &
  Readonly<{
    person: Readonly<{ id: string; name: string }>
    requests: readonly FitNoteRequest[]
    trailblazer: boolean
    mayEdit: boolean
    /** The request whose form was wrong. */
    at?: string
    now: Temporal.Instant
  }>

/** Where a request stands, in a word. */
export const StateTag = ({ state }: { state: RequestState }) => (
  <Tag colour={requestStates[state].colour}>{requestStates[state].label}</Tag>
)

/** Every time that somebody asked for a fit note, and what came of it. */
export const RequestsOf = (props: ListProps) => {
  const { person, requests, trailblazer, mayEdit } = props
  const mayAdd = mayEdit && trailblazer && !requests.some(isOpen)
  return (
    <Page
      title="Requests for a fit note"
      caption={person.name}
      lede="Each becomes a conversation with a coach about work and health."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={props.problems}
      width="reading"
    >
      <p>{whoCertifies}</p>
      {mayAdd && requests.length > 0 ? <WriteDown person={person.id} /> : null}
      {requests.length === 0 ? (
        <EmptyState heading="No request is written down" action={mayAdd ? <WriteDown person={person.id} /> : undefined}>
          {trailblazer
            ? 'If they ask their practice for a fit note and are offered a conversation with you, the request stands here.'
            : 'Your area does not take part as a fit note trailblazer.'}
        </EmptyState>
      ) : null}
      {mayEdit ? <OpenAtOnce {...props} /> : null}
      {requests.map((request) => (
        <RequestCard key={request.id} {...props} request={request} />
      ))}
      <p>
        <a href={`/people/${person.id}/fit-notes`}>Fit notes they have had</a>
      </p>
    </Page>
  )
}

/** One person with two open requests, since they had two records: one conversation answers both. */
const OpenAtOnce = ({ person, requests }: Pick<ListProps, 'person' | 'requests'>) => {
  const open = openAtOnce(requests)
  if (open.length === 0) return null
  return (
    <WarningCallout heading={`${open.length} requests are open`}>
      <p>
        They were written down on records that turned out to be of one person. One conversation answers them: keep one,
        and the others are closed and stay below. If each practice is to hear what came of it, say so with each instead.
      </p>
      {open.map((request) => (
        <p key={request.id}>
          <ButtonForm
            action={`/people/${person.id}/fit-note-requests/${request.id}/keeping`}
            context={`of ${longDay(request.askedOn)}`}
            small
            secondary
          >
            {`Keep the one to ${request.practice}, by ${longDay(request.holdBy)}`}
          </ButtonForm>
        </p>
      ))}
    </WarningCallout>
  )
}

const WriteDown = ({ person }: { person: string }) => (
  <LinkButton href={`/people/${person}/fit-note-requests/new`} small>
    Write down a request
  </LinkButton>
)

type CardProps = ListProps & Readonly<{ request: FitNoteRequest }>

const RequestCard = ({ request, ...props }: CardProps) => (
  <Card heading={`Asked on ${longDay(request.askedOn)}`} tag={<StateTag state={stateOf(request, dayOf(props.now))} />}>
    <SummaryList compact rows={rowsOf(request, props)} />
    {props.mayEdit && isOpen(request) ? <Open {...props} request={request} /> : null}
    {props.mayEdit && request.result ? (
      <ButtonForm
        action={`/people/${props.person.id}/fit-note-requests/${request.id}/result/withdrawal`}
        context={`of ${longDay(request.askedOn)}`}
        secondary
        small
      >
        Take the result back
      </ButtonForm>
    ) : null}
  </Card>
)

function rowsOf(request: FitNoteRequest, { now, mayEdit }: ListProps) {
  const { result, came, by, at, takenBack } = request
  const rows = [
    // The heading says the day.
    ...askedRows(request).filter(({ label }) => label !== 'Asked on'),
    {
      label: 'How it came',
      value: came === 'referral' ? <a href={`/referrals/${request.id}`}>{comings[came].label}</a> : comings[came].label,
    },
    { label: 'Written down', value: [inWords(at, now), by].filter(Boolean).join(', ') },
    { label: 'Taken back', value: takenBack },
    { label: 'What came of it', value: result ? results[result.what].label : null },
    { label: 'In plain words', value: result?.words ?? null },
    {
      label: 'Spoken on',
      value: result ? [longDay(result.heldOn), result.by].filter(Boolean).join(', ') : null,
    },
    { label: 'The practice', value: result ? heard(request, result, mayEdit) : null },
  ]
  return rows.filter(({ value }) => value !== null)
}

/** What the practice heard of a result, or why it did not. */
function heard({ id, person }: FitNoteRequest, { what, told, untold }: Held, mayEdit: boolean) {
  if (told !== null)
    return <a href={`/requests/${told}`}>Was told by a link: see what, and the code to tell by phone</a>
  if (what === 'supported') return 'Is not told'
  return (
    <>
      Was not told{untold === null ? '' : `: ${untold}`}.{' '}
      {mayEdit ? <a href={`/people/${person}/fit-note-requests/${id}/telling`}>Tell them now</a> : null}
    </>
  )
}

const Open = ({ person, request, at, problems, typed }: CardProps) => {
  const wrong = at === request.id
  return (
    <>
      <ButtonGroup>
        <LinkButton href={`/people/${person.id}/fit-note-requests/${request.id}/result`} small>
          Say what came of it
        </LinkButton>
      </ButtonGroup>
      <Details summary="Take the request back" open={wrong}>
        <Form
          action={`/people/${person.id}/fit-note-requests/${request.id}/withdrawal`}
          {...(wrong ? { problems, typed } : {})}
        >
          <TextArea
            name="reason"
            label="Why should it not stand here?"
            hint="For example because it is somebody else’s. It stays in the record as taken back."
            rows={2}
            maximum={300}
          />
          <Button small secondary>
            Take the request back
          </Button>
        </Form>
      </Details>
    </>
  )
}
