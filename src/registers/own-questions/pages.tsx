import type { ReactNode } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Panel, WarningCallout } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import type { Instrument } from '#registers/instruments/rules.ts'
import { fieldOf } from '#registers/questionnaires/rules.ts'
import { isOurs, type OwnInstrument } from './rules.ts'

const back = { href: '/my', label: 'Home' } as const

/** What somebody may answer about how they are, whenever they like. */
export const OwnQuestions = ({ offered }: Readonly<{ offered: readonly Instrument[] }>) => (
  <Page title="Questions about how you are" back={back}>
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
  </Page>
)

type AnswerProps = FormState &
  Readonly<{
    set: string
    form: string
    asked: readonly OwnInstrument[]
    /** When somebody reads an answer that asks for them; nothing where no such question is asked. */
    read: string | undefined
  }>

/** Asks the questions; every one may be left open. What is agreed word for word stays in English, and the page says so. */
export const AnswerQuestions = ({ set, form, asked, read, problems, typed }: AnswerProps) => (
  <FormPage
    title="How things are now"
    lede="Every question may be left open."
    back={{ href: '/my/questions' }}
    action={`/my/questions/${set}`}
    fields={{ form }}
    problems={problems}
    typed={typed}
  >
    {asked.every(({ whole }) => isOurs(whole.code)) ? null : <OnlyInEnglish />}
    {asked.map((one) =>
      isOurs(one.whole.code) ? (
        <Questions key={one.whole.code} {...one} />
      ) : (
        <InEnglish key={one.whole.code}>
          <Questions {...one} />
        </InEnglish>
      ),
    )}
    {read === undefined ? null : <BeforeSending read={read} />}
    <Button>Send my answers</Button>
  </FormPage>
)

/** Why some questions are not in the language of the page, and who helps. */
const OnlyInEnglish = () =>
  useSay().language === 'en' ? null : (
    <Inset>
      <p>
        <Said text="Some of these questions are only in English. Their words are fixed, so that answers can be compared, and we may not change them." />
      </p>
      <p>
        <Said text="Ask your coach to go through them with you. You can have an interpreter for this." />
      </p>
    </Inset>
  )

// An answer such as "Yes" would otherwise be said in the page's language under a question that is not.
const InEnglish = ({ children }: Readonly<{ children: ReactNode }>) => (
  <ShellContext.Provider value={{ ...useShell(), language: 'en' }}>
    <div lang="en" dir="ltr">
      {children}
    </div>
  </ShellContext.Provider>
)

const Questions = ({ whole: { code, label, lede, source }, items }: OwnInstrument) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text={label} />
    </h2>
    <p>
      <Said text={lede} />
    </p>
    {Object.entries(items).map(([item, { text: question, answers }]) =>
      Object.keys(answers).length > 7 ? (
        <SelectFrom key={item} name={fieldOf(code, item)} label={question} list={answers} empty="Left open" />
      ) : (
        <RadiosFrom key={item} name={fieldOf(code, item)} label={question} list={answers} />
      ),
    )}
    <p className="nhsuk-hint">
      <Said text={source} />.
    </p>
  </>
)

/** Said before anything is sent: nobody sits and waits for these answers, and whom to call until they are read. */
const BeforeSending = ({ read }: Readonly<{ read: string }>) => {
  return (
    <WarningCallout heading="Before you send your answers">
      <p>
        <Said text="Nobody reads them at this moment. Somebody reads them:" /> <strong>{read}</strong>.
      </p>
      <p>
        <Said text="If you think of hurting yourself, do not wait for us." />
      </p>
      <p>
        <strong>
          <CrisisWords />
        </strong>
      </p>
    </WarningCallout>
  )
}

/** What somebody sees at once whose answer speaks of being better off dead, or of hurting themselves. */
export const YouAreNotAlone = ({ read }: Readonly<{ read: string }>) => {
  return (
    <Page title="Thank you for telling us" back={back}>
      <WarningCallout heading="You do not have to be alone with this">
        <p>
          <strong>
            <CrisisWords />
          </strong>
        </p>
      </WarningCallout>
      <p>
        <Said text="Somebody from the team reads your answers and gets in touch with you:" /> <strong>{read}</strong>.
      </p>
    </Page>
  )
}

/** That the answers have arrived. */
export const AnswersSent = () => (
  <Page title="Your answers are sent" heading={false} back={back}>
    <Panel heading="Your answers are sent">
      <Said text="Your coach looks at them with you." />
    </Panel>
  </Page>
)
