import { inWords } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { type Request, requestStates } from '#journey/request/rules.ts'
import type { Withdrawal } from '#journey/withdrawal/rules.ts'

export type Outside = Readonly<{
  referral: string
  person: string
  /** Whether this reader may act for the person. */
  mayEdit: boolean
  /** The link in place of which whoever referred waits for a new one. */
  wanted: Readonly<{ id: string; askedAt: Temporal.Instant | null }> | undefined
  /** Whether whoever referred can be asked anything. */
  mayAsk: boolean
  questions: readonly Request[]
  withdrawal: Withdrawal | undefined
  now: Temporal.Instant
}>

/** What whoever referred has said since that changes what is to be done: that they take it back, or want another link. */
export const SaidSince = ({ withdrawal, now, ...link }: Outside) => (
  <>
    {withdrawal ? <TakenBack withdrawal={withdrawal} now={now} /> : null}
    <AskedForLink {...link} now={now} />
  </>
)

/** What whoever referred was asked, and what they answered. */
export const AskedOfReferrer = ({ referral, mayAsk, questions }: Outside) => (
  <>
    {mayAsk || questions.length > 0 ? (
      <Card heading="Asked of whoever referred" tone="quiet">
        {questions.length === 0 ? <p>Nothing yet.</p> : <Questions questions={questions} />}
        {mayAsk ? (
          <LinkButton href={`/referrals/${referral}/question`} small secondary>
            Ask them a question
          </LinkButton>
        ) : null}
      </Card>
    ) : null}
  </>
)

/** Whoever referred them cannot open their link any more and has asked for another. */
const AskedForLink = ({ person, mayEdit, wanted, now }: Pick<Outside, 'person' | 'mayEdit' | 'wanted' | 'now'>) =>
  wanted ? (
    <Card heading="Whoever referred them asked for a new link" tone="alert">
      <p>
        They cannot open the one that we sent
        {wanted.askedAt ? `, and asked for another ${inWords(wanted.askedAt, now)}` : ''}.
      </p>
      {mayEdit ? (
        <LinkButton href={`/people/${person}/links/${wanted.id}`} small>
          Send a new link
        </LinkButton>
      ) : null}
    </Card>
  ) : null

const TakenBack = ({
  withdrawal: { referral, note, at, readAt },
  now,
}: {
  withdrawal: Withdrawal
  now: Temporal.Instant
}) => (
  <Card heading="Whoever referred them has taken the referral back" tone="alert">
    <p>
      They took it back {inWords(at, now)}. {note ? `They wrote: ${note}` : 'They gave no reason.'}
    </p>
    <p>
      The person decides. If they said that they want this, tell them and ask whether they would like to go on. If
      nobody has asked them yet, they need not be asked.
    </p>
    {readAt === null ? (
      <ButtonForm action={`/referrals/${referral}/withdrawal/reading`} small secondary>
        I have taken note
      </ButtonForm>
    ) : null}
  </Card>
)

const Questions = ({ questions }: Pick<Outside, 'questions'>) => (
  <ul className="nhsuk-list">
    {questions.map(({ id, asks, note, state }) => (
      <li key={id}>
        <a href={`/requests/${id}`}>{asks}</a>{' '}
        <Tag colour={requestStates[state].colour}>{requestStates[state].label}</Tag>
        {note ? <span className="ww-aside">{note}</span> : null}
      </li>
    ))}
  </ul>
)
