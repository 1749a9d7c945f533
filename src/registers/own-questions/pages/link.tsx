import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Panel } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { isBegun, type NoLonger, type Part, wasAsked } from '#registers/own-questions/rules.ts'
import type { Reading } from '#registers/safety-arrangement/rules.ts'
import { NoLongerAsked, noneAsked, NothingToDo } from './no-longer.tsx'
import { AsItIs, BeforeSending, NotAloneWithThis, OnlyInEnglish } from './questions.tsx'

type ByLink = Readonly<{
  /** The address of the link. */
  action: string
  /** The last day on which the link opens. */
  until: Temporal.PlainDate
  noLonger: NoLonger
}>

type PartProps = FormState &
  ByLink &
  Readonly<{
    /** Undefined where every part has been looked at and only the sending is left. */
    part: Part | undefined
    number: number
    of: number
    /** When somebody reads an answer that asks for them; nothing where no such question is asked here. */
    read: Reading | undefined
  }>

/**
 * One part of what somebody is asked by a link. What they saved is not shown again: whoever else holds the phone could open
 * the link as well.
 */
export const AnswerPart = ({ action, until, part, number, of, read, noLonger, problems, typed }: PartProps) => {
  const say = useSay()
  const caption = of > 1 ? say('Part {number} of {of}', { number: `${number}`, of: `${of}` }) : undefined
  return (
    <FormPage
      title="How things are now"
      {...(caption === undefined ? {} : { caption })}
      action={action}
      fields={{ ...(part ? { part: part.whole.code } : {}), ...(read ? wasAsked : {}) }}
      problems={problems}
      typed={typed}
    >
      <p>
        <Said
          text="You can leave out any question. You can stop, and go on by the same link until {day}."
          with={{ day: say.day(until) }}
        />
      </p>
      <NoLongerAsked noLonger={noLonger} toBeSent />
      {part ? (
        <ThePart part={part} />
      ) : (
        <p>
          <Said text="You have looked at all the questions. Send your answers when you are ready." />
        </p>
      )}
      {read === undefined ? null : <BeforeSending read={read} atOnce />}
      <WaysOn isLast={number === of} again={part !== undefined && isBegun(part)} />
    </FormPage>
  )
}

const WaysOn = ({ isLast, again }: Readonly<{ isLast: boolean; again: boolean }>) => (
  <>
    <ButtonGroup>
      <Button name="step" value={isLast ? 'send' : 'on'}>
        {isLast ? 'Send my answers' : 'Save and go on'}
      </Button>
      <Button name="step" value="later" secondary>
        Save and stop for now
      </Button>
    </ButtonGroup>
    {again ? (
      <p>
        <Button name="step" value="again" secondary small>
          Answer this part again from the start
        </Button>
      </p>
    ) : null}
  </>
)

const ThePart = ({ part }: Readonly<{ part: Part }>) => (
  <>
    <OnlyInEnglish asked={[part]} />
    {isBegun(part) ? (
      <Inset>
        <p>
          <Said text="Your answers so far are kept. They are not shown here, so that nobody else can read them." />
        </p>
      </Inset>
    ) : null}
    <AsItIs whole={part.whole} items={part.open} />
  </>
)

/** That what somebody answered so far is kept. */
export const SavedForNow = ({ action, until, noLonger }: ByLink) => {
  const say = useSay()
  return (
    <Page title="Your answers so far are saved" heading={false}>
      <Panel heading="Your answers so far are saved">
        <Said text="Open the same link to go on." />
      </Panel>
      <p>
        <Said
          text="You can do this until {day}. What you have not sent by then is deleted."
          with={{ day: say.day(until) }}
        />
      </p>
      <NoLongerAsked noLonger={noLonger} toBeSent />
      <LinkButton href={action}>Go on with the questions</LinkButton>
    </Page>
  )
}

/** What somebody sees once nothing of what they were asked by a link is asked any more: what they answered can still be sent. */
export const NothingLeft = ({ action, until, noLonger }: ByLink) => {
  const say = useSay()
  if (noLonger !== 'kept')
    return (
      <Page title={noneAsked}>
        <NothingToDo />
      </Page>
    )
  return (
    <FormPage title={noneAsked} action={action} problems={[]} typed={{}}>
      <p>
        <Said text="What you answered is kept. You can still send it, so that your coach looks at it with you." />
      </p>
      <p>
        <Said
          text="You can do this until {day}. What you have not sent by then is deleted."
          with={{ day: say.day(until) }}
        />
      </p>
      <Button name="step" value="send">
        Send my answers
      </Button>
    </FormPage>
  )
}

/** That the answers have arrived, each time the link is opened from then on. */
export const SentByLink = ({ noLonger }: Pick<ByLink, 'noLonger'>) => (
  <Page title="Your answers are sent" heading={false}>
    <Panel heading="Your answers are sent">
      <Said text="We look at them with you." />
    </Panel>
    <NoLongerAsked noLonger={noLonger} />
    <p>
      <CrisisWords />
    </p>
  </Page>
)

/** What somebody sees at once whose answer speaks of being better off dead, also before they have sent the others. */
export const NotAlone = ({ read, goOn }: Readonly<{ read: Reading | undefined; goOn: string | undefined }>) => (
  <Page title="Thank you for telling us">
    <NotAloneWithThis read={read} />
    {goOn === undefined ? null : (
      <LinkButton href={goOn} secondary>
        Go on with the questions
      </LinkButton>
    )}
  </Page>
)
