import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Scoring, scorings } from '#registers/scoring/rules.ts'
import { aboutHarm } from './rules.ts'

const choices = Object.fromEntries(
  Object.entries<Scoring>(scorings).map(([code, { label, range }]) => [
    code,
    { label: `${label}, ${range[0]} to ${range[1]}` },
  ]),
)

const filledBy = { self: { label: 'The person' }, staff: { label: 'Somebody asked and wrote it down' } } as const

type EnterScoreProps = FormState & Readonly<{ person: Readonly<{ id: string; name: string }>; form: string }>

/** Types in the score of a paper form, without any wording. */
export const EnterScore = ({ person, form, problems, typed }: EnterScoreProps) => (
  <FormPage
    title="Enter a score from paper"
    caption={person.name}
    lede="The score alone is kept, with its day. No question and no answer is."
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
    action={`/people/${person.id}/questionnaires/scores`}
    fields={{ form }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SelectFrom
      name="instrument"
      label="Questionnaire, with its lowest and highest score"
      list={choices}
      empty="Select one"
    />
    <TextField
      name="score"
      label="Score"
      hint="A whole number, as it stands on the form"
      inputMode="numeric"
      width={4}
    />
    <DateField name="on" label="When was it filled in?" hint="For example, 5 1 2026" />
    <RadiosFrom name="filled-by" label="Who filled it in?" list={filledBy} />
    <RadiosFrom
      name="harm"
      label="Only for the PHQ-9: what does question 9 say?"
      hint="It asks about being better off dead, and the score does not show it. An answer above “not at all” opens a concern for today."
      list={aboutHarm}
    />
    <Button>Save the score</Button>
  </FormPage>
)
