import { longDay, dayOf } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import type { Difference } from '#registers/directory/rules.ts'
import { inSentence } from '#registers/owner-answer/rules.ts'
import { type Answers, HowAnswered } from './contest.tsx'
import type { Asked } from '#registers/owner-check/rules.ts'

/** What became of what an owner proposed. */
export type Decided = Readonly<{ accepted: boolean | null; at: Temporal.Instant | null; reason: string | null }>

type OutcomeProps = Readonly<{
  at: string
  areaName: string
  name: string
  asked: Asked & Readonly<{ answeredAt: Temporal.Instant }>
  decided: Decided | undefined
  changes: readonly Difference[]
  /** Whether a new link went out within the last day. */
  isAskedAnew: boolean
  answers: Answers
}>

/** What whoever runs a service has answered by this link, and what came of it. */
export const Outcome = ({ at, areaName, name, asked, decided, changes, isAskedAnew, answers }: OutcomeProps) => (
  <Page onlyInEnglish atWork title="Thank you for your answer" caption={areaName} width="reading">
    <p>
      Answered on {longDay(dayOf(asked.answeredAt))} by {asked.byName}:{' '}
      {asked.answer === 'right'
        ? `all we say about ${name} is right.`
        : `something we say about ${name} has to be changed.`}
    </p>
    {asked.answer === 'right' ? <p>Those who use the directory see that it was checked on this day.</p> : null}
    {asked.stood.length === 0 ? null : (
      <p>What you said about {inSentence(asked.stood)} stands in the directory already.</p>
    )}
    {decided === undefined ? null : <Decision decided={decided} asked={asked} />}
    {changes.length === 0 ? null : (
      <>
        <h2 className="nhsuk-heading-m">What you proposed</h2>
        <SummaryList rows={changes.map(({ label, after }) => ({ label, value: after ?? 'Nothing any more' }))} />
      </>
    )}
    <h2 className="nhsuk-heading-m">Has something else changed?</h2>
    <p>
      This link has taken your answer. For another you need a new link: it goes to the address that we have for the
      service.
    </p>
    {isAskedAnew ? (
      <Inset>
        <p>A new link was sent within the last day. Look for it among your messages.</p>
      </Inset>
    ) : (
      <ButtonForm action={at} fields={{ do: 'anew' }} secondary>
        Send a new link
      </ButtonForm>
    )}
    <HowAnswered at={at} answers={answers} />
    <WhomToRing askedBy="whoever looks after the directory" />
  </Page>
)

function Decision({ decided, asked }: Readonly<{ decided: Decided; asked: Asked }>) {
  if (decided.accepted === null || decided.at === null)
    return (
      <Inset>
        <p>
          What you proposed waits for somebody who looks after the directory. Open this link again to see what came of
          it, until {longDay(dayOf(asked.until))}.
        </p>
      </Inset>
    )
  const on = longDay(dayOf(decided.at))
  return (
    <Inset>
      <p>
        {decided.accepted
          ? `What you proposed was accepted on ${on}, and stands in the directory.`
          : `What you proposed was not taken on ${on}.`}
        {decided.reason === null ? null : ` ${decided.reason}`}
      </p>
    </Inset>
  )
}
