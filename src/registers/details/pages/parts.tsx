import type { ReactNode } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { calledName, type Part, parts, type Person, spokenNhsNumber } from '#registers/people/rules.ts'
import { answerInWords, answers, partAnswers } from '#registers/details/rules.ts'

export type PartProps = FormState &
  Readonly<{
    person: Person
    /** What can be chosen; no Jobcentres where the area has no register of them. */
    places: Readonly<{ councils: CodeList; jobcentres: CodeList }>
    /** Practices that begin as somebody typed, to choose from. */
    practices?: CodeList | undefined
  }>

type PartPageProps = PartProps & Readonly<{ part: Part; hint?: string; children: ReactNode }>

/** One part of a record, changed as a whole. */
export function PartPage({ part, person, places, problems, typed, hint, children }: PartPageProps) {
  return (
    <Page
      title={parts[part].label}
      caption={calledName(person)}
      lede={hint}
      back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
      problems={problems}
      width="reading"
    >
      <Form
        action={`/people/${person.id}/details/${part}`}
        edits={{ version: person[`${part}_version`], now: <SavedPart {...{ part, person, places }} /> }}
        problems={problems}
        typed={typed}
      >
        {children}
        <Button>Save</Button>
      </Form>
    </Page>
  )
}

function SavedPart({ part, person, places }: Pick<PartPageProps, 'part' | 'person' | 'places'>) {
  const called = new Map(Object.entries(places.councils).map(([code, { label }]) => [code, label]))
  const rows = partAnswers[part].map((name) => ({
    label: answers[name].label,
    value: answerInWords(name, person, called),
  }))
  return <SummaryList rows={rows} compact />
}

/** Names, pronouns, date of birth and NHS number. */
export const NamesPage = (props: PartProps) => (
  <PartPage {...props} part="names">
    <NamesOnLetters {...props.person} />
    <TextField
      name="preferredName"
      label="What they like to be called"
      hint="Leave this empty if it is their first name."
      value={props.person.preferred_name ?? undefined}
      width={20}
      spellCheck={false}
    />
    <TextField
      name="pronouns"
      label="Pronouns"
      hint="For example, she/her or they/them. Leave this empty if they have not said."
      value={props.person.pronouns ?? undefined}
      width={10}
    />
    <DateField
      name="bornOn"
      label="Date of birth"
      hint="For example, 27 3 1984"
      value={props.person.born_on.toString()}
    />
    <TextField
      name="nhsNumber"
      label="NHS number"
      hint="10 digits, like 900 000 0009. Leave this empty if it is not known: nobody needs one to be helped."
      value={props.person.nhs_number === null ? undefined : spokenNhsNumber(props.person.nhs_number)}
      width={20}
      inputMode="numeric"
    />
  </PartPage>
)

const NamesOnLetters = ({ given_name: given, family_name: family }: Pick<Person, 'given_name' | 'family_name'>) => (
  <>
    <TextField
      name="givenName"
      label="First name"
      hint="As it stands on letters from the NHS or a bank."
      value={given}
      width={20}
      spellCheck={false}
    />
    <TextField name="familyName" label="Last name" value={family} width={20} spellCheck={false} />
  </>
)

/** Where somebody lives and where they belong. */
export const HomePage = (props: PartProps) => (
  <PartPage {...props} part="home">
    <TextArea name="address" label="Address" rows={4} value={props.person.address ?? undefined} autoComplete="off" />
    <TextField name="postcode" label="Postcode" value={props.person.postcode ?? undefined} width={10} />
    <Tick name="noFixedAddress" label="They have no fixed address" value={props.person.no_fixed_address} />
    <SelectFrom
      name="council"
      label="Council"
      hint="Leave this open to take it from the postcode."
      list={props.places.councils}
      value={props.person.council ?? undefined}
      empty="Not chosen"
    />
    <Practice {...props} />
    {Object.keys(props.places.jobcentres).length > 0 ? (
      <SelectFrom
        name="jobcentre"
        label="Jobcentre"
        list={props.places.jobcentres}
        value={props.person.jobcentre ?? undefined}
        empty="Not chosen"
      />
    ) : (
      <TextField name="jobcentre" label="Jobcentre" value={props.person.jobcentre ?? undefined} width={30} />
    )}
  </PartPage>
)

const Practice = ({ person, practices }: PartProps) => (
  <>
    <TextField
      name="gpPractice"
      label="GP practice"
      hint="How its name or its postcode begins: it is looked up when you save."
      value={person.gp_practice ?? undefined}
    />
    {practices ? (
      <RadiosFrom name="gpPracticeCode" label="Which practice is it?" list={practices} />
    ) : (
      <TextField
        name="gpPracticeCode"
        label="GP practice code"
        hint="If you know it, for example A81001. Leave it empty to look the practice up by its name."
        value={person.gp_practice_code ?? undefined}
        width={10}
        spellCheck={false}
      />
    )}
  </>
)

/** The language somebody likes to speak and the interpreter they need, which are two things. */
export const LanguagePage = (props: PartProps) => (
  <PartPage {...props} part="language">
    <TextField
      name="language"
      label="Language they like to speak"
      hint="Leave this empty for English. Some people have two, for example Punjabi and English."
      value={props.person.language ?? undefined}
      width={30}
    />
    <TextField
      name="interpreter"
      label="Interpreter"
      hint="For which language, and anything that matters, for example a woman. Leave this empty if none is needed."
      value={props.person.interpreter ?? undefined}
      width={30}
    />
  </PartPage>
)

/** What must be known to reach somebody without putting them at risk. */
export const SafetyPage = (props: PartProps) => (
  <PartPage
    {...props}
    part="safety"
    hint="Everybody who opens the record sees this. What only few may know belongs into a restriction."
  >
    <TextArea
      name="safeNote"
      label="What we must know to reach them safely"
      hint="For example: do not say who is calling if somebody else answers."
      value={props.person.safe_note ?? undefined}
      rows={3}
      maximum={1000}
    />
    <TextField
      name="bestTime"
      label="Best time to reach them"
      hint="For example, mornings before 10."
      value={props.person.best_time ?? undefined}
      width={30}
    />
  </PartPage>
)
