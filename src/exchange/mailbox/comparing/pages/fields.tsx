import type { Problem } from '#platform/form/rules.ts'
import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Folded } from '#platform/html/form.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { accessNeeds } from '#registers/people/rules.ts'
import { feedbackWishes } from '#journey/acknowledgement/rules.ts'
import { safeWays } from '#journey/newcomer/rules.ts'
import { agreementsOfOthers, fitNoteAnswers, mainBarriers, workStatuses } from '#journey/referral/rules.ts'

type FieldsProps = Readonly<{
  doubts: readonly Problem[]
  practices: CodeList
  practicesOfPerson: CodeList | undefined
}>

type Look = (name: string) => string | undefined

/** Everything a referral can say, filled in as far as the form was read; what was not read is said at its field. */
export const ReferralFields = ({ doubts, practices, practicesOfPerson }: FieldsProps) => {
  const look: Look = (name) => doubts.find(({ field }) => field === name)?.message
  return (
    <>
      <FromWhom practices={practices} look={look} />
      <RadiosFrom name="agreement" label="Does the person agree?" hint={look('agreement')} list={agreementsOfOthers} />
      <Person look={look} practicesOfPerson={practicesOfPerson} />
      <Request look={look} />
      <More look={look} />
    </>
  )
}

const FromWhom = ({ practices, look }: Readonly<{ practices: CodeList; look: Look }>) => (
  <>
    <SelectFrom
      name="practice"
      label="Which practice sent it?"
      hint={look('practice') ?? 'Confirm it: our letters go to the address that the register has of it.'}
      list={practices}
    />
    <TextField
      name="referrerOrganisation"
      label="As the form names the practice"
      hint={look('referrerOrganisation')}
      autoComplete="off"
    />
    <TextField name="referrerName" label="Who referred them" hint={look('referrerName')} autoComplete="off" />
    <TextField
      name="theirReference"
      label="The practice’s own reference"
      hint={look('theirReference')}
      width={20}
      autoComplete="off"
    />
    <SelectFrom
      name="feedback"
      label="What would they like to be told?"
      hint={look('feedback')}
      list={feedbackWishes}
    />
  </>
)

type PersonProps = Readonly<{ look: Look; practicesOfPerson: CodeList | undefined }>

const Person = ({ look, practicesOfPerson }: PersonProps) => (
  <>
    <h3 className="nhsuk-heading-s">The person</h3>
    <TextField name="givenName" label="First name" hint={look('givenName')} autoComplete="off" spellCheck={false} />
    <TextField name="familyName" label="Last name" hint={look('familyName')} autoComplete="off" spellCheck={false} />
    <DateField name="bornOn" label="Date of birth" hint={look('bornOn-day')} />
    <TextField
      name="nhsNumber"
      label="NHS number"
      hint={look('nhsNumber')}
      width={20}
      inputMode="numeric"
      autoComplete="off"
    />
    <TextField name="phone" label="Phone number" hint={look('phone')} type="tel" width={20} autoComplete="off" />
    <TextField
      name="email"
      label="Email address"
      hint={look('email')}
      type="email"
      autoComplete="off"
      spellCheck={false}
    />
    <TextArea name="address" label="Postal address" hint={look('address')} rows={3} autoComplete="off" />
    <CheckboxesFrom
      name="safe"
      label="What is it safe for us to do?"
      hint={look('safe') ?? 'Where nothing is ticked, we only call, and leave no message.'}
      list={safeWays}
    />
    <TextField name="postcode" label="Postcode" hint={look('postcode')} width={10} autoComplete="off" />
    <Tick name="noFixedAddress" label="They have no fixed address" />
    <TextField name="gpPractice" label="Their GP practice" autoComplete="off" />
    {practicesOfPerson ? (
      <RadiosFrom name="gpPracticeCode" label="Which practice is it?" list={practicesOfPerson} />
    ) : null}
  </>
)

const Request = ({ look }: Readonly<{ look: Look }>) => (
  <>
    <h3 className="nhsuk-heading-s">What would help</h3>
    <TextArea name="reason" label="Why they are referred" hint={look('reason')} rows={5} maximum={4000} />
    <SelectFrom name="workStatus" label="Work now" hint={look('workStatus')} list={workStatuses} />
    <SelectFrom
      name="mainBarrier"
      label="Where the main difficulty lies"
      hint={look('mainBarrier')}
      list={mainBarriers}
    />
    <SelectFrom name="fitNote" label="Do they have a fit note now?" hint={look('fitNote')} list={fitNoteAnswers} />
    <DateField name="fitNoteEndsOn" label="Until when does it last?" hint={look('fitNoteEndsOn-day')} />
  </>
)

const folded = ['preferredName', 'safeNote', 'language', 'interpreter', 'accessNeeds', 'accessNote'] as const

const More = ({ look }: Readonly<{ look: Look }>) => (
  <Folded summary="More about the person" fields={folded}>
    <TextField
      name="preferredName"
      label="What they like to be called"
      hint={look('preferredName')}
      width={20}
      autoComplete="off"
    />
    <TextArea
      name="safeNote"
      label="Anything else we should know to reach them safely"
      hint={look('safeNote')}
      rows={2}
    />
    <TextField
      name="language"
      label="Language they like to speak, if not English"
      hint={look('language')}
      autoComplete="off"
    />
    <TextField
      name="interpreter"
      label="Interpreter needed, and for which language"
      hint={look('interpreter')}
      autoComplete="off"
    />
    <CheckboxesFrom name="accessNeeds" label="What they need so that they can take part" list={accessNeeds} />
    <TextField name="accessNote" label="More about what they need" hint={look('accessNote')} autoComplete="off" />
  </Folded>
)
