import type { FormState } from '#platform/form/rules.ts'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { LeavingOut } from '#platform/html/leaving-out.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { AsTyped, Said } from '#platform/html/say.tsx'
import { type ProveProps, ProveWhose } from '#platform/html/whose.tsx'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { leavingOut, type Part } from '#journey/packet/rules.ts'

/** Where somebody reads what would be sent of them: behind a link, or on their own pages. */
export type At = Readonly<{ action: string; fields: Readonly<Record<string, string>>; own: boolean }>

const backOf = ({ own }: At) => (own ? { back: { href: '/my/services', label: 'Services for you' } } : {})

/** What is behind the link opens to whoever knows when its person was born. */
export const Prove = (props: ProveProps) => <ProveWhose {...props} />

/** The parts of what is or would be sent, with their values as they were written. */
export const Packet = ({ parts }: { parts: readonly Part[] }) => (
  <SummaryList rows={parts.map(({ label, value }) => ({ label, value: <AsTyped>{value}</AsTyped> }))} />
)

type AnswerProps = FormState &
  Readonly<{
    at: At
    id: string
    version: number
    serviceName: string
    parts: readonly Part[]
    words: Readonly<{ onward: Wording }>
    changedMeanwhile: boolean
  }>

/** Exactly what would be sent, and the person's own yes or no to it. */
export const AnswerOnward = (props: AnswerProps) => {
  const { at, id, version, serviceName, parts, words, changedMeanwhile, problems, typed } = props
  return (
    <FormPage
      title="May we send this?"
      caption={serviceName}
      lede="Your coach would like to put you in touch with this service. Please read what it would be sent. Nothing is sent unless you say yes, and you can take it back at any time."
      {...backOf(at)}
      action={at.action}
      fields={{ ...at.fields, id, read: `${version}`, words: carriedVersions(words) }}
      width="reading"
      {...{ problems, typed }}
    >
      {changedMeanwhile ? <ChangedMeanwhile /> : null}
      <Packet parts={parts} />
      <Agreeing {...words.onward} />
      <LeavingOut {...leavingOut(parts)} own />
      <TextArea
        name="note"
        label="Is there something your coach should know?"
        hint="You can leave this empty."
        rows={2}
        maximum={500}
      />
      <p>
        <Said text="If you say no, nothing changes for you. Your support goes on, and it does not affect your benefits." />
      </p>
      <ButtonGroup>
        <Button name="answer" value="yes">
          Yes, send it
        </Button>
        <Button name="answer" value="no" secondary>
          No, do not send it
        </Button>
      </ButtonGroup>
    </FormPage>
  )
}

const Agreeing = ({ text }: Wording) => (
  <>
    <p>
      <Said text="If you say yes, you agree to this:" />
    </p>
    <AgreedWords texts={[text]} />
  </>
)

const ChangedMeanwhile = () => (
  <Inset>
    <p>
      <Said text="Your coach changed this while you were reading. Please read it again." />
    </p>
  </Inset>
)

const done = {
  yes: { heading: 'We send it', next: 'The service reads it and answers. Your coach tells you what it says.' },
  shut: {
    heading: 'Nothing is sent for now',
    next: 'The service is not taking anybody at the moment. We keep your yes, and your coach gets in touch with you.',
  },
  no: { heading: 'Nothing is sent', next: 'Your coach can see your answer. You can talk about other ways together.' },
  over: {
    heading: 'Nothing to answer now',
    next: 'It was answered or taken back. If you have a question, ask your coach.',
  },
} as const

/** That an answer has arrived, or that there is none to give any more. */
export const OnwardAnswered = ({ at, what }: Readonly<{ at: At; what: keyof typeof done }>) => (
  <Page title={done[what].heading} heading={false} {...backOf(at)} width="reading">
    <Panel heading={<Said text={done[what].heading} />} />
    <p>
      <Said text={done[what].next} />
    </p>
  </Page>
)
