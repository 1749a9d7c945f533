import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import { type Asking, asksFacts, type Fact, facts, factsFor } from '#registers/fact/rules.ts'
import { afterNo, naming, toWhom, yesOrNo } from '#registers/own-agreements/rules.ts'
import { type Allowance, allowances, isTellable, type Switch, switches } from '#registers/permissions/rules.ts'
import { carriedVersions } from '#registers/wording/rules.ts'
import { type Answer, HowMuch, notTold, type Row, told } from './agreements.tsx'

type ChangeProps = FormState &
  Omit<Row, 'code'> &
  Readonly<{ code: Exclude<Switch, 'take-part'>; form: string; stop: string }>

/** Changing one answer, with what follows from it. */
export const ChangeAnswer = ({ code, wording, answer, named, form, stop, problems, typed }: ChangeProps) => {
  const say = useSay()
  const given = answer && (answer.given ? 'yes' : 'no')
  const words = carriedVersions({ [code]: wording })
  const howMuch = (
    <RadiosFrom name="allows" label="How much may be told?" list={allowances} value={allowanceOf(answer)} />
  )
  return (
    <Page title={switches[code].label} back={{ href: '/my/agreements', label: 'What I agreed to' }} problems={problems}>
      <Inset>
        <p className="ww-words">
          <AreaWords text={wording.text} />
        </p>
      </Inset>
      <p>
        <strong>{say('If you say no:')}</strong> {say(afterNo[code])}
      </p>
      <Form action={`/my/agreements/${code}`} problems={problems} typed={typed} fields={{ form, words }}>
        {asksFacts(code) ? (
          <ToWhom code={code} answer={answer} given={told(named).length > 0 && given !== 'yes' ? 'one' : given} />
        ) : (
          <RadiosFrom
            name="given"
            label="Do you agree?"
            list={yesOrNo}
            value={given}
            reveal={isTellable(code) ? { yes: howMuch } : {}}
          />
        )}
        <Button>Save</Button>
      </Form>
      <ByName {...{ code, answer, named, stop, words }} />
    </Page>
  )
}

type ToWhomProps = Readonly<{ code: Asking; answer: Answer | undefined; given: keyof typeof toWhom | undefined }>

/** Everybody of a kind, or one by name; how much they may be told; and which facts they may see. */
const ToWhom = ({ code, answer, given }: ToWhomProps) => {
  const { label, limits } = naming[code]
  const name = <TextField name="name" label={label} hint="As you know it. You can name another one later." width={20} />
  const which = (
    <CheckboxesFrom
      name="facts"
      label="What may they see besides your name?"
      hint={limits}
      list={facts}
      only={factsFor[code]}
      value={factsOf(answer)}
    />
  )
  return (
    <>
      <RadiosFrom name="given" label="Do you agree?" list={toWhom} value={given} reveal={{ one: name }} />
      <RadiosFrom
        name="allows"
        label="How much may be told?"
        hint="Leave this open if you say no."
        list={allowances}
        value={allowanceOf(answer)}
        reveal={{ summary: which }}
      />
    </>
  )
}

type ByNameProps = Pick<ChangeProps, 'code' | 'answer' | 'named' | 'stop'> & Readonly<{ words: string }>

/** What was said of some by name: what is taken back of one holds for nobody else. */
const ByName = ({ code, answer, named, stop, words }: ByNameProps) => (
  <>
    {told(named).map((one) => (
      <Card key={one.id} heading={one.recipient}>
        <p>
          <Said text="You said that they may be told." />
        </p>
        <HowMuch {...one} code={code} />
        <ButtonForm action={`/my/agreements/${code}/stop`} fields={{ form: stop, answer: one.id }} secondary>
          Stop telling them
        </ButtonForm>
      </Card>
    ))}
    {answer?.given
      ? notTold(named).map((one) => (
          <Card key={one.id} heading={one.recipient}>
            <p>
              <Said text="You said no to them. They are told nothing, though others are." />
            </p>
            <ButtonForm
              action={`/my/agreements/${code}/again`}
              fields={{ form: stop, answer: one.id, words }}
              secondary
            >
              They may be told again
            </ButtonForm>
          </Card>
        ))
      : null}
  </>
)

// Checked: the keys of the code list are its codes.
const factsOf = (answer: Answer | undefined) =>
  (Object.keys(facts) as Fact[]).filter((code) => answer?.given && answer.facts?.includes(code))

function allowanceOf(answer: Answer | undefined): Allowance | undefined {
  // Checked: the keys of the code list are its codes.
  const codes = Object.keys(allowances) as Allowance[]
  return answer?.given ? codes.find((code) => code === answer.allows) : undefined
}
