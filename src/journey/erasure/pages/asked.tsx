import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset, PrintLink, WarningCallout } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type WayOfAsking, waysOfAsking } from '#journey/rectification/rules.ts'
import { answerBy, decisions, type Ground, grounds, groundsToErase, groundsToKeep } from '#journey/erasure/rules.ts'

type Person = Readonly<{ id: string; name: string }>
export type Request = Readonly<{
  id: string
  askedOn: Temporal.PlainDate
  how: WayOfAsking
  said: string | null
  by: string | null
  erases: boolean | null
  ground: Ground | null
  why: string | null
  decidedBy: string | null
}>
const backTo = ({ id }: Person) => ({ href: `/people/${id}/keeping`, label: 'Their record and what they asked' })

type NewProps = FormState & Readonly<{ id: string; person: Person; today: Temporal.PlainDate }>

/** Writing down that somebody asked to be erased. */
export const NewErasureRequest = ({ id, person, today, ...state }: NewProps) => (
  <FormPage
    title="They ask to be erased"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    action={`/people/${person.id}/erasure-requests`}
    fields={{ id }}
    draft
    {...state}
  >
    <Inset>
      <p>
        Nobody has to say why. A service manager decides, and they have an answer within a month. Leaving the service is
        another thing: for that, end their support.
      </p>
    </Inset>
    <TextArea
      name="said"
      label="What they said"
      hint="In their words. You can leave this empty"
      rows={4}
      maximum={2000}
    />
    <RadiosFrom name="how" label="How did they ask?" list={waysOfAsking} />
    <DateField name="askedOn" label="When?" value={`${today}`} />
    <Button>Save what they asked</Button>
  </FormPage>
)

const AskedFor = ({ askedOn, how, said, by }: Request) => (
  <SummaryList
    rows={[
      { label: 'Asked', value: `${longDay(askedOn)}, ${waysOfAsking[how].label.toLowerCase()}` },
      { label: 'They said', value: said },
      { label: 'Written down by', value: by },
    ]}
  />
)

type DecideProps = FormState & Readonly<{ person: Person; request: Request; mayDecide: boolean }>

/** What somebody asked, and the decision of a named person about it. */
export const DecideErasure = ({ person, request, mayDecide, ...state }: DecideProps) => (
  <FormPage
    title="They ask to be erased"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    action={`/erasure-requests/${request.id}`}
    draft={mayDecide}
    {...state}
  >
    <AskedFor {...request} />
    <Inset>
      <p>They have an answer by {longDay(answerBy(request.askedOn))}.</p>
      {mayDecide ? null : <p>A service manager decides about it.</p>}
      <p>
        A form about them that came by email and that nobody has added is no part of the record. Whoever receives
        referrals finds it by their name, under “Forms by email”.
      </p>
    </Inset>
    {mayDecide ? (
      <>
        <RadiosFrom name="decision" label="What do you decide?" list={decisions} />
        <RadiosFrom name="erases" label="If you erase it: on which ground?" list={groundsToErase} small />
        <RadiosFrom name="keeps" label="If you keep it: on which ground?" list={groundsToKeep} small />
        <TextArea
          name="why"
          label="Your reasons, as they stand in the answer"
          hint="Plain words, to the person"
          rows={5}
          maximum={2000}
        />
        <Button>Save the decision and write the answer</Button>
      </>
    ) : null}
  </FormPage>
)

type Area = Readonly<{ name: string; phone: string | null; email: string | null }>
type DecidedProps = Readonly<{
  person: Person
  request: Request
  area: Area
  today: Temporal.PlainDate
  /** The id under which the erasure is begun; undefined where it is not this reader’s to begin. */
  run: string | undefined
  inTheWay: readonly string[]
}>

/** What was decided, the answer as a letter, and the erasing once the answer has gone out. */
export const DecidedErasure = ({ person, request, area, today, run, inTheWay }: DecidedProps) => (
  <Page
    title="Answer to their request"
    caption={person.name}
    width="reading"
    back={backTo(person)}
    actions={<PrintLink>Print the answer</PrintLink>}
  >
    <SummaryList
      rows={[
        { label: 'Decided', value: request.erases ? decisions.erase.label : decisions.keep.label },
        {
          label: 'Ground',
          value: request.ground && `${grounds[request.ground].label} (${grounds[request.ground].hint})`,
        },
        { label: 'Decided by', value: request.decidedBy },
      ]}
    />
    <Letter {...{ person, request, area, today }} />
    {request.erases ? <EraseNow {...{ person, request, run, inTheWay }} /> : null}
  </Page>
)

const Letter = ({ person, request, area, today }: Pick<DecidedProps, 'person' | 'request' | 'area' | 'today'>) => (
  <article className="ww-letter" aria-label="The answer">
    <p className="ww-letter__from">
      <strong>{area.name}</strong>
      {area.phone ? (
        <>
          <br />
          {area.phone}
        </>
      ) : null}
    </p>
    <p>{longDay(today)}</p>
    <p>Dear {person.name},</p>
    <p>You asked us on {longDay(request.askedOn)} to erase what we hold about you.</p>
    {request.erases ? (
      <p>
        We will erase your record: everything that was written down, sent and agreed. What stays are counts without
        names, and a log of when somebody worked with a record, which does not say whose it was.
      </p>
    ) : (
      <p>
        We have decided to keep your record. The reason in law is: {request.ground ? grounds[request.ground].label : ''}{' '}
        ( UK GDPR, {request.ground ? grounds[request.ground].hint.toLowerCase() : ''}).
      </p>
    )}
    <p>{request.why}</p>
    <p>
      If you think this is wrong, tell us
      {area.phone ? ` on ${area.phone}` : ''}
      {area.email ? `${area.phone ? ' or' : ''} at ${area.email}` : ''}. You can also complain to the Information
      Commissioner’s Office on 0303 123 1113 or at ico.org.uk.
    </p>
    <p>
      {request.decidedBy}
      <br />
      {area.name}
    </p>
  </article>
)

const EraseNow = ({
  person,
  request,
  run,
  inTheWay,
}: Pick<DecidedProps, 'person' | 'request' | 'run' | 'inTheWay'>) => {
  if (inTheWay.length > 0)
    return (
      <WarningCallout heading="It cannot be erased yet">
        <ul>
          {inTheWay.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </WarningCallout>
    )
  if (run === undefined) return null
  return (
    <ButtonForm action={`/erasure-requests/${request.id}/erasure`} fields={{ id: run }} warning>
      {`The answer has gone out: erase ${person.name} now`}
    </ButtonForm>
  )
}
