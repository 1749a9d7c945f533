import type { FormState } from '#platform/form/rules.ts'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Panel } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { LeavingOut } from '#platform/html/leaving-out.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { AsTyped, Said, useSay } from '#platform/html/say.tsx'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { type Answer, answers } from '#journey/onward-silence/rules.ts'
import { leavingOut, type Part } from '#journey/packet/rules.ts'

type OwnNextProps = FormState &
  Readonly<{
    onward: Readonly<{ id: string; serviceName: string }>
    next: string
    parts: readonly Part[]
    id: string
    words: Readonly<{ onward: Wording }>
  }>

/** The next service that is proposed, for the participant: what it would be sent, and their own decision. */
export function OwnNext({ onward, next, parts, id, words, problems, typed }: OwnNextProps) {
  const say = useSay()
  return (
    <FormPage
      title="Another service could help you"
      lede={say('{service} has not answered us. You can choose another service in its place.', {
        service: onward.serviceName,
      })}
      back={{ href: '/my/services', label: 'Services for you' }}
      action={`/my/services/${onward.id}/next`}
      fields={{ id, words: carriedVersions(words) }}
      width="reading"
      {...{ problems, typed }}
    >
      <h2 className="nhsuk-heading-m">{next}</h2>
      <p>
        <Said text="This is what it would be sent. Nothing is sent unless you say yes." />
      </p>
      <SummaryList rows={parts.map(({ label, value }) => ({ label, value: <AsTyped>{value}</AsTyped> }))} />
      <p>
        <Said text="If you say yes, you agree to this:" />
      </p>
      <AgreedWords texts={[words.onward.text]} />
      <RadiosFrom name="answer" label="What would you like?" list={answers} />
      <LeavingOut {...leavingOut(parts)} own />
      <TextArea
        name="note"
        label="Is there something your coach should know?"
        hint="You can leave this empty."
        rows={2}
        maximum={500}
      />
      <Button>Send your answer</Button>
    </FormPage>
  )
}

const done: Readonly<Record<Answer | 'wanted' | 'shut' | 'over', Readonly<{ heading: string; next: string }>>> = {
  yes: {
    heading: 'We ask the next service',
    next: 'The first service is told to stop. Your coach tells you what the next one says.',
  },
  wanted: {
    heading: 'Your coach asks the next service',
    next: 'It takes no requests by email, so your coach asks it for you. The first service can still answer until then.',
  },
  shut: {
    heading: 'Nothing is sent for now',
    next: 'The service is not taking anybody at the moment. We keep your yes, and your coach gets in touch with you.',
  },
  wait: {
    heading: 'We wait with you',
    next: 'The first service can still answer. Your coach is told that you would rather wait, and asks after it.',
  },
  talk: {
    heading: 'Your coach knows that you want to talk',
    next: 'Nothing is sent. Your coach gets in touch with you.',
  },
  none: {
    heading: 'It is stopped',
    next: 'The service is told to stop. You can talk about other ways with your coach at any time.',
  },
  over: {
    heading: 'Nothing to answer now',
    next: 'It was answered or taken back. If you have a question, ask your coach.',
  },
}

/** What follows from what they decided. */
export const OwnDecided = ({ what }: { what: keyof typeof done }) => (
  <Page
    title={done[what].heading}
    heading={false}
    back={{ href: '/my/services', label: 'Services for you' }}
    width="reading"
  >
    <Panel heading={<Said text={done[what].heading} />} />
    <p>
      <Said text={done[what].next} />
    </p>
  </Page>
)
