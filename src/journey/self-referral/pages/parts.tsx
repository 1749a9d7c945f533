import type { ReactNode } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { UnseenField } from '#platform/html/unseen.tsx'
import { accessNeeds } from '#registers/people/rules.ts'
import { safeWays } from '#journey/newcomer/rules.ts'
import { fitNoteAnswers, waysOfHearing, workStatuses } from '#journey/referral/rules.ts'
import { needsOffered, ownBarriers, pageBefore, type Part, parts, partsInOrder } from '#journey/self-referral/rules.ts'

type PartProps = FormState &
  Readonly<{
    area: string
    part: Part
    /** Whether the area speaks about work and health with whoever asks for a fit note. */
    trailblazer: boolean
    /** Whether one answer is being changed from the page where all are checked. */
    changing: boolean
    /** Why somebody is here again who had sent everything off. */
    notice?: string
  }>

/** One of the short pages on which somebody asks for help for themselves. */
export function AskForHelp({ area, part, trailblazer, changing, notice, problems, typed }: PartProps) {
  const address = `/in/${area}/refer-yourself`
  const before = pageBefore(part)
  const say = useSay()
  return (
    <Page
      title={parts[part].label}
      caption={say('Part {part} of 5', { part: partsInOrder.indexOf(part) + 1 })}
      back={{ href: changing ? `${address}/check` : before ? `${address}/${before}` : `/in/${area}` }}
      problems={problems}
    >
      {notice ? <Inset>{say(notice)}</Inset> : null}
      <Form
        action={`${address}/${part}${changing ? '?change=yes' : ''}`}
        draft={`refer-yourself:${part}`}
        problems={problems}
        typed={typed}
      >
        {questions[part]}
        {part === 'work' && trailblazer ? <AskedForNote /> : null}
        <UnseenField />
        <Button>Continue</Button>
      </Form>
      <FreshStart area={area} />
    </Page>
  )
}

/** Takes away what was typed, for somebody who shares a phone or sits at a library computer. */
export const FreshStart = ({ area }: { area: string }) => (
  <>
    <p>
      <Said text="What you type is kept for a day, so that you can come back to it on this device." />
    </p>
    <ButtonForm action={`/in/${area}/refer-yourself/fresh-start`} asLink>
      Delete what I have typed
    </ButtonForm>
  </>
)

const Name = () => (
  <>
    <p>
      <Said text="This is by choice and it does not affect your benefits. You do not need a diagnosis or a letter from anybody." />
    </p>
    <TextField name="givenName" label="First name" width={20} autoComplete="given-name" spellCheck={false} />
    <TextField name="familyName" label="Last name" width={20} autoComplete="family-name" spellCheck={false} />
    <TextField
      name="phone"
      label="Phone number"
      hint="A phone number, an email address or a postal address is enough."
      type="tel"
      width={20}
      autoComplete="tel"
    />
    <TextField name="email" label="Email address" type="email" autoComplete="email" spellCheck={false} />
    <CheckboxesFrom
      name="safe"
      label="What is it safe for us to do?"
      hint="Think of who else may see or hear it. We do nothing that you leave out."
      list={safeWays}
      reveal={{ post: <TextArea name="address" label="Your address" rows={3} autoComplete="street-address" /> }}
    />
    <Folded summary="Anything else about reaching you" fields={['preferredName', 'bestTime', 'safeNote']}>
      <TextField name="preferredName" label="What you like to be called" width={20} autoComplete="nickname" />
      <TextField name="bestTime" label="Best time to reach you" hint="For example, mornings before 10" />
      <TextArea name="safeNote" label="What should we know to reach you safely?" rows={2} />
    </Folded>
  </>
)

const Home = () => (
  <>
    <DateField birthday name="bornOn" label="Date of birth" hint="For example, 27 3 1984" />
    <p>
      <Said text="Your postcode or your GP practice tells us which team is near you. One of them is enough." />
    </p>
    <TextField name="postcode" label="Postcode" width={10} autoComplete="postal-code" />
    <Tick name="noFixedAddress" label="I have no fixed address" />
    <TextField name="gpPractice" label="Name of your GP practice" />
    <TextField
      name="nhsNumber"
      label="NHS number, if you know it (optional)"
      hint="10 digits, for example on a letter from a hospital. You do not need one."
      width={20}
      inputMode="numeric"
    />
  </>
)

const Work = () => (
  <>
    <RadiosFrom name="workStatus" label="What is your work situation?" list={workStatuses} />
    <RadiosFrom
      name="fitNote"
      label="Do you have a fit note (sick note) now?"
      list={fitNoteAnswers}
      reveal={{
        yes: <DateField name="fitNoteEndsOn" label="Until when?" hint="Leave this empty if you do not know." />,
      }}
    />
  </>
)

/** Gently, and by choice: that they ask us in place of a fit note, or after asking for one. */
const AskedForNote = () => (
  <Tick
    name="askedFitNote"
    label="I have asked for a fit note (sick note), or was going to (optional)"
    hint="You can still have one. A coach talks with you about work and health soon. We do not give fit notes, and you can say no to the talk."
  />
)

const Help = () => (
  <>
    <p>
      <Said text="You can leave any of this empty and tell us when we speak." />
    </p>
    <TextArea
      name="reason"
      label="What would help you to stay in or get back to work?"
      hint="In your own words. You do not need to name a condition."
      maximum={4000}
    />
    <RadiosFrom
      name="mainBarrier"
      label="What makes work hardest at the moment? (optional)"
      hint="Choose the one that comes closest. You do not need to name a condition."
      list={ownBarriers}
    />
    <CheckboxesFrom
      name="accessNeeds"
      label="Is there anything we should do so that you can take part?"
      list={accessNeeds}
      only={needsOffered}
    />
    <TextField name="accessNote" label="Tell us more about what you need" />
    <TextField name="language" label="Language you like to speak, if not English" width={20} />
    <TextField name="interpreter" label="If you need an interpreter, for which language?" width={20} />
    <SelectFrom name="howHeard" label="How did you hear of us?" list={waysOfHearing} empty="Prefer not to say" />
  </>
)

const questions: Readonly<Record<Part, ReactNode>> = { name: <Name />, home: <Home />, work: <Work />, help: <Help /> }
