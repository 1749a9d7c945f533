import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { waysOfAgreeing } from '#registers/permissions/rules.ts'
import { type SentenceKind, sentenceKinds } from '#journey/support/employer/rules.ts'

type SayingProps = FormState &
  Readonly<{
    person: Readonly<{ id: string; name: string }>
    workplace: Readonly<{ id: string; contact: string }>
    recipient: string
    /** Whether the person answers for them by themselves, as for the employer’s own occupational health. */
    alone: boolean
    sentences: readonly Readonly<{ id: string; kind: SentenceKind; words: string }>[]
    /** What they allowed last. */
    saying: Readonly<{ sentences: readonly string[]; adjustments: boolean; phasedReturn: boolean }> | undefined
    isAllowed: boolean
    /** What the person is read out, in the area's words. */
    wording: string
    id: string
  }>

/** What a person allows to be said to somebody at their work: saving it is their yes to this recipient. */
export const WhatMayBeSaid = (props: SayingProps) => {
  const { person, workplace, recipient, alone, isAllowed, wording, problems } = props
  const address = `/people/${person.id}/employer/${workplace.id}`
  return (
    <Page
      title="What may be said"
      caption={person.name}
      lede={`Ask the person what ${workplace.contact} may be told. They can say no to any of it, and change their mind at any time.`}
      back={{ href: `/people/${person.id}/employer` }}
      problems={problems}
      width="reading"
    >
      <Inset>
        <p>“{wording}”</p>
        {alone ? (
          <p>
            Say to them: “my employer” means {recipient} here, and nobody else at work. A yes to it is no yes to your
            employer.
          </p>
        ) : null}
        <p>
          This answer is for <strong>{recipient}</strong>. Saying no has no effect on their support or on benefits.
        </p>
      </Inset>
      <Ticks {...props} address={address} />
      {isAllowed ? <Silence {...props} address={address} /> : null}
    </Page>
  )
}

type Within = SayingProps & Readonly<{ address: string }>

const Ticks = ({ person, sentences, saying, address, id, problems, typed }: Within) => (
  <Form action={`${address}/saying`} fields={{ id }} {...{ problems, typed }}>
    {sentences.length === 0 ? (
      <p>
        No sentence is written down that could be said.{' '}
        <a href={`/people/${person.id}/employer#sentences`}>Write one</a> first, or share only what is below.
      </p>
    ) : (
      <CheckboxesFrom
        name="sentences"
        label="Which of these may be said?"
        list={Object.fromEntries(
          sentences.map((sentence) => [
            sentence.id,
            { label: sentence.words, hint: sentenceKinds[sentence.kind].label },
          ]),
        )}
        value={saying?.sentences}
      />
    )}
    <Tick
      name="adjustments"
      label="The adjustments that are asked for, to answer"
      value={saying?.adjustments ?? false}
    />
    <Tick
      name="phasedReturn"
      label="The phased return: days, hours and work of each week, without pay"
      value={saying?.phasedReturn ?? false}
    />
    <RadiosFrom name="how" label="How did the person answer?" list={waysOfAgreeing} />
    <Button>They agree to this</Button>
  </Form>
)

const Silence = ({ recipient, address, id, problems, typed }: Within) => (
  <Details summary="They want nothing said any more" open={problems.some(({ field }) => field === 'saidHow')}>
    <Form action={`${address}/silence`} fields={{ id }} {...{ problems, typed }}>
      <p>Every open link to {recipient} closes at once, and nothing more goes to them.</p>
      <RadiosFrom name="saidHow" label="How did the person say so?" list={waysOfAgreeing} />
      <Button small secondary>
        Stop telling them
      </Button>
    </Form>
  </Details>
)
