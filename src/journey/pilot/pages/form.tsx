import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Allotting, allottings, asked, type Cohort, measuredBy, namedLabels } from '#journey/pilot/rules.ts'

type Words = Readonly<{ name: string; tried: string; wording: string; measured: readonly string[] }> &
  Readonly<{ allotting: Allotting; fromOn: Temporal.PlainDate; untilOn: Temporal.PlainDate }>
type Names = Readonly<Record<'providers' | 'coaches' | 'councils', ReadonlyMap<string, string>>>
type NewProps = FormState & Readonly<{ id: string }>

/** Registers a pilot that every area may join. */
export const NewOffered = ({ id, ...state }: NewProps) => (
  <FormPage
    {...state}
    title="Register a pilot for all areas"
    lede="Each area decides whether it joins, and for whom. What is tried and the words in which people are asked are yours."
    back={{ href: '/pilots' }}
    action="/pilots/offered"
    fields={{ id }}
    draft
    width="reading"
  >
    <WordsFields words={undefined} />
    <RadiosFrom name="allotting" label="Who gets it?" list={allottings} />
    <Button>Register it</Button>
  </FormPage>
)

type OwnProps = NewProps & Readonly<{ names: Names; offered: (Words & Readonly<{ id: string }>) | undefined }>

/** Registers a pilot of the area: its own, or one that is offered to all areas. */
export const NewPilot = ({ id, names, offered, ...state }: OwnProps) => (
  <FormPage
    {...state}
    title={offered ? 'Join a pilot' : 'Register a pilot'}
    lede="Say what is tried and for whom before anybody is asked: how it is measured and who gets it do not change afterwards, its days and whom it is for only with a reason."
    back={{ href: '/pilots' }}
    action="/pilots"
    fields={{ id, ...(offered ? { offered: offered.id } : {}) }}
    draft
    width="reading"
  >
    <WordsFields words={offered} />
    <RadiosFrom
      name="allotting"
      label="Who gets it?"
      list={allottings}
      value={offered?.allotting}
      reveal={{ chance: <TextField name="seed" label="Seed" hint="Any word or number. It is kept with the pilot." /> }}
    />
    <Whom names={names} />
    <Button>{offered ? 'Join it' : 'Register it'}</Button>
  </FormPage>
)

const WordsFields = ({ words }: Readonly<{ words: Words | undefined }>) => (
  <>
    <TextField
      name="name"
      label="What is the pilot called?"
      hint="People who take part read this."
      value={words?.name}
    />
    <TextArea
      name="tried"
      label="What is tried?"
      hint="What is done otherwise than usual, in a few sentences that people who take part can read."
      rows={4}
      maximum={1000}
      value={words?.tried}
    />
    <TextArea
      name="wording"
      label="In which words are people asked?"
      hint="What it means for them, what is compared, and that they can say no or stop at any time and get the same support. Each version is kept."
      rows={6}
      maximum={2000}
      value={words?.wording}
    />
    <CheckboxesFrom
      name="measured"
      label="What is measured?"
      hint="At the beginning of support and again later."
      list={measuredBy}
      // Checked: kept from the same list.
      value={words?.measured as (keyof typeof measuredBy)[] | undefined}
    />
    <DateField name="from" label="First day" value={words?.fromOn.toString()} />
    <DateField name="until" label="Last day" hint="Nobody is asked after it." value={words?.untilOn.toString()} />
  </>
)

/** Whom a pilot is for, by what the record knows. */
export const Whom = ({ names, cohort }: Readonly<{ names: Names; cohort?: Cohort }>) => (
  <>
    <h2 className="nhsuk-heading-m">Whom is it for?</h2>
    <p>Tick nothing, and it is for everybody who is supported. Where you tick in several lists, each has to fit.</p>
    {/* Checked: the keys of the code list are its codes. */}
    {(Object.keys(asked) as (keyof typeof asked)[]).map((code) => (
      <CodedOnes key={code} name={code} {...asked[code]} value={cohort?.[code]} />
    ))}
    {(['providers', 'coaches', 'councils'] as const).map((code) =>
      names[code].size > 0 ? (
        <NamedOnes key={code} code={code} names={names[code]} chosen={cohort?.[code] ?? []} />
      ) : null,
    )}
  </>
)

type CodedProps = Readonly<{ name: string; label: string; list: Readonly<Record<string, { label: string }>> }> &
  Readonly<{ value: readonly string[] | undefined }>

const CodedOnes = (props: CodedProps) => <CheckboxesFrom {...props} small />

type NamedProps = Readonly<{ code: keyof typeof namedLabels; names: ReadonlyMap<string, string> }> &
  Readonly<{ chosen: readonly string[] }>

/** Those an area itself knows; one who was chosen and is not there any more can be left or taken out. */
const NamedOnes = ({ code, names, chosen }: NamedProps) => {
  const gone = chosen.filter((one) => !names.has(one)).map((one) => [one, 'No longer here'] as const)
  const list = Object.fromEntries([...names, ...gone].map(([one, label]) => [one, { label }]))
  const field = <CheckboxesFrom name={code} label={namedLabels[code]} list={list} value={chosen} small />
  return chosen.length > 0 ? (
    field
  ) : (
    <Folded summary={namedLabels[code]} fields={[code]}>
      {field}
    </Folded>
  )
}
