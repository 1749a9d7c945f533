import type { FormState, Typed } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import type { Instrument } from '#registers/instruments/rules.ts'
import { type OwnInstrument, speaksOfDanger, wasAsked } from '#registers/own-questions/rules.ts'
import type { Reading } from '#registers/safety-arrangement/rules.ts'
import { noneAsked, NothingToDo } from './no-longer.tsx'
import { AsItIs, BeforeSending, NotAloneWithThis, OnlyInEnglish } from './questions.tsx'

const back = { href: '/my', label: 'Home' } as const

/** What somebody may answer about how they are, whenever they like; nothing where they are not with the service now. */
export const OwnQuestions = ({ offered }: Readonly<{ offered: readonly Instrument[] | undefined }>) => (
  <Page title="Questions about how you are" back={back}>
    {offered === undefined ? (
      <p>
        <Said text="You have no support from us at the moment, so we ask you nothing." />
      </p>
    ) : (
      <Offered offered={offered} />
    )}
  </Page>
)

const Offered = ({ offered }: Readonly<{ offered: readonly Instrument[] }>) => (
  <>
    <p>
      <Said text="You can answer these whenever you like, and leave out what you do not want to answer. Your coach looks at the answers with you." />
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>
        <a href="/my/questions/baseline">
          <Said text="How things are now" />
        </a>
      </li>
      {offered.map(({ code, label }) => (
        <li key={code}>
          <a href={`/my/questions/${code}`} lang="en">
            {label}
          </a>
        </li>
      ))}
    </ul>
  </>
)

type AnswerProps = FormState &
  Readonly<{
    set: string
    form: string
    asked: readonly OwnInstrument[]
    /** When somebody reads an answer that asks for them; nothing where no such question is asked. */
    read: Reading | undefined
  }>

/** Asks the questions; every one may be left open. What is agreed word for word stays in English, and the page says so. */
export const AnswerQuestions = ({ set, form, asked, read, problems, typed }: AnswerProps) => (
  <FormPage
    title="How things are now"
    lede="Every question may be left open."
    back={{ href: '/my/questions' }}
    action={`/my/questions/${set}`}
    fields={{ form, ...(read ? wasAsked : {}) }}
    problems={problems}
    typed={typed}
  >
    <OnlyInEnglish asked={asked} />
    {asked.map((one) => (
      <AsItIs key={one.whole.code} {...one} />
    ))}
    {read === undefined ? null : <BeforeSending read={read} atOnce />}
    <Button>Send my answers</Button>
  </FormPage>
)

/** What somebody sees at once whose answer speaks of being better off dead, or of hurting themselves. */
export const YouAreNotAlone = ({ read }: Readonly<{ read: Reading | undefined }>) => {
  return (
    <Page title="Thank you for telling us" back={back}>
      <NotAloneWithThis read={read} />
    </Page>
  )
}

type SentProps = Readonly<{
  /** Whether the area had switched the questions off when the answers were sent. */
  gone: boolean
}>

/** That the answers have arrived, also where they are no longer asked for. */
export const AnswersSent = ({ gone }: SentProps) => (
  <Page title="Your answers are sent" heading={false} back={back}>
    <Panel heading="Your answers are sent">
      <Said text="We look at them with you." />
    </Panel>
    {gone ? (
      <Inset>
        <p>
          <Said text="These questions are no longer asked. What you answered is kept." />
        </p>
      </Inset>
    ) : null}
  </Page>
)

/** Said to whoever sends answers once nothing is asked any more, because support ended meanwhile: whom to call all the same. */
export const NothingAsked = ({ typed }: Readonly<{ typed: Typed }>) =>
  speaksOfDanger(typed) ? <YouAreNotAlone read={undefined} /> : <OwnQuestions offered={undefined} />

/** Said to whoever opens questions, or sends them empty, that the area has switched off: what they may answer instead. */
export const QuestionsGone = () => (
  <Page title={noneAsked} back={back}>
    <NothingToDo />
    <p>
      <a href="/my/questions">
        <Said text="See which questions you can answer" />
      </a>
    </p>
  </Page>
)
