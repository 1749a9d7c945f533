import { longDay, dayOf } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Inset, NotKept, WarningCallout } from '#platform/html/content.tsx'
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
  /** What was just said in an answer that is not kept, because there was one before; undefined where they only look. */
  notKept: readonly string[] | undefined
  answers: Answers
}>

/** What whoever runs a service has answered by this link, and what came of it. */
export const Outcome = (props: OutcomeProps) => (
  <Page
    onlyInEnglish
    atWork
    title={props.notKept ? 'Your answer was not kept' : 'Thank you for your answer'}
    caption={props.areaName}
    width="reading"
  >
    {props.notKept ? <TooLate words={props.notKept} /> : null}
    <Answered {...props} />
    {props.notKept ? null : <WhatCameOfIt {...props} />}
    <Anew {...props} />
    <HowAnswered at={props.at} answers={props.answers} />
    <WhomToRing askedBy="whoever looks after the directory" />
  </Page>
)

const Answered = ({ asked, name }: OutcomeProps) => (
  <p>
    Answered on {longDay(dayOf(asked.answeredAt))} by {asked.byName}:{' '}
    {asked.answer === 'right'
      ? `all we say about ${name} is right.`
      : `something we say about ${name} has to be changed.`}
  </p>
)

const WhatCameOfIt = ({ asked, decided, changes }: OutcomeProps) => (
  <>
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
  </>
)

const Anew = ({ at, isAskedAnew }: OutcomeProps) => (
  <>
    <h2 className="nhsuk-heading-m">Has something else changed?</h2>
    <p>
      This link has taken its answer. For another you need a new link: it goes to the address that we have for the
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
  </>
)

const TooLate = ({ words }: Readonly<{ words: readonly string[] }>) => (
  <>
    <WarningCallout heading="Somebody had answered before you">
      <p>This link takes one answer. What you sent now was not kept. If it differs, send a new link below.</p>
    </WarningCallout>
    {words.some((one) => one !== '') ? <NotKept words={words} /> : null}
  </>
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
