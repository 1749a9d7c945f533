import type { FormState } from '#platform/form/rules.ts'
import { longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { AreaWords } from '#platform/html/say.tsx'
import { type Asking, asksFacts, facts, factsFor } from '#registers/fact/rules.ts'
import {
  allowances,
  isTellable,
  type Switch,
  switchCodes,
  switches,
  type Tellable,
  waysOfAgreeing,
} from '#registers/permissions/rules.ts'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'

type Person = Readonly<{ id: string; name: string }>

export const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

type AskingProps = FormState &
  Readonly<{ person: Person; form: string; wordings: Readonly<Record<Switch | 'notice', Wording>> }>

/** Asks all seven, in the words the person is to hear; what is left open is not recorded. */
export const AskForAgreement = ({ person, form, wordings, problems, typed }: AskingProps) => (
  <FormPage
    title="What do you agree to?"
    caption={person.name}
    lede="Read each one out, or let the person read it. They may say no to any of them, and change their mind at any time."
    back={{ href: `/people/${person.id}/agreements` }}
    action={`/people/${person.id}/agreements`}
    fields={{ form, words: carriedVersions(wordings) }}
    width="reading"
    problems={[...problems]}
    typed={typed}
  >
    <Notice {...wordings.notice} />
    <Inset>
      <p>Saying no to taking part has no effect on benefits, on a job or on any other care.</p>
    </Inset>
    {switchCodes.map((code) => (
      <OneSwitch key={code} code={code} wording={wordings[code]} named={Boolean(typed[`${code}-name`])} />
    ))}
    <RadiosFrom name="how" label="How did the person answer?" list={waysOfAgreeing} />
    <Button>Save these answers</Button>
  </FormPage>
)

const Notice = ({ version, from_on: from, text }: Wording) => (
  <Details summary={`Privacy notice, version ${version} of ${longDay(from)}`}>
    <Paragraphs text={text} />
  </Details>
)

function OneSwitch({ code, wording, named }: { code: Switch; wording: Wording; named: boolean }) {
  const told = isTellable(code)
  const which = asksFacts(code) ? <WhichFacts code={code} /> : undefined
  const howMuch = (
    <RadiosFrom
      name={`${code}-allows`}
      label="How much may be told?"
      list={allowances}
      reveal={which ? { summary: which } : {}}
    />
  )
  return (
    <>
      <RadiosFrom
        name={code}
        label={switches[code].label}
        hint={`“${wording.text}” (wording version ${wording.version})`}
        list={yesOrNo}
        reveal={told ? { yes: howMuch } : {}}
      />
      {told ? (
        <Details summary={only[code].summary} open={named}>
          <TextField
            name={`${code}-name`}
            label={only[code].label}
            hint="The answer above then counts for this one alone."
            width={20}
          />
        </Details>
      ) : null}
    </>
  )
}

const WhichFacts = ({ code }: { code: Asking }) => (
  <CheckboxesFrom
    name={`${code}-facts`}
    label="What may they see besides the name?"
    hint="Tick what the person said. Leave all of it open where they left it to you: you then agree with them each time what goes."
    list={facts}
    only={factsFor[code]}
  />
)

const only: Readonly<Record<Tellable, Readonly<{ summary: string; label: string }>>> = {
  gp: { summary: 'Only for one practice', label: 'Name of the practice' },
  employer: { summary: 'Only for one employer', label: 'Name of the employer' },
  jobcentre: { summary: 'Only for one office', label: 'Name of the office' },
  onward: { summary: 'Only for one service', label: 'Name of the service' },
}

/** A text in the paragraphs it was written in. */
export function Paragraphs({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph) => (
    <p key={paragraph}>
      <AreaWords text={paragraph} />
    </p>
  ))
}
