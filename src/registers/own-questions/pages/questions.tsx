import type { ReactNode } from 'react'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import { isOurs, type OwnInstrument } from '#registers/own-questions/rules.ts'
import { fieldOf } from '#registers/questionnaires/rules.ts'
import { type Reading, readInWords } from '#registers/safety-arrangement/rules.ts'

/** Why some questions are not in the language of the page, and who helps. */
export const OnlyInEnglish = ({ asked }: Readonly<{ asked: readonly OwnInstrument[] }>) =>
  useSay().language === 'en' || asked.every(({ whole }) => isOurs(whole.code)) ? null : (
    <Inset>
      <p>
        <Said text="Some of these questions are only in English. Their words are fixed, so that answers can be compared, and we may not change them." />
      </p>
      <p>
        <Said text="Ask your coach to go through them with you. You can have an interpreter for this." />
      </p>
    </Inset>
  )

type Shown = Pick<OwnInstrument, 'whole' | 'items'>

/** The questions of an instrument: ours in the language of the page, agreed ones as they were agreed. */
export const AsItIs = (one: Shown) =>
  isOurs(one.whole.code) ? (
    <Questions {...one} />
  ) : (
    <InEnglish>
      <Questions {...one} />
    </InEnglish>
  )

// An answer such as "Yes" would otherwise be said in the page's language under a question that is not.
const InEnglish = ({ children }: Readonly<{ children: ReactNode }>) => (
  <ShellContext.Provider value={{ ...useShell(), language: 'en' }}>
    <div lang="en" dir="ltr">
      {children}
    </div>
  </ShellContext.Provider>
)

const Questions = ({ whole: { code, label, lede, source }, items }: Shown) => (
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

/** When somebody reads it, in the reader's language. */
const WhenRead = ({ read }: Readonly<{ read: Reading }>) => <strong>{readInWords(useSay(), read)}</strong>

/** Said at once to somebody whose answer speaks of being better off dead, or of hurting themselves: whom to call, and when we do. */
export const NotAloneWithThis = ({ read }: Readonly<{ read: Reading | undefined }>) => (
  <>
    <WarningCallout heading="You do not have to be alone with this">
      <p>
        <strong>
          <CrisisWords />
        </strong>
      </p>
    </WarningCallout>
    <p>
      {read ? (
        <>
          <Said text="Somebody from the team reads your answers and gets in touch with you:" /> <WhenRead read={read} />
          .
        </>
      ) : (
        <Said text="You have no support from us at the moment, so we ask you nothing." />
      )}
    </p>
  </>
)

/** Said before anything is sent: nobody sits and waits for these answers, and whom to call until they are read. */
export const BeforeSending = ({ read, atOnce = false }: Readonly<{ read: Reading; atOnce?: boolean }>) => {
  return (
    <WarningCallout heading="Before you send your answers">
      <p>
        <Said text="Nobody reads them at this moment. Somebody reads them:" /> <WhenRead read={read} />.
      </p>
      {atOnce ? (
        <p>
          <Said text="If an answer speaks of hurting yourself, somebody is told as soon as you save it." />
        </p>
      ) : null}
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
